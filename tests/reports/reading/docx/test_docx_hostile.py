"""Word files that are broken or mean harm: a message that says what to do, nothing fetched, little memory."""

import io
import socket
import struct
import zipfile

import pytest
from django.core.management import CommandError, call_command

from casestudies.models import Organisation, Review
from eds.editions import load
from reports.reading.docx import guard
from reports.reading.docx.report import from_docx
from reports.reading.problems import ImportProblem
from tests.reports.reading.docx.docx_files import relation, with_parts, word

EDS = load("EDS 2022")
GOOD = word("Equality Delivery System 2023", "# Case study 1: Clinic", "# Background", "Open.")
RELATIONS = "word/_rels/document.xml.rels"
DOCUMENT, TYPES = "word/document.xml", "[Content_Types].xml"
DTD = '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "{}">]>'
UTF_7 = b'<?xml version="1.0" encoding="UTF-7"?>+ADwAIQ-DOCTYPE r [+ADwAIQ-ENTITY a "b">]><r/>'
SAVE = "Open it in Word, choose “Save as”, “Word Document (.docx)”"
COPY = "Copy all of its text into a new, empty document"


@pytest.fixture(autouse=True)
def _no_network(monkeypatch):
    def refuse(*arguments, **options):
        raise AssertionError("the network was asked for something")

    for name in ("connect", "connect_ex", "sendto"):
        monkeypatch.setattr(socket.socket, name, refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


def outside(kind, target):
    added = f"{relation(kind, target, external=True)}</Relationships>"
    return with_parts(GOOD, {RELATIONS: lambda part: part.replace("</Relationships>", added)})


def document_with(text):
    """The good file with this right before its first element, and all its words replaced by the entity a."""
    return with_parts(GOOD, {DOCUMENT: lambda part: text + part.split("?>", 1)[1].replace("Open.", "&a;")})


def zipped(**parts):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return file.getvalue()


def lying():
    """A file whose document says that it is small, and is not."""
    data = bytearray(with_parts(GOOD, {DOCUMENT: b"<" * (guard.LARGEST_XML * 4)}))
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        entry = package.getinfo(DOCUMENT)
        place = data.index(DOCUMENT.encode(), package.start_dir) - 46
        assert data[place : place + 4] == b"PK\x01\x02"
    struct.pack_into("<I", data, place + 24, 500)
    struct.pack_into("<I", data, entry.header_offset + 22, 500)
    return bytes(data)


def encrypted():
    data = bytearray(GOOD)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        data[package.start_dir + 8] |= 1
    return bytes(data)


FILES = {
    "nothing": (b"", "the file is empty; expected a report"),
    "words": (b"Hello", f"no Word document, whatever its name says; expected a Word document. {SAVE}"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(99), "no Word document, whatever its name says"),
    "half a file": (GOOD[: len(GOOD) // 2], "no Word document, whatever its name says"),
    "a byte changed": (GOOD.replace(b"PK\x01\x02", b"PK\x01\x03", 1), "the Word file is broken"),
    "a zip file": (zipped(a="b"), "no Word document, whatever its name says"),
    "an Excel file": (
        with_parts(GOOD, {TYPES: lambda part: part.replace("wordprocessingml", "spreadsheetml")}),
        "no Word document, whatever its name says",
    ),
    "an old file": (guard.OLE + bytes(600), "Word 2003 and before (.doc)"),
    "an encrypted file": (
        guard.OLE + bytes(600) + guard.PASSWORD,
        "protected by a password; expected one without. In Word choose “File”",
    ),
    "an encrypted zip": (encrypted(), "protected by a password"),
    "no document in it": (with_parts(GOOD, {DOCUMENT: b""}), "the Word file is broken"),
    "XML cut off": (with_parts(GOOD, {DOCUMENT: lambda part: part[:-30]}), "the Word file is broken"),
    "nonsense numbers": (
        with_parts(
            GOOD,
            {
                DOCUMENT: lambda part: part.replace(
                    "<w:p>", '<w:p><w:pPr><w:numPr><w:ilvl w:val="x"/><w:numId w:val="1"/></w:numPr></w:pPr>'
                )
            },
        ),
        "the Word file is broken",
    ),
    "XML a thousand deep": (
        with_parts(GOOD, {DOCUMENT: lambda part: part.replace("<w:body>", "<w:body>" + "<w:sdt>" * 1000)}),
        "the Word file is broken",
    ),
    "an entity of another file": (
        document_with('<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/passwd">]>'),
        "declarations (a DTD)",
    ),
    "an entity of another site": (
        document_with('<!DOCTYPE r SYSTEM "http://example.org/x.dtd" [<!ENTITY a "b">]>'),
        "declarations (a DTD)",
    ),
    "a billion laughs": (
        document_with('<!DOCTYPE r [<!ENTITY b "ha"><!ENTITY c "&b;&b;&b;&b;"><!ENTITY a "&c;&c;&c;&c;">]>'),
        "declarations (a DTD)",
    ),
    "a DTD in UTF-16": (
        with_parts(GOOD, {"word/styles.xml": (DTD.format("b") + "<r/>").encode("utf-16")}),
        "declarations (a DTD)",
    ),
    "a DTD in UTF-7": (with_parts(GOOD, {"word/styles.xml": UTF_7}), "declarations (a DTD)"),
    "macros": (
        with_parts(GOOD, {"word/vbaProject.bin": b"x"}),
        f"macros (small programs), which are not allowed here; expected a Word document. {SAVE}",
    ),
    "a document with macros": (
        with_parts(
            GOOD,
            {
                TYPES: lambda part: part.replace(
                    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main",
                    "application/vnd.ms-word.document.macroEnabled.main",
                )
            },
        ),
        "macros (small programs)",
    ),
    "a template": (
        with_parts(GOOD, {TYPES: lambda part: part.replace("document.main+xml", "template.main+xml")}),
        "template for Word documents (.dotx)",
    ),
    "a remote template": (
        outside("attachedTemplate", "https://example.org/a.dotm"),
        f"loads its template from elsewhere; expected a file without one. {COPY}",
    ),
    "a template on another machine": (
        outside("attachedTemplate", "file:///\\\\example.org\\a.dotm"),
        "loads its template",
    ),
    "a picture elsewhere": (
        outside("image", "https://example.org/a.png"),
        f"pictures that lie elsewhere, not in the file; expected a file without them. {COPY}",
    ),
    "a part elsewhere": (outside("oleObject", "https://example.org/a"), "fetches parts from elsewhere"),
    "a strict file": (
        with_parts(
            GOOD,
            {
                "_rels/.rels": lambda part: part.replace(
                    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
                    "http://purl.oclc.org/ooxml/officeDocument/relationships",
                )
            },
        ),
        "saved as “Strict Open XML”",
    ),
    "a zip bomb": (
        with_parts(GOOD, {DOCUMENT: b" " * (guard.LARGEST_XML + 1)}),
        "far more than a report when it is unpacked",
    ),
    "a zip bomb in pieces": (
        with_parts(
            GOOD,
            {f"word/{number}.xml": b"<a/>" + b" " * (guard.LARGEST_XML // 20) for number in range(21)},
        ),
        "far more than a report",
    ),
    "a zip bomb that lies": (lying(), "the Word file is broken"),
    "a million tags": (
        with_parts(GOOD, {DOCUMENT: b"<a>" + b"<b/>" * guard.MOST_TAGS + b"</a>"}),
        "far more than a report",
    ),
    "too many parts": (
        zipped(**{f"{number}.xml": b"" for number in range(guard.MOST_PARTS + 1)}),
        "broken",
    ),
    "one byte too many": (
        GOOD + bytes(guard.LARGEST_FILE + 1 - len(GOOD)),
        "the file is too large; expected at most 20 MB",
    ),
}


@pytest.mark.parametrize("name", FILES)
def test_a_bad_file_is_refused_with_what_to_do(name):
    data, message = FILES[name]
    with pytest.raises(ImportProblem) as caught:
        from_docx(data, EDS, organisation="NHS Westmoor")
    (problem,) = caught.value.problems
    assert message in str(problem)
    assert problem.expected


@pytest.mark.parametrize(
    "name", ["a zip bomb", "a zip bomb in pieces", "a zip bomb that lies", "a million tags"]
)
def test_of_a_bomb_little_is_unpacked_and_less_is_parsed(name, monkeypatch):
    unpacked, parsed = [], []
    read, look_over = zipfile.ZipExtFile.read, guard._look_over_xml

    def note_read(self, *size):
        unpacked.append(read(self, *size))
        return unpacked[-1]

    def note_part(part):
        parsed.append(part)
        look_over(part)

    monkeypatch.setattr(zipfile.ZipExtFile, "read", note_read)
    monkeypatch.setattr(guard, "_look_over_xml", note_part)
    with pytest.raises(ImportProblem):
        from_docx(FILES[name][0], EDS, organisation="NHS Westmoor")
    assert sum(map(len, unpacked)) <= guard.LARGEST_XML + guard.PIECE
    assert sum(part.count(b"<") for part in parsed) <= guard.MOST_TAGS


def test_a_template_of_ones_own_machine_and_a_link_are_harmless():
    for data in (
        outside("attachedTemplate", "file:///C:\\Users\\a\\Templates\\NHS.dotm"),
        outside("attachedTemplate", "Normal.dotm"),
        outside("hyperlink", "https://example.org/"),
    ):
        assert from_docx(data, EDS, organisation="NHS Westmoor").content.year == "2023"


def test_pictures_and_embedded_files_are_never_unpacked():
    bomb = with_parts(GOOD, {"word/media/image1.png": b" " * (guard.LARGEST_XML * 2)})
    assert from_docx(bomb, EDS, organisation="NHS Westmoor").content.year == "2023"


@pytest.mark.parametrize("command", ["import_report", "check_report"])
@pytest.mark.parametrize("name", ["macros", "a zip bomb", "an encrypted file"])
def test_the_commands_say_so_and_store_nothing(db, tmp_path, command, name):
    path = tmp_path / "report.docx"
    path.write_bytes(FILES[name][0])
    with pytest.raises(CommandError) as caught:
        call_command(command, str(path), organisation="NHS Westmoor", year="2024")
    assert FILES[name][1] in str(caught.value)
    assert (Review.objects.count(), Organisation.objects.count()) == (0, 0)
