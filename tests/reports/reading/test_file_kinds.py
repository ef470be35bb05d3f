"""What an uploaded file is, by its content: what we take, and what we refuse with a sentence that says what to do."""

from io import BytesIO
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZipFile

import pytest

from reports.reading import file_kinds
from reports.reading.file_kinds import KINDS, Refused, clean_name, kind_of
from tests.reports.reading.made_files import CSV, WORD, docx, every_kind, package, pdf, picture, pptx

FILES = every_kind()


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_is_known_by_its_content_whatever_its_name(kind):
    name = "list.csv" if kind == "csv" else "anything.exe"
    assert kind_of(FILES[kind], name) == kind


@pytest.mark.parametrize(
    "data", ["A,B\n1,2\n".encode("utf-16"), "Größe;1\n".encode("cp1252"), b"\xef\xbb\xbfa,b"]
)
def test_csv_as_excel_writes_it_is_known(data):
    assert kind_of(data, "Waits.CSV") == "csv"


def relationships(kind, mode):
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    about = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/" + kind
    one = f'<Relationship Id="a" Type="{about}" Target="x" TargetMode="{mode}"/>'
    return f'<Relationships xmlns="{space}">{one}</Relationships>'


BODY = {"word/document.xml": "<w/>"}
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!doctype html><script>alert(1)</script>"
ENTITY = '<!DOCTYPE t [<!ENTITY a "b">]>'
REFUSED = {
    "nothing": (b"", "a.pdf", file_kinds.EMPTY),
    "program": (b"MZ\x90\x00" + b"\x00" * 60, "report.pdf", file_kinds.OTHER),
    "picture with a script": (SVG, "map.svg", file_kinds.OTHER),
    "the same, called a table": (SVG, "map.csv", file_kinds.OTHER),
    "the same, called PNG": (SVG, "map.png", file_kinds.OTHER),
    "page with a script": (HTML, "page.html", file_kinds.OTHER),
    "that page, called a table": (b"\n " + HTML, "page.csv", file_kinds.OTHER),
    "a script further down": (b"a,b\n1,< SCRIPT>alert(1)</script>\n", "a.csv", file_kinds.OTHER),
    "a table by another name": (CSV, "waits.txt", file_kinds.OTHER),
    "bytes called a table": (b"a,b\x00\x01", "a.csv", file_kinds.OTHER),
    "PDF after a page": (HTML + pdf(), "a.pdf", file_kinds.OTHER),
    "PDF by its first letters alone": (b"%PDF-1.7\n" + HTML, "a.pdf", file_kinds.BROKEN),
    "PDF with a password": (pdf(password="secret"), "a.pdf", "The PDF has a password. Save it without one"),
    "PNG by its first letters alone": (b"\x89PNG\r\n\x1a\n" + HTML, "a.png", file_kinds.BROKEN),
    "JPEG by its first letters alone": (b"\xff\xd8\xff" + HTML, "a.jpg", file_kinds.BROKEN),
    "half a JPEG": (picture("JPEG", (400, 300))[:600], "a.jpg", file_kinds.BROKEN),
    "PNG with a wrong check sum": (picture("PNG").replace(b"IDAT", b"IDAX"), "a.png", file_kinds.BROKEN),
    "older Word": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 500, "a.doc", file_kinds.OLD_OFFICE),
    "half a Word file": (docx()[:4000], "a.docx", file_kinds.BROKEN),
    "any other ZIP": (
        package({}, {}).replace(b"[Content_Types]", b"[Content_Typos]"),
        "a.docx",
        file_kinds.OTHER,
    ),
    "an Office file of another kind": (
        package(BODY, {"/x": "drawingml.diagram+xml"}),
        "a.docx",
        file_kinds.OTHER,
    ),
    "two kinds in one": (
        package(BODY, WORD | {"/b": "spreadsheetml.sheet.main+xml"}),
        "a.docx",
        file_kinds.OTHER,
    ),
    "macros by their type": (
        package(BODY, {"/word/document.xml": "application/vnd.ms-word.document.macroEnabled.main+xml"}),
        "a.docx",
        file_kinds.MACROS,
    ),
    "macros by their part": (
        package(BODY | {"word/vbaProject.bin": b"x"}, WORD),
        "a.docx",
        file_kinds.MACROS,
    ),
    "active content": (
        package(BODY | {"word/activeX/activeX1.bin": b"x"}, WORD),
        "a.docx",
        file_kinds.MACROS,
    ),
    "a template from elsewhere": (
        package(BODY | {"word/_rels/settings.xml.rels": relationships("attachedTemplate", "External")}, WORD),
        "a.docx",
        file_kinds.FETCHES,
    ),
    "entities": (package(BODY, WORD, head=ENTITY), "a.docx", file_kinds.BROKEN),
    "types that are no XML": (package(BODY, WORD, head="<"), "a.docx", file_kinds.BROKEN),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_we_do_not_take_is_refused_with_what_to_do(case):
    data, name, message = REFUSED[case]
    with pytest.raises(Refused) as caught:
        kind_of(data, name)
    assert str(caught.value) == message


