"""Signed out after a while: when, what counts as doing something, and that typed words wait in every form."""

import pytest
from django.contrib.auth import get_user
from django.test import Client

from eds import stages
from edsportal.web import pending_forms
from tests.cast import PASSWORD, join, open_a_workshop
from tests.edsportal.nhsuk.htmltree import elements, one, texts

ASKED_BY_A_SCRIPT = {"HTTP_SEC_FETCH_DEST": "empty"}


def wait(client: Client, *, minutes: float, since: str = "seen") -> None:
    """As if so much time had passed since this person was seen, or signed in ("began")."""
    session = client.session
    session[since] -= int(minutes * 60)
    session.save()


def is_in(client: Client) -> bool:
    return client.get("/account/", **ASKED_BY_A_SCRIPT).status_code == 200


@pytest.mark.parametrize(("minutes", "stays"), [(29, True), (31, False)])
def test_who_does_nothing_for_half_an_hour_is_signed_out(client, cast, minutes, stays):
    client.force_login(cast.member)
    wait(client, minutes=minutes)
    assert is_in(client) is stays
    assert get_user(client).is_authenticated is stays


def test_the_time_is_a_setting(client, cast, settings):
    settings.SESSION_IDLE_MINUTES = 10
    client.force_login(cast.member)
    wait(client, minutes=11)
    assert not is_in(client)


def test_a_page_that_is_opened_begins_the_time_anew_and_a_script_that_looks_does_not(client, cast):
    client.force_login(cast.member)
    wait(client, minutes=20)
    client.get("/my-work/")
    wait(client, minutes=20)
    client.get("/my-work/", **ASKED_BY_A_SCRIPT)
    wait(client, minutes=20)
    assert not is_in(client)


def test_nobody_stays_longer_than_a_working_day(client, cast):
    client.force_login(cast.member)
    wait(client, minutes=12 * 60 + 1, since="began")
    assert not is_in(client)


def test_the_script_learns_how_long_it_is_and_can_say_that_somebody_is_here(client, cast):
    assert client.get("/account/session/").json() == {"seconds": 0}
    client.force_login(cast.member)
    wait(client, minutes=29)
    assert 50 < client.get("/account/session/", **ASKED_BY_A_SCRIPT).json()["seconds"] <= 60
    assert 1790 < client.post("/account/session/", **ASKED_BY_A_SCRIPT).json()["seconds"] <= 1800


def test_a_guest_stays_until_the_workshop_ends(client, cast):
    guest = join(open_a_workshop(cast), confirmed_by=cast.lead)
    client.force_login(guest)
    wait(client, minutes=3 * 60)
    assert client.get(f"/reviews/{cast.organisation.slug}/2026/workshop/now/").status_code == 200
    assert "idle.js" not in client.get("/reports/").content.decode()


def test_every_page_says_it_in_words(client, cast, settings):
    settings.SESSION_IDLE_MINUTES = 15
    client.force_login(cast.member)
    html = client.get("/my-work/").content.decode()
    assert "We sign you out after 15 minutes without activity." in texts(html)
    assert one(html, "dialog")["data-minutes"] == "15"
    assert "signed out when" not in texts(Client().get("/reports/").content.decode())


def sign_in_after(client: Client, answer, user) -> str:
    """Follow a form that met nobody signed in to the sign-in page and back; the page that is then shown."""
    assert answer.status_code == 302
    assert answer.url.startswith("/account/login/?next=")
    form = client.get(answer.url).content.decode()
    goal = elements(form, "input", name="next")[0]["value"]
    again = client.post("/account/login/", {"login": user.email, "password": PASSWORD, "next": goal})
    return client.get(again.url).content.decode()


@pytest.fixture
def idle_lead(client, cast):
    cast.move(stages.WRITING)
    client.force_login(cast.lead)
    wait(client, minutes=31)
    return cast.lead


