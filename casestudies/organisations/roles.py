"""What one person is to an organisation, or to the portal as a whole, and what the policy says to them."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import cached_property

from django.core.exceptions import ImproperlyConfigured, PermissionDenied

from casestudies.models import Organisation, Role
from eds import policy
from eds.policy import rule as roles


def require(reason: str | None) -> None:
    """Raise PermissionDenied with the reason, if there is one."""
    if reason is not None:
        raise PermissionDenied(reason)


def name_shown(user, *, since: datetime) -> str:
    """What an organisation reads of somebody it gave a role at that time: before they come in, their address alone.

    Else an invitation would tell what somebody is called whom only another organisation knows.
    """
    came_in = user.last_login is not None and user.last_login >= since
    is_new = user.joined_at >= since - timedelta(minutes=1)  # then the name is what the inviter typed
    return user.name if came_in or is_new else user.email


def leads_an_organisation(user) -> bool:
    return user.roles.filter(kind=Role.Kind.EQUALITY_LEAD).exists()


def is_only_lead(organisation_id: int, user) -> bool:
    """Whether no equality lead of the organisation except this user can sign in."""
    leads = Role.objects.filter(
        organisation=organisation_id, kind=Role.Kind.EQUALITY_LEAD, user__is_active=True
    )
    return not leads.exclude(user=user).exists()


class Held:
    """The roles that somebody holds, each looked up when it is asked for."""

    def __init__(self, holds: Callable[[str], bool]):
        self._holds = holds

    def __contains__(self, role: str) -> bool:
        return self._holds(role)


class Can:
    """For templates: `can.write_report` is whether they may."""

    def __init__(self, may: Callable[[str], bool]):
        self._may = may

    def __getitem__(self, action: str) -> bool:
        if action not in policy.RULES:  # not a KeyError, which a template would take for False
            raise ImproperlyConfigured(f"The policy has no entry {action}.")
        return self._may(action)


class OrganisationStanding:
    """Of one organisation; without one, of any. Each fact is read when it is first asked for."""

    def __init__(self, user, organisation: Organisation | None = None):
        self.user = user
        self.organisation = organisation

    @cached_property
    def kinds(self) -> set[str]:
        """The kinds of roles that they hold there."""
        rows = Role.objects.filter(user=self.user)
        if self.organisation is not None:
            rows = rows.filter(organisation=self.organisation)
        return set(rows.values_list("kind", flat=True))

    def holds(self, role: str) -> bool:
        if role == roles.ADMINISTRATOR:
            return self.user.is_administrator
        if role == roles.SIGNED_IN:
            return self.user.is_authenticated
        return KINDS.get(role) in self.kinds

    def why_not(self, action: str, stage: str | None = None) -> str | None:
        """Why they may not do this, as a sentence; None where they may. `stage` is a framework's status."""
        return policy.why_not(action, Held(self.holds), {stage} if stage else ())

    def may(self, action: str) -> bool:
        return self.why_not(action) is None

    def require(self, action: str) -> None:
        """Raise PermissionDenied with the reason where they may not."""
        require(self.why_not(action))


KINDS = {
    roles.LEAD: Role.Kind.EQUALITY_LEAD,
    roles.AUTHOR: Role.Kind.AUTHOR,
    roles.READER: Role.Kind.READER,
}
