"""The report as a Word file: NHS England's order, real headings, lists and tables, and nothing that runs."""

import re
import subprocess
from dataclasses import replace
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import docx
import pypdf
import pytest
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from eds.content import Evidence
from eds.text import labels
from reports.writing.docx.report import to_docx
from tests.reports.rendered import half_empty
from tests.reports.samples import EDS_2022, FIXED, FULL, GRADED, TALKING, UNFINISHED
from tests.reports.writing.docx.docx_reading import (
    LEVELS,
    WRITTEN,
    headings,
    opened,
    parts,
    rows,
    table_named,
)

pytestmark = [pytest.mark.either, pytest.mark.slow, pytest.mark.xdist_group("docx")]

# What is where


def test_the_parts_stand_in_the_order_of_the_reporting_template():
    document = opened(FULL)
    assert document.paragraphs[0].style.name == "Title"
    assert document.paragraphs[0].text == "Equality Delivery System report 2024-25"
    assert headings(document, 1) == [
        "Summary",
        "Completed actions from previous year",
        "EDS rating and score card",
        "Change since last year",
        "Domain 1: Commissioned or provided services",
        "Domain 2: Workforce health and well-being",
        "Domain 3: Inclusive leadership",
        "Third-party involvement",
        "EDS organisation rating",
        "Evidence map",
        "How the panel worked",
        "How this report was made",
        "Glossary",
        "Other forms of this report",
        "Action plan",
    ]
    assert rows(document.tables[0]) == [
        ["What", "Answer"],
        ["Board sponsor or lead", "Amara Bello, Chief Nurse"],
        ["Integrated care system", "Valleys and Vale"],
        ["EDS lead", "Tom Whitlock"],
        ["Level", "Partnership of organisations: Vale Hospital and Ludworth Hospice"],
        ["Engagement dates", "4 November 2024 and 19 November 2024"],
        ["Date completed", "20 December 2024"],
        ["Month published", "February 2025"],
        ["Date authorised", "30 January 2025"],
        ["Revision date", "14 February 2025"],
    ]


def test_a_service_has_the_table_of_the_template():
    table = table_named(opened(FULL), "Panel scores: Talking Therapies in Three Valleys")
    found = rows(table)
    assert found[0] == ["Outcome", "Evidence", "Rating", "Owner"]
    assert [row[0].split(" ")[0] for row in found[1:]] == ["1A", "1B", "1C", "1D", "Total"]
    assert (found[1][2], found[1][3]) == ("2 Achieving", "Head of access")
    rationale = TALKING.scores["1A"].rationale
    assert (
        found[1][1] == f"Reaching people\nPosters went up in three mosques.\nThe panel’s reason: {rationale}"
    )
    assert "They called me back the same day." in found[4][1]
    assert (
        "Friends and Family Test. November 2024. Groups: Age; Gypsy, Roma and Traveller communities"
        in found[4][1]
    )
    assert found[2][1] == f"Not recorded\nThe panel’s reason: {TALKING.scores['1B'].rationale}"
    assert found[5][1] == found[5][3] == "8/12"


def test_evidence_is_linked_by_its_title():
    links = [link for part in opened(FULL).paragraphs for link in part.hyperlinks if link.address]
    assert [(link.text, link.address) for link in links] == [
        ("Waiting times by ethnic group", "https://www.example.nhs.uk/waits")
    ]
    untitled = Evidence(kind="quote", text="Kind staff.", url="https://example.org/q", source="Survey")
    (paragraph,) = (
        part
        for part in opened(replace(FULL, case_studies=(replace(TALKING, evidence=(untitled,)),))).paragraphs
        if part.text.startswith("Survey")
    )
    assert paragraph.text == "Survey. https://example.org/q"
    assert paragraph.hyperlinks[0].address == "https://example.org/q"


def test_each_domain_ends_with_its_rating_and_why():
    said = [part.text for part in opened(FULL).paragraphs if re.match("Domain . overall rating", part.text)]
    assert said == [
        "Domain 1 overall rating: 8/12. Middle of 3: Talking Therapies in Three Valleys.",
        "Domain 2 overall rating: 8/12. The only case study: Our workforce.",
        "Domain 3 overall rating: 5/9. The only case study: Our leaders.",
    ]
    said = [part.text for part in opened(UNFINISHED).paragraphs if "Domain 2 overall rating" in part.text]
    assert said == ["Domain 2 overall rating: no total. Not scored: no case study."]
    assert not [
        part.text for part in opened(GRADED).paragraphs if re.match("Domain . overall rating", part.text)
    ]


def test_the_action_plan_is_that_of_the_template():
    document = opened(FULL)
    assert rows(table_named(document, "About the action plan"))[1:] == [
        ["EDS lead", "Tom Whitlock"],
        ["Year active", "2024-25"],
        ["EDS sponsor", "Amara Bello, Chief Nurse"],
        ["Authorisation date", "30 January 2025"],
    ]
    found = rows(table_named(document, "Actions: Reach older people"))
    assert found[0] == ["Domain", "Outcome", "Objective", "Action", "Owner", "Completion date", "Status"]
    assert found[1] == [
        *[
            "1",
            "1A and 1D",
            "Fair access",
            "Open a monthly clinic at the day centre in Ludworth.\nCase study 1",
        ],
        *["Head of access", "September 2025", "On track"],
    ]
    assert document.sections[-1].page_width > document.sections[-1].page_height


