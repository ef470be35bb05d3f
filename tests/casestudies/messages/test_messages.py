"""Every message: who gets it and when, that it is sent once, and not at all while it is switched off."""

import re
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from casestudies.models import Handover
from casestudies.reviews.actions import change_case_study
from casestudies.writing.handover.actions import NotWaiting, Remark, accept, hand_over, return_to_authors
from eds import stages
from eds.messages import MESSAGES, PLACEHOLDERS
from eds.messages.document import document
from edsportal.accounts import outbox
from edsportal.accounts.models import OutgoingEmail
from edsportal.audit.triggers import lifted
from edsportal.web.refusals import NotPossible
from scoring.models import Publication, Recommendation
from scoring.panel.actions import add_member, write_to_member
from scoring.publishing.telling import tell_that_published
from scoring.recommendations.actions import Wording
from scoring.recommendations.owners import write_to_owner
from scoring.review.stages.case_studies import close_scoring, open_scoring
from tests.cast import person
from tests.prepare import recommend, record_agreed_score

SITE = "https://eds.example.nhs.uk"
OWNER, BOARD, NEW = "olive@example.org", "board@example.org", "nia@example.org"
AUTHOR, LEAD = "arthur.author@example.org", "lena.lead@example.org"
PANEL = ["charles.chair@example.org", "mona.member@example.org", "oscar.other@example.org"]


def writing(cast) -> None:
    cast.move(stages.WRITING)
    person("Nia")
    cast.case_studies[0].sections.filter(heading="1A").update(body="SECRET text")


def to_be_opened(cast) -> None:
    cast.move(stages.WRITING)


def scoring(cast) -> None:
    """Scoring closes in two days; somebody has a place on the panel and no account."""
    day = timezone.localdate() + timedelta(days=2)
    cast.review.case_studies.filter(number=1).update(scoring_closes_on=day)
    domains = cast.review.framework.domains.filter(number=1)
    given = {"name": "Nia", "interest": "vcse", "domains": domains, "is_chair": False}
    add_member(review=cast.review, email=NEW, **given)


def agreed(cast) -> None:
    """Scores are agreed, with a reason that no message may tell, and a recommendation has an owner."""
    cast.move(stages.MEETING)
    for case_study in cast.case_studies:
        for area in case_study.domain.outcome_areas.all():
            record_agreed_score(
                case_study=case_study, outcome_area=area, value=2, rationale="SECRET", recorded_by=cast.lead
            )
    owner = {"owner": "Olive Owner", "owner_email": OWNER}
    recommend(review=cast.review, wording=Wording(theme="Access", action="Open on Saturdays", **owner))


def published(cast) -> None:
    agreed(cast)
    cast.publish()


def half_a_year_ago(cast) -> None:
    published(cast)
    with lifted(connection):  # the database refuses to change a publication
        Publication.objects.update(published_at=timezone.now() - timedelta(days=190))


def overdue(cast) -> None:
    published(cast)
    Recommendation.objects.update(due="2020-01")


def reminded_twice(cast) -> None:
    overdue(cast)
    row = Recommendation.objects.get()
    cast.review.board_sponsor_email = BOARD
    cast.review.save()
    for days in (30, 20):
        sent_at = timezone.now() - timedelta(days=days)
        row.owner_messages.create(kind="reminder", address=OWNER, sent_at=sent_at, asked_at=sent_at)


def assign(cast) -> None:
    for authors in ([cast.author], [cast.author, type(cast.author).objects.get(name="Nia")]):
        change_case_study(
            case_study=cast.case_studies[0], title="Falls clinic", authors=authors, changed_by=cast.lead
        )


def send_for_review(cast):
    return hand_over(case_study=cast.case_studies[0], marked_by=cast.author)


def sent(cast) -> None:
    writing(cast)
    send_for_review(cast)


def return_it(cast) -> None:
    remarks = [Remark(heading="", section=None, text="SECRET comment")]
    return_to_authors(handover=Handover.objects.get(), remarks=remarks, returned_by=cast.lead, site=SITE)


def invite(cast) -> None:
    member = cast.review.panel_members.get(email=NEW)
    write_to_member(member=member, kind="invitation", asked_by=cast.lead, site=SITE)


def open_it(cast) -> None:
    rows = cast.case_studies[:2]
    day = timezone.localdate() + timedelta(days=20)
    open_scoring(case_studies=rows, closes_on=day, opened_by=cast.lead, site=SITE, text="Thank you all")


def publish(cast) -> None:
    if (publication := cast.review.publications.first()) is None:
        cast.publish()
    else:
        tell_that_published(publication)


def ask(cast) -> None:
    row = Recommendation.objects.get()
    write_to_owner(recommendation=row, kind="request", asked_by=cast.lead, site=SITE)


def on_its_day(cast) -> None:
    """The command fails, for nothing is sent before the test's transaction ends."""
    with suppress(CommandError):
        call_command("send_reminders", site=SITE, verbosity=0)


def accept_it(cast) -> None:
    accept(handover=Handover.objects.get(), accepted_by=cast.lead)


