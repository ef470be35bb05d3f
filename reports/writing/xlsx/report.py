"""The report as an Excel workbook: one table on each sheet, numbers as numbers, and no formula anywhere."""

from collections.abc import Iterator
from datetime import date
from io import BytesIO

from openpyxl import Workbook

from eds import labels
from eds.content import CaseStudy, Judgement, ReportContent
from eds.evidence_map import NO_OUTCOME, EvidenceMap, evidence_map
from eds.markdown import to_plain
from eds.totals import Points, Results, results, whole
from reports.writing.ooxml import made_at, settled, xml_text
from reports.writing.xlsx.sheets import Sheet, Value, add_sheet
from scoring.report import xlsx_more
from scoring.report.xlsx_more import EMPTY

NO_TOTAL = "No total"


def to_xlsx(content: ReportContent) -> bytes:
    """The workbook. The same content gives the same bytes: the times in the file come from the content.

    Raises KeyError where a case study's domain is not in the edition.
    """
    book = Workbook()
    book.remove(book.active)
    for sheet in _sheets(content):
        add_sheet(book, sheet)
    made = made_at(content)
    book.properties.title = xml_text(labels.title(content))
    book.properties.creator = xml_text(content.organisation.name)
    book.properties.language = "en-GB"
    book.properties.created = made
    file = BytesIO()
    book.save(file)
    return settled(file.getvalue(), made)


def _sheets(content: ReportContent) -> Iterator[Sheet]:
    yield _summary(content, results(content))
    yield _scores(content)
    yield _actions(content)
    if content.previous_actions:
        yield _previous_actions(content)
    yield _evidence(content)
    if found := evidence_map(content):
        yield _map(found)
    yield from xlsx_more.change(content)
    yield from xlsx_more.panel(content)
    yield xlsx_more.about_sheet(content)


# What the panel found


def _summary(content: ReportContent, figures: Results) -> Sheet:
    has_points = content.edition.has_points
    columns = (("Points", 12), ("Out of", 12), ("Rating", 18)) if has_points else ()
    return Sheet(
        name="Summary",
        title=f"{labels.title(content)}: {content.organisation.name}",
        note=_scale(content),
        columns=(("Level", 14), ("Result of", 48), *columns, ("How it was reached", 60)),
        rows=_totals(content, figures) if has_points else _graded(content, figures),
    )


def _scale(content: ReportContent) -> str:
    """The edition, the year, and what scores and points mean."""
    edition = content.edition
    said = f"{edition.name}, {content.year}. Each outcome area is {labels.scored(edition)} {labels.scale(edition)}."
    bands = "; ".join(labels.band(band) for band in edition.bands)
    return f"{said} Overall ratings by points: {bands}." if bands else said


def _totals(content: ReportContent, figures: Results) -> list[tuple[Value, ...]]:
    rows: list[tuple[Value, ...]] = []
    for study, result in zip(content.case_studies, figures.case_studies, strict=True):
        points = _points(result.total.points, result.total.out_of)
        rows.append(("Case study", labels.heading(content, study), *points, None, result.total.words))
    for domain, found in zip(content.edition.domains, figures.domains, strict=True):
        points = _points(found.total, found.out_of)
        rows.append((domain.noun, labels.domain(domain), *points, None, found.explanation))
    overall = figures.overall
    points = _points(overall.total, overall.out_of)
    return [*rows, ("Overall", content.organisation.name, *points, overall.rating, overall.reason)]


def _points(total: Points | None, out_of: int | None) -> tuple[Value, Value]:
    return (NO_TOTAL, None) if total is None else (total, out_of)


def _graded(content: ReportContent, figures: Results) -> list[tuple[Value, ...]]:
    return [
        ("Case study", labels.heading(content, study), result.total.words)
        for study, result in zip(content.case_studies, figures.case_studies, strict=True)
    ]


def _scores(content: ReportContent) -> Sheet:
    names = (
        (("Score", 16), ("Out of", 10), ("Rating", 18)) if content.edition.has_points else (("Grade", 18),)
    )
    rows = [
        (
            study.number,
            study.title,
            study.domain,
            outcome.code,
            outcome.statement,
            *_score_row(content, study, outcome.code),
        )
        for study in content.case_studies
        for outcome in content.edition.domain(study.domain).outcomes
    ]
    columns = (
        *(
            ("Case study", 12),
            ("Title", 32),
            (content.edition.domain_noun, 12),
            ("Outcome area", 14),
            ("What it says", 48),
        ),
        *(*names, ("Rationale", 60), ("Owner", 28), ("Self-assessment", 20)),
    )
    title = f"The panel’s {labels.scores(content.edition)} for each outcome area of each case study"
    return Sheet(name="Scores", title=title, note=EMPTY, columns=columns, rows=rows)


