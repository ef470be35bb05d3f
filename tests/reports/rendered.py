"""What the tests read from a report: HTML and PDF."""

from collections.abc import Sequence
from io import BytesIO

import pypdf
import pypdfium2
from lxml import html as lxml_html

from reports.writing import html_report

MILLIMETRE = 72 / 25.4
TOP, BOTTOM, BAND = 15, 18, 5  # margins and the height of what is measured, in mm


def parsed(content):
    return lxml_html.fromstring(html_report.body(content))


def text(element):
    return " ".join(element.text_content().split())


def tables(tree):
    """The rows of each table by its caption, as "cell | cell". What only small screens show is left out."""
    for repeated in tree.xpath("//span[@aria-hidden='true']"):
        repeated.drop_tree()
    return {
        text(table.find("caption")): [" | ".join(text(cell) for cell in row) for row in table.iter("tr")]
        for table in tree.iter("table")
    }


def page_texts(data):
    """The words of each page of a PDF."""
    return [" ".join(page.extract_text().split()) for page in pypdf.PdfReader(BytesIO(data)).pages]


def fullness(data: bytes) -> list[float]:
    """Of each page of a PDF, the share of the bands between header and footer that hold ink, from its picture."""
    shares = []
    document = pypdfium2.PdfDocument(data)
    for page in document:
        image = page.render(scale=1).to_pil().convert("L")
        bands = [
            image.crop((0, int(top * MILLIMETRE), image.width, int((top + BAND) * MILLIMETRE)))
            for top in range(TOP, int(image.height / MILLIMETRE) - BOTTOM - BAND, BAND)
        ]
        shares.append(sum(band.getextrema()[0] < 200 for band in bands) / len(bands))
    document.close()
    return shares


def half_empty(data: bytes, parts: Sequence[str]) -> list[int]:
    """Numbers of pages that are less than half full, but for the last and those before a page that begins a part."""
    following = page_texts(data)[1:]
    shares = zip(fullness(data)[:-1], following, strict=True)
    return [
        number
        for number, (share, after) in enumerate(shares, 1)
        if share < 0.5 and not after.startswith(tuple(parts))
    ]
