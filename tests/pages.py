"""The table of all pages: which addresses the portal answers, whom, and what each may hold and cost.

It feeds the walkers: test_addresses.py (who may open a page), test_actions_by_role.py (who may send to it),
test_independence.py (which rows it is asked about), test_hostile_input.py and test_query_counts.py. An address without
a row fails them. To add a page, give the name of its address a `Page`, here or in tests/pages_beside_reviews.py:

- `get`: what each person is answered who opens it, at every stage of a review or `by_stage`; left out where it takes
  nothing but a POST.
- `post`: what each person is answered who sends to it with nothing in it, at every stage (`may`), or `once` where it
  has nothing to do with the stage of a review. Left out where it is only read, which is shown by a POST to it.
- `takes`: what its address takes besides the organisation, the year and the number of a case study; names of rows
  that tests/page_addresses.py knows, or values.
- `costs`: by whom and when it costs how many queries, however many rows it lists.
"""

from django.urls import get_resolver

from eds import stages
from scoring.workshops.guests import PAGES as GUEST_PAGES
from tests.answers import (
    AUTHORS,
    AUTHORS_SEND,
    CHANGING,
    EVERYBODY,
    EVERYBODY_SENDS,
    FROM_MEETING,
    INSIDE,
    LEAD_SCORING,
    LEAD_SETTING_UP,
    LEAD_WHILE_OPEN,
    LEADS,
    NOBODY,
    NOBODY_SENDS,
    NOT_SHARED,
    ONLY_PUBLISHED,
    OWN_UPLOAD,
    PANEL,
    PANEL_SET_UP,
    RECOMMENDED,
    REVEALED,
    SCORED,
    SEATED,
    SEND_UPLOAD,
    SENDERS,
    SET_UP,
    SETTING_UP,
    SHARED,
    SIGNED_IN,
    TO_MEETING,
    TO_SCORING,
    UNTIL_APPROVAL,
    WHILE_OPEN,
    WHILE_SCORING,
    WHILE_WRITTEN,
    WRITTEN,
    Rows,
    allowed,
    answers,
    by_stage,
    may,
    once,
    only_at,
)
from tests.page import FORMATS, Cost, Page
from tests.pages_beside_reviews import BESIDE_REVIEWS

WORKSHOP = "workshop"
SEATS = {"pk": ["seat", "other seat"]}

