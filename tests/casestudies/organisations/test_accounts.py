"""Everybody's accounts, for administrators, who can take over none; people are told what changes in theirs."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.contrib.auth import get_user
from django.core import mail
from django.test import Client
from django.urls import get_resolver

from casestudies.models import PanelMember, Role
from edsportal.accounts.changes import change_address, end_account, restore_account
from edsportal.accounts.models import User
from edsportal.web.refusals import NotPossible
from tests.cast import PASSWORD, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(client, cast):
    client.force_login(cast.administrator)
    return client


def sent() -> list[tuple[list[str], str]]:
    return [(each.to, each.subject) for each in mail.outbox]


def test_people_are_found_by_name_address_and_organisation(administrator, cast):
    for words, names in (
        ("mona", ["Mona Member"]),
        (cast.lead.email, ["Lena Lead"]),
        ("withy", ["Stella Stranger"]),
        ("nobody here", []),
    ):
        page = administrator.get("/accounts/", {"q": words})
        assert [each.name for each in page.context["page"]] == names
    text = administrator.get(f"/accounts/{cast.lead.pk}/").content.decode()
    assert "Equality lead, NHS Ambleford" in text


def test_guests_and_erased_people_are_not_listed(administrator, cast):
    User.objects.create_guest(name="Gus Guest", until="2030-01-01T00:00Z")
    assert administrator.get("/accounts/", {"q": "Gus"}).context["page"].object_list.count() == 0


def test_an_account_is_closed_and_opened_and_the_person_is_told(
    administrator, cast, django_capture_on_commit_callbacks
):
    theirs = Client()
    theirs.force_login(cast.reader)
    with django_capture_on_commit_callbacks(execute=True):
        administrator.post(f"/accounts/{cast.reader.pk}/close/")
    assert not get_user(theirs).is_authenticated
    assert (
        theirs.post("/account/login/", {"login": cast.reader.email, "password": PASSWORD}).status_code == 200
    )
    assert sent() == [([cast.reader.email], "Your account was closed")]
    with django_capture_on_commit_callbacks(execute=True):
        administrator.post(f"/accounts/{cast.reader.pk}/open/")
    assert User.objects.get(pk=cast.reader.pk).is_active
    assert sent()[1:] == [([cast.reader.email], "Your account is open again")]
    assert User.objects.get(pk=cast.reader.pk).check_password(PASSWORD)


def test_the_last_administrator_is_not_closed(administrator, cast):
    page = administrator.post(f"/accounts/{cast.administrator.pk}/close/", follow=True).content.decode()
    assert "This is the last administrator." in page
    assert User.objects.get(pk=cast.administrator.pk).is_active


def test_closed_twice_and_opened_twice_is_said(cast):
    end_account(user=cast.reader)
    with pytest.raises(NotPossible, match="closed already"):
        end_account(user=cast.reader)
    restore_account(user=cast.reader)
    with pytest.raises(NotPossible, match="open already"):
        restore_account(user=cast.reader)


def test_a_reset_link_goes_to_the_person_and_shows_on_no_page(administrator, cast):
    page = administrator.post(f"/accounts/{cast.reader.pk}/reset-link/", follow=True).content.decode()
    (message,) = mail.outbox
    assert message.to == [cast.reader.email]
    link = re.search(r"https?://\S+/account/password/reset/key/\S+", message.body)[0]
    assert link.split("/key/")[1] not in page
    assert "We sent Rita Reader a link to choose a new password." in page


def test_a_closed_account_gets_no_link(administrator, cast):
    end_account(user=cast.reader)
    page = administrator.post(f"/accounts/{cast.reader.pk}/reset-link/", follow=True).content.decode()
    assert "We can’t send a link to this person." in page
    assert mail.outbox == []


def test_the_second_step_is_removed_after_asking(administrator, cast, django_capture_on_commit_callbacks):
    Authenticator.objects.create(user=cast.lead, type="totp", data={"secret": "x"})
    address = f"/accounts/{cast.lead.pk}/second-step/"
    assert "Ring them" in administrator.get(address).content.decode()
    assert Authenticator.objects.count() == 1
    with django_capture_on_commit_callbacks(execute=True):
        administrator.post(address)
    assert Authenticator.objects.count() == 0
    assert sent() == [([cast.lead.email], "Your second step was removed")]


# No way by which an administrator becomes somebody else.

OWN_NAMES = {
    "password": "EVIL password 123",
    "password1": "EVIL password 123",
    "password2": "EVIL password 123",
}
EVIL = OWN_NAMES | {
    "email": "evil@example.org",
    "login": "evil@example.org",
    "name": "Evil",
    "user": "1",
    "is_active": "on",
    "kinds": ["equality_lead"],
}


def addresses_about(pk: int) -> set[str]:
    """Every address of the portal that takes a row's number, for this person's number; and those that take nothing."""
    found = set()

    def walk(patterns, prefix: str) -> None:
        for pattern in patterns:
            route = prefix + str(pattern.pattern)
            if hasattr(pattern, "url_patterns"):
                walk(pattern.url_patterns, route)
            elif "oidc" not in route and "(?P" not in route:
                found.add("/" + re.sub(r"<[^>]*:pk>", str(pk), route).replace("^", "").replace("$", ""))

    walk(get_resolver().url_patterns, "")
    return {
        address.replace("<slug:organisation>", "nhs-ambleford").replace(
            "<organisation:organisation>", "nhs-ambleford"
        )
        for address in found
    }


def ways_in(person: User) -> dict:
    """Everything by which this person signs in, and whose place on a panel is whose."""
    tables = ("account.EmailAddress", "mfa.Authenticator", "socialaccount.SocialAccount")
    rows = {table: list(apps.get_model(table).objects.filter(user=person).values()) for table in tables}
    rows["account.EmailAddress"] = [
        row for row in rows["account.EmailAddress"] if row["email"] != person.email
    ]
    seats = list(PanelMember.objects.order_by("pk").values_list("pk", "user_id"))
    user = User.objects.values("email", "password").get(pk=person.pk)
    return rows | user | {"seats": seats}


@pytest.mark.parametrize("is_admin_site_on", [False, True])
def test_an_administrator_can_take_over_nobodys_account(client, cast, settings, is_admin_site_on):
    """Whatever an administrator sends to whatever address, the member's ways to sign in and all places stay."""
    if is_admin_site_on:
        settings.ROOT_URLCONF = "tests.edsportal.admin_urls"
    Role.objects.create(user=cast.member, organisation=cast.organisation, kind="reader")
    own = {cast.administrator.email, "evil@example.org"}
    before = ways_in(cast.member)
    asked = sorted(address for address in addresses_about(cast.member.pk) if "<" not in address)
    assert f"/accounts/{cast.member.pk}/close/" in asked
    for address in asked:
        if address in ("/account/logout/", "/account/erase/"):
            continue
        client.force_login(cast.administrator)
        client.post(address, EVIL | {"pk": cast.member.pk})
        assert ways_in(cast.member) == before, address
        secret = [each for each in mail.outbox if own & set(each.to) and cast.member.name in each.body]
        assert secret == [], address
    assert User.objects.get(pk=cast.member.pk).check_password(PASSWORD)


