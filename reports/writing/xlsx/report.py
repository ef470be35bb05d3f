"""The report as an Excel workbook: a sheet to read, then one table on each sheet. No formula anywhere."""

from collections.abc import Iterator
from datetime import date
from io import BytesIO

from django.utils.text import capfirst
from lxml import etree
from openpyxl import Workbook

from eds.comparison import told
from eds.content import CaseStudy, Judgement, PreviousResults, ReportContent
from eds.evidence_map import NO_OUTCOME, EvidenceMap
from eds.text import figures_in_text, labels
from eds.text.markdown import to_plain
from eds.totals import Points, Results, results, whole
from reports.writing import comparison_tables, map_tables, methods
from reports.writing.ooxml import made_at, settled, xml_text
from reports.writing.xlsx.first_sheet import add_first_sheet
from reports.writing.xlsx.sheets import Sheet, Value, add_sheet

NO_TOTAL = "No total"
DRAWING = "xl/drawings/drawing1.xml"
PROPERTIES = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}cNvPr"


def to_xlsx(content: ReportContent) -> bytes:
    """The workbook. The same content gives the same bytes: the times in the file come from the content.

    Raises KeyError where a case study's domain is not in the edition.
    """
    book = Workbook()
    book.remove(book.active)
    titles = add_first_sheet(book, content)
    for sheet in _sheets(content):
        add_sheet(book, sheet)
    made = made_at(content)
    book.properties.title = xml_text(labels.title(content))
    book.properties.creator = xml_text(content.organisation.name)
    book.properties.language = "en-GB"
    book.properties.created = made
    file = BytesIO()
    book.save(file)
    return settled(file.getvalue(), made, {DRAWING: lambda xml: _described(xml, titles)})


def _described(drawing: bytes, titles: list[str]) -> bytes:
    """The drawing with words for each chart, which openpyxl has no place for."""
    root = etree.fromstring(drawing)
    for frame, title in zip(root.iter(PROPERTIES), titles, strict=True):
        frame.set("name", xml_text(title))
        frame.set("descr", xml_text(f"Chart of the table {title} on this sheet"))
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _sheets(content: ReportContent) -> Iterator[Sheet]:
    yield _summary(content, results(content))
    yield _scores(content)
    yield _actions(content)
    if content.previous_actions:
        yield _previous_actions(content)
    yield _evidence(content)
    if evidence := map_tables.printed_map(content):
        yield _map(evidence)
    yield from change(content)
    yield from panel(content)
    yield about_sheet(content)


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
    sentence = f"{edition.name}, {content.year}. Each outcome area is {labels.scored(edition)} {labels.scale(edition)}."
    bands = "; ".join(labels.band(band) for band in edition.bands)
    return f"{sentence} Overall ratings by points: {bands}." if bands else sentence


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
            " ".join(labels.notes(study)),
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
        *(*names, ("Rationale", 60), ("Owner", 28), ("Self-assessment", 20), ("Where it comes from", 40)),
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


# Type of evidence


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
            described = (
                labels.KINDS.get(item.kind, item.kind),
                item.title,
                item.text,
                ", ".join(item.outcomes),
            )
            rows.append((*where, *described, groups, labels.source(item) or None, _day(item.date), item.url))
    columns = (
        *(("Case study", 12), ("Title", 32), ("Kind", 14), ("Name", 36), ("What it says", 60)),
        *(("Outcome areas", 16), ("Groups", 32), ("Source", 28), ("Date", 20), ("Address", 40)),
    )
    title = "Evidence, and what each case study says about an outcome area"
    return Sheet(name="Evidence", title=title, note=EMPTY, columns=columns, rows=rows)


def _map(evidence: EvidenceMap) -> Sheet:
    columns = [(outcome if outcome != NO_OUTCOME else "No outcome area", 12) for outcome in evidence.outcomes]
    return Sheet(
        name="Evidence map",
        title="How many items of evidence are about each group, by outcome area",
        note="A piece counts once for each group and outcome area that it is about. 0 means there is none.",
        columns=(("Group", 48), *columns),
        rows=[(row.group, *row.counts) for row in evidence.rows],
    )


# Sheets that tell how a report came about: the change since last year, the panel, interests, what the report says.

EMPTY = "An empty cell means that nothing was recorded."


