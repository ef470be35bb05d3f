"""Nothing a member types is lost: saving from a script, older pages, people who were signed out."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from eds import stages
from eds.scores.answers import Answer
from edsportal.web import pending_forms
from scoring.models import Draft, Score, ScoreSheet
from scoring.scores.actions import Stale, save_draft, submit_scores
from tests.cast import PASSWORD
from tests.scoring.scores.score_sheet.test_score_pages import address, whole

JSON = {"accept": "application/json"}
SIGNED_OUT = "You were signed out before we could save what you typed. We have saved it now."


@pytest.fixture
def member(client, cast):
    cast.like_one_page(cast.member)
    client.force_login(cast.member)
    return client


def state(client, cast, number: int = 1, more: str = "") -> dict:
    """The hidden fields of a page that is opened now."""
    page = client.get(address(cast, number, more)).context
    now = page["state"]
    hidden = {"revision": now.revision, "version": now.version, "page": now.page}
    return hidden | {"typed_by": pending_forms.note_of(page["user"])}


def save(client, cast, page, **answers):
    return client.post(address(cast), page | answers, headers=JSON)


def kept(code: str = "1A") -> str:
    return Draft.objects.get(outcome_area__code=code).rationale


def test_a_script_is_told_when_it_was_saved_and_the_new_revision(member, cast):
    page = state(member, cast)
    first = save(member, cast, page, rationale_1A="One").json()
    assert (first["revision"], first["changed"]) == (1, False)
    saved_at = timezone.localtime(ScoreSheet.objects.get().saved_at)
    assert first["saved_at"] == f"{saved_at:%H:%M}"
    assert save(member, cast, page | {"revision": 1}, rationale_1A="Two").json()["revision"] == 2
    assert kept() == "Two"


def test_a_page_whose_answer_was_lost_on_the_way_is_no_conflict_with_itself(member, cast):
    page = state(member, cast)
    save(member, cast, page, rationale_1A="One")
    assert save(member, cast, page, rationale_1A="One and more").status_code == 200
    assert kept() == "One and more"


def test_what_is_too_long_is_named_to_the_script_and_nothing_is_stored(member, cast):
    answer = save(member, cast, state(member, cast), rationale_1A="x" * 2001)
    assert (answer.status_code, answer.json()) == (
        422,
        {"errors": ["Your reason for 1A must be 2,000 characters or fewer"]},
    )
    assert not Draft.objects.exists()


def test_an_older_page_is_refused_and_told_both_texts(member, cast):
    older, newer = state(member, cast), state(member, cast)
    save(member, cast, newer, score_1A="1", rationale_1A="Newer", rationale_1B="The same")
    refused = save(member, cast, older, score_1A="3", rationale_1A="Older", rationale_1B="The same")
    assert refused.status_code == 409
    assert refused.json()["conflict"] == [
        {
            "code": "1A",
            "saved": {"words": "1 Developing", "rationale": "Newer"},
            "here": {"words": "3 Excelling", "rationale": "Older"},
        }
    ]
    assert kept() == "Newer"
    page = member.post(address(cast), older | {"score_1A": "3", "rationale_1A": "Older", "save": "yes"})
    assert page.status_code == 409
    assert [line["code"] for line in page.context["lines"]] == ["1A", "1B"]
    for text in ("Newer", "Older", "The same"):
        assert text in page.content.decode()
    assert kept() == "Newer"


def test_the_same_text_on_both_pages_is_no_conflict(member, cast):
    older, newer = state(member, cast), state(member, cast)
    save(member, cast, newer, rationale_1A="Line one\nline two")
    assert save(member, cast, older, rationale_1A="Line one\r\nline two").status_code == 200


@pytest.mark.parametrize(
    ("keep", "expected"),
    [
        ("here", (3, "Older")),
        ("saved", (1, "Newer")),
        ("both", (3, "Newer\n\nOlder")),
    ],
)
def test_the_member_chooses_and_nothing_is_overwritten_before(member, cast, keep, expected):
    older, newer = state(member, cast), state(member, cast)
    save(member, cast, newer, score_1A="1", rationale_1A="Newer")
    page = member.post(address(cast), older | {"score_1A": "3", "rationale_1A": "Older", "save": "yes"})
    hidden = page.context["hidden"] | {"revision": page.context["state"].revision}
    unsure = member.post(address(cast), older | hidden | {"resolve": "yes"})
    assert unsure.context["form"].errors == {"keep_1A": ["Choose which answer to keep for 1A"]}
    done = member.post(address(cast), older | hidden | {"resolve": "yes", "keep_1A": keep})
    assert done.status_code == 302
    row = Draft.objects.get(outcome_area__code="1A")
    assert (row.value, row.rationale) == expected


def test_a_third_page_that_saves_while_one_chooses_is_shown_too(member, cast):
    older, newer, third = (state(member, cast) for _ in range(3))
    save(member, cast, newer, rationale_1A="Newer")
    page = member.post(address(cast), older | {"rationale_1A": "Older", "save": "yes"})
    hidden = page.context["hidden"] | {"revision": page.context["state"].revision}
    save(member, cast, third | {"revision": 1}, rationale_1A="Third")
    again = member.post(address(cast), older | hidden | {"resolve": "yes", "keep_1A": "here"})
    assert again.status_code == 409
    assert "Third" in again.content.decode()
    assert kept() == "Third"


def test_a_save_after_submitting_is_refused_unless_it_says_the_same(cast):
    cast.score(cast.member, 1, 0, 1, 2, 3)
    seat, case_study = cast.members[cast.member], cast.case_studies[0]
    areas, version = list(case_study.domain.outcome_areas.all()), case_study.versions.get()
    same = {"1A": Answer(value=0, rationale="Reason of Mona Member 1A")}
    save_draft(member=seat, version=version, areas=areas, answers=same)
    with pytest.raises(Stale):
        save_draft(member=seat, version=version, areas=areas, answers={"1A": Answer(value=1, rationale="r")})
    assert not Draft.objects.exists()


def test_what_is_submitted_is_what_was_checked(member, cast):
    member.post(address(cast), whole(check="yes"))
    checked = member.get(address(cast, more="check/")).context["sheet"].revision
    save(member, cast, state(member, cast), **whole(rationale_1A="Written on the phone meanwhile"))
    refused = member.post(address(cast, more="submit/"), {"revision": checked}, follow=True)
    assert refused.redirect_chain == [(address(cast, more="check/"), 302)]
    assert "Check them again before you submit." in refused.content.decode()
    assert not Score.objects.exists()
    member.post(address(cast, more="submit/"), {"revision": checked + 1})
    assert Score.objects.get(outcome_area__code="1A").rationale == "Written on the phone meanwhile"


def test_submitting_twice_with_the_same_page_makes_one_row_for_each_outcome(member, cast):
    member.post(address(cast), whole(check="yes"))
    for _ in range(2):
        assert member.post(address(cast, more="submit/"), {"revision": 1}).url == "/my-work/"
    assert Score.objects.count() == 4


def test_an_old_page_after_submitting_changes_nothing_and_shows_what_it_held(member, cast):
    page = state(member, cast)
    cast.score(cast.member, 1, 0, 1, 2, 3)
    answer = member.post(address(cast), page | whole(rationale_1A="In the old tab", save="yes"))
    text = answer.content.decode()
    assert "You submitted your scores on another page" in text
    assert "In the old tab" in text
    assert save(member, cast, page, rationale_1A="In the old tab").status_code == 409
    assert (Score.objects.count(), Draft.objects.count()) == (4, 0)


def test_a_script_is_told_why_it_is_refused(member, cast):
    page = state(member, cast)
    cast.move(stages.MEETING)
    answer = save(member, cast, page, rationale_1A="Too late")
    assert (answer.status_code, answer.json()) == (403, {"refused": "Scoring has closed."})


def sign_in(client, user):
    client.post("/account/login/", {"login": user.email, "password": PASSWORD})


def test_a_button_pressed_without_a_session_keeps_the_text_for_its_writer(member, cast):
    page = state(member, cast)
    member.cookies.clear()
    answer = member.post(address(cast), page | whole(rationale_1A="Typed by Mona", save="yes"))
    assert (answer.status_code, answer.url) == (302, f"/account/login/?next={address(cast)}")
    sign_in(member, cast.member)
    text = member.get(address(cast), follow=True).content.decode()
    assert "Typed by Mona" in text
    assert SIGNED_OUT in text
    assert kept() == "Typed by Mona"
    assert SIGNED_OUT not in member.get(address(cast)).content.decode()


def test_what_waited_overwrites_nothing_that_was_saved_elsewhere(member, cast):
    page, elsewhere = state(member, cast), state(member, cast)
    member.cookies.clear()
    member.post(address(cast), page | {"rationale_1A": "Typed by Mona", "save": "yes"})
    sign_in(member, cast.member)
    member.post(address(cast), elsewhere | {"rationale_1A": "Typed on the phone", "save": "yes"})
    both = member.get(address(cast))
    assert both.status_code == 409
    assert [line["code"] for line in both.context["lines"]] == ["1A"]
    assert kept() == "Typed on the phone"


def test_what_waited_and_is_too_long_is_shown_with_what_to_do(member, cast):
    page = state(member, cast)
    member.cookies.clear()
    member.post(address(cast), page | {"rationale_1A": "x" * 2001, "save": "yes"})
    sign_in(member, cast.member)
    shown = member.get(address(cast))
    assert shown.context["form"].errors == {
        "rationale_1A": ["Your reason for 1A must be 2,000 characters or fewer"]
    }
    assert "what you typed is not saved" in shown.content.decode()
    assert not Draft.objects.exists()


def test_the_next_person_at_the_same_computer_never_sees_it(member, cast):
    page = state(member, cast)
    member.cookies.clear()
    member.post(address(cast), page | {"rationale_1A": "Typed by Mona", "save": "yes"})
    sign_in(member, cast.other)
    assert "Typed by Mona" not in member.get(address(cast)).content.decode()
    assert pending_forms.KEY not in member.session


def test_nothing_waits_longer_than_an_hour_or_on_another_page(member, cast, monkeypatch):
    page = state(member, cast)
    member.cookies.clear()
    member.post(address(cast), page | {"rationale_1A": "Typed by Mona", "save": "yes"})
    sign_in(member, cast.member)
    assert "Typed by Mona" not in member.get(address(cast, 2)).content.decode()
    later = timezone.now() + timedelta(seconds=pending_forms.WAITS + 1)
    monkeypatch.setattr(pending_forms.timezone, "now", lambda: later)
    assert "Typed by Mona" not in member.get(address(cast)).content.decode()


@pytest.mark.parametrize(
    "changes",
    [{"typed_by": "forged"}, {"typed_by": ""}, {"rationale_1A": "x" * pending_forms.LONGEST}],
    ids=["a forged note", "no note", "more than any form of ours"],
)
def test_strangers_can_put_nothing_by(member, cast, changes):
    page = state(member, cast) | {"save": "yes"} | changes
    stranger = Client()
    assert stranger.post(address(cast), page).status_code == 302
    assert pending_forms.KEY not in stranger.session


def test_a_script_of_somebody_else_saves_nothing(member, cast):
    page = state(member, cast)
    member.force_login(cast.other)
    answer = save(member, cast, page, rationale_1A="Typed by Mona")
    assert answer.status_code == 409
    assert "We did not save anything under your name" in answer.json()["another"]
    refused = member.post(address(cast), page | {"rationale_1A": "Typed by Mona", "save": "yes"})
    assert refused.status_code == 403
    assert not Draft.objects.exists()


def test_a_form_with_an_old_token_is_saved_when_its_writer_is_back_and_for_nobody_else(cast):
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.member)
    cast.like_one_page(cast.member)
    page = state(client, cast) | {"rationale_1A": "Typed by Mona", "save": "yes"}
    answer = client.post(address(cast), page)
    assert (answer.status_code, answer.url) == (302, address(cast))
    assert not Draft.objects.exists()
    assert "Typed by Mona" in client.get(address(cast), follow=True).content.decode()
    assert kept() == "Typed by Mona"
    client.force_login(cast.other)
    assert client.post(address(cast), page).status_code == 403
    assert client.post(address(cast), page | {"typed_by": "forged"}).status_code == 403
    assert pending_forms.KEY not in client.session


def test_a_draft_of_a_change_is_submitted_by_nobody_but_its_own_button(cast):
    cast.score(cast.member, 1, 0, 1, 2, 3)
    seat, case_study = cast.members[cast.member], cast.case_studies[0]
    areas, version = list(case_study.domain.outcome_areas.all()), case_study.versions.get()
    answers = {"1A": Answer(value=3, rationale="Begun")}
    save_draft(member=seat, version=version, areas=areas, answers=answers, rescoring=True)
    submit_scores(member=seat, version=version, areas=areas, submitted_by=cast.member)
    assert (Score.objects.count(), Draft.objects.count()) == (4, 1)
