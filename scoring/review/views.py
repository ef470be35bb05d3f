"""The review: its overview, and the page of one case study."""

from django.core.paginator import Paginator
from django.shortcuts import render

from casestudies.models import CaseStudy, Handover, Organisation, Review
from casestudies.reviews.doors import case_study_door, review_door
from casestudies.reviews.roles import Standing
from casestudies.writing.reading import reading_of
from eds import stages
from scoring.models import SelfAssessment
from scoring.review.overview import overview, values_of
from scoring.review.overview.lead_page import lead_page
from scoring.review.overview.next_step import next_step
from scoring.review.overview.progress import domain_lines
from scoring.review.overview.tasks import task_groups
from scoring.review.stages.views import where
from scoring.scores.own_work import status_of, with_own_work
from scoring.succession.carry_over import waiting


def reviews(request):
    rows = Review.objects.visible_to(request.user).select_related("organisation", "framework")
    page = Paginator(rows.order_by("-year", "organisation__name"), 50).get_page(request.GET.get("page"))
    can_start = Organisation.objects.led_by(request.user).starting().exists()
    return render(request, "scoring/review/reviews.html", {"page": page, "can_start": can_start})


def review(request, organisation: str, year: str):
    """One review: where it is, its case studies, and what this person can do in it.

    For its equality lead it is a list of tasks that begins with the next step.
    """
    row, standing = review_door(request, organisation, year)
    if standing.may("move_review"):
        page = lead_page(row, standing)
        values = values_of(page.progress, standing) | {
            "page": page,
            "domains": domain_lines(row, page.progress.figures),
            "next_step": next_step(page),
            "groups": task_groups(page),
            "missing_by_case_study": page.missing_by_case_study,
            "late": waiting(row) if row.stage == stages.OPEN else [],
        }
        return render(request, "scoring/review/review_lead.html", {"review": row} | values)
    page = {"review": row, "meaning": where(row) if row.stage == stages.OPEN else stages.MEANINGS[row.stage]}
    page |= overview(row, standing, request.user)
    page["domains"] = domain_lines(row, page["figures"])
    return render(request, "scoring/review/review.html", page)


# The page of one case study: what it says, and what this person may do with it now.


def case_study(request, organisation: str, year: str, number: int):
    """Read one case study, as it was last accepted."""
    row, standing = case_study_door(request, organisation, year, number)
    version = row.versions.order_by("number").last()
    refusal = standing.why_not("score", row)
    page = {
        "case_study": row,
        "review": row.review,
        "version": version,
        "reading": reading_of(row, version) if version else None,
        "can_score": refusal is None,
        "own": _own_work(standing, row),
        "can_change": standing.may("change_scores", row),
        "can_withdraw": row.pk in standing.declared and standing.may("withdraw_interest", row),
        "can_see_scores": standing.may("see_scores", row),
        "can_write": standing.may("write", row),
        "can_accept": _waits(row) and standing.may("accept_text", row),
        "declared": refusal if row.pk in standing.declared else "",
        "can_declare": row.pk not in standing.declared and standing.may("declare_interest", row),
        "can_share": standing.may("share", row),
        "can_self_assess": standing.may("self_assess", row),
        "self_assessment": own_scores(standing, row),
        "can_correct": version is not None and standing.may("correct_text", row),
        "can_reopen": row.stage == stages.AGREED and standing.may("finish_meeting", row),
    }
    return render(request, "casestudies/writing/case_study.html", page)


def _own_work(standing: Standing, case_study: CaseStudy) -> str:
    """How far this person has come with scoring it; "" where they are not on its panel."""
    if not standing.is_member or not standing.scores(case_study):
        return ""
    return status_of(with_own_work(CaseStudy.objects.filter(pk=case_study.pk), standing.user).get())


def _waits(case_study: CaseStudy) -> bool:
    """Does the case study wait to be accepted?"""
    return case_study.handovers.filter(state=Handover.State.WAITING).exists()


def own_scores(standing: Standing, case_study: CaseStudy) -> list[SelfAssessment]:
    """What the body gave itself, where this person may see it now."""
    if not standing.may("see_self_assessment", case_study):
        return []
    return list(case_study.self_assessments.shown())
