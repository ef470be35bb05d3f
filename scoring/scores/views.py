"""A panel member reads a case study, scores it, checks their answers and submits them."""

from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from casestudies.frameworks.views import framework_door
from eds import stages
from eds.answers import problems, total
from edsportal.web.pending_forms import give_back, may_wait
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
from scoring.scores.forms import PageState, RescoreForm, ScoreForm
from scoring.scores.saving import conflict_page, form_page, own_sheet, resolve, save
from scoring.scores.sheet import Sheet

CHANGED = "Read what changed in the case study, then tick the box"


@may_wait
@answers_scripts
def score(request: HttpRequest, organisation: str, year: str, number: int):
    """Read and score on one page. Any press of a button keeps what was typed; "check" goes on when all is there."""
    sheet, standing = own_sheet(request, organisation, year, number)
    if request.method == "POST":
        standing.require("score", sheet.case_study)
        return _saved(request, sheet)
    if sheet.current:
        return render(request, "scoring/scores/submitted.html", _submitted(sheet, standing))
    standing.require("score", sheet.case_study)
    waiting = give_back(request)
    initial = waiting.dict() if waiting is not None else ScoreForm.initial_of(sheet.answers)
    form = ScoreForm(areas=sheet.areas, grades=sheet.grades, initial=initial)
    return form_page(request, "scoring/scores/score.html", sheet, form, waiting=waiting)


def _saved(request: HttpRequest, sheet: Sheet):
    """After a press of a button: what was typed is kept, then on to the check where that was asked for."""
    if "resolve" in request.POST:
        return resolve(request, sheet, ScoreForm)
    form = ScoreForm(request.POST, areas=sheet.areas, grades=sheet.grades)
    if refusal := save(request, sheet, form):
        return refusal
    answers = form.answers()
    if "check" not in request.POST:
        messages.success(request, f"Draft saved. {total(sheet.codes, answers, sheet.highest).words}.")
        return redirect("score", *sheet.case_study.url_args)
    found = problems(sheet.codes, answers)
    sheet = Sheet(sheet.case_study, sheet.member)
    if not found and not sheet.answered_version:
        return redirect("check_scores", *sheet.case_study.url_args)
    form.show_problems(found)
    if sheet.answered_version:
        form.add_error("read_change", CHANGED)
    return form_page(request, "scoring/scores/score.html", sheet, form)


def _submitted(sheet: Sheet, standing) -> dict:
    refusal = standing.why_not("change_scores", sheet.case_study)
    return sheet.page() | {"refusal": refusal, "is_open": sheet.case_study.stage in stages.REVEALED}


def check_scores(request: HttpRequest, organisation: str, year: str, number: int):
    """Check your answers, before they are submitted."""
    sheet, standing = own_sheet(request, organisation, year, number)
    standing.require("score", sheet.case_study)
    if sheet.current or sheet.answered_version or problems(sheet.codes, sheet.answers):
        return redirect("score", *sheet.case_study.url_args)
    return render(request, "scoring/scores/check.html", sheet.page())


@require_POST
def submit(request: HttpRequest, organisation: str, year: str, number: int):
    sheet, standing = own_sheet(request, organisation, year, number)
    standing.require("score", sheet.case_study)
    revision = request.POST.get("revision", "")
    try:
        submit_scores(
            member=sheet.member,
            version=sheet.newest,
            areas=sheet.areas,
            submitted_by=request.user,
            revision=int(revision) if revision.isdecimal() else None,
        )
    except Stale as stale:
        saved = clock(stale.sheet.saved_at)
        messages.warning(
            request,
            f"Your answers were changed in another tab at {saved}. Check them again before you submit.",
        )
        return redirect("check_scores", *sheet.case_study.url_args)
    except (NotWhole, TextChanged):
        return redirect("score", *sheet.case_study.url_args)
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
    waiting = give_back(request)
    begun = RescoreForm.initial_of(sheet.drafts or sheet.answers) | {
        "reason": sheet.row.reason if sheet.row else ""
    }
    initial = waiting.dict() if waiting is not None else begun
    form = RescoreForm(areas=sheet.areas, grades=sheet.grades, initial=initial)
    return form_page(request, "scoring/scores/rescore.html", sheet, form, waiting=waiting)


def _posted(request: HttpRequest, sheet: Sheet):
    if "discard" in request.POST:
        discard_change(member=sheet.member, case_study=sheet.case_study)
        return redirect("score", *sheet.case_study.url_args)
    if "resolve" in request.POST:
        return resolve(request, sheet, RescoreForm)
    form = RescoreForm(request.POST, areas=sheet.areas, grades=sheet.grades)
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
        return form_page(request, "scoring/scores/rescore.html", sheet, form)
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
