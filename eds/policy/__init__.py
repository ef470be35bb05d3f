"""Who may see or do what, at which stage: one table, from which pages, buttons, querysets and writes are derived."""

from collections.abc import Collection, Container

from eds.policy.judging import JUDGING
from eds.policy.managing import MANAGING
from eds.policy.reading import READING
from eds.policy.rule import Rule
from eds.policy.writing import WRITING

RULES: dict[str, Rule] = {**READING, **WRITING, **JUDGING, **MANAGING}


def why_not(
    action: str, roles: Container[str], here: Collection[str] = (), *, ready: bool = True
) -> str | None:
    """Why a person with these roles may not do this at the stages `here`, as a sentence; None where they may."""
    return RULES[action].why_not(roles, here, ready=ready)
