"""The report in NHS England's template: its layout, and that it says the same when read back."""

from io import BytesIO

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from eds.content import (
    Action,
    CaseStudy,
    Header,
    Judgement,
    Organisation,
    PreviousAction,
    ReportContent,
    Section,
    Theme,
    ThirdParties,
)
from eds.editions import load
from eds.text.markdown import to_plain
from eds.totals import results
from reports.reading.docx.report import from_docx
from reports.writing.template.evidence import evidence_text
from reports.writing.template.report import to_template
from tests.reports import samples
from tests.reports.reading.docx.docx_files import without_data
from tests.reports.samples import FULL

EDS = load("EDS 2022")
NAMES = st.text(alphabet="abcdefgh klmn", min_size=3, max_size=20).map(
    lambda text: f"Xy {' '.join(text.split())}".strip()
)
DAYS = st.dates(min_value=samples.DAY.date().replace(year=2001)).map(lambda day: day.isoformat())


def back(content):
    data = without_data(to_template(content))
    return from_docx(data, content.edition, year=content.year, organisation=content.organisation.name).content


def told(content) -> dict:
    """The fields that the template has a place for, in a form that can be compared.

    Not in it: names of themes and evidence as items, reasons, commentary, self-assessment, panel, choices, the text of
    a case study that is about none of its outcome areas, the numbers of case studies, a status that nobody gave.
    """
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


@st.composite
def case_studies(draw, number: int):
    domain = draw(st.sampled_from(EDS.domains))
    codes = draw(st.lists(st.sampled_from(domain.codes), unique=True))
    return CaseStudy(
        number=number,
        domain=domain.number,
        title=f"{draw(NAMES)} {number}",
        sections=tuple(
            Section(heading=code, outcome=code, body=draw(NAMES)) for code in domain.codes if code in codes
        ),
        scores={code: Judgement(score=draw(st.sampled_from([0, 1, 2, 3, 1.5]))) for code in codes},
        owners={code: draw(NAMES) for code in codes},
    )


@st.composite
def contents(draw):
    count = draw(st.integers(1, 4))
    codes = [code for domain in EDS.domains for code in domain.codes]
    actions = st.builds(
        Action,
        action=NAMES,
        objective=st.none() | NAMES,
        outcomes=st.lists(st.sampled_from(codes), unique=True, max_size=2).map(tuple),
        owner=st.none() | NAMES,
        due=st.none() | DAYS | DAYS.map(lambda day: day[:7]),
        status=st.sampled_from(["not_started", "on_track", "delayed", "complete", "dropped"]),
    )
    return ReportContent(
        edition=EDS,
        organisation=Organisation(name="NHS Westmoor", ics=draw(st.none() | NAMES)),
        year="2024-25",
        title="EDS report 2024-25",
        header=Header(
            board_sponsor=draw(st.none() | NAMES),
            eds_lead=draw(st.none() | NAMES),
            level=draw(st.sampled_from([None, "individual", "partnership", "ics"])),
            partners=tuple(draw(st.lists(NAMES, unique=True, max_size=2))),
            engagement_dates=tuple(sorted(draw(st.lists(DAYS, unique=True, max_size=2)))),
            completed_on=draw(st.none() | DAYS),
            published=draw(st.none() | DAYS.map(lambda day: day[:7])),
            authorised_on=draw(st.none() | DAYS),
            revision_date=draw(st.none() | DAYS),
        ),
        previous_actions=tuple(
            draw(st.lists(st.builds(PreviousAction, action=NAMES, objective=st.none() | NAMES), max_size=3))
        ),
        case_studies=tuple(draw(case_studies(number)) for number in range(1, count + 1)),
        third_parties=ThirdParties(
            trade_union_reps=tuple(draw(st.lists(NAMES, unique=True, max_size=2))),
            independent_evaluators=tuple(draw(st.lists(NAMES, unique=True, max_size=2))),
        ),
        recommendations=(Theme(theme="T", actions=tuple(draw(st.lists(actions, max_size=3)))),),
    )


@settings(max_examples=25, deadline=None)
@given(contents())
def test_any_report_is_read_back(content):
    assert told(back(content)) == told(content)


# The file


@pytest.fixture(scope="module")
def document():
    return docx.Document(BytesIO(to_template(FULL)))


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
