from datetime import timedelta

from django.core.management.base import BaseCommand
from django.utils import timezone

from casestudies.models import EvidenceFile


class Command(BaseCommand):
    help = "Delete stored files that no evidence uses, for example after a server stopped during an upload."

    def add_arguments(self, parser):
        parser.add_argument("--older-than", type=int, default=24, metavar="HOURS", help="24 if not given")

    def handle(self, *args, older_than: int, **options):
        storage, before = EvidenceFile.storage(), timezone.now() - timedelta(hours=older_than)
        try:
            _, names = storage.listdir("")
        except FileNotFoundError:  # nothing was ever stored
            names = []
        known = set(EvidenceFile.objects.held().values_list("stored", flat=True))
        left = [name for name in names if name not in known and storage.get_modified_time(name) < before]
        for name in left:
            storage.delete(name)
        self.stdout.write(f"Deleted {len(left)} of {len(names)} stored files.")
