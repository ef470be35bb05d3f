"""daily: everything that has to happen once a day, in one command for a timer, cron or a container of its own."""

import logging
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connections
from django.utils import timezone

logger = logging.getLogger(__name__)
TASKS = (
    "backup",
    "start_successions",
    "send_emails",
    "send_reminders",
    "retention",
    "clean_evidence",
    "clear_uploads",
)


def seconds_until(hour: int, minute: int, now: datetime) -> float:
    """How long until the next time that the clock on the wall says so, summer time or not."""
    local = timezone.localtime(now)
    at = local.replace(hour=hour, minute=minute, second=0, microsecond=0)
    if at <= local:
        at += timedelta(days=1)
    return at.timestamp() - local.timestamp()


def back_up(folder: Path) -> None:
    """A backup of today; backups older than BACKUP_DAYS go once it is whole. Raises CommandError."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    now = timezone.localtime()
    call_command("backup", folder / f"{now:%Y-%m-%dT%H%M%S}.zip", verbosity=0)
    before = (now - timedelta(days=settings.BACKUP_DAYS)).timestamp()
    for old in folder.glob("????-??-??T*.zip"):
        if old.stat().st_mtime < before:
            old.unlink()


class Command(BaseCommand):
    help = (
        "Do what has to be done once a day: a backup in BACKUP_DIR, reminders, retention, and deleting leftovers. "
        "Each is tried even if another fails; then the command fails."
    )

    def add_arguments(self, parser) -> None:
        parser.add_argument(
            "--at", metavar="HH:MM", help="stay, and do it every day at this time, for a container of its own"
        )

    def handle(self, *args, at: str | None, **options) -> None:
        if not settings.BACKUP_DIR:
            raise CommandError(
                "Set BACKUP_DIR to the folder for backups, for example /var/lib/edsportal-backups. "
                "Set it to none if your organisation backs up the database and files itself."
            )
        if at is None:
            self._all()
            return
        try:
            time_of_day = datetime.strptime(at, "%H:%M").time()  # noqa: DTZ007 (a time of day)
        except ValueError:
            raise CommandError("Give the time as HH:MM, for example 05:30.") from None
        while True:
            connections.close_all()
            time.sleep(seconds_until(time_of_day.hour, time_of_day.minute, timezone.now()))
            try:
                self._all()
            except CommandError as failed:
                self.stderr.write(self.style.ERROR(str(failed)))

    def _all(self) -> None:
        failed = [name for name in TASKS if not self._done(name, self._task(name))]
        if failed:
            raise CommandError(f"Failed: {', '.join(failed)}. The lines above say why.")

    def _task(self, name: str) -> Callable[[], None]:
        if name != "backup":
            return lambda: call_command(name, stdout=self.stdout, stderr=self.stderr)
        if settings.BACKUP_DIR == "none":
            return lambda: self.stdout.write("BACKUP_DIR is none.")
        return lambda: back_up(Path(settings.BACKUP_DIR))

    def _done(self, name: str, task: Callable[[], None]) -> bool:
        """Did it work? Whatever goes wrong with one is reported, and stops none of the others."""
        self.stdout.write(f"{name}:")
        try:
            task()
        except CommandError as refused:
            self.stderr.write(self.style.ERROR(f"{name} failed: {refused}"))
        except Exception as problem:
            logger.exception(
                "%s failed", name
            )  # the log tells the place, and nothing of what was in the rows
            self.stderr.write(self.style.ERROR(f"{name} failed: {type(problem).__name__}"))
        else:
            return True
        return False
