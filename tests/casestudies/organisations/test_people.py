"""Roles in an organisation: invited by e-mail, given and taken, each change kept in words."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from casestudies.models import Change, IntegratedCareSystem, Organisation, Role
from edsportal.accounts.administrators import LastAdministrator, make_administrator, unmake_administrator
from edsportal.accounts.models import User
from tests.cast import PASSWORD, person


@pytest.fixture
def address(cast) -> str:
    return f"/organisations/{cast.organisation.slug}/people/"


@pytest.fixture
def lead(client, cast):
    client.force_login(cast.lead)
    return client


def roles(user) -> set[tuple[str, str]]:
    return set(user.roles.values_list("organisation__name", "kind"))


def test_somebody_invited_comes_in_by_the_link_and_has_the_role(
    lead, client, cast, address, django_capture_on_commit_callbacks
):
    given = {"name": "Nia Newcomer", "email": "Nia@Example.org", "kinds": ["author", "reader"]}
    with django_capture_on_commit_callbacks(execute=True):
        assert lead.post(address + "invite/", given).url == address
    user = User.objects.get(email="nia@example.org")
    assert not user.has_usable_password()
    assert roles(user) == {("NHS Ambleford", "author"), ("NHS Ambleford", "reader")}
    (sent,) = mail.outbox
    assert sent.to == ["nia@example.org"]
    assert "author, reader" in sent.body
    link = re.search(r"https?://[^/\s]+(/account/invitation/\S+)", sent.body).group(1)
    client.logout()
    client.get(link)
    client.post("/account/invitation/", {"password1": PASSWORD, "password2": PASSWORD})
    assert client.get("/my-work/").wsgi_request.user == user


def test_somebody_with_an_account_keeps_their_name_and_roles(
    lead, cast, address, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        lead.post(
            address + "invite/", {"name": "Somebody", "email": cast.stranger.email, "kinds": ["reader"]}
        )
    cast.stranger.refresh_from_db()
    assert cast.stranger.name == "Stella Stranger"
    assert roles(cast.stranger) == {("Withy Trust", "equality_lead"), ("NHS Ambleford", "reader")}


def test_an_invitation_tells_nothing_of_accounts_that_others_know(
    lead, cast, address, django_capture_on_commit_callbacks
):
    """Another organisation's person, a closed account and a new one look alike, until they come in."""
    closed, known = person("Clara Closed"), cast.stranger
    User.objects.filter(pk__in=(closed.pk, known.pk)).update(
        joined_at=timezone.now() - timedelta(days=9), last_login=timezone.now() - timedelta(days=5)
    )
    User.objects.filter(pk=closed.pk).update(is_active=False)
    shown = set()
    for email in (closed.email, known.email):
        with django_capture_on_commit_callbacks(execute=True):
            given = {"name": "Typed Name", "email": email, "kinds": ["reader"]}
            page = lead.post(address + "invite/", given, follow=True).content.decode()
        row = User.objects.get(email=email)
        change = lead.get(f"{address}{row.pk}/").content.decode()
        assert not {name for name in (closed.name, known.name) if name in page + change}
        assert "The invitation for Typed Name is on its way." in page
        shown.add(re.sub(r'value="[^"]*"', "", change.replace(email, "ADDRESS")).count("ADDRESS"))
    assert len(shown) == 1
    assert "Your account is closed" in mail.outbox[0].body
    assert "Your account is closed" not in mail.outbox[1].body
    assert roles(closed) == {("NHS Ambleford", "reader")}
    User.objects.filter(pk=known.pk).update(last_login=timezone.now())
    assert known.name in lead.get(address).content.decode()  # they came in


def test_a_name_has_no_line_breaks(lead, cast, address):
    given = {"name": "Nia\r\nBcc: x@example.org", "email": "nia@example.org", "kinds": ["reader"]}
    page = lead.post(address + "invite/", given)
    assert page.context["form"].errors == {"name": ["Remove the line breaks"]}
    made = User.objects.create_user(email="nia@example.org", name=" Nia\r\n Newcomer\u2028x ")
    assert made.name == "Nia Newcomer x"


def test_roles_are_given_and_taken_and_kept_in_words(lead, cast, address):
    lead.post(f"{address}{cast.author.pk}/", {"kinds": ["reader", "equality_lead"]})
    assert roles(cast.author) == {("NHS Ambleford", "reader"), ("NHS Ambleford", "equality_lead")}
    assert {str(change) for change in Change.objects.all()} == {
        "Arthur Author is now equality lead",
        "Arthur Author is now reader",
        "Arthur Author is no longer author",
    }
    assert all(change.changed_by == cast.lead for change in Change.objects.all())
    lead.post(f"{address}{cast.author.pk}/", {"kinds": []})
    assert roles(cast.author) == set()
    assert lead.get(f"{address}{cast.author.pk}/").status_code == 404


