"""The groups that a panel represents, for a report: those that are not as they ship."""

from collections.abc import Iterable

from casestudies.reviews.panel_models import PanelMember
from eds.content import RepresentedGroup
from eds.lists.represented_groups import SHIPPED


def represented_groups(members: Iterable[PanelMember]) -> tuple[RepresentedGroup, ...]:
    """Those that an administrator added or changed, of the groups that these members represent.

    The members are of a query `with_group`.
    """
    groups = {
        member.interest: RepresentedGroup(
            code=member.interest, name=member.represents, outside_nhs=bool(member.is_from_outside)
        )
        for member in members
        if member.represents
    }
    return tuple(group for _, group in sorted(groups.items()) if group not in SHIPPED)
