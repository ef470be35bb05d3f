"""Owners of recommendations: reminders by e-mail, and a link by which they say how it stands without an account."""

import re
import time
from datetime import date, timedelta
from io import StringIO

import pytest
from django.core import mail, signing
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from casestudies.models import Change
from casestudies.reviews.locks import at_any_stage
from eds import stages
from eds.equality_duty import is_overdue, last_day
from scoring.models import OwnerMessage, ProgressNote, Recommendation
from scoring.recommendations import owners
from scoring.recommendations.actions import Wording, name_owner, note_progress, reword
from scoring.recommendations.owners import SALT, recommendation_of, token_for
from tests.cast import PASSWORD, person
from tests.prepare import recommend

SITE = "https://eds.example.org"
TODAY = date(2026, 11, 22)
OWNER = "olive.owner@example.org"


def said(**changes) -> Wording:
    given = {"theme": "SECRET-THEME", "action": "Open on Saturdays", "owner": "Olive Owner", "due": "2026-10"}
    return Wording(**given | {"owner_email": OWNER} | changes)


@pytest.fixture(autouse=True)
def _sent_at_once(monkeypatch):
    """For the test never commits."""
    monkeypatch.setattr("django.db.transaction.on_commit", lambda act: act())


@pytest.fixture
def row(cast) -> Recommendation:
    """Overdue, with an owner who has no account; the scores of its review are agreed."""
    study = cast.case_studies[0]
    study.title = "SECRET-TITLE"
    study.save()
    cast.move(stages.APPROVAL)
    areas = study.domain.outcome_areas.filter(code="1A")
    made = recommend(review=cast.review, wording=said(case_studies=[study], outcome_areas=areas))
    note_progress(recommendation=made, status="delayed", text="SECRET-NOTE of the lead", noted_by=cast.lead)
    return made


def remind() -> str:
    """What the daily command prints."""
    out = StringIO()
    call_command("send_reminders", site=SITE + "/", stdout=out)
    return out.getvalue()


def follow(client, row) -> str:
    """Open the owner's link; gives the page that it leads to."""
    answer = client.get(f"/actions/link/{token_for(row)}/")
    assert answer.status_code == 302
    return answer.url


@pytest.mark.parametrize(
    ("due", "status", "today", "overdue"),
    [
        ("", "delayed", TODAY, False),
        ("2026-11", "not_started", date(2026, 11, 30), False),
        ("2026-11", "not_started", date(2026, 12, 1), True),
        ("2026-11-22", "on_track", TODAY, False),
        ("2026-11-21", "on_track", TODAY, True),
        ("2024-02", "delayed", date(2024, 2, 29), False),
        ("2024-02", "delayed", date(2024, 3, 1), True),
        ("2024-02-29", "delayed", date(2024, 2, 29), False),
        ("2025-12", "delayed", date(2025, 12, 31), False),
        ("2025-12", "delayed", date(2026, 1, 1), True),
        ("2020-01", "complete", TODAY, False),
        ("2020-01", "dropped", TODAY, False),
    ],
)
def test_it_is_overdue_from_the_day_after_its_last(due, status, today, overdue):
    assert is_overdue(due, status, today) is overdue
    assert last_day("2026-02") == date(2026, 2, 28)


def test_an_overdue_one_goes_to_its_owner_at_most_once_a_week(row, monkeypatch):
    assert remind() == "Sent: 1.\n"
    assert remind() == "Sent: 0.\n"
    (sent,) = mail.outbox
    assert (sent.to, sent.subject) == ([OWNER], "Overdue: an action of NHS Ambleford that you own")
    for text in (sent.body, sent.alternatives[0][0]):
        assert "Open on Saturdays" in text
        assert "It was due by October 2026." in text
        assert "SECRET" not in text
    (message,) = OwnerMessage.objects.all()
    assert (message.kind, message.address, message.asked_by) == ("reminder", OWNER, None)
    assert message.sent_at is not None
    for days, total in ((6, 1), (7, 2), (8, 2)):
        now = message.sent_at + timedelta(days=days, seconds=1)
        monkeypatch.setattr("django.utils.timezone.now", lambda now=now: now)
        remind()
        assert len(mail.outbox) == total


@pytest.mark.parametrize(
    "changes",
    [
        {"due": "2999-01"},
        {"due": ""},
        {"owner_email": ""},
        {"status": "complete"},
        {"status": "dropped"},
    ],
)
def test_nothing_is_sent_where_nothing_is_owed(row, changes):
    Recommendation.objects.update(**changes)
    assert remind() == "Sent: 0.\n"


@pytest.mark.parametrize("stage", [stages.SCORING, stages.MEETING])
def test_nothing_is_sent_or_shown_before_scores_are_agreed(cast, row, client, stage):
    """For a recommendation tells which score was low."""
    link = f"/actions/link/{token_for(row)}/"
    cast.move(stage)
    assert remind() == "Sent: 0.\n"
    assert client.get(link).status_code == 404
    cast.move(stages.PUBLISHED)
    assert client.get(link).status_code == 302


