"""The annual report as a PDF that everyone can read (PDF/UA-1) and archives can keep (PDF/A-3A)."""

from datetime import UTC, datetime

from eds.content import ReportContent
from eds.text import labels
from reports.writing import html_report
from reports.writing.data.json_report import to_json

NO_LIBRARIES = (
    "A PDF can't be made on this machine, because WeasyPrint lacks a library that it needs. "
    "On Debian or Ubuntu type: apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
)


class PDFUnavailableError(RuntimeError):
    """The machine lacks a library that making a PDF needs. The message says what to install."""


def writer():
    """The module that makes PDFs. Raises PDFUnavailableError."""
    try:
        from reports.writing.pdf import pdf_writer  # here, because WeasyPrint loads Pango when it is imported
    except OSError as error:
        raise PDFUnavailableError(f"{NO_LIBRARIES} ({error})") from error
    return pdf_writer


def to_pdf(content: ReportContent, *, large_print: bool = False, audit_head: str = "") -> bytes:
    """The report as a PDF file, with its data (eds-report/2) inside. Large print is 18 points or more.

    A published one prints the head of the audit log. The same content and head give the same bytes: the dates in the
    file come from the content.

    Raises PDFUnavailableError.
    """
    pdf_writer = writer()
    day = labels.made_on(content)
    data = pdf_writer.Attached(
        name="eds-report.json",
        description="The report as data, in the form eds-report/2",
        content=to_json(content).encode(),
        made_at=datetime(day.year, day.month, day.day, tzinfo=UTC),
    )
    return pdf_writer.write(
        html_report.page(content, styled=False, large_print=large_print, audit_head=audit_head),
        data,
        large_print=large_print,
    )
