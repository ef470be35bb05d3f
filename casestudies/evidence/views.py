"""The evidence of a case study: authors and the equality lead gather it, others read it once it was accepted."""

import logging

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from casestudies.evidence import actions, presenting
from casestudies.evidence.forms import EvidenceForm, RemoveForm
from casestudies.models import CaseStudy, Evidence, EvidenceFile
from casestudies.reviews.doors import case_study_door, review_door
from casestudies.reviews.roles import Standing
from casestudies.writing.personal_data import found_in_evidence, still_to_do
from eds.content import ReportContent
from eds.evidence_map import whole_map
from edsportal.web.addresses import url_of
from edsportal.web.form_pages import posted
from edsportal.web.refusals import ChangedMeanwhile
from reports.reading.file_kinds import KINDS
from reports.writing import map_tables
from reports.writing.drawing import svg

ADDED = "evidence_added"  # in the session: the evidence that a page added, by the page's name
MOST_PAGES = 20
GONE = 410  # HTTP: it was here, and does not come back


def evidence(request, organisation: str, year: str, number: int):
    """All of it in order; what can be done with each item, for who may."""
    case_study, standing = case_study_door(request, organisation, year, number)
    gathering = presenting.sees_gathering(standing, case_study)
    said = presenting.said_of(case_study, gathering=gathering)
    can_write = standing.may("write", case_study)
    page = {
        "case_study": case_study,
        "review": case_study.review,
        "found": still_to_do(found_in_evidence(case_study, said)) if can_write else [],
        "items": presenting.shown(case_study, said),
        "gathering": gathering,
        "can_write": can_write,
        "is_ready": case_study.versions.exists(),
        "map": whole_map(presenting.map_content(case_study.review, [(case_study, said)])),
    }
    return render(request, "casestudies/evidence/evidence.html", page)


def add(request, organisation: str, year: str, number: int):
    """Asks all about a new item in one form. `outcome` in the address ticks that outcome area."""
    case_study, _ = _writing_door(request, organisation, year, number)
    areas = [
        area for area in case_study.domain.outcome_areas.all() if area.code == request.GET.get("outcome")
    ]
    given = {"case_study": case_study, "back": url_of(case_study, "evidence")}
    form = EvidenceForm(request=request, initial={"outcome_areas": areas}, **given)
    if request.method == "POST" and form.is_valid():
        row = _added(request, case_study, form)
        messages.success(request, f"“{row}” is saved.")
        return redirect(url_of(case_study, "evidence_add" if "another" in request.POST else "evidence"))
    return _page(request, case_study, form, "Add evidence")


def _added(request: HttpRequest, case_study: CaseStudy, form: EvidenceForm) -> Evidence:
    """The new item; the one that the same page added before, with the new answers, where somebody went back to it."""
    values = form.values()
    upload, page = values.pop("upload"), form.cleaned_data["page"]
    pages = request.session.get(ADDED, {})
    row = case_study.evidence.filter(pk=pages.get(page), kind=form.chosen_kind).first()
    if row is not None:
        names = tuple(values)
        seen = names, actions.mark_of_evidence(row, names)
        actions.change_evidence(
            evidence=row, values=values, seen=seen, upload=upload, changed_by=request.user
        )
        return case_study.evidence.get(pk=row.pk)
    row = actions.add_evidence(
        case_study=case_study, kind=form.chosen_kind, upload=upload, values=values, added_by=request.user
    )
    newest = dict(list(pages.items())[-MOST_PAGES:])
    request.session[ADDED] = newest | {page: row.pk}
    return row


def item(request, organisation: str, year: str, number: int, item: int):
    """Change one item. Where somebody else changed it since, both are shown and nothing is stored."""
    row, _ = _item_door(request, organisation, year, number, item)
    form = EvidenceForm(
        request=request, case_study=row.case_study, row=row, back=url_of(row.case_study, "evidence")
    )
    theirs = None
    if request.method == "POST" and form.is_valid():
        values = form.values()
        given = {"upload": values.pop("upload"), "values": values, "changed_by": request.user}
        try:
            actions.change_evidence(evidence=row, seen=form.seen_before(), **given)
        except ChangedMeanwhile as refused:
            theirs = _theirs(form, refused)
        else:
            messages.success(request, f"“{Evidence.objects.get(pk=row.pk)}” is saved.")
            return redirect(url_of(row.case_study, "evidence"))
    said = [(None, presenting.evidence_as_it_stands(row))]
    more = {"row": row, "theirs": theirs, "item": presenting.shown(row.case_study, said)[0]}
    return _page(request, row.case_study, form, "Change the evidence", **more)


def _theirs(form: EvidenceForm, refused: ChangedMeanwhile) -> presenting.ShownEvidence:
    """What the item says now; the form says so, and replaces it if it is sent again."""
    form.add_error(None, f"{refused} Its current details are below. To replace them with yours, save again.")
    form.data = form.data.copy()
    form.data["seen"] = actions.mark_of_evidence(refused.current, form.names)
    said = [(None, presenting.evidence_as_it_stands(refused.current))]
    return presenting.shown(form.row.case_study, said)[0]


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
    row = EvidenceFile.objects.visible_to(request.user).filter(pk=file).first()
    if row is not None and row.withdrawn_at:
        return render(request, "casestudies/evidence/evidence_withdrawn.html", {"file": row}, status=GONE)
    if row is None or not row.stored:
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
        "table": map_tables.evidence_map_table(found, title),
    }
