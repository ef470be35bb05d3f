"""HTML to PDF by WeasyPrint, with what the standards ask for beyond it. Import it only to make a PDF."""

import base64
import gc
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from io import BytesIO
from pathlib import Path

import pydyf
import weasyprint
from django.contrib.staticfiles import finders
from fontTools.ttLib import woff2
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

STATIC = "https://static.invalid/"  # stands for our own static files: nothing is ever fetched from a network
STYLE = ("report/report.css", "report/print.css")
LARGE_PRINT = "report/large-print.css"
PNG = "data:image/png;base64,"
VARIANT = "pdf/a-3a"

# PDF/A-3A and PDF/UA-1 in one file: WeasyPrint writes the metadata of the first; this adds the second's,
# which PDF/A allows only with a description of its schema (ISO 19005-3, 6.6.2.3).
PDF_UA = b"""<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<pdfuaid:part>1</pdfuaid:part></rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix><pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:category>internal</pdfaProperty:category><pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:description>The part of PDF/UA that the file keeps to</pdfaProperty:description>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType></rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description></rdf:RDF>"""


@dataclass(frozen=True, kw_only=True)
class Attached:
    """A file inside the PDF."""

    name: str
    description: str
    content: bytes
    made_at: datetime


def write(
    html: str,
    attached: Attached | None = None,
    *,
    large_print: bool = False,
    more_style: tuple[str, ...] = (),
) -> bytes:
    """The PDF of an HTML document, in the style of `static/report/`. The same input gives the same bytes.

    `more_style` names further style sheets among the static files.

    A sign that no font of this machine has would make the file unfit for both standards: it is said in words, and
    an emoji is left out.
    """
    style = (*STYLE, *more_style, *([LARGE_PRINT] if large_print else []))
    with _garbage_uncollected():
        data, missing = _written(html, attached, style)
        if missing:
            in_letters = html.translate({codepoint: in_words(chr(codepoint)) for codepoint in missing})
            data, _ = _written(in_letters, attached, style)
    return data


@contextmanager
def _garbage_uncollected() -> Iterator[None]:
    """Else the collector goes through the growing document again and again, and finds nothing to collect.

    Measured on 189 pages: a seventh less time, for 16 MB more memory.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _written(html: str, attached: Attached | None, style: tuple[str, ...]) -> tuple[bytes, set[int]]:
    """The PDF, and the signs in it that no font has."""
    files = [] if attached is None else [_attachment(attached)]
    fetcher, fonts = OwnFiles(), FontConfiguration()
    sheets = [weasyprint.CSS(url=STATIC + path, url_fetcher=fetcher, font_config=fonts) for path in style]
    document = weasyprint.HTML(string=html, url_fetcher=fetcher).render(
        font_config=fonts,
        stylesheets=sheets,
        presentational_hints=True,  # for the numbers that lists start with
        pdf_variant=VARIANT,
    )
    data = document.write_pdf(pdf_variant=VARIANT, attachments=files, finisher=_finish)
    return data, {codepoint for font in document.fonts.values() for codepoint in font.missing}


def in_words(sign: str) -> str:
    """The name of a mathematical or currency symbol; nothing for an emoji or a control; "[?]" for a letter."""
    kind = unicodedata.category(sign)
    if kind in ("Sm", "Sc"):
        return unicodedata.name(sign, "[?]").lower()
    return "" if kind[0] in "SMC" else "[?]"


def _attachment(file: Attached) -> weasyprint.Attachment:
    return weasyprint.Attachment(
        file_obj=BytesIO(file.content),
        name=file.name,
        description=file.description,
        created=file.made_at,
        modified=file.made_at,
        relationship="Data",
    )


class OwnFiles(URLFetcher):
    """Fetches our own static files and reads PNG pictures that are in the page itself.

    Everything else is refused: no network, no other file of this machine.
    """

    def fetch(self, url, headers=None):
        if url.startswith(PNG):
            data = base64.b64decode(url.removeprefix(PNG))
            return URLFetcherResponse(url, data, {"Content-Type": "image/png"})
        path = url.removeprefix(STATIC)
        file = finders.find(path) if path != url else None
        if file is None:
            raise ValueError(f"A report may use our own static files only, not {url}")
        data = _truetype(file) if path.endswith(".woff2") else Path(file).read_bytes()
        return URLFetcherResponse(url, data, {"Content-Type": _type(path)})


def _type(path: str) -> str:
    return "text/css; charset=utf-8" if path.endswith(".css") else "application/octet-stream"


@cache
def _truetype(file: str) -> bytes:
    """A font unpacked once for all PDFs: WeasyPrint would do it again for each (90 ms for our eight)."""
    font = BytesIO()
    woff2.decompress(file, font)
    return font.getvalue()


def _finish(_document, pdf: pydyf.PDF) -> None:
    """Adds to the finished PDF what WeasyPrint leaves out of it."""
    metadata = _object(pdf, pdf.catalog["Metadata"])
    metadata.stream = [metadata.stream[0].replace(b"</rdf:RDF>", PDF_UA, 1)]
    for element in list(pdf.objects):
        kind = element.get("S") if isinstance(element, pydyf.Dictionary) else None
        if kind == "/TH":
            _say_what_it_heads(pdf, element)
        elif kind == "/LI":
            _put_into_a_body(pdf, element)


def _say_what_it_heads(pdf: pydyf.PDF, header: pydyf.Dictionary) -> None:
    """Gives a table header its scope: a column in the table's head, else a row."""
    row = _object(pdf, header["P"])
    in_head = _object(pdf, row["P"])["S"] == "/THead"
    header["A"]["Scope"] = "/Column" if in_head else "/Row"


def _put_into_a_body(pdf: pydyf.PDF, item: pydyf.Dictionary) -> None:
    """Puts the paragraphs of a list item into its body: an item may hold nothing else (ISO 14289-1, 7.2)."""
    for place, reference in enumerate(item["K"]):
        child = _object(pdf, reference)
        if child["S"] not in ("/Lbl", "/LBody"):
            body = pydyf.Dictionary({"Type": "/StructElem", "S": "/LBody", "K": pydyf.Array([reference])})
            body |= {"P": item.reference, "Pg": item["Pg"]}
            pdf.add_object(body)
            item["K"][place] = child["P"] = body.reference


def _object(pdf: pydyf.PDF, reference: bytes) -> pydyf.Object:
    """The object that a reference ("12 0 R") is to."""
    return pdf.objects[int(reference.split()[0])]
