"""Small real files of every kind that evidence may be, made by the libraries that write them."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pikepdf
from docx import Document
from openpyxl import Workbook
from PIL import Image

CSV = b"Group,Waits\nAge,4\n"
_OFFICE = "application/vnd.openxmlformats-officedocument."


def pdf(*, password: str = "") -> bytes:
    with pikepdf.new() as document:
        document.add_blank_page()
        out = BytesIO()
        document.save(out, encryption=pikepdf.Encryption(user=password, owner="x") if password else False)
    return out.getvalue()


def docx() -> bytes:
    document = Document()
    document.add_paragraph("Waits by group")
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def xlsx() -> bytes:
    out = BytesIO()
    Workbook().save(out)
    return out.getvalue()


def pptx() -> bytes:
    """The smallest package that says it is a presentation: no library of ours writes one."""
    return package(
        {"ppt/presentation.xml": "<p/>"}, {"/ppt/presentation.xml": "presentationml.presentation.main+xml"}
    )


def package(parts: dict[str, str | bytes], types: dict[str, str], *, head: str = "") -> bytes:
    """An Office package with these parts; `types` says what the main ones are."""
    overrides = "".join(
        f'<Override PartName="{name}" ContentType="{kind if "/" in kind else _OFFICE + kind}"/>'
        for name, kind in types.items()
    )
    space = "http://schemas.openxmlformats.org/package/2006/content-types"
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as made:
        made.writestr("[Content_Types].xml", f'{head}<Types xmlns="{space}">{overrides}</Types>')
        for name, data in parts.items():
            made.writestr(name, data)
    return out.getvalue()


WORD = {"/word/document.xml": "wordprocessingml.document.main+xml"}


def picture(format: str, size: tuple[int, int] = (40, 30)) -> bytes:
    out = BytesIO()
    Image.new("RGB", size, "white").save(out, format)
    return out.getvalue()


def every_kind() -> dict[str, bytes]:
    """Bytes by the kind that they are."""
    return {
        "pdf": pdf(),
        "docx": docx(),
        "xlsx": xlsx(),
        "pptx": pptx(),
        "csv": CSV,
        "png": picture("PNG"),
        "jpeg": picture("JPEG"),
    }