def test_one_that_could_not_be_sent_is_told_and_tried_again(row, monkeypatch, caplog):
    def fail(*args, **kwargs):
        raise OSError("no mail server")

    with monkeypatch.context() as broken:
        broken.setattr("django.core.mail.EmailMultiAlternatives.send", fail)
        with pytest.raises(CommandError, match="Could not be sent: 1"):
            remind()
    assert "could not be sent" in caplog.text
    assert OwnerMessage.objects.get().sent_at is None
    later = timezone.now() + timedelta(hours=1)
    monkeypatch.setattr("django.utils.timezone.now", lambda: later)
    assert remind() == "Sent: 1.\n"


def test_the_command_needs_the_portals_address(row, settings):
    settings.SITE_ADDRESS = ""
    with pytest.raises(CommandError, match="set SITE_ADDRESS"):
        call_command("send_reminders")
    assert OwnerMessage.objects.count() == 0


def test_an_owner_without_an_account_says_how_it_stands(row, client):
    remind()
    link = re.search(rf"{SITE}(/actions/link/\S+)", mail.outbox[0].body).group(1)
    page = client.get(link, follow=True)
    assert page.redirect_chain == [(f"/actions/{row.pk}/", 302)]
    shown = page.content.decode()
    assert "Open on Saturdays" in shown
    assert "October 2026" in shown
    assert "SECRET" not in shown  # neither theme, nor case study, nor what others noted
    assert "1A" not in shown
    assert "Lena" not in shown
    own = page.redirect_chain[0][0]
    assert client.post(own, {"status": "dropped", "text": " "}).context["form"].errors == {
        "text": ["Enter what has been done, or why it is dropped"]
    }
    assert client.post(own, {"status": "complete", "text": "All clinics are open"}).url == own
    row.refresh_from_db()
    note = ProgressNote.objects.last()
    assert (row.status, note.text, note.noted_by) == ("complete", "All clinics are open", None)
    assert note.by == "Olive Owner, by the owner’s link"
    assert "All clinics are open" in client.get(own).content.decode()
    for address in (
        "/my-work/",
        f"/reviews/{row.theme.review.organisation.slug}/2026/recommendations/{row.pk}/",
    ):
        assert client.get(address).status_code == 302  # asked to sign in


def test_a_forged_link_opens_nothing(row, client):
    whole = token_for(row)
    other = signing.dumps([row.pk, "0" * 20], salt=SALT)
    wrong_salt = signing.dumps([row.pk, owners._state(row)], salt="scoring.other")
    for token in (
        "x",
        whole[:-1],
        whole + "x",
        whole.swapcase(),
        other,
        wrong_salt,
        signing.dumps("y", salt=SALT),
    ):
        page = client.get(f"/actions/link/{token}/")
        assert page.status_code == 404
        assert "Open on Saturdays" not in page.content.decode()
        assert recommendation_of(token) is None
    assert client.get(f"/actions/{row.pk}/").status_code == 404
    assert client.post(f"/actions/{row.pk}/", {"status": "complete", "text": "x"}).status_code == 404
    assert ProgressNote.objects.count() == 1


def test_a_link_works_for_thirty_days(row, client, monkeypatch):
    own = follow(client, row)
    start = time.time()
    monkeypatch.setattr("time.time", lambda: start + 30 * 24 * 3600 - 5)
    assert client.get(own).status_code == 200
    monkeypatch.setattr("time.time", lambda: start + 30 * 24 * 3600 + 5)
    assert client.get(own).status_code == 404
    assert client.post(own, {"status": "complete", "text": "Late"}).status_code == 404


def test_a_link_opens_its_own_recommendation_alone(cast, row, client):
    other = recommend(review=cast.review, wording=said(action="SECRET-OTHER"))
    follow(client, row)
    assert client.get(f"/actions/{other.pk}/").status_code == 404
    session = client.session
    session["owner_links"] = {str(other.pk): token_for(row)}  # the secret of one kept for the other
    session.save()
    assert client.get(f"/actions/{other.pk}/").status_code == 404
    own, others = follow(client, row), follow(client, other)  # somebody may own two
    assert client.get(own).context["row"] == row
    assert client.get(others).context["row"] == other


@pytest.mark.parametrize(
    ("owner", "email"), [("Nora New", "nora@example.org"), ("Olive Owner", "new@example.org"), ("", "")]
)
def test_a_link_is_over_once_somebody_else_owns_it_and_stays_over(cast, row, client, owner, email):
    own = follow(client, row)
    old = token_for(row)
    name_owner(recommendation=row, owner=owner, owner_email=email, named_by=cast.lead)
    assert recommendation_of(old) is None
    assert client.get(own).status_code == 404
    name_owner(recommendation=row, owner="Olive Owner", owner_email=OWNER, named_by=cast.lead)
    assert recommendation_of(old) is None
    assert (
        list(Change.objects.order_by("pk").values_list("what", flat=True))
        == ["Changed the owner of “Open on Saturdays”"] * 2
    )


