"""The outbox: an e-mail is stored with its change, sent after it, tried again, and never sent twice."""

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import transaction

from casestudies.models import PanelMessage
from eds import stages
from edsportal.accounts import outbox
from edsportal.accounts.models import OutgoingEmail
from scoring.review.stages.case_studies import open_scoring
from tests.cast import join, open_a_workshop

SITE = "https://eds.example.nhs.uk"
SEND = "edsportal.accounts.outbox.EmailMultiAlternatives.send"


def open_two(cast) -> None:
    """Scoring opens for two case studies; Oscar Other declared an interest in the first."""
    cast.move(stages.WRITING)
    cast.members[cast.other].declared_interests.create(case_study=cast.case_studies[0], reason="My sister")
    open_scoring(case_studies=cast.case_studies[:2], closes_on=None, opened_by=cast.lead, site=SITE)


def test_opening_scoring_writes_to_the_members_once_each(cast, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        open_two(cast)
        assert mail.outbox == []
    assert sorted(each.to[0] for each in mail.outbox) == sorted(user.email for user in cast.members)
    texts = {each.to[0]: each.body for each in mail.outbox}
    assert "Case study 1: Falls clinic" in texts[cast.member.email]
    assert "Case study 1: Falls clinic" not in texts[cast.other.email]
    assert f"{SITE}/my-work/" in texts[cast.other.email]
    assert PanelMessage.objects.filter(kind="opened", sent_at__isnull=False).count() == 3
    assert set(OutgoingEmail.objects.values_list("text", "html")) == {("", "")}  # what it said is not kept


def test_a_guest_of_a_workshop_gets_none(cast):
    join(open_a_workshop(cast), confirmed_by=cast.lead)
    open_two(cast)
    assert OutgoingEmail.objects.count() == 3


def test_what_is_undone_sends_nothing(cast):
    with transaction.atomic():
        open_two(cast)
        transaction.set_rollback(True)
    assert OutgoingEmail.objects.count() == 0


def test_what_could_not_be_sent_is_tried_again_and_nothing_twice(cast, monkeypatch):
    def refuse(self, *args, **kwargs):
        raise OSError("no server")

    open_two(cast)
    with monkeypatch.context() as broken:
        broken.setattr(SEND, refuse)
        call_command("send_emails", verbosity=0)
    assert set(OutgoingEmail.objects.values_list("failure", "sent_at", "tries")) == {("OSError", None, 1)}
    for _ in range(2):
        call_command("send_emails", verbosity=0)
    assert len(mail.outbox) == 3
    assert outbox.waiting() == []
    assert PanelMessage.objects.filter(sent_at=None).count() == 0


def test_what_was_claimed_when_the_portal_stopped_is_not_sent_again(cast, monkeypatch):
    def stop(self, *args, **kwargs):
        raise SystemExit

    open_two(cast)
    first = outbox.waiting()[0]
    with monkeypatch.context() as stopped:
        stopped.setattr(SEND, stop)
        with pytest.raises(SystemExit):
            outbox.send(first)
    assert outbox.send(first) is False
    assert first not in outbox.waiting()
    assert mail.outbox == []


def test_the_lead_sees_what_could_not_be_sent(cast, client):
    open_two(cast)
    client.force_login(cast.lead)
    page = client.get("/reviews/nhs-ambleford/2026/panel/").content.decode()
    assert page.count("Scoring has opened: not sent on") == 3
