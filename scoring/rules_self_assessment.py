"""Who gives a self-assessment, who decides when it is seen, and who sees it. As `rules.py`: None, or the reason."""

from casestudies.models import CaseStudy, Review
from casestudies.reviews.roles import Standing
from casestudies.reviews.rules import SCORES_ARE_AGREED, SCORES_ARE_OPEN
from eds import stages


def why_not_self_assess(standing: Standing, case_study: CaseStudy) -> str | None:
    """May they give a self-assessment of this case study now?"""
    if not standing.is_lead and not (standing.is_author and standing.writes(case_study)):
        return "Only the authors of a case study and the equality lead give its self-assessment."
    if not case_study.can_be_written:
        return "A self-assessment is given before scoring opens."
    return None


def why_not_decide_self_assessment(standing: Standing, review: Review) -> str | None:
    """May they decide now when the panel sees self-assessments?"""
    if not standing.is_lead:
        return "Only the equality lead decides when the panel sees the self-assessment."
    if not stages.is_forward(current=review.stage, target=stages.SCORING):
        return "Scoring has opened, so this can no longer be changed."
    return None


def sees_self_assessment(standing: Standing, case_study: CaseStudy) -> bool:
    """The panel: before scoring if the equality lead said so, else from moderation on. Readers: once agreed."""
    review = case_study.review
    if standing.is_member and not review.shows_self_assessment:
        return review.stage in SCORES_ARE_OPEN
    if standing.is_member or standing.is_lead or standing.is_author:
        return True
    return review.stage in SCORES_ARE_AGREED