def test_links_in_a_word_file_are_no_fetching():
    links = {"word/_rels/document.xml.rels": relationships("hyperlink", "External")}
    assert kind_of(package(BODY | links, WORD), "a.docx") == "docx"


def test_a_zip_bomb_is_refused_before_it_is_unpacked(monkeypatch):
    """Ten megabytes of nothing pack to ten kilobytes; the limit is lowered so that the test writes no more."""
    bomb = package({"word/document.xml": b"\x00" * 10_000_000}, WORD)
    assert len(bomb) < 12_000
    monkeypatch.setattr(file_kinds, "MOST_INSIDE", 9_000_000)
    monkeypatch.setattr(ZipFile, "testzip", lambda self: pytest.fail("it was unpacked"))
    with pytest.raises(Refused, match="more than we can look through"):
        kind_of(bomb, "a.docx")
    monkeypatch.setattr(file_kinds, "MOST_INSIDE", 200_000_000)
    monkeypatch.setattr(file_kinds, "MOST_PARTS", 1)
    with pytest.raises(Refused, match="more than we can look through"):
        kind_of(pptx(), "a.pptx")


def test_a_way_of_packing_that_office_does_not_use_is_refused():
    out = BytesIO()
    with ZipFile(BytesIO(pptx())) as old, ZipFile(out, "w", ZIP_DEFLATED) as made:
        for name in old.namelist():
            made.writestr(name, old.read(name), compress_type=ZIP_BZIP2)
    with pytest.raises(Refused, match="damaged"):
        kind_of(out.getvalue(), "a.pptx")


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_picture_larger_than_any_camera_takes_is_refused_by_its_head(monkeypatch, kind):
    monkeypatch.setattr(file_kinds, "MOST_PIXELS", 40 * 30 - 1)
    with pytest.raises(Refused, match="more than we can look through"):
        kind_of(picture(kind), "a")
    monkeypatch.setattr(file_kinds, "MOST_PIXELS", 40 * 30)
    assert kind_of(picture(kind), "a") == kind.lower()


@pytest.mark.parametrize(
    ("name", "kind", "kept"),
    [
        ("Waits by group.PDF", "pdf", "Waits by group.pdf"),
        ("../../etc/passwd", "csv", "passwd.csv"),
        ("C:\\Users\\me\\Desktop\\waits.csv", "csv", "waits.csv"),
        ("report.pdf.exe", "pdf", "report.pdf.pdf"),
        ("photo.png", "jpeg", "photo.jpg"),
        ('a"b<c>|d?.csv', "csv", "a b c d.csv"),
        ("waits\u202egpj.csv\r\nX: y.csv", "csv", "waitsgpj.csvX y.csv"),
        (".htaccess", "csv", "htaccess.csv"),
        ("…" * 300 + ".png", "png", "…" * 120 + ".png"),
        ("..", "png", "file.png"),
        ("Größe.xlsx", "xlsx", "Größe.xlsx"),
    ],
)
def test_a_name_is_kept_as_clean_text_with_the_ending_of_what_the_file_is(name, kind, kept):
    assert clean_name(name, kind) == kept
