"""A domain in a Word file: each case study with the reporting template's table, and the domain's rating.

Outcome areas, evidence, rating and owner stand in that table. What belongs to no outcome area stands before it, the
panel's commentary after it.
"""

from collections.abc import Sequence

from django.utils.text import capfirst
from docx.document import Document
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from eds.content import CaseStudy, Evidence, Judgement, ReportContent
from eds.edition import Domain, Outcome
from eds.text import labels
from eds.totals import Results
from reports.writing import tables
from reports.writing.docx import document as docx_document
from reports.writing.docx import styles
from reports.writing.docx.document import add_heading, add_paragraph, add_row, add_table, add_text, keep_whole
from reports.writing.docx.markdown_blocks import add_markdown
from reports.writing.docx.parts import add_made_table

OUTCOME_WIDTHS = (3.1, 8.5, 2.9, 2.5)  # cm
LETTERS = (15, 45)  # about, in a line of the first two columns
SHORT = 12  # lines of a row that need not be broken over two pages
WEB = ("http://", "https://")


def add_domain(document: Document, content: ReportContent, domain: Domain, figures: Results) -> None:
    """The case studies of a domain, and the domain's rating with its reason."""
    totals = {result.number: result.total for result in figures.case_studies}
    studies = [study for study in content.case_studies if study.domain == domain.number]
    for study in studies:
        add_heading(document, labels.heading(content, study), 2)
        _case_study(document, content, study, totals[study.number].words)
    if not studies:
        reasons = [each.reason for each in content.left_out if each.domain == domain.number]
        add_paragraph(
            document,
            f"{domain.name} was not assessed this year: {reasons[0].rstrip('. ')}."
            if reasons
            else f"This report has no case study of {domain.name}.",
        )
    if content.edition.has_points:
        (result,) = (result for result in figures.domains if result.number == domain.number)
        paragraph = add_paragraph(document, style="Result")
        add_text(paragraph, f"{domain.name} overall rating: {result.words or 'no total'}. ", bold=True)
        add_text(paragraph, f"{capfirst(result.explanation)}.")


def _case_study(document: Document, content: ReportContent, study: CaseStudy, total: str) -> None:
    codes = content.edition.domain(study.domain).codes
    for section in study.sections:
        if section.outcome not in codes:
            add_heading(document, section.heading, 3)
            add_markdown(document, section.body)
    if general := [item for item in study.evidence if not set(item.outcomes) & set(codes)]:
        add_heading(document, "Evidence", 3)
        for item in general:
            add_evidence(document, item, groups=_groups(content, item))
    add_heading(document, f"Panel {labels.scores(content.edition)}", 3)
    for sentence in labels.notes(study):
        add_paragraph(document, sentence)
    _outcomes(document, content, study, total)
    if own := tables.self_assessment(content, study):
        add_made_table(document, own, (4, 3.1, 3.1, 2.6, 4.2))
    if study.commentary:
        add_heading(document, "Additional commentary", 3)
        add_markdown(document, study.commentary)


def _outcomes(document: Document, content: ReportContent, study: CaseStudy, total: str) -> None:
    """The template's table of a service: outcome, evidence, rating, owner."""
    caption = f"Panel {labels.scores(content.edition)}: {study.title}"
    made = add_table(document, caption, ("Outcome", "Evidence", "Rating", "Owner"), OUTCOME_WIDTHS)
    for outcome in content.edition.domain(study.domain).outcomes:
        name, evidence, rating, owner = add_row(made)
        statement = add_paragraph(name)
        add_text(statement, outcome.code, bold=True)
        add_text(statement, f" {outcome.statement}")
        _outcome_evidence(evidence, content, study, outcome)
        add_paragraph(rating, labels.score(content.edition, study.scores.get(outcome.code)))
        add_paragraph(owner, study.owners.get(outcome.code, labels.NOT_RECORDED))
        if _lines(name, evidence) <= SHORT and not evidence.tables:
            keep_whole(made.rows[-1])
    if content.edition.has_points:
        name, rest, *others = add_row(made, is_total=True)
        add_paragraph(name, "Total", style=styles.TABLE_HEADING)
        add_paragraph(rest, total, style=styles.TABLE_HEADING)
        rest.merge(others[-1])


def _lines(*cells: _Cell) -> int:
    """How many lines the longer of a row's first two cells has, about."""
    return max(
        sum(1 + len(paragraph.text) // letters for paragraph in cell.paragraphs)
        for cell, letters in zip(cells, LETTERS, strict=True)
    )


def _outcome_evidence(cell: _Cell, content: ReportContent, study: CaseStudy, outcome: Outcome) -> None:
    """What the case study says of an outcome area, its evidence, and why the panel judged as it did."""
    sections = [section for section in study.sections if section.outcome == outcome.code]
    evidence = [item for item in study.evidence if outcome.code in item.outcomes]
    for section in sections:
        if section.heading.strip(" .:)").upper() != outcome.code:
            add_text(add_paragraph(cell), section.heading, bold=True)
        add_markdown(cell, section.body)
    for item in evidence:
        add_evidence(cell, item, groups=_groups(content, item))
    if not sections and not evidence:
        add_paragraph(cell, labels.NOT_RECORDED)
    if why := study.scores.get(outcome.code, Judgement()).rationale:
        paragraph = add_paragraph(cell)
        add_text(paragraph, "The panel’s reason: ", bold=True)
        add_text(paragraph, why)


def _groups(content: ReportContent, item: Evidence) -> list[str]:
    """The names of the groups that it speaks of."""
    return [labels.group(content, code) for code in item.groups]


def add_evidence(place: docx_document.Place, item: Evidence, *, groups: Sequence[str]) -> None:
    """One piece of evidence: its name, words, source and `groups` by name. Only a web address becomes a link."""
    kind, url = labels.KINDS.get(item.kind, item.kind), item.url or ""
    name = item.title or ("" if item.text else url or kind)
    linked = url.lower().startswith(WEB)
    if name:
        _name(add_paragraph(place), name, url if linked else "")
    if item.text:
        add_paragraph(place, item.text, style="Quote" if item.kind == "quote" else None)
    named = f"Groups: {'; '.join(groups)}" if groups else ""
    facts = (labels.source(item).rstrip(". "), labels.day(item.date or ""), named)
    about = ". ".join(fact for fact in facts if fact)
    rest = "" if linked and name else url
    if about or rest:
        paragraph = add_paragraph(place, f"{about}. " if about and rest else about)
        _name(paragraph, rest, rest if linked else "")


def _name(paragraph: Paragraph, text: str, address: str) -> None:
    if address:
        docx_document.add_link(paragraph, text, address)
    else:
        add_text(paragraph, text)
