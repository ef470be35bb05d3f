"""The equality lead's workshop: opening, confirming, removing, moving on, the room's screen, the reveal."""

import re

import pytest
from django.utils import timezone

from casestudies.models import CaseStudyMove
from casestudies.reviews.locks import MovedOn
from eds import stages
from edsportal.web.refusals import NotPossible
from scoring.models import Joining, Score, Workshop
from scoring.workshops.actions import confirm_joinings, move_on, open_workshop, remove_joining
from scoring.workshops.progress import progress, revealed
from tests.cast import STAGES, join, open_a_workshop, put
from tests.test_addresses import PEOPLE

POSTS = ("workshop/", "workshop/close/", "workshop/confirm/", "workshop/move-on/1/", "workshop/reveal/")
ANSWERS = dict.fromkeys(("author", "reader", "chair", "member", "other", "guest"), 403)
ANSWERS |= {"administrator": 404, "stranger": 404, "public": 302, "lead": 302}


def base(cast) -> str:
    return f"/reviews/{cast.organisation.slug}/2026/"


@pytest.fixture
def workshop(cast) -> Workshop:
    return open_a_workshop(cast)


@pytest.fixture
def lead(client, cast):
    client.force_login(cast.lead)
    return client


@pytest.mark.parametrize("address", POSTS)
def test_only_the_lead_changes_a_workshop(client, cast, workshop, address):
    cast.guest = join(workshop)
    assert set(ANSWERS) == set(PEOPLE)
    for who in (*(who for who in PEOPLE if who != "lead"), "lead"):
        client.logout()
        if cast.people[who] is not None:
            client.force_login(cast.people[who])
        before = [list(model.objects.values()) for model in (Workshop, Joining)]
        answer = client.post(base(cast) + address, {"hours": "3"})
        expected = 200 if (who, address) == ("lead", "workshop/") else ANSWERS[who]  # one is open already
        assert answer.status_code == expected, who
        if who != "lead":
            assert [list(model.objects.values()) for model in (Workshop, Joining)] == before
            assert cast.review.all_stages() == {stages.OPEN, stages.SCORING}


@pytest.mark.parametrize("stage", STAGES)
def test_a_workshop_opens_only_while_members_score(lead, cast, stage):
    cast.move(stage)
    answer = lead.post(base(cast) + "workshop/", {"hours": "3"})
    assert (answer.status_code == 302) == (stage == stages.SCORING)
    assert Workshop.objects.count() == (stage == stages.SCORING)


def test_it_is_open_for_the_hours_that_were_chosen(lead, cast):
    page = lead.post(base(cast) + "workshop/", {"hours": "3"}, follow=True)
    workshop = Workshop.objects.get()
    assert (workshop.ends_at - workshop.opened_at).total_seconds() == 3 * 3600
    assert workshop.opened_by == cast.lead
    text = page.content.decode()
    assert workshop.spoken_code in text
    assert f"http://testserver/join/{workshop.code}/" in text


@pytest.mark.parametrize("hours", ["", "0", "13", "two"])
def test_hours_that_make_no_sense_are_refused(lead, cast, hours):
    page = lead.post(base(cast) + "workshop/", {"hours": hours})
    assert set(page.context["form"].errors) == {"hours"}
    assert Workshop.objects.count() == 0


def test_one_workshop_is_open_at_a_time_and_another_after_its_code_is_closed(lead, cast, workshop):
    with pytest.raises(NotPossible):
        open_workshop(review=cast.review, hours=1, opened_by=cast.lead)
    lead.post(base(cast) + "workshop/close/")
    workshop.refresh_from_db()
    assert workshop.code_closed_by == cast.lead
    lead.post(base(cast) + "workshop/", {"hours": "1"})
    assert Workshop.objects.count() == 2
    assert len(set(Workshop.objects.values_list("code", flat=True))) == 2


def test_the_lead_confirms_one_or_all(lead, cast, workshop):
    users = [join(workshop, name) for name in ("Ann", "Bob", "Cal")]
    first = users[0].panel_members.get().joining
    lead.post(base(cast) + "workshop/confirm/", {"joining": first.pk})
    assert [joining.is_confirmed for joining in Joining.objects.all()] == [True, False, False]
    page = lead.post(base(cast) + "workshop/confirm/", follow=True)
    assert "2 confirmed." in page.content.decode()
    assert set(Joining.objects.values_list("confirmed_by", flat=True)) == {cast.lead.pk}