def test_a_lead_does_not_take_their_own_role_away(lead, cast, address):
    page = lead.post(f"{address}{cast.lead.pk}/", {"kinds": ["reader"]})
    assert "your own equality lead role" in page.context["form"].errors["kinds"][0]
    assert roles(cast.lead) == {("NHS Ambleford", "equality_lead")}


def test_roles_elsewhere_are_neither_shown_nor_touched(lead, cast, address):
    elsewhere = Organisation.objects.get(slug="withy-trust")
    Role.objects.create(user=cast.author, organisation=elsewhere, kind="reader")
    assert "Withy" not in lead.get(address).content.decode()
    lead.post(f"{address}{cast.author.pk}/", {"kinds": []})
    assert roles(cast.author) == {("Withy Trust", "reader")}
    assert lead.get(f"{address}{cast.stranger.pk}/").status_code == 404


def test_a_403_says_why(client, cast, address):
    client.force_login(cast.reader)
    page = client.get(address)
    assert page.status_code == 403
    assert "Only the equality lead of the organisation and administrators can manage its people." in (
        page.content.decode()
    )


def test_the_last_administrator_stays(client, cast):
    client.force_login(cast.administrator)
    page = client.post(f"/administrators/{cast.administrator.pk}/remove/", follow=True)
    assert "This is the last administrator." in page.content.decode()
    cast.administrator.refresh_from_db()
    assert cast.administrator.is_superuser
    client.post("/administrators/", {"email": cast.lead.email.upper()})
    cast.lead.refresh_from_db()
    assert cast.lead.is_administrator
    client.post(f"/administrators/{cast.administrator.pk}/remove/")
    cast.administrator.refresh_from_db()
    assert not cast.administrator.is_superuser
    assert not cast.administrator.is_staff
    assert client.get("/administrators/").status_code == 403


def test_an_administrator_who_can_no_longer_sign_in_does_not_count(cast):
    second = person("Second Admin")
    make_administrator(user=second)
    User.objects.filter(pk=second.pk).update(is_active=False)
    with pytest.raises(LastAdministrator):
        unmake_administrator(user=cast.administrator)


def test_an_administrator_adds_and_changes_organisations(client, cast):
    client.force_login(cast.administrator)
    client.post("/care-systems/add/", {"name": "Ambleford System"})
    page = client.post("/care-systems/add/", {"name": "ambleford system"})
    assert page.context["form"].errors == {"name": ["There is already a care system with this name"]}
    given = {"name": "Brook Trust", "ods_code": "rx1 ", "kind": "trust", "system": "Ambleford System"}
    assert client.post("/organisations/add/", given).url == "/organisations/"
    row = Organisation.objects.get(slug="brook-trust")
    assert (row.ods_code, row.kind, row.ics.name) == ("RX1", "trust", "Ambleford System")
    own = f"/organisations/{cast.organisation.slug}/change/"
    page = client.post(own, {"name": "NHS Ambleford", "ods_code": "RX1", "kind": "icb", "system": ""})
    assert page.context["form"].errors == {"ods_code": ["Brook Trust already has this code"]}
    page = client.post(own, {"name": "Brook Trust", "ods_code": "QZZ", "kind": "icb", "system": ""})
    assert page.context["form"].errors == {"name": ["There is already an organisation with this name"]}
    client.post(own, {"name": "NHS Amble", "ods_code": "QZZ", "kind": "icb", "system": "Ambleford System"})
    cast.organisation.refresh_from_db()
    assert (cast.organisation.name, cast.organisation.slug) == ("NHS Amble", "nhs-ambleford")
    assert (cast.organisation.ics, IntegratedCareSystem.objects.count()) == (row.ics, 1)


def test_two_names_never_share_an_address(client, cast):
    client.force_login(cast.administrator)
    for name in ("Brook Trust", "Brook, Trust", "Brook; Trust"):
        client.post("/organisations/add/", {"name": name, "ods_code": "", "kind": "", "system": ""})
    assert set(Organisation.objects.filter(name__startswith="Brook").values_list("slug", flat=True)) == {
        "brook-trust",
        "brook-trust-2",
        "brook-trust-3",
    }
