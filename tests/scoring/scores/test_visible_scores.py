"""Who sees which scores: the only door is `Score.objects.visible_to`."""

import pytest

from casestudies.models import DeclaredInterest
from eds import stages
from scoring.models import AgreedScore, Score
from tests.cast import STAGES

OWN, ALL, NOTHING = "own", "all", "nothing"
BEFORE = dict.fromkeys(("lead", "author", "reader", "chair", "stranger", "administrator"), NOTHING)
BEFORE |= {"member": OWN, "other": OWN}
FROM_MODERATION = {
    "lead": ALL,
    "author": NOTHING,
    "reader": NOTHING,
    "chair": ALL,
    "member": ALL,
    "other": ALL,
    "stranger": NOTHING,
    "administrator": NOTHING,  # unless they are a lead or a member too
}
EXPECTED = {
    stages.WRITING: BEFORE,
    stages.SCORING: BEFORE,
    stages.MEETING: FROM_MODERATION,
    stages.AGREED: FROM_MODERATION,
    stages.APPROVAL: FROM_MODERATION,
    stages.PUBLISHED: FROM_MODERATION,
}


@pytest.mark.parametrize("stage", STAGES)
def test_each_person_sees_what_their_role_and_the_stage_allow(cast, stage):
    cast.score(cast.member, 1, 0, 1, 2, 3)
    cast.score(cast.other, 1, 3, 3, 3, None)
    cast.move(stage)
    everything = set(Score.objects.values_list("pk", flat=True))
    for name, kind in EXPECTED[stage].items():
        user = cast.people[name]
        own = set(Score.objects.filter(member__user=user).values_list("pk", flat=True))
        expected = {OWN: own, ALL: everything, NOTHING: set()}[kind]
        assert set(Score.objects.visible_to(user).values_list("pk", flat=True)) == expected, (name, stage)


@pytest.mark.parametrize("stage", [stages.MEETING, stages.APPROVAL, stages.PUBLISHED])
def test_a_declared_interest_hides_the_scores_of_that_case_study_only(cast, stage):
    cast.score(cast.other, 1, 3, 3, 3, 3)
    cast.score(cast.other, 2, 1, 1, 1, 1)
    DeclaredInterest.objects.create(
        member=cast.members[cast.member], case_study=cast.case_studies[0], reason="My sister works there"
    )
    cast.move(stage)
    seen = Score.objects.visible_to(cast.member).values_list("version__case_study__number", flat=True)
    assert sorted(seen) == [2, 2, 2, 2]


def test_a_member_who_declined_sees_nothing_of_others(cast):
    cast.score(cast.other, 1, 3, 3, 3, 3)
    member = cast.members[cast.member]
    member.declined_at = cast.other.joined_at
    member.save()
    cast.move(stages.MEETING)
    assert list(Score.objects.visible_to(cast.member)) == []


AGREED_SEEN_BY = {
    stages.SCORING: set(),
    stages.MEETING: {"lead", "chair", "member", "other"},
    stages.APPROVAL: {"lead", "chair", "member", "other", "reader"},
    stages.PUBLISHED: {"lead", "chair", "member", "other", "author", "reader"},
}


@pytest.mark.parametrize("stage", AGREED_SEEN_BY)
def test_agreed_scores_open_to_the_panel_at_moderation_and_to_readers_at_approval(cast, stage):
    AgreedScore.objects.create(
        case_study=cast.case_studies[0],
        outcome_area=cast.case_studies[0].domain.outcome_areas.first(),
        value=2,
        rationale="Agreed after discussion",
        recorded_by=cast.lead,
    )
    cast.move(stage)
    seeing = {
        name
        for name, user in cast.people.items()
        if user is not None and AgreedScore.objects.visible_to(user).exists()
    }
    assert seeing == AGREED_SEEN_BY[stage]


def test_the_newest_score_is_the_current_one(cast):
    cast.score(cast.member, 1, 0, 1, 2, 3)
    first = Score.objects.get(member__user=cast.member, outcome_area__code="1A")
    again = Score.objects.create(
        member=first.member,
        version=first.version,
        outcome_area=first.outcome_area,
        sequence=2,
        value=3,
        rationale="I had misread the table",
        reason="Misread",
        submitted_by=cast.member,
    )
    current = Score.objects.visible_to(cast.member).current()
    assert current.get(outcome_area__code="1A") == again
    assert current.count() == 4
