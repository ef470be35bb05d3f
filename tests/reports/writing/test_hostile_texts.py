"""Whatever people type or paste is harmless in the report's Word file and PDF; the page is in test_pasting.py."""

import re
from dataclasses import replace
from io import BytesIO

import pikepdf
import pytest

from eds.content import Section
from reports.reading.pasted import from_html
from reports.writing.docx.report import to_docx
from reports.writing.pdf.report import to_pdf
from tests.reports.hostile import HOSTILE
from tests.reports.samples import FULL, TALKING
from tests.reports.writing.docx.docx_reading import OWN_FIELDS, fields, parts

pytestmark = pytest.mark.slow

TEXTS = [*HOSTILE, *(from_html(f"<p>{each}</p>") for each in HOSTILE)]
SECTIONS = tuple(
    Section(heading=f"Text {number}", body=text.replace("\x00", "")) for number, text in enumerate(TEXTS)
)
CONTENT = replace(FULL, case_studies=(replace(TALKING, sections=SECTIONS), *FULL.case_studies[1:]))
WEB = ("https://", "http://", "mailto:")


def test_the_word_file_runs_and_fetches_nothing():
    files = parts(to_docx(CONTENT))
    assert fields(files) == OWN_FIELDS
    outside = {
        (kind.rpartition("/")[2], target)
        for text in files.values()
        for kind, target in re.findall(r'Type="([^"]*)" Target="([^"]*)" TargetMode="External"', text)
    }
    assert {kind for kind, _ in outside} <= {"hyperlink"}
    assert all(target.startswith(WEB) for _, target in outside)
    assert "alert(1)" in files["word/document.xml"]  # as words


def test_the_pdf_runs_and_fetches_nothing():
    with pikepdf.open(BytesIO(to_pdf(CONTENT))) as pdf:
        actions = {
            (str(each.get("/S")), str(each.get("/URI", "")))
            for each in pdf.objects
            if isinstance(each, pikepdf.Dictionary) and "/S" in each and ("/URI" in each or "/JS" in each)
        }
        actions |= {
            (str(link.A.S), str(link.A.get("/URI", "")))
            for page in pdf.pages
            for link in page.get("/Annots", [])
            if "/A" in link
        }
        assert "/JavaScript" not in pdf.Root.get("/Names", {})
    assert {kind for kind, _ in actions} <= {"/URI", "/GoTo"}
    assert all(address.startswith(WEB) for kind, address in actions if kind == "/URI")
