"""The panel: its seats, invitations and reminders, who leaves, and interests declared."""

import re

import pytest
from django.core import mail
from django.test import Client

from casestudies.models import DeclaredInterest, PanelMember, PanelMessage
from eds import stages
from edsportal.accounts.models import User
from scoring.models import Score
from scoring.panel.progress import seats
from tests.cast import PASSWORD

pytestmark = pytest.mark.django_db


def address(cast, end=""):
    return f"/reviews/{cast.organisation.slug}/2026/panel/{end}"


def seat(cast, **changes):
    domain = cast.review.framework.domains.get(number=1)
    return {
        "name": "Nia Newcomer",
        "email": "Nia@example.org",
        "interest": "carer",
        "domains": [str(domain.pk)],
    } | changes


@pytest.fixture
def lead(client, cast):
    client.force_login(cast.lead)
    return client


@pytest.fixture
def newcomer(lead, cast):
    assert lead.post(address(cast, "add/"), seat(cast)).status_code == 302
    return PanelMember.objects.get(name="Nia Newcomer")


def send(client, cast, capture, kind="invitation", **data):
    with capture(execute=True):
        return client.post(address(cast, f"send/{kind}/"), data)


def link() -> str:
    return re.search(r"http://testserver(/\S+)", mail.outbox[-1].body).group(1)


def test_a_member_is_added_changed_and_removed(lead, cast, newcomer):
    assert (newcomer.email, newcomer.interest, newcomer.is_chair) == ("nia@example.org", "carer", False)
    assert [domain.number for domain in newcomer.domains.all()] == [1]
    page = address(cast, f"{newcomer.pk}/")
    lead.post(page, seat(cast, name="Nia New", email="nia.new@example.org", is_chair="on", interest="vcse"))
    newcomer.refresh_from_db()
    assert (newcomer.name, newcomer.email, newcomer.is_chair) == ("Nia New", "nia.new@example.org", True)
    lead.post(f"{page}remove/")
    assert not PanelMember.objects.filter(pk=newcomer.pk).exists()


@pytest.mark.parametrize(
    ("left_out", "message"),
    [
        ("name", "Enter their name"),
        ("interest", "Choose which group they represent"),
        ("domains", "Choose at least one domain"),
    ],
)
def test_what_is_missing_is_said_and_nothing_typed_is_lost(lead, cast, left_out, message):
    sent = {name: value for name, value in seat(cast).items() if name != left_out}
    page = lead.post(address(cast, "add/"), sent)
    assert page.context["form"].errors == {left_out: [message]}
    assert all(page.context["form"][name].value() == value for name, value in sent.items())


def test_an_address_has_one_seat_on_a_panel(lead, cast, newcomer):
    for email in ("NIA@example.org", cast.member.email):
        page = lead.post(address(cast, "add/"), seat(cast, name="Twice", email=email))
        assert "is already on this panel with this e-mail address" in str(
            page.context["form"].errors["email"]
        )
    assert not PanelMember.objects.filter(name="Twice").exists()


def test_who_has_begun_is_not_deleted_but_leaves_and_can_be_put_back(lead, cast):
    cast.score(cast.member, 1, 0, 1, 2, 3)
    member = cast.members[cast.member]
    lead.post(address(cast, f"{member.pk}/remove/"))
    member.refresh_from_db()
    assert member.declined_at is not None
    assert Score.objects.filter(member=member).count() == 4
    assert Score.objects.counted().count() == 0
    assert lead.post(address(cast, f"{member.pk}/back/")).status_code == 302
    cast.move(stages.MEETING)
    assert Score.objects.visible_to(cast.lead).counted().count() == 4


def test_accepting_an_invitation_makes_the_account_and_the_link_leads_to_my_work(
    lead, cast, newcomer, django_capture_on_commit_callbacks
):
    send(lead, cast, django_capture_on_commit_callbacks, member=newcomer.pk)
    assert not User.objects.filter(email="nia@example.org").exists()  # nobody has an account unasked
    (message,) = mail.outbox
    assert message.to == ["nia@example.org"]
    assert message.subject == "You are invited to score case studies of NHS Ambleford"
    html, kind = message.alternatives[0]
    assert kind == "text/html"
    assert link() in html
    assert all(words in message.body for words in ("Hello Nia Newcomer,", "Lena Lead invites you"))
    row = PanelMessage.objects.get()
    assert (row.member, row.kind, row.asked_by, row.address) == (
        newcomer,
        "invitation",
        cast.lead,
        "nia@example.org",
    )
    assert row.sent_at is not None
    statuses = {each.member.name: each.status for each in seats(cast.review)}
    assert statuses["Nia Newcomer"] == "Invited"

    guest = Client()
    form = guest.get(link(), follow=True)
    assert form.redirect_chain[-1][0] == "/panel-invitation/"  # the secret is out of the address
    done = guest.post("/panel-invitation/", {"password1": PASSWORD, "password2": PASSWORD})
    assert (done.status_code, done["Location"]) == (302, "/my-work/name/")
    newcomer.refresh_from_db()
    assert newcomer.user == User.objects.get(email="nia@example.org")
    assert "Score case study 1" in guest.get("/my-work/").content.decode()
    assert {each.member.name: each.status for each in seats(cast.review)}["Nia Newcomer"] == "Joined"
    over = Client().get(link(), follow=True).content.decode()
    assert "This link no longer works" in over  # it is spent


