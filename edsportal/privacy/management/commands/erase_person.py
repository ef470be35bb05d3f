"""erase_person: erases somebody's account, where they asked an administrator to."""

from django.core.management.base import BaseCommand, CommandError

from edsportal.accounts.administrators import LastAdministrator
from edsportal.accounts.models import User
from edsportal.privacy.erase import erase_person


class Command(BaseCommand):
    help = "Erase the account with this e-mail address. Submitted scores stay, without the name."

    def add_arguments(self, parser):
        parser.add_argument("email")

    def handle(self, *, email: str, **options):
        user = User.objects.filter(email=email.strip().lower()).first()
        if user is None:
            raise CommandError("No one has this address. Check it, then try again. Nothing was changed.")
        try:
            name = erase_person(user=user)
        except LastAdministrator as refused:
            raise CommandError(f"{refused} Nothing was changed.") from refused
        self.stdout.write(self.style.SUCCESS(f"Erased. What stays is shown as that of {name}."))
