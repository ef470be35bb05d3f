"""What the pages for scoring and for changing scores share: the door, saving from a script, and two pages in conflict.

A script asks for JSON by `Accept: application/json` and gets one object:
200 `saved_at`, `revision`, `changed` (the case study has a newer text); 422 `errors`;
409 `conflict`, the answers that differ, or `another` (somebody else is signed in); 403 `refused`, why.
"""

from dataclasses import replace

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render

from casestudies.reviews.doors import case_study_door
from casestudies.reviews.roles import Standing
from eds import stages
from edsportal.web.pending_forms import give_back
from edsportal.web.script_requests import clock, wants_json
from scoring.models import ScoringPreference
from scoring.scores.actions import Stale, save_draft
from scoring.scores.score_sheet.forms import CompareForm, PageState, RescoreForm, ScoreForm, StepForm
from scoring.scores.score_sheet.sheet import Sheet
from scoring.scores.score_sheet.steps import step_page

SAVED = "You were signed out before we could save what you typed. We have saved it now."
WORDS = {"easy": True, "usual": False}  # the button with which a member chooses the words of the questions
NOT_SAVED = "You were signed out, and what you typed is not saved. Correct it below, then save it."


def own_sheet(request: HttpRequest, organisation: str, year: str, number: int) -> tuple[Sheet, Standing]:
    """The door to a member's own sheet. Answers 403 with the reason to who may know of the case study only."""
    case_study, standing = case_study_door(request, organisation, year, number)
    standing.require("have_sheet", case_study)
    standing.member.user = standing.user  # the same person, read already
    sheet = Sheet(case_study, standing.member)
    if sheet.newest is None:
        raise PermissionDenied("This case study is being written. You can score it once it is accepted.")
    return sheet, standing


def form_page(request: HttpRequest, sheet: Sheet, form: ScoreForm) -> HttpResponse:
    """The page with the form's questions, which knows what is saved now."""
    sheet.described_areas  # noqa: B018 (reads the descriptors in one query)
    easy = sheet.preference.easy_words
    form.describe(easy=easy)
    state = PageState(revision=sheet.revision, version=str(sheet.newest.pk))
    page = sheet.page() | {"form": form, "state": state, "easy": easy}
    page["has_easy_words"] = any(area.easy_statement for area in form.areas)
    if isinstance(form, StepForm):
        page |= step_page(sheet, form.area)
    return render(request, form.template, page)


def form_of(kind: type[ScoreForm], sheet: Sheet, data=None, **more) -> ScoreForm:
    """The form for this sheet, with what the equality lead asks reasons for; `data` is what was sent."""
    if kind is not StepForm:
        more["areas"] = sheet.areas
    if kind is RescoreForm:
        more["asks_why"] = sheet.case_study.stage in stages.REVEALED
    return kind(data, grades=sheet.grades, reasons=sheet.reasons, **more)


def change_layout(request: HttpRequest, sheet: Sheet) -> HttpResponse:
    """Remember how the member likes to score, as the button says that they pressed; then show it so."""
    view = request.POST["view"]
    if view in WORDS:
        ScoringPreference.objects.choose(request.user, easy_words=WORDS[view])
        return redirect(request.path)
    ScoringPreference.objects.choose(request.user, one_page=view == "one")
    return redirect("score", *sheet.case_study.url_args)


def save_waiting(request: HttpRequest, sheet: Sheet, kind: type[ScoreForm], **only) -> HttpResponse | None:
    """Save at once what the member sent while they were signed out. Gives a page where that can't be; None to go on.

    Only their own words from a page that was made for them wait here: see edsportal/web/pending_forms.py.
    """
    waiting = give_back(request)
    if waiting is None:
        return None
    form = form_of(kind, sheet, waiting, **only)
    if not form.is_valid():
        messages.warning(request, NOT_SAVED)
        return form_page(request, sheet, form)
    try:
        _save(sheet, PageState.of(waiting), form, form.answers())
    except Stale as stale:
        return conflict_page(request, sheet, form, stale)
    messages.success(request, SAVED)
    return redirect(request.path)


