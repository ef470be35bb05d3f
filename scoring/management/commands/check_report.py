"""check_report: what is to be mended in a report before it is published, from a file or from the portal's rows."""

import json
from dataclasses import asdict
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.text import slugify

from casestudies.models import Review
from eds.checks import ERROR, Finding, check
from eds.content import ReportContent
from reports.reading.problems import ImportProblem
from reports.reading.prose.report import TextImport
from scoring.importing.read import read_report
from scoring.review.content import report_content
from scoring.review.previous import previous_report

NOT_OF_LINES = ("no organisation", "no year")  # which the checks say


class Command(BaseCommand):
    help = "Check an annual report before it is published. Nothing is saved."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, nargs="?", help="a report as Word, text or JSON")
        parser.add_argument(
            "--organisation",
            help="with a file, the organisation's name where the file does not state it; "
            "without one, its short name as in its address",
        )
        parser.add_argument("--year", help="for example 2024")
        parser.add_argument("--json", action="store_true", help="print one object, {“checks”: […]}")

    def handle(self, *, file: Path | None, organisation: str | None, year: str | None, **options):
        read = _from_file(file, organisation, year) if file else None
        content = read.content if read else _from_rows(organisation, year)
        found = check(content, previous=previous_report(slugify(content.organisation.name), content.year))
        if options["json"]:
            checks = {"checks": [asdict(finding) for finding in found]}
            for each in checks["checks"]:
                del each["about"]  # tells findings from one another here, and is no part of the form
            self.stdout.write(json.dumps(checks, ensure_ascii=False, indent=2))
            self._tell_problems(read, self.stderr)
        else:
            self._tell_left_out(read)
            self._tell_problems(read, self.stdout)
            self._tell(found)

    def _tell(self, found: tuple[Finding, ...]) -> None:
        for finding in found:
            self.stdout.write(f"{finding.severity.capitalize()}: {finding.message} [{finding.code}]")
        errors = sum(finding.severity == ERROR for finding in found)
        if not found:
            self.stdout.write(self.style.SUCCESS("No problems found."))
        else:
            self.stdout.write(f"{_counted(errors, 'error')}, {_counted(len(found) - errors, 'warning')}.")

    def _tell_problems(self, read: TextImport | None, out) -> None:
        for problem in read.problems if read else ():
            if problem.found not in NOT_OF_LINES:
                out.write(f"Not understood: {problem}")

    def _tell_left_out(self, read: TextImport | None) -> None:
        """What the file says that was not checked, or only in a meaning that it does not state."""
        for line in read.skipped if read else ():
            what = "Assumed" if line.is_assumed else "Left out"
            self.stdout.write(f"{what}, {line.place}, {line.why}: {line.text}")


def _counted(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def _from_file(file: Path, organisation: str | None, year: str | None) -> TextImport:
    """The report in the file, as far as it is understood. One that does not say whose it is can be checked too."""
    try:
        return read_report(file, organisation=organisation, year=year, lenient=True)
    except ImportProblem as problem:
        raise CommandError(str(problem)) from problem


def _from_rows(organisation: str | None, year: str | None) -> ReportContent:
    if not (organisation and year):
        raise CommandError("Give a file, or --organisation and --year of a review.")
    review = Review.objects.filter(organisation__slug=organisation, year=year).first()
    if review is None:
        raise CommandError(f"There is no review of {organisation} for {year}.")
    return report_content(review)
