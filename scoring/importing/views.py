"""The equality lead brings in a report from a file: what was understood is shown and corrected before it is stored."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from casestudies.models import Organisation, ReportUpload
from casestudies.uploads.actions import discard_upload, keep_upload
from eds.checks import ERROR
from eds.totals import results
from edsportal.web.refusals import NotPossible
from edsportal.web.upload_limit import was_too_long
from scoring.importing import corrections as actions
from scoring.importing.corrections import can_be_mended, look_at
from scoring.importing.forms import HIDDEN, AboutForm, ImportedCaseStudyForm, MendForm, PlaceForm, UploadForm


def upload(request):
    """Asks for the file. One that can't be read is not kept."""
    organisations = Organisation.objects.led_by(request.user)
    if not organisations:
        raise PermissionDenied("Only an equality lead can import a report, for their own organisation.")
    initial = {"organisation": organisations[0]} if len(organisations) == 1 else {}
    form = UploadForm(
        request.POST or None,
        request.FILES or None,
        organisations=organisations,
        is_too_long=was_too_long(request, "file") is not None,
        initial=initial,
    )
    if request.method == "POST" and form.is_valid():
        row = _kept(form, request.user)
        if row is not None:
            return redirect("import_preview", row.pk)
    return render(request, "scoring/importing/import.html", {"form": form})


def _kept(form: UploadForm, user) -> ReportUpload | None:
    """The upload, or None where the file can't be read: the form says why."""
    data = form.cleaned_data
    row = ReportUpload(
        organisation=data["organisation"], name=data["file"].name, data=data["file"].read(), year=data["year"]
    )
    problems = look_at(row).problems
    if can_be_mended(problems):
        return keep_upload(
            user=user, organisation=row.organisation, name=row.name, data=row.data, year=row.year
        )
    for problem in problems[:10]:
        words = "".join(sign for sign in str(problem) if sign.isprintable())
        form.add_error("file", words[:1].upper() + words[1:])
    return None


def _door(request, waiting) -> ReportUpload:
    rows = ReportUpload.objects.visible_to(request.user).select_related("organisation")
    return get_object_or_404(rows, pk=waiting)


def preview(request, waiting):
    """What was understood, what was not, and what the checks raise."""
    row = _door(request, waiting)
    found = look_at(row)
    findings = found.findings(row.organisation.slug)
    totals = {one.number: one.total for one in results(found.content).case_studies} if found.content else {}
    page = {
        "upload": row,
        "found": found,
        "case_studies": [(part, totals[part.number]) for part in getattr(found.content, "case_studies", ())],
        "skipped": [line for line in found.skipped if line.why not in HIDDEN],
        "placed": len(found.unplaced) - len(found.skipped),
        "lines_to_mend": any(problem.is_of_line for problem in found.problems),
        "errors": [one for one in findings if one.severity == ERROR],
        "warnings": [one for one in findings if one.severity != ERROR],
        "warnings_text": "What could be better",
    }
    return render(request, "scoring/importing/import_preview.html", page)


def about(request, waiting):
    """Organisation, year and title."""
    row = _door(request, waiting)
    content = look_at(row).content
    initial = {"organisation": row.organisation, "year": row.year, "title": row.title}
    if content is not None:
        initial |= {"year": content.year, "title": content.title}
    form = AboutForm(
        request.POST or None,
        organisations=Organisation.objects.led_by(request.user),
        back=_preview(row),
        initial=initial,
    )
    if request.method == "POST" and form.is_valid():
        actions.change_about(upload=row, **form.cleaned_data)
        return redirect(_preview(row))
    return _form_page(request, row, form, "Organisation and year")


def case_study(request, waiting, number: int):
    """Title, outcome areas and scores of one case study."""
    row = _door(request, waiting)
    content = look_at(row).content
    part = next((one for one in getattr(content, "case_studies", ()) if one.number == number), None)
    if part is None:
        raise Http404
    form = ImportedCaseStudyForm(request.POST or None, content=content, part=part, back=_preview(row))
    if request.method == "POST" and form.is_valid():
        actions.correct_case_study(upload=row, number=number, **form.corrections())
        return redirect(_preview(row))
    return _form_page(request, row, form, f"Case study {number}: {part.title}")


def lines(request, waiting):
    """Where the lines go that are not in the report."""
    row = _door(request, waiting)
    found = look_at(row)
    if found.content is None:
        raise Http404
    placed = {(line["number"], line["text"]): line["to"] for line in row.corrections.get("placed", [])}
    form = PlaceForm(
        request.POST or None, content=found.content, skipped=found.unplaced, placed=placed, back=_preview(row)
    )
    if request.method == "POST" and form.is_valid():
        actions.place_lines(upload=row, lines=form.lines())
        return redirect(_preview(row))
    return _form_page(request, row, form, "What is not in the report")


def mend(request, waiting):
    """The lines that could not be understood."""
    row = _door(request, waiting)
    form = MendForm(request.POST or None, problems=look_at(row).problems, back=_preview(row))
    if request.method == "POST" and form.is_valid():
        actions.mend_lines(upload=row, lines=form.lines())
        return redirect(_preview(row))
    return _form_page(request, row, form, "Lines to correct")


@require_POST
def confirm(request, waiting):
    """Stores the report as a review."""
    row = _door(request, waiting)
    content = look_at(row).content
    if content is None:
        messages.warning(request, "First, correct the lines that we could not understand.")
        return redirect(_preview(row))
    try:
        review, stored = actions.confirm_upload(upload=row, content=content, confirmed_by=request.user)
    except NotPossible as refused:
        messages.warning(request, str(refused))
        return redirect(_preview(row))
    done = "is imported." if stored else "was already imported. Nothing was changed."
    messages.success(request, f"The report of {review.year} {done}")
    return redirect(review)


@require_POST
def discard(request, waiting):
    row = _door(request, waiting)
    discard_upload(upload=row)
    messages.success(request, f"“{row.name}” is deleted. Nothing was imported.")
    return redirect("import_report")


def _preview(row: ReportUpload) -> str:
    return reverse("import_preview", args=[row.pk])


def _form_page(request, row: ReportUpload, form, heading: str):
    page = {"upload": row, "form": form, "heading": heading}
    return render(request, "scoring/importing/import_form.html", page)
