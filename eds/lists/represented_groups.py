"""The groups that members of a panel represent: those that we ship, and those that a report brings with it.

An administrator can rename them and add others, so a report lists each group of its panel that is not as we ship it.
"""

from collections.abc import Mapping

from eds.content import ReportContent, RepresentedGroup

OUTSIDE_THE_NHS = frozenset(
    ("service_user", "carer", "vcse", "healthwatch", "local_authority", "independent_evaluator")
)
NAMES = {
    "service_user": "Service user or patient",
    "carer": "Carer",
    "vcse": "Voluntary, community or social enterprise organisation",
    "healthwatch": "Healthwatch",
    "local_authority": "Local authority",
    "independent_evaluator": "Independent evaluator",
    "peer_reviewer": "Peer reviewer",
    "trade_union": "Trade union",
    "staff_network": "Staff network",
    "nhs_staff": "NHS staff",
    "other": "Other",
}
SHIPPED = tuple(
    RepresentedGroup(code=code, name=name, outside_nhs=code in OUTSIDE_THE_NHS)
    for code, name in NAMES.items()
)


def names_in(content: ReportContent) -> Mapping[str, str]:
    """The name of each group that a member of this report's panel can represent, by its code."""
    return NAMES | {group.code: group.name for group in content.represented_groups}


def outside_in(content: ReportContent) -> frozenset[str]:
    """The codes of the groups that are outside the NHS, as this report sees them."""
    own = {group.code: group.outside_nhs for group in content.represented_groups}
    return frozenset(code for code in {*OUTSIDE_THE_NHS, *own} if own.get(code, code in OUTSIDE_THE_NHS))