def test_the_admin_site_is_off(client, cast):
    client.force_login(cast.administrator)
    assert client.get("/admin/").status_code == 404
    assert client.get(f"/admin/accounts/user/{cast.member.pk}/change/").status_code == 404


def test_where_a_setting_turns_it_on_it_only_shows(client, cast, settings):
    from django.contrib import admin

    settings.ROOT_URLCONF = "tests.edsportal.admin_urls"
    client.force_login(cast.administrator)
    rows = {"user": cast.member, "review": cast.review, "organisation": cast.organisation}
    assert {model._meta.model_name for model in admin.site._registry} == {
        *rows,
        *("framework", "domain", "outcomearea", "integratedcaresystem"),
    }
    for model in admin.site._registry:
        base = f"/admin/{model._meta.app_label}/{model._meta.model_name}/"
        row = rows.get(model._meta.model_name) or model.objects.first()
        assert client.get(base).status_code == 200
        assert client.get(f"{base}add/").status_code == 403
        if row is None:
            continue
        page = client.get(f"{base}{row.pk}/change/")
        assert (page.status_code, b'name="_save"' in page.content) == (200, False)
        assert client.post(f"{base}{row.pk}/change/", EVIL).status_code == 403
        assert client.post(f"{base}{row.pk}/delete/", {"post": "yes"}).status_code == 403
    assert (
        client.get(f"/admin/accounts/user/{cast.member.pk}/password/").status_code == 302
    )  # to the row's page
    assert client.get("/admin/password_change/").url == "/account/password/change/"
    client.force_login(cast.lead)
    assert client.get("/admin/accounts/user/").status_code == 302


