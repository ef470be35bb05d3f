"""The link by which somebody who was invited to a panel takes their place on it."""

from django.core import signing
from django.utils.crypto import constant_time_compare, salted_hmac

from casestudies.models import PanelMessage
from edsportal.accounts.invitations import DAYS

SALT = "scoring.panel.invitations"


def token_for(invitation: PanelMessage) -> str:
    """The secret part of the link. It works for some days, until the place is taken or its address changes."""
    return signing.dumps([invitation.pk, _state(invitation)], salt=SALT)


def invitation_of(token: str) -> PanelMessage | None:
    """The invitation whose link this is; None where the link is not whole, too old or over."""
    try:
        pk, state = signing.loads(token, salt=SALT, max_age=DAYS * 24 * 60 * 60)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    rows = PanelMessage.objects.filter(
        pk=pk, kind=PanelMessage.Kind.INVITATION, member__user=None, member__declined_at=None
    )
    row = rows.select_related("member__review__organisation").first()
    if row is None or row.member.email != row.address or not constant_time_compare(state, _state(row)):
        return None
    return row


def _state(invitation: PanelMessage) -> str:
    return salted_hmac(SALT, f"{invitation.member_id}|{invitation.address}").hexdigest()[:20]
