"""send_reminders: an e-mail to the owner of each overdue recommendation, at most one a week. Run it once a day."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from edsportal.web.refusals import NotPossible
from scoring.models import OwnerMessage
from scoring.recommendations.owners import reminders_due, write_to_owner


class Command(BaseCommand):
    help = "E-mail the owners of overdue recommendations, each at most once a week. Safe to repeat."

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
        messages = [message for row in reminders_due() if (message := _write(row, site))]
        sent = OwnerMessage.objects.filter(
            pk__in=[message.pk for message in messages], sent_at__isnull=False
        ).count()
        self.stdout.write(f"Sent: {sent}.")
        if failed := len(messages) - sent:
            raise CommandError(
                f"Could not be sent: {failed}. We will try again the next time the command runs."
            )


def _write(row, site: str) -> OwnerMessage | None:
    """The message, or None where somebody wrote at the same moment."""
    try:
        return write_to_owner(recommendation=row, kind=OwnerMessage.Kind.REMINDER, site=site)
    except NotPossible:
        return None
