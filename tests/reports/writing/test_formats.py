"""Every form of a report: whatever it says, each file can be made, read back, and says the same figures."""

import csv
import json
from dataclasses import replace
from hashlib import sha256
from io import BytesIO, StringIO

import pikepdf
import pypdf
import pytest
from hypothesis import HealthCheck, given, settings
from PIL import Image

from eds.content import Organisation
from eds.editions import load
from eds.totals import results
from reports.formats import FORMATS, file_name
from reports.writing.data import csv_report as report_csv
from reports.writing.data import json_report
from tests.reports import figures, told_parts
from tests.reports.samples import CHOSEN, FULL, GRADED, UNFINISHED
from tests.strategies import contents

pytestmark = pytest.mark.slow

SAMPLES = {"full": FULL, "chosen": CHOSEN, "unfinished": UNFINISHED, "graded": GRADED}
READERS = {
    "html": figures.from_html,
    "docx": figures.from_docx,
    "xlsx": figures.from_xlsx,
    "csv": figures.from_csv,
    "json": figures.from_json,
}
TOLD = {
    "html": told_parts.from_html,
    "docx": told_parts.from_docx,
    "xlsx": told_parts.from_xlsx,
    "json": told_parts.from_json,
}
FUZZ = settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))


def check(name, content):
    """Makes the file, reads it back and compares every figure."""
    data = FORMATS[name].make(content)
    found = READERS[name](content, data)
    wanted = figures.expected(content)
    if name == "json":  # its totals are numbers
        has_points = content.edition.has_points
        made = [(result.number, result.total) for result in results(content).case_studies if has_points]
        wanted.totals = {number: (total.points, total.out_of, total.missing) for number, total in made}
    assert found == wanted
    if name in TOLD:
        assert TOLD[name](content, data) == told_parts.expected(content)


@pytest.mark.parametrize("name", READERS)
@pytest.mark.parametrize("sample", SAMPLES)
def test_a_file_says_the_same_figures(name, sample):
    check(name, SAMPLES[sample])


@pytest.fixture
def blank_pictures(monkeypatch):
    """Word's pictures without drawing them, which takes longest and is tested elsewhere."""
    file = BytesIO()
    Image.new("1", (3, 1)).save(file, "PNG")
    monkeypatch.setattr("reports.writing.drawing.pictures._pngs", lambda svgs: (file.getvalue(),) * len(svgs))


@pytest.mark.parametrize("name", READERS)
def test_any_report_can_be_made_and_says_the_same_figures(name, blank_pictures):
    @FUZZ
    @given(contents())
    def run(content):
        check(name, content)

    run()


def test_the_figures_are_those_that_somebody_counted():
    wanted = figures.expected(FULL)
    assert wanted.scores[1, "1A"] == "2 Achieving"
    assert wanted.scores[2, "1C"] == "0 Undeveloped"
    assert wanted.totals == {1: "8/12", 2: "4/12", 3: "11/12", 4: "8/12", 5: "5/9"}
    assert (wanted.domains, wanted.overall) == (["8/12", "8/12", "5/9"], "21/33 Developing")
    assert figures.expected(GRADED).scores == {
        (1, "1.1"): "Achieving",
        (1, "1.2"): "Undeveloped",
        (1, "1.3"): "Not applicable",
        (1, "1.4"): "Not graded",
        (1, "1.5"): "Not graded",
    }


@pytest.mark.parametrize("name", ["pdf", "pdf-large"])
@settings(FUZZ, max_examples=2)
@given(content=contents())
def test_a_pdf_holds_the_data_and_says_every_total(name, content):
    data = FORMATS[name].make(content)
    with pikepdf.open(BytesIO(data)) as pdf:
        (attached,) = pdf.attachments.values()
        assert json_report.from_json(attached.get_file().read_bytes(), load) == content
    said = "".join("".join(page.extract_text().split()) for page in pypdf.PdfReader(BytesIO(data)).pages)
    wanted = figures.expected(content)
    missing = {
        total for total in (*wanted.totals.values(), wanted.overall) if "".join(total.split()) not in said
    }
    assert missing == set()