def test_a_seat_of_another_review_is_not_confirmed_here(lead, cast, workshop):
    from casestudies.models import Review

    other = Review.objects.create(
        organisation=cast.organisation, framework=cast.review.framework, year="2025"
    )
    other.case_studies.create(number=1, domain=cast.case_studies[0].domain, title="There")
    put(other, stages.SCORING)
    elsewhere = join(open_workshop(review=other, hours=2, opened_by=cast.lead)).panel_members.get().joining
    lead.post(base(cast) + "workshop/confirm/", {"joining": elsewhere.pk})
    elsewhere.refresh_from_db()
    assert elsewhere.confirmed_at is None
    assert lead.post(base(cast) + f"workshop/people/{elsewhere.pk}/remove/").status_code == 404


def test_nobody_is_confirmed_for_what_is_revealed(lead, cast, workshop):
    guest = join(workshop)
    cast.score(guest, 1, 3, 3, 3, 3)
    cast.move(stages.MEETING)
    assert lead.post(base(cast) + "workshop/confirm/").status_code == 403
    assert not Score.objects.visible_to(cast.lead).exists()
    cast.review.case_studies.filter(number=2).update(stage=stages.SCORING)
    assert lead.post(base(cast) + "workshop/confirm/").status_code == 302
    cast.score(guest, 2, 1, 1, 1, 1)
    counted = Score.objects.counted().order_by().values_list("version__case_study__number", flat=True)
    assert set(counted) == {2}


def test_a_removed_person_is_signed_out_and_their_scores_stay_uncounted(client, cast, workshop):
    guest = join(workshop, confirmed_by=cast.lead)
    cast.score(guest, 1, 3, 3, 3, 3)
    client.force_login(guest)
    assert client.get(base(cast) + "workshop/now/").status_code == 200
    client.logout()
    client.force_login(cast.lead)
    joining = Joining.objects.get()
    ask = client.get(base(cast) + f"workshop/people/{joining.pk}/remove/")
    assert "Do you want to remove Greta Guest" in ask.content.decode()
    assert Joining.objects.present().count() == 1
    client.post(base(cast) + f"workshop/people/{joining.pk}/remove/")
    assert Joining.objects.present().count() == 0
    assert Score.objects.filter(member__user=guest).count() == 4
    assert [line.submitted for line in progress(cast.review)] == [0, 0, 0]
    client.logout()
    client.force_login(guest)
    assert client.get(base(cast) + "workshop/now/").status_code == 302


def test_nobody_is_removed_once_scores_are_open(cast, workshop):
    join(workshop, confirmed_by=cast.lead)
    cast.move(stages.MEETING)
    with pytest.raises(MovedOn):
        remove_joining(joining=Joining.objects.get())
    assert Joining.objects.present().count() == 1


def test_phones_follow_the_case_study_that_the_lead_chose(client, cast, workshop):
    guest = join(workshop, confirmed_by=cast.lead)
    client.force_login(guest)
    state = base(cast) + "workshop/now/state/"
    assert client.get(state).json() == {"state": "open  0 True", "address": "", "words": ""}
    client.force_login(cast.lead)
    client.post(base(cast) + "workshop/move-on/2/")
    client.force_login(guest)
    address = base(cast) + "case-studies/2/score/"
    words = "Case study 2: Eye screening"
    assert client.get(state).json() == {"state": "open scoring 2 True", "address": address, "words": words}
    page = client.get(base(cast) + "workshop/now/").content.decode()
    assert "Now scoring: case study 2, Eye screening" in page
    assert f'href="{address}"' in page


def test_asking_again_costs_one_query_until_something_changes(
    client, cast, workshop, django_assert_num_queries
):
    guest, state = join(workshop), base(cast) + "workshop/now/state/"
    client.force_login(guest)
    seen = client.get(state)["ETag"]
    changes = (
        lambda: move_on(workshop=workshop, case_study=cast.case_studies[0]),
        lambda: confirm_joinings(
            workshop=workshop, confirmed_by=cast.lead, joinings=[guest.panel_members.get().joining.pk]
        ),
        lambda: cast.move(stages.MEETING),
        lambda: Workshop.objects.update(ends_at=timezone.now()),
    )
    for change in changes:
        with django_assert_num_queries(3):  # beside it the session and who it is
            assert client.get(state, headers={"If-None-Match": seen}).status_code == 304
        change()
        answer = client.get(state, headers={"If-None-Match": seen})
        assert (answer.status_code, answer["ETag"] == seen) == (200, False)
        seen = answer["ETag"]


def test_progress_counts_people_and_never_values(cast, workshop):
    guest = join(workshop, confirmed_by=cast.lead)
    waiting = join(workshop, "Wendy Waits")
    cast.score(guest, 1, 3, 3, 3, 3)
    cast.score(waiting, 1, 3, 3, 3, 3)
    cast.score(cast.member, 1, 0, None, 0, 0)
    cast.members[cast.other].declared_interests.create(case_study=cast.case_studies[1], reason="My sister")
    lines = [(line.submitted, line.members, line.missing) for line in progress(cast.review)]
    assert lines == [(2, 4, 2), (0, 3, 3), (0, 4, 4)]