def save(request: HttpRequest, sheet: Sheet, form: ScoreForm) -> HttpResponse | None:
    """Keep what the form holds. Gives the answer where that is all, or why not; None where the view goes on."""
    script = wants_json(request)
    if not form.is_valid():
        if script:
            return JsonResponse(
                {"errors": [error for each in form.errors.values() for error in each]}, status=422
            )
        return form_page(request, sheet, form)
    state = PageState.of(request.POST)
    try:
        row = _save(sheet, state, form, form.answers())
    except Stale as stale:
        return conflict_page(request, sheet, form, stale)
    changed = state.version != "" and state.version != str(sheet.newest.pk)
    saved = {"saved_at": clock(row.saved_at), "revision": row.revision, "changed": changed}
    return JsonResponse(saved) if script else None


def _save(sheet: Sheet, state: PageState, form: ScoreForm, answers):
    rescoring = isinstance(form, RescoreForm)
    return save_draft(
        member=sheet.member,
        version=sheet.version(state.version),
        areas=sheet.areas,
        answers=answers,
        revision=state.revision,
        page=state.page,
        reread=rescoring or form.cleaned_data["read_change"],
        rescoring=rescoring,
        reason=form.reason(),
    )


def conflict_page(request: HttpRequest, sheet: Sheet, form: ScoreForm, stale: Stale) -> HttpResponse:
    """Both answers side by side: what another page saved, and what this one holds. Nothing is stored."""
    here = form.answers()
    compare = CompareForm(saved=stale.saved, here=here)
    if wants_json(request):
        differing = _side_by_side(sheet, compare)
        lines = [{key: line[key] for key in ("code", "saved", "here")} for line in differing]
        return JsonResponse({"conflict": lines, "saved_at": clock(stale.sheet.saved_at)}, status=409)
    if sheet.current and not isinstance(form, RescoreForm):
        messages.warning(
            request,
            "You submitted your scores on another page, so what you typed here is not part of them. "
            "To change your scores to those below, submit the change.",
        )
        initial = ScoreForm.initial_of(sheet.answers | here)
        return form_page(request, sheet, form_of(RescoreForm, sheet, initial=initial))
    return _compare_page(request, sheet, form, compare, stale.sheet)


def _side_by_side(sheet: Sheet, compare: CompareForm) -> list[dict]:
    statements = {area.code: area.statement for area in sheet.areas}

    def told(answer) -> dict:
        return {"words": sheet.words(answer), "rationale": answer.rationale}

    return [
        {
            "code": code,
            "statement": statements[code],
            "saved": told(compare.saved_answer(code)),
            "here": told(compare.here[code]),
            "field": compare[f"keep_{code}"],
        }
        for code in compare.differing
    ]


def _compare_page(
    request: HttpRequest, sheet: Sheet, form: ScoreForm, compare: CompareForm, row
) -> HttpResponse:
    hidden = ScoreForm.initial_of(compare.here) | {"reason": form.reason()}
    sent = form.data  # what this page held, or what waited while the member was signed out
    state = replace(PageState.of(sent), revision=row.revision)
    page = {
        "form": compare,
        "lines": _side_by_side(sheet, compare),
        "hidden": hidden,
        "state": state,
        "saved_at": row.saved_at,
    }
    return render(request, "scoring/scores/score_sheet/compare.html", sheet.page() | page, status=409)


def resolve(request: HttpRequest, sheet: Sheet, form: ScoreForm) -> HttpResponse:
    """From the page with both answers: keep what was chosen. Asks again where a third was saved meanwhile."""
    if not form.is_valid():
        return form_page(request, sheet, form)
    saved = sheet.drafts or sheet.answers
    compare = CompareForm(request.POST, saved=saved, here=form.answers())
    if not compare.is_valid():
        return _compare_page(request, sheet, form, compare, sheet.row)
    try:
        _save(sheet, replace(PageState.of(request.POST), page=""), form, compare.answers())
    except Stale as stale:
        return _compare_page(
            request, sheet, form, CompareForm(saved=stale.saved, here=form.answers()), stale.sheet
        )
    messages.success(request, "Your choice is saved. Check that it is right.")
    return redirect(request.path)
