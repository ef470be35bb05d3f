"""What authors write, in a Word file: real paragraphs, lists and tables, and nothing that runs."""

import re
from dataclasses import replace

import pytest

from eds.content import Evidence, Section
from reports.writing.docx.report import to_docx
from tests.reports.samples import FULL, TALKING
from tests.reports.writing.docx.docx_reading import (
    OWN_FIELDS,
    WRITTEN,
    fields,
    opened,
    parts,
    rows,
    table_named,
)

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("docx")]


def styled(place):
    return [(part.style.name, part.text) for part in place.paragraphs if part.text]


def test_markdown_becomes_real_paragraphs_lists_and_tables():
    document = opened(WRITTEN)
    found = styled(document)
    start = found.index(("Heading 4", "Reach"))
    assert found[start + 1 :][:9] == [
        ("Normal", "It is open to everyone, see the figures, [this](javascript:alert) and code."),
        ("List Number", "first"),
        ("List Number", "second"),
        ("List Bullet 2", "inner"),
        ("List Continue 2", "more of inner"),
        ("List Number", "third"),
        ("Normal", "between"),
        ("List Number", "anew"),
        ("Quote", "They listened."),
    ]
    assert rows(table_named(document, "Group, Share")) == [["Group", "Share"], ["Women", "51%"]]
    (paragraph,) = (part for part in document.paragraphs if part.text.startswith("It is open"))
    assert [(run.text, run.bold, run.italic) for run in paragraph.runs][1:4:2] == [
        ("open", True, None),
        ("everyone", None, True),
    ]
    assert [(link.text, link.address) for link in paragraph.hyperlinks] == [
        ("the figures", "https://example.org/a?b=1&c=2")
    ]


def test_each_numbered_list_starts_anew_where_it_says():
    numbering = opened(WRITTEN).part.numbering_part.element
    starts = [num.xpath("w:lvlOverride/w:startOverride/@w:val") for num in numbering.num_lst]
    assert [start for start in starts if start] == [["1"], ["5"], ["1"], ["5"]]


def test_in_a_cell_headings_are_bold_and_tables_stay_tables():
    table = table_named(opened(WRITTEN), "Panel scores: Talking Therapies in Three Valleys")
    found = styled(table.rows[2].cells[1])
    assert found[0] == ("Table text", "Reach")
    assert table.rows[2].cells[1].paragraphs[0].runs[0].bold
    assert ("List Bullet 2", "inner") in found
    (inner,) = table.rows[2].cells[1].tables
    assert rows(inner) == [["Group", "Share"], ["Women", "51%"]]
    assert sum(column.width.cm for column in inner.columns) < table.columns[1].width.cm
    wide = "| " + " | ".join("abcde") + " |\n|" + "---|" * 5 + "\n| " + " | ".join("12345") + " |"
    study = replace(TALKING, sections=(Section(heading="1B", outcome="1B", body=wide),))
    table = table_named(opened(replace(FULL, case_studies=(study,))), f"Panel scores: {study.title}")
    assert ("Table text", "1 | 2 | 3 | 4 | 5") in styled(table.rows[2].cells[1])


def test_what_authors_write_runs_nothing():
    item = Evidence(kind="link", title="Odd", url="javascript:alert(1)")
    study = replace(WRITTEN.case_studies[0], evidence=(item,), commentary='DDEAUTO c:\\\\x.exe "=1"')
    files = parts(to_docx(replace(WRITTEN, case_studies=(study, *FULL.case_studies[1:]))))
    assert fields(files) == OWN_FIELDS
    targets = re.findall(r'Target="([^"]*)" TargetMode="External"', files["word/_rels/document.xml.rels"])
    assert targets == ["https://example.org/a?b=1&amp;c=2"]
    assert "INCLUDETEXT" in files["word/document.xml"]
    assert "javascript:alert(1)" in files["word/document.xml"]


def test_signs_that_no_xml_file_holds_are_left_out():
    section = Section(heading="Odd\x00\x0b", body="a\x01b\x0bc\ufffe\x85d")
    study = replace(TALKING, sections=(section,), title="T\x08itle")
    texts = [part.text for part in opened(replace(FULL, case_studies=(study,))).paragraphs]
    assert "Case study 1: Title" in texts
    assert "ab\nc\nd" in texts
