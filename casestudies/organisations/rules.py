"""Who may look after organisations and their people, as reasons: None where it is allowed, else a sentence."""

from casestudies.frameworks.rules import require
from casestudies.models import Organisation, Role

__all__ = [
    "leads_an_organisation",
    "require",
    "why_not_administer",
    "why_not_change_groups",
    "why_not_look_after_abbreviations",
    "why_not_name_administrators",
    "why_not_see_people",
    "why_not_write_objectives",
]


def leads_an_organisation(user) -> bool:
    return user.roles.filter(kind=Role.Kind.EQUALITY_LEAD).exists()


def why_not_administer(user) -> str | None:
    return None if user.is_administrator else "Only administrators can add and change organisations."


def why_not_name_administrators(user) -> str | None:
    return None if user.is_administrator else "Only administrators can see and add administrators."


def why_not_see_people(user, organisation: Organisation) -> str | None:
    """May they see who holds a role in the organisation, invite people, give and take roles?"""
    if user.is_administrator:
        return None
    leads = organisation.roles.filter(user=user, kind=Role.Kind.EQUALITY_LEAD)
    if leads.exists():
        return None
    return "Only the equality lead of the organisation and administrators can manage its people."


def why_not_write_objectives(user, organisation: Organisation) -> str | None:
    """May they add, change and end equality objectives, note progress and record what was published?"""
    if organisation.roles.filter(user=user, kind=Role.Kind.EQUALITY_LEAD).exists():
        return None
    return "Only the equality lead of the organisation can manage its equality objectives."


def why_not_look_after_abbreviations(user, organisation: Organisation) -> str | None:
    if why_not_see_people(user, organisation) is None:
        return None
    return "Only the equality lead of the organisation and administrators can manage its abbreviations."


def why_not_change_groups(user, organisation: Organisation | None) -> str | None:
    """May they see and change an organisation's own groups; or without one, those of all organisations?"""
    if user.is_administrator:
        return None
    if organisation is None:
        return "Only administrators can change the equality groups of all organisations."
    if organisation.roles.filter(user=user, kind=Role.Kind.EQUALITY_LEAD).exists():
        return None
    return "Only the equality lead of the organisation and administrators can manage its groups."
