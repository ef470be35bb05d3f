"""What an uploaded file is, told by its content and never by its name alone. Pure: bytes in, a `Kind` or `Refused` out.

Sources: ECMA-376 part 2 (Office files are ZIP packages with `[Content_Types].xml`), ISO 32000 (`%PDF-`), the PNG and
JPEG specifications. Everything that is opened is bounded first, so that a small file can't cost much time or memory.
"""

import re
import unicodedata
import zlib
from dataclasses import dataclass
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

import pikepdf
from lxml import etree
from PIL import Image

from reports.reading import pdf_guard

MOST_PIXELS = 50_000_000  # a photograph of a telephone has about 12 million
MOST_INSIDE = 200_000_000  # bytes of an Office file once it is unpacked
MOST_PARTS = 5_000
MOST_XML = 1_000_000  # bytes of a part that tells what the others are
LONGEST_NAME = 120


@dataclass(frozen=True)
class Kind:
    name: str  # as people call it
    ending: str
    content_type: str


_OFFICE = "application/vnd.openxmlformats-officedocument."
KINDS = {
    "pdf": Kind("PDF", ".pdf", "application/pdf"),
    "docx": Kind("Word", ".docx", f"{_OFFICE}wordprocessingml.document"),
    "xlsx": Kind("Excel", ".xlsx", f"{_OFFICE}spreadsheetml.sheet"),
    "pptx": Kind("PowerPoint", ".pptx", f"{_OFFICE}presentationml.presentation"),
    "csv": Kind("CSV", ".csv", "text/csv"),
    "png": Kind("PNG", ".png", "image/png"),
    "jpeg": Kind("JPEG", ".jpg", "image/jpeg"),
}
ALLOWED = "PDF, Word (.docx), Excel (.xlsx), PowerPoint (.pptx), CSV, PNG or JPEG"
_MAIN_PARTS = {
    f"{_OFFICE}wordprocessingml.document.main+xml": "docx",
    f"{_OFFICE}spreadsheetml.sheet.main+xml": "xlsx",
    f"{_OFFICE}presentationml.presentation.main+xml": "pptx",
}
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_FETCHED = ("attachedtemplate", "oleobject", "subdocument", "frame")  # what Office would fetch from elsewhere
_ZIP_PROBLEMS = (
    BadZipFile,
    RuntimeError,
    EOFError,
    OSError,
    ValueError,
    KeyError,
    zlib.error,
    etree.LxmlError,
)

OTHER = f"Its content must be {ALLOWED}, whatever its name says"
OLD_OFFICE = (
    "This is an older Word, Excel or PowerPoint file, or one with a password. Save it as .docx, .xlsx or .pptx "
    "without a password"
)
BROKEN = "The file is damaged and can’t be opened. Save it again and choose the new file"
MACROS = "The file holds macros. Save it without them, as .docx, .xlsx or .pptx"
FETCHES = "The file fetches parts of itself from elsewhere. Save it with everything in it"
TOO_MUCH = "The file holds more than we can look through. Save a smaller one"
EMPTY = "The file is empty"


class Refused(ValueError):
    """The file is not one that we take. The message tells the person what to do."""


def kind_of(data: bytes, name: str) -> str:
    """The code in `KINDS` of what these bytes are. `name` decides for CSV alone, which no content can prove.

    Raises Refused.
    """
    if not data:
        raise Refused(EMPTY)
    if data.startswith(b"%PDF-"):
        return _pdf(data)
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return _picture(data, "png")
    if data.startswith(b"\xff\xd8\xff"):
        return _picture(data, "jpeg")
    if data.startswith(b"PK\x03\x04"):
        return _office(data)
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        raise Refused(OLD_OFFICE)
    if name.lower().endswith(".csv"):
        return _csv(data)
    raise Refused(OTHER)


