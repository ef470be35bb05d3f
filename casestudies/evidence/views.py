"""The evidence of a case study: authors and the equality lead gather it, others read it once it was marked ready."""

import logging

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from casestudies.evidence import actions, presenting
from casestudies.evidence.forms import DetailsForm, GroupsForm, KindForm, OutcomesForm, RemoveForm
from casestudies.models import CaseStudy, Evidence, EvidenceFile
from casestudies.reviews.doors import case_study_door, review_door
from casestudies.reviews.roles import Standing
from eds.content import ReportContent
from eds.evidence_map import whole_map
from edsportal.web.addresses import url_of
from edsportal.web.form_pages import posted
from edsportal.web.refusals import ChangedMeanwhile
from reports.reading.file_kinds import KINDS
from reports.writing import svg, tables

NEW = "new"  # in the address of a question that is asked about evidence just added: on to the next one


def evidence(request, organisation: str, year: str, number: int):
    """All of it in order; what can be done with each piece, for who may."""
    case_study, standing = case_study_door(request, organisation, year, number)
    gathering = presenting.sees_gathering(standing, case_study)
    said = presenting.said_of(case_study, gathering=gathering)
    page = {
        "case_study": case_study,
        "review": case_study.review,
        "items": presenting.shown(case_study, said),
        "gathering": gathering,
        "can_write": standing.may("write", case_study),
        "is_ready": case_study.versions.exists(),
        "map": whole_map(presenting.map_content(case_study.review, [(case_study, said)])),
    }
    return render(request, "casestudies/evidence/evidence.html", page)


def add(request, organisation: str, year: str, number: int):
    """What kind is it?"""
    case_study, _ = _writing_door(request, organisation, year, number)
    form = KindForm(request.POST or None, back=url_of(case_study, "evidence"))
    if request.method == "POST" and form.is_valid():
        return redirect("evidence_add_details", organisation, year, number, form.cleaned_data["kind"])
    return _page(request, case_study, form, "Add evidence")


def add_details(request, organisation: str, year: str, number: int, sort: str):
    """What is it? Stores it, so that nothing is lost before the questions that follow."""
    case_study, _ = _writing_door(request, organisation, year, number)
    if sort not in Evidence.Kind.values:
        raise Http404
    form = DetailsForm(request=request, kind=sort, back=url_of(case_study, "evidence"))
    if request.method == "POST" and form.is_valid():
        values = form.values()
        row = actions.add_evidence(
            case_study=case_study,
            kind=sort,
            upload=values.pop("upload"),
            values=values,
            added_by=request.user,
        )
        return redirect(f"{url_of(row, 'evidence_outcomes')}?{NEW}")
    return _page(request, case_study, form, f"Add a {Evidence.Kind(sort).label.lower()}")


def item(request, organisation: str, year: str, number: int, item: int):
    """One piece with all that was answered about it, each with a way to change it."""
    row, _ = _item_door(request, organisation, year, number, item)
    said = [(row.pk, presenting.evidence_as_it_stands(row))]
    page = {
        "case_study": row.case_study,
        "review": row.case_study.review,
        "row": row,
        "item": presenting.shown(row.case_study, said)[0],
        "is_new": NEW in request.GET,
    }
    return render(request, "casestudies/evidence/evidence_item.html", page)


def details(request, organisation: str, year: str, number: int, item: int):
    row, _ = _item_door(request, organisation, year, number, item)
    form = DetailsForm(request=request, kind=row.kind, row=row, back=url_of(row))
    return _change(request, row, form, "Change the evidence")


def outcomes(request, organisation: str, year: str, number: int, item: int):
    row, _ = _item_door(request, organisation, year, number, item)
    given = {"row": row, "case_study": row.case_study, "back": url_of(row)}
    return _change(request, row, OutcomesForm(posted(request), **given), "What does it support?")


def groups(request, organisation: str, year: str, number: int, item: int):
    row, _ = _item_door(request, organisation, year, number, item)
    given = {"row": row, "case_study": row.case_study, "back": url_of(row)}
    return _change(request, row, GroupsForm(posted(request), **given), "Which groups is it about?")


@require_POST
def move(request, organisation: str, year: str, number: int, item: int):
    """One place up or down."""
    row, _ = _item_door(request, organisation, year, number, item)
    actions.move_evidence(evidence=row, up="up" in request.POST)
    return redirect(url_of(row.case_study, "evidence"))


