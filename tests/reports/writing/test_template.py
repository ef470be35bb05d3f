"""The report in NHS England's template: its layout, and that it says the same when read back."""

from dataclasses import fields, replace
from io import BytesIO
from os import environ
from zipfile import ZipFile

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import given, settings

from eds.content import (
    Action,
    CaseStudy,
    Judgement,
    Organisation,
    PreviousAction,
    ReportContent,
    Section,
    Theme,
)
from eds.text.markdown import to_plain
from eds.totals import results
from reports.reading.docx.own_report import NAMESPACE
from reports.reading.docx.report import from_docx
from reports.writing.template.evidence import evidence_text
from reports.writing.template.report import to_template
from tests.reports import samples
from tests.reports.samples import FULL
from tests.reports.template_contents import template_contents

NO_PLACE = {  # in the template's text, by the field of the content; what of it is kept
    "panel": "nothing",
    "choices": "nothing",
    "left_out": "the reason, as a sentence below the heading of the domain",
    "omitted": "nothing",
    "interests": "nothing",
    "groups": "nothing",
    "summary": "nothing",
    "panel_work": "nothing",
    "contact": "nothing",
    "easy_read": "nothing",
    "approval": "nothing",
    "panel_scores": "nothing",
    "previous_results": "nothing",
    "case_studies.number": "their order",
    "case_studies.sections": "what is about an outcome area, as evidence of it",
    "case_studies.evidence": "title, words, source, date and address, as evidence of the outcome area",
    "case_studies.self_assessment": "nothing",
    "case_studies.commentary": "nothing",
    "case_studies.scored_by": "nothing",
    "case_studies.origin": "nothing",
    "case_studies.imported_from": "nothing",
    "case_studies.imported_on": "nothing",
    "case_studies.corrections": "nothing",
    "case_studies.scores.rationale": "nothing",
    "organisation.ods_code": "nothing",
    "organisation.kind": "nothing",
    "organisation.colour": "nothing",
    "organisation.logo": "nothing",
    "represented_groups": "nothing",
    "previous_actions.status": "all but “complete”, which an action without a status is read as",
    "recommendations.theme": "the domain of the action instead",
    "recommendations.actions.case_studies": "nothing",
    "stated": "the overall rating, where outcomes are not scored",
}
PLACE = {  # what is the same when read back
    *(
        "edition",
        "organisation",
        "year",
        "title",
        "header",
        "previous_actions",
        "case_studies",
        "third_parties",
    ),
    *(
        "recommendations",
        "organisation.name",
        "organisation.ics",
        "case_studies.domain",
        "case_studies.title",
    ),
    *("case_studies.scores", "case_studies.owners", "case_studies.stated_total", "recommendations.actions"),
    *("case_studies.scores.score", "case_studies.scores.not_applicable"),
    *("previous_actions.action", "previous_actions.objective"),
    *(
        f"recommendations.actions.{name}"
        for name in ("action", "objective", "outcomes", "owner", "due", "status")
    ),
}
RECORDS = {
    "": ReportContent,
    "organisation.": Organisation,
    "case_studies.": CaseStudy,
    "case_studies.scores.": Judgement,
    "previous_actions.": PreviousAction,
    "recommendations.": Theme,
    "recommendations.actions.": Action,
}


def test_every_field_has_a_place_or_is_listed():
    names = {f"{above}{field.name}" for above, record in RECORDS.items() for field in fields(record)}
    assert names == PLACE | set(NO_PLACE)


def back(content):
    return from_docx(
        to_template(content), content.edition, year=content.year, organisation=content.organisation.name
    ).content


def told(content) -> dict:
    """The fields that the template has a place for, in a form that can be compared; `NO_PLACE` are the others."""
    figures = {one.number: one.total for one in results(content).case_studies}
    return {
        "header": content.header,
        "organisation": (content.organisation.name, content.organisation.ics),
        "previous": [
            (one.action, one.objective, one.status or "complete") for one in content.previous_actions
        ],
        "third parties": content.third_parties,
        "case studies": [
            {
                "title": (part.domain, part.title),
                "evidence": _evidence(content, part),
                "scores": {code: (one.score, one.not_applicable) for code, one in part.scores.items()},
                "owners": dict(part.owners),
                "total": None if figures[part.number].missing else figures[part.number].points,
            }
            for part in sorted(content.case_studies, key=lambda part: (part.domain, part.number))
        ],
        "actions": sorted(_actions(content), key=str),
    }