def close_it(cast) -> None:
    close_scoring(case_studies=cast.case_studies, closed_by=cast.lead)


# What must be there before, what causes each message, and who gets it; done again it causes none.
CAUSES = {
    "assigned": (writing, assign, [NEW]),
    "sent_for_review": (writing, send_for_review, [LEAD]),
    "returned": (sent, return_it, [AUTHOR]),
    "accepted": (sent, accept_it, [AUTHOR]),
    "invitation": (scoring, invite, [NEW]),
    "opened": (to_be_opened, open_it, PANEL),
    "reminder": (scoring, on_its_day, PANEL),
    "meeting": (scoring, close_it, PANEL),
    "published": (agreed, publish, [AUTHOR]),
    "became": (agreed, publish, PANEL),
    "how_far": (half_a_year_ago, on_its_day, PANEL),
    "owner_named": (agreed, publish, [OWNER]),
    "owner_asked": (published, ask, [OWNER]),
    "overdue": (overdue, on_its_day, [OWNER]),
    "escalated": (reminded_twice, on_its_day, [BOARD]),
}
NOT_AGAIN = (NotPossible, NotWaiting, AttributeError)
BY_HAND = {"invitation"}  # which the equality lead may send again, to a person who lost it


@pytest.fixture(autouse=True)
def _address(settings):
    settings.SITE_ADDRESS = SITE


def test_each_message_is_tried():
    assert set(CAUSES) == set(MESSAGES)


@pytest.mark.parametrize("kind", MESSAGES)
def test_who_gets_it_when_and_only_once(cast, kind):
    prepare, cause, expected = CAUSES[kind]
    prepare(cast)
    rows = OutgoingEmail.objects.filter(template=kind, of_review=cast.review.pk)
    assert rows.count() == 0
    cause(cast)
    assert sorted(rows.values_list("to", flat=True)) == sorted(expected)
    assert mail.outbox == []  # it is stored, and the portal stopped before it sent anything
    first = rows.first()
    for text in (first.text, first.html):
        assert SITE in text
        assert "SECRET" not in text
        assert "{" not in text
    subject = first.subject
    for _ in range(2):
        call_command("send_emails", verbosity=0)
        assert sorted(each.to[0] for each in mail.outbox if each.subject == subject) == sorted(expected)
    if kind in BY_HAND:
        return
    with suppress(*NOT_AGAIN):
        cause(cast)
    call_command("send_emails", verbosity=0)
    assert sorted(each.to[0] for each in mail.outbox if each.subject == subject) == sorted(expected)


@pytest.mark.parametrize("kind", MESSAGES)
def test_what_is_switched_off_goes_to_nobody(cast, kind):
    prepare, cause, _ = CAUSES[kind]
    prepare(cast)
    cast.review.switched_off_messages.create(kind=kind)
    with suppress(NotPossible):
        cause(cast)
    assert OutgoingEmail.objects.filter(template=kind).count() == 0


def test_one_e_mail_a_day_holds_all_messages_and_there_is_no_second(cast):
    cast.member.daily_email = True
    cast.member.save()
    to_be_opened(cast)
    open_it(cast)
    close_scoring(case_studies=cast.case_studies[:2], closed_by=cast.lead)
    call_command("send_emails", verbosity=0)
    assert [each for each in mail.outbox if cast.member.email in each.to] == []
    assert [outbox.gather() for _ in range(2)] == [1, 0]
    call_command("send_emails", verbosity=0)
    (one,) = [each for each in mail.outbox if cast.member.email in each.to]
    for kind in ("opened", "meeting"):
        row = OutgoingEmail.objects.get(template=kind, to=cast.member.email)
        assert row.sent_at is not None
        assert row.subject in one.body
        assert row.subject in one.alternatives[0][0]
    assert cast.members[cast.member].messages.get(kind="opened").sent_at is not None


def test_the_lead_switches_messages_off_and_sees_what_was_not_sent(cast, client):
    to_be_opened(cast)
    open_it(cast)
    OutgoingEmail.objects.filter(to=cast.member.email).update(failure="OSError")
    client.force_login(cast.lead)
    address = f"/reviews/{cast.organisation.slug}/2026/messages/"
    page = client.get(address).content.decode()
    assert f'Scoring has opened to <span class="app-typed">{cast.member.email}</span>' in page
    assert cast.other.email not in page
    ticked = dict.fromkeys(set(MESSAGES) - {"meeting"}, "on")
    client.post(address, ticked | {"board_sponsor_email": BOARD})
    cast.review.refresh_from_db()
    assert [row.kind for row in cast.review.switched_off_messages.all()] == ["meeting"]
    assert cast.review.board_sponsor_email == BOARD


def test_messages_name_nothing_else_and_the_document_is_the_table():
    named = {
        name
        for each in MESSAGES.values()
        for text in (each.subject, *each.before, *each.after)
        for name in re.findall(r"\{(\w+)\}", text)
    }
    assert named <= set(PLACEHOLDERS)
    page = Path(__file__).resolve().parents[3] / "docs/messages.md"
    assert page.read_text(encoding="utf-8") == document()
