"""The report's pictures in a Word file, each with its words as alternative text."""

from dataclasses import dataclass
from io import BytesIO

from docx.document import Document
from docx.shared import Cm

from eds.content import ReportContent
from reports.writing import pictures
from reports.writing.docx.document import add_paragraph
from reports.writing.docx.markdown_blocks import WIDTH
from reports.writing.ooxml import xml_text
from scoring.report import png

UNIT = 2.54 / 96  # cm of a picture's unit: as on the page, its letters are 12 points high


@dataclass(frozen=True, kw_only=True)
class Pictures:
    """Every picture of a report with its dots, by name."""

    made: dict[str, tuple[pictures.Picture, bytes]]

    @classmethod
    def of(cls, content: ReportContent) -> "Pictures":
        """Raises PDFUnavailableError."""
        found = pictures.all_pictures(content)
        dots = png.to_png([picture.svg for picture in found])
        pairs = zip(found, dots, strict=True)
        return cls(made={picture.name: (picture, data) for picture, data in pairs})

    def add(self, document: Document, name: str) -> None:
        """Adds the pictures whose name starts so, where there are any, each in a paragraph that stays with the next."""
        for found, (picture, data) in self.made.items():
            if found == name or (found.startswith(f"{name}-") and found[len(name) + 1 :].isdigit()):
                _add(document, picture, data)


def _add(document: Document, picture: pictures.Picture, data: bytes) -> None:
    width = (png.size_of(picture.svg)[0] + 2 * png.MARGIN) * UNIT
    paragraph = add_paragraph(document)
    paragraph.paragraph_format.keep_with_next = True
    shape = paragraph.add_run().add_picture(BytesIO(data), width=Cm(min(width, WIDTH)))
    properties = shape._inline.docPr
    properties.set("title", xml_text(picture.title))
    properties.set("descr", xml_text(picture.description))
