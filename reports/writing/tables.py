"""The tables of an annual report in plain words, without markup: every format prints these."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from eds.content import CaseStudy, Judgement, ReportContent
from eds.edition import Domain, Edition, Outcome
from eds.text import labels
from eds.text.short_names import short_name
from eds.totals import Points, Results, number_words

MOST_COUNTS = 13  # columns of numbers that a phone can show side by side


@dataclass(frozen=True, kw_only=True)
class Cell:
    """`lead`, a code or a number, stands before the text, `about` below it. It may link to a case study.

    `marks` draw a score: a word for each step of the scale (`marks_of`). `shade` from 0 to 3 is how dark it is.
    """

    text: str
    lead: str = ""
    about: str = ""
    case_study: int | None = None
    marks: tuple[str, ...] = ()
    shade: int | None = None

    @property
    def is_plain(self) -> bool:
        """Is it text alone?"""
        return not (self.lead or self.about or self.case_study or self.marks)


@dataclass(frozen=True, kw_only=True)
class Row:
    """The first cell is the row's header. In a total's row the last cell spans the columns that are left.

    A row with `is_group` is one header over the rows that follow, up to the next such row.
    """

    columns: tuple[str, ...]
    cells: tuple[Cell, ...]
    is_total: bool = False
    is_group: bool = False
    anchor: str = ""  # in the web page

    @property
    def header(self) -> Cell:
        return self.cells[0]

    @property
    def values(self) -> list[tuple[str, Cell]]:
        """The other cells, each with the name of its column."""
        return list(zip(self.columns[1:], self.cells[1:], strict=False))

    @property
    def span(self) -> int:
        return len(self.columns) - len(self.cells) + 1


@dataclass(frozen=True, kw_only=True)
class Table:
    """A table with its caption. `kind` names its look in the stylesheet."""

    kind: str
    caption: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]

    @property
    def stacks(self) -> bool:
        """Whether a small screen has to show each row as a block, one cell below the other.

        A table of counts is narrow enough up to a point.
        """
        return len(self.columns) > (MOST_COUNTS + 1 if self.kind == "counts" else 2)


def make_table(
    kind: str,
    caption: str,
    columns: tuple[str, ...],
    rows: Iterable[Sequence[str | Cell]],
    total: Sequence[str | Cell] = (),
) -> Table:
    made = [row_of(columns, cells) for cells in rows]
    if total:
        made.append(row_of(columns, total, is_total=True))
    return Table(kind=kind, caption=caption, columns=columns, rows=tuple(made))


def row_of(columns: tuple[str, ...], cells: Sequence[str | Cell], *, is_total: bool = False) -> Row:
    made = tuple(cell if isinstance(cell, Cell) else Cell(text=cell) for cell in cells)
    return Row(columns=columns, cells=made, is_total=is_total)


def group_row(columns: tuple[str, ...], text: str) -> Row:
    return Row(columns=columns, cells=(Cell(text=text),), is_group=True)


def outcome_areas(edition: Edition) -> Table:
    """Every outcome area's statement, under its domain."""
    columns, rows = ("Outcome area", "What it says"), []
    for domain in edition.domains:
        rows.append(group_row(columns, labels.domain(domain)))
        rows += [row_of(columns, (Cell(lead=one.code, text=""), one.statement)) for one in domain.outcomes]
    return Table(kind="outcomes", caption="What each outcome area says", columns=columns, rows=tuple(rows))


def domain_results(content: ReportContent, figures: Results) -> Table | None:
    """Every domain's total and the overall rating, with reasons. None in an edition without points."""
    if not content.edition.has_points:
        return None
    rows = [
        (labels.domain(domain), _points(result.total, result.out_of, "No total"), result.explanation)
        for domain, result in zip(content.edition.domains, figures.domains, strict=True)
    ]
    overall = figures.overall
    result = f"{_points(overall.total, overall.out_of, 'No rating')} {overall.rating or ''}".strip()
    total = ("Overall", result, overall.reason)
    noun = content.edition.domain_noun
    columns = (noun, "Result", "How it was reached")
    return make_table("result", f"{noun}s and overall rating", columns, rows, total)


def _points(total: Points | None, out_of: int | None, without: str) -> str:
    return without if total is None else f"{number_words(total)}/{out_of}"


def panel_scores(content: ReportContent, domain: Domain, figures: Results) -> Table:
    """Each case study of a domain, its score for each outcome area, and its total where there are points."""
    totals = {result.number: result.total.words for result in figures.case_studies}
    rows = []
    for study in content.case_studies:
        if study.domain == domain.number:
            name = Cell(text=labels.heading(content, study), case_study=study.number)
            scores = [score_cell(content, study.scores.get(code)) for code in domain.codes]
            rows.append((name, *scores, *([totals[study.number]] if content.edition.has_points else [])))
    columns = ("Case study", *domain.codes, *(["Total"] if content.edition.has_points else []))
    kind = "summary" if content.edition.has_points else "grades"
    return make_table(
        kind, f"Panel {labels.scores(content.edition)} for {labels.domain(domain)}", columns, rows
    )


