"""An author writes one section: it saves by itself, is shown as the panel will read it, and takes what Word gives.

A script asks for JSON by `Accept: application/json`, as on the page that scores: 200 `saved_at`, `revision`,
`preview` and `personal`; 422 `errors`; 409 `conflict` or `another`; 403 `refused`.
"""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_POST

from casestudies.models import CaseStudy, Section
from casestudies.reviews.doors import case_study_door
from casestudies.writing import sections as actions
from casestudies.writing.forms import AddSectionForm, SectionForm
from casestudies.writing.handover.actions import answer_comment, comments_on, handover_state
from casestudies.writing.personal_data import (
    explanations_of,
    found_in,
    found_in_text,
    known_words,
    still_to_do,
)
from casestudies.writing.suggestions import Suggestion, prompt_for, suggestions
from eds.text.markdown import to_html
from eds.text.text_diff import compared
from edsportal.web.addresses import url_of
from edsportal.web.form_pages import confirm
from edsportal.web.pending_forms import give_back, may_wait
from edsportal.web.refusals import ChangedMeanwhile
from edsportal.web.script_requests import answers_scripts, clock, wants_json
from reports.reading.pasted import from_html, from_plain


def add(request: HttpRequest, organisation: str, year: str, number: int):
    """Offers the sections that case studies often have, and one with a heading of their own.

    What is there already, for example because the page was sent again after "Back", is not added twice.
    """
    case_study = writing_door(request, organisation, year, number)
    offered = suggestions(case_study)
    back = url_of(case_study, "write")
    sent = _without_added(request.POST, offered) if request.method == "POST" else None
    form = AddSectionForm(sent, case_study=case_study, suggestions=offered, back=back)
    if sent is not None and form.is_valid():
        return _added(request, case_study, form)
    if sent is not None and request.POST.getlist("suggested") and not sent.get("heading"):
        messages.success(request, "You have already added these sections. Open each to write it.")
        return redirect(back)
    page = {"case_study": case_study, "review": case_study.review, "form": form}
    return render(request, "casestudies/writing/section_add.html", page)


def _without_added(sent: QueryDict, offered: list[Suggestion]) -> QueryDict:
    """What was sent, but for suggestions that the case study has by now."""
    keys = {each.key for each in offered}
    data = sent.copy()
    data.setlist("suggested", [key for key in sent.getlist("suggested") if key in keys])
    return data


def _added(request: HttpRequest, case_study: CaseStudy, form: AddSectionForm) -> HttpResponse:
    rows = actions.add_suggested(case_study=case_study, suggestions=form.chosen(), saved_by=request.user)
    if own := form.own():
        there = case_study.sections.filter(heading__iexact=own["heading"]).first()
        if there and not own["body"]:
            messages.success(request, f"You have already added “{there.heading}”. Write its text here.")
            return redirect(there)
        rows.append(actions.add_section(case_study=case_study, **own, saved_by=request.user))
    if len(rows) == 1:
        messages.success(request, f"“{rows[0].heading}” is added. Write its text here.")
        return redirect(rows[0])
    messages.success(request, f"{len(rows)} sections are added. Open each to write it.")
    return redirect(url_of(case_study, "write"))


@may_wait
@answers_scripts
def change(request: HttpRequest, organisation: str, year: str, number: int, section: int):
    """Write one section. Any press of a button keeps what was typed."""
    case_study = writing_door(request, organisation, year, number)
    row = case_study.sections.select_related("outcome_area", "saved_by").filter(pk=section).first()
    if row is None:
        if request.method == "POST":
            return _gone(request, case_study)
        raise Http404
    row.case_study = case_study
    if request.method == "POST":
        return _posted(request, row)
    waiting = give_back(request)
    more = waiting.dict() if waiting is not None else {}
    return _page(request, row, _form_of(row, **more), waiting=waiting)


def _form_of(row: Section, **more) -> SectionForm:
    """The form with what is saved, but for the fields that are given."""
    comments = comments_on(row)
    initial = SectionForm.initial_of(row, comments) | more
    return SectionForm(case_study=row.case_study, comments=comments, initial=initial)


def _posted(request: HttpRequest, row: Section) -> HttpResponse:
    form = SectionForm(request.POST, case_study=row.case_study, comments=comments_on(row))
    script = wants_json(request)
    if not form.is_valid():
        if script:
            errors = [error for each in form.errors.values() for error in each]
            return JsonResponse({"errors": errors}, status=422)
        return _page(request, row, form)
    if "both" in request.POST:
        return _conflict(request, form, row)
    try:
        saved = _save(request, row, form)
    except ChangedMeanwhile as refused:
        refused.current.case_study = row.case_study
        return (
            JsonResponse({"conflict": True}, status=409)
            if script
            else _conflict(request, form, refused.current)
        )
    except Section.DoesNotExist:
        return _gone(request, row.case_study)
    return _told(request, saved) if script else _went_on(request, saved)


def _told(request: HttpRequest, saved: Section) -> JsonResponse:
    page = _preview(saved)
    parts = {
        name: render_to_string(f"components/{name}.html", page, request) for name in ("preview", "personal")
    }
    saved_at = clock(saved.saved_at or timezone.now())
    return JsonResponse({"saved_at": saved_at, "revision": saved.mark} | parts)


def _save(request: HttpRequest, row: Section, form: SectionForm) -> Section:
    data = form.cleaned_data
    seen = {"seen": data["revision"], "page": data["page"][:32]}
    saved = actions.change_section(section=row, **form.values(), **seen, saved_by=request.user)
    saved.case_study = row.case_study
    for comment, answer in form.answers().items():
        answer_comment(comment=comment, answer=answer, answered_by=request.user)
    return saved


