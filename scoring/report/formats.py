"""The forms in which a report can be had, each made from one `ReportContent`."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.text import slugify

from scoring.report import html
from scoring.report.content import ReportContent
from scoring.report.json_form import to_json


@dataclass(frozen=True, kw_only=True)
class Format:
    """`make` gives the file's bytes; `name` is what a link says."""

    name: str
    content_type: str
    make: Callable[[ReportContent], bytes]


def _pdf(content: ReportContent) -> bytes:
    from scoring.report.pdf import to_pdf  # WeasyPrint takes a while to load

    return to_pdf(content)


FORMATS = {
    "html": Format(
        name="Web page to keep",
        content_type="text/html; charset=utf-8",
        make=lambda content: html.page(content).encode(),
    ),
    "pdf": Format(name="PDF", content_type="application/pdf", make=_pdf),
    "json": Format(
        name="Data (JSON)", content_type="application/json", make=lambda content: to_json(content).encode()
    ),
}


def file_name(content: ReportContent, extension: str) -> str:
    """For example "eds-2024-nhs-example.pdf"."""
    return f"eds-{content.year}-{slugify(content.organisation.name)}.{extension}"
