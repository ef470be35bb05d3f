"""import_report FILE: a report as Word, text or JSON, to rows."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from edsportal.web.refusals import NotPossible
from reports.reading.problems import ImportProblem
from scoring.importing.read import read_report
from scoring.importing.store import import_report


class Command(BaseCommand):
    help = "Import an annual report from a Word, text or JSON file."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--organisation", help="the organisation's name, where the file does not state it"
        )
        parser.add_argument("--year", help="the year, where the file does not state it, for example 2024")

    def handle(self, *, file: Path, organisation: str | None, year: str | None, **options):
        try:
            read = read_report(file, organisation=organisation, year=year)
            review, stored = import_report(report=read.content, file_name=file.name)
        except (ImportProblem, NotPossible) as problem:
            raise CommandError(str(problem)) from problem
        self._tell(read, review, stored)

    def _tell(self, read, review, stored: bool) -> None:
        for line in read.skipped:
            what = "Assumed" if line.is_assumed else "Skipped"
            self.stdout.write(f"{what} {line.place}, {line.why}: {line.text}")
        count = len(read.content.case_studies)
        if stored:
            self.stdout.write(self.style.SUCCESS(f"Imported {review}: {count} case studies."))
        else:
            self.stdout.write(f"{review} is imported already. Nothing was changed.")
