"""Several panels as one list that names nobody twice."""

from collections.abc import Iterable, Sequence

from casestudies.models import PanelMember


def without_repeats(members: Iterable[PanelMember]) -> list[PanelMember]:
    """The first place of each person. Two of one name are two people where their addresses tell them apart."""
    kept: list[PanelMember] = []
    for member in members:
        if not any(_is_same(member, other) for other in kept):
            kept.append(member)
    return kept


def _is_same(one: PanelMember, other: PanelMember) -> bool:
    addresses = {one.address.casefold(), other.address.casefold()}
    if "" in addresses:  # nothing but the names tells
        return one.name.casefold() == other.name.casefold()
    return len(addresses) == 1


def last_panels(organisations: Sequence[int]) -> list[int]:
    """The ids of the newest review that has a panel, of each organisation in this order."""
    rows = PanelMember.objects.counted().filter(review__organisation__in=organisations)
    pairs = rows.order_by("review__year", "review").values_list("review__organisation", "review").distinct()
    newest = dict(pairs) if organisations else {}
    return [newest[pk] for pk in dict.fromkeys(organisations) if pk in newest]
