"""After submitting: changing with a reason, confirming for a newer text, and the history of both."""

import pytest

from eds import stages
from eds.scores.answers import AS_LIKED, EVERY_SCORE, Answer
from scoring.models import Draft, Score
from scoring.panel.progress import seats
from scoring.scores.actions import CONFIRMED, NotWhole, confirm_scores, rescore
from tests.scoring.scores.score_sheet.test_score_pages import address, whole

NEW_TEXT = "Open on **Sundays** for everybody"


@pytest.fixture
def member(client, cast):
    cast.score(cast.member, 1, 0, 1, 2, None)
    client.force_login(cast.member)
    return client


def rows(code: str | None = None) -> list[tuple]:
    found = Score.objects.filter(outcome_area__code=code) if code else Score.objects
    return list(found.values_list("value", "sequence", "version__number", "reason"))


def answers(**changes: str) -> dict[str, str]:
    """The form as it stands for what `member` submitted."""
    mine = whole(
        **{f"rationale_{code}": f"Reason of Mona Member {code}" for code in ("1A", "1B", "1C", "1D")}
    )
    return mine | {"submit": "yes"} | changes


def test_only_what_changed_gets_a_row_with_the_reason_and_the_history_shows(member, cast):
    cast.move(stages.MEETING)
    done = member.post(
        address(cast, more="change/"), answers(score_1A="3", reason="I had misread the table"), follow=True
    )
    assert done.redirect_chain == [(address(cast), 302)]
    assert rows("1A") == [(0, 1, 1, ""), (3, 2, 1, "I had misread the table")]
    assert Score.objects.count() == 5
    text = done.content.decode()
    assert "3 Excelling" in text
    assert "Why it changed: I had misread the table" in text
    assert "0 Undeveloped" in text
    assert done.context["sheet"].lines[0]["words"] == "3 Excelling"
    assert text.count("History of your score for") == 1


def test_correcting_before_the_reveal_needs_no_reason_and_is_not_asked_for_one(member, cast):
    page = member.get(address(cast, more="change/"))
    assert "Why are you changing your scores?" not in page.content.decode()
    assert member.post(address(cast, more="change/"), answers(score_1A="3")).status_code == 302
    assert rows("1A") == [(0, 1, 1, ""), (3, 2, 1, "Corrected before scoring closed.")]


def test_a_change_without_a_reason_is_refused_and_nothing_typed_is_lost(member, cast):
    cast.move(stages.MEETING)
    page = member.post(
        address(cast, more="change/"), answers(score_1A="3", rationale_1A="New words", reason=" ")
    )
    assert page.context["form"].errors == {"reason": ["Enter why you are changing your scores"]}
    assert "New words" in page.content.decode()
    assert Score.objects.count() == 4


def test_a_reason_for_a_score_can_not_be_emptied_where_every_score_needs_one(member, cast):
    cast.ask_reasons(EVERY_SCORE)
    emptied = answers(rationale_1A="", rationale_1D="")  # 1D is an abstention
    page = member.post(address(cast, more="change/"), emptied)
    assert page.context["form"].errors == {"rationale_1A": ["Give your reason for 1A"]}
    assert Score.objects.count() == 4
    cast.ask_reasons(AS_LIKED)
    assert member.post(address(cast, more="change/"), emptied).status_code == 302
    assert Score.objects.filter(rationale="").count() == 2


def test_sending_a_change_twice_makes_one_row(member, cast):
    cast.move(stages.MEETING)
    for _ in range(2):
        member.post(address(cast, more="change/"), answers(score_1D="2", reason="Enough was said"))
    assert rows("1D") == [(None, 1, 1, ""), (2, 2, 1, "Enough was said")]


