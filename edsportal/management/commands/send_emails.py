"""send_emails: try again to send what the server for e-mail refused. For a timer, every few minutes."""

from django.core.management.base import BaseCommand

from edsportal.accounts import outbox


class Command(BaseCommand):
    help = "Send the e-mails that wait in the outbox because they could not be sent."

    def handle(self, *args, **options) -> None:
        sent = [outbox.send(pk) for pk in outbox.waiting()]
        self.stdout.write(f"Sent: {sum(sent)}. Not sent: {len(sent) - sum(sent)}.")