def _went_on(request: HttpRequest, saved: Section) -> HttpResponse:
    """After a press of a button: to the preview, the text made tidy, the next section, or back to the list."""
    initial = SectionForm.initial_of(saved)
    if "preview" in request.POST:
        return _page(
            request, saved, SectionForm(case_study=saved.case_study, initial=initial), previewed=True
        )
    if "tidy" in request.POST:
        initial["body"] = from_plain(saved.body)
        form = SectionForm(case_study=saved.case_study, initial=initial)
        return _page(request, saved, form, tidied=True, unsaved=initial["body"] != saved.body)
    messages.success(request, f"“{saved.heading}” is saved.")
    _, following = _place(saved)
    if "next" in request.POST and following:
        return redirect(url_of(saved.case_study, "section_change", following[0]))
    return redirect(url_of(saved.case_study, "write"))


def _place(row: Section) -> tuple[int, list[int]]:
    """The section's place from 1, and the ids of those after it in order."""
    order = list(row.case_study.sections.order_by("position").values_list("pk", flat=True))
    place = order.index(row.pk) + 1
    return place, order[place:]


def _page(request: HttpRequest, row: Section, form: SectionForm, **more) -> HttpResponse:
    areas = row.case_study.domain.outcome_areas.prefetch_related("descriptors").order_by("position")
    place, following = _place(row)
    page = {
        "case_study": row.case_study,
        "review": row.case_study.review,
        "form": form,
        "section": row,
        "place": place,
        "count": place + len(following),
        "is_last": not following,
        "areas": areas,
        "prompt": prompt_for(row),
        "grades": row.case_study.domain.framework.grade_words(),
    }
    return render(request, "casestudies/writing/section.html", page | _preview(row) | more)


def _preview(row: Section) -> dict:
    """The text as it is saved, as the panel will read it, and what in it may point to a private person."""
    case_study = row.case_study
    known, explained = known_words(case_study), explanations_of(case_study)
    found = list(found_in_text(row.body, known=known, explained=explained, section=row.pk))
    html = to_html(row.body, heading_level=3)
    return {"html": html, "found": found, "case_study": case_study, "review": case_study.review}


def _conflict(request: HttpRequest, form: SectionForm, theirs: Section) -> HttpResponse:
    """Both texts: what somebody else saved meanwhile, and what this page holds. Nothing is stored."""
    mine = form.cleaned_data["body"]
    more = form.values() | {name: form.cleaned_data[name] for name in form.comments}
    if "both" in request.POST:
        more["body"] = f"{mine.rstrip()}\n\n{theirs.body.lstrip()}"
    page = {
        "case_study": theirs.case_study,
        "review": theirs.case_study.review,
        "section": theirs,
        "pieces": compared(theirs.body, mine, around=None),
        "form": _form_of(theirs, **more),
    }
    return render(request, "casestudies/writing/section_conflict.html", page, status=409)


def _gone(request: HttpRequest, case_study: CaseStudy) -> HttpResponse:
    """The section was taken away while it was written: what was typed can be added again."""
    if wants_json(request):
        return JsonResponse(
            {"refused": "Someone removed this section while you were editing, so nothing was saved."},
            status=403,
        )
    fields = {name: request.POST.get(name, "") for name in ("heading", "outcome_area", "body")}
    page = {"case_study": case_study, "review": case_study.review, "fields": fields}
    return render(request, "casestudies/writing/section_gone.html", page, status=404)


@require_POST
@answers_scripts
def pasted(request: HttpRequest, organisation: str, year: str, number: int):
    """What somebody pasted, as HTML, given back as Markdown. Nothing is stored."""
    writing_door(request, organisation, year, number)
    return JsonResponse({"markdown": from_html(request.POST.get("html", ""))})


# Authors and the equality lead write a case study: its sections in order.


def writing_door(request: HttpRequest, organisation: str, year: str, number: int) -> CaseStudy:
    """The door to writing. Answers 403 with the reason to who may know of the case study only."""
    case_study, standing = case_study_door(request, organisation, year, number)
    standing.require("write", case_study)
    return case_study


def sections(request, organisation: str, year: str, number: int):
    """The sections in order, with what can be done with each."""
    case_study, standing = case_study_door(request, organisation, year, number)
    standing.require("write", case_study)
    page = {
        "case_study": case_study,
        "review": case_study.review,
        "sections": case_study.sections.select_related("outcome_area").order_by("position"),
        "handover": handover_state(case_study),
        "can_accept": standing.may("accept_text", case_study),
        "personal_to_do": len(still_to_do(found_in(case_study))),
    }
    return render(request, "casestudies/writing/write.html", page)


@require_POST
def move(request, organisation: str, year: str, number: int, section: int):
    """One place up or down."""
    case_study = writing_door(request, organisation, year, number)
    actions.move_section(section=_section(case_study, section), up="up" in request.POST)
    return redirect(url_of(case_study, "write"))


def remove(request, organisation: str, year: str, number: int, section: int):
    """Asks first."""
    case_study = writing_door(request, organisation, year, number)
    row = _section(case_study, section)

    def act() -> str:
        actions.remove_section(section=row)
        return f"“{row.heading}” is removed."

    page = {"case_study": case_study, "review": case_study.review, "section": row}
    to = url_of(case_study, "write")
    return confirm(request, act, "casestudies/writing/section_remove.html", page, to=to)


def _section(case_study: CaseStudy, pk: int) -> Section:
    return get_object_or_404(case_study.sections.select_related("outcome_area", "case_study"), pk=pk)
