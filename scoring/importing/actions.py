"""Writes of a report that waits to be imported: what the person corrects, and the import itself."""

from collections.abc import Mapping, Sequence

from django.db import transaction

from casestudies import models
from casestudies.models import ReportUpload, TableMeanings
from casestudies.notes import note_change
from eds.content import ReportContent
from reports.reading.problems import ImportProblem
from scoring.importing import stored
from scoring.importing.corrections import read_upload
from scoring.importing.store import import_report

KINDS = ("columns", "ratings", "outcomes")


def _locked(upload: ReportUpload) -> ReportUpload:
    return ReportUpload.objects.select_for_update(of=("self",)).get(pk=upload.pk)


def _read_again(row: ReportUpload, *fields: str) -> None:
    """Keeps what the file says now; a file that is like nothing any more is read for each page."""
    try:
        row.reading = stored.as_text(read_upload(row))
    except ImportProblem:
        row.reading = ""
    row.save(update_fields=["reading", *fields])


@transaction.atomic
def change_about(*, upload: ReportUpload, organisation: models.Organisation, year: str, title: str) -> None:
    """Say whose report it is, of which year and with which title; "" means what the file says."""
    upload.organisation, upload.year, upload.title = organisation, year, title
    _read_again(upload, "organisation", "year", "title")


@transaction.atomic
def correct_case_study(
    *,
    upload: ReportUpload,
    number: int,
    title: str,
    sections: Sequence[Mapping[str, str]],
    scores: Mapping[str, str],
    owners: Mapping[str, str],
) -> None:
    """Say what a case study is called, what its sections say and are about, how it was scored and who owns what."""
    row = _locked(upload)
    said = {"title": title, "sections": list(sections), "scores": dict(scores), "owners": dict(owners)}
    row.corrections["case_studies"] = row.corrections.get("case_studies", {}) | {str(number): said}
    row.save(update_fields=["corrections"])


@transaction.atomic
def add_case_study_to_upload(*, upload: ReportUpload, number: int, domain: int, title: str) -> None:
    """Add a case study that the file does not show as one; its text is put into it line by line."""
    row = _locked(upload)
    added = {"number": number, "domain": domain, "title": title}
    row.corrections["added"] = [*row.corrections.get("added", []), added]
    row.save(update_fields=["corrections"])


@transaction.atomic
def leave_edits(*, upload: ReportUpload, places: Sequence[int]) -> None:
    """Say which changes of the file's text, by their places, are not to be taken; all others are."""
    row = _locked(upload)
    row.corrections["edits_left"] = list(places)
    row.save(update_fields=["corrections"])


@transaction.atomic
def say_meanings(
    *, upload: ReportUpload, meanings: Mapping[str, Mapping[str, str]], titles: Mapping[int, str]
) -> None:
    """Say what words in tables mean, for this file and for later ones of the organisation, and what services are.

    `meanings` holds "columns", "ratings" and "outcomes", each by the words; "" forgets one. A column without a name
    is known in this file alone. The file is read again, so that sections as corrected before are given up.
    """
    row = _locked(upload)
    own = {kind: row.corrections.get("meanings", {}).get(kind, {}) | meanings.get(kind, {}) for kind in KINDS}
    row.corrections["meanings"] = {
        kind: {key: value for key, value in own[kind].items() if value} for kind in KINDS
    }
    case_studies = row.corrections.get("case_studies", {})
    for number, title in titles.items():
        case_studies[str(number)] = case_studies.get(str(number), {}) | {"title": title}
    for said in case_studies.values():
        said.pop("sections", None)
    row.corrections["case_studies"] = case_studies
    _remember(row.organisation, meanings)
    row.organisation.refresh_from_db()
    _read_again(row, "corrections")


def _remember(organisation: models.Organisation, meanings: Mapping[str, Mapping[str, str]]) -> None:
    kept, _ = TableMeanings.objects.select_for_update().get_or_create(organisation=organisation)
    before = {kind: getattr(kept, kind) for kind in KINDS}
    for kind in KINDS:
        known = getattr(kept, kind) | meanings.get(kind, {})
        setattr(
            kept,
            kind,
            {key: value for key, value in known.items() if value and not key.startswith("column ")},
        )
    if before != {kind: getattr(kept, kind) for kind in KINDS}:
        kept.save()


@transaction.atomic
def mend_lines(*, upload: ReportUpload, lines: Sequence[tuple[int, str, str]]) -> None:
    """Say what lines are to be read as: their number, what they said, and what they say ("" leaves one out)."""
    row = _locked(upload)
    kept = {(line["number"], line["was"]): line["now"] for line in row.corrections.get("lines", [])}
    firsts = {(number, now): was for (number, was), now in kept.items()}  # of lines that are corrected again
    kept |= {(number, firsts.get((number, was), was)): now for number, was, now in lines}
    row.corrections["lines"] = [
        {"number": number, "was": was, "now": now} for (number, was), now in kept.items()
    ]
    _read_again(row, "corrections")


@transaction.atomic
def place_lines(*, upload: ReportUpload, lines: Sequence[tuple[int, str, str]]) -> None:
    """Say where skipped lines go: their number, what they say, and the place ("1:2", "1:commentary")."""
    row = _locked(upload)
    row.corrections["placed"] = [
        {"number": number, "text": text, "to": place} for number, text, place in lines if place
    ]
    row.save(update_fields=["corrections"])


@transaction.atomic
def confirm_upload(
    *, upload: ReportUpload, content: ReportContent, confirmed_by
) -> tuple[models.Review, bool]:
    """Store the report as a review and delete the upload; gives and raises what `import_report` does."""
    review, is_stored = import_report(
        report=content,
        imported_by=confirmed_by,
        organisation=upload.organisation,
        file_name=upload.name,
    )
    if is_stored:
        note_change(review=review, what=f"Imported from “{upload.name}”", changed_by=confirmed_by)
    upload.delete()
    return review, is_stored
