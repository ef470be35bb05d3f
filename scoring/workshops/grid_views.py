"""Typing in the paper sheets of everyone for one case study, and a second person's check of them."""

from django.contrib import messages
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from casestudies.models import CaseStudy, DeclaredInterest, PanelMember
from casestudies.organisations.roles import is_only_lead
from casestudies.reviews.doors import case_study_door
from eds.scores.answers import EVERY_SCORE
from edsportal.web.form_pages import posted
from edsportal.web.refusals import NotPossible
from scoring.models import Draft, PaperSheet, Score
from scoring.scores.actions import NotWhole
from scoring.scores.own_work import WRITTEN
from scoring.workshops.grid import type_in_sheet
from scoring.workshops.grid_forms import GridForm


@never_cache
def paper_grid(request: HttpRequest, organisation: str, year: str, number: int):
    """A row for each member whose sheet may still be typed in. What was typed in is never shown again."""
    case_study, standing = case_study_door(request, organisation, year, number)
    standing.require("enter_sheet", case_study)
    version = case_study.versions.order_by("number").last()
    if version is None:
        raise Http404
    version.case_study = case_study
    areas = list(case_study.domain.outcome_areas.all())
    sheets = {row.member_id: row for row in _sheets(case_study)}
    form = GridForm(
        posted(request),
        members=_members(case_study),
        areas=areas,
        highest=max(case_study.domain.framework.grade_words()),
        sheets={pk: row for pk, row in sheets.items() if row.checked_at is None},
        user=request.user,
    )
    if request.method == "POST" and form.is_valid() and _taken(request, form, version, areas):
        return redirect("paper_grid", organisation, year, number)
    page = {
        "review": case_study.review,
        "case_study": case_study,
        "form": form,
        "areas": areas,
        "grades": case_study.domain.framework.grade_words(),
        "checked": [row for row in sheets.values() if row.checked_at is not None],
        "is_only_lead": is_only_lead(case_study.review.organisation_id, request.user),
        "asks_every_reason": case_study.review.reasons == EVERY_SCORE,
    }
    return render(request, "scoring/workshops/paper_grid.html", page)


def _sheets(case_study: CaseStudy) -> list[PaperSheet]:
    rows = PaperSheet.objects.filter(case_study=case_study)
    return list(rows.defer("answers", "reason").select_related("member", "entered_by", "checked_by"))


def _members(case_study: CaseStudy) -> list[PanelMember]:
    """Those of whom `why_not_enter` says nothing, in one query."""
    rows = PanelMember.objects.scoring(case_study)
    scores = Score.objects.filter(member=OuterRef("pk"), version__case_study=case_study)
    declared = DeclaredInterest.objects.filter(member=OuterRef("pk"), case_study=case_study)
    drafts = Draft.objects.filter(WRITTEN, sheet__member=OuterRef("pk"), sheet__case_study=case_study)
    rows = rows.exclude(Exists(scores) | Exists(declared) | Exists(drafts))
    return list(rows.order_by("position", "name", "pk"))


def _taken(request: HttpRequest, form: GridForm, version, areas) -> bool:
    """Take each sheet by itself, and say how many wait and how many count; False where a row has to be looked at."""
    waiting, counted = [], []
    for member, answers, reason, is_sure in form.sheets_typed():
        try:
            sheet = type_in_sheet(
                member=member,
                version=version,
                areas=areas,
                answers=answers,
                reason=reason,
                entered_by=request.user,
                is_sure=is_sure,
            )
        except NotWhole as missing:
            form.refuse(member, missing.problems[0].message)
        except NotPossible as refused:
            form.refuse(member, str(refused))
        else:
            (waiting if sheet.checked_at is None else counted).append(member.name)
    if waiting:
        words = f"You typed in the sheet of {', '.join(waiting)}. It counts once a second person types in the same."
        messages.success(request, words)
    if counted:
        messages.success(request, f"You checked the sheet of {', '.join(counted)}. The scores count now.")
    if not (waiting or counted or form.errors):
        messages.info(request, "You left all rows empty, so nothing was stored.")
    return not form.errors
