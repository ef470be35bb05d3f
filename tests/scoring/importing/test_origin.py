"""Imported scores are never told as scored here, whatever a file claims, and every form of the report marks them."""

from dataclasses import replace
from io import BytesIO

import docx
import pytest
from openpyxl import load_workbook

from casestudies.models import DeclaredInterest, Review
from eds import stages
from eds.content import PanelScores, Spread
from eds.text.labels import origin
from reports.formats import FORMATS
from reports.reading.json_report import from_json
from reports.reading.problems import ImportProblem
from reports.writing import html_report, methods
from reports.writing.data.json_report import approved_sha256, to_json
from scoring.importing.store import import_report
from scoring.review.content import report_content
from tests.reports.samples import FULL

CLAIM = replace(
    FULL,
    case_studies=tuple(replace(part, origin="panel") for part in FULL.case_studies),
    panel_scores=PanelScores(
        agreement="high",
        spreads=tuple(Spread(case_study=part.number, members=9) for part in FULL.case_studies),
    ),
)
OLD = replace(
    FULL, interests=tuple(replace(one, category=None, reason="My sister is ill.") for one in FULL.interests)
)
MARK = "The panel did not score this case study in the portal."


@pytest.fixture
def content(db):
    """The claim of a file that its panel scored in the portal, once it was imported."""
    import_report(report=CLAIM, file_name="claim.json")
    return report_content(Review.objects.get())


def test_a_file_that_claims_to_be_scored_here_is_stored_as_imported(content):
    assert {(part.origin, part.imported_from) for part in content.case_studies} == {
        ("imported", "claim.json")
    }
    assert methods.ALONE not in methods.sentences(content)
    assert methods.IMPORTED in methods.sentences(content)
    assert not any("Krippendorff" in sentence for sentence in methods.sentences(content))


def test_every_form_marks_imported_scores(content):
    count = sum(bool(origin(part)) for part in content.case_studies)
    assert count == sum(bool(part.scores) for part in content.case_studies) > 0
    page = html_report.page(content)
    assert page.count(MARK) == count
    made = {name: FORMATS[name].make(content) for name in ("docx", "xlsx", "csv", "json")}
    word = docx.Document(BytesIO(made["docx"]))
    assert sum(MARK in paragraph.text for paragraph in word.paragraphs) == count
    rows = list(load_workbook(BytesIO(made["xlsx"]))["Scores"].values)
    assert sum(MARK in str(row[-1]) for row in rows) > count
    assert ',"imported"' in made["csv"].decode()
    assert '"origin": "imported"' in made["json"].decode()


@pytest.mark.django_db
def test_what_somebody_wrote_about_their_interest_is_kept_and_never_printed():
    """Also where it came in with a file of before there were categories; and such a file is the same report again."""
    import_report(report=OLD)
    (row,) = DeclaredInterest.objects.all()
    assert (row.category, row.reason) == ("other", "My sister is ill.")
    content = report_content(Review.objects.get())
    assert import_report(report=OLD)[1] is False
    for told in (content, OLD):
        text = html_report.page(told) + to_json(content) + FORMATS["csv"].make(told).decode()
        word = docx.Document(BytesIO(FORMATS["docx"].make(told)))
        cells = {cell.text for table in word.tables for cell in table._cells}
        book = load_workbook(BytesIO(FORMATS["xlsx"].make(told)))
        cells |= {str(value) for row in book["Interests"].values for value in row}
        assert ("My sister" in text + str(cells), "Other" in cells) == (False, True)


def test_what_members_scored_here_is_told_so(cast):
    cast.score(cast.member, 1, 1, 1, 1, 1)
    cast.move(stages.MEETING)
    first, second, _ = report_content(cast.review).case_studies
    assert (first.origin, second.origin) == ("panel", None)
    assert origin(first) == []


def test_where_scores_came_from_does_not_change_what_was_approved():
    assert approved_sha256(CLAIM) == approved_sha256(replace(CLAIM, case_studies=FULL.case_studies))


def test_version_1_is_read_and_knows_no_origin():
    text = to_json(OLD).replace('"eds-report/2"', '"eds-report/1"', 1)
    assert from_json(text, {FULL.edition.name: FULL.edition}) == OLD
    newer = to_json(CLAIM).replace('"eds-report/2"', '"eds-report/1"', 1)
    with pytest.raises(ImportProblem, match="origin: an unknown key"):
        from_json(newer, {FULL.edition.name: FULL.edition})


def test_a_wrong_day_is_told_by_its_key():
    text = to_json(replace(FULL, case_studies=(replace(FULL.case_studies[0], imported_on="2024-99-01"),)))
    with pytest.raises(ImportProblem, match=r"case_studies\[0\]\.on: “2024-99-01”"):
        from_json(text, {FULL.edition.name: FULL.edition})