def change(content: ReportContent) -> Iterator[Sheet]:
    """Totals and scores of both years as numbers; no sheet where they can't be compared."""
    before = comparison_tables.comparable(content)
    if before is None:
        return
    totals = [
        ("Total", name, was, now, None if was is None or now is None else now - was)
        for name, was, now, _ in (
            comparison_tables.both_years(content, before) if content.edition.has_points else ()
        )
    ]
    columns = (
        ("Level", 16),
        ("Result of", 60),
        (before.year, 14),
        (content.year if content.year != before.year else f"{content.year} (now)", 14),
        ("Change", 14),
    )
    yield Sheet(
        name="Change",
        title="Change since last year",
        note=comparison_tables.sentence(content),
        columns=columns,
        rows=[*totals, *_outcomes(content, before)],
    )


def _outcomes(content: ReportContent, before: PreviousResults) -> Iterator[tuple]:
    """In an edition without points the places of the grades, from 0."""
    now = told(content).scores
    for one in comparison_tables.differences(content, before):
        first, second = one.before, now.get(one.code)
        moved = None if first is None or second is None else second - first
        yield "Outcome area", f"{one.code} {one.statement}", first, second, moved


def panel(content: ReportContent) -> Iterator[Sheet]:
    """Who was on the panel, who declared an interest, how far scores lay apart; only what there is."""
    if content.panel:
        yield _members(content)
    if content.interests:
        yield _interests(content)
    if methods.spreads(content):
        yield _spreads(content)


def _members(content: ReportContent) -> Sheet:
    rows = [
        (
            member.name,
            labels.represented(content, member) if member.interest else None,
            ", ".join(str(number) for number in member.domains),
            "Yes" if member.chair else "No",
        )
        for member in content.panel
    ]
    columns = (
        ("Name", 36),
        ("Group they represent", 48),
        (f"{content.edition.domain_noun}s", 16),
        ("Chair", 12),
    )
    return Sheet(name="Panel", title="Who was on the panel", note=EMPTY, columns=columns, rows=rows)


def _interests(content: ReportContent) -> Sheet:
    titles = {study.number: study.title for study in content.case_studies}
    rows = [
        (interest.member, interest.case_study, titles.get(interest.case_study), labels.interest(interest))
        for interest in content.interests
    ]
    columns = (("Name", 36), ("Case study", 12), ("Title", 48), ("Interest", 24))
    title = "Interests declared: who did not score a case study, and why"
    return Sheet(name="Interests", title=title, note=EMPTY, columns=columns, rows=rows)


def _spreads(content: ReportContent) -> Sheet:
    titles = {study.number: study.title for study in content.case_studies}
    rows = [
        (number, titles[number], spread.members, code, spread.apart.get(code))
        for domain in content.edition.domains
        for _, number, spread in methods.told(content, domain)
        for code in domain.codes
    ]
    columns = (
        *(("Case study", 12), ("Title", 48), ("Members who scored", 16)),
        *(("Outcome area", 14), ("Spread in points", 14)),
    )
    note = "1 means one point or none. Empty where fewer than five members scored."
    title = "Spread of members’ scores"
    return Sheet(name="Spread", title=title, note=note, columns=columns, rows=rows)


def about_sheet(content: ReportContent) -> Sheet:
    third, overall = content.third_parties, results(content).overall
    facts = [
        ("organisation", content.organisation.name),
        ("ODS code", content.organisation.ods_code or ""),
        ("year", content.year),
        ("edition of the EDS", content.edition.name),
        *labels.header(content),
        ("approval", methods.approval(content)),
        ("overall", ", ".join(filter(None, (overall.words, overall.rating))) or overall.reason),
        ("trade union representatives", labels.listed(third.trade_union_reps)),
        ("independent evaluators and peer reviewers", labels.listed(third.independent_evaluators)),
        ("summary", to_plain(figures_in_text.filled(content.summary, content))),
        ("how the panel worked", to_plain(figures_in_text.filled(content.panel_work, content))),
        *(
            [("how this report was made", " ".join(method_lines))]
            if (method_lines := methods.methods(content))
            else []
        ),
        ("other forms of this report", " ".join(methods.other_forms(content))),
    ]
    rows = [(capfirst(name), value or labels.NOT_RECORDED) for name, value in facts]
    return Sheet(
        name="About",
        title="Who made this report, when, and what it says in words",
        note="First the header of NHS England’s reporting template.",
        columns=(("What", 44), ("Answer", 100)),
        rows=rows,
    )
