"""Where a domain has no result, each form of the report says why: left out, or not chosen, never “not scored”."""

import re
from dataclasses import replace
from io import BytesIO

import docx
import openpyxl
import pytest
from lxml import html as lxml_html

from eds.comparison import differences
from eds.content import Judgement, LeftOut, PreviousResults
from reports.writing import easy_read, html_report
from reports.writing.comparison_tables import outcomes
from reports.writing.data.csv_report import to_csv
from reports.writing.docx.report import to_docx
from reports.writing.pdf import board_summary
from reports.writing.template.report import to_template
from reports.writing.xlsx.report import to_xlsx
from tests.reports.samples import FULL

REASON = "The staff survey came too late."
LEFT_OUT = replace(
    FULL,
    case_studies=tuple(study for study in FULL.case_studies if study.domain != 2),
    left_out=(LeftOut(domain=2, reason=REASON),),
    summary=None,
)
# Two of the three services tie for the middle score, and no one has chosen between them.
TIED = replace(
    FULL,
    case_studies=(
        FULL.case_studies[0],
        replace(FULL.case_studies[1], scores=FULL.case_studies[0].scores),
        *FULL.case_studies[2:],
    ),
    summary=None,
)


def of_html(write):
    return lambda content: [lxml_html.fromstring(write(content)).text_content()]


def of_docx(write):
    def texts(content):
        document = docx.Document(BytesIO(write(content)))
        cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
        return [*(paragraph.text for paragraph in document.paragraphs), *cells]

    return texts


def of_xlsx(content):
    book = openpyxl.load_workbook(BytesIO(to_xlsx(content)))
    return [str(value) for sheet in book for row in sheet.iter_rows(values_only=True) for value in row]


# The PDF is made of the same page as the web report.
FORMS = {
    "web report": of_html(html_report.page),
    "board paper": of_html(board_summary.page),
    "easy read": of_html(easy_read.page),
    "Word": of_docx(to_docx),
    "NHS England’s template": of_docx(to_template),
    "Excel": of_xlsx,
    "CSV": lambda content: [to_csv(content).decode()],
}


@pytest.mark.parametrize("form", FORMS)
def test_a_domain_that_was_left_out_is_told_with_its_reason(form):
    text = " ".join(" ".join(FORMS[form](LEFT_OUT)).split())
    said = re.search(
        r"not (?:assessed|check)[^:]*:? ?(?:This is why:)? ?The staff survey came too late", text
    )
    assert said, text
    assert "no case study" not in text


@pytest.mark.parametrize("form", FORMS)
def test_what_was_scored_is_never_called_not_scored(form):
    texts = FORMS[form](TIED)
    assert [each for each in texts if re.search("Not scored|not scored: |no score yet", each)] == []


def test_years_are_compared_with_the_true_reason_why_a_score_is_missing():
    never = replace(FULL.case_studies[3], scores={"2A": Judgement(score=None)})
    unscored = replace(FULL, case_studies=(*FULL.case_studies[:3], never))
    words = {
        one.code: one.words
        for before, now in ((TIED, LEFT_OUT), (unscored, TIED))
        for one in differences(before, now)
        if one.before is None
    }
    assert (words["1A"], words["2A"], words["3A"]) == (
        "can’t be compared: no case study chosen",
        "can’t be compared: not scored",
        "can’t be compared: not scored",
    )
    assert differences(FULL, LEFT_OUT)[4].words == "can’t be compared: not assessed"
    before = PreviousResults(year="2023-24", framework="EDS 2022", scores={"1A": 1, "2A": 2}, domains={})
    for content, code, why in ((TIED, "1A", "No case study chosen"), (LEFT_OUT, "2A", "Not assessed")):
        (row,) = [
            row
            for row in outcomes(replace(content, previous_results=before)).rows
            if row.cells[0].lead == code
        ]
        assert row.cells[2].text == why