def test_the_screen_shows_counts_and_no_values_before_the_reveal(lead, cast, workshop):
    guest = join(workshop, confirmed_by=cast.lead)
    lead.post(base(cast) + "workshop/move-on/1/", follow=True)
    before = _text(lead.get(base(cast) + "workshop/screen/"))
    cast.score(guest, 1, 3, 2, 3, 2)
    after = _text(lead.get(base(cast) + "workshop/screen/"))
    assert after == before.replace("0 of 4", "1 of 4", 2)  # of this case study; the others stay
    assert workshop.spoken_code in after
    assert "Greta" not in after
    for page in ("workshop/", "workshop/reveal/", "paper/"):
        text = lead.get(base(cast) + page).content.decode()
        assert "Reason of" not in text


def _text(answer) -> str:
    main = answer.content.decode().split('id="maincontent">')[1].split("</main>")[0]
    return " ".join(re.sub("<[^>]+>", " ", main).split())


def test_the_reveal_opens_all_scores_at_once(lead, cast, workshop):
    guest = join(workshop, confirmed_by=cast.lead)
    cast.score(guest, 1, 3, 2, 3, None)
    cast.score(cast.member, 1, 0, 2, 3, 1)
    first = cast.case_studies[0]
    assert revealed(cast.lead, cast.review, first) == []
    assert lead.get(base(cast) + "workshop/reveal/").status_code == 302  # nothing is scored in the room yet
    lead.post(base(cast) + "workshop/move-on/1/")
    ask = lead.get(base(cast) + "workshop/reveal/").content.decode()
    assert "2 of 4 submitted" in ask
    assert list(cast.review.case_studies.values_list("stage", flat=True)) == [stages.SCORING] * 3
    page = lead.post(base(cast) + "workshop/reveal/", follow=True)
    assert list(cast.review.case_studies.order_by("number").values_list("stage", flat=True)) == [
        *(stages.MEETING, stages.SCORING, stages.SCORING)
    ]
    (first,) = page.context["revealed"]
    assert [(spread.area.code, spread.counts, spread.abstained) for spread in first.spreads] == [
        ("1A", (1, 0, 0, 1), 0),
        ("1B", (0, 0, 2, 0), 0),
        ("1C", (0, 0, 0, 2), 0),
        ("1D", (0, 1, 0, 0), 1),
    ]
    assert CaseStudyMove.objects.get().note == "Revealed in the workshop"
    page = lead.post(base(cast) + "workshop/move-on/1/", follow=True).content.decode()
    assert "Scoring is not open for Case study 1: Falls clinic." in page
    page = lead.post(base(cast) + "workshop/move-on/2/", follow=True).content.decode()
    assert "We are now scoring Case study 2: Eye screening." in page


def test_before_the_reveal_the_lead_is_told_who_is_not_confirmed(lead, cast, workshop):
    join(workshop)
    lead.post(base(cast) + "workshop/move-on/1/")
    assert (
        "1 person who joined is not confirmed" in lead.get(base(cast) + "workshop/reveal/").content.decode()
    )


def test_without_a_workshop_there_is_no_screen_and_nothing_to_close(lead, cast):
    for page in ("workshop/screen/", "workshop/reveal/"):
        assert lead.get(base(cast) + page).status_code == 404
    assert lead.post(base(cast) + "workshop/close/").status_code == 404


def test_the_panel_page_says_who_is_not_confirmed_and_writes_to_no_guest(lead, cast, workshop, mailoutbox):
    join(workshop, "Wendy Waits")
    join(workshop, "Carl Confirmed", confirmed_by=cast.lead)
    page = lead.get(base(cast) + "panel/")
    found = {seat.member.name: (seat.status, seat.member.address) for seat in page.context["seats"]}
    assert found["Wendy Waits"] == ("Not confirmed", "")
    assert found["Carl Confirmed"] == ("Joined", "")
    assert "guest.invalid" not in page.content.decode()
    for kind in ("invitation", "reminder"):
        lead.post(base(cast) + f"panel/send/{kind}/")
    assert not [mail for mail in mailoutbox if "guest.invalid" in mail.to[0]]


@pytest.mark.parametrize("number", ["9" * 19, "9" * 400, "x", "-1"])
def test_a_number_that_is_nobodys_confirms_nobody(lead, cast, workshop, number):
    join(workshop)
    assert lead.post(base(cast) + "workshop/confirm/", {"joining": number}).status_code == 404
    assert not workshop.joinings.exclude(confirmed_at=None).exists()
