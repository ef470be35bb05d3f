"""The forms in which a report can be had, each made from one `ReportContent`."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.text import slugify

from eds.content import ReportContent
from reports.writing import html_report
from reports.writing.data.csv_report import to_csv
from reports.writing.data.json_report import to_json


@dataclass(frozen=True, kw_only=True)
class Format:
    """`make` gives the file's bytes; `name` is what a link says; the file's name ends in `ending`.

    Where it `prints_head`, `make` takes the head of the audit log too, and prints it if there is one.
    """

    name: str
    content_type: str
    ending: str
    make: Callable[..., bytes]
    prints_head: bool = False

    def of(self, content: ReportContent, audit_head: str) -> bytes:
        """The file's bytes, with the head of the audit log in it where this form prints one."""
        return self.make(content, audit_head=audit_head) if self.prints_head else self.make(content)


# Inside these, because WeasyPrint, python-docx and openpyxl take a while to load.


def _html(content: ReportContent, audit_head: str = "") -> bytes:
    return html_report.page(content, audit_head=audit_head).encode()


def _pdf(content: ReportContent, audit_head: str = "") -> bytes:
    from reports.writing.pdf.report import to_pdf

    return to_pdf(content, audit_head=audit_head)


def _large_print(content: ReportContent, audit_head: str = "") -> bytes:
    from reports.writing.pdf.report import to_pdf

    return to_pdf(content, large_print=True, audit_head=audit_head)


def _docx(content: ReportContent, audit_head: str = "") -> bytes:
    from reports.writing.docx.report import to_docx

    return to_docx(content, audit_head=audit_head)


def _template(content: ReportContent) -> bytes:
    from reports.writing.template.report import to_template

    return to_template(content)


def _xlsx(content: ReportContent) -> bytes:
    from reports.writing.xlsx.report import to_xlsx

    return to_xlsx(content)


def _board(content: ReportContent) -> bytes:
    from reports.writing.pdf.board_summary import to_board_pdf

    return to_board_pdf(content)


def _easy_read(content: ReportContent) -> bytes:
    from reports.writing.easy_read import to_easy_read_pdf

    return to_easy_read_pdf(content)


def _pictures(content: ReportContent) -> bytes:
    from reports.writing.drawing.pictures import zipped

    return zipped(content)


OFFICE = "application/vnd.openxmlformats-officedocument"
FORMATS = {
    "html": Format(
        name="Web page to keep",
        content_type="text/html; charset=utf-8",
        ending=".html",
        make=_html,
        prints_head=True,
    ),
    "pdf": Format(name="PDF", content_type="application/pdf", ending=".pdf", make=_pdf, prints_head=True),
    "pdf-large": Format(
        name="Large print (PDF, 18 point)",
        content_type="application/pdf",
        ending="-large-print.pdf",
        make=_large_print,
        prints_head=True,
    ),
    "easy-read": Format(
        name="Easy read (PDF, with pictures)",
        content_type="application/pdf",
        ending="-easy-read.pdf",
        make=_easy_read,
    ),
    "board": Format(
        name="Paper for the board (PDF, two pages)",
        content_type="application/pdf",
        ending="-board-summary.pdf",
        make=_board,
    ),
    "docx": Format(
        name="Word",
        content_type=f"{OFFICE}.wordprocessingml.document",
        ending=".docx",
        make=_docx,
        prints_head=True,
    ),
    "template": Format(
        name="NHS England’s reporting template (Word)",
        content_type=f"{OFFICE}.wordprocessingml.document",
        ending="-template.docx",
        make=_template,
    ),
    "xlsx": Format(name="Excel", content_type=f"{OFFICE}.spreadsheetml.sheet", ending=".xlsx", make=_xlsx),
    "csv": Format(name="Scores (CSV)", content_type="text/csv; charset=utf-8", ending=".csv", make=to_csv),
    "json": Format(
        name="Data (JSON)",
        content_type="application/json",
        ending=".json",
        make=lambda content: to_json(content).encode(),
    ),
    "pictures": Format(
        name="Pictures for slides (SVG and PNG)",
        content_type="application/zip",
        ending="-pictures.zip",
        make=_pictures,
    ),
}


def file_name(content: ReportContent, format: str) -> str:
    """For example "eds-2024-nhs-example.pdf". Raises KeyError for a format that is not one of `FORMATS`."""
    return f"eds-{content.year}-{slugify(content.organisation.name)}{FORMATS[format].ending}"
