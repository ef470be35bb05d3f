"""Pictures as PNG, for Word and for slides: drawn by WeasyPrint in the report's font, turned into dots by PDFium."""

import threading
from collections.abc import Sequence
from functools import lru_cache
from io import BytesIO
from xml.etree import ElementTree

from reports.writing.pdf import writer

DOTS = 3  # of a PNG for each unit of a picture: 48 dots to a line of text, sharp on a slide and in print
MARGIN = 8  # units of white around a picture
INK = "#212b32"
_pdfium = threading.Lock()  # PDFium works for one thread at a time


def size_of(svg: str) -> tuple[float, float]:
    """Width and height in the picture's own units, 16 to a line's height."""
    *_, width, height = ElementTree.fromstring(svg).get("viewBox").split()  # noqa: S314 (our own)
    return float(width), float(height)


def to_png(svgs: Sequence[str]) -> tuple[bytes, ...]:
    """Each picture as a PNG on white, with the margin around it. Raises PDFUnavailableError."""
    return _pngs(tuple(svgs)) if svgs else ()


@lru_cache(
    maxsize=2
)  # Word, the slides and the board's summary are made one after another, of the same pictures
def _pngs(svgs: tuple[str, ...]) -> tuple[bytes, ...]:
    import pypdfium2  # here, because it loads a library of its own

    data = writer().write(_pages(svgs))
    with _pdfium:
        document = pypdfium2.PdfDocument(data)
        try:
            # A page's own measure is a point, a picture's unit three quarters of one.
            return tuple(_png(page.render(scale=DOTS * 4 / 3).to_pil()) for page in document)
        finally:
            document.close()


def _png(image) -> bytes:
    file = BytesIO()
    image.convert("RGB").quantize(64).save(file, "PNG", optimize=True)
    return file.getvalue()


def _pages(svgs: Sequence[str]) -> str:
    """One page for each picture, of its size."""
    sizes = [size_of(svg) for svg in svgs]
    rules = "".join(
        f"@page p{number} {{ size: {width + 2 * MARGIN}px {height + 2 * MARGIN + 1}px; margin: {MARGIN}px; "
        "@top-left { content: none } @top-right { content: none } "
        "@bottom-left { content: none } @bottom-right { content: none } }"
        f".p{number} {{ page: p{number} }}"
        for number, (width, height) in enumerate(sizes)
    )
    pictures = "".join(f'<div class="p{number}">{svg}</div>' for number, svg in enumerate(svgs))
    style = f"{rules} div {{ break-after: page; color: {INK}; line-height: 0 }}"
    return f'<html lang="en-GB"><title>Pictures</title><style>{style}</style><body>{pictures}</body></html>'
