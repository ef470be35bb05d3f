"""A panel member changes scores that they submitted, or confirms them for a newer text."""

from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from casestudies.reviews import rules
from edsportal.web.pending_forms import give_back, may_wait
from scoring.scores.actions import NotWhole, Stale, confirm_scores, discard_change, rescore
from scoring.scores.forms import PageState, RescoreForm
from scoring.scores.saving import answers_scripts, conflict_page, form_page, own_sheet, resolve, save
from scoring.scores.sheet import Sheet


@may_wait
@answers_scripts
def change_scores(request: HttpRequest, organisation: str, year: str, number: int):
    """The questions again, with the scores as they stand and why they change."""
    sheet, standing = own_sheet(request, organisation, year, number)
    if not sheet.current:
        return redirect("score", *sheet.address)
    rules.require(rules.why_not_change_scores(standing, sheet.case_study))
    if request.method == "POST":
        return _posted(request, sheet)
    waiting = give_back(request)
    begun = RescoreForm.initial_of(sheet.drafts or sheet.answers) | {
        "reason": sheet.row.reason if sheet.row else ""
    }
    initial = waiting.dict() if waiting is not None else begun
    form = RescoreForm(areas=sheet.areas, grades=sheet.grades, initial=initial)
    return form_page(request, "scoring/rescore.html", sheet, form, waiting=waiting)


def _posted(request: HttpRequest, sheet: Sheet):
    if "discard" in request.POST:
        discard_change(member=sheet.member, case_study=sheet.case_study)
        return redirect("score", *sheet.address)
    if "resolve" in request.POST:
        return resolve(request, sheet, RescoreForm)
    form = RescoreForm(request.POST, areas=sheet.areas, grades=sheet.grades)
    if "submit" in request.POST and form.is_valid():
        return _rescore(request, sheet, form)
    if answer := save(request, sheet, form):
        return answer
    messages.success(request, "Draft saved. Your scores stay as they were until you submit the change.")
    return redirect("change_scores", *sheet.address)


def _rescore(request: HttpRequest, sheet: Sheet, form: RescoreForm):
    state = PageState.of(request.POST)
    try:
        rescore(
            member=sheet.member,
            version=sheet.version(state.version),
            areas=sheet.areas,
            answers=form.answers(),
            reason=form.reason(),
            submitted_by=request.user,
            revision=state.revision,
            page=state.page,
        )
    except NotWhole as refused:
        form.show_problems(refused.problems)
        return form_page(request, "scoring/rescore.html", sheet, form)
    except Stale as stale:
        return conflict_page(request, sheet, form, stale)
    messages.success(request, "Your scores are as they stand on this page.")
    return redirect("score", *sheet.address)


@require_POST
def confirm(request: HttpRequest, organisation: str, year: str, number: int):
    """The member has read what changed, and their scores stand for the newer text."""
    sheet, standing = own_sheet(request, organisation, year, number)
    rules.require(rules.why_not_change_scores(standing, sheet.case_study))
    version = sheet.version(request.POST.get("version"))
    confirm_scores(member=sheet.member, version=version, areas=sheet.areas, submitted_by=request.user)
    messages.success(request, "Thank you. Your scores stand for the case study as it is now.")
    return redirect("score", *sheet.address)