PAGES: dict[str, Page] = {
    **BESIDE_REVIEWS,
    "review": Page(get=allowed(*INSIDE), costs=Cost("lead", stages.MEETING, 41)),
    "stage": Page(get=allowed("lead"), post=may("lead")),
    "leave_out_domain": Page(get=UNTIL_APPROVAL, post=LEAD_WHILE_OPEN),
    "open_scoring": Page(
        get=by_stage(scoring=allowed(), approval=allowed()), post=may("lead", at=(stages.WRITING,))
    ),
    "close_scoring": Page(
        get=by_stage(writing=allowed(), scoring=allowed("lead"), meeting=allowed()), post=LEAD_SCORING
    ),
    "write_again": Page(
        get=by_stage(scoring=allowed("lead"), meeting=allowed()), post=may("lead", at=(stages.SCORING,))
    ),
    "correct_text": Page(
        get=by_stage(writing=allowed(), scoring=allowed("lead"), approval=allowed()),
        post=may("lead", at=(stages.SCORING, *stages.REVEALED)),
    ),
    "end_meeting": Page(
        get=by_stage(scoring=allowed(), meeting=allowed("lead", "chair"), agreed=allowed()),
        post=may("lead", "chair", at=(stages.MEETING,)),
    ),
    "reopen_meeting": Page(
        get=by_stage(meeting=allowed(), agreed=allowed("lead", "chair"), approval=allowed()),
        post=may("lead", "chair", at=(stages.AGREED,)),
    ),
    "closing_date": Page(
        get=by_stage(writing=allowed("lead"), scoring=allowed("lead"), meeting=allowed()),
        post=may("lead", at=TO_SCORING),
    ),
    "case_study": Page(get=allowed(*INSIDE, "guest")),
    "versions": Page(get=allowed(*INSIDE, "guest")),
    "panel": Page(get=allowed("lead"), costs=Cost("lead", stages.SCORING, 15)),
    "panel_add": Page(get=PANEL_SET_UP, post=LEAD_WHILE_OPEN),
    "panel_paste": Page(get=PANEL_SET_UP, post=LEAD_WHILE_OPEN),
    "panel_last_year": Page(get=PANEL_SET_UP, post=LEAD_WHILE_OPEN),
    "panel_member": Page(get=PANEL_SET_UP, post=LEAD_WHILE_OPEN, takes=SEATS),
    "panel_remove": Page(get=PANEL_SET_UP, post=LEAD_WHILE_OPEN, takes=SEATS),
    "panel_put_back": Page(post=LEAD_WHILE_OPEN, takes={"pk": ["other seat"]}),
    "panel_send": Page(post=LEAD_WHILE_OPEN, takes={"kind": ["invitation", "reminder"]}),
    # of a link that is over: tests/scoring/panel/test_places.py
    "panel_invitation_accept": Page(get=EVERYBODY, post=EVERYBODY_SENDS),
    "panel_invitation": Page(
        get=dict.fromkeys(EVERYBODY, 302), post=EVERYBODY_SENDS, takes={"token": ["none"]}
    ),
    "panel_naming": Page(
        get=SIGNED_IN, post=once(*(who for who in SENDERS if who not in ("public", "guest")))
    ),
    "messages": Page(get=allowed("lead"), post=may("lead")),
    "panel_leave": Page(
        get=by_stage(scoring=allowed(*PANEL), approval=allowed()), post=may(*PANEL, at=WHILE_OPEN)
    ),
    "declare_interest": Page(
        get=by_stage(scoring=allowed(*SEATED), approval=allowed()), post=may(*SEATED, at=TO_MEETING)
    ),
    "self_assessment": Page(get=by_stage(writing=AUTHORS, scoring=allowed()), post=AUTHORS_SEND),
    "share_case_study": Page(get=allowed("lead"), post=may("lead")),
    "offers": Page(get=allowed("lead")),
    # shared by the organisation elsewhere with the review: its lead knows of it, authors do not
    "shared_case_study": Page(get=SHARED, takes={"pk": ["shared"]}),
    "accept_shared": Page(post=may("lead", stranger=403, author=404), takes={"pk": ["shared"]}),
    "end_shared": Page(
        get=by_stage(scoring=NOT_SHARED | {"lead": 200, "stranger": 200}, approval=NOT_SHARED),
        post=may("lead", "stranger", at=WHILE_OPEN, stranger=403, author=404),
        takes={"pk": ["shared"]},
    ),
    "review_new": Page(get=LEADS, post=once("lead", "stranger")),
    "review_header": Page(get=UNTIL_APPROVAL, post=LEAD_WHILE_OPEN),
    "review_carry_over": Page(get=UNTIL_APPROVAL, post=LEAD_WHILE_OPEN),
    "check_a_report": Page(get=EVERYBODY, post=EVERYBODY_SENDS),
    "import_report": Page(get=LEADS, post=once("lead", "stranger")),
    # an upload of one’s own
    "import_preview": Page(get=OWN_UPLOAD, takes={"waiting": ["upload"]}),
    "import_about": Page(get=OWN_UPLOAD, post=SEND_UPLOAD, takes={"waiting": ["upload"]}),
    "import_case_study": Page(get=OWN_UPLOAD, post=SEND_UPLOAD, takes={"waiting": ["upload"]}),
    "import_lines": Page(get=OWN_UPLOAD, post=SEND_UPLOAD, takes={"waiting": ["upload"]}),
    "import_mend": Page(get=OWN_UPLOAD, post=SEND_UPLOAD, takes={"waiting": ["upload"]}),
    "import_add": Page(get=OWN_UPLOAD, post=SEND_UPLOAD, takes={"waiting": ["upload"]}),
    "import_questions": Page(get=OWN_UPLOAD, post=SEND_UPLOAD, takes={"waiting": ["upload"]}),
    "import_edits": Page(get=OWN_UPLOAD, post=SEND_UPLOAD, takes={"waiting": ["upload"]}),
    "import_original": Page(get=OWN_UPLOAD, takes={"waiting": ["upload"]}),
    "import_leave_out": Page(post=SEND_UPLOAD, takes={"waiting": ["upload"]}),
    "import_confirm": Page(post=SEND_UPLOAD, takes={"waiting": ["upload"]}),
    "import_discard": Page(post=SEND_UPLOAD, takes={"waiting": ["upload"]}),
    "word_out": Page(get=allowed(*INSIDE)),
    "word_in": Page(get=WRITTEN, post=AUTHORS_SEND),
    # a file that the lead uploaded
    "word_changes": Page(
        get=by_stage(writing=allowed("lead") | {"author": 404}, scoring=allowed()),
        post=only_at(SETTING_UP, may("lead", author=404)),
        takes={"waiting": ["upload"]},
    ),
    "case_study_add": Page(get=UNTIL_APPROVAL, post=LEAD_WHILE_OPEN),
    "case_study_change": Page(get=SET_UP, post=LEAD_SETTING_UP),
    "case_study_remove": Page(get=SET_UP, post=LEAD_SETTING_UP),
    "write": Page(get=WRITTEN),
    "preview_case_study": Page(get=WRITTEN),
    "send_for_review": Page(get=WRITTEN, post=AUTHORS_SEND),
    "withdraw_from_review": Page(post=AUTHORS_SEND),
    "evidence": Page(get=allowed(*INSIDE, "guest")),
    "evidence_map": Page(get=allowed(*INSIDE, "guest")),
    "review_evidence_map": Page(get=allowed(*INSIDE), costs=Cost("lead", stages.WRITING, 14)),
    "evidence_add": Page(get=WRITTEN, post=AUTHORS_SEND),
    "evidence_item": Page(get=WRITTEN, post=AUTHORS_SEND, takes={"item": ["item"]}),
    "evidence_move": Page(post=AUTHORS_SEND, takes={"item": ["item"]}),
    "evidence_remove": Page(get=WRITTEN, post=AUTHORS_SEND, takes={"item": ["item"]}),
    "evidence_file": Page(
        get=by_stage(scoring=answers(404) | dict.fromkeys((*INSIDE, "guest"), 200), published=EVERYBODY),
        takes={"file": ["file"]},
    ),
    "section_add": Page(get=WRITTEN, post=AUTHORS_SEND),
    "decide": Page(get=WHILE_WRITTEN, post=LEAD_SETTING_UP),
    # of words that are not there (any more)
    "explain": Page(
        get=by_stage(writing=allowed() | {"lead": 302, "author": 302}, scoring=allowed()),
        post=AUTHORS_SEND,
        takes={"digest": ["none"]},
    ),
    "comment_answer": Page(get=WRITTEN, post=AUTHORS_SEND, takes={"comment": ["comment"]}),
    "paste": Page(post=AUTHORS_SEND),
    "section_change": Page(get=WRITTEN, post=AUTHORS_SEND, takes={"section": ["section"]}),
    "section_move": Page(post=AUTHORS_SEND, takes={"section": ["section"]}),
    "section_remove": Page(get=WRITTEN, post=AUTHORS_SEND, takes={"section": ["section"]}),
    "self_assessment_shown": Page(get=WHILE_WRITTEN, post=LEAD_SETTING_UP),
    "score": Page(
        get=by_stage(writing=allowed(), scoring=CHANGING, meeting=allowed()),
        post=may(*SEATED, at=(stages.SCORING,)),
    ),
    "score_step": Page(
        get=by_stage(writing=allowed(), scoring=allowed(*SEATED), meeting=allowed()),
        post=may(*SEATED, at=(stages.SCORING,)),
        takes={"area": ["1A"]},
    ),
    "check_scores": Page(get=by_stage(writing=allowed(), scoring=allowed(*SEATED), meeting=allowed())),
    "submit_scores": Page(post=may(*SEATED, at=(stages.SCORING,))),
    "change_scores": Page(
        get=by_stage(writing=CHANGING, scoring=CHANGING, meeting=CHANGING), post=may(*SEATED, at=SCORED)
    ),
    "confirm_scores": Page(post=may(*SEATED, at=SCORED)),
    "paper_sheet": Page(get=allowed("lead", *SEATED), takes={"size": ["standard"]}),
    # a post leads on to the sheet, and writes nothing
    "paper": Page(get=allowed("lead", *PANEL), post=may("lead", *PANEL), costs=Cost("lead", WORKSHOP, 11)),
    # sheets that are typed in and checked: tests/scoring/workshops/test_grid.py
    "paper_grid": Page(get=WHILE_SCORING, post=LEAD_SCORING, costs=Cost("lead", WORKSHOP, 12)),
    "enter_sheet": Page(get=WHILE_SCORING, post=LEAD_SCORING, takes={"member": ["seat", "other seat"]}),
    "join": Page(get=EVERYBODY | {"guest": 302}, post=EVERYBODY_SENDS),
    "join_code": Page(get=EVERYBODY | {"guest": 302}, post=EVERYBODY_SENDS, takes={"code": ["code"]}),
    "workshop": Page(
        get=by_stage(writing=allowed(), scoring=allowed("lead"), published=allowed("lead")),
        post=LEAD_SCORING,
        costs=Cost("lead", WORKSHOP, 11),
    ),
    "workshop_screen": Page(
        get=by_stage(writing=allowed(), scoring=allowed("lead"), meeting=allowed("lead")),
        costs=Cost("lead", WORKSHOP, 11),
    ),
    "close_workshop": Page(post=may("lead", at=(stages.SCORING, *REVEALED))),
    "confirm_people": Page(post=LEAD_SCORING),
    "remove_person": Page(get=WHILE_SCORING, post=LEAD_SCORING, takes={"joining": ["guest"]}),
    "move_workshop_on": Page(post=LEAD_SCORING),
    "reveal": Page(
        get=by_stage(scoring=allowed() | {"lead": 302}, meeting=allowed()),
        post=LEAD_SCORING,
        costs=Cost("lead", WORKSHOP, 11),
    ),
    "workshop_now": Page(get=allowed(*SEATED), costs=Cost("guest", WORKSHOP, 7)),
    "workshop_state": Page(get=allowed(*SEATED), costs=Cost("guest", WORKSHOP, 7)),
    "scores_csv": Page(
        get=by_stage(scoring=allowed(), meeting=allowed("lead"), published=allowed("lead")),
    ),
    "moderation": Page(get=FROM_MEETING, costs=Cost("lead", stages.MEETING, 17)),
    "moderate": Page(get=FROM_MEETING, post=may("lead", "chair", at=(stages.MEETING,))),
    "moderate_now": Page(get=FROM_MEETING),
    "recommendations": Page(get=RECOMMENDED),
    "recommendation": Page(get=RECOMMENDED, post=may("lead"), takes={"pk": ["recommendation"]}),
    "recommendation_add": Page(
        get=by_stage(scoring=allowed("lead"), approval=allowed()), post=LEAD_WHILE_OPEN
    ),
    "recommendation_change": Page(get=UNTIL_APPROVAL, post=LEAD_WHILE_OPEN, takes={"pk": ["recommendation"]}),
    "recommendation_remove": Page(get=UNTIL_APPROVAL, post=LEAD_WHILE_OPEN, takes={"pk": ["recommendation"]}),
    "recommendation_owner": Page(
        get=by_stage(scoring=allowed("lead"), published=allowed("lead")),
        post=may("lead"),
        takes={"pk": ["recommendation"]},
    ),
    "ask_owner": Page(
        post=may("lead", at=(stages.APPROVAL, stages.PUBLISHED)), takes={"pk": ["recommendation"]}
    ),
    # its owner: tests/scoring/recommendations/test_owners.py
    "owned_recommendation": Page(get=NOBODY, post=NOBODY_SENDS, takes={"pk": ["recommendation"]}),
    "owner_link": Page(get=NOBODY, post=NOBODY_SENDS, takes={"token": ["none"]}),
    # nobody has declared one: 404 where it would be open
    "interest_take_back": Page(
        get=by_stage(scoring=allowed() | dict.fromkeys(SEATED, 404), meeting=allowed()),
        post=only_at(TO_SCORING, may(**dict.fromkeys(SEATED, 404))),
    ),
    "panel_interest": Page(
        get=by_stage(scoring=allowed() | {"lead": 404}, approval=allowed() | {"administrator": 403}),
        post=only_at(WHILE_OPEN, may(lead=404))
        | {stage: may(administrator=403)[stage] for stage in stages.APPROVED},
        takes=SEATS,
    ),
    # of a report that is published: tests/scoring/publishing/test_what_became.py
    "what_became": Page(get=by_stage(scoring=allowed(), approval=allowed(), published=allowed(*PANEL))),
    "checks": Page(get=by_stage(scoring=allowed(), meeting=allowed("lead"), approval=allowed("lead"))),
    "domain_choice": Page(
        get=by_stage(scoring=allowed(), meeting=allowed("lead"), approval=allowed()),
        post=may("lead", at=stages.REVEALED),
    ),
    "accept_warning": Page(
        get=by_stage(meeting=allowed("lead"), scoring=allowed()),
        post=may("lead", at=REVEALED),
        takes={"key": ["none"]},
    ),
    "preview": Page(get=RECOMMENDED, costs=Cost("lead", stages.MEETING, 29)),
    "report_words": Page(
        get=UNTIL_APPROVAL,
        post=LEAD_WHILE_OPEN,
    ),
    "sent_report": Page(get=ONLY_PUBLISHED, post=may("lead", at=(stages.PUBLISHED,))),
    "easy_read_words": Page(
        get=UNTIL_APPROVAL,
        post=LEAD_WHILE_OPEN,
    ),
    "approval": Page(
        get=by_stage(meeting=allowed(), approval=allowed("lead"), published=allowed()),
        post=may("lead", at=(stages.APPROVAL,)),
    ),
    # nothing is being published: back to the stage
    "publishing": Page(get=allowed() | {"lead": 302}, post=may("lead")),
    "preview_file": Page(get=RECOMMENDED, takes=FORMATS),
}

