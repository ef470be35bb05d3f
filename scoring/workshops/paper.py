"""Scoring on paper: the sheets to print, and entering what a member wrote on one."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import slugify
from django.views.decorators.cache import never_cache

from casestudies.models import CaseStudy, PanelMember
from casestudies.reviews import rules
from casestudies.reviews.doors import case_study_door, review_door
from scoring.actions.paper import SheetRefused, enter_paper_sheet, why_not_enter
from scoring.forms.paper import ChooseSheetForm
from scoring.report.sheet import sheet_pdf
from scoring.scores.actions import NotWhole
from scoring.scores.forms import ScoreForm
from scoring.workshops.progress import entries

PRINTS = {"standard": False, "large-print": True}


def paper_sheet(request: HttpRequest, organisation: str, year: str, number: int, size: str):
    """The scoring sheet of a case study as a PDF, `size` standard or large-print."""
    case_study, standing = case_study_door(request, organisation, year, number)
    rules.require(rules.why_not_have_sheet(standing, case_study))
    if size not in PRINTS:
        raise Http404
    name = slugify(
        f"scoring sheet {year} {number} {case_study.title[:60]} {'large print' if PRINTS[size] else ''}"
    )
    response = HttpResponse(sheet_pdf(case_study, large_print=PRINTS[size]), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    return response


@never_cache
def paper(request: HttpRequest, organisation: str, year: str):
    """The sheets to download; for the equality lead while members score, whose sheet to enter."""
    review, standing = review_door(request, organisation, year)
    rules.require(rules.why_not_see_paper(standing))
    case_studies = list(
        CaseStudy.objects.visible_to(request.user).filter(review=review).ready().order_by("number")
    )
    refusal = rules.why_not_enter_sheets(standing, review)
    page = {"review": review, "case_studies": case_studies, "refusal": refusal, "standing": standing}
    if refusal is None:
        members = list(PanelMember.objects.active().filter(review=review))
        form = ChooseSheetForm(
            request.POST if request.method == "POST" else None, members=members, case_studies=case_studies
        )
        if request.method == "POST" and form.is_valid():
            chosen = form.cleaned_data
            return redirect("enter_sheet", organisation, year, chosen["case_study"], chosen["member"])
        page |= {"form": form, "entries": entries(review)}
    return render(request, "scoring/paper.html", page)


@never_cache
def enter_sheet(request: HttpRequest, organisation: str, year: str, number: int, member: int):
    """The scoring form for what somebody wrote on paper. Once sent, the values are not shown to the lead again."""
    case_study, standing = case_study_door(request, organisation, year, number)
    rules.require(rules.why_not_enter_sheets(standing, case_study.review))
    version = case_study.versions.order_by("number").last()
    person = get_object_or_404(PanelMember.objects.active(), review=case_study.review, pk=member)
    if version is None:
        raise Http404
    refusal = why_not_enter(person, version)
    areas = list(case_study.domain.outcome_areas.prefetch_related("descriptors"))
    grades = case_study.domain.framework.grade_words()
    form = ScoreForm(request.POST if request.method == "POST" else None, areas=areas, grades=grades)
    form.describe()
    if request.method == "POST" and form.is_valid():
        try:
            enter_paper_sheet(
                member=person, version=version, areas=areas, answers=form.answers(), entered_by=request.user
            )
        except NotWhole as missing:
            form.show_problems(missing.problems)
        except SheetRefused as refused:
            refusal = str(refused)
        else:
            messages.success(request, f"You entered the scoring sheet of {person} for {case_study}.")
            return redirect("paper", organisation, year)
    page = {"review": case_study.review, "case_study": case_study, "member": person, "refusal": refusal}
    return render(request, "scoring/enter_sheet.html", page | {"form": form, "total_outcomes": len(areas)})
