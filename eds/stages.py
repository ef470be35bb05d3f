"""The stages of a review and the moves between them: one dict, no ORM."""

SETUP, EVIDENCE, SCORING = "setup", "evidence", "scoring"
MODERATION, APPROVAL, PUBLISHED = "moderation", "approval", "published"

STAGES = (SETUP, EVIDENCE, SCORING, MODERATION, APPROVAL, PUBLISHED)

# Parts of a review's life, by which the policy and the pages speak.
WRITING = (SETUP, EVIDENCE)  # case studies can be written
BEFORE_REVEAL = (*WRITING, SCORING)  # nobody sees what another member scored
REVEALED = (MODERATION, APPROVAL, PUBLISHED)  # the panel sees all scores
NOT_AGREED = (*BEFORE_REVEAL, MODERATION)
AGREED = (APPROVAL, PUBLISHED)  # agreed scores are fixed
NOT_PUBLISHED = (*NOT_AGREED, APPROVAL)

NAMES = {
    SETUP: "Setting up",
    EVIDENCE: "Gathering evidence",
    SCORING: "Scoring",
    MODERATION: "Agreeing scores",
    APPROVAL: "Approval",
    PUBLISHED: "Published",
}
# Forward one step; back one step to mend something; a published report is corrected from moderation.
MOVES = {
    SETUP: (EVIDENCE,),
    EVIDENCE: (SCORING, SETUP),
    SCORING: (MODERATION, EVIDENCE),
    MODERATION: (APPROVAL, SCORING),
    APPROVAL: (PUBLISHED, MODERATION),
    PUBLISHED: (MODERATION,),
}
MEANINGS = {
    SETUP: "The equality lead sets up the review.",
    EVIDENCE: "Authors write case studies and add evidence.",
    SCORING: "Panel members score. Each sees only their own scores.",
    MODERATION: "The panel sees all scores and agrees one for each outcome area.",
    APPROVAL: "Agreed scores are fixed. The report is checked and approved.",
    PUBLISHED: "The report is public.",
}


def is_forward(*, current: str, target: str) -> bool:
    return STAGES.index(target) > STAGES.index(current)


def after(stage: str) -> str | None:
    """The next stage, or None for the last."""
    following = STAGES.index(stage) + 1
    return STAGES[following] if following < len(STAGES) else None
