"""Scoring on paper: the sheets to print, and entering what a member wrote on one."""

from collections.abc import Mapping

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils.text import slugify
from django.views.decorators.cache import never_cache

from casestudies.models import CaseStudy, OutcomeArea, PanelMember, Version
from casestudies.organisations.roles import is_only_lead
from casestudies.reviews.doors import case_study_door, review_door
from casestudies.reviews.locks import lock_for
from eds import stages
from eds.scores.answers import Answer
from eds.text.easy_words import growth
from edsportal.web.form_pages import posted
from edsportal.web.refusals import NotPossible
from reports.writing.pdf.report import writer
from scoring.models import Draft, PaperSheet, Score, ScoreSheet
from scoring.scores.actions import NotWhole, Stale, save_draft, submit_scores
from scoring.scores.own_work import WRITTEN
from scoring.scores.score_sheet.forms import ScoreForm
from scoring.workshops.forms import ChooseSheetForm
from scoring.workshops.progress import entries

# The words of each kind of sheet, for the name of its file.
PRINTS = {"standard": "", "large-print": "large print", "easy-read": "easy read"}


def paper_sheet(request: HttpRequest, organisation: str, year: str, number: int, size: str):
    """The scoring sheet of a case study as a PDF, `size` one of PRINTS."""
    case_study, standing = case_study_door(request, organisation, year, number)
    standing.require("print_sheet", case_study)
    if size not in PRINTS:
        raise Http404
    name = slugify(f"scoring sheet {year} {number} {case_study.title[:60]} {PRINTS[size]}")
    data = sheet_pdf(case_study, large_print=size == "large-print", easy=size == "easy-read")
    response = HttpResponse(data, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    return response


@never_cache
def paper(request: HttpRequest, organisation: str, year: str):
    """The sheets to download; for the equality lead while members score, whose sheet to enter."""
    review, standing = review_door(request, organisation, year)
    standing.require("see_paper")
    rows = CaseStudy.objects.visible_to(request.user).select_related("review")
    case_studies = list(rows.filter(review=review).ready().order_by("number"))
    refusal = standing.why_not("enter_sheets")
    page = {"review": review, "case_studies": case_studies, "refusal": refusal, "standing": standing}
    if refusal is None:
        members = list(PanelMember.objects.active().filter(review=review))
        scored = [row for row in case_studies if standing.may("enter_sheet", row)]
        form = ChooseSheetForm(posted(request), members=members, case_studies=scored)
        if request.method == "POST" and form.is_valid():
            chosen = form.cleaned_data
            return redirect("enter_sheet", organisation, year, chosen["case_study"], chosen["member"])
        page |= {"form": form, "entries": entries(review), "scored": scored, "waiting": _waiting(review)}
        page["is_only_lead"] = is_only_lead(review.organisation_id, request.user)
    return render(request, "scoring/workshops/paper.html", page)


def _waiting(review) -> list[PaperSheet]:
    """The sheets that were typed in once and wait for a second person. Never a value."""
    rows = PaperSheet.objects.filter(
        case_study__review=review, case_study__stage=stages.SCORING, checked_at=None
    )
    return list(rows.defer("answers", "reason").select_related("member", "case_study", "entered_by"))


@never_cache
def enter_sheet(request: HttpRequest, organisation: str, year: str, number: int, member: int):
    """The scoring form for what somebody wrote on paper. Once sent, the values are not shown to the lead again."""
    case_study, standing = case_study_door(request, organisation, year, number)
    standing.require("enter_sheet", case_study)
    version = case_study.versions.order_by("number").last()
    person = get_object_or_404(PanelMember.objects.active(), review=case_study.review, pk=member)
    if version is None:
        raise Http404
    refusal = why_not_enter(person, version)
    areas = list(case_study.domain.outcome_areas.prefetch_related("descriptors"))
    grades = case_study.domain.framework.grade_words()
    form = ScoreForm(posted(request), areas=areas, grades=grades, reasons=case_study.review.reasons)
    form.describe()
    if request.method == "POST" and form.is_valid():
        try:
            enter_paper_sheet(
                member=person, version=version, areas=areas, answers=form.answers(), entered_by=request.user
            )
        except NotWhole as missing:
            form.show_problems(missing.problems)
        except NotPossible as refused:
            refusal = str(refused)
        else:
            messages.success(request, f"You entered the scoring sheet of {person} for {case_study}.")
            return redirect("paper", organisation, year)
    page = {"review": case_study.review, "case_study": case_study, "member": person, "refusal": refusal}
    return render(
        request, "scoring/workshops/enter_sheet.html", page | {"form": form, "total_outcomes": len(areas)}
    )


# The write of a scoring sheet that came on paper.


@transaction.atomic
def enter_paper_sheet(
    *,
    member: PanelMember,
    version: Version,
    areas: list[OutcomeArea],
    answers: Mapping[str, Answer],
    entered_by,
) -> list[Score]:
    """Submit for a member what they wrote on paper. Each score says who entered it. `answers` by outcome code.

    Raises NotPossible where the member submitted or typed something themselves, so that nothing of theirs is lost,
    NotWhole while an outcome area lacks a score or a reason, and MovedOn where scoring has closed.
    """
    lock_for("enter_sheet", case_study=version.case_study_id)
    sheet = ScoreSheet.objects.filter(member=member, case_study=version.case_study_id).first()
    refusal = why_not_enter(member, version)
    if refusal is not None:
        raise NotPossible(refusal)
    try:
        revision = sheet.revision if sheet else 0
        save_draft(member=member, version=version, areas=areas, answers=answers, revision=revision)
    except Stale:
        raise NotPossible(_begun(member, version)) from None
    return submit_scores(member=member, version=version, areas=areas, submitted_by=entered_by)


def why_not_enter(member: PanelMember, version: Version) -> str | None:
    """Why a sheet of this member for this case study can't be entered; None where it can."""
    case_study = version.case_study
    if not member.domains.filter(pk=case_study.domain_id).exists():
        return f"{member} is on the panel for other domains, so does not score {case_study}."
    if member.user_id and case_study.authors.filter(pk=member.user_id).exists():
        return f"{member} is an author of {case_study}, so does not score it."
    if member.declared_interests.filter(case_study=case_study).exists():
        return f"{member} declared an interest in {case_study}, so does not score it."
    if Score.objects.filter(member=member, version__case_study=case_study).exists():
        return f"Scores of {member} for {case_study} are already submitted. Only {member} can change them."
    if Draft.objects.filter(WRITTEN, sheet__member=member, sheet__case_study=case_study).exists():
        return _begun(member, version)
    return None


def _begun(member: PanelMember, version: Version) -> str:
    return (
        f"{member} has started scoring {version.case_study} in the portal. Ask them to submit there. Or they can empty "
        "their answers and save, so that nothing they wrote is lost."
    )


# The scoring sheet of one case study, on paper: what is asked on the scoring page, with boxes to tick.

STYLE = ("report/sheet.css",)


def sheet_html(case_study: CaseStudy, *, easy: bool = False) -> str:
    """The sheet as one HTML document, `easy` in easy words. Needs the review's organisation and the framework."""
    areas = case_study.domain.outcome_areas.prefetch_related("descriptors")
    grades = case_study.domain.framework.grade_words()
    return render_to_string(
        "reports/sheet.html",
        {
            "case_study": case_study,
            "review": case_study.review,
            "areas": [
                {"area": area, "easy": easy and area.easy_statement, "choices": _choices(area, grades, easy)}
                for area in areas
            ],
            "easy": easy,
            "version": case_study.versions.order_by("number").last(),
        },
    )


def _choices(area, grades, easy: bool) -> list[dict]:
    rows = area.descriptors.all()
    meanings = {row.score: (easy and row.easy_text) or row.text for row in rows}
    return [
        {
            "words": words,
            "meaning": meanings.get(score, ""),
            "picture": growth(score, max(grades)) if easy else "",
        }
        for score, words in grades.items()
    ]


def sheet_pdf(case_study: CaseStudy, *, large_print: bool = False, easy: bool = False) -> bytes:
    """The sheet as PDF/UA-1; large print is 18 points and more. Raises PDFUnavailableError."""
    return writer().write(sheet_html(case_study, easy=easy), large_print=large_print, more_style=STYLE)
