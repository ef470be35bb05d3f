"""PDFs that run, send, fetch or hold something are refused, wherever it hides; ordinary ones are taken."""

from io import BytesIO

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from reports.reading import file_kinds, pdf_guard
from reports.reading.file_kinds import Refused, kind_of
from reports.writing.pdf.report import to_pdf
from tests.reports.reading.made_files import pdf
from tests.reports.samples import FULL

RUNS, FILES = pdf_guard.RUNS, pdf_guard.HOLDS_FILES


def script() -> Dictionary:
    return Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))


def of(kind: str, **more) -> Dictionary:
    return Dictionary({"/S": Name(f"/{kind}")} | {f"/{name}": value for name, value in more.items()})


def file_inside(document) -> Dictionary:
    return Dictionary(Type=Name.Filespec, F=String("a.exe"), EF=Dictionary(F=document.make_stream(b"MZ")))


def annotation(document, page, **values) -> None:
    given = Dictionary(Type=Name.Annot, Rect=Array([0, 0, 9, 9]), Subtype=Name.Link)
    for name, value in values.items():
        given[f"/{name}"] = value
    page.obj.Annots = document.make_indirect(Array([document.make_indirect(given)]))


PLACES = {
    "when the file is opened": (lambda d, p: d.Root.__setattr__("OpenAction", script()), RUNS),
    "when it is opened, by number": (
        lambda d, p: d.Root.__setattr__("OpenAction", d.make_indirect(script())),
        RUNS,
    ),
    "when it is saved": (lambda d, p: d.Root.__setattr__("AA", Dictionary(WS=script())), RUNS),
    "when a page is turned": (lambda d, p: p.obj.__setattr__("AA", Dictionary(O=script())), RUNS),
    "a link": (lambda d, p: annotation(d, p, A=script()), RUNS),
    "the pointer over a field": (lambda d, p: annotation(d, p, AA=Dictionary(E=script())), RUNS),
    "the action after the first": (
        lambda d, p: annotation(d, p, A=of("URI", URI=String("https://a.example/"), Next=Array([script()]))),
        RUNS,
    ),
    "a bookmark": (
        lambda d, p: d.Root.__setattr__(
            "Outlines", Dictionary(First=d.make_indirect(Dictionary(A=script())))
        ),
        RUNS,
    ),
    "scripts of the document": (
        lambda d, p: d.Root.__setattr__(
            "Names", Dictionary(JavaScript=Dictionary(Names=Array([String("a"), script()])))
        ),
        RUNS,
    ),
    "a field that calculates": (
        lambda d, p: d.Root.__setattr__(
            "AcroForm", Dictionary(Fields=Array([Dictionary(AA=Dictionary(C=script()))]))
        ),
        RUNS,
    ),
    "a script as a stream": (
        lambda d, p: d.Root.__setattr__(
            "OpenAction", Dictionary(S=Name.JavaScript, JS=d.make_stream(b"app.alert(1)"))
        ),
        RUNS,
    ),
    "the kind of action by number": (
        lambda d, p: d.Root.__setattr__(
            "OpenAction", Dictionary(S=d.make_indirect(Name.Launch), F=String("a"))
        ),
        RUNS,
    ),
    "an object that nothing leads to": (lambda d, p: d.make_indirect(script()), RUNS),
    "a rendition with a script": (lambda d, p: annotation(d, p, A=of("Rendition", JS=String("x"))), RUNS),
    "XFA": (
        lambda d, p: d.Root.__setattr__("AcroForm", Dictionary(XFA=d.make_stream(b"<xdp/>"), Fields=Array())),
        RUNS,
    ),
    "rich media": (lambda d, p: annotation(d, p, Subtype=Name.RichMedia), RUNS),
    "a film": (lambda d, p: annotation(d, p, Subtype=Name.Screen), RUNS),
    "three dimensions": (lambda d, p: annotation(d, p, Subtype=Name("/3D")), RUNS),
    "PostScript": (lambda d, p: d.make_stream(b"showpage", Type=Name.XObject, Subtype=Name.PS), RUNS),
    "content elsewhere": (lambda d, p: d.make_stream(b"", F=String("\\\\server\\share\\a")), RUNS),
    "an address that is a script": (
        lambda d, p: annotation(d, p, A=of("URI", URI=String(" java\tscript:alert(1)"))),
        RUNS,
    ),
    "a file inside": (
        lambda d, p: d.Root.__setattr__(
            "Names", Dictionary(EmbeddedFiles=Dictionary(Names=Array([String("a"), file_inside(d)])))
        ),
        FILES,
    ),
    "a file at a page": (lambda d, p: annotation(d, p, Subtype=Name.FileAttachment), FILES),
    "a file of the document": (lambda d, p: d.Root.__setattr__("AF", Array([file_inside(d)])), FILES),
    **{
        f"the action {kind}": (
            lambda d, p, kind=kind: d.Root.__setattr__("OpenAction", of(kind, F=String("a.exe"))),
            RUNS,
        )
        for kind in (
            "Launch",
            "ImportData",
            "SubmitForm",
            "GoToE",
            "GoToR",
            "Movie",
            "Sound",
            "RichMediaExecute",
        )
    },
}
WAYS = {
    "plainly": {"object_stream_mode": pikepdf.ObjectStreamMode.disable},
    "in object streams": {"object_stream_mode": pikepdf.ObjectStreamMode.generate, "compress_streams": True},
    "encrypted without a password": {"encryption": pikepdf.Encryption(user="", owner="x", R=6)},
    "encrypted as of old": {"encryption": pikepdf.Encryption(user="", owner="x", R=4, aes=True)},
}