OF_REVIEW = (
    "domain_choice",
    "move_workshop_on",
    "leave_out_domain",
    "panel_interest",
)  # their number is no case study's, or they start from the review


def is_of_case_study(name: str) -> bool:
    """Is it a page of one case study, by its address?"""
    ((_, arguments),) = get_resolver().reverse_dict.getlist(name)[0][0]
    return "number" in arguments and name not in OF_REVIEW


def _hidden_while_written(name: str, rows: Rows) -> Rows:
    """Until scoring opens, a panel knows nothing of a case study but for what other roles tell its members."""
    if stages.WRITING not in rows or not is_of_case_study(name):
        return rows
    # A guest is told that a page is not for them before it is looked at, unless it is one of a guest's own.
    hidden = (*PANEL, "guest") if name in GUEST_PAGES else PANEL
    known = {who: 404 for who in hidden if who in rows[stages.WRITING]}
    return rows | {stages.WRITING: rows[stages.WRITING] | known}


TABLE = {name: _hidden_while_written(name, page.reads) for name, page in PAGES.items() if page.get}
POSTS = {
    name: _hidden_while_written(name, page.post)
    for name, page in PAGES.items()
    if page.post and page.has_stages
}
ANY_STAGE = {name: page.post for name, page in PAGES.items() if page.post and not page.has_stages}
READ = [name for name, page in PAGES.items() if not page.post]
