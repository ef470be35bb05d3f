"""What the lead leaves out of the report: no form prints it, and no data inside a form says it."""

import re
import zipfile
from dataclasses import replace
from io import BytesIO

import pikepdf
import pytest

from eds.content import OPTIONAL_PARTS
from eds.report_parts import EVIDENCE_MAP, METHODS, NAMES, PANEL_NAMES, SELF_ASSESSMENT, without_omitted
from reports.formats import FORMATS
from tests.reports.rendered import page_texts
from tests.reports.samples import FULL

pytestmark = pytest.mark.slow

MEMBERS = {member.name for member in FULL.panel} | {one.member for one in FULL.interests}
FORMS = ["html", "pdf", "pdf-large", "docx", "xlsx", "csv", "json", "board", "easy-read"]
SAID = {EVIDENCE_MAP: "Evidence map", METHODS: "How this report was made", SELF_ASSESSMENT: "Self-assessment"}


def text_of(name, content) -> str:
    """Everything that the file says, data inside it too."""
    data = FORMATS[name].make(content)
    if name in ("docx", "xlsx"):
        with zipfile.ZipFile(BytesIO(data)) as package:
            data = b"\n".join(package.read(part) for part in package.namelist() if part.endswith(".xml"))
        return re.sub("<[^>]*>", "", data.decode()).replace("&lt;", "<")
    if FORMATS[name].ending.endswith(".pdf"):
        with pikepdf.open(BytesIO(data)) as pdf:
            inside = [one.get_file().read_bytes().decode() for one in pdf.attachments.values()]
        return "\n".join([*page_texts(data), *inside])
    return data.decode()


def test_every_optional_part_has_a_name_for_the_lead():
    assert tuple(NAMES) == OPTIONAL_PARTS


@pytest.mark.parametrize("name", FORMS)
def test_no_form_says_what_the_lead_left_out(name):
    assert {"Farah Aziz", "Joe Penrose"} == MEMBERS
    text = text_of(name, without_omitted(replace(FULL, omitted=OPTIONAL_PARTS)))
    assert {member for member in MEMBERS if member in text} == set()
    assert [said for said in SAID.values() if said in text] == (["Self-assessment"] if name == "xlsx" else [])
    if name in ("html", "docx", "xlsx", "json"):
        full = text_of(name, FULL)
        assert {member for member in MEMBERS if member in full} == MEMBERS
        assert "Panel member 1" in text
        assert "Panel member 1" not in full


def test_a_member_has_one_number_wherever_they_are_named():
    content = without_omitted(replace(FULL, omitted=(PANEL_NAMES,)))
    numbers = dict(zip((one.name for one in FULL.panel), (one.name for one in content.panel), strict=True))
    assert len(set(numbers.values())) == len(FULL.panel)
    assert [numbers.get(one.member, one.member) for one in FULL.interests] == [
        one.member for one in content.interests
    ]
    assert [replace(one, name="") for one in content.panel] == [replace(one, name="") for one in FULL.panel]
