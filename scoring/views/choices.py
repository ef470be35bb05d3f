"""The page on which the equality lead records which case study stands for a domain."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render

from casestudies.models import Domain, Review
from casestudies.reviews import rules
from casestudies.reviews.doors import review_door
from eds.totals import results
from scoring.forms.choice import ChoiceForm
from scoring.moderation.domain_choice import ChoiceRefused, ChosenMeanwhile, candidates_of, choose_case_study
from scoring.review.content import scored_content


def domain_choice(request, organisation: str, year: str, number: int):
    row, standing = review_door(request, organisation, year)
    domain = get_object_or_404(Domain, framework=row.framework_id, number=number)
    rules.require(rules.why_not_choose(standing, row))
    found = candidates_of(row, number)
    if not found:
        raise PermissionDenied(_why_settled(row, domain))
    choice = row.domain_choices.filter(domain=domain).first()
    form = ChoiceForm(request.POST or None, candidates=found, initial=ChoiceForm.initial_of(choice))
    if request.method == "POST" and form.is_valid() and _choose(form, row, domain, request.user):
        messages.success(request, f"Saved: the case study that stands for {domain.name}.")
        return redirect("moderation", organisation, year)
    page = {"review": row, "domain": domain, "form": form, "found": found, "is_tie": _is_tie(found)}
    return render(request, "scoring/domain_choice.html", page)


def _why_settled(review: Review, domain: Domain) -> str:
    result = next(each for each in results(scored_content(review)).domains if each.number == domain.number)
    return f"Nobody can choose a case study for {domain.name} now: {result.explanation}."


def _is_tie(found) -> bool:
    return len({result.total.words for result in found}) == 1


def _choose(form: ChoiceForm, review: Review, domain: Domain, user) -> bool:
    """Whether it was stored; if not, the form says why."""
    try:
        choose_case_study(review=review, domain=domain, recorded_by=user, **form.cleaned_data)
    except ChosenMeanwhile as refused:
        form.show_chosen_meanwhile(refused)
    except ChoiceRefused as refused:
        form.add_error("case_study", str(refused))
    else:
        return True
    return False