@pytest.mark.parametrize("name", ["html", "docx", "template", "xlsx", "csv", "json"])
@pytest.mark.parametrize("sample", SAMPLES)
def test_the_same_content_gives_the_same_bytes(name, sample, monkeypatch):
    first = sha256(FORMATS[name].make(SAMPLES[sample])).hexdigest()
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
    monkeypatch.setattr("time.localtime", lambda *_: __import__("time").gmtime(2_000_000_000))
    assert sha256(FORMATS[name].make(SAMPLES[sample])).hexdigest() == first


def test_files_are_named_after_year_and_organisation():
    content = replace(FULL, organisation=Organisation(name="NHS Gŵyn & Vale"), year="2024-25")
    assert {name: file_name(content, name) for name in FORMATS} == {
        "html": "eds-2024-25-nhs-gwyn-vale.html",
        "pdf": "eds-2024-25-nhs-gwyn-vale.pdf",
        "pdf-large": "eds-2024-25-nhs-gwyn-vale-large-print.pdf",
        "easy-read": "eds-2024-25-nhs-gwyn-vale-easy-read.pdf",
        "board": "eds-2024-25-nhs-gwyn-vale-board-summary.pdf",
        "docx": "eds-2024-25-nhs-gwyn-vale.docx",
        "template": "eds-2024-25-nhs-gwyn-vale-template.docx",
        "xlsx": "eds-2024-25-nhs-gwyn-vale.xlsx",
        "csv": "eds-2024-25-nhs-gwyn-vale.csv",
        "json": "eds-2024-25-nhs-gwyn-vale.json",
        "pictures": "eds-2024-25-nhs-gwyn-vale-pictures.zip",
    }


# CSV


def rows_of(content):
    data = FORMATS["csv"].make(content)
    return list(csv.DictReader(StringIO(data.decode("utf-8-sig"), newline="")))


def test_a_csv_file_starts_with_the_mark_that_excel_needs():
    assert FORMATS["csv"].make(FULL).startswith(b'\xef\xbb\xbf"record",')


def test_a_csv_file_has_a_row_for_each_outcome_and_each_total():
    records = [
        (row["record"], row["domain"], row["case_study"], row["outcome"]) for row in rows_of(UNFINISHED)
    ]
    assert records == [
        *[("outcome", "1", "1", code) for code in ("1A", "1B", "1C", "1D")],
        ("case_study", "1", "1", ""),
        *[("outcome", "1", "2", code) for code in ("1A", "1B", "1C", "1D")],
        ("case_study", "1", "2", ""),
        *[("domain", number, "", "") for number in "123"],
        ("overall", "", "", ""),
    ]
    by_outcome = {row["outcome"]: row for row in rows_of(UNFINISHED)[:4]}
    assert [(by_outcome[code]["state"], by_outcome[code]["points"]) for code in ("1A", "1B", "1C")] == [
        ("scored", "2"),
        ("not_scored", ""),
        ("scored", "0"),
    ]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ('=HYPERLINK("http://x")', '\'=HYPERLINK("http://x")'),
        ("+44", "'+44"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("  =1", "'  =1"),
        ("＝1", "'＝1"),
        ("'=1", "''=1"),
        ("'tis so", "'tis so"),
        ("A-1 = B", "A-1 = B"),
        ("", ""),
    ],
)
def test_a_text_that_looks_like_a_formula_is_harmless_in_csv(text, written):
    content = replace(FULL, organisation=Organisation(name=text))
    assert {row["organisation"] for row in rows_of(content)} == {written}
    # What was added can be told, so that nothing is lost.
    assert (written[1:] if report_csv.FORMULA.match(written) else written) == text


def test_the_columns_are_those_that_are_documented():
    assert json.dumps(report_csv.COLUMNS).count('"') == 2 * 22
    assert tuple(rows_of(FULL)[0]) == (*report_csv.COLUMNS, "member")


def test_declared_interests_stand_at_the_end_of_the_csv_file():
    last = rows_of(FULL)[-1]
    assert {name: value for name, value in last.items() if value} == {
        "record": "interest",
        "organisation": "Three Valleys Care Trust",
        "ods_code": "X99",
        "year": "2024-25",
        "framework": "EDS 2022",
        "case_study": "1",
        "case_study_title": "Talking Therapies in Three Valleys",
        "reason": "Family or friend",
        "member": "Joe Penrose",
    }
