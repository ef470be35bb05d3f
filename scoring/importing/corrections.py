"""What an uploaded report says, with the corrections of the person who uploaded it. Nothing here is stored.

`corrections` is what `ReportUpload` keeps:
- "lines": [{"number": 8, "was": "1A: two/3", "now": "1A: 2/3"}], lines that were misread; "" leaves one out
- "case_studies": {"1": {"title": "…", "areas": ["", "1A"], "scores": {"1A": "2", "1B": ""}}}
- "placed": [{"number": 12, "text": "…", "to": "1:2"}], skipped lines by where they go: case study and section from 0,
  or "1:commentary"
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.db import transaction

from casestudies import models
from casestudies.models import ReportUpload
from casestudies.notes import note_change
from eds.checks import Finding, check
from eds.content import CaseStudy, Judgement, Organisation, ReportContent
from eds.markdown import escaped
from eds.totals import whole
from reports.reading.blocks import Skipped
from reports.reading.problems import ImportProblem, Problem
from scoring.importing.read import read_data
from scoring.importing.store import import_report
from scoring.review.previous import previous_report

COMMENTARY = "commentary"


@dataclass(frozen=True, kw_only=True)
class Understood:
    """What is understood of an upload: either the content, or the problems that stand against it."""

    content: ReportContent | None = None
    skipped: tuple[Skipped, ...] = ()  # what is left out still
    unplaced: tuple[Skipped, ...] = ()  # all that the file has and the report has not, placed or not
    problems: tuple[Problem, ...] = ()

    def findings(self, organisation: str) -> tuple[Finding, ...]:
        """What the checks raise. `organisation` is the slug."""
        if self.content is None:
            return ()
        return check(self.content, previous=previous_report(organisation, self.content.year))


def look_at(upload) -> Understood:
    """What is understood of the upload now."""
    said = upload.corrections
    mended = {(line["number"], line["was"]): line["now"] for line in said.get("lines", [])}
    try:
        found = read_data(
            bytes(upload.data),
            upload.name,
            organisation=upload.organisation.name,
            year=upload.year or None,
            mended=mended,
        )
    except ImportProblem as problem:
        return Understood(problems=problem.problems)
    organisation = Organisation(name=upload.organisation.name, ics=found.content.organisation.ics)
    content = replace(found.content, organisation=organisation)
    if upload.title:
        content = replace(content, title=upload.title)
    placed = {(line["number"], line["text"]): line["to"] for line in said.get("placed", [])}
    left = tuple(line for line in found.skipped if (line.number, line.text) not in placed)
    content = corrected(content, said.get("case_studies", {}))
    content = with_placed(content, [line for line in found.skipped if line not in left], placed)
    return Understood(content=content, skipped=left, unplaced=found.skipped)


def can_be_mended(problems: Sequence[Problem]) -> bool:
    """Can they be put right on the page? A line can be corrected and a year given; a broken file is broken."""
    return all(problem.is_of_line or problem.found == "no year" for problem in problems)


def corrected(content: ReportContent, case_studies: Mapping[str, Mapping]) -> ReportContent:
    """The content with titles, outcome areas of sections and scores as somebody set them."""
    return replace(
        content,
        case_studies=tuple(
            _corrected(part, case_studies.get(str(part.number), {})) for part in content.case_studies
        ),
    )


def _corrected(part: CaseStudy, said: Mapping) -> CaseStudy:
    areas = said.get("areas", [section.outcome for section in part.sections])
    sections = tuple(
        replace(section, outcome=area or None) for section, area in zip(part.sections, areas, strict=False)
    )
    scores = dict(part.scores)
    for code, value in said.get("scores", {}).items():
        before = scores.get(code, Judgement())
        score = whole(float(value)) if value else None
        if score != before.score:
            scores[code] = replace(before, score=score, not_applicable=False)
    title = said.get("title") or part.title
    return replace(part, title=title, sections=sections + part.sections[len(sections) :], scores=scores)


def with_placed(
    content: ReportContent, lines: Sequence[Skipped], placed: Mapping[tuple[int, str], str]
) -> ReportContent:
    """The content with these lines put at the end of a section or of the commentary, as paragraphs."""
    case_studies = {part.number: part for part in content.case_studies}
    for line in lines:
        number, place = placed[line.number, line.text].split(":")
        part = case_studies.get(int(number))
        if part is not None:
            case_studies[part.number] = _with_line(part, place, escaped(" ".join(line.text.split())))
    return replace(content, case_studies=tuple(case_studies[part.number] for part in content.case_studies))


def _with_line(part: CaseStudy, place: str, text: str) -> CaseStudy:
    if place == COMMENTARY:
        return replace(part, commentary=_below(part.commentary, text))
    sections = [
        replace(section, body=_below(section.body, text)) if str(position) == place else section
        for position, section in enumerate(part.sections)
    ]
    return replace(part, sections=tuple(sections))


def _below(above: str | None, text: str) -> str:
    return f"{above}\n\n{text}" if above else text


@transaction.atomic
def change_about(*, upload: ReportUpload, organisation: models.Organisation, year: str, title: str) -> None:
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
def confirm_upload(
    *, upload: ReportUpload, content: ReportContent, confirmed_by
) -> tuple[models.Review, bool]:
    """Store the report as a review and delete the upload; gives and raises what `import_report` does."""
    review, stored = import_report(
        report=content,
        imported_by=confirmed_by,
        organisation=upload.organisation,
        file_name=upload.name,
    )
    if stored:
        note_change(review=review, what=f"Imported from “{upload.name}”", changed_by=confirmed_by)
    upload.delete()
    return review, stored
