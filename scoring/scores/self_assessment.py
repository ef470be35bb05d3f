"""Writes of what a body gave itself before its panel met."""

from collections.abc import Mapping

from django.db import transaction

from casestudies.models import CaseStudy, OutcomeArea, Review
from scoring.models import SelfAssessment


@transaction.atomic
def record_self_assessment(
    *, case_study: CaseStudy, answers: Mapping[OutcomeArea, tuple[int, str] | None]
) -> None:
    """Keep for each outcome area the score in points, with its reason; None takes away what was there."""
    CaseStudy.objects.select_for_update().get(pk=case_study.pk)
    for area, said in answers.items():
        if said is None:
            SelfAssessment.objects.filter(case_study=case_study, outcome_area=area).delete()
            continue
        value, rationale = said
        SelfAssessment.objects.update_or_create(
            case_study=case_study,
            outcome_area=area,
            defaults={"value": value, "not_applicable": False, "rationale": rationale},
        )


@transaction.atomic
def show_self_assessment(*, review: Review, before_scoring: bool) -> None:
    """Decide whether the panel sees it before it scores, or only from moderation on."""
    review.shows_self_assessment = before_scoring
    review.save(update_fields=["shows_self_assessment"])
