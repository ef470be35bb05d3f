"""What published reports do with Word: nested and merged tables, forms, ticks, text without tables, other files."""

import time
import tracemalloc
import zipfile
from io import BytesIO

import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from reports.reading.docx.report import from_docx
from reports.reading.problems import ImportProblem
from tests.reports.reading.docx.docx_files import BOX, saved
from tests.reports.reading.template.template_files import (
    CODES,
    EDS,
    bodies,
    domain_table,
    left_out,
    read,
    report,
    scores,
    statement,
    table,
)

HEAD = ("Outcome", "Evidence", "Rating", "Owner")
ALL_2 = dict.fromkeys(CODES[1], 2)
JO = dict.fromkeys(CODES[1], "Jo")
D1 = "Domain 1: Commissioned or provided services"


def rows(rating="2", owner="Jo"):
    return [(statement(code), f"For {code}.", rating, owner) for code in CODES[1]]


def maternity(*more, **options):
    """A document with one table below the heading of a service, and that table."""
    document = report()
    document.add_heading(f"{D1} – Maternity", 1)
    return document, table(document, [HEAD, *(more or rows())], **options)


def one(document):
    (case_study,) = read(document).content.case_studies
    return case_study


def xml(text: str):
    return parse_xml(text.replace(" NS", f" {nsdecls('w')}", 1))


# How a form is filled in


@pytest.mark.parametrize(
    "control",
    [
        "<w:sdt NS><w:sdtPr/><w:sdtContent><w:r><w:t>2 Achieving</w:t></w:r></w:sdtContent></w:sdt>",
        (
            '<w:sdt NS><w:sdtPr><w:dropDownList><w:listItem w:displayText="2" w:value="2"/></w:dropDownList></w:sdtPr>'
            "<w:sdtContent><w:r><w:t>2</w:t></w:r></w:sdtContent></w:sdt>"
        ),
        '<w:ins NS w:id="8" w:author="A"><w:r><w:t>2</w:t></w:r></w:ins>',
    ],
)
def test_ratings_in_content_controls_and_tracked_changes(control):
    document, made = maternity(*rows(rating=""))
    for row in range(1, 5):
        paragraph = made.cell(row, 2).paragraphs[0]._p
        paragraph.append(xml('<w:del NS w:id="9" w:author="A"><w:r><w:delText>1</w:delText></w:r></w:del>'))
        paragraph.append(xml(control))
    assert scores(one(document)) == ALL_2


def test_a_whole_cell_in_a_content_control():
    document, made = maternity(*rows(rating=""))
    for row in range(1, 5):
        cell = made.rows[row]._tr.tc_lst[2]
        inside = "<w:tc><w:tcPr/><w:p><w:r><w:t>2</w:t></w:r></w:p></w:tc>"
        cell.addprevious(xml(f"<w:sdt NS><w:sdtPr/><w:sdtContent>{inside}</w:sdtContent></w:sdt>"))
        cell.getparent().remove(cell)
    assert (scores(one(document)), one(document).owners) == (ALL_2, JO)


def test_fields_of_a_form_that_nobody_filled_in_are_empty():
    document, _ = maternity(*rows(rating="Choose an item.", owner="Click or tap here to enter text."))
    found = read(document)
    assert (scores(found.content.case_studies[0]), found.content.case_studies[0].owners) == ({}, {})
    assert left_out(found)["Choose an item."] == "a part of a form that nobody filled in"
    assert not found.questions.ratings


def test_a_rating_in_a_text_box():
    document, made = maternity(*rows(rating=""))
    for row in range(1, 5):
        inside = "<w:p><w:r><w:t>2</w:t></w:r></w:p>"
        made.cell(row, 2).paragraphs[0]._p.append(parse_xml(BOX.format(ns=nsdecls("w"), inside=inside)))
    assert scores(one(document)) == ALL_2


# Tables in tables, and cells over several rows


