"""What a body gave itself before its panel met: an author writes it, the equality lead says when the panel sees it."""

from django.contrib import messages
from django.shortcuts import redirect, render

from casestudies.models import Framework
from casestudies.reviews import rules
from casestudies.reviews.doors import case_study_door, review_door
from scoring import rules_self_assessment
from scoring.forms.self_assessment import SelfAssessmentForm, ShowForm
from scoring.scores.self_assessment import record_self_assessment, show_self_assessment


def self_assessment(request, organisation: str, year: str, number: int):
    """One case study: a score and a reason for each outcome area."""
    case_study, standing = case_study_door(request, organisation, year, number)
    rules.require(rules_self_assessment.why_not_self_assess(standing, case_study))
    form = SelfAssessmentForm(
        request.POST if request.method == "POST" else None,
        areas=list(case_study.domain.outcome_areas.all()),
        edition=Framework.objects.whole().get(pk=case_study.review.framework_id).as_edition(),
        initial=SelfAssessmentForm.initial_of(list(case_study.self_assessments.shown())),
    )
    if request.method == "POST" and form.is_valid():
        record_self_assessment(case_study=case_study, answers=form.answers())
        messages.success(request, f"Self-assessment saved for {case_study.title}.")
        return redirect("case_study", organisation, year, number)
    page = {"case_study": case_study, "review": case_study.review, "form": form}
    return render(request, "scoring/self_assessment.html", page)


def when_shown(request, organisation: str, year: str):
    """Whether the panel sees self-assessments before it scores."""
    review, standing = review_door(request, organisation, year)
    rules.require(rules_self_assessment.why_not_decide_self_assessment(standing, review))
    form = ShowForm(
        request.POST or None, initial={"when": "before" if review.shows_self_assessment else "after"}
    )
    if request.method == "POST" and form.is_valid():
        show_self_assessment(review=review, before_scoring=form.cleaned_data["when"] == "before")
        messages.success(request, "Saved when the panel sees the self-assessment.")
        return redirect("review", organisation, year)
    return render(request, "scoring/self_assessment_shown.html", {"review": review, "form": form})