def test_nothing_is_sent_before_the_commit(lead, cast, newcomer, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=False) as callbacks:
        lead.post(address(cast, "send/invitation/"), {"member": newcomer.pk})
    assert (len(callbacks), mail.outbox) == (1, [])
    assert PanelMessage.objects.get().sent_at is None


def test_what_could_not_be_sent_is_said(
    lead, cast, newcomer, monkeypatch, django_capture_on_commit_callbacks
):
    def fail(self, *args, **kwargs):
        raise OSError("no mail server")

    monkeypatch.setattr("edsportal.accounts.outbox.EmailMultiAlternatives.send", fail)
    assert send(lead, cast, django_capture_on_commit_callbacks, member=newcomer.pk).status_code == 302
    assert PanelMessage.objects.get().sent_at is None
    assert "not sent on" in lead.get(address(cast)).content.decode()


def test_whoever_has_an_account_signs_in_with_it_and_the_lead_learns_nothing(
    lead, cast, django_capture_on_commit_callbacks
):
    """The stranger has an account and the newcomer none: every answer to the lead is the same."""
    pages = []
    for email in (cast.stranger.email, "nobody@example.org"):
        lead.post(address(cast, "add/"), seat(cast, name="Pat", email=email))
        member = PanelMember.objects.get(name="Pat")
        send(lead, cast, django_capture_on_commit_callbacks, member=member.pk)
        texts = [
            lead.get(address(cast, end)).content.decode()
            for end in ("", f"{member.pk}/", f"{member.pk}/remove/")
        ]
        joined = " ".join(texts).replace(email, "EMAIL").replace(f"/{member.pk}/", "/PK/")
        pages.append(re.sub(r'(value|content)="[^"]*"|\d\d:\d\d', "", joined))
        if email == cast.stranger.email:
            way = Client().get(link(), follow=True).redirect_chain[-1][0]
            assert way == "/account/login/?next=/panel-invitation/"
            other = Client()
            other.force_login(cast.stranger)
            assert "Join the panel" in other.get(link(), follow=True).content.decode()
        member.delete()
    assert pages[0] == pages[1]


@pytest.mark.parametrize("broken", ["x", "WzEsICJhIl0:1abc:def", ""])
def test_a_link_that_is_not_whole_sets_no_password(client, broken):
    page = (
        client.get(f"/account/invitation/{broken}/", follow=True)
        if broken
        else client.get("/account/invitation/")
    )
    assert "This link no longer works" in page.content.decode()


def test_a_reminder_goes_to_those_who_owe_something_and_says_what(
    lead, cast, django_capture_on_commit_callbacks
):
    for number in (1, 2, 3):
        cast.score(cast.member, number, 0, 1, 2, 3)
    cast.score(cast.other, 2, 0, 1, 2, 3)
    DeclaredInterest.objects.create(
        member=cast.members[cast.other], case_study=cast.case_studies[2], reason="My employer"
    )
    send(lead, cast, django_capture_on_commit_callbacks, kind="reminder")
    told = {message.to[0]: re.findall(r"Case study \d", message.body) for message in mail.outbox}
    assert told == {
        cast.chair.email: ["Case study 1", "Case study 2", "Case study 3"],
        cast.other.email: ["Case study 1"],
    }
    counts = {
        cast.chair.email: "You still have 3 case studies to",
        cast.other.email: "You still have 1 case study to",
    }
    for message in mail.outbox:
        assert [counts[message.to[0]] in text for text in (message.body, message.alternatives[0][0])] == [
            True,
            True,
        ]
    assert all(message.alternatives[0][1] == "text/html" for message in mail.outbox)
    cast.move(stages.MEETING)
    assert lead.post(address(cast, "send/reminder/")).status_code == 403


