"""The equality lead brings in a report from a file: what was understood is shown and corrected before it is stored."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST

from casestudies.models import Organisation, ReportUpload
from casestudies.uploads.actions import discard_upload, keep_upload
from eds.checks import ERROR
from eds.totals import results
from edsportal.web.form_pages import posted
from edsportal.web.refusals import NotPossible
from edsportal.web.upload_limit import was_too_long
from reports.reading.problems import ImportProblem
from scoring.importing import actions, stored
from scoring.importing.case_study_form import ImportedCaseStudyForm
from scoring.importing.corrections import can_be_mended, look_at, meanings_of, read_upload
from scoring.importing.forms import (
    HIDDEN,
    AboutForm,
    AddForm,
    EditsForm,
    MendForm,
    PlaceForm,
    UploadForm,
    change_words,
)
from scoring.importing.header import header_words
from scoring.importing.questions_form import QuestionsForm, open_questions


def upload(request):
    """Asks for the file. One that can't be read is not kept."""
    organisations = Organisation.objects.led_by(request.user).starting()
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
    try:
        found = read_upload(row)
        problems, reading = found.problems, stored.as_text(found)
    except ImportProblem as problem:
        problems, reading = problem.problems, ""
    if can_be_mended(problems):
        return keep_upload(
            user=user,
            organisation=row.organisation,
            name=row.name,
            data=row.data,
            year=row.year,
            reading=reading,
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
        "header": header_words(found.content) if found.content else (),
        "questions": open_questions(found),
        "edits": [(change_words(edit), edit, is_taken) for edit, is_taken in found.edits],
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
    found = look_at(row)
    content = found.content
    initial = {"organisation": row.organisation, "year": row.year, "title": row.title}
    if content is not None:
        initial |= {"title": content.title} | ({"year": content.year} if found.has_year else {})
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
    """Title, sections, owners and scores of one case study, beside what the file says."""
    row = _door(request, waiting)
    found = look_at(row)
    part = next((one for one in getattr(found.content, "case_studies", ()) if one.number == number), None)
    if part is None:
        raise Http404
    form = ImportedCaseStudyForm(request.POST or None, found=found, part=part, back=_preview(row))
    if request.method == "POST" and form.is_valid():
        actions.correct_case_study(upload=row, number=number, **form.corrections())
        return redirect(_preview(row))
    return _form_page(request, row, form, f"Case study {number}: {part.title}", is_wide=True)


def add(request, waiting):
    """A case study that the file does not show as one."""
    row = _door(request, waiting)
    content = look_at(row).content
    if content is None:
        raise Http404
    form = AddForm(request.POST or None, edition=content.edition, back=_preview(row))
    if request.method == "POST" and form.is_valid():
        number = max((part.number for part in content.case_studies), default=0) + 1
        actions.add_case_study_to_upload(upload=row, number=number, **form.cleaned_data)
        return redirect("import_case_study", row.pk, number)
    return _form_page(request, row, form, "Add a case study")


def questions(request, waiting):
    """What the file does not say, asked with plain selects."""
    row = _door(request, waiting)
    found = look_at(row)
    if found.content is None:
        raise Http404
    form = QuestionsForm(request.POST or None, found=found, known=meanings_of(row), back=_preview(row))
    if request.method == "POST" and form.is_valid():
        actions.say_meanings(upload=row, meanings=form.meanings(), titles=form.titles())
        messages.success(request, "We read the file again with your answers.")
        return redirect(_preview(row))
    return _form_page(request, row, form, "Questions about your file")


def edits(request, waiting):
    """Which changes of the text of our own Word report are taken."""
    row = _door(request, waiting)
    form = EditsForm(posted(request), edits=look_at(row).edits, back=_preview(row))
    if form.is_bound and form.is_valid():
        actions.leave_edits(upload=row, places=form.left())
        return redirect(_preview(row))
    return _form_page(request, row, form, "What was changed in Word")


def original(request, waiting):
    """The file as it was uploaded, to save and to compare with."""
    row = _door(request, waiting)
    response = HttpResponse(bytes(row.data), content_type="application/octet-stream")
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=row.name)
    return response


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
def leave_out(request, waiting):
    """Leaves out all lines that stand against the report."""
    row = _door(request, waiting)
    lines = [(one.line, one.text, "") for one in look_at(row).problems if one.is_of_line]
    actions.mend_lines(upload=row, lines=lines)
    messages.success(request, f"You left out {len(lines)} line{'' if len(lines) == 1 else 's'}.")
    return redirect(_preview(row))


@require_POST
def confirm(request, waiting):
    """Stores the report as a review."""
    row = _door(request, waiting)
    found = look_at(row)
    if found.problems or found.is_empty:
        what = "correct the lines that we could not understand" if found.problems else "add a case study"
        messages.warning(request, f"First, {what}.")
        return redirect(_preview(row))
    try:
        review, is_stored = actions.confirm_upload(
            upload=row, content=found.content, confirmed_by=request.user
        )
    except NotPossible as refused:
        messages.warning(request, str(refused))
        return redirect(_preview(row))
    done = "is imported." if is_stored else "was already imported. Nothing was changed."
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


def _form_page(request, row: ReportUpload, form, heading: str, *, is_wide: bool = False):
    page = {"upload": row, "form": form, "heading": heading, "is_wide": is_wide}
    return render(request, "scoring/importing/import_form.html", page)