def _evidence(content, part):
    codes = content.edition.domain(part.domain).codes
    texts = {code: to_plain(evidence_text(part, code)) for code in codes}
    return {code: text.split() for code, text in texts.items() if text.strip()}


def _actions(content):
    for theme in content.recommendations:
        for one in theme.actions:
            yield one.action, one.objective, tuple(sorted(one.outcomes)), one.owner, one.due, one.status


@pytest.mark.parametrize("name", ["FULL", "CHOSEN", "GRADED", "UNFINISHED"])
def test_what_is_read_back_is_what_was_written(name):
    content = getattr(samples, name)
    assert told(back(content)) == told(content)


def test_the_overall_rating_is_read_back():
    stated, overall = back(FULL).stated, results(FULL).overall
    assert (stated.overall, stated.rating) == (overall.total, overall.rating)


def test_a_numbered_heading_is_no_first_point_of_the_list_below_it():
    first, *others = FULL.case_studies
    code = FULL.edition.domain(first.domain).codes[0]
    numbered = Section(heading="1. What we did", outcome=code, body="1. We asked\n2. We changed")
    content = replace(FULL, case_studies=(replace(first, sections=(numbered,), evidence=()), *others))
    assert told(back(content)) == told(content)


# The same fifteen every time; as many others as TEMPLATE_ROUND_TRIPS says. docs/word.md tells what these have found.
@settings(
    max_examples=int(environ.get("TEMPLATE_ROUND_TRIPS", "15")),
    derandomize="TEMPLATE_ROUND_TRIPS" not in environ,
)
@given(template_contents())
def test_any_report_is_read_back(content):
    """With TEMPLATE_ROUND_TRIPS=200, two hundred of them."""
    assert told(back(content)) == told(content)


# The file


@pytest.fixture(scope="module")
def document():
    return docx.Document(BytesIO(to_template(FULL)))


def test_it_holds_nothing_that_is_not_seen():
    """It goes to NHS England: no data beside the text, and nothing that only our own reports say."""
    with ZipFile(BytesIO(to_template(FULL))) as file:
        parts = {name: file.read(name).decode(errors="replace") for name in file.namelist()}
    hidden = [
        *(member.name for member in FULL.panel),
        *(part.commentary for part in FULL.case_studies if part.commentary),
        *(one.rationale for part in FULL.case_studies for one in part.scores.values() if one.rationale),
        FULL.summary,
        NAMESPACE,
    ]
    shown = "\n".join(docx.Document(BytesIO(to_template(FULL))).element.body.itertext())
    assert {
        words: name for words in hidden for name in parts if words in parts[name] and words not in shown
    } == {}


def test_it_has_the_headings_of_the_template_in_order(document):
    headings = [one.text for one in document.paragraphs if one.style.name.startswith("Heading 1")]
    assert headings == [
        "EDS 2022 header",
        "Completed actions from previous year",
        "EDS Rating and Score Card",
        "Domain 1: Commissioned or provided services – Talking Therapies in Three Valleys",
        "Domain 1: Commissioned or provided services – Diabetic Eye Screening",
        "Domain 1: Commissioned or provided services – Home Birth & Midwifery",
        "Domain 2: Workforce health and well-being – Our workforce",
        "Domain 3: Inclusive leadership – Our leaders",
        "EDS Organisation Rating",
        "EDS Action Plan",
    ]


def test_a_domain_is_one_cell_down_the_rows_of_its_outcomes(document):
    table = next(one for one in document.tables if one.cell(0, 0).text == "Domain")
    assert [cell.text for cell in table.rows[0].cells] == [
        *("Domain", "Outcome", "Evidence", "Rating", "Owner (Dept/Lead)")
    ]
    merged = [row.tc_lst[0].vMerge for row in table._tbl.tr_lst]
    assert merged == [None, "restart", "continue", "continue", "continue", None]
    assert table.cell(1, 0).text == "Domain 1: Commissioned or provided services"
    last = [cell.text for cell in table.rows[-1].cells]
    assert last[0] == "Domain 1: Commissioned or provided services overall rating"
    assert last[3] == "8"


def test_every_table_has_a_head_and_a_description(document):
    for table in document.tables:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val"))
    assert document.core_properties.language == "en-GB"