def score_cell(content: ReportContent, judgement: Judgement | None) -> Cell:
    points, grade = labels.score_parts(content.edition, judgement)
    return Cell(lead=points, text=grade, marks=marks_of(content.edition, judgement))


def marks_of(edition: Edition, judgement: Judgement | None) -> tuple[str, ...]:
    """For each step of the scale "full", "half" or "empty"; "none" without a score; () where none applies."""
    if judgement is not None and judgement.not_applicable:
        return ()
    steps = range(edition.highest)
    if judgement is None or judgement.score is None:
        return tuple("none" for _ in steps)
    left = [judgement.score - step for step in steps]
    return tuple("full" if rest >= 1 else "half" if rest > 0 else "empty" for rest in left)


def bands(content: ReportContent) -> Table | None:
    if not content.edition.bands:
        return None
    rows = [
        (f"{band.lowest} to {band.highest}" if band.highest > band.lowest else str(band.lowest), band.name)
        for band in content.edition.bands
    ]
    return make_table("bands", "Overall ratings", ("Total points", "Rating"), rows)


def scores(content: ReportContent, study: CaseStudy) -> Table:
    """What the panel scored and why, beside the self-assessment. The total stands above, with the heading.

    An outcome area's statement is long and printed once in a report: here it is named as briefly as can be.
    """
    rows = [
        _scored_outcome(content, study, outcome) for outcome in content.edition.domain(study.domain).outcomes
    ]
    columns = ("Outcome area", "Score" if content.edition.has_points else "Grade", "Reasons")
    has_reasons = any(reason.text or reason.about for *_, reason in rows)
    caption = f"Panel {labels.scores(content.edition)}: {study.title}"
    if not has_reasons:
        return make_table("scores", caption, columns[:2], [row[:2] for row in rows])
    return make_table("scores", caption, columns, rows)


def _scored_outcome(content: ReportContent, study: CaseStudy, outcome: Outcome) -> tuple[Cell, Cell, Cell]:
    owner, own = study.owners.get(outcome.code), study.self_assessment.get(outcome.code)
    agreed = study.scores.get(outcome.code)
    name = Cell(
        lead=outcome.code,
        text=short_name(content.edition, outcome.code) or outcome.statement,
        about=f"Owner: {owner}" if owner else "",
    )
    self_assessment = (
        f"Self-assessment: {labels.score(content.edition, own)}. {own.rationale or ''}" if own else ""
    )
    reason = Cell(text=agreed.rationale or "" if agreed else "", about=self_assessment.rstrip())
    return name, score_cell(content, agreed), reason


def self_assessment(content: ReportContent, study: CaseStudy) -> Table | None:
    """What the body gave itself beside what the panel agreed, and how far the panel is from it."""
    if not study.self_assessment:
        return None
    rows = []
    for outcome in content.edition.domain(study.domain).outcomes:
        own, agreed = study.self_assessment.get(outcome.code), study.scores.get(outcome.code)
        if own is not None:
            name = Cell(lead=outcome.code, text=short_name(content.edition, outcome.code))
            difference = labels.difference(content.edition, own, agreed)
            reason = own.rationale or labels.NOT_RECORDED
            rows.append((name, score_cell(content, own), score_cell(content, agreed), difference, reason))
    caption = f"Self-assessment before the panel met: {study.title}"
    columns = ("Outcome area", "Self-assessment", "Panel", "Difference", "Rationale of the self-assessment")
    return make_table("scores", caption, columns, rows)


def previous_actions(content: ReportContent) -> Table | None:
    if not content.previous_actions:
        return None
    rows = [
        (
            previous.action,
            previous.objective or labels.NOT_RECORDED,
            labels.STATUSES.get(previous.status or "", previous.status or labels.NOT_RECORDED),
        )
        for previous in content.previous_actions
    ]
    columns = ("Action or activity", "Related equality objective", "Status")
    return make_table("previous", "Actions from the previous year", columns, rows)


def interests(content: ReportContent) -> Table | None:
    """Who declared an interest in which case study, and so did not score it."""
    if not content.interests:
        return None
    names = {study.number: labels.heading(content, study) for study in content.case_studies}
    rows = [
        (
            interest.member,
            Cell(text=names[interest.case_study], case_study=interest.case_study),
            labels.interest(interest),
        )
        for interest in content.interests
    ]
    return make_table("panel", "Interests declared", ("Name", "Case study", "Interest"), rows)


def panel(content: ReportContent) -> Table | None:
    if not content.panel:
        return None
    rows = [
        (
            f"{member.name} (chair)" if member.chair else member.name,
            labels.represented(content, member),
            labels.listed([str(number) for number in member.domains]) or labels.NOT_RECORDED,
        )
        for member in content.panel
    ]
    return make_table(
        "panel",
        "Who was on the panel",
        ("Name", "Group they represent", f"{content.edition.domain_noun}s"),
        rows,
    )
