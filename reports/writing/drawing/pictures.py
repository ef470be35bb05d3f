"""Every picture of a report, each with a name, and all of them in one file for slides."""

import threading
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from xml.etree import ElementTree

from eds.content import CaseStudy, Judgement, ReportContent
from eds.edition import Domain
from eds.text import labels
from eds.totals import Results, Total, results
from reports.writing import comparison_tables, map_tables, methods
from reports.writing.drawing import svg as writing_svg
from reports.writing.ooxml import made_at
from reports.writing.pdf.report import writer

SVG = "{http://www.w3.org/2000/svg}"


@dataclass(frozen=True, kw_only=True)
class Picture:
    """A picture as SVG; `name` is that of its files."""

    name: str
    svg: str

    @property
    def title(self) -> str:
        return self._text("title")

    @property
    def description(self) -> str:
        """Every fact that it shows, in words."""
        return self._text("desc")

    def _text(self, tag: str) -> str:
        return ElementTree.fromstring(self.svg).findtext(f"{SVG}{tag}", "")  # noqa: S314 (our own)


def case_study(content: ReportContent, study: CaseStudy, total: Total) -> Picture:
    """The panel's score for each outcome area, and the total where there is one."""
    edition = content.edition
    domain: Domain = edition.domain(study.domain)
    judged = [(code, study.scores.get(code, Judgement())) for code in domain.codes]
    bars = [
        writing_svg.Bar(
            label=code,
            points=judgement.score,
            out_of=edition.highest,
            words=labels.score(edition, judgement),
            marks=0 if judgement.not_applicable else edition.highest,
        )
        for code, judgement in judged
    ]
    if edition.has_points and total.is_complete and total.scored:
        bars.append(_bar("Total", total.points, total.out_of, total.words, bold=True))
    svg = writing_svg.score_bar(title=f"Panel {labels.scores(edition)} for {study.title}", bars=bars)
    return Picture(name=f"case-study-{study.number}", svg=svg)


def _bar(label: str, points, out_of: int, words: str, *, bold: bool = False) -> writing_svg.Bar:
    return writing_svg.Bar(label=label, points=points, out_of=out_of, words=words, marks=1, bold=bold)


def score_card(content: ReportContent, figures: Results) -> Picture | None:
    """The result of each domain and of the whole; None where nothing has a total."""
    edition, overall = content.edition, figures.overall
    if not edition.has_points or all(domain.total is None for domain in figures.domains):
        return None
    bars = [
        _bar(domain.name, domain.total, domain.out_of or 1, domain.words or "No total")
        for domain in figures.domains
    ]
    words = " ".join(part for part in (overall.words, overall.rating) if part) or "No rating"
    bars.append(_bar("Overall", overall.total, overall.out_of or 1, words, bold=True))
    return Picture(
        name="score-card",
        svg=writing_svg.score_bar(
            title=f"Results by {edition.domain_noun.lower()}", bars=bars, length=writing_svg.CARD
        ),
    )


def all_pictures(content: ReportContent) -> list[Picture]:
    """In the order of the report."""
    return list(_pictures(content, results(content)))


def _pictures(content: ReportContent, figures: Results) -> Iterator[Picture]:
    if card := score_card(content, figures):
        yield card
    if change := comparison_tables.picture(content):
        yield Picture(name="change-since-last-year", svg=change)
    for study, result in zip(content.case_studies, figures.case_studies, strict=True):
        yield case_study(content, study, result.total)
    for number, svg in enumerate(map_tables.pictures_of(content), start=1):
        yield Picture(name=f"evidence-map-{number}", svg=svg)
    spreads = [svg for _, svgs in methods.spreads(content) for svg in svgs]
    for number, svg in enumerate(spreads, start=1):
        yield Picture(name=f"spread-of-scores-{number}", svg=svg)


def zipped(content: ReportContent) -> bytes:
    """Every picture as SVG and PNG, and what each shows in words. The same content gives the same bytes.

    Raises PDFUnavailableError.
    """
    made, pictures = made_at(content), all_pictures(content)
    parts = {"read-me.txt": _read_me(content, pictures).encode()}
    for picture, data in zip(pictures, to_png([picture.svg for picture in pictures]), strict=True):
        parts[f"{picture.name}.svg"] = picture.svg.encode()
        parts[f"{picture.name}.png"] = data
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in parts.items():
            entry = zipfile.ZipInfo(name, made.timetuple()[:6])
            entry.external_attr = 0o600 << 16
            packed.writestr(entry, data, zipfile.ZIP_DEFLATED)
    return file.getvalue()


def _read_me(content: ReportContent, pictures: list[Picture]) -> str:
    """For the text alternative of each slide."""
    lines = [
        f"Pictures of: {labels.title(content)}, {content.organisation.name}, {content.year}",
        "",
        "Each picture is here twice: as SVG, which stays sharp at any size, and as PNG.",
        "Give each one its words below as alternative text.",
    ]
    for picture in pictures:
        lines += ["", picture.name, picture.title, picture.description]
    return "\n".join(lines) + "\n"


# Pictures as PNG, for Word and for slides: drawn by WeasyPrint in the report's font, turned into dots by PDFium.

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
