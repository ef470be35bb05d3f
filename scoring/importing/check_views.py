"""Check a report: anybody gives a file, sees what the checks find, and nothing is kept."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render

from casestudies.uploads.forms import MEGABYTE, FileForm, upload_field
from eds.checks import ERROR, check
from eds.totals import results
from edsportal.nhsuk.forms import Button
from edsportal.web.form_pages import posted
from edsportal.web.rate_limit import Tries, address_of
from edsportal.web.upload_limit import was_too_long
from reports.reading.problems import ImportProblem
from reports.reading.prose.report import TextImport
from reports.reading.settled import NO_YEAR
from scoring.importing.forms import HIDDEN
from scoring.importing.questions_form import open_questions
from scoring.importing.read import KINDS, read_data, with_edits

CHECKS = Tries("checked-reports", 30, 600)  # from one network address: an organisation often shares one
LARGEST = 5 * MEGABYTE  # bytes: whoever has an account may send more
NOT_OF_LINES = ("no organisation", "no year")
MOST_LINES = 200  # of each list on the page


class CheckForm(FileForm):
    file = upload_field("Your report")
    buttons = [Button("Check this report")]
    kinds = KINDS
    most = LARGEST


@login_not_required
def check_report(request):
    """Asks for a file, and says what the checks find. The answer is this page: nothing is stored."""
    form = CheckForm(
        posted(request), request.FILES or None, is_too_long=was_too_long(request, "file") is not None
    )
    page = {"form": form}
    if form.is_bound and form.is_valid():
        if CHECKS.take(address_of(request)) is None:
            return render(request, "429.html", status=429)
        file = form.cleaned_data["file"]
        try:
            page |= _page_of(read_data(file.read(), file.name, lenient=True), file.name)
        except ImportProblem as problem:
            for one in problem.problems[:10]:
                words = "".join(character for character in str(one) if character.isprintable())
                form.add_error("file", words[:1].upper() + words[1:])
    return render(request, "scoring/importing/check.html", page)


def _page_of(found: TextImport, name: str) -> dict:
    content = with_edits(found.content, found.edits)
    findings = check(content)
    figures = results(content)
    totals = {one.number: one.total for one in figures.case_studies}
    return {
        "name": name,
        "content": content,
        "year": "" if content.year == NO_YEAR else content.year,
        "case_studies": [(part, totals[part.number]) for part in content.case_studies],
        "problems": [one for one in found.problems if one.found not in NOT_OF_LINES][:MOST_LINES],
        "questions": open_questions(found),
        "errors": [one for one in findings if one.severity == ERROR],
        "warnings": [one for one in findings if one.severity != ERROR],
        "assumed": [line for line in found.skipped if line.is_assumed][:MOST_LINES],
        "skipped": [line for line in found.skipped if not line.is_assumed and line.why not in HIDDEN][
            :MOST_LINES
        ],
    }
