"""The report as NHS England's EDS 2022 reporting template, a Word file: same order, headings, tables and columns.

What the template has no place for (commentary, reasons of scores, self-assessment, panel, text of a case study that is
about no outcome area of it) is not in it. The file goes to NHS England, so it carries no data that its text doesn't
show.
"""

from docx.document import Document

from eds.content import Action, CaseStudy, Judgement, ReportContent
from eds.edition import Domain
from eds.totals import CaseStudyResult, number_words, results
from reports.writing.docx.document import (
    add_heading,
    add_paragraph,
    add_row,
    add_table,
    keep_whole,
    new_document,
    saved,
)
from reports.writing.docx.markdown_blocks import add_markdown
from reports.writing.ooxml import made_at
from reports.writing.template.evidence import evidence_text
from reports.writing.template.front import add_action, add_front, add_names, date_words

OUTCOME_COLUMNS = ("Domain", "Outcome", "Evidence", "Rating", "Owner (Dept/Lead)")
OUTCOME_WIDTHS = (3.1, 3.2, 5.7, 1.8, 3.2)
PLAN_COLUMNS = ("Domain", "Outcome", "Objective", "Action", "Completion date")
PLAN_WIDTHS = (3.1, 2.6, 3.6, 4.7, 3.0)


def to_template(content: ReportContent) -> bytes:
    """The .docx file, always the same for the same content."""
    made = made_at(content)
    title = content.title or f"{content.edition.name} report {content.year}"
    document = new_document(title=title, author=content.organisation.name, made=made)
    add_front(document, content, title)
    figures = results(content)
    by_number = {result.number: result for result in figures.case_studies}
    for domain in content.edition.domains:
        _add_domain(document, content, domain, by_number)
    _add_third_parties(document, content)
    _add_overall(document, content, figures.overall.total, figures.overall.rating)
    _add_plan(document, content)
    return saved(document, made)


# Domains


def _add_domain(
    document: Document, content: ReportContent, domain: Domain, by_number: dict[int, CaseStudyResult]
) -> None:
    title = f"{domain.name}: {domain.title}"
    studies = [part for part in content.case_studies if part.domain == domain.number]
    for part in studies:
        same = part.title.strip().casefold() == domain.title.casefold()
        add_heading(document, title if same else f"{title} – {part.title}", 1)
        stated = part.stated_total
        total = by_number[part.number].total
        figure = stated if stated is not None else None if total.missing else total.points
        _add_outcomes(document, content, domain, part, figure)
    if not studies:
        add_heading(document, title, 1)
        why = "".join(
            f": {each.reason.rstrip('. ')}" for each in content.left_out if each.domain == domain.number
        )
        add_paragraph(document, f"{domain.name} was not assessed in {content.year}{why}.")


def _add_outcomes(
    document: Document, content: ReportContent, domain: Domain, part: CaseStudy, total: int | float | None
) -> None:
    title = f"{domain.name}: {domain.title}"
    table = add_table(document, "", OUTCOME_COLUMNS, OUTCOME_WIDTHS)
    for outcome in domain.outcomes:
        _, named, evidence, rating, owner = add_row(table)
        add_paragraph(named, f"{outcome.code}: {outcome.statement}")
        add_markdown(evidence, evidence_text(part, outcome.code))
        add_paragraph(rating, rating_words(part.scores.get(outcome.code)))
        add_paragraph(owner, part.owners.get(outcome.code, ""))
    _merge_first(table, title)
    cells = add_row(table, is_total=True)
    add_paragraph(cells[0].merge(cells[2]), f"{title} overall rating")
    add_paragraph(cells[3], "" if total is None else number_words(total))
    keep_whole(table.rows[-1])


def _merge_first(table, text: str) -> None:
    """One cell down the first column, below its head."""
    cell = table.cell(1, 0).merge(table.cell(len(table.rows) - 1, 0))
    for paragraph in cell.paragraphs[1:]:
        paragraph._p.getparent().remove(paragraph._p)
    cell.paragraphs[0].add_run(text)


def rating_words(judgement: Judgement | None) -> str:
    if judgement is None:
        return ""
    if judgement.not_applicable:
        return "N/A"
    return "Not scored" if judgement.score is None else number_words(judgement.score)


# After the domains


def _add_third_parties(document: Document, content: ReportContent) -> None:
    third = content.third_parties
    add_heading(document, "Third-party involvement in Domain 3 rating and review", 2)
    columns = ("Trade Union Rep(s):", "Independent Evaluator(s)/Peer Reviewer(s):")
    table = add_table(document, "", columns, (8.5, 8.5))
    for cell, names in zip(
        add_row(table), (third.trade_union_reps, third.independent_evaluators), strict=True
    ):
        add_names(cell, names)


def _add_overall(
    document: Document, content: ReportContent, total: int | float | None, rating: str | None
) -> None:
    stated = content.stated
    figure = total if total is not None else stated.overall
    name = rating or stated.rating
    figure_words = "" if figure is None else number_words(figure)
    add_heading(document, "EDS Organisation Rating", 1)
    columns = ("EDS Organisation Rating (overall rating):", "Organisation name(s):")
    cells = add_row(add_table(document, "", columns, (8.5, 8.5)))
    add_paragraph(cells[0], ", ".join(filter(None, (figure_words, name))))
    add_paragraph(cells[1], content.organisation.name)


def _add_plan(document: Document, content: ReportContent) -> None:
    add_heading(document, "EDS Action Plan", 1)
    header = content.header
    for columns, values in (
        (("EDS Lead", "Year(s) active"), (header.eds_lead, content.year)),
        (("EDS Sponsor", "Authorisation date"), (header.board_sponsor, date_words(header.authorised_on))),
    ):
        for cell, value in zip(add_row(add_table(document, "", columns, (8.5, 8.5))), values, strict=True):
            add_paragraph(cell, value or "")
    by_domain: dict[int | None, list[Action]] = {}
    for theme in content.recommendations:
        for action in theme.actions:
            by_domain.setdefault(_domain_of(action, content), []).append(action)
    for domain in content.edition.domains:
        if actions := by_domain.get(domain.number):
            title = f"{domain.name}: {domain.title}"
            add_heading(document, f"EDS Action Plan: {domain.name}", 2)
            _add_actions(document, title, actions)
    if actions := by_domain.get(None):
        add_heading(document, "EDS Action Plan: all domains", 2)
        _add_actions(document, "", actions)


def _domain_of(action: Action, content: ReportContent) -> int | None:
    domains = {code: domain.number for domain in content.edition.domains for code in domain.codes}
    studies = {part.number: part.domain for part in content.case_studies}
    domains_named = [domains[code] for code in action.outcomes]
    domains_named += [studies[number] for number in action.case_studies if number in studies]
    return domains_named[0] if domains_named else None


def _add_actions(document: Document, title: str, actions: list[Action]) -> None:
    table = add_table(document, "", PLAN_COLUMNS, PLAN_WIDTHS)
    for action in actions:
        cells = add_row(table)
        add_paragraph(cells[1], ", ".join(action.outcomes) or "–")
        for line in (action.objective or "").splitlines():
            add_paragraph(cells[2], line)
        add_action(
            cells[3],
            action.action,
            status=action.status,
            usual="not_started",
            owner=action.owner,
            has_lead=True,
        )
        add_paragraph(cells[4], date_words(action.due))
    _merge_first(table, title)