def test_a_link_stays_while_other_words_change(row, client):
    own = follow(client, row)
    with at_any_stage():  # the report is approved by now
        reword(recommendation=row, wording=said(action="Open on Sundays", owner_email=OWNER.upper()))
    assert "Open on Sundays" in client.get(own).content.decode()


def test_a_new_owner_does_not_read_what_the_last_one_noted(cast, row, client):
    note_progress(recommendation=row, status="delayed", text="Of the last owner", noted_as="Olive Owner")
    assert "Of the last owner" in client.get(follow(client, row)).content.decode()
    name_owner(recommendation=row, owner="Nora", owner_email="nora@example.org", named_by=cast.lead)
    row.refresh_from_db()
    assert "Of the last owner" not in Client().get(follow(client, row)).content.decode()
    assert "Of the last owner" not in client.get(f"/actions/{row.pk}/").content.decode()


def test_wrong_links_are_limited(row, client):
    for _ in range(30):
        assert client.get("/actions/link/x/").status_code == 404
    assert client.get("/actions/link/x/").status_code == 429
    assert client.get(f"/actions/link/{token_for(row)}/").status_code == 302  # the right one always opens


def test_notes_by_an_owner_are_limited_and_nothing_typed_is_lost(row, client):
    own = follow(client, row)
    for number in range(10):
        assert client.post(own, {"status": "delayed", "text": f"Note {number}"}).status_code == 302
    page = client.post(own, {"status": "delayed", "text": "One too many"})
    assert page.status_code == 429
    assert "One too many" in page.content.decode()
    assert ProgressNote.objects.filter(noted_by=None).count() == 10


def test_an_owner_with_an_account_signs_in(cast, row, client):
    olive = person("Olive Owner")
    olive.last_login = timezone.now()
    olive.save()
    remind()
    assert f"{SITE}/actions/{row.pk}/" in mail.outbox[0].body
    assert "/actions/link/" not in mail.outbox[0].body
    own = f"/actions/{row.pk}/"
    assert client.get(own).status_code == 404
    client.post("/account/login/", {"login": olive.email, "password": PASSWORD})
    (task,) = client.get("/my-work/").context["overdue"]
    assert (task.text, task.status, task.address) == ("Open on Saturdays", "Overdue", own)
    assert "SECRET" not in client.get("/my-work/").content.decode()
    assert client.post(own, {"status": "on_track", "text": "Half of them"}).url == own
    assert ProgressNote.objects.last().noted_by == olive
    assert client.get("/my-work/").context["overdue"] == [task]  # still past its date
    client.post(own, {"status": "complete", "text": "Done"})
    assert client.get("/my-work/").context["overdue"] == []
    client.force_login(cast.reader)
    assert client.get(own).status_code == 404


def test_the_lead_sees_what_is_overdue_and_asks_the_owner(cast, row, client):
    client.force_login(cast.lead)
    base = f"/reviews/{cast.organisation.slug}/2026/recommendations/"
    (task,) = client.get("/my-work/").context["overdue"]
    assert task.address == f"{base}{row.pk}/"
    assert client.post(f"{base}{row.pk}/ask/").url == task.address
    (sent,) = mail.outbox
    assert sent.subject == "Please update an action of NHS Ambleford that you own"
    assert "http://testserver/actions/link/" in sent.body
    assert "Lena Lead" in sent.body
    page = client.get(task.address).content.decode()
    assert "Request to" in page
    assert "asked for by Lena Lead" in page
    page = client.post(f"{base}{row.pk}/ask/", follow=True).content.decode()
    assert "The owner was e-mailed recently" in page
    assert len(mail.outbox) == 1
    client.force_login(cast.reader)
    page = client.get(task.address).content.decode()
    assert OWNER not in page
    assert "Request to" not in page
    assert client.get("/my-work/").context["overdue"] == []


def test_the_lead_names_another_owner_after_publication(cast, row, client):
    cast.move(stages.PUBLISHED)
    client.force_login(cast.lead)
    address = f"/reviews/{cast.organisation.slug}/2026/recommendations/{row.pk}/owner/"
    refused = client.post(address, {"owner": "", "owner_email": "nora@example.org"})
    assert refused.context["form"].errors == {"owner": ["Name the owner of this address"]}
    assert "nora@example.org" in refused.content.decode()
    client.post(address, {"owner": "Nora New", "owner_email": "Nora@Example.org"})
    row.refresh_from_db()
    assert (row.owner, row.owner_email, row.action) == ("Nora New", "nora@example.org", "Open on Saturdays")


def test_a_note_is_by_somebody_and_says_something(cast, row):
    with pytest.raises(ValueError, match="needs its text"):
        note_progress(recommendation=row, status="dropped", text=" ", noted_by=cast.lead)
    for who in ({}, {"noted_by": cast.lead, "noted_as": "Olive"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            note_progress(recommendation=row, status="dropped", text="No money", **who)
    row.refresh_from_db()
    assert row.status == "delayed"
