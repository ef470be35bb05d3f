"""Writes of what the panel agreed."""

from django.db import transaction
from django.utils import timezone

from casestudies.models import CaseStudy, OutcomeArea
from scoring.models import AgreedScore, Commentary


@transaction.atomic
def record_agreed_score(
    *,
    case_study: CaseStudy,
    outcome_area: OutcomeArea,
    value: int | None,
    rationale: str,
    recorded_by,
    not_applicable: bool = False,
) -> AgreedScore:
    """Append the panel's score, in points; nothing is stored where it says the same as the current one."""
    CaseStudy.objects.select_for_update().get(pk=case_study.pk)
    rows = AgreedScore.objects.filter(case_study=case_study, outcome_area=outcome_area)
    newest = rows.order_by("sequence").last()
    if newest is not None and (newest.value, newest.not_applicable, newest.rationale) == (
        value,
        not_applicable,
        rationale,
    ):
        return newest
    return AgreedScore.objects.create(
        case_study=case_study,
        outcome_area=outcome_area,
        sequence=newest.sequence + 1 if newest else 1,
        value=value,
        not_applicable=not_applicable,
        rationale=rationale,
        recorded_by=recorded_by,
    )


@transaction.atomic
def record_commentary(*, case_study: CaseStudy, text: str, recorded_by) -> None:
    """Set the panel's additional commentary; an empty text takes it away."""
    if not text:
        Commentary.objects.filter(case_study=case_study).delete()
        return
    Commentary.objects.update_or_create(
        case_study=case_study,
        defaults={"text": text, "recorded_by": recorded_by, "recorded_at": timezone.now()},
    )