def test_a_change_that_was_begun_is_kept_and_can_be_thrown_away(member, cast):
    cast.move(stages.MEETING)
    change = address(cast, more="change/")
    draft = {
        key: value for key, value in answers(score_1B="3", reason="Half a thought").items() if key != "submit"
    }
    member.post(change, draft | {"save": "yes"})
    page = member.get(change)
    assert (page.context["form"]["score_1B"].value(), page.context["form"]["reason"].value()) == (
        "3",
        "Half a thought",
    )
    assert "You started to change your scores" in member.get(address(cast)).content.decode()
    assert rows("1B") == [(1, 1, 1, "")]
    member.post(change, {"discard": "yes"})
    assert not Draft.objects.exists()
    assert "You started to change your scores" not in member.get(address(cast)).content.decode()


def test_scores_can_be_changed_until_the_panel_has_finished(member, cast):
    change = address(cast, more="change/")
    cast.move(stages.MEETING)
    assert "The panel and the equality lead can see them now." in member.get(address(cast)).content.decode()
    member.post(change, answers(score_1A="1", reason="After what Charles said"))
    assert rows("1A")[-1] == (1, 2, 1, "After what Charles said")
    for stage, reason in (
        (stages.APPROVAL, "The panel has agreed its scores, so you can no longer change yours."),
        (stages.PUBLISHED, "The panel has agreed its scores, so you can no longer change yours."),
    ):
        cast.move(stage)
        assert reason in member.get(address(cast)).content.decode()
        for more in ("change/", "confirm/"):
            refused = member.post(address(cast, more=more), answers(score_1A="2", reason="Late"))
            assert refused.status_code == 403
    assert Score.objects.count() == 5


def test_who_did_not_submit_has_nothing_to_change(client, cast):
    client.force_login(cast.other)
    assert client.post(address(cast, more="change/"), answers(reason="r")).url == address(cast)
    client.post(address(cast), whole(save="yes"))
    assert client.post(address(cast, more="confirm/")).status_code == 302
    assert (Score.objects.count(), Draft.objects.count()) == (0, 4)


@pytest.mark.parametrize(
    ("who", "status"), [("lead", 403), ("stranger", 404), ("administrator", 404), (None, 302)]
)
def test_nobody_changes_or_confirms_the_scores_of_another(client, cast, who, status):
    cast.score(cast.member, 1, 0, 1, 2, 3)
    if who:
        client.force_login(cast.people[who])
    for more in ("change/", "confirm/"):
        assert client.post(address(cast, more=more), answers(score_1A="3", reason="r")).status_code == status
    assert Score.objects.count() == 4


def test_a_changed_case_study_shows_what_changed_and_is_confirmed_once(member, cast):
    new = cast.change_text(1, NEW_TEXT)
    page = member.get(address(cast))
    text = page.content.decode()
    assert "Your scores are for version 1. Version 2 was accepted" in text
    assert [part.heading for part in page.context["sheet"].changes] == ["1A"]
    assert "<ins>" in text
    assert "[added:]" in text
    for _ in range(2):
        member.post(address(cast, more="confirm/"), {"version": new.pk})
    confirmed = CONFIRMED.format(number=2)
    assert rows("1A") == [(0, 1, 1, ""), (0, 2, 2, confirmed)]
    assert rows("1D") == [(None, 1, 1, ""), (None, 2, 2, confirmed)]
    assert Score.objects.count() == 8
    assert "changed since you scored it" not in member.get(address(cast)).content.decode()


def test_changing_one_score_for_a_newer_text_confirms_the_others(member, cast):
    new = cast.change_text(1, NEW_TEXT)
    change = answers(score_1A="2", version=str(new.pk))
    member.post(address(cast, more="change/"), change)
    assert rows("1A")[-1] == (2, 2, 2, "Corrected before scoring closed.")
    assert rows("1B")[-1] == (1, 2, 2, CONFIRMED.format(number=2))
    assert not Score.objects.current().on_older_version().exists()


def test_confirming_what_an_older_page_showed_leaves_the_newest_to_be_read(member, cast):
    second = cast.change_text(1, NEW_TEXT)
    cast.change_text(1, "Closed on Sundays after all")
    member.post(address(cast, more="confirm/"), {"version": second.pk})
    assert {number for _, _, number, _ in rows()} == {1, 2}
    assert "Version 3 was accepted" in member.get(address(cast)).content.decode()


