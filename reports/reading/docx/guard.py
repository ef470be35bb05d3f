"""Opening a Word file that anybody may have made: it is measured and looked over before any of it is read.

A .docx is XML in a zip file. Only its XML is unpacked, within limits; pictures and embedded files stay packed.
Nothing in it is run, and nothing that it points to is fetched.
"""

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO

import docx
from docx.document import Document
from docx.exceptions import PythonDocxError
from docx.opc.exceptions import OpcError
from lxml import etree

from reports.reading.problems import ImportProblem, Problem

LARGEST_FILE = 20 * 1024**2  # bytes, as it is sent
LARGEST_XML = 20 * 1024**2  # bytes of all its XML, unpacked
MOST_PARTS = 2000
MOST_TAGS = 1_000_000  # in all its XML; a report of 30 pages has about 20,000
PIECE = 64 * 1024

OLE = bytes.fromhex("d0cf11e0a1b11ae1")  # old Word files, and encrypted new ones
PASSWORD = "EncryptedPackage".encode("utf-16-le")
CONTENT_TYPES = "[content_types].xml"
STRICT = b"purl.oclc.org/ooxml"
LOCAL = re.compile(
    r"(file:///)?[a-z]:[\\/]|(file:///)?[^/\\:]*$", re.IGNORECASE
)  # not "\\server\…", "https://…"
BROKEN = (
    *(PythonDocxError, OpcError, etree.LxmlError, zipfile.BadZipFile, RecursionError),
    *(KeyError, IndexError, ValueError, AttributeError, TypeError, AssertionError, NotImplementedError),
)

SAVE_AGAIN = "a Word document. Open it in Word, choose “Save as”, “Word Document (.docx)”, and use that file"
COPY = "a file without them. Copy all of its text into a new, empty document, save that and use it"


def refused(found: str, expected: str) -> ImportProblem:
    return ImportProblem([Problem(found=found, expected=expected)])


def opened(data: bytes) -> Document:
    """The document, with pictures and embedded files empty. Raises ImportProblem with what to do about it."""
    try:
        return docx.Document(BytesIO(_clean(data)))
    except BROKEN as error:
        raise broken() from error


def broken() -> ImportProblem:
    return refused("the Word file is broken", SAVE_AGAIN)


def _clean(data: bytes) -> bytes:
    """The same package with nothing in it but its XML."""
    if len(data) > LARGEST_FILE:
        size = LARGEST_FILE // 1024**2
        raise refused("the file is too large", f"at most {size} MB: remove pictures, or import it in parts")
    if not data:
        raise refused("the file is empty", "a report")
    if data.startswith(OLE):
        raise _old(data)
    if not zipfile.is_zipfile(BytesIO(data)):
        raise refused("the file is no Word document, whatever its name says", SAVE_AGAIN)
    file = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as new:
        _look_over_names(old)
        for entry, part in _parts(old):
            new.writestr(zipfile.ZipInfo(entry.filename), part)
    return file.getvalue()


def _old(data: bytes) -> ImportProblem:
    if PASSWORD in data:
        steps = "“File”, “Info”, “Protect Document”, “Encrypt with Password”"
        wanted = f"one without. In Word choose {steps}, empty the box and save"
        return refused("the file is protected by a password", wanted)
    return refused("the file is in the format of Word 2003 and before (.doc)", SAVE_AGAIN)


def _look_over_names(package: zipfile.ZipFile) -> None:
    entries = package.infolist()
    names = [entry.filename.casefold() for entry in entries]
    if len(entries) > MOST_PARTS or len(set(names)) != len(names):
        raise broken()
    if any(entry.flag_bits & 1 for entry in entries):
        raise refused("the file is protected by a password", "one without")
    if CONTENT_TYPES not in names:
        raise refused("the file is no Word document, whatever its name says", SAVE_AGAIN)
    if any(name.endswith(("vbaproject.bin", "vbadata.xml")) for name in names):
        raise _macros()


def _macros() -> ImportProblem:
    return refused("the file holds macros (small programs), which are not allowed here", SAVE_AGAIN)


def _parts(package: zipfile.ZipFile) -> Iterator[tuple[zipfile.ZipInfo, bytes]]:
    """Every part with its XML, or with nothing."""
    left, tags = LARGEST_XML, MOST_TAGS
    for entry in package.infolist():
        name = entry.filename.casefold()
        if not name.endswith((".xml", ".rels")):
            yield entry, b""
            continue
        part = _unpacked(package, entry, left)
        left -= len(part)
        tags -= part.count(b"<")
        if tags < 0:
            raise _too_much()
        _look_over_xml(part)
        if name == CONTENT_TYPES:
            _look_over_types(part)
        elif name.endswith(".rels"):
            _look_over_relations(part)
        yield entry, part


def _unpacked(package: zipfile.ZipFile, entry: zipfile.ZipInfo, left: int) -> bytes:
    """What is in it, read in pieces, for a zip file may lie about sizes."""
    if entry.file_size > left:
        raise _too_much()
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise broken()
    pieces = []
    with package.open(entry) as file:
        while piece := file.read(PIECE):
            left -= len(piece)
            if left < 0:
                raise _too_much()
            pieces.append(piece)
    return b"".join(pieces)


def _too_much() -> ImportProblem:
    return refused(
        "the file holds far more than a report when it is unpacked",
        "one of ordinary size: copy the text into a new, empty document, save that and use it",
    )


def _look_over_xml(part: bytes) -> None:
    """Refuses a part that declares anything (a DTD), which Word never does. Nothing is resolved while looking."""
    for _, element in etree.iterparse(
        BytesIO(part), events=("start",), resolve_entities=False, no_network=True, load_dtd=False
    ):
        if element.getroottree().docinfo.internalDTD is not None:
            raise refused("the file holds declarations (a DTD) that no Word document has", SAVE_AGAIN)
        return


def _look_over_types(part: bytes) -> None:
    if b"macroEnabled" in part or b"vbaProject" in part:
        raise _macros()
    if b"wordprocessingml.template.main" in part:
        raise refused("the file is a template for Word documents (.dotx)", SAVE_AGAIN)
    if b"wordprocessingml.document.main" not in part:
        raise refused("the file is no Word document, whatever its name says", SAVE_AGAIN)


def _look_over_relations(part: bytes) -> None:
    """Refuses what Word would fetch from elsewhere. Links that a reader may follow are only text here."""
    if STRICT in part:
        raise refused("the file is saved as “Strict Open XML”", SAVE_AGAIN)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    for relation in etree.fromstring(part, parser):
        kind = relation.get("Type", "").rsplit("/", 1)[-1]
        if relation.get("TargetMode") != "External" or kind == "hyperlink":
            continue
        if kind == "attachedTemplate":
            if LOCAL.match(relation.get("Target", "")) is None:
                raise refused("the file loads its template from elsewhere", COPY.replace("them", "one"))
        elif kind == "image":
            raise refused("the file shows pictures that lie elsewhere, not in the file", COPY)
        else:
            raise refused("the file fetches parts from elsewhere", COPY)