def _score_row(content: ReportContent, study: CaseStudy, code: str) -> tuple[Value, ...]:
    """Score (a number, or "Not scored" or "Not applicable"), what it is out of, rating, and the rest."""
    edition, judgement = content.edition, study.scores.get(code) or Judgement()
    own = labels.score(edition, study.self_assessment[code]) if code in study.self_assessment else None
    rest = (judgement.rationale, study.owners.get(code), own)
    if not edition.has_points:
        return labels.score(edition, judgement), *rest
    if judgement.score is None or judgement.not_applicable:
        return labels.score(edition, judgement), None, None, *rest
    rating = labels.score_parts(edition, judgement)[1] or None  # a half point has none
    return whole(judgement.score), edition.highest, rating, *rest


# What is to be done


def _actions(content: ReportContent) -> Sheet:
    listed = [(theme.theme, action) for theme in content.recommendations for action in theme.actions]
    rows = [
        (
            number,
            theme,
            action.action,
            ", ".join(action.outcomes),
            ", ".join(str(study) for study in action.case_studies),
            action.objective,
            action.owner,
            _day(action.due),
            labels.STATUSES.get(action.status, action.status),
        )
        for number, (theme, action) in enumerate(listed, start=1)
    ]
    columns = (
        *(("Number", 12), ("Theme", 28), ("Action", 60), ("Outcome areas", 16), ("Case studies", 16)),
        *(("Equality objective", 32), ("Owner", 28), ("Due", 20), ("Status", 16)),
    )
    return Sheet(name="Actions", title="Recommendations for action", note=EMPTY, columns=columns, rows=rows)


def _day(value: str | None) -> Value:
    """A day as a date that Excel knows; a month, or a day before 1900, in words."""
    if value is None or len(value) < 10 or value < "1900-03-01":  # Excel has a 29 February 1900
        return value and labels.day(value)
    return date.fromisoformat(value)


def _previous_actions(content: ReportContent) -> Sheet:
    rows = [
        (previous.action, previous.objective, labels.STATUSES.get(previous.status or "", previous.status))
        for previous in content.previous_actions
    ]
    columns = (("Action or activity", 60), ("Related equality objective", 40), ("Status", 16))
    title = "Completed actions from previous year"
    return Sheet(name="Previous actions", title=title, note=EMPTY, columns=columns, rows=rows)


# What it rests on


def _evidence(content: ReportContent) -> Sheet:
    """Every piece of evidence, and before them what each case study says under an outcome area."""
    rows: list[tuple[Value, ...]] = []
    for study in content.case_studies:
        where = (study.number, study.title)
        for section in study.sections:
            if section.outcome:
                heading = labels.section_heading(content.edition, section)
                rows.append(
                    (*where, "Section", heading, to_plain(section.body), section.outcome, *[None] * 4)
                )
        for item in study.evidence:
            groups = "; ".join(labels.group(content, code) for code in item.groups)
            said = (labels.KINDS.get(item.kind, item.kind), item.title, item.text, ", ".join(item.outcomes))
            rows.append((*where, *said, groups, item.source, _day(item.date), item.url))
    columns = (
        *(("Case study", 12), ("Title", 32), ("Kind", 14), ("Name", 36), ("What it says", 60)),
        *(("Outcome areas", 16), ("Groups", 32), ("Source", 28), ("Date", 20), ("Address", 40)),
    )
    title = "Evidence, and what each case study says about an outcome area"
    return Sheet(name="Evidence", title=title, note=EMPTY, columns=columns, rows=rows)


def _map(found: EvidenceMap) -> Sheet:
    columns = [(outcome if outcome != NO_OUTCOME else "No outcome area", 12) for outcome in found.outcomes]
    return Sheet(
        name="Evidence map",
        title="How many pieces of evidence speak of each group, by outcome area",
        note="A piece counts once for each group and outcome area that it names. 0 means that none does.",
        columns=(("Group", 48), *columns),
        rows=[(row.group, *row.counts) for row in found.rows],
    )
