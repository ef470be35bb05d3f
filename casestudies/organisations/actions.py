"""Writes of who holds which role in an organisation, and invitations by e-mail."""

import logging
from collections.abc import Collection
from functools import partial
from smtplib import SMTPException

from django.db import transaction

from casestudies.models import Change, Organisation, Role
from edsportal.accounts import mail
from edsportal.accounts.invitations import account_for
from edsportal.accounts.models import User

logger = logging.getLogger(__name__)


class NotPossible(Exception):
    """It can't be done; the sentence says why and what to do."""


@transaction.atomic
def set_roles(*, organisation: Organisation, user: User, kinds: Collection[str], set_by: User) -> None:
    """Give and take roles until the person holds these and no others, each noted in words.

    Raises NotPossible where an equality lead would take that role from themselves.
    """
    Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)
    held = set(Role.objects.filter(organisation=organisation, user=user).values_list("kind", flat=True))
    lead = Role.Kind.EQUALITY_LEAD
    if user == set_by and lead in held and lead not in kinds and not set_by.is_administrator:
        raise NotPossible(
            "You can’t take the role of equality lead from yourself. Ask another equality lead."
        )
    for kind in Role.Kind.values:
        if kind in kinds and kind not in held:
            Role.objects.create(organisation=organisation, user=user, kind=kind)
            _note(organisation, user, f"is now {Role.Kind(kind).label.lower()}", set_by)
        elif kind in held and kind not in kinds:
            Role.objects.filter(organisation=organisation, user=user, kind=kind).delete()
            _note(organisation, user, f"is no longer {Role.Kind(kind).label.lower()}", set_by)


def _note(organisation: Organisation, about: User, what: str, changed_by: User) -> None:
    Change.objects.create(organisation=organisation, about=about, what=what, changed_by=changed_by)


@transaction.atomic
def invite_person(
    *, organisation: Organisation, email: str, name: str, kinds: Collection[str], invited_by: User, site: str
) -> User:
    """Give somebody roles, with an account where they have none, and write to them after commit.

    `site` is the portal's own address. Raises NotPossible where they may not sign in.
    """
    user = account_for(email=email, name=name)
    if not user.is_active:
        raise NotPossible("This person’s account is closed. Ask an administrator to open it again.")
    held = organisation.roles.filter(user=user).values_list("kind", flat=True)
    set_roles(organisation=organisation, user=user, kinds={*held, *kinds}, set_by=invited_by)
    write_invitation(organisation=organisation, user=user, invited_by=invited_by, site=site)
    return user


@transaction.atomic
def write_invitation(*, organisation: Organisation, user: User, invited_by: User, site: str) -> None:
    """Send the way in, after commit; that it was asked for is noted."""
    _note(organisation, user, "was written an invitation", invited_by)
    transaction.on_commit(partial(_send, organisation, user, invited_by, site))


def _send(organisation: Organisation, user: User, sender: User, site: str) -> None:
    kinds = Role.objects.filter(organisation=organisation, user=user)
    words = {
        "person": user,
        "organisation": organisation,
        "sender": sender,
        "roles": [role.get_kind_display().lower() for role in kinds],
        "link": site + mail.way_in(user),
    }
    subject = f"You are invited to the equality reviews of {organisation}"
    try:
        mail.message(
            template="casestudies/email/invitation", subject=subject, to=user.email, words=words
        ).send()
    except (SMTPException, OSError):
        logger.exception("An invitation could not be sent.")
