from django.core.management.base import BaseCommand
from django.utils import timezone

from casestudies.succession.actions import open_reviews_to_successors


class Command(BaseCommand):
    help = "Let organisations that begin today, or began before, finish the open reviews of those that they follow."

    def handle(self, *args, **options):
        count = open_reviews_to_successors(today=timezone.localdate())
        self.stdout.write(f"{count} successions began.")
