"""The first sheet of the Excel workbook: the rating, every domain, each case study by outcome area, and charts of them.

The charts are Excel's own, drawn from the cells above them. A cell without a score is empty, because Excel draws words
as 0.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from openpyxl import Workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.chart.label import DataLabelList
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from eds.content import CaseStudy, Judgement, ReportContent
from eds.edition import Domain
from eds.text import labels
from eds.text.short_names import named
from eds.totals import Results, results, whole
from reports.writing import at_a_glance
from reports.writing.xlsx.sheets import Value, fill, height_of

NAME = "At a glance"
FIRST, OTHERS = 48, 15  # widths of the columns, in characters
FEWEST = 6  # columns, so that sentences have room
BLUE, GREY = "005EB8", "E8EDEE"
COLOURS = ("003087", "41B6E6", "768692", "00A499", "AE2573", "FFB81C", "425563", "78BE20")
CHART_WIDTH, CHART_HEIGHT, CHART_ROWS = 24, 8.5, 18  # cm, and the rows of 16 points that a chart covers
EMPTY = "An empty cell has no score. The sheet Scores says why."
LINE = Side(style="thin", color="768692")


@dataclass(frozen=True, kw_only=True)
class Block:
    """A table on the sheet, by its rows: `head` holds the names of the columns, `last` is its last row."""

    title: str
    head: int
    last: int
    columns: int


def add_first_sheet(book: Workbook, content: ReportContent) -> list[str]:
    """Adds the sheet. Returns the titles of its charts in their order, for who can't see them."""
    page, figures = book.create_sheet(NAME), results(content)
    columns = max(FEWEST, 2 + max(len(domain.codes) for domain in content.edition.domains))
    for column in range(1, columns + 1):
        page.column_dimensions[get_column_letter(column)].width = FIRST if column == 1 else OTHERS
    row = _write_top(page, content, figures, columns)
    blocks = []
    for title, head, rows in _tables(content, figures):
        blocks.append(_write_table(page, row, title, head, rows))
        row = blocks[-1].last + 2
    _write_line(page, row, EMPTY, columns)
    if content.edition.has_points:
        _add_charts(page, content, blocks, row + 2)
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", page.PAPERSIZE_A4
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.page_setup.fitToHeight = 0
    page.sheet_view.showGridLines = False
    return [block.title for block in blocks] if content.edition.has_points else []


def _write_top(page: Worksheet, content: ReportContent, figures: Results, columns: int) -> int:
    """Title, rating and sentences; returns the row after them."""
    overall = figures.overall
    lines = [(f"{labels.title(content)}: {content.organisation.name}", 16)]
    if overall.rating:
        lines.append((f"{overall.rating}: {at_a_glance.points(overall.total, overall.out_of)}", 20))
    lines += [(sentence, 12) for sentence in at_a_glance.sentences(content, figures)]
    for row, (text, size) in enumerate(lines, start=1):
        _write_line(page, row, text, columns, size=size)
    return len(lines) + 2


def _write_line(page: Worksheet, row: int, text: str, columns: int, *, size: int = 12) -> None:
    """A text across all columns, in a row that is high enough."""
    cell = page.cell(row=row, column=1)
    fill(cell, text)
    cell.font = Font(name="Arial", size=size, bold=size > 12, color=BLUE if size > 12 else None)
    cell.alignment = Alignment(vertical="top", wrap_text=True)
    page.merge_cells(start_row=row, end_row=row, start_column=1, end_column=columns)
    width = FIRST + OTHERS * (columns - 1)
    page.row_dimensions[row].height = height_of((text,), (int(width * 12 / size),)) * size / 12


def _tables(
    content: ReportContent, figures: Results
) -> Iterator[tuple[str, Sequence[Value], list[tuple[Value, ...]]]]:
    """Title, columns and rows of the domains and of each domain's case studies."""
    edition = content.edition
    if edition.has_points:
        rows = [
            (labels.domain(domain), result.total, None if result.total is None else result.out_of)
            for domain, result in zip(edition.domains, figures.domains, strict=True)
        ]
        yield f"Points by {edition.domain_noun.lower()}", (edition.domain_noun, "Points", "Out of"), rows
    for domain in edition.domains:
        studies = [study for study in content.case_studies if study.domain == domain.number]
        if studies:
            columns = ("Case study", *(named(edition, code) for code in domain.codes))
            total = ("Total",) if edition.has_points else ()
            rows = [_study_row(content, study, domain, figures) for study in studies]
            yield labels.domain(domain), (*columns, *total), rows