def clean_name(name: str, kind: str) -> str:
    """The person's own name for the file without a folder, with the ending of what the file is."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    kept = "".join(letter for letter in last if unicodedata.category(letter)[0] != "C")
    stem = re.sub(r'[<>:"|?*\s]+', " ", kept.rpartition(".")[0] or kept).strip(" .")
    return (stem[:LONGEST_NAME].strip(" .") or "file") + KINDS[kind].ending


def _pdf(data: bytes) -> str:
    try:
        with pikepdf.open(BytesIO(data)) as document:
            if pdf_guard.has_too_many_objects(document):
                raise Refused(TOO_MUCH)
            pages, why_not = len(document.pages), pdf_guard.why_not(document, data)
    except Refused:
        raise
    except pikepdf.PasswordError:
        raise Refused("The PDF has a password. Save it without one") from None
    except (pikepdf.PdfError, ValueError, RuntimeError, TypeError, KeyError):
        raise Refused(BROKEN) from None
    if why_not:
        raise Refused(why_not)
    if pages == 0:
        raise Refused(BROKEN)
    return "pdf"


def _picture(data: bytes, kind: str) -> str:
    try:
        with Image.open(BytesIO(data), formats=[kind.upper()]) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise Refused(TOO_MUCH)
            if kind == "jpeg":  # which has no check sums: read at an eighth of its size
                picture.draft("RGB", (picture.width // 8, picture.height // 8))
                picture.load()
            else:
                picture.verify()
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise Refused(TOO_MUCH) from None
    except Refused:
        raise
    except (OSError, SyntaxError, ValueError, EOFError, zlib.error):
        raise Refused(BROKEN) from None
    return kind


def _office(data: bytes) -> str:
    try:
        with ZipFile(BytesIO(data)) as package:
            _bounded(package)
            if package.testzip() is not None:
                raise Refused(BROKEN)
            types = {
                part.get("ContentType") for part in _xml(package, "[Content_Types].xml").iter("{*}Override")
            }
            names = package.namelist()
            _without_macros(types, names)
            _without_fetching(package, names)
    except Refused:
        raise
    except _ZIP_PROBLEMS:
        raise Refused(BROKEN) from None
    kinds = {_MAIN_PARTS[each] for each in types if each in _MAIN_PARTS}
    if len(kinds) != 1:
        raise Refused(OTHER)
    return kinds.pop()


def _bounded(package: ZipFile) -> None:
    parts = package.infolist()
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_INSIDE:
        raise Refused(TOO_MUCH)
    if any(part.compress_type not in (ZIP_STORED, ZIP_DEFLATED) for part in parts):
        raise Refused(BROKEN)
    if not any(part.filename == "[Content_Types].xml" for part in parts):
        raise Refused(OTHER)  # a ZIP file of another kind


def _xml(package: ZipFile, name: str) -> etree._Element:
    """A part that tells about others. One with a document type, which these never have, is broken."""
    if package.getinfo(name).file_size > MOST_XML:
        raise Refused(TOO_MUCH)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    root = etree.fromstring(package.read(name), parser)
    if root.getroottree().docinfo.doctype:
        raise Refused(BROKEN)
    return root


def _without_macros(types: set[str | None], names: list[str]) -> None:
    names_inside = [each.lower() for each in types if each] + [name.lower() for name in names]
    if any("macroenabled" in each or "vbaproject" in each or "activex" in each for each in names_inside):
        raise Refused(MACROS)


def _without_fetching(package: ZipFile, names: list[str]) -> None:
    for name in names:
        if name.lower().endswith(".rels"):
            for relationship in _xml(package, name).iter(_RELATIONSHIP):
                kind = (relationship.get("Type") or "").lower().rpartition("/")[2]
                if relationship.get("TargetMode", "").lower() == "external" and kind in _FETCHED:
                    raise Refused(FETCHES)


def _csv(data: bytes) -> str:
    """Text that is no markup. Excel writes UTF-8, UTF-16 with its mark, or the Windows alphabet."""
    encoding = "utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    if re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f�]", text):
        raise Refused(OTHER)
    if re.search(r"\A\s*<|<\s*(?:!doctype|html|svg|script|iframe)\b", text, re.IGNORECASE):
        raise Refused(OTHER)
    return "csv"