def test_a_draft_begun_for_an_older_text_is_not_submitted_before_the_change_is_read(client, cast):
    client.force_login(cast.member)
    cast.like_one_page(cast.member)
    client.post(address(cast), whole(check="yes"))
    new = cast.change_text(1, NEW_TEXT)
    assert "This is what changed" in client.get(address(cast, more="check/")).content.decode()
    refused = client.post(address(cast, more="submit/"), {"version": str(new.pk)})
    assert refused.context["form"].errors == {
        "read_change": ["Read what changed in the case study, then tick the box"]
    }
    assert Score.objects.count() == 0
    page = client.post(address(cast), whole(check="yes", version=str(new.pk)))
    assert page.context["form"].errors == {
        "read_change": ["Read what changed in the case study, then tick the box"]
    }
    assert "The case study has changed since you started scoring it." in page.content.decode()
    read = whole(check="yes", version=str(new.pk), read_change="on")
    assert client.post(address(cast), read).url == address(cast, more="check/")
    client.post(address(cast, more="submit/"))
    assert {number for _, _, number, _ in rows()} == {2}


def test_the_first_save_belongs_to_the_text_that_the_page_showed(client, cast):
    client.force_login(cast.member)
    cast.like_one_page(cast.member)
    shown = client.get(address(cast)).context["state"].version
    cast.change_text(1, NEW_TEXT)
    saved = client.post(
        address(cast), whole(version=shown, revision=0), headers={"accept": "application/json"}
    ).json()
    assert saved["changed"] is True
    assert client.get(address(cast)).context["sheet"].answered_version.number == 1


def test_the_lead_sees_who_scored_an_older_text_and_never_the_scores(member, client, cast):
    cast.score(cast.other, 1, 3, 3, 3, 3)
    cast.change_text(1, NEW_TEXT)
    cast.rescore(cast.other, 1, 3, 3, 3, 3)
    progress = {seat.member.name: dict(seat.progress) for seat in seats(cast.review)}
    first = cast.case_studies[0]
    assert progress["Mona Member"][first] == "Submitted for an earlier version"
    assert progress["Oscar Other"][first] == "Submitted"
    client.force_login(cast.lead)
    panel = client.get(f"/reviews/{cast.organisation.slug}/2026/panel/").content.decode()
    assert "submitted for an earlier version" in panel
    assert "Reason of" not in panel
    cast.move(stages.MEETING)
    meeting = client.get(f"/reviews/{cast.organisation.slug}/2026/moderation/1/")
    assert meeting.context["meeting"].behind == ["Mona Member"]
    assert "Scored an earlier version" in meeting.content.decode()


def test_the_action_itself_refuses_what_is_not_whole(cast):
    cast.score(cast.member, 1, 0, 1, 2, 3)
    case_study = cast.case_studies[0]
    areas = list(case_study.domain.outcome_areas.all())
    common = {
        "member": cast.members[cast.member],
        "version": case_study.versions.get(),
        "areas": areas,
        "submitted_by": cast.member,
    }
    cast.move(stages.MEETING)
    with pytest.raises(NotWhole) as refused:
        rescore(**common, answers={"1A": Answer(value=1, rationale="r")}, reason="")
    assert [(problem.code, problem.part) for problem in refused.value.problems][-1] == ("", "reason")
    assert confirm_scores(**common) == []
    assert Score.objects.count() == 4


def test_the_lead_sets_by_when_the_panel_scores(client, cast):
    page = f"/reviews/{cast.organisation.slug}/2026/case-studies/1/closing-date/"
    date = {"scoring_closes_on_day": "12", "scoring_closes_on_month": "3", "scoring_closes_on_year": "2026"}
    for who, status in (("member", 403), ("stranger", 404), ("lead", 302)):
        client.force_login(cast.people[who])
        assert client.post(page, date).status_code == status
    stage = f"/reviews/{cast.organisation.slug}/2026/stage/"
    assert "The panel scores by 12 March 2026." in client.get(stage).content.decode()
    client.force_login(cast.member)
    assert "by 12 March 2026" in client.get("/my-work/").content.decode()