def test_a_form_that_arrives_too_late_is_shown_again_to_who_wrote_it(client, cast, idle_lead):
    address = f"/reviews/{cast.organisation.slug}/2026/case-studies/1/write/add/"
    sent = {
        "heading": "Who we asked",
        "body": "Forty people\n\nand <b>more</b>",
        "typed_by": pending_forms.note_of(idle_lead),
    }
    html = sign_in_after(client, client.post(address, sent), idle_lead)
    assert "Check what you typed below" in texts(html)
    assert one(html, "input", name="heading")["value"] == "Who we asked"
    assert "and &lt;b&gt;more&lt;/b&gt;" in html
    assert not cast.case_studies[0].sections.filter(heading="Who we asked").exists()
    assert "Check what you typed below" not in texts(client.get(address).content.decode())


def test_dates_choices_and_ticks_come_back_too(client, cast, idle_lead):
    domain = cast.review.framework.domains.get(number=2)
    sent = {
        "email": "new@example.org",
        "name": "Nora New",
        "domains": [str(domain.pk)],
        "typed_by": pending_forms.note_of(idle_lead),
    }
    html = sign_in_after(
        client, client.post(f"/reviews/{cast.organisation.slug}/2026/panel/add/", sent), idle_lead
    )
    assert one(html, "input", name="email")["value"] == "new@example.org"
    ticked = {box["value"] for box in elements(html, "input", name="domains") if "checked" in box}
    assert ticked == {str(domain.pk)}
    sent = {
        "scoring_closes_on_day": "31",
        "scoring_closes_on_month": "2",
        "scoring_closes_on_year": "2027",
        "typed_by": pending_forms.note_of(idle_lead),
    }
    wait(client, minutes=31)
    address = f"/reviews/{cast.organisation.slug}/2026/case-studies/1/closing-date/"
    html = sign_in_after(client, client.post(address, sent), idle_lead)
    days = [
        box["value"] for box in elements(html, "input") if box.get("name", "").endswith(("_day", "_month"))
    ]
    assert days == ["31", "2"]


def test_the_next_person_sees_nothing_of_it(client, cast, idle_lead):
    address = f"/reviews/{cast.organisation.slug}/2026/case-studies/1/write/add/"
    answer = client.post(address, {"heading": "Secret words", "typed_by": pending_forms.note_of(idle_lead)})
    assert "Secret words" not in sign_in_after(client, answer, cast.author)
    client.post("/account/logout/")
    client.force_login(idle_lead)
    assert "Secret words" not in client.get(address).content.decode()


def test_a_form_of_another_person_is_never_saved_under_ones_name(client, cast):
    cast.move(stages.WRITING)
    client.force_login(cast.author)
    address = f"/reviews/{cast.organisation.slug}/2026/case-studies/1/write/add/"
    answer = client.post(
        address, {"heading": "Theirs", "body": "x", "typed_by": pending_forms.note_of(cast.lead)}
    )
    assert answer.status_code == 403
    assert "We did not save anything under your name" in texts(answer.content.decode())
    assert not cast.case_studies[0].sections.filter(heading="Theirs").exists()


def test_words_go_back_to_the_page_on_which_they_were_typed(client, cast, idle_lead):
    page = f"/reviews/{cast.organisation.slug}/2026/panel/"
    sent = client.post(
        f"{page}send/invitation/",
        {"typed_by": pending_forms.note_of(idle_lead)},
        HTTP_REFERER=f"http://testserver{page}",
    )
    assert sent.url == f"/account/login/?next={page}"
    elsewhere = client.post(f"{page}send/invitation/", {}, HTTP_REFERER="https://evil.example/")
    assert elsewhere.url == f"/account/login/?next={page}send/invitation/"


def test_passwords_never_wait(client, cast):
    client.force_login(cast.member)
    wait(client, minutes=31)
    sent = {
        "oldpassword": PASSWORD,
        "password1": "new words here",
        "typed_by": pending_forms.note_of(cast.member),
    }
    client.post("/account/password/change/", sent)
    assert pending_forms.KEY not in client.session


def test_every_form_of_a_page_tells_who_it_was_made_for(client, cast):
    client.force_login(cast.lead)
    html = client.get(f"/reviews/{cast.organisation.slug}/2026/panel/").content.decode()
    tokens = elements(html, "input", name="csrfmiddlewaretoken")
    notes = elements(html, "input", name="typed_by")
    assert len(tokens) == len(notes) > 2
    assert {pending_forms._writer(note["value"]) for note in notes} == {cast.lead.pk}
    assert not elements(Client().get("/account/login/").content.decode(), "input", name="typed_by")
