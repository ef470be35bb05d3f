"""The link by which the owner of a recommendation says how it stands, without an account.

It is signed, works for some days, opens one recommendation alone, and ends when the owner or their address changes.
"""

from django.core import signing
from django.utils.crypto import constant_time_compare, salted_hmac

from scoring.models import Recommendation

SALT = "scoring.owner_links"
DAYS = 30


def token_for(recommendation: Recommendation) -> str:
    """The secret part of the link for its owner as named now."""
    return signing.dumps([recommendation.pk, _state(recommendation)], salt=SALT)


def recommendation_of(token: str) -> Recommendation | None:
    """The recommendation whose link this is, or None where the link is not whole, too old or over."""
    try:
        pk, state = signing.loads(token, salt=SALT, max_age=DAYS * 24 * 60 * 60)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    row = Recommendation.objects.filter(pk=pk).first()
    if row is None or not constant_time_compare(state, _state(row)):
        return None
    return Recommendation.objects.owned_by(row.owner_email).filter(pk=pk).first()


def _state(row: Recommendation) -> str:
    since = row.owner_since.isoformat() if row.owner_since else ""
    return salted_hmac(SALT, f"{row.pk}|{row.owner}|{row.owner_email}|{since}").hexdigest()[:20]
