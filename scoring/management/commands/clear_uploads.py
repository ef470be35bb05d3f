"""clear_uploads: delete files that people uploaded and never confirmed."""

from django.core.management.base import BaseCommand

from casestudies.models import ReportUpload


class Command(BaseCommand):
    help = "Delete uploads older than a day. Run it daily; each new upload does the same."

    def handle(self, **options):
        deleted, _ = ReportUpload.objects.expired().delete()
        self.stdout.write(f"{deleted} uploads deleted.")
