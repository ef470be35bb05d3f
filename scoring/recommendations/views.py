"""What the panel recommends: the list by theme, writing a recommendation, noting progress on it."""

from django.contrib import messages
from django.shortcuts import redirect, render

from casestudies.models import CaseStudy, Review
from casestudies.organisations.roles import require
from casestudies.reviews.doors import review_door
from casestudies.reviews.roles import Standing
from eds.checks.recommendations import low_scores
from eds.recommendation_drafts import Draft, draft_from, sources
from edsportal.web.addresses import url_of
from edsportal.web.form_pages import confirm, edit
from scoring.models import Recommendation
from scoring.recommendations.actions import note_progress, recommend, reword, withdraw
from scoring.recommendations.doors import recommendation_door
from scoring.recommendations.forms import NEW, ProgressForm, RecommendationForm
from scoring.review.content import report_content


def recommendations(request, organisation: str, year: str):
    """All recommendations of a review; where scores may be seen, the low ones and what answers them."""
    review, standing = review_door(request, organisation, year)
    standing.require("see_recommendations")
    rows = Recommendation.objects.visible_to(request.user).filter(theme__review=review)
    can_write = standing.may("recommend")
    said = report_content(review) if standing.may("see_report") else None
    page = {
        "review": review,
        "rows": rows.select_related("theme").prefetch_related("progress_notes"),
        "low": low_scores(said) if said else [],
        "sources": sources(said) if said and can_write else [],
        "previous": review.previous_actions.select_related("recommendation__theme__review__organisation"),
        "can_write": can_write,
        "is_lead": standing.is_lead,
    }
    return render(request, "scoring/recommendations/recommendations.html", page)


def recommendation_add(request, organisation: str, year: str):
    """Write a new recommendation. `?outcome=1B&case_study=2` ticks what it is to answer, and
    `?from=commentary&case_study=2` drafts it from what was said there; nothing is stored before it is saved."""
    review, standing = review_door(request, organisation, year)
    standing.require("recommend")
    draft = _draft(request, review, standing)
    initial = _answering(request, review, draft) | _drafted(draft)
    form = RecommendationForm(request.POST or None, review=review, initial=initial)

    def save() -> str:
        recommend(review=review, wording=form.wording())
        return "Recommendation added."

    page = {"review": review, "heading": "Add a recommendation", "source": draft.source if draft else None}
    to = url_of(review, "recommendations")
    return edit(request, form, save, "scoring/recommendations/recommendation_form.html", page, to=to)


def _number(request) -> int:
    """The case study that the address names; 0 for none."""
    number = request.GET.get("case_study", "")
    return int(number) if number.isdecimal() and len(number) < 5 else 0


def _draft(request, review: Review, standing: Standing) -> Draft | None:
    if "from" not in request.GET or not standing.may("see_report"):
        return None
    return draft_from(report_content(review), _number(request), request.GET["from"])


def _drafted(draft: Draft | None) -> dict:
    """Under a theme of the case study's name, which the form takes for the known one where there is one."""
    if draft is None:
        return {}
    return {"action": draft.source.draft, "theme": NEW, "new_theme": draft.source.title}


def _answering(request, review: Review, draft: Draft | None) -> dict:
    codes = draft.outcomes if draft else (request.GET.get("outcome", ""),)
    case_studies = CaseStudy.objects.standing_in(review).filter(place=_number(request))
    areas = [area for row in case_studies for area in row.domain.outcome_areas.all() if area.code in codes]
    return {"case_studies": case_studies, "outcome_areas": areas}


def recommendation(request, organisation: str, year: str, pk: int):
    """One recommendation, what was noted about it, and the form to note progress."""
    row, standing = recommendation_door(request, organisation, year, pk)
    refusal = standing.why_not("note_progress")
    form = None
    if request.method == "POST" or refusal is None:
        require(refusal)
        form = ProgressForm(request.POST or None, initial={"status": row.status})
        if form.is_valid():
            note_progress(recommendation=row, noted_by=request.user, **form.cleaned_data)
            messages.success(request, "Progress noted.")
            return redirect("recommendation", organisation, year, pk)
    review = row.theme.review
    page = {
        "review": review,
        "row": row,
        "case_studies": CaseStudy.objects.standing_in(review).filter(recommendations=row),
        "notes": row.progress_notes.select_related("noted_by"),
        "form": form,
        "can_name_owner": standing.may("name_owner"),
        "messages_to_owner": row.owner_messages.select_related("asked_by")
        if standing.may("name_owner")
        else [],
        "can_ask": bool(row.owner_email) and standing.may("write_to_owner"),
        "can_write": standing.may("recommend"),
    }
    return render(request, "scoring/recommendations/recommendation.html", page)


def recommendation_change(request, organisation: str, year: str, pk: int):
    row, standing = recommendation_door(request, organisation, year, pk)
    review = row.theme.review
    standing.require("recommend")
    form = RecommendationForm(request.POST or None, review=review, initial=RecommendationForm.initial_of(row))

    def save() -> str:
        reword(recommendation=row, wording=form.wording())
        return "Recommendation saved."

    page = {"review": review, "heading": "Change the recommendation"}
    return edit(request, form, save, "scoring/recommendations/recommendation_form.html", page, to=row)


def recommendation_remove(request, organisation: str, year: str, pk: int):
    """Asks first; removes on POST."""
    row, standing = recommendation_door(request, organisation, year, pk)
    standing.require("recommend")

    def act() -> str:
        withdraw(recommendation=row)
        return "Recommendation removed."

    page = {"review": row.theme.review, "row": row}
    to = url_of(row.theme.review, "recommendations")
    return confirm(request, act, "scoring/recommendations/recommendation_remove.html", page, to=to)
