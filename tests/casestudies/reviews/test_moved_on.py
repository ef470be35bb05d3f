"""A write that was begun at one stage and arrives at another is refused: nothing comes in behind a stage move."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from casestudies.models import Review
from casestudies.reviews.locks import MovedOn, lock_for
from casestudies.reviews.roles import Standing
from eds import stages
from eds.scores.answers import Answer
from scoring.models import AgreedScore, DomainChoice, Draft, Score
from scoring.moderation.actions import Answer as AgreedAnswer
from scoring.moderation.actions import record_meeting
from scoring.moderation.domain_choice import choose_case_study
from scoring.scores.actions import confirm_scores, rescore, save_draft, submit_scores
from scoring.workshops.paper import enter_paper_sheet
from tests.cast import put


def move_behind(cast, stage: str) -> None:
    """As another person's page does it: what this test holds in memory stays as it was."""
    put(Review.objects.get(pk=cast.review.pk), stage)


@pytest.fixture
def given(cast):
    """What the actions are given for a member's first case study, with a whole draft saved."""
    version = cast.case_studies[0].versions.get()
    areas = list(cast.case_studies[0].domain.outcome_areas.all())
    given = {"member": cast.members[cast.member], "version": version, "areas": areas}
    answers = {area.code: Answer(value=2, rationale="As I read it") for area in areas}
    save_draft(**given, answers=answers)
    return given | {"answers": answers}


@pytest.mark.parametrize("stage", [stages.WRITING, stages.MEETING, stages.PUBLISHED])
def test_scores_are_not_submitted_once_scoring_has_closed(cast, given, stage):
    move_behind(cast, stage)
    answers = given.pop("answers")
    with pytest.raises(MovedOn, match="we did not save your change"):
        submit_scores(**given, submitted_by=cast.member)
    sheet = given | {"answers": answers, "member": cast.members[cast.other]}
    with pytest.raises(MovedOn):
        enter_paper_sheet(**sheet, entered_by=cast.lead)
    assert not Score.objects.exists()
    assert Draft.objects.count() == 4  # what they typed is still there


@pytest.mark.parametrize("stage", [stages.WRITING, stages.APPROVAL, stages.PUBLISHED])
def test_scores_are_not_changed_once_they_are_agreed(cast, given, stage):
    answers = given.pop("answers")
    submit_scores(**given, submitted_by=cast.member)
    move_behind(cast, stage)
    other = {code: Answer(value=0, rationale="Read again") for code in answers}
    with pytest.raises(MovedOn):
        rescore(**given, answers=other, reason="I read it again", submitted_by=cast.member)
    with pytest.raises(MovedOn):
        confirm_scores(**given, submitted_by=cast.member)
    assert set(Score.objects.values_list("value", flat=True)) == {2}


@pytest.mark.parametrize("stage", [stages.SCORING, stages.APPROVAL])
def test_nothing_is_agreed_or_chosen_at_another_stage(cast, stage):
    move_behind(cast, stage)
    case_study = cast.case_studies[0]
    area = case_study.domain.outcome_areas.first()
    answer = AgreedAnswer(outcome_area=area, value=1, rationale="Agreed", seen=0)
    with pytest.raises(MovedOn):
        record_meeting(case_study=case_study, answers=[answer], commentary=None, recorded_by=cast.lead)
    choice = {"case_study": 1, "chosen_by": "Wendy", "reason": "it is larger", "seen": ""}
    with pytest.raises(MovedOn):
        choose_case_study(review=cast.review, domain=case_study.domain, **choice, recorded_by=cast.lead)
    assert not AgreedScore.objects.exists()
    assert not DomainChoice.objects.exists()


def test_the_page_says_so_where_the_review_moved_after_it_had_looked(cast, given, client, monkeypatch):
    """The lead closes scoring between the page's own look at the stage and its write."""

    def looked_too_early(standing, action, case_study):
        move_behind(cast, stages.MEETING)

    monkeypatch.setattr(Standing, "require", looked_too_early)
    client.force_login(cast.member)
    answer = client.post(reverse("submit_scores", args=[*cast.address, 1]))
    assert answer.status_code == 403
    assert "now, so we did not save your change" in answer.content.decode()
    assert not Score.objects.exists()


@pytest.mark.postgresql  # SQLite lets one transaction write at a time
def test_the_stage_stays_until_the_write_is_done(cast):
    with CaptureQueriesContext(connection) as asked, transaction.atomic():
        lock_for("score", case_study=cast.case_studies[0])
    assert "FOR UPDATE" in "".join(query["sql"] for query in asked)