def _study_row(
    content: ReportContent, study: CaseStudy, domain: Domain, figures: Results
) -> tuple[Value, ...]:
    edition = content.edition
    judgements = [study.scores.get(code) or Judgement() for code in domain.codes]
    name = labels.heading(content, study)
    if not edition.has_points:
        return name, *(labels.score(edition, judgement) for judgement in judgements)
    scores = [None if one.score is None or one.not_applicable else whole(one.score) for one in judgements]
    (total,) = (one.total.words for one in figures.case_studies if one.number == study.number)
    return name, *scores, total


def _write_table(
    page: Worksheet, row: int, title: str, head: Sequence[Value], rows: Sequence[tuple[Value, ...]]
) -> Block:
    fill(page.cell(row=row, column=1), title)
    page.cell(row=row, column=1).font = Font(name="Arial", size=14, bold=True, color=BLUE)
    page.row_dimensions[row].height = 20
    for number, values in enumerate([head, *rows], start=row + 1):
        for column, value in enumerate(values, start=1):
            cell = page.cell(row=number, column=column)
            fill(cell, value)
            is_head = number == row + 1
            cell.font = Font(name="Arial", size=12, bold=is_head or column == 1)
            cell.alignment = Alignment(
                horizontal="left" if column == 1 else "center", vertical="top", wrap_text=True
            )
            cell.border = Border(top=LINE, bottom=LINE, left=LINE, right=LINE)
            if is_head:
                cell.fill = PatternFill("solid", fgColor=GREY)
        page.row_dimensions[number].height = height_of(values, [FIRST, *[OTHERS] * (len(values) - 1)])
    return Block(title=title, head=row + 1, last=row + 1 + len(rows), columns=len(head))


def _add_charts(page: Worksheet, content: ReportContent, blocks: Sequence[Block], row: int) -> None:
    """A chart for each table, one below the other: points beside what they are out of, then scores by outcome area."""
    for number, block in enumerate(blocks):
        if number:
            data = Reference(
                page, min_row=block.head + 1, max_row=block.last, min_col=1, max_col=block.columns - 1
            )
            names = Reference(
                page, min_row=block.head, max_row=block.head, min_col=2, max_col=block.columns - 1
            )
            chart = _chart(block.title, data, names, from_rows=True, highest=content.edition.highest)
        else:
            data = Reference(page, min_row=block.head, max_row=block.last, min_col=2, max_col=3)
            names = Reference(page, min_row=block.head + 1, max_row=block.last, min_col=1, max_col=1)
            chart = _chart(block.title, data, names, from_rows=False, highest=None)
            chart.type, chart.x_axis.scaling.orientation = "bar", "maxMin"  # names of domains are long
            chart.y_axis.crosses = "max"  # so that the scale stays below
        page.add_chart(chart, f"A{row + number * CHART_ROWS}")


def _chart(
    title: str, data: Reference, names: Reference, *, from_rows: bool, highest: int | None
) -> BarChart:
    """Bars with their numbers on them. `highest` is where the scale ends."""
    chart = BarChart()
    chart.type, chart.title, chart.style = "col", title, 10
    chart.add_data(data, from_rows=from_rows, titles_from_data=True)
    chart.set_categories(names)
    chart.width, chart.height, chart.gapWidth = CHART_WIDTH, CHART_HEIGHT, 60
    chart.x_axis.delete = chart.y_axis.delete = False
    chart.legend.position = "b"
    chart.y_axis.scaling.min, chart.y_axis.scaling.max = 0, highest
    chart.y_axis.majorUnit = 1 if highest and highest <= 10 else None
    chart.dataLabels = DataLabelList()
    chart.dataLabels.showVal = True
    for name in ("showSerName", "showCatName", "showLegendKey", "showPercent"):
        setattr(chart.dataLabels, name, False)
    for place, series in enumerate(chart.series):
        series.graphicalProperties.solidFill = COLOURS[place % len(COLOURS)]
        series.graphicalProperties.line.solidFill = "212B32"
    return chart