def test_a_table_in_the_evidence_is_kept_as_a_table():
    document, made = maternity()
    inner = made.cell(1, 1).add_table(2, 2)
    for at, text in enumerate(("Group", "Number", "Deaf people", "3")):
        inner.cell(at // 2, at % 2).text = text
    assert bodies(one(document))["1A"] == "For 1A.\n\n| Group | Number |\n|---|---|\n| Deaf people | 3 |"


@pytest.mark.parametrize("columns", [1, 2])
def test_a_form_in_a_table_that_only_lays_out_the_page(columns):
    document = report()
    document.add_heading(f"{D1} – Maternity", 1)
    frame = document.add_table(1, columns)
    if columns == 2:
        frame.cell(0, 0).text = "See the next page for what we did about it, and how we will go on with that."
    inner = frame.cell(0, columns - 1).add_table(5, 4)
    for at, row in enumerate([HEAD, *rows()]):
        for column, text in enumerate(row):
            inner.cell(at, column).text = text
    assert (one(document).title, scores(one(document))) == ("Maternity", ALL_2)


def test_an_owner_and_a_rating_over_several_outcome_areas():
    document, _ = maternity(down=[(1, 4, 2), (1, 4, 3)])
    found = read(document)
    (case_study,) = found.content.case_studies
    assert (scores(case_study), case_study.owners) == (ALL_2, JO)
    assumed = [line.why for line in found.skipped if line.is_assumed]
    assert assumed == [
        f"one rating for several outcome areas; it is read for {code} too" for code in CODES[1][1:]
    ]


def test_a_merged_cell_that_is_no_rating_is_not_one():
    document, _ = maternity(*rows(rating="8"), down=[(1, 4, 2)])
    found = read(document)
    assert scores(found.content.case_studies[0]) == {}
    assert left_out(found)["8"] == "not a rating of 1A that we understand"


# Ticks


@pytest.mark.parametrize("tick", ["✓", "x", "X", "Yes", "☒"])
def test_a_tick_in_the_column_of_a_score(tick):
    document = report()
    head = ("Outcome", "Evidence", "0 Undeveloped", "1 Developing", "2 Achieving", "3 Excelling", "Owner")
    marks = {"1A": 2, "1B": 0, "1C": 3, "1D": 1}
    ticked = [
        (statement(code), f"For {code}.", *(tick if at == score else "" for at in range(4)), "Jo")
        for code, score in marks.items()
    ]
    table(document, [head, *ticked])
    assert (scores(one(document)), one(document).owners) == (marks, JO)
    assert bodies(one(document))["1B"] == "For 1B."


def test_two_ticks_are_named():
    document = report()
    head = ("Outcome", "Undeveloped", "Developing", "Achieving", "Excelling")
    table(document, [head, *((statement(code), "", "x", "x", "") for code in CODES[1])])
    found = read(document)
    assert scores(found.content.case_studies[0]) == {}
    assert left_out(found)["Developing / Achieving"] == "not a rating of 1D that we understand"


# Several organisations, and text without tables


def test_several_organisations_in_one_report():
    document = report()
    for organisation, rating in (("NHS Vale", "2"), ("NHS Dale", "1")):
        document.add_heading(organisation, 1)
        document.add_heading("Domain 2: Workforce health and well-being", 2)
        domain_table(document, [rating] * 4, domain=2)
    found = read(document)
    assert [(set(scores(each).values()), each.domain) for each in found.content.case_studies] == [
        ({2}, 2),
        ({1}, 2),
    ]
    assert found.content.case_studies[1].title == "NHS Dale"


def test_a_domain_below_the_name_of_the_service():
    document = report()
    for service in ("Maternity", "Dental"):
        document.add_heading(service, 1)
        document.add_heading(D1, 2)
        domain_table(document, "2222")
    assert [each.title for each in read(document).content.case_studies] == ["Maternity", "Dental"]


def test_services_told_below_headings_without_tables():
    document = report()
    document.add_heading(D1, 1)
    for service in ("Maternity", "Dental"):
        document.add_heading(service, 2)
        for code in CODES[1]:
            document.add_heading(statement(code), 3)
            document.add_paragraph(f"{service} did {code}.")
            document.add_paragraph("Rating: 2 - Achieving activity")
            document.add_paragraph("Owner: Jo")
    first, second = read(document).content.case_studies
    assert (first.title, second.title) == ("Maternity", "Dental")
    assert (scores(first), first.owners) == (ALL_2, JO)
    assert bodies(second)["1C"] == "Dental did 1C."


def test_domains_told_without_headings_of_services():
    document = report()
    for domain in (2, 3):
        document.add_heading(f"Domain {domain}: {EDS.domain(domain).title}", 1)
        for code in CODES[domain]:
            document.add_paragraph(statement(code))
            document.add_paragraph(f"For {code}.")
            document.add_paragraph("Score: 1")
    found = read(document)
    assert [(each.title, each.domain, set(scores(each).values())) for each in found.content.case_studies] == [
        ("Workforce health and well-being", 2, {1}),
        ("Inclusive leadership", 3, {1}),
    ]


def test_a_list_of_outcome_areas_is_no_case_study():
    document = report()
    document.add_heading("Outcome areas", 1)
    for code in CODES[1]:
        document.add_paragraph(statement(code))
    with pytest.raises(ImportProblem, match="no case study"):
        read(document)


# Other files with the name of a Word file


def odt() -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        package.writestr("content.xml", "<office/>")
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"%PDF-1.7\n1 0 obj\n", "no Word document, whatever its name says"),
        (b"{\\rtf1 EDS report}", "no Word document, whatever its name says"),
        (b"<html><body>EDS report</body></html>", "no Word document, whatever its name says"),
        (odt(), "no Word document, whatever its name says"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600, "the format of Word 2003 and before"),
        (
            bytes.fromhex("d0cf11e0a1b11ae1") + "EncryptedPackage".encode("utf-16-le"),
            "protected by a password",
        ),
    ],
)
def test_a_renamed_file_is_refused_with_what_to_do(data, words):
    with pytest.raises(ImportProblem, match=words) as caught:
        from_docx(data, EDS, lenient=True)
    assert "In Word choose" in str(caught.value) or "Open it in Word" in str(caught.value)


def test_three_hundred_pages_are_read_in_seconds():
    document = report()
    for number in range(60):
        document.add_heading(f"{D1} – Clinic {number}", 1)
        domain_table(document, "2122", evidence="For {code}. " + "word " * 450)
    data = saved(document)
    tracemalloc.start()
    before = time.process_time()
    found = from_docx(data, EDS, organisation="NHS Vale", year="2024")
    seconds, (_, most) = time.process_time() - before, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(found.content.case_studies) == 60
    assert seconds < 10
    assert most < 300 * 1024**2
