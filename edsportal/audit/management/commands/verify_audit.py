from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from edsportal.audit import chain
from edsportal.audit.chain.snapshot import one_moment
from edsportal.audit.chain.verify import verify


class Command(BaseCommand):
    help = "Check that nobody rewrote the audit log or a publication. The portal can stay open while it runs."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--head", default="", help="a head that a publication or a backup printed")

    def handle(self, *args, head: str, **options) -> None:
        chain.adopt(connection)
        with one_moment():
            result = verify(head=head)
            now = chain.head_text()
        if result.problems:
            raise CommandError("\n".join(map(str, result.problems)))
        waiting = f" {result.waiting} entries are being added now." if result.waiting else ""
        self.stdout.write(f"The chain is whole: {result.links} links.{waiting}\nAudit log: {now}")