# A person's own name and address.


def test_a_person_changes_their_name(client, cast):
    client.force_login(cast.reader)
    client.post("/account/name/", {"name": "Rita New"})
    assert User.objects.get(pk=cast.reader.pk).name == "Rita New"


def sign_in(client, who) -> None:
    """With the password again, as a page asks for that shows or changes how somebody signs in."""
    client.post("/account/login/", {"login": who.email, "password": PASSWORD})
    client.post("/account/again/", {"password": PASSWORD})


def test_a_new_address_counts_once_confirmed_and_both_addresses_are_told(
    client, cast, django_capture_on_commit_callbacks
):
    sign_in(client, cast.reader)
    old = cast.reader.email
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/account/address/", {"email": "Rita.New@example.org"})
    (message,) = mail.outbox
    assert message.to == ["rita.new@example.org"]
    link = re.search(r"http://testserver(/\S+)", message.body)[1]
    assert User.objects.get(pk=cast.reader.pk).email == old
    other = Client()
    other.force_login(cast.administrator)
    other.post(link)
    assert User.objects.get(pk=cast.reader.pk).email == old  # the link is worth nothing to others
    with django_capture_on_commit_callbacks(execute=True):
        client.post(link)
    assert User.objects.get(pk=cast.reader.pk).email == "rita.new@example.org"
    assert sent()[1:] == [([to], "Your e-mail address was changed") for to in (old, "rita.new@example.org")]
    assert client.get(link).url == "/account/"  # used once


def test_a_taken_address_is_sent_nothing_and_the_answer_is_the_same(
    client, cast, django_capture_on_commit_callbacks
):
    sign_in(client, cast.reader)
    answers = []
    for email in ("free@example.org", cast.lead.email):
        with django_capture_on_commit_callbacks(execute=True):
            page = client.post("/account/address/", {"email": email}, follow=True).content.decode()
        answers.append(
            re.sub(r'(value|content|nonce)="[^"]*"|[0-9a-f]{32}', "", page.replace(email, "EMAIL"))
        )
    assert answers[0] == answers[1]
    assert [each.to for each in mail.outbox] == [["free@example.org"]]


def test_an_address_that_somebody_took_since_is_refused(cast):
    with pytest.raises(NotPossible, match="already has an account"):
        change_address(user=cast.reader, email=cast.lead.email)


def test_changing_the_address_asks_for_the_password_again(client, cast):
    client.force_login(cast.reader)
    assert client.get("/account/address/").url.startswith("/account/again/")


def test_the_person_is_told_of_a_new_password(client, cast):
    client.post("/account/login/", {"login": cast.reader.email, "password": PASSWORD})
    new = "three random words"
    client.post("/account/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert [each.to for each in mail.outbox] == [[cast.reader.email]]
    assert "password" in mail.outbox[0].subject.lower()


def test_an_administrator_appoints_the_equality_lead_of_an_organisation(
    administrator, cast, django_capture_on_commit_callbacks
):
    new = person("Nora New")
    sent_ = {"name": "Nora New", "email": new.email, "kinds": ["equality_lead"]}
    with django_capture_on_commit_callbacks(execute=True):
        administrator.post(f"/organisations/{cast.organisation.slug}/people/invite/", sent_)
    assert Role.objects.filter(user=new, organisation=cast.organisation, kind="equality_lead").exists()
    assert [each.to for each in mail.outbox] == [[new.email]]
