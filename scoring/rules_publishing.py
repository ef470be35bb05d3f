"""Who may write in the report, record its approval and publish it, as reasons; see `casestudies.reviews.rules`."""

from casestudies.models import Review
from casestudies.reviews.roles import Standing
from eds import stages


def why_not_write_report(standing: Standing, review: Review) -> str | None:
    """May they write the summary and what else the report says in the lead's words?"""
    if not standing.is_lead:
        return "Only the equality lead writes the summary of the report."
    if review.stage == stages.PUBLISHED:
        return "The report is published. Send the review back to agreeing scores to correct it."
    return None


def why_not_record_approval(standing: Standing, review: Review) -> str | None:
    """May they record who approved the report now?"""
    if not standing.is_lead:
        return "Only the equality lead records who approved the report."
    if stages.is_forward(current=review.stage, target=stages.APPROVAL):
        return "The panel has not finished agreeing its scores. The report is approved after that."
    if review.stage == stages.PUBLISHED:
        return "The report is published, so its approval stays as it is."
    return None


def why_not_publish(standing: Standing) -> str | None:
    return None if standing.is_lead else "Only the equality lead publishes the report."
