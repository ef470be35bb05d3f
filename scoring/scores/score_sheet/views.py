"""A panel member reads a case study, scores it, checks their answers and submits them."""

from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from casestudies.frameworks.views import framework_door
from eds import stages
from edsportal.web.pending_forms import may_wait
from edsportal.web.script_requests import answers_scripts, clock
from scoring.scores.actions import (
    NotWhole,
    Stale,
    TextChanged,
    confirm_scores,
    discard_change,
    rescore,
    submit_scores,
)
from scoring.scores.score_sheet.forms import CHANGED, PageState, RescoreForm, ScoreForm, SubmitForm
from scoring.scores.score_sheet.saving import (
    change_layout,
    conflict_page,
    form_of,
    form_page,
    own_sheet,
    resolve,
    save,
    save_waiting,
)
from scoring.scores.score_sheet.sheet import Sheet
from scoring.scores.score_sheet.steps import first_address, steps_of


@may_wait
@answers_scripts
def score(request: HttpRequest, organisation: str, year: str, number: int):
    """All questions on one page for those who like that, or else on to the first one without an answer.

    Any press of a button keeps what was typed; "check" goes on when all is there.
    """
    sheet, standing = own_sheet(request, organisation, year, number)
    if request.method == "POST":
        standing.require("score", sheet.case_study)
        return _saved(request, sheet)
    if sheet.current:
        return render(request, "scoring/scores/score_sheet/submitted.html", _submitted(sheet, standing))
    standing.require("score", sheet.case_study)
    if answer := save_waiting(request, sheet, ScoreForm):
        return answer
    if not sheet.preference.one_page:
        return redirect(first_address(sheet))
    initial = ScoreForm.initial_of(sheet.answers)
    return form_page(request, sheet, form_of(ScoreForm, sheet, initial=initial))


def _saved(request: HttpRequest, sheet: Sheet):
    """After a press of a button: what was typed is kept, then on to the check where that was asked for."""
    form = form_of(ScoreForm, sheet, request.POST)
    if "resolve" in request.POST:
        return resolve(request, sheet, form)
    if refusal := save(request, sheet, form):
        return refusal
    if "view" in request.POST:
        return change_layout(request, sheet)
    sheet = Sheet(sheet.case_study, sheet.member)
    if "check" not in request.POST:
        messages.success(request, f"Draft saved. {sheet.progress}.")
        return redirect("score", *sheet.case_study.url_args)
    if not sheet.missing and not sheet.answered_version:
        return redirect("check_scores", *sheet.case_study.url_args)
    form.show_problems(sheet.missing)
    if sheet.answered_version:
        form.add_error("read_change", CHANGED)
    return form_page(request, sheet, form)


def _submitted(sheet: Sheet, standing) -> dict:
    refusal = standing.why_not("change_scores", sheet.case_study)
    return sheet.page() | {"refusal": refusal, "is_open": sheet.case_study.stage in stages.REVEALED}


def check_scores(request: HttpRequest, organisation: str, year: str, number: int):
    """Check your answers, before they are submitted; what is still missing is named, with the way to it."""
    sheet, standing = own_sheet(request, organisation, year, number)
    standing.require("score", sheet.case_study)
    if sheet.current:
        return redirect("score", *sheet.case_study.url_args)
    return _check_page(request, sheet, SubmitForm(has_changed=sheet.answered_version is not None))


def _check_page(request: HttpRequest, sheet: Sheet, form: SubmitForm):
    page = {
        "form": form,
        "steps": steps_of(sheet),
        "missing": sheet.missing,
        "one_page": sheet.preference.one_page,
    }
    return render(request, "scoring/scores/score_sheet/check.html", sheet.page() | page)


@require_POST
def submit(request: HttpRequest, organisation: str, year: str, number: int):
    sheet, standing = own_sheet(request, organisation, year, number)
    standing.require("score", sheet.case_study)
    revision = request.POST.get("revision", "")
    form = SubmitForm(request.POST, has_changed=sheet.answered_version is not None and not sheet.current)
    if not form.is_valid():
        return _check_page(request, sheet, form)
    try:
        submit_scores(
            member=sheet.member,
            version=sheet.newest,
            areas=sheet.areas,
            submitted_by=request.user,
            revision=int(revision) if revision.isdecimal() else None,
            reread=request.POST.get("version") == str(sheet.newest.pk),
        )
    except Stale as stale:
        saved = clock(stale.sheet.saved_at)
        messages.warning(
            request,
            f"Your answers were changed in another tab at {saved}. Check them again before you submit.",
        )
        return redirect("check_scores", *sheet.case_study.url_args)
    except (NotWhole, TextChanged):
        return redirect("check_scores", *sheet.case_study.url_args)
    messages.success(request, f"You submitted your scores for {sheet.case_study.title}.")
    return redirect("my_work")


# A panel member changes scores that they submitted, or confirms them for a newer text.


@may_wait
@answers_scripts
def change_scores(request: HttpRequest, organisation: str, year: str, number: int):
    """The questions again, with the scores as they stand and why they change."""
    sheet, standing = own_sheet(request, organisation, year, number)
    if not sheet.current:
        return redirect("score", *sheet.case_study.url_args)
    standing.require("change_scores", sheet.case_study)
    if request.method == "POST":
        return _posted(request, sheet)
    if answer := save_waiting(request, sheet, RescoreForm):
        return answer
    initial = RescoreForm.initial_of(sheet.drafts or sheet.answers) | {
        "reason": sheet.row.reason if sheet.row else ""
    }
    return form_page(request, sheet, form_of(RescoreForm, sheet, initial=initial))


def _posted(request: HttpRequest, sheet: Sheet):
    if "discard" in request.POST:
        discard_change(member=sheet.member, case_study=sheet.case_study)
        return redirect("score", *sheet.case_study.url_args)
    form = form_of(RescoreForm, sheet, request.POST)
    if "resolve" in request.POST:
        return resolve(request, sheet, form)
    if "submit" in request.POST and form.is_valid():
        return _rescore(request, sheet, form)
    if answer := save(request, sheet, form):
        return answer
    messages.success(request, "Draft saved. Your scores do not change until you submit.")
    return redirect("change_scores", *sheet.case_study.url_args)


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
        return form_page(request, sheet, form)
    except Stale as stale:
        return conflict_page(request, sheet, form, stale)
    messages.success(request, "Your scores have not changed.")
    return redirect("score", *sheet.case_study.url_args)


@require_POST
def confirm(request: HttpRequest, organisation: str, year: str, number: int):
    """The member has read what changed, and their scores stand for the newer text."""
    sheet, standing = own_sheet(request, organisation, year, number)
    standing.require("change_scores", sheet.case_study)
    version = sheet.version(request.POST.get("version"))
    confirm_scores(member=sheet.member, version=version, areas=sheet.areas, submitted_by=request.user)
    messages.success(request, "Thank you. You confirmed your scores for this version of the case study.")
    return redirect("score", *sheet.case_study.url_args)


# An edition as a panel member sees it.


def preview(request, pk: int):
    """The questions that a panel member answers, for every domain. Nothing can be sent."""
    row = framework_door(request, pk)
    grades = row.grade_words()
    parts = []
    for domain in row.domains.all():
        form = ScoreForm(areas=list(domain.outcome_areas.all()), grades=grades)
        form.describe()
        parts.append((domain, form))
    return render(
        request, "casestudies/frameworks/framework_preview.html", {"framework": row, "parts": parts}
    )
