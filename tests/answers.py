"""Who is answered what: the words in which tests/pages.py says it. 200, 302 to the sign-in page, 403, or 404.

Who may is answered, or sent on; who may not is told why (403); who may not know of it is told nothing (404); who is
not signed in is asked to.
"""

from eds import stages
from tests.cast import STAGES

SIGN_IN = 302  # to the sign-in page
Row = dict[str, int]  # status by person
Rows = dict[str, Row]  # by stage

# Opening a page: the people of the cast (tests/cast.py) and the public.
PEOPLE = (
    *("public", "administrator", "lead", "author", "reader"),
    *("chair", "member", "other", "stranger", "guest"),
)
PANEL = ("chair", "member", "other")
INSIDE = ("lead", "author", "reader", *PANEL)
SEATED = (*PANEL, "guest")

# Sending to a page: `other` is answered as `member` is; the stranger is equality lead elsewhere.
SENDERS_INSIDE = ("lead", "author", "reader", "chair", "member", "guest")
ELSEWHERE = ("stranger", "their_author", "their_reader", "their_member")
OUTSIDE = ("administrator", *ELSEWHERE)
SENDERS = ("public", *SENDERS_INSIDE, *OUTSIDE)
KNOW_ORGANISATION = ("lead", "author", "reader", "administrator", "guest")  # beside its reviews

SETTING_UP = (stages.WRITING,)
TO_SCORING = (*SETTING_UP, stages.SCORING)
TO_MEETING = (*TO_SCORING, stages.MEETING)
WHILE_OPEN = stages.CASE_STUDY
SCORED = (stages.SCORING, stages.MEETING)
REVEALED = (*stages.REVEALED, *stages.APPROVED)


def answers(default: int, **changes: int) -> Row:
    """A guest of a workshop is told that a page is not for them, unless it is one on which they score."""
    return dict.fromkeys(PEOPLE, default) | {"public": SIGN_IN, "guest": 403} | changes


def allowed(*names: str, inside: int = 403) -> Row:
    """200 for these people, 403 for the rest of the review's people, 404 for everybody else."""
    return answers(404) | dict.fromkeys((*INSIDE, "guest"), inside) | dict.fromkeys(names, 200)


def by_stage(**rows: Row) -> Rows:
    """Only the stages that say something about a page are named."""
    assert set(rows) <= set(STAGES)
    return rows


def may(*names: str, at=STAGES, **changes: int) -> Rows:
    """200 for these people at these stages, 403 for everybody else inside the review, 404 for all others."""
    rest = dict.fromkeys(SENDERS_INSIDE, 403) | dict.fromkeys(OUTSIDE, 404) | {"public": SIGN_IN} | changes
    acting = dict.fromkeys(names, 200)
    return {stage: _senders(rest | (acting if stage in at else {})) for stage in STAGES}


def once(*names: str, knowing=SENDERS, **changes: int) -> Row:
    """200 for these people, 403 for those who know of it, 404 for all others, whatever the stage of a review."""
    rest = {who: 403 if who in knowing else 404 for who in SENDERS}
    return _senders(rest | {"public": SIGN_IN} | dict.fromkeys(names, 200) | changes)


def _senders(row: Row) -> Row:
    return {who: status for who, status in row.items() if who in SENDERS}


# To open

EVERYBODY = dict.fromkeys(PEOPLE, 200)
NOBODY = dict.fromkeys(PEOPLE, 404)
SIGNED_IN = answers(200)
ADMINISTRATOR = answers(403, administrator=200)
LEADS = answers(403, lead=200, stranger=200)
OVERSEERS = answers(403, administrator=200, lead=200, stranger=200)
OWN_UPLOAD = answers(404, lead=200)
# Those who hold a role in the organisation know of it; its lead and administrators manage it.
OF_ORGANISATION = answers(404, administrator=200, lead=200, author=403, reader=403)
OBJECTIVES = OF_ORGANISATION | {"author": 200, "reader": 200}
LEAD_OF_ORGANISATION = OF_ORGANISATION | {"administrator": 403}
SHARED = answers(404, guest=403) | dict.fromkeys(("lead", "reader", *PANEL, "stranger"), 200)
NOT_SHARED = {who: 403 if status == 200 else status for who, status in SHARED.items()}

ONCE_PUBLISHED = by_stage(scoring=NOBODY, published=EVERYBODY)
SET_UP = by_stage(writing=allowed("lead"), scoring=allowed())
AUTHORS = allowed("lead", "author")
WRITTEN = by_stage(writing=AUTHORS, scoring=allowed())
WHILE_WRITTEN = by_stage(writing=allowed("lead"), scoring=allowed())
WHILE_SCORING = by_stage(scoring=allowed("lead"), meeting=allowed())
PANEL_SET_UP = by_stage(scoring=allowed("lead"), approval=allowed())
UNTIL_APPROVAL = by_stage(writing=allowed("lead"), agreed=allowed("lead"), approval=allowed())
ONLY_PUBLISHED = by_stage(approval=allowed(), published=allowed("lead"))
MEETING = allowed("lead", *SEATED)
FROM_MEETING = by_stage(scoring=allowed(), meeting=MEETING, published=MEETING)
RECOMMENDED = by_stage(
    scoring=allowed("lead"),
    meeting=allowed("lead", *PANEL),
    approval=allowed("lead", "reader", *PANEL),
    published=allowed(*INSIDE),
)
CHANGING = allowed() | dict.fromkeys(SEATED, 302)

# To send to

AUTHORS_SEND = may("lead", "author", at=SETTING_UP)
LEAD_SETTING_UP = may("lead", at=SETTING_UP)
LEAD_SCORING = may("lead", at=(stages.SCORING,))
LEAD_WHILE_OPEN = may("lead", at=WHILE_OPEN)
SEND_DRAFT = once("administrator", knowing=("guest",))  # of an edition, which only administrators see
SEND_UPLOAD = once("lead", knowing=("guest",))
MANAGE_ORGANISATION = once("administrator", "lead", knowing=KNOW_ORGANISATION)
LEAD_ORGANISATION = once("lead", knowing=KNOW_ORGANISATION)
NOBODY_SENDS = dict.fromkeys(SENDERS, 404)
EVERYBODY_SENDS = dict.fromkeys(SENDERS, 200)


def only_at(stages_: tuple[str, ...], row: Rows) -> Rows:
    """Of a row of `may` these stages; at the others nobody may."""
    return may() | {stage: row[stage] for stage in stages_}
