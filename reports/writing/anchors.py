"""Where the parts of a report begin in its web page, so that a link can lead to them."""


def section(case_study: int, place: int) -> str:
    """A section of the case study of this number, by its place from 1."""
    return f"case-study-{case_study}-section-{place}"


def evidence(case_study: int) -> str:
    return f"case-study-{case_study}-evidence"


def commentary(case_study: int) -> str:
    return f"case-study-{case_study}-commentary"


def action(number: int) -> str:
    """An action of the action plan, numbered through its themes."""
    return f"action-{number}"
