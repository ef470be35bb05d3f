"""The report as PDF: what a reader, a screen reader and an archive find in the file."""

import logging
import os
import subprocess
import sys
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdf
import pytest
from django.core.exceptions import SuspiciousFileOperation

from eds.content import Section
from eds.editions import load
from reports import formats
from reports.writing import pdf
from reports.writing.author_html import LINE
from reports.writing.data.json_report import from_json, to_json
from reports.writing.pdf.pdf_writer import Attached, OwnFiles, in_words, write
from reports.writing.pdf.report import PDFUnavailableError, to_pdf
from tests.reports import samples
from tests.reports.rendered import page_texts, parsed
from tests.reports.rendered import text as words
from tests.reports.samples import FULL, GRADED, TALKING

pytestmark = [pytest.mark.either, pytest.mark.slow, pytest.mark.xdist_group("pdf")]
ROOT = Path(formats.__file__).parents[1]


@pytest.fixture(scope="module")
def full() -> bytes:
    return to_pdf(FULL)


@pytest.fixture(scope="module")
def large() -> bytes:
    return to_pdf(FULL, large_print=True)


@pytest.fixture
def opened(full):
    with pikepdf.open(BytesIO(full)) as pdf:
        yield pdf


def elements(pdf, kind):
    """The elements of that kind in the tree of tags, in reading order, each with the element it is in."""

    def walk(element, parent):
        if element.get("/S") == kind:
            yield element, parent
        for child in _children(element):
            yield from walk(child, element)

    (document,) = pdf.Root.StructTreeRoot.K
    return list(walk(document, pdf.Root.StructTreeRoot))


def _children(element):
    kids = element.get("/K", [])
    kids = kids if isinstance(kids, pikepdf.Array) else [kids]
    return [kid for kid in kids if isinstance(kid, pikepdf.Dictionary) and "/S" in kid]


def test_it_says_what_it_is(opened):
    assert str(opened.docinfo.Title) == "Equality Delivery System report 2024-25: Three Valleys Care Trust"
    assert str(opened.docinfo.Author) == "Three Valleys Care Trust"
    assert str(opened.Root.Lang) == "en-GB"
    assert opened.Root.MarkInfo.Marked
    assert opened.Root.ViewerPreferences.DisplayDocTitle
    with opened.open_metadata() as metadata:
        assert (metadata["pdfuaid:part"], metadata["pdfaid:part"]) == ("1", "3")
        assert metadata["pdfaid:conformance"] == "A"


def test_its_dates_are_those_of_the_content(opened):
    assert str(opened.docinfo.CreationDate) == str(opened.docinfo.ModDate) == "D:20250130"


def test_bookmarks_lead_to_every_part(opened):
    with opened.open_outline() as outline:
        (title,) = outline.root
        assert title.title == "Equality Delivery System report 2024-25"
        assert [part.title for part in title.children] == [
            "2024-25 at a glance",
            "About this report",
            "Summary",
            "Completed actions from previous year",
            "Rating and score card",
            "Case study 1: Talking Therapies in Three Valleys",
            "Case study 2: Diabetic Eye Screening",
            "Case study 3: Home Birth & Midwifery",
            "Domain 2: Our workforce",
            "Domain 3: Our leaders",
            "Third-party involvement",
            "Recommendations and action plan",
            "How the panel worked",
            "How this report was made",
            "Outcome areas",
            "Evidence map",
            "Glossary",
            "Other forms of this report",
        ]
        assert [part.title for part in title.children[5].children] == [
            *["Background", "Reaching people (1A)", "What we heard (1D)", "Evidence"],
            *["Panel scoring", "Additional commentary"],
        ]


def test_every_word_is_in_one_of_our_fonts_and_embedded(opened):
    fonts = {
        str(font.BaseFont): font.DescendantFonts[0].FontDescriptor
        for page in opened.pages
        for font in page.Resources.Font.values()
    }
    assert fonts
    assert all(name.split("+")[1].startswith("Arimo") for name in fonts)
    assert all("/FontFile2" in font or "/FontFile3" in font for font in fonts.values())


