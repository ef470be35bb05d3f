"""Joining a workshop by its code: who gets a seat, for how long, and what a guest can't do."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from casestudies.models import PanelMember
from eds import stages
from edsportal.accounts.models import User
from edsportal.web.refusals import NotPossible
from scoring.models import Joining, Score, Workshop
from scoring.review.content import report_content
from scoring.workshops.actions import close_code, join_workshop, open_workshop, remove_joining
from scoring.workshops.guests import WRONG_CODES
from scoring.workshops.join_code import LENGTH, SIGNS, as_typed, in_two, new_code
from tests.cast import STAGES, join, open_a_workshop, put
from tests.scoring.scores.score_sheet.test_score_pages import address, whole


@pytest.fixture
def workshop(cast) -> Workshop:
    return open_a_workshop(cast)


def answers(workshop: Workshop, **changes) -> dict:
    """What somebody sends to join."""
    return {
        "code": workshop.spoken_code.lower(),
        "kind": "person",
        "name": "Ann Green",
        "interest": "carer",
        "agrees": "on",
        "page": str(uuid4()),
    } | changes


def now_address(cast) -> str:
    return f"/reviews/{cast.organisation.slug}/2026/workshop/now/"


def test_a_code_has_no_signs_that_look_alike():
    assert set(SIGNS).isdisjoint("0OQ1IL2Z5S6G8BUVAEIOU")
    assert len(set(SIGNS)) == len(SIGNS) == 15
    codes = {new_code() for _ in range(200)}
    assert len(codes) == 200
    assert all(len(code) == LENGTH == 8 and set(code) <= set(SIGNS) for code in codes)


def test_a_code_is_read_as_people_type_it():
    assert in_two("K4CW7RTX") == "K4CW 7RTX"
    assert as_typed(" k4cw-7rtx ") == "K4CW7RTX"


def test_a_person_joins_and_has_a_seat_that_waits(client, cast, workshop):
    page = client.post("/join/", answers(workshop), follow=True)
    assert page.redirect_chain == [(now_address(cast), 302)]
    joining = Joining.objects.select_related("member__user").get()
    member = joining.member
    assert (member.name, member.interest, member.is_chair) == ("Ann Green", "carer", False)
    assert [domain.number for domain in member.domains.all()] == [1]
    assert (joining.is_table, joining.confirmed_at) == (False, None)
    assert member.user.guest_until == workshop.ends_at
    assert not member.user.has_usable_password()
    assert "has not confirmed you yet" in page.content.decode()


def test_a_table_joins_as_one_member_without_an_interest(client, workshop):
    client.post("/join/", answers(workshop, kind="table", name="Table 4", interest=""))
    joining = Joining.objects.select_related("member").get()
    assert (joining.member.name, joining.member.interest, joining.is_table) == ("Table 4", "", True)


def test_a_code_tells_nobody_who_is_on_the_panel(client, cast, workshop):
    """A name that somebody has is taken like any other, and numbered for the lead."""
    for name in ("mona member", "Mona Member", "Nobody Known"):
        page = Client().post("/join/", answers(workshop, name=name), follow=True)
        assert page.redirect_chain == [(now_address(cast), 302)]
        assert "(2)" not in page.content.decode()
    names = Joining.objects.order_by("pk").values_list("member__name", "member__user__name")
    assert list(names) == [
        ("mona member (2)", "mona member"),
        ("Mona Member (3)", "Mona Member"),
        ("Nobody Known", "Nobody Known"),
    ]


def test_the_link_fills_in_the_code_and_says_nothing_of_it(client, workshop):
    for code in (workshop.code, "CFHJ3479"):
        page = client.get(f"/join/{code}/")
        assert page.status_code == 200
        assert page.context["form"]["code"].value() == in_two(code)
        assert page.context["form"].errors == {}


@pytest.mark.parametrize(
    ("changes", "errors"),
    [
        ({"name": ""}, {"name": ["Enter your name, or the name of your table"]}),
        ({"interest": ""}, {"interest": ["Choose which group you represent"]}),
        (
            {"code": "K4"},
            {"code": ["The code has eight letters and numbers. Check it on the workshop screen"]},
        ),
        (
            {"code": "CFHJ 3479"},
            {"code": ["No open workshop has this code. Check it on the workshop screen"]},
        ),
        (
            {"agrees": ""},
            {"agrees": ["Tick the box to agree, or ask the person who runs the workshop for help"]},
        ),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_stored(client, workshop, changes, errors):
    page = client.post("/join/", answers(workshop, **changes))
    assert page.context["form"].errors == errors
    assert page.context["form"]["name"].value() == changes.get("name", "Ann Green")
    assert Joining.objects.count() == 0
    assert User.objects.exclude(guest_until=None).count() == 0


def test_the_same_page_sent_twice_makes_one_seat(client, workshop):
    sent = answers(workshop)
    client.post("/join/", sent)
    client.cookies.clear()  # the answer never arrived
    page = client.post("/join/", sent, follow=True)
    assert page.status_code == 200
    assert Joining.objects.count() == User.objects.exclude(guest_until=None).count() == 1


def test_somebody_comes_back_on_the_same_device_until_the_workshop_ends(client, cast, workshop):
    client.post("/join/", answers(workshop))
    cookie = client.cookies["sessionid"]
    hours = int(cookie["max-age"]) / 3600
    assert 3.9 < hours <= 4
    for start in ("/", "/join/", f"/join/{workshop.code}/", "/my-work/"):
        assert client.get(start, follow=True).request["PATH_INFO"] == now_address(cast)
    User.objects.exclude(guest_until=None).update(guest_until=timezone.now() - timedelta(seconds=1))
    assert client.get(now_address(cast)).status_code == 302
    assert client.get("/join/").status_code == 200


def test_a_closed_code_lets_nobody_in_and_who_is_in_goes_on(client, cast, workshop):
    client.post("/join/", answers(workshop))
    close_code(workshop=workshop, closed_by=cast.lead)
    with pytest.raises(NotPossible):
        join(workshop, "Late Comer")
    assert client.get(address(cast, more="1A/")).status_code == 200


def test_a_workshop_that_is_over_lets_nobody_in(cast, workshop):
    Workshop.objects.update(
        opened_at=timezone.now() - timedelta(hours=3), ends_at=timezone.now() - timedelta(minutes=1)
    )
    with pytest.raises(NotPossible):
        join(workshop)


@pytest.mark.parametrize("stage", [stage for stage in STAGES if stage != stages.SCORING])
def test_nobody_joins_outside_scoring(cast, workshop, stage):
    cast.move(stage)
    with pytest.raises(NotPossible):
        join(workshop)


def test_a_code_of_another_review_gives_no_seat_here(cast, workshop):
    from casestudies.models import Review

    other = Review.objects.create(
        organisation=cast.organisation, framework=cast.review.framework, year="2025"
    )
    other.case_studies.create(number=1, domain=cast.case_studies[0].domain, title="There")
    put(other, stages.SCORING)
    elsewhere = open_workshop(review=other, hours=2, opened_by=cast.lead)
    join(elsewhere, "Far Away")
    assert PanelMember.objects.get(name="Far Away").review == other
    page = uuid4()
    join_workshop(code=workshop.code, name="A", interest="", is_table=True, page=page)
    with pytest.raises(NotPossible):
        join_workshop(code=elsewhere.code, name="A", interest="", is_table=True, page=page)


def test_wrong_codes_are_limited_for_each_browser_and_lock_out_nobody_else(client, workshop):
    client.get("/join/")
    for _ in range(WRONG_CODES):
        assert client.post("/join/", answers(workshop, code="CFHJ 3479")).status_code == 200
    page = client.post("/join/", answers(workshop))
    assert page.status_code == 429
    assert page.context["form"].errors == {
        "code": ["There were too many wrong codes. Wait a minute, then try again"]
    }
    assert Joining.objects.count() == 0
    neighbour = Client()  # in the same room, behind the same network address
    neighbour.get("/join/")
    assert neighbour.post("/join/", answers(workshop)).status_code == 302


def test_a_guesser_who_throws_cookies_away_locks_out_nobody(client, workshop):
    for _ in range(3 * WRONG_CODES):
        guesser = Client()
        guesser.get("/join/")
        assert guesser.post("/join/", answers(workshop, code="CFHJ 3479")).status_code == 200
    client.get("/join/")
    assert client.post("/join/", answers(workshop)).status_code == 302


def test_only_a_wrong_code_is_counted(client, workshop):
    client.get("/join/")
    for _ in range(WRONG_CODES + 1):
        assert client.post("/join/", answers(workshop, name="")).status_code == 200
    assert client.post("/join/", answers(workshop)).status_code == 302


def test_right_codes_are_not_counted_so_a_whole_room_can_join(client, workshop):
    for number in range(WRONG_CODES + 5):
        client.cookies.clear()
        assert client.post("/join/", answers(workshop, name=f"Person {number}")).status_code == 302
    assert Joining.objects.count() == WRONG_CODES + 5


def test_a_full_workshop_takes_nobody_more(cast, workshop, monkeypatch):
    monkeypatch.setattr("scoring.workshops.actions.MOST_SEATS", 2)
    join(workshop, "One")
    join(workshop, "Two")
    with pytest.raises(NotPossible, match="full"):
        join(workshop, "Three")


def test_who_is_signed_in_with_an_account_gets_no_second_one(client, cast, workshop):
    client.force_login(cast.member)
    page = client.post("/join/", answers(workshop))
    assert "You are signed in as Mona Member" in page.content.decode()
    assert Joining.objects.count() == 0


def test_a_guest_scores_like_any_member(client, cast, workshop):
    guest = join(workshop)
    client.force_login(guest)
    client.post(address(cast), whole(check="yes"))
    done = client.post(address(cast, more="submit/"), follow=True)
    assert done.redirect_chain == [("/my-work/", 302), ("/join/", 302), (now_address(cast), 302)]
    scores = Score.objects.filter(member__user=guest).order_by("outcome_area__code")
    assert [(score.value, score.abstained) for score in scores] == [
        (0, False),
        (1, False),
        (2, False),
        (None, True),
    ]
    assert {score.submitted_by for score in scores} == {guest}


def test_a_guest_has_no_password_and_no_account_pages(client, cast, workshop, mailoutbox):
    guest = join(workshop)
    assert not client.login(email=guest.email, password="")
    client.post("/account/password/reset/", {"email": guest.email})
    assert "password/reset/key" not in mailoutbox[0].body  # what anybody without an account gets
    client.force_login(guest)
    for page in ("/account/password/change/", "/account/password/set/", "/reviews/", "/frameworks/"):
        answer = client.get(page)
        assert answer.status_code == 403, page
        assert "you can only score its case studies" in answer.content.decode()
    text = client.get(now_address(cast)).content.decode()
    assert "change your password" not in text
    assert 'href="/reviews/"' not in text


SEEN = {"confirmed": 3 * 4, "waiting": 4, "removed": 4}


@pytest.mark.parametrize("seat", SEEN)
def test_scores_of_people_who_are_not_confirmed_or_removed_count_nowhere(cast, workshop, seat):
    guest = join(workshop, confirmed_by=None if seat == "waiting" else cast.lead)
    cast.score(guest, 1, 3, 3, 3, 3)
    cast.score(cast.member, 1, 0, 0, 0, 0)
    cast.score(cast.other, 1, 1, 1, 1, 1)
    if seat == "removed":
        remove_joining(joining=Joining.objects.get())
    cast.move(stages.MEETING)
    assert Score.objects.visible_to(guest).count() == SEEN[seat]
    for user in (cast.lead, cast.member):
        names = set(Score.objects.visible_to(user).counted().values_list("member__name", flat=True))
        expected = {"Mona Member", "Oscar Other"} | ({"Greta Guest"} if seat == "confirmed" else set())
        assert names == expected, user
    panel = {member.name for member in report_content(cast.review).panel}
    assert ("Panel member 4" in panel) == (seat == "confirmed")  # who chose no name is printed without


def test_who_is_not_confirmed_is_told_why_they_see_no_scores(client, cast, workshop):
    guest = join(workshop)
    cast.score(cast.member, 1, 0, 0, 0, 0)
    cast.move(stages.MEETING)
    client.force_login(guest)
    for page in ("moderation/", "moderation/1/"):
        answer = client.get(f"/reviews/{cast.organisation.slug}/2026/{page}")
        assert answer.status_code == 403
        assert "has not confirmed that you are on the panel" in answer.content.decode()
        assert "Reason of" not in answer.content.decode()


@pytest.mark.parametrize("stage", [stages.WRITING, stages.SCORING])
def test_a_guest_sees_only_their_own_before_moderation(cast, workshop, stage):
    guest = join(workshop, confirmed_by=cast.lead)
    cast.score(guest, 1, 3, 3, 3, 3)
    cast.score(cast.member, 1, 0, 0, 0, 0)
    cast.move(stage)
    assert set(Score.objects.visible_to(guest).values_list("member__user", flat=True)) == {guest.pk}
    assert not Score.objects.visible_to(cast.lead).exists()
