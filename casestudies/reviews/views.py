"""The equality lead sets up a review: starts it, fills in its header, says which case studies it has."""

from django.contrib import messages
from django.shortcuts import redirect, render

from casestudies.reviews import actions, rules
from casestudies.reviews.actions import change_header
from casestudies.reviews.actions import remove_case_study as take_out
from casestudies.reviews.doors import case_study_door, review_door
from casestudies.reviews.forms import CaseStudyForm, HeaderForm
from edsportal.web.addresses import url_of
from edsportal.web.refusals import NotPossible


def header(request, organisation: str, year: str):
    """The fields of the reporting template's header, and who tested Domain 3."""
    row, standing = review_door(request, organisation, year)
    rules.require(rules.why_not_change_header(standing, row))
    back = url_of(row)
    form = HeaderForm(request.POST or None, instance=row, back=back)
    if request.method == "POST" and form.is_valid():
        change_header(review=row, values=form.cleaned_data, changed_by=request.user)
        messages.success(request, "The header is saved.")
        return redirect(back)
    return render(request, "casestudies/reviews/header.html", {"review": row, "form": form})


def add_case_study(request, organisation: str, year: str):
    row, standing = review_door(request, organisation, year)
    rules.require(rules.why_not_set_up(standing, row))
    form = CaseStudyForm(request.POST or None, review=row, back=url_of(row))
    if request.method == "POST" and form.is_valid():
        data = {"authors": ()} | form.cleaned_data
        made = actions.add_case_study(review=row, **data, added_by=request.user)
        messages.success(request, f"“{made.title}” is added as case study {made.number}.")
        return redirect(row)
    return render(request, "casestudies/reviews/case_study_form.html", {"review": row, "form": form})


def change_case_study(request, organisation: str, year: str, number: int):
    """Title and authors. The domain stays: its outcome areas belong to what is written."""
    row, standing = case_study_door(request, organisation, year, number)
    rules.require(rules.why_not_set_up(standing, row.review))
    initial = CaseStudyForm.initial_of(row)
    form = CaseStudyForm(
        request.POST or None, review=row.review, back=url_of(row.review), is_new=False, initial=initial
    )
    if request.method == "POST" and form.is_valid():
        data = {"authors": row.authors.all()} | form.cleaned_data
        actions.change_case_study(case_study=row, **data, changed_by=request.user)
        messages.success(request, f"Case study {row.number} is changed.")
        return redirect(row.review)
    page = {"review": row.review, "form": form, "case_study": row}
    return render(request, "casestudies/reviews/case_study_form.html", page)


def remove_case_study(request, organisation: str, year: str, number: int):
    """Asks first."""
    row, standing = case_study_door(request, organisation, year, number)
    rules.require(rules.why_not_set_up(standing, row.review))
    if request.method == "POST":
        try:
            take_out(case_study=row, removed_by=request.user)
        except NotPossible as refused:
            messages.warning(request, str(refused))
        else:
            messages.success(request, f"“{row.title}” is no longer in the review.")
        return redirect(row.review)
    return render(
        request, "casestudies/reviews/case_study_remove.html", {"review": row.review, "case_study": row}
    )