def test_headings_are_tagged_in_order(opened):
    assert len(elements(opened, "/H1")) == 1
    assert len(elements(opened, "/H2")) == 19
    assert len(elements(opened, "/H3")) == 13


def test_table_headers_say_what_they_head(opened):
    scopes = [(str(header.A.Scope), str(row.P.S)) for header, row in elements(opened, "/TH")]
    assert set(scopes) == {("/Column", "/THead"), ("/Row", "/TBody")}
    assert all("/Headers" in cell.A for cell, _ in elements(opened, "/TD"))


def test_pictures_have_their_title_as_alternative(opened):
    assert [str(figure.Alt) for figure, _ in elements(opened, "/Figure")] == [
        "Domain 1: Commissioned or provided services: 8/12",
        "Domain 2: Workforce health and well-being: 8/12",
        "Domain 3: Inclusive leadership: 5/9",
    ]


def test_list_items_hold_a_label_and_then_a_body(opened):
    items = [[str(child.S) for child in _children(item)] for item, _ in elements(opened, "/LI")]
    assert {tuple(kinds) for kinds in items} == {("/LBody",), ("/Lbl", "/LBody")}
    assert all(item == child.P for item, _ in elements(opened, "/LI") for child in _children(item))


def test_the_contents_name_the_page_of_each_part(full):
    reader = pypdf.PdfReader(BytesIO(full))
    parts = [part for part in reader.outline[1] if not isinstance(part, list)]
    listed = " ".join(f"{part.title} {reader.get_destination_page_number(part) + 1}" for part in parts)
    assert f"Contents {listed} About this report" in page_texts(full)[2]


def test_each_page_but_the_cover_has_a_footer(full):
    pages = page_texts(full)
    assert "Page " not in pages[0]
    for number, text in enumerate(pages[1:], 2):
        assert f"Page {number} of {len(pages)}" in text
        assert "Three Valleys Care Trust" in text
        assert "2024-25" in text


@pytest.mark.parametrize("large_print", [False, True], ids=["normal", "large"])
def test_everything_that_the_report_says_is_there(full, large, large_print):
    text = " ".join(page_texts(large if large_print else full))
    for study in FULL.case_studies:
        assert study.title in text
    for theme in FULL.recommendations:
        assert theme.theme in text
        assert all(action.action in text for action in theme.actions)
    for said in (
        "Panel score: 8/12",
        "iddle of 3: Talking Therapies in",
        "21/33 Developing",
        "0 Undeveloped",
    ):
        assert said in text


@pytest.mark.parametrize("large_print", [False, True], ids=["normal", "large"])
def test_no_page_ends_with_a_heading_a_caption_or_a_tables_header(full, large, large_print):
    tree = parsed(FULL)
    alone = [words(part) for part in tree.iter("h1", "h2", "h3", "h4", "caption", "thead")]
    alone += [" ".join(words(cell) for cell in row.iter("th")) for row in tree.iter("thead")]
    for number, said in enumerate(page_texts(large if large_print else full)[1:], 2):
        body, footer, _ = said.rpartition("Three Valleys Care Trust ·")
        assert footer
        assert [last for last in alone if body.strip().endswith(last)] == [], number


def sizes(data):
    """Every size of letters in the file, in points."""
    found = set()

    def note(text, cm, tm, _font, size):
        if text.strip():
            found.add(round(size * abs(tm[3] or tm[0]) * abs(cm[3] or cm[0]), 1))

    for page in pypdf.PdfReader(BytesIO(data)).pages:
        page.extract_text(visitor_text=note)
    return found


def test_large_print_has_no_letter_under_18_points(full, large):
    assert min(sizes(large)) >= 18
    assert min(sizes(full)) >= 10


def test_the_report_as_data_is_inside(opened):
    assert list(opened.attachments) == ["eds-report.json"]
    data = opened.attachments["eds-report.json"].get_file().read_bytes().decode()
    assert data == to_json(FULL)
    assert from_json(data, load) == FULL
    (file,) = {str(entry.UF): entry for entry in opened.Root.AF}.values()
    assert file.AFRelationship == "/Data"