def test_nothing_that_the_report_says_is_left_out():
    said = "\n".join(parts(to_docx(FULL)).values())
    said = re.sub(r"<[^>]*>", "", said).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    for study in FULL.case_studies:
        assert study.title in said
        assert (study.commentary or "").split("\n")[0] in said
        assert all(judgement.rationale in said for judgement in study.scores.values())
        assert all(owner in said for owner in study.owners.values())
    assert "We met our own target." in said
    assert "Safeguarding audit" in said
    for theme in FULL.recommendations:
        assert all(action.action in said for action in theme.actions)
    for name in ("Carol Marsh, UNISON", "Joe Penrose", "Farah Aziz (chair)", "Map interpreting gaps"):
        assert name in said


# For everybody to read


def test_it_says_its_title_language_and_author():
    data = to_docx(FULL)
    core = docx.Document(BytesIO(data)).core_properties
    assert (core.title, core.language) == ("Equality Delivery System report 2024-25", "en-GB")
    assert (core.author, core.comments) == ("Three Valleys Care Trust", "")
    assert f"{core.created:%d %B %Y}" == f"{core.modified:%d %B %Y}" == "30 January 2025"
    files = parts(data)
    languages = re.findall(r'<w:(?:lang|themeFontLang) w:val="([^"]*)"', files["word/styles.xml"])
    languages += re.findall(r'<w:themeFontLang w:val="([^"]*)"', files["word/settings.xml"])
    assert set(languages) == {"en-GB"}


def test_each_table_repeats_its_header_and_has_a_name():
    for table in opened(WRITTEN).tables:
        header, *rest = [row._tr.trPr for row in table.rows]
        assert header.find(qn("w:tblHeader")) is not None
        assert [row for row in rest if row is not None and row.find(qn("w:tblHeader")) is not None] == []
        assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val"))


def test_headings_skip_no_level():
    styles = [part.style.name for part in opened(WRITTEN).paragraphs]
    levels = [LEVELS[name] for name in styles if name in LEVELS]
    assert max(b - a for a, b in pairwise(levels)) == 1


def test_the_contents_are_a_field_whose_lines_lead_to_every_part():
    document = opened(FULL)
    (block,) = document.element.iter(qn("w:sdtContent"))
    links = list(block.iter(qn("w:hyperlink")))
    lines = ["".join(text.text for text in link.iter(qn("w:t"))) for link in links]
    assert lines == headings(document, 1, 2)
    marks = list(document.element.iter(qn("w:bookmarkStart")))
    assert [link.get(qn("w:anchor")) for link in links] == [mark.get(qn("w:name")) for mark in marks]
    assert [Paragraph(mark.getparent(), None).text for mark in marks] == lines
    kinds = [mark.get(qn("w:fldCharType")) for mark in document.element.iter(qn("w:fldChar"))]
    assert kinds == ["begin", "separate", "end"]


def test_large_parts_begin_a_page_by_their_style():
    document = opened(FULL)
    assert document.styles["Heading 1"].paragraph_format.page_break_before
    assert not document.styles["Short part"].paragraph_format.page_break_before
    begins = [part.text for part in document.paragraphs if part.style.name == "Heading 1"]
    assert begins == [
        "Domain 1: Commissioned or provided services",
        *["Domain 2: Workforce health and well-being", "Domain 3: Inclusive leadership"],
        *["Evidence map", "Action plan"],
    ]
    assert [part.text for part in document.paragraphs if part.style.name == "Rating"] == [
        "Developing: 21 out of 33 points"
    ]
    direct = document.element.xpath("//w:body//w:p/w:pPr/w:pageBreakBefore | //w:body//w:r/w:rPr/w:color")
    assert (direct, document.element.xpath("//w:tc/w:tcPr/w:shd")) == ([], [])


def test_no_letter_is_smaller_than_12_points():
    styles = opened(WRITTEN).styles
    for name in {styles.element.get_by_id(style).name_val for style in used_styles(WRITTEN)}:
        style = styles[name]
        while style.font.size is None:
            style = style.base_style
        assert style.font.size.pt >= 12


def used_styles(content):
    return set(opened(content).element.xpath("//w:p/w:pPr/w:pStyle/@w:val")) | {"Normal"}


# In another program


def printed(content, folder: Path) -> bytes:
    """The PDF that LibreOffice makes of the Word file."""
    (folder / "report.docx").write_bytes(to_docx(content))
    command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless"]
    command += ["--convert-to", "pdf", "--outdir", str(folder), str(folder / "report.docx")]
    subprocess.run(command, check=True, capture_output=True)
    return (folder / "report.pdf").read_bytes()


@pytest.mark.server
def test_no_page_is_less_than_half_full_but_at_a_parts_end(tmp_path):
    begin = [labels.domain(domain) for domain in FIXED.edition.domains]
    assert half_empty(printed(FIXED, tmp_path), [*begin, "Contents", "Evidence map", "Action plan"]) == []


@pytest.mark.server
@pytest.mark.parametrize("content", [WRITTEN, UNFINISHED, GRADED], ids=["written", "unfinished", "graded"])
def test_libreoffice_opens_it_and_makes_a_pdf(content, tmp_path):
    reader = pypdf.PdfReader(BytesIO(printed(content, tmp_path)))
    said = "".join("".join(page.extract_text().split()) for page in reader.pages)
    wanted = [study.title for study in content.case_studies]
    wanted += [action.action for theme in content.recommendations for action in theme.actions]
    wanted += ["EDS rating and score card", f"Page 1 of {len(reader.pages)}"]
    if content.edition == EDS_2022:
        wanted += ["Domain 1 overall rating", "4/12" if content is WRITTEN else "4 of 9 so far"]
    assert [text for text in wanted if "".join(text.split()) not in said] == []
