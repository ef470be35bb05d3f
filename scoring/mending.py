"""What the checks find in a review's report as it stands, each with the page where it is mended."""

from dataclasses import dataclass

from django.urls import reverse

from casestudies.models import Review
from scoring.checks import ERROR, EXPLANATIONS, Explanation, Finding, check
from scoring.report.from_rows import report_content
from scoring.report.previous import previous_report

CASE_STUDY = "case_study"
MODERATE = "moderate"
RECOMMENDATIONS = "recommendations"
PANEL = "panel"
WHERE = {
    "outcome-not-scored": MODERATE,
    "score-off-scale": MODERATE,
    "commentary-repeated": MODERATE,
    "commentary-names-another": MODERATE,
    "total-mismatch": CASE_STUDY,
    "band-misquoted": CASE_STUDY,
    "copied-from-last-year": CASE_STUDY,
    "outcome-without-evidence": CASE_STUDY,
    "high-score-without-evidence": CASE_STUDY,
    "personal-data": CASE_STUDY,
    "low-score-without-action": RECOMMENDATIONS,
    "action-without-owner": RECOMMENDATIONS,
    "action-without-date": RECOMMENDATIONS,
    "panel-unrepresentative": PANEL,
}


@dataclass(frozen=True, kw_only=True)
class Group:
    """All findings of one check: why it matters, and each finding with the address where it is mended."""

    explanation: Explanation
    findings: tuple[tuple[Finding, str], ...]

    @property
    def is_error(self) -> bool:
        return any(finding.severity == ERROR for finding, _ in self.findings)


def groups_to_mend(review: Review) -> list[Group]:
    """What is found now, by check, errors first. It speaks of agreed scores: for people who may see those."""
    found = check(report_content(review), previous=previous_report(review.organisation.slug, review.year))
    groups = [
        Group(
            explanation=explanation,
            findings=tuple((one, _where(review, one)) for one in found if one.code == explanation.code),
        )
        for explanation in EXPLANATIONS
    ]
    return sorted((group for group in groups if group.findings), key=lambda group: not group.is_error)


def _where(review: Review, found: Finding) -> str:
    """The page where a finding is mended; the review's own where no closer one is known."""
    place = [review.organisation.slug, review.year]
    name = WHERE.get(found.code, "review")
    if name in (CASE_STUDY, MODERATE):
        return (
            reverse(name, args=[*place, found.case_study])
            if found.case_study
            else reverse("review", args=place)
        )
    return reverse(name, args=place)