def test_the_same_content_gives_the_same_bytes_in_another_process(full):
    code = (
        "import django, sys; django.setup();"
        "from reports.writing.pdf.report import to_pdf; from tests.reports.samples import FULL;"
        "sys.stdout.buffer.write(to_pdf(FULL))"
    )
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings", "PYTHONHASHSEED": "7"}
    made = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, check=True
    )
    assert made.stdout == full


def test_other_content_gives_other_bytes(full):
    assert to_pdf(replace(FULL, year="2023-24")) != full


@pytest.mark.parametrize("content", [FULL, GRADED], ids=["full", "graded"])
def test_weasyprint_has_nothing_to_complain_of(content, caplog):
    with caplog.at_level(logging.WARNING, logger="weasyprint"):
        to_pdf(content)
    assert caplog.messages == []


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/x.png",
        "http://127.0.0.1/x.png",
        "file:///etc/passwd",
        "data:text/plain,x",
        "https://static.invalid/../settings.py",
        "https://static.invalid/report/../../manage.py",
        "https://static.invalid/report/none.css",
        "//static.invalid/report/print.css",
    ],
)
def test_nothing_but_our_own_static_files_is_fetched(url):
    with pytest.raises((ValueError, SuspiciousFileOperation)):
        OwnFiles().fetch(url)


def test_a_picture_from_elsewhere_is_left_out(monkeypatch, caplog):
    monkeypatch.setattr("socket.socket.connect", lambda *_: pytest.fail("something was fetched"))
    text = "Before ![a picture](http://127.0.0.1:9/x.png) after <img src='file:///etc/passwd'>"
    study = replace(TALKING, sections=(Section(heading="Background", body=text),))
    pages = page_texts(to_pdf(replace(FULL, case_studies=(study,))))
    assert any("Before" in page and "after" in page for page in pages)
    attached = Attached(name="a", description="a", content=b"{}", made_at=samples.DAY)
    with caplog.at_level(logging.ERROR, logger="weasyprint"):
        write('<html lang="en"><title>A</title><img alt="a" src="http://127.0.0.1:9/x.png">', attached)
    assert any("own static files only" in message for message in caplog.messages)


def test_without_its_libraries_it_says_what_to_install(monkeypatch):
    class Missing:
        def find_spec(self, name, _path=None, _target=None):
            if name == "reports.writing.pdf.pdf_writer":
                raise OSError("cannot load library 'libgobject-2.0-0'")

    monkeypatch.delitem(sys.modules, "reports.writing.pdf.pdf_writer")
    monkeypatch.delattr(pdf, "pdf_writer")
    monkeypatch.setattr(sys, "meta_path", [Missing(), *sys.meta_path])
    with pytest.raises(PDFUnavailableError, match=r"apt-get install libpango-1.0-0 .*libgobject"):
        to_pdf(FULL)


@pytest.mark.parametrize(
    ("sign", "said"),
    [
        *(
            ("\U0001f44d", ""),
            ("\U0001f3fd", ""),
            ("\u200d", ""),
            ("\ufe0f", ""),
            ("\u20b0", "german penny sign"),
        ),
        *(("≱", "neither greater-than nor equal to"), ("日", "[?]"), ("\x07", ""), ("\U000f8ffe", "")),
    ],
)
def test_a_sign_that_no_font_has_is_said_in_words(sign, said):
    assert in_words(sign) == said


def test_a_word_longer_than_its_column_is_broken():
    address = "https://example.org/" + "averylongaddress" * 12
    body = f"| Group | What |\n|---|---|\n| Deaf people | {address} |"
    part = replace(FULL.case_studies[0], sections=(Section(heading="Background", body=body),))
    data = to_pdf(replace(FULL, case_studies=(part, *FULL.case_studies[1:])))
    text = " ".join(page_texts(data)).split()
    assert address in "".join(text)
    assert max(len(word) for word in text if "longaddress" in word) <= LINE
