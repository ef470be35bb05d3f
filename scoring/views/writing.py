"""Authors and the equality lead write a case study: its sections in order."""

from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from casestudies.actions import sections as actions
from casestudies.actions.case_studies import mark_ready
from casestudies.models import CaseStudy, Section
from casestudies.suggestions import suggestions
from casestudies.versions import has_changed
from scoring import rules
from scoring.views.doors import case_study_door


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
    case_study = writing_door(request, organisation, year, number)
    page = {
        "case_study": case_study,
        "review": case_study.review,
        "sections": case_study.sections.select_related("outcome_area").order_by("position"),
        "offered": suggestions(case_study),
        "version": case_study.versions.order_by("number").last(),
        "has_changed": has_changed(case_study),
    }
    return render(request, "scoring/write.html", page)


@require_POST
def ready(request, organisation: str, year: str, number: int):
    case_study = writing_door(request, organisation, year, number)
    if not case_study.sections.exists():
        messages.warning(request, "Write a section first: there is nothing to read yet.")
        return redirect(address_of(case_study))
    version = mark_ready(case_study=case_study, made_by=request.user)
    messages.success(request, f"Version {version.number} is ready. The panel can read it.")
    return redirect("case_study", organisation, year, number)


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
