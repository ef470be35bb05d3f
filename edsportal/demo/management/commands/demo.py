"""demo: made-up data in every stage of a review, and a person for each role."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from edsportal.accounts.models import User
from edsportal.demo.building import build, is_built


class Command(BaseCommand):
    help = "Fill the database with made-up reviews and people who sign in without a password. Safe to repeat."

    def handle(self, **options):
        if not settings.DEMO:
            raise CommandError(
                "This portal is not the demo. Set EDS_DEMO=1 to make one with its own database."
            )
        if is_built():
            self.stdout.write("The demo is already set up.")
        elif User.objects.exists():  # anybody can sign in as the demo's administrator
            raise CommandError(
                "This database has people of its own. Give the demo an empty one, by DATA_DIR or DATABASE_URL."
            )
        else:
            build(timezone.localdate())
            self.stdout.write("The demo is ready.")
        self.stdout.write("Choose a person on the sign-in page. No password is needed.")
        people = User.objects.filter(is_demo=True, is_active=True).order_by("pk")
        width = max(len(person.name) for person in people)
        for person in people:
            self.stdout.write(f"  {person.name:<{width}}  {person.demo_note}")
