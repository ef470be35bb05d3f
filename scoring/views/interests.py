"""An interest in one case study: declared by a member, and taken back by them or by the equality lead."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from casestudies.models import DeclaredInterest
from casestudies.reviews import rules
from casestudies.reviews.doors import case_study_door, review_door
from scoring.panel.actions import declare_interest, take_back_interest
from scoring.panel.forms import InterestForm, TakeBackForm


def declare(request, organisation: str, year: str, number: int):
    """Says what follows, asks for the reason; afterwards shows what was declared."""
    case_study, standing = case_study_door(request, organisation, year, number)
    declared = DeclaredInterest.objects.filter(member=standing.member, case_study=case_study).first()
    if declared is None:
        rules.require(rules.why_not_declare(standing, case_study))
    form = InterestForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and declared is None:
        declare_interest(member=standing.member, case_study=case_study, reason=form.cleaned_data["reason"])
        messages.success(request, f"You declared an interest in {case_study.title}. You do not score it.")
        return redirect("case_study", organisation, year, number)
    page = {
        "case_study": case_study,
        "review": case_study.review,
        "form": form,
        "declared": declared,
        "refusal": rules.why_not_take_back(standing, case_study),
    }
    return render(request, "scoring/interest.html", page)


def take_back(request, organisation: str, year: str, number: int):
    """The member takes back what they declared, while scoring is not closed."""
    case_study, standing = case_study_door(request, organisation, year, number)
    rules.require(rules.why_not_take_back(standing, case_study))
    declared = get_object_or_404(DeclaredInterest, member=standing.member, case_study=case_study)
    back = reverse("case_study", args=[organisation, year, number])
    return _take_back(request, declared, back)


def take_back_for(request, organisation: str, year: str, pk: int, number: int):
    """The equality lead takes back what a member declared, until the panel has agreed its scores."""
    review, standing = review_door(request, organisation, year)
    rules.require(rules.why_not_see_panel(standing))
    rules.require(rules.why_not_change_panel(standing, review))
    rows = DeclaredInterest.objects.select_related("member__review", "case_study__review__organisation")
    declared = get_object_or_404(rows, member=pk, member__review=review, case_study__number=number)
    return _take_back(request, declared, reverse("panel_member", args=[organisation, year, pk]))


def _take_back(request, declared: DeclaredInterest, back: str):
    form = TakeBackForm(request.POST or None, back=back)
    if request.method == "POST" and form.is_valid():
        take_back_interest(interest=declared, why=form.cleaned_data["why"], taken_back_by=request.user)
        messages.success(request, f"The interest in {declared.case_study.title} is taken back.")
        return redirect(back)
    page = {"declared": declared, "review": declared.case_study.review, "form": form, "up": back}
    return render(request, "scoring/interest_take_back.html", page)