def remove(request, organisation: str, year: str, number: int, item: int):
    """Asks first."""
    row, standing = _item_door(request, organisation, year, number, item)
    is_kept = row.file is not None and bool(row.file.ready_at or row.file.published_at)
    form = RemoveForm(
        posted(request),
        asks=is_kept and standing.is_lead,
        back=url_of(row.case_study, "evidence"),
    )
    if request.method == "POST" and form.is_valid():
        for_good = form.cleaned_data.get("for_good", False)
        actions.remove_evidence(evidence=row, for_good=for_good, removed_by=request.user)
        messages.success(request, f"“{row}” is removed.")
        return redirect(url_of(row.case_study, "evidence"))
    more = {"row": row, "is_kept": is_kept}
    return _page(
        request, row.case_study, form, f"Remove “{row}”?", "casestudies/evidence/evidence_remove.html", **more
    )


def _change(request, row: Evidence, form, heading: str):
    """Stores what was answered, or shows it beside what somebody else changed meanwhile."""
    theirs = None
    if request.method == "POST" and form.is_valid():
        values = form.values()
        try:
            actions.change_evidence(
                evidence=row,
                upload=values.pop("upload", None),
                values=values,
                seen=form.seen_before(),
                changed_by=request.user,
            )
        except ChangedMeanwhile as refused:
            said = [(None, presenting.evidence_as_it_stands(refused.current))]
            theirs = presenting.shown(row.case_study, said)[0]
            form.add_error(
                None, f"{refused} Its current details are below. To replace them with yours, save again."
            )
            form.data = form.data.copy()
            form.data["seen"] = actions.mark_of_evidence(refused.current, form.names)
        else:
            return redirect(_next(request, row))
    return _page(request, row.case_study, form, heading, row=row, theirs=theirs)


def _next(request: HttpRequest, row: Evidence) -> str:
    """The next question about a new piece of evidence; else back to all its answers."""
    if NEW not in request.GET:
        return url_of(row)
    name = "evidence_groups" if request.resolver_match.view_name == "evidence_outcomes" else "evidence_item"
    return f"{url_of(row, name)}?{NEW}"


def _page(
    request,
    case_study: CaseStudy,
    form,
    heading: str,
    template="casestudies/evidence/evidence_form.html",
    **more,
):
    page = {"case_study": case_study, "review": case_study.review, "form": form, "heading": heading}
    return render(request, template, page | more)


def _writing_door(request, organisation: str, year: str, number: int) -> tuple[CaseStudy, Standing]:
    """The door to gathering. Answers 403 with the reason to who may know of the case study only."""
    case_study, standing = case_study_door(request, organisation, year, number)
    standing.require("write", case_study)
    return case_study, standing


def _item_door(request, organisation: str, year: str, number: int, item: int) -> tuple[Evidence, Standing]:
    case_study, standing = _writing_door(request, organisation, year, number)
    rows = Evidence.objects.visible_to(request.user).filter(case_study=case_study)
    row = get_object_or_404(rows, pk=item)
    row.case_study = case_study
    return row, standing


# One file of evidence, as a download for who may read it.

log = logging.getLogger(__name__)


@require_safe
@login_not_required  # files of published reports are for everybody
def evidence_file(request, file):
    """Never shown by the browser itself, never kept by anybody between, and never more than one of our kinds."""
    row = EvidenceFile.objects.visible_to(request.user).held().filter(pk=file).first()
    if row is None:
        if not request.user.is_authenticated:
            return redirect_to_login(request.path)
        raise Http404
    try:
        stored = row.stored.open("rb")
    except FileNotFoundError:
        log.exception("The bytes of evidence file %s are gone from the storage.", row.pk)
        raise Http404 from None
    kind = KINDS[row.kind].content_type if row.kind in KINDS else "application/octet-stream"
    response = FileResponse(stored, as_attachment=True, filename=row.name, content_type=kind)
    response["Content-Length"] = row.size
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


# The evidence map: which groups and outcome areas are evidenced, and which are not.


def evidence_map(request, organisation: str, year: str, number: int):
    """Of one case study."""
    row, standing = case_study_door(request, organisation, year, number)
    gathering = presenting.sees_gathering(standing, row)
    said = presenting.said_of(row, gathering=gathering)
    page = {"case_study": row, "review": row.review, "gathering": gathering}
    found = presenting.map_content(row.review, [(row, said)])
    return render(request, "casestudies/evidence/evidence_map.html", page | _map(found, row.title))


def review_evidence_map(request, organisation: str, year: str):
    """Of all case studies of the review that this person may read."""
    review, standing = review_door(request, organisation, year)
    parts = presenting.parts_of(review, request.user, standing)
    page = {"review": review, "parts": [(row, len(said)) for row, said in parts]}
    found = presenting.map_content(review, parts)
    return render(request, "casestudies/evidence/evidence_map_review.html", page | _map(found, str(review)))


def _map(content: ReportContent, title: str) -> dict:
    found = whole_map(content)
    return {
        "map": found,
        "picture": svg.evidence_map(found, title=f"Evidence map of {title}"),
        "table": tables.evidence_map_table(found, title),
    }
