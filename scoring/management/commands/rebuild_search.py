"""rebuild_search: make the index of the search anew."""

from django.core.management.base import BaseCommand

from scoring.search.indexing import rebuild


class Command(BaseCommand):
    help = "Rebuild the search index, for example after loading rows from a file."

    def handle(self, **options):
        self.stdout.write(self.style.SUCCESS(f"{rebuild()} pieces of text can be found."))
