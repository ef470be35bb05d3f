"""What the report tells of how it came about: members' scores, last year's results, the approval."""

from dataclasses import replace

import pytest

from casestudies.models import PanelMember, Review
from eds import stages
from eds.content import PanelScores, PreviousResults, Spread
from edsportal.web.refusals import NotPossible
from scoring.importing.store import import_report
from scoring.moderation.meeting import meeting
from scoring.review.content import report_content
from scoring.review.stages.case_studies import move_case_study
from tests.cast import person
from tests.prepare import record_agreed_score
from tests.reports.samples import FULL


@pytest.fixture
def five(cast):
    """Two more members, so that five score the first case study, and one who declared an interest in it."""
    for number, name in enumerate(("Fay Four", "Finn Five")):
        user = person(name)
        row = PanelMember.objects.create(
            review=cast.review, user=user, name=name, interest="carer", position=9 + number
        )
        row.domains.set(cast.members[cast.member].domains.all())
        cast.members[user] = row
    given = ((0, 1, 2, 3), (0, 1, 2, 3), (1, 1, 2, 2), (2, 1, 2, 0), (2, 1, 2, None))
    for values, user in zip(given, cast.members, strict=True):
        cast.score(user, 1, *values)
    cast.score(cast.member, 2, 3, 3, 3, 3)
    return cast


def test_the_spread_is_told_once_scoring_has_closed_and_never_of_few(five):
    assert report_content(five.review).panel_scores == PanelScores()
    five.move(stages.MEETING)
    assert report_content(five.review).panel_scores == PanelScores(
        agreement="low",
        people=5,
        spreads=(
            Spread(case_study=1, members=5, apart={"1A": 2, "1B": 1, "1C": 1}),
            Spread(case_study=2, members=1),
        ),
    )


def test_the_report_tells_what_members_scored_before_they_saw_others_and_the_meeting_marks_later_changes(
    five,
):
    move_case_study(case_study=five.case_studies[0], to=stages.MEETING, moved_by=five.lead)
    said = report_content(five.review).panel_scores
    five.rescore(five.other, 1, 3, 1, 2, 2, reason="I agree now")
    assert report_content(five.review).panel_scores == said
    areas = list(five.case_studies[0].domain.outcome_areas.all())
    edition = report_content(five.review).edition
    shown = meeting(user=five.chair, case_study=five.case_studies[0], areas=areas, edition=edition)
    changed = [(line.name, line.words, line.changed_because) for line in shown.outcomes[0].lines]
    assert [each for each in changed if each[2]] == [("Oscar Other", "3 Excelling", "I agree now")]


def test_scores_that_count_for_nothing_are_in_no_figure(five):
    row = five.members[five.other]
    row.declared_interests.create(case_study=five.case_studies[0], reason="My sister works there")
    five.move(stages.MEETING)
    assert report_content(five.review).panel_scores.spreads[0] == Spread(case_study=1, members=4)


def agree(cast, value):
    for case_study in cast.case_studies:
        for area in case_study.domain.outcome_areas.all():
            record_agreed_score(
                case_study=case_study,
                outcome_area=area,
                value=value,
                rationale="Agreed",
                recorded_by=cast.lead,
            )


def next_year(cast):
    return Review.objects.create(organisation=cast.organisation, framework=cast.review.framework, year="2027")


def test_only_a_published_year_is_compared_with(cast):
    agree(cast, 2)
    cast.move(stages.APPROVAL)
    assert report_content(next_year(cast)).previous_results is None


def test_the_last_published_results_are_compared_with(cast):
    agree(cast, 2)
    cast.move(stages.APPROVAL)
    cast.publish()
    assert report_content(next_year(cast)).previous_results == PreviousResults(
        year="2026",
        framework="EDS 2022",
        scores={"1A": 2, "1B": 2, "1C": 2, "1D": 2},
        domains={1: 8},
    )
    assert report_content(cast.review).previous_results is None


def test_what_an_imported_report_says_of_them_comes_out_again(db):
    review, stored = import_report(report=FULL)
    assert stored
    again = report_content(Review.objects.get(pk=review.pk))
    names = ("summary", "panel_work", "contact", "approval", "panel_scores", "previous_results")
    assert {name: getattr(again, name) for name in names} == {name: getattr(FULL, name) for name in names}
    assert import_report(report=FULL) == (review, False)


def test_a_report_that_says_another_approval_is_another_report(db):
    import_report(report=FULL)
    with pytest.raises(NotPossible):
        import_report(report=replace(FULL, approval=replace(FULL.approval, committee="The board")))
