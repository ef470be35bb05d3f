"""What is still missing before a review can move on, as sentences, each with the page where it is mended."""

from dataclasses import dataclass

from django.urls import reverse

from casestudies import stages
from casestudies.models import Review
from scoring.models import PanelMember, Score
from scoring.report.from_rows import scored_content
from scoring.totals import results


@dataclass(frozen=True, kw_only=True)
class Missing:
    text: str
    address: str


def missing_before(review: Review, target: str) -> list[Missing]:
    """What must be done before `review` may move to the stage `target`; an empty list where it may."""
    checks = {stages.SCORING: _before_scoring, stages.APPROVAL: _before_approval}
    if target == stages.SCORING and review.stage == stages.MODERATION:
        return _before_scoring_again(review)
    if not stages.is_forward(current=review.stage, target=target) or target not in checks:
        return []
    return checks[target](review)


def _place(review: Review, name: str, *more) -> str:
    return reverse(name, args=[review.organisation.slug, review.year, *more])


def _before_scoring(review: Review) -> list[Missing]:
    case_studies = list(review.case_studies.select_related("domain").prefetch_related("versions"))
    members = PanelMember.objects.active().filter(review=review, user__isnull=False)
    scored = set(members.values_list("domains", flat=True))
    found = []
    if not case_studies:
        found.append(Missing(text="There is no case study yet.", address=_place(review, "review")))
    for case_study in case_studies:
        if not case_study.versions.all():
            text = f"{case_study} is not marked ready."
            found.append(Missing(text=text, address=_place(review, "case_study", case_study.number)))
    for domain in sorted({row.domain for row in case_studies}, key=lambda domain: domain.number):
        if domain.pk not in scored:
            text = f"Nobody on the panel scores domain {domain.number}."
            found.append(Missing(text=text, address=_place(review, "review")))
    return found


def _before_scoring_again(review: Review) -> list[Missing]:
    if not Score.objects.filter(version__case_study__review=review).exists():
        return []
    text = (
        "Panel members have seen each other’s scores, so scoring can’t be opened again. "
        "They can change a score here."
    )
    return [Missing(text=text, address=_place(review, "moderation"))]


def _before_approval(review: Review) -> list[Missing]:
    return [
        Missing(
            text=f"Case study {result.number}: no agreed score for {code}.",
            address=_place(review, "moderate", result.number),
        )
        for result in results(scored_content(review)).case_studies
        for code in result.total.missing
    ]
