"""Who shares case studies between bodies. As `rules.py`: None where it is allowed, else a sentence to show."""

from casestudies.models import Organisation, Review, SharedCaseStudy
from casestudies.reviews.roles import Standing
from casestudies.reviews.rules import SCORES_ARE_AGREED

FIXED = (
    "The report of {organisation} is approved, so you can’t change its case studies. "
    "Its equality lead can send the review back to agreeing scores."
)


def why_not_share(standing: Standing) -> str | None:
    """May they offer a case study of this review to another body?"""
    return (
        None
        if standing.is_lead
        else "Only the equality lead can share a case study with another organisation."
    )


def why_not_see_offers(standing: Standing) -> str | None:
    """May they see and accept what other bodies offer for this review?"""
    return (
        None if standing.is_lead else "Only the equality lead can accept case studies of other organisations."
    )


def why_not_accept(user, shared: SharedCaseStudy) -> str | None:
    """May they accept this offer? Where it stands by now is for the action to look at."""
    if Organisation.objects.led_by(user).filter(pk=shared.organisation_id).exists():
        return None
    return f"Only the equality lead of {shared.organisation} can accept this case study."


def why_not_end(user, shared: SharedCaseStudy) -> str | None:
    """May they take back what is shared, or hand it back? The leads of both bodies may."""
    bodies = (shared.organisation_id, shared.home.organisation_id)
    if Organisation.objects.led_by(user).filter(pk__in=bodies).exists():
        return why_fixed(shared.review)
    return "Only the equality leads of the two organisations can stop sharing a case study."


def why_fixed(review: Review | None) -> str | None:
    """Why nothing can be added to, or taken from, the case studies that stand in this review now."""
    if review is not None and review.stage in SCORES_ARE_AGREED:
        return FIXED.format(organisation=review.organisation)
    return None
