"""send_reminders: what is due today: reminders to score, overdue actions, how far actions are, e-mails of the day."""

from collections.abc import Iterator

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db.models import Model
from django.utils import timezone

from casestudies.models import PanelMessage
from edsportal.accounts import outbox
from edsportal.web.refusals import NotPossible
from scoring.models import OwnerMessage
from scoring.panel.actions import write_to_member
from scoring.panel.reminders import reminders_due as members_to_remind
from scoring.publishing.telling import tell_how_far
from scoring.recommendations.owners import escalate, escalations_due, reminders_due, write_to_owner


class Command(BaseCommand):
    help = (
        "Remind panel members before scoring closes, and owners of overdue recommendations. Tell board sponsors of "
        "those, and panel members how far actions are. Send people their e-mail of the day. Safe to repeat."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--site", help="the portal’s address for links; the default is the setting SITE_ADDRESS"
        )

    def handle(self, *, site: str | None, **options):
        site = (site or settings.SITE_ADDRESS).rstrip("/")
        if not site.startswith(("https://", "http://")):
            raise CommandError(
                "Set the address of the portal for the links in the e-mails: set SITE_ADDRESS, or give --site "
                "https://eds.example.nhs.uk."
            )
        messages = [message for message in _write_all(site) if message is not None]
        letters = tell_how_far(timezone.localdate(), site)
        if people := outbox.gather():
            self.stdout.write(f"E-mails of the day: {people}.")
        for message in (*messages, *letters):
            message.refresh_from_db()
        sent = [message for message in (*messages, *letters) if message.sent_at]
        held = outbox.held_for_the_day(messages)
        held += sum(letter.is_daily and not letter.sent_at for letter in letters)
        self.stdout.write(f"Sent: {len(sent)}.")
        if failed := len(messages) + len(letters) - len(sent) - held:
            raise CommandError(
                f"Could not be sent: {failed}. We will try again the next time the command runs."
            )


def _write_all(site: str) -> Iterator[Model | None]:
    for member in members_to_remind():
        given = {"kind": PanelMessage.Kind.REMINDER, "asked_by": None, "site": site}
        yield _unless_refused(write_to_member, member=member, **given)
    for row in escalations_due():
        yield _unless_refused(escalate, recommendation=row, site=site)
    for row in reminders_due():
        given = {"kind": OwnerMessage.Kind.REMINDER, "site": site}
        yield _unless_refused(write_to_owner, recommendation=row, **given)


def _unless_refused(action, **given) -> Model | None:
    """The message; None where it is switched off, or somebody wrote at the same moment."""
    try:
        return action(**given)
    except NotPossible:
        return None
