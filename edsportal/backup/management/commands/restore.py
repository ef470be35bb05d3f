from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from edsportal.backup.archive import BadBackup
from edsportal.backup.erasures import erase_again
from edsportal.backup.restoring import restore


class Command(BaseCommand):
    help = (
        "Restore a backup of this version or an earlier one into an empty portal, on any supported database. "
        "Run migrate first."
    )

    def add_arguments(self, parser) -> None:
        parser.add_argument("file", type=Path, help="a file that `manage.py backup` wrote")

    def handle(self, *args, file: Path, verbosity: int, **options) -> None:
        try:
            manifest = restore(file, self.stdout.write if verbosity else lambda words: None)
        except BadBackup as refused:
            raise CommandError(str(refused)) from None
        self.stdout.write(f"Restored to {manifest.made_at}. People sign in again.")
        if count := erase_again(file):
            self.stdout.write(f"Erased again what was erased or withdrawn since that backup: {count}.")
