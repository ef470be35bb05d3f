"""The page of one case study: what it says, and what this person may do with it now."""

from django.shortcuts import render

from casestudies.models import CaseStudy, Handover
from casestudies.reviews import rules, sharing_rules
from casestudies.reviews.doors import case_study_door
from casestudies.reviews.roles import Standing
from casestudies.writing.reading import reading_of
from scoring.models import SelfAssessment


def case_study(request, organisation: str, year: str, number: int):
    """Read one case study, as it was last marked ready."""
    row, standing = case_study_door(request, organisation, year, number)
    version = row.versions.order_by("number").last()
    refusal = rules.why_not_score(standing, row)
    page = {
        "case_study": row,
        "review": row.review,
        "version": version,
        "reading": reading_of(row, version) if version else None,
        "can_score": refusal is None,
        "can_write": rules.why_not_write(standing, row) is None,
        "can_accept": _waits(row) and rules.why_not_accept(standing, row) is None,
        "declared": refusal if row.pk in standing.declared else "",
        "can_declare": row.pk not in standing.declared and rules.why_not_declare(standing, row) is None,
        "can_share": sharing_rules.why_not_share(standing) is None,
        "can_self_assess": rules.why_not_self_assess(standing, row) is None,
        "self_assessment": own_scores(standing, row),
    }
    return render(request, "casestudies/writing/case_study.html", page)


def _waits(case_study: CaseStudy) -> bool:
    """Does the case study wait to be accepted?"""
    return case_study.handovers.filter(state=Handover.State.WAITING).exists()


def own_scores(standing: Standing, case_study: CaseStudy) -> list[SelfAssessment]:
    """What the body gave itself, where this person may see it now."""
    if not rules.sees_self_assessment(standing, case_study):
        return []
    return list(case_study.self_assessments.shown())
