"""Authors and the equality lead write a case study: its sections in order."""

from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from casestudies.handovers import way_of
from casestudies.models import CaseStudy, Section
from casestudies.reviews import rules
from casestudies.reviews.doors import case_study_door
from casestudies.writing import sections as actions
from casestudies.writing.personal_data import found_in, still_to_do


def writing_door(request: HttpRequest, organisation: str, year: str, number: int) -> CaseStudy:
    """The door to writing. Answers 403 with the reason to who may know of the case study only."""
    case_study, standing = case_study_door(request, organisation, year, number)
    rules.require(rules.why_not_write(standing, case_study))
    return case_study


def address_of(case_study: CaseStudy) -> str:
    """The address of the page where it is written."""
    review = case_study.review
    return reverse("write", args=[review.organisation.slug, review.year, case_study.number])


def sections(request, organisation: str, year: str, number: int):
    """The sections in order, with what can be done with each."""
    case_study, standing = case_study_door(request, organisation, year, number)
    rules.require(rules.why_not_write(standing, case_study))
    page = {
        "case_study": case_study,
        "review": case_study.review,
        "sections": case_study.sections.select_related("outcome_area").order_by("position"),
        "way": way_of(case_study),
        "can_accept": rules.why_not_accept(standing, case_study) is None,
        "personal_to_do": len(still_to_do(found_in(case_study))),
    }
    return render(request, "scoring/write.html", page)


@require_POST
def move(request, organisation: str, year: str, number: int, section: int):
    """One place up or down."""
    case_study = writing_door(request, organisation, year, number)
    actions.move_section(section=_section(case_study, section), up="up" in request.POST)
    return redirect(address_of(case_study))


def remove(request, organisation: str, year: str, number: int, section: int):
    """Asks first."""
    case_study = writing_door(request, organisation, year, number)
    row = _section(case_study, section)
    if request.method == "POST":
        actions.remove_section(section=row)
        messages.success(request, f"“{row.heading}” is removed.")
        return redirect(address_of(case_study))
    page = {"case_study": case_study, "review": case_study.review, "section": row}
    return render(request, "scoring/section_remove.html", page)


def _section(case_study: CaseStudy, pk: int) -> Section:
    return get_object_or_404(case_study.sections.select_related("outcome_area", "case_study"), pk=pk)
