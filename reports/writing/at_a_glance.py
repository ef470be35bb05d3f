"""Page 2 of a report: the result, every score by outcome area, the change since last year, what happens next. Pure."""

from django.utils.text import capfirst

from eds.comparison import Difference
from eds.content import Action, ReportContent
from eds.edition import Domain
from eds.evidence_map import evidence_map
from eds.text import labels
from eds.text.figures_in_text import change
from eds.text.short_names import named
from eds.totals import DomainResult, Points, Results, number_words
from reports.writing import action_plan, comparison_tables, methods
from reports.writing.tables import Cell, Table, make_table, score_cell

MOST_ACTIONS = 5
ARROWS = {1: "↑", -1: "↓", 0: "="}


def points(total: Points | None, out_of: int | None) -> str:
    """For example "16 out of 33 points"; "" where there is no total."""
    return "" if total is None else f"{number_words(total)} out of {out_of} points"


def sentences(content: ReportContent, figures: Results) -> list[str]:
    """Who scored what, the rating, and how it changed: one sentence each."""
    return [text for text in (_panel(content), _rating(content, figures), _change(content, figures)) if text]


def _panel(content: ReportContent) -> str:
    studies = len(content.case_studies)
    scored = f"{labels.scored(content.edition)} {studies} case {'study' if studies == 1 else 'studies'}."
    if not content.panel or not studies:
        return ""
    count, outside = methods.people_who_scored(content)
    people = "1 person" if count == 1 else f"{count} people"
    of_them = f", {outside} of them from outside the NHS," if outside else ""
    return f"A panel of {people}{of_them} {scored}"


def _rating(content: ReportContent, figures: Results) -> str:
    if not content.edition.has_points:
        return ""
    overall = figures.overall
    if overall.rating is None:
        return f"There is no overall rating: {overall.reason.removeprefix('not rated: ')}."
    return f"The overall rating is {overall.rating}: {points(overall.total, overall.out_of)}."


def _change(content: ReportContent, figures: Results) -> str:
    before, total = comparison_tables.comparable(content), figures.overall.total
    if before is None or before.overall is None or total is None:
        return ""
    return f"The total in {before.year} was {number_words(before.overall)}: {change(before.overall, total)}."


def grids(content: ReportContent, figures: Results, *, brief: bool = False) -> list[Table]:
    """For each domain with a case study, every score by outcome area, and last the change since last year.

    `brief` is for narrow columns: codes without names, changes without words.
    """
    with_studies = {study.domain for study in content.case_studies}
    pairs = zip(content.edition.domains, figures.domains, strict=True)
    return [
        _grid(content, domain, result, figures, brief=brief)
        for domain, result in pairs
        if domain.number in with_studies
    ]


def _grid(
    content: ReportContent, domain: Domain, result: DomainResult, figures: Results, *, brief: bool
) -> Table:
    has_points = content.edition.has_points
    totals = {one.number: one.total.words for one in figures.case_studies}
    studies = [study for study in content.case_studies if study.domain == domain.number]
    rows = []
    for study in studies:
        is_used = len(studies) > 1 and study.number == result.case_study
        name = Cell(
            text=labels.heading(content, study),
            case_study=study.number,
            about=f"Used for the {domain.name} score" if is_used else "",
        )
        scores = [score_cell(content, study.scores.get(code)) for code in domain.codes]
        rows.append((name, *scores, *([totals[study.number]] if has_points else [])))
    columns = ("Case study", *(code if brief else named(content.edition, code) for code in domain.codes))
    caption = f"Panel {labels.scores(content.edition)} for {labels.domain(domain)}"
    columns = (*columns, *(["Total"] if has_points else []))
    return make_table("grid", caption, columns, rows, _changes(content, domain, brief=brief))


def _changes(content: ReportContent, domain: Domain, *, brief: bool) -> tuple[str | Cell, ...]:
    """The last row: what changed in each outcome area and in the domain; () without a year to compare with."""
    before = comparison_tables.comparable(content)
    if before is None:
        return ()
    by_code = {one.code: one for one in comparison_tables.differences(content, before)}
    cells = [_changed(by_code.get(code)) for code in domain.codes]
    total = _years(content)[domain.name][1:] if content.edition.has_points else ()
    shown = [_brief(cell) for cell in (*cells, *total)] if brief else (*cells, *total)
    return f"Change since {before.year}", *shown


def _changed(one: Difference | None) -> Cell:
    return arrow(one.before, one.now) if one else arrow(None, None)


def arrow(before: Points | None, now: Points | None) -> Cell:
    """A change as an arrow and in words: "↑ Up 1", "↓ Down 2", "= The same", "Not compared"."""
    if before is None or now is None:
        return Cell(text="Not compared")
    points = now - before
    word = {1: f"Up {number_words(points)}", -1: f"Down {number_words(-points)}", 0: "The same"}
    sign = (points > 0) - (points < 0)
    return Cell(lead=ARROWS[sign], text=word[sign])


def _brief(cell: Cell) -> Cell:
    """The change as "↑ 1", "↓ 2", "=" or "–"."""
    if not cell.lead:
        return Cell(text="–")
    return Cell(lead=cell.lead, text=cell.text.rpartition(" ")[2] if cell.lead != ARROWS[0] else "")


def gaps(content: ReportContent) -> str:
    """How many groups no evidence is linked to; "" where there is no gap or no map."""
    evidence = evidence_map(content)
    if evidence is None or not evidence.missing_groups:
        return ""
    return f"No evidence is linked to {len(evidence.missing_groups)} of {len(evidence.rows)} groups."


def actions(content: ReportContent) -> list[Action]:
    """The open actions that are due first."""
    return action_plan.open_actions(content)[:MOST_ACTIONS]


def results_table(content: ReportContent, figures: Results) -> Table | None:
    """Every domain's total and the overall rating, last year's beside them, and how each was reached.

    None in an edition without points.
    """
    if not content.edition.has_points:
        return None
    before, noun = comparison_tables.comparable(content), content.edition.domain_noun
    years = _years(content)
    rows = [
        (labels.domain(domain), result.words or "No total", *years[domain.name], capfirst(result.explanation))
        for domain, result in zip(content.edition.domains, figures.domains, strict=True)
    ]
    overall = figures.overall
    result = " ".join(part for part in (overall.words or "No rating", overall.rating) if part)
    total = ("Overall", result, *years["Overall"], capfirst(overall.reason))
    columns = (noun, "Result", *([before.year, "Change"] if before else []), "How it was reached")
    return make_table("result", f"{noun}s and overall rating", columns, rows, total)


def _years(content: ReportContent) -> dict[str, tuple[str | Cell, ...]]:
    """Last year's total and the change, by the name of the domain; () where there is nothing to compare with."""
    before = comparison_tables.comparable(content)
    if before is None:
        return dict.fromkeys([*(domain.name for domain in content.edition.domains), "Overall"], ())
    return {
        name: (_number(was), arrow(was, now))
        for name, was, now, _ in comparison_tables.both_years(content, before)
    }


def _number(points: Points | None) -> str:
    return "No total" if points is None else number_words(points)
