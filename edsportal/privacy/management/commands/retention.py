"""retention: erases accounts that are no longer needed, and sessions that are over. Run it once a day."""

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.utils import timezone

from edsportal.privacy.erase import erase_person
from edsportal.privacy.retention import delete_old_counts, no_longer_needed


class Command(BaseCommand):
    help = (
        "Erase accounts not used for RETENTION_MONTHS, guests after GUEST_RETENTION_DAYS, and old sessions."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--dry-run", action="store_true", help="only say how many accounts would be erased"
        )

    def handle(self, *, dry_run: bool, **options):
        people = no_longer_needed(
            now=timezone.now(), months=settings.RETENTION_MONTHS, guest_days=settings.GUEST_RETENTION_DAYS
        )
        if dry_run:
            self.stdout.write(f"{people.count()} accounts would be erased. Nothing was changed.")
            return
        count = 0
        for user in people:
            erase_person(user=user)
            count += 1
        call_command("clearsessions")
        delete_old_counts(timezone.now())
        self.stdout.write(self.style.SUCCESS(f"Erased {count} accounts, and sessions that are over."))
