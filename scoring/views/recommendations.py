"""What the panel recommends: the list by theme, writing a recommendation, noting progress on it."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render

from casestudies.models import CaseStudy, Review
from scoring import rules
from scoring.actions.recommendations import note_progress, recommend, reword, withdraw
from scoring.forms.recommendations import ProgressForm, RecommendationForm
from scoring.low_scores import low_scores
from scoring.models import Recommendation
from scoring.report.from_rows import report_content
from scoring.standing import Standing
from scoring.views.doors import review_door


def recommendations(request, organisation: str, year: str):
    """All recommendations of a review; where scores may be seen, the low ones and what answers them."""
    review, standing = review_door(request, organisation, year)
    rules.require(rules.why_not_see_recommendations(standing, review))
    rows = Recommendation.objects.visible_to(request.user).filter(theme__review=review)
    sees_scores = rules.why_not_see_report(standing, review) is None
    page = {
        "review": review,
        "rows": rows.select_related("theme").prefetch_related("outcome_areas", "case_studies"),
        "low": low_scores(report_content(review)) if sees_scores else [],
        "can_write": rules.why_not_recommend(standing, review) is None,
    }
    return render(request, "scoring/recommendations.html", page)


def recommendation_add(request, organisation: str, year: str):
    """Write a new recommendation. `?outcome=1B&case_study=2` ticks what it is to answer."""
    review, standing = review_door(request, organisation, year)
    rules.require(rules.why_not_recommend(standing, review))
    form = RecommendationForm(request.POST or None, review=review, initial=_answering(request, review))
    if form.is_valid():
        recommend(review=review, wording=form.wording())
        messages.success(request, "Recommendation added.")
        return redirect("recommendations", organisation, year)
    page = {"review": review, "form": form, "heading": "Add a recommendation"}
    return render(request, "scoring/recommendation_form.html", page)


def _answering(request, review: Review) -> dict:
    code, number = request.GET.get("outcome", ""), request.GET.get("case_study", "")
    case_studies = CaseStudy.objects.standing_in(review).filter(
        place=int(number) if number.isdecimal() and len(number) < 5 else 0
    )
    areas = [area for row in case_studies for area in row.domain.outcome_areas.filter(code=code)]
    return {"case_studies": case_studies, "outcome_areas": areas}


def _one(request, organisation: str, year: str, pk: int) -> tuple[Recommendation, Standing]:
    """The door to one recommendation."""
    review, standing = review_door(request, organisation, year)
    rules.require(rules.why_not_see_recommendations(standing, review))
    rows = Recommendation.objects.visible_to(request.user).select_related(
        "equality_objective", "theme__review__organisation"
    )
    return get_object_or_404(rows, theme__review=review, pk=pk), standing


def recommendation(request, organisation: str, year: str, pk: int):
    """One recommendation, what was noted about it, and the form to note progress."""
    row, standing = _one(request, organisation, year, pk)
    refusal = rules.why_not_note_progress(standing)
    form = None
    if request.method == "POST" or refusal is None:
        rules.require(refusal)
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
        "can_write": rules.why_not_recommend(standing, review) is None,
    }
    return render(request, "scoring/recommendation.html", page)


def recommendation_change(request, organisation: str, year: str, pk: int):
    row, standing = _one(request, organisation, year, pk)
    review = row.theme.review
    rules.require(rules.why_not_recommend(standing, review))
    form = RecommendationForm(request.POST or None, review=review, initial=RecommendationForm.initial_of(row))
    if form.is_valid():
        reword(recommendation=row, wording=form.wording())
        messages.success(request, "Recommendation saved.")
        return redirect("recommendation", organisation, year, pk)
    page = {"review": review, "form": form, "heading": "Change the recommendation"}
    return render(request, "scoring/recommendation_form.html", page)


def recommendation_remove(request, organisation: str, year: str, pk: int):
    """Asks first; removes on POST."""
    row, standing = _one(request, organisation, year, pk)
    rules.require(rules.why_not_recommend(standing, row.theme.review))
    if request.method == "POST":
        withdraw(recommendation=row)
        messages.success(request, "Recommendation removed.")
        return redirect("recommendations", organisation, year)
    return render(request, "scoring/recommendation_remove.html", {"review": row.theme.review, "row": row})
