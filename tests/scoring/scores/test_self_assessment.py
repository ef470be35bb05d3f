"""What a body gives itself: who writes it, who sees it when, and how the report prints it beside the panel's score."""

import pytest

from casestudies.models import DeclaredInterest
from eds import stages
from eds.totals import results
from reports.writing import tables
from reports.writing.data.json_report import from_json, to_json
from scoring.models import SelfAssessment
from scoring.review.content import report_content
from tests.prepare import record_agreed_score, record_self_assessment

REASON = "We met our own target"


def address(cast, end):
    return f"/reviews/{cast.organisation.slug}/2026/{end}"


def own(cast, **values: int) -> None:
    areas = {area.code: area for area in cast.case_studies[0].domain.outcome_areas.all()}
    answers = {areas[code]: (value, f"{REASON} {code}") for code, value in values.items()}
    record_self_assessment(case_study=cast.case_studies[0], answers=answers)


PAGE = "case-studies/1/self-assessment/"


@pytest.mark.parametrize("who", ["author", "lead"])
def test_it_is_given_changed_and_taken_away(client, cast, who):
    cast.move(stages.WRITING)
    client.force_login(cast.people[who])
    page = client.post(address(cast, PAGE), {"score_1A": "3", "rationale_1B": "Typed"})
    assert page.context["form"].errors == {
        "rationale_1A": ["Give your reason for 1A"],
        "score_1B": ["Choose a score for 1B"],
    }
    assert page.context["form"]["rationale_1B"].value() == "Typed"
    for score in ("3", "0"):
        client.post(address(cast, PAGE), {"score_1A": score, "rationale_1A": "Why"})
        assert [(row.value, row.rationale) for row in SelfAssessment.objects.all()] == [(int(score), "Why")]
    client.post(address(cast, PAGE), {})
    assert SelfAssessment.objects.count() == 0


@pytest.mark.parametrize(
    ("who", "stage", "status"),
    [
        ("author", stages.SCORING, 403),
        ("lead", stages.MEETING, 403),
        ("member", stages.WRITING, 404),
        ("reader", stages.WRITING, 403),
        ("stranger", stages.WRITING, 404),
        ("administrator", stages.WRITING, 404),
        ("public", stages.WRITING, 302),
    ],
)
def test_nobody_else_and_no_later_stage_gives_one(client, cast, who, stage, status):
    cast.move(stage)
    if cast.people[who]:
        client.force_login(cast.people[who])
    sent = {"score_1A": "3", "rationale_1A": "Why"}
    assert client.post(address(cast, PAGE), sent).status_code == status
    assert SelfAssessment.objects.count() == 0


@pytest.mark.parametrize("before", [False, True])
def test_the_panel_sees_it_before_scoring_only_where_the_lead_said_so(client, cast, before):
    own(cast, **{"1A": 3})
    cast.move(stages.WRITING)
    client.force_login(cast.lead)
    sent = {"when": "before" if before else "after", "reasons": "each_case_study"}
    assert client.post(address(cast, "self-assessment/"), sent).status_code == 302
    cast.review.refresh_from_db()
    assert cast.review.shows_self_assessment is before
    assert cast.review.reasons == "each_case_study"
    cast.move(stages.SCORING)
    assert client.post(address(cast, "self-assessment/"), sent).status_code == 403
    client.force_login(cast.member)
    for page in ("case-studies/1/", "case-studies/1/score/1A/"):
        assert (REASON in client.get(address(cast, page)).content.decode()) is before, page
    cast.move(stages.MEETING)
    for page in ("case-studies/1/", "moderation/1/", "moderation/1/now/"):
        assert REASON in client.get(address(cast, page)).content.decode(), page


def test_readers_see_it_once_scores_are_agreed(client, cast):
    own(cast, **{"1A": 3})
    client.force_login(cast.reader)
    for stage, seen in ((stages.SCORING, False), (stages.MEETING, False), (stages.APPROVAL, True)):
        cast.move(stage)
        assert (REASON in client.get(address(cast, "case-studies/1/")).content.decode()) is seen, stage


def test_the_report_prints_both_and_the_difference_and_counts_only_the_panel(cast):
    own(cast, **{"1A": 3, "1B": 1, "1C": 2, "1D": 2})
    areas = {area.code: area for area in cast.case_studies[0].domain.outcome_areas.all()}
    for code, value in {"1A": 1, "1B": 2, "1C": 2}.items():
        record_agreed_score(
            case_study=cast.case_studies[0],
            outcome_area=areas[code],
            value=value,
            rationale="Agreed",
            recorded_by=cast.lead,
        )
    cast.move(stages.MEETING)
    content = report_content(cast.review)
    table = tables.self_assessment(content, content.case_studies[0])
    assert [
        [row.header.lead, *(f"{cell.lead} {cell.text}".strip() for _, cell in row.values)]
        for row in table.rows
    ] == [
        ["1A", "3 Excelling", "1 Developing", "Panel 2 points lower", f"{REASON} 1A"],
        ["1B", "1 Developing", "2 Achieving", "Panel 1 point higher", f"{REASON} 1B"],
        ["1C", "2 Achieving", "2 Achieving", "The same", f"{REASON} 1C"],
        ["1D", "2 Achieving", "Not scored", "Not compared", f"{REASON} 1D"],
    ]
    assert results(content).case_studies[0].total.words == "5 of 9 so far, 1 outcome not scored"


def test_the_report_prints_declared_interests_and_its_data_carry_them(client, cast):
    DeclaredInterest.objects.create(
        member=cast.members[cast.member],
        case_study=cast.case_studies[1],
        category="uses",
        reason="My illness",
    )
    content = report_content(cast.review)
    table = tables.interests(content)
    (row,) = table.rows
    assert [cell.text for cell in row.cells] == [
        "Mona Member",
        "Case study 2: Eye screening",
        "Uses the service",
    ]
    text = to_json(content)
    assert from_json(text, {content.edition.name: content.edition}) == content
    with pytest.raises(Exception, match=r"interests\[0\]\.member"):
        from_json(
            text.replace('"member": "Mona Member"', '"member": "Nobody"'),
            {content.edition.name: content.edition},
        )
    cast.move(stages.APPROVAL)
    client.force_login(cast.reader)
    page = client.get(address(cast, "report/")).content.decode()
    assert ("Uses the service" in page, "My illness" in page + text) == (True, False)
    DeclaredInterest.objects.all().delete()
    assert '"interests"' not in to_json(report_content(cast.review))
