"""A panel member scores a case study one question at a time."""

from django.contrib import messages
from django.http import Http404, HttpRequest
from django.shortcuts import redirect

from casestudies.models import OutcomeArea
from eds.scores.answers import AS_LIKED, EVERY_SCORE, problems
from edsportal.web.pending_forms import may_wait
from edsportal.web.script_requests import answers_scripts
from scoring.scores.score_sheet.forms import ScoreForm, StepForm
from scoring.scores.score_sheet.saving import (
    change_layout,
    form_of,
    form_page,
    own_sheet,
    resolve,
    save,
    save_waiting,
)
from scoring.scores.score_sheet.sheet import Sheet
from scoring.scores.score_sheet.steps import next_address, previous


@may_wait
@answers_scripts
def step(request: HttpRequest, organisation: str, year: str, number: int, area: str):
    """One question with what the case study says about it. Any press of a button keeps what was typed."""
    sheet, standing = own_sheet(request, organisation, year, number)
    row = next((each for each in sheet.areas if each.code == area), None)
    if row is None:
        raise Http404
    if sheet.current and request.method != "POST":
        return redirect("score", *sheet.case_study.url_args)
    standing.require("score", sheet.case_study)
    if request.method == "POST":
        return _saved(request, sheet, row)
    if answer := save_waiting(request, sheet, StepForm, area=row):
        return answer
    initial = ScoreForm.initial_of(sheet.answers)
    return form_page(request, sheet, form_of(StepForm, sheet, area=row, initial=initial))


def _saved(request: HttpRequest, sheet: Sheet, area: OutcomeArea):
    """After a press of a button: what was typed is kept, then on to where that button leads."""
    form = form_of(StepForm, sheet, request.POST, area=area)
    if "resolve" in request.POST:
        return resolve(request, sheet, form)
    if refusal := save(request, sheet, form):
        return refusal
    sheet = Sheet(sheet.case_study, sheet.member)
    if "view" in request.POST:
        return change_layout(request, sheet)
    before = previous(sheet, area.code)
    if "back" in request.POST and before is not None:
        return redirect(before.address)
    if "next" not in request.POST:
        messages.success(request, f"Draft saved. {sheet.progress}.")
        return redirect(request.path)
    # One reason for the whole case study can still be given: the check asks for it.
    reasons = EVERY_SCORE if sheet.reasons == EVERY_SCORE else AS_LIKED
    if missing := problems([area.code], sheet.answers, reasons):
        form.show_problems(missing)
        return form_page(request, sheet, form)
    return redirect(next_address(sheet, area.code))
