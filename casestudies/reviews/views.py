"""The equality lead sets up a review: starts it, fills in its header, says which case studies it has."""

from casestudies.reviews import actions
from casestudies.reviews.actions import change_header
from casestudies.reviews.actions import remove_case_study as take_out
from casestudies.reviews.doors import case_study_door, review_door
from casestudies.reviews.forms import CaseStudyForm, HeaderForm
from edsportal.web.addresses import url_of
from edsportal.web.form_pages import confirm, edit


def header(request, organisation: str, year: str):
    """The fields of the reporting template's header, and who tested Domain 3."""
    row, standing = review_door(request, organisation, year)
    standing.require("change_header")
    form = HeaderForm(request.POST or None, instance=row, back=url_of(row))

    def save() -> str:
        change_header(review=row, values=form.cleaned_data, changed_by=request.user)
        return "The header is saved."

    return edit(request, form, save, "casestudies/reviews/header.html", {"review": row}, to=row)


def add_case_study(request, organisation: str, year: str):
    row, standing = review_door(request, organisation, year)
    standing.require("add_case_study")
    form = CaseStudyForm(request.POST or None, review=row, back=url_of(row))

    def save() -> str:
        data = {"authors": ()} | form.cleaned_data
        made = actions.add_case_study(review=row, **data, added_by=request.user)
        return f"“{made.title}” is added as case study {made.number}."

    to = url_of(row, "case_study_add" if "again" in request.POST else "review")
    return edit(request, form, save, "casestudies/reviews/case_study_form.html", {"review": row}, to=to)


def change_case_study(request, organisation: str, year: str, number: int):
    """Title and authors. The domain stays: its outcome areas belong to what is written."""
    row, standing = case_study_door(request, organisation, year, number)
    standing.require("change_case_study", row)
    initial = CaseStudyForm.initial_of(row)
    form = CaseStudyForm(
        request.POST or None, review=row.review, back=url_of(row.review), is_new=False, initial=initial
    )

    def save() -> str:
        data = {"authors": row.authors.all()} | form.cleaned_data
        actions.change_case_study(case_study=row, **data, changed_by=request.user)
        return f"Case study {row.number} is changed."

    page = {"review": row.review, "case_study": row}
    return edit(request, form, save, "casestudies/reviews/case_study_form.html", page, to=row.review)


def remove_case_study(request, organisation: str, year: str, number: int):
    """Asks first."""
    row, standing = case_study_door(request, organisation, year, number)
    standing.require("change_case_study", row)

    def act() -> str:
        take_out(case_study=row, removed_by=request.user)
        return f"“{row.title}” is no longer in the review."

    page = {"review": row.review, "case_study": row}
    return confirm(request, act, "casestudies/reviews/case_study_remove.html", page, to=row.review)