def test_the_lead_sees_how_far_each_is_and_never_a_score(lead, cast):
    cast.score(cast.member, 1, 3, 3, 3, 3)
    cast.score(cast.other, 1, 0, 0, 0, 0)
    found = {each.member.name: [status for _, status in each.progress] for each in seats(cast.review)}
    assert found == {
        "Charles Chair": ["Not started"] * 3,
        "Mona Member": ["Submitted", "Not started", "Not started"],
        "Oscar Other": ["Submitted", "Not started", "Not started"],
    }
    page = lead.get(address(cast)).content.decode()
    assert "Reason of" not in page
    rows = re.findall(r"<tr role=\"row\" class.*?</tr>", page, re.DOTALL)
    same = [
        re.sub(r"(Mona Member|Oscar Other)", "", re.sub(r'(value|/panel/)[="\d/]*', "", row))
        for row in rows[1:]
    ]
    assert same[0] == same[1]  # 12 points and none look alike


def test_a_member_leaves_and_is_gone_from_the_panel(client, cast):
    client.force_login(cast.member)
    assert client.get(address(cast, "leave/")).status_code == 200
    assert client.post(address(cast, "leave/")).status_code == 302
    assert client.get(f"/reviews/{cast.organisation.slug}/2026/").status_code == 404
    assert {each.member.name: each.status for each in seats(cast.review)}["Mona Member"] == "Left the panel"


ROLES = ("public", "administrator", "author", "reader", "chair", "member", "stranger")


@pytest.mark.parametrize("who", ROLES)
@pytest.mark.parametrize(
    "end", ["add/", "{pk}/", "{pk}/remove/", "{pk}/back/", "send/invitation/", "send/reminder/"]
)
def test_only_the_lead_changes_the_panel(client, cast, who, end):
    if cast.people[who]:
        client.force_login(cast.people[who])
    before = list(PanelMember.objects.values())
    pk = cast.members[cast.other].pk
    status = client.post(address(cast, end.format(pk=pk)), seat(cast)).status_code
    assert status == {"public": 302, "administrator": 404, "stranger": 404}.get(who, 403)
    assert list(PanelMember.objects.values()) == before
    assert mail.outbox == []


@pytest.mark.parametrize("end", ["add/", "{pk}/", "{pk}/remove/", "{pk}/back/", "send/invitation/"])
def test_nobody_changes_it_once_scores_are_agreed(lead, cast, end):
    cast.move(stages.APPROVAL)
    pk = cast.members[cast.other].pk
    assert lead.post(address(cast, end.format(pk=pk)), seat(cast)).status_code == 403
    assert PanelMember.objects.count() == 3


def interest(cast, number=1):
    return f"/reviews/{cast.organisation.slug}/2026/case-studies/{number}/interest/"


def test_an_interest_is_declared_once_with_a_reason_and_closes_the_case_study(client, cast):
    cast.score(cast.member, 1, 0, 1, 2, 3)
    client.force_login(cast.member)
    assert client.post(interest(cast), {"reason": " "}).context["form"].errors == {
        "category": ["Choose what kind of interest it is"],
        "reason": ["Enter what your interest is"],
    }
    sent = {"category": "family_or_friend", "reason": "My sister works there"}
    assert client.post(interest(cast), sent).status_code == 302
    client.post(interest(cast), {"category": "other", "reason": "Something else"})
    row = DeclaredInterest.objects.get()
    assert (row.member, row.category, row.reason) == (cast.members[cast.member], *sent.values())
    for end in ("", "score/", "score/check/"):
        page = client.get(f"/reviews/{cast.organisation.slug}/2026/case-studies/1/{end}")
        assert page.status_code == (200 if end == "" else 403)
        assert "You declared an interest in this case study" in page.content.decode()
    assert "My sister works there" in client.get(interest(cast)).content.decode()
    assert "Score case study 1" not in client.get("/my-work/").content.decode()
    assert Score.objects.count() == 4  # kept
    cast.move(stages.MEETING)
    assert Score.objects.visible_to(cast.lead).counted().count() == 0
    assert client.get(f"/reviews/{cast.organisation.slug}/2026/report/").status_code == 403


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("public", 302),
        ("administrator", 404),
        ("stranger", 404),
        ("lead", 403),
        ("reader", 403),
        ("author", 403),
    ],
)
def test_only_a_member_declares_an_interest(client, cast, who, status):
    if cast.people[who]:
        client.force_login(cast.people[who])
    assert client.post(interest(cast), {"reason": "Mine"}).status_code == status
    assert DeclaredInterest.objects.count() == 0
