"""export_report: the annual report of one review, to a file."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from casestudies.models import Review
from reports.formats import FORMATS
from scoring.review.content import report_content


class Command(BaseCommand):
    help = "Export an annual report as a file."

    def add_arguments(self, parser):
        parser.add_argument(
            "--organisation", required=True, help="the organisation's short name, as in its address"
        )
        parser.add_argument("--year", required=True)
        parser.add_argument("--format", required=True, choices=sorted(FORMATS))
        parser.add_argument("--output", required=True, type=Path)

    def handle(self, *, organisation: str, year: str, format: str, output: Path, **options):
        review = Review.objects.filter(organisation__slug=organisation, year=year).first()
        if review is None:
            raise CommandError(f"There is no review of {organisation} for {year}.")
        data = FORMATS[format].make(report_content(review))
        try:
            output.write_bytes(data)
        except OSError as error:
            raise CommandError(f"The file {output} can't be written: {error.strerror}.") from error
        self.stdout.write(self.style.SUCCESS(f"Wrote {output}."))
