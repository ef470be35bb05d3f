"""A member declares an interest in one case study."""

from django.contrib import messages
from django.shortcuts import redirect, render

from scoring import rules
from scoring.actions.panel import declare_interest
from scoring.forms.panel import InterestForm
from scoring.models import DeclaredInterest
from scoring.views.doors import case_study_door


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
    page = {"case_study": case_study, "review": case_study.review, "form": form, "declared": declared}
    return render(request, "scoring/interest.html", page)
