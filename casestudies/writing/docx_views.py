"""A case study as a Word file, and what came back in one."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import slugify

from casestudies.evidence.known_groups import known_groups
from casestudies.models import CaseStudy, ReportUpload
from casestudies.reviews.doors import case_study_door
from casestudies.uploads.actions import discard_upload, keep_upload
from casestudies.writing.docx_actions import take_changes
from casestudies.writing.forms import ChangesForm, WordForm
from casestudies.writing.versions import as_it_stands, evidence_of, sections_of
from casestudies.writing.views import writing_door
from eds.content import Section
from edsportal.web.addresses import url_of
from edsportal.web.refusals import ChangedMeanwhile
from edsportal.web.upload_limit import was_too_long
from reports.case_study_docx import read_back, to_docx
from reports.formats import FORMATS
from reports.reading.problems import ImportProblem


def docx_out(request, organisation: str, year: str, number: int):
    """For who writes it, as it says now; for who reads it, as it was last accepted."""
    case_study, standing = case_study_door(request, organisation, year, number)
    version = case_study.versions.order_by("number").last()
    if standing.may("write", case_study):
        said = as_it_stands(case_study)
    elif version is not None:
        said = version.content
    else:
        raise Http404
    data = to_docx(
        title=str(case_study),
        about=f"{case_study.review.organisation}, {year}",
        sections=sections_of(said),
        evidence=evidence_of(said),
        groups=known_groups(case_study.review.organisation),
    )
    response = HttpResponse(data, content_type=FORMATS["docx"].content_type)
    name = f"{slugify(f'{number} {case_study.title}')[:80]}-{year}.docx"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def docx_in(request, organisation: str, year: str, number: int):
    """Asks for the file that came back. One that can't be read is not kept."""
    case_study = writing_door(request, organisation, year, number)
    is_too_long = was_too_long(request, "file") is not None
    back = url_of(case_study, "write")
    form = WordForm(request.POST or None, request.FILES or None, is_too_long=is_too_long, back=back)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        data = file.read()
        try:
            read_back(data, case_study.domain.framework.as_edition(), _now(case_study))
        except ImportProblem as refused:
            form.add_error("file", str(refused)[:1].upper() + str(refused)[1:])
        else:
            body = case_study.review.organisation
            row = keep_upload(
                user=request.user, organisation=body, name=file.name, data=data, case_study=case_study
            )
            return redirect("word_changes", organisation, year, number, row.pk)
    page = {"case_study": case_study, "review": case_study.review, "form": form}
    return render(request, "casestudies/writing/docx_in.html", page)


def docx_changes(request, organisation: str, year: str, number: int, waiting):
    """Shows what the file changes, word by word, and takes what is chosen."""
    case_study = writing_door(request, organisation, year, number)
    row = get_object_or_404(ReportUpload.objects.of_case_study(case_study, request.user), pk=waiting)
    if "discard" in request.POST:
        discard_upload(upload=row)
        messages.success(request, f"“{row.name}” is deleted. Nothing was changed.")
        return redirect(url_of(case_study, "write"))
    rows = list(case_study.sections.order_by("position"))
    returned, changes = read_back(bytes(row.data), case_study.domain.framework.as_edition(), _now(case_study))
    form = ChangesForm(request.POST or None, changes=changes, marks=[one.mark for one in rows])
    if request.method == "POST" and form.is_valid() and _taken(request, case_study, row, form):
        return redirect(url_of(case_study, "write"))
    page = {
        "case_study": case_study,
        "review": case_study.review,
        "upload": row,
        "returned": returned,
        "changes": changes,
        "form": form,
    }
    return render(request, "casestudies/writing/docx_changes.html", page)


def _taken(request, case_study: CaseStudy, row: ReportUpload, form: ChangesForm) -> bool:
    try:
        take_changes(
            upload=row,
            case_study=case_study,
            changes=form.taken(),
            seen=form.cleaned_data["seen"].split(),
            saved_by=request.user,
        )
    except ChangedMeanwhile:
        form.add_error(
            "take",
            "Someone changed the case study while you were editing. Check the changes again, then save them.",
        )
        form.data = form.data.copy()
        form.data["seen"] = form.initial["seen"]
        return False
    messages.success(
        request,
        "You added the changes to the case study. Send it for review to make them the next version for the panel.",
    )
    return True


def _now(case_study: CaseStudy) -> tuple[Section, ...]:
    return sections_of(as_it_stands(case_study))
