"""The groups that a panel represents, for a report: those that are not as they ship."""

from collections.abc import Iterable

from casestudies.lists.models import ListEntry
from casestudies.reviews.panel_models import PanelMember
from eds.content import RepresentedGroup
from eds.represented_groups import SHIPPED


def represented_groups(members: Iterable[PanelMember]) -> tuple[RepresentedGroup, ...]:
    """Those that a member of this panel represents, and that an administrator added or changed."""
    codes = {member.interest for member in members if member.interest}
    rows = ListEntry.objects.groups().filter(code__in=codes) if codes else ()
    groups = (RepresentedGroup(code=row.code, name=row.name, outside_nhs=row.outside_nhs) for row in rows)
    return tuple(group for group in groups if group not in SHIPPED)


def outside_the_nhs() -> frozenset[str]:
    """The codes of the groups that are outside the NHS."""
    return frozenset(ListEntry.objects.groups().filter(outside_nhs=True).values_list("code", flat=True))
