"""The policy, part 2: who may set up a review, write its case studies and share them."""

from eds import stages
from eds.policy.rule import ALL, LEAD, PARTNER_LEAD, WRITER, Rule

FIXED = "A case study is fixed once its scoring has opened."
SETS_UP = "Only the equality lead can add and change the case studies of a review."
REPORT_IS_FIXED = "The report is being approved or is published. Open the review again to change it."
APPROVED = (
    "The report of {organisation} is approved, so its case studies can’t change. "
    "Its equality lead can open the review again."
)

WRITING = {
    "change_header": Rule(
        of="review",
        may={LEAD: (stages.OPEN,)},
        only="Only the equality lead can change the report’s header.",
        late=REPORT_IS_FIXED,
    ),
    "add_case_study": Rule(of="review", may={LEAD: (stages.OPEN,)}, only=SETS_UP, late=REPORT_IS_FIXED),
    "change_case_study": Rule(
        of="case_study", may={LEAD: (stages.WRITING, stages.OPEN)}, only=SETS_UP, late=FIXED
    ),
    "write": Rule(
        of="case_study",
        may=dict.fromkeys((LEAD, WRITER), (stages.WRITING, stages.OPEN)),
        only="Only its authors and the equality lead can write this case study.",
        late=FIXED,
    ),
    "accept_text": Rule(
        of="case_study",
        may={LEAD: (stages.WRITING, stages.OPEN)},
        only="Only the equality lead can accept case studies for the panel.",
        late=FIXED,
    ),
    "correct_text": Rule(
        of="case_study",
        may={LEAD: (stages.SCORING, *stages.REVEALED, stages.OPEN)},
        only="Only the equality lead can correct a case study once its scoring has opened.",
        early="The case study is still being written, so you can edit it.",
        late=REPORT_IS_FIXED,
    ),
    "self_assess": Rule(
        of="case_study",
        may=dict.fromkeys((LEAD, WRITER), (stages.WRITING, stages.OPEN)),
        only="Only the authors of a case study and the equality lead can give its self-assessment.",
        late="You can only give a self-assessment before scoring opens.",
    ),
    "show_self_assessment": Rule(
        of="review",
        may={LEAD: (stages.WRITING, stages.OPEN)},
        only="Only the equality lead can decide when the panel sees the self-assessment.",
        early="Add a case study first.",
        late="Scoring has opened, so you can no longer change this.",
    ),
    "share": Rule(
        of="case_study",
        may={LEAD: ALL},
        only="Only the equality lead can share a case study with another organisation.",
    ),
    "accept_shared": Rule(
        of="review",
        may={PARTNER_LEAD: ALL},
        only="Only the equality lead of {organisation} accepts this case study.",
    ),
    # Of these two the stage is that of the review which takes the case study in.
    "take_in_shared": Rule(of="review", may={PARTNER_LEAD: (stages.OPEN,)}, late=APPROVED),
    "end_sharing": Rule(
        of="review",
        may=dict.fromkeys((LEAD, PARTNER_LEAD), (stages.OPEN,)),
        only="Only the equality leads of the two organisations can stop sharing a case study.",
        late=APPROVED,
    ),
}
