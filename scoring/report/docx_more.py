"""What the reporting template has no place for, in a Word file: the summary, last year, the panel, the map, methods."""

from docx.document import Document

from eds import figures_in_text
from eds.content import ReportContent
from reports.writing import methods, tables
from reports.writing.docx.document import add_paragraph
from reports.writing.docx.markdown_blocks import WIDTH, add_markdown
from reports.writing.docx.parts import add_made_table
from scoring.report import comparison, evidence_shown, panel_work
from scoring.report.docx_pictures import Pictures


def parts(content: ReportContent) -> dict[str, str]:
    """Bookmark and heading of each part that the report has."""
    found = {
        "summary": (content.summary, "Summary"),
        "change": (True, "Change since last year"),
        "evidence-map": (evidence_shown.has_map(content), "Evidence map"),
        "panel": (panel_work.has_part(content), "How the panel worked"),
        "methods": (True, "How this report was made"),
        "glossary": (True, "Glossary"),
        "other-forms": (True, "Other forms of this report"),
    }
    return {bookmark: heading for bookmark, (is_there, heading) in found.items() if is_there}


def add_summary(document: Document, content: ReportContent) -> None:
    add_markdown(document, figures_in_text.filled(content.summary, content), heading_level=2)


def add_change(document: Document, content: ReportContent, shown: Pictures) -> None:
    add_paragraph(document, comparison.sentence(content))
    shown.add(document, "change-since-last-year")
    if found := comparison.totals(content):
        add_made_table(document, found, (6, 3.5, 3.5, 4))
    if found := comparison.outcomes(content):
        add_made_table(document, found, (8, 3, 3, 3))


def add_map(document: Document, content: ReportContent, shown: Pictures) -> None:
    for sentence in evidence_shown.sentences(content):
        add_paragraph(document, sentence)
    shown.add(document, "evidence-map")
    found = evidence_shown.table(content)
    numbers = len(found.columns) - 1
    narrow = min(1.15, (WIDTH - 4) / numbers)
    add_made_table(document, found, (WIDTH - narrow * numbers, *[narrow] * numbers))


def add_panel(document: Document, content: ReportContent, shown: Pictures) -> None:
    if content.panel_work:
        add_markdown(document, figures_in_text.filled(content.panel_work, content), heading_level=2)
    for sentence in panel_work.sentences(content):
        add_paragraph(document, sentence)
    for found, widths in (
        (panel_work.represented(content), (13, 4)),
        (tables.panel(content), (6, 8, 3)),
        (tables.interests(content), (4, 5, 8)),
    ):
        if found:
            add_made_table(document, found, widths)
    shown.add(document, "spread-of-scores")
    for table, _ in panel_work.spreads(content):
        numbers = len(table.columns) - 2
        width = min(2.4, (WIDTH - 6) / numbers)
        add_made_table(document, table, (WIDTH - 2.4 - width * numbers, 2.4, *[width] * numbers))


def add_methods(document: Document, content: ReportContent) -> None:
    for sentence in methods.methods(content):
        add_paragraph(document, sentence)


def add_glossary(document: Document, content: ReportContent) -> None:
    add_made_table(document, methods.glossary(content), (5, 12))


def add_other_forms(document: Document, content: ReportContent) -> None:
    for sentence in methods.other_forms(content):
        add_paragraph(document, sentence)