def made(place=None, **how) -> bytes:
    with pikepdf.new() as document:
        page = document.add_blank_page()
        if place is not None:
            place(document, page)
        out = BytesIO()
        document.save(out, preserve_pdfa=False, **how)
    return out.getvalue()


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("place", PLACES)
def test_what_runs_or_is_inside_is_refused_wherever_it_hides(place, way):
    put, why = PLACES[place]
    if place == "an object that nothing leads to" or place in ("PostScript", "content elsewhere"):
        keep = put

        def put(document, page):
            page.obj.Kept = keep(document, page)

    with pytest.raises(Refused) as refused:
        kind_of(made(put, **WAYS[way]), "a.pdf")
    assert str(refused.value) == why


@pytest.mark.parametrize("way", WAYS)
def test_what_an_ordinary_file_holds_is_taken(way):
    def ordinary(document, page):
        annotation(document, page, A=of("URI", URI=String("https://www.england.nhs.uk/?a=javascript:")))
        document.Root.OpenAction = of("GoTo", D=Array([page.obj, Name.Fit]))
        document.Root.AcroForm = Dictionary(Fields=Array([Dictionary(FT=Name.Tx, T=String("JavaScript"))]))
        document.Root.PageLabels = Dictionary(Nums=Array([0, Dictionary(S=Name.D)]))
        document.Root.StructTreeRoot = Dictionary(K=Array([Dictionary(Type=Name.StructElem, S=Name.Figure)]))

    assert kind_of(made(ordinary, **WAYS[way]), "a.pdf") == "pdf"
    assert kind_of(made(**WAYS[way]), "a.pdf") == "pdf"


def test_the_portals_own_pdf_is_taken():
    """It holds its data as JSON, as PDF/A-3 allows."""
    data = to_pdf(FULL)
    with pikepdf.open(BytesIO(data)) as document:
        assert list(document.attachments) == ["eds-report.json"]
    assert kind_of(data, "report.pdf") == "pdf"


def holding(name: str, content: bytes, **how) -> bytes:
    def put(document, page):
        inside = Dictionary(Type=Name.Filespec, UF=String(name), F=String(name))
        inside.EF = Dictionary(F=document.make_stream(content))
        document.Root.Names = Dictionary(EmbeddedFiles=Dictionary(Names=Array([String(name), inside])))

    return made(put, **how)


@pytest.mark.parametrize("way", WAYS)
def test_data_as_text_may_be_inside(way):
    assert kind_of(holding("waits.csv", b"a,b\n1,2\n", **WAYS[way]), "a.pdf") == "pdf"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.exe", b"text"),
        ("a.json.exe", b"{}"),
        ("a.csv", b"MZ\0\0"),
        ("a.csv", b"\xff\xfe"),
        ("a.txt", b"#!/bin/sh"),
        ("a", b"text"),
        ("a.js", b"alert(1)"),
        ("a.html", b"<script>"),
        ("a.csv", b"a" * (pdf_guard.MOST_DATA + 1)),
    ],
    ids=lambda value: str(value)[:9],
)
@pytest.mark.parametrize("way", ["plainly", "in object streams"])
def test_any_other_file_inside_is_refused(name, content, way):
    with pytest.raises(Refused) as refused:
        kind_of(holding(name, content, **WAYS[way]), "a.pdf")
    assert str(refused.value) == FILES


def with_escapes(data: bytes) -> bytes:
    return data.replace(b"/JavaScript", b"/Java#53cript").replace(b"/JS", b"/#4aS")


def test_a_name_with_escapes_is_the_same_name():
    data = made(PLACES["when the file is opened"][0], **WAYS["plainly"])
    escaped = with_escapes(data)
    assert escaped != data
    assert b"JavaScript" not in escaped
    with pytest.raises(Refused) as refused:
        kind_of(escaped, "a.pdf")
    assert str(refused.value) == RUNS


@pytest.mark.parametrize("change", [lambda data: data, with_escapes])
def test_an_earlier_revision_is_looked_at_too(change):
    """A later revision puts a plain object in the place of the script, whose bytes are still in the file."""
    first = change(made(PLACES["when it is opened, by number"][0], **WAYS["plainly"]))
    start = first.rindex(b"startxref")
    place = int(first[start:].split()[1])
    number = int(first[: first.index(b"/S /Java")].rsplit(b" 0 obj", 1)[0].split()[-1])
    size = first[first.rindex(b"/Size") :].split()[1].decode()
    root = first[first.rindex(b"/Root") :].split()[1].decode()
    at = len(first)
    later = f"{number} 0 obj\n<< >>\nendobj\n"
    table = at + len(later)
    later += (
        f"xref\n{number} 1\n{at:010d} 00000 n \ntrailer\n<< /Size {size} /Root {root} 0 R /Prev {place} >>\n"
    )
    data = first + later.encode() + f"startxref\n{table}\n%%EOF\n".encode()
    with pikepdf.open(BytesIO(data)) as document:
        assert document.Root.OpenAction == Dictionary()  # no reader of objects finds it
    with pytest.raises(Refused) as refused:
        kind_of(data, "a.pdf")
    assert str(refused.value) == RUNS


def test_a_file_of_very_many_objects_is_refused(monkeypatch):
    monkeypatch.setattr(pdf_guard, "MOST_OBJECTS", 2)
    with pytest.raises(Refused) as refused:
        kind_of(pdf(), "a.pdf")
    assert str(refused.value) == file_kinds.TOO_MUCH
