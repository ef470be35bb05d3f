"""The stages of a case study and of a review, and the moves between them: one dict for each, no ORM.

The names of the two differ, so that a set of names can say both: a case study that is scored in an open review is at
{"scoring", "open"}, and a review at the stages of its own and of all its case studies.
"""

from collections.abc import Collection, Iterable

# A case study
WRITING, SCORING, MEETING, AGREED = "writing", "scoring", "meeting", "agreed"
CASE_STUDY = (WRITING, SCORING, MEETING, AGREED)
BEFORE_REVEAL = (WRITING, SCORING)  # nobody sees what another member scored
REVEALED = (MEETING, AGREED)  # the panel sees all scores of it
NOT_AGREED = (*BEFORE_REVEAL, MEETING)

# A review
OPEN, APPROVAL, PUBLISHED = "open", "approval", "published"
REVIEW = (OPEN, APPROVAL, PUBLISHED)
APPROVED = (APPROVAL, PUBLISHED)  # nothing of the report changes

ALL = (*CASE_STUDY, *REVIEW)
KINDS = (CASE_STUDY, REVIEW)

NAMES = {
    WRITING: "Being written",
    SCORING: "Scoring",
    MEETING: "Agreeing scores",
    AGREED: "Agreed",
    OPEN: "Open",
    APPROVAL: "Approval",
    PUBLISHED: "Published",
}
# The reveal is the move from scoring to the meeting. It happens once: what was seen can't be unseen.
CASE_STUDY_MOVES = {
    WRITING: (SCORING,),
    SCORING: (MEETING, WRITING),
    MEETING: (AGREED,),
    AGREED: (MEETING,),
}
# Back to open: to change something before the report is published, or to correct a published one.
REVIEW_MOVES = {
    OPEN: (APPROVAL,),
    APPROVAL: (PUBLISHED, OPEN),
    PUBLISHED: (OPEN,),
}
MEANINGS = {
    WRITING: "Authors write the case study and add evidence.",
    SCORING: "Panel members score. Each sees only their own scores.",
    MEETING: "The panel sees all scores and agrees one for each outcome area.",
    AGREED: "The panel has agreed its scores.",
    OPEN: "Each case study is written, scored and agreed at its own time.",
    APPROVAL: "Nothing in the report changes. It is checked and approved.",
    PUBLISHED: "The report is public.",
}


def is_forward(*, current: str, target: str) -> bool:
    """Does the move lead on? Both are stages of a case study, or both of a review."""
    (kind,) = (kind for kind in KINDS if current in kind)
    return kind.index(target) > kind.index(current)


def is_at(here: Collection[str], at: Collection[str]) -> bool:
    """Is what is at the stages `here` at these? Of each kind that `at` names, `here` must have one of them.

    So ("writing", "open") is a case study being written while its review is open, and ("approval", "published") asks
    for the review alone. Of a review, one case study at such a stage is enough.
    """
    kinds = (*KINDS, tuple(name for name in at if name not in ALL))
    named = ([name for name in kind if name in at] for kind in kinds)
    return all(any(name in here for name in names) for names in named if names)


def is_before(here: Collection[str], at: Collection[str]) -> bool:
    """Of what is not at these stages: may it still come to them by going on?"""
    failing = [
        kind
        for kind in KINDS
        if any(name in at for name in kind) and not any(name in at and name in here for name in kind)
    ]
    return all(_first(kind, here) < _last(kind, at) for kind in failing)


def _first(kind: tuple[str, ...], names: Iterable[str]) -> int:
    return min((kind.index(name) for name in names if name in kind), default=-1)


def _last(kind: tuple[str, ...], names: Iterable[str]) -> int:
    return max(kind.index(name) for name in names if name in kind)


def summary(domains: Iterable[tuple[str, Collection[str]]]) -> str:
    """Where a review is, from its domains' names and the stages of their case studies.

    For example "Domain 1: 2 of 3 scored. Domain 2: agreed."
    """
    return " ".join(f"{name}: {_of_domain(list(at))}." for name, at in domains if at)


def counted(at: Collection[str]) -> str:
    """How many case studies are at each stage, for example "1 agreeing scores, 2 being written"."""
    names = [(sum(one == stage for one in at), NAMES[stage].lower()) for stage in reversed(CASE_STUDY)]
    return ", ".join(f"{count} {name}" for count, name in names if count)


def _of_domain(at: list[str]) -> str:
    furthest = min(at, key=CASE_STUDY.index)
    if len(set(at)) == 1:
        return NAMES[furthest].lower()
    revealed = sum(stage in REVEALED for stage in at)
    agreed = at.count(AGREED)
    if revealed == len(at):
        return f"{agreed} of {len(at)} agreed"
    return (
        f"{revealed} of {len(at)} scored"
        if revealed
        else f"scoring open for {at.count(SCORING)} of {len(at)}"
    )
