"""Writes of uploads: a report waits until the person who uploaded it confirms what was understood."""

from collections.abc import Mapping, Sequence

from django.db import transaction

from casestudies.actions.reviews import note_change
from casestudies.models import CaseStudy, Organisation, Review
from eds.content import ReportContent
from scoring.importing.store import import_report
from scoring.models import ReportUpload

MOST = 5  # uploads of one person that wait at once


@transaction.atomic
def keep_upload(
    *,
    user,
    organisation: Organisation,
    name: str,
    data: bytes,
    year: str = "",
    case_study: CaseStudy | None = None,
) -> ReportUpload:
    """Put a file by for a day: a whole report, or one case study.

    The person's oldest uploads make room, and all that expired are deleted.
    """
    ReportUpload.objects.expired().delete()
    row = ReportUpload.objects.create(
        user=user, organisation=organisation, name=name[-200:], data=data, year=year, case_study=case_study
    )
    newest = ReportUpload.objects.filter(user=user).order_by("-uploaded_at").values("pk")[:MOST]
    ReportUpload.objects.filter(user=user).exclude(pk__in=list(newest.values_list("pk", flat=True))).delete()
    return row


@transaction.atomic
def change_about(*, upload: ReportUpload, organisation: Organisation, year: str, title: str) -> None:
    """Say whose report it is, of which year and with which title; "" means what the file says."""
    upload.organisation, upload.year, upload.title = organisation, year, title
    upload.save(update_fields=["organisation", "year", "title"])


@transaction.atomic
def correct_case_study(
    *, upload: ReportUpload, number: int, title: str, areas: Sequence[str], scores: Mapping[str, str]
) -> None:
    """Say what a case study is called, what each of its sections speaks to ("" nothing) and how it was scored."""
    row = ReportUpload.objects.select_for_update(of=("self",)).get(pk=upload.pk)
    said = {"title": title, "areas": list(areas), "scores": dict(scores)}
    row.corrections["case_studies"] = row.corrections.get("case_studies", {}) | {str(number): said}
    row.save(update_fields=["corrections"])


@transaction.atomic
def mend_lines(*, upload: ReportUpload, lines: Sequence[tuple[int, str, str]]) -> None:
    """Say what lines are to be read as: their number, what they said, and what they say ("" leaves one out)."""
    row = ReportUpload.objects.select_for_update(of=("self",)).get(pk=upload.pk)
    kept = {(line["number"], line["was"]): line["now"] for line in row.corrections.get("lines", [])}
    firsts = {(number, now): was for (number, was), now in kept.items()}  # of lines that are corrected again
    kept |= {(number, firsts.get((number, was), was)): now for number, was, now in lines}
    row.corrections["lines"] = [
        {"number": number, "was": was, "now": now} for (number, was), now in kept.items()
    ]
    row.save(update_fields=["corrections"])


@transaction.atomic
def place_lines(*, upload: ReportUpload, lines: Sequence[tuple[int, str, str]]) -> None:
    """Say where skipped lines go: their number, what they say, and the place ("1:2", "1:commentary")."""
    row = ReportUpload.objects.select_for_update(of=("self",)).get(pk=upload.pk)
    row.corrections["placed"] = [
        {"number": number, "text": text, "to": place} for number, text, place in lines if place
    ]
    row.save(update_fields=["corrections"])


@transaction.atomic
def confirm_upload(*, upload: ReportUpload, content: ReportContent, confirmed_by) -> tuple[Review, bool]:
    """Store the report as a review and delete the upload; gives and raises what `import_report` does."""
    review, stored = import_report(report=content, imported_by=confirmed_by, organisation=upload.organisation)
    if stored:
        note_change(review=review, what=f"Imported from “{upload.name}”", changed_by=confirmed_by)
    upload.delete()
    return review, stored


def discard_upload(*, upload: ReportUpload) -> None:
    upload.delete()
