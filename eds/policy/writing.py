"""The policy, part 2: who may set up a review, write its case studies and share them."""

from eds import stages
from eds.policy.rule import ALL, LEAD, PARTNER_LEAD, WRITER, Rule

FIXED = "Case studies are fixed once scoring has opened. Send the review back to gathering evidence to change one."
SETS_UP = "Only the equality lead can add and change the case studies of a review."
PUBLISHED = "The report is published. Send the review back to agreeing scores to correct it."
APPROVED = (
    "The report of {organisation} is approved, so its case studies can’t change. "
    "Its equality lead can send the review back to agreeing scores."
)

WRITING = {
    "change_header": Rule(
        of="review",
        may={LEAD: stages.NOT_PUBLISHED},
        only="Only the equality lead can change the report’s header.",
        late=PUBLISHED,
    ),
    "add_case_study": Rule(of="review", may={LEAD: stages.WRITING}, only=SETS_UP, late=FIXED),
    "change_case_study": Rule(of="case_study", may={LEAD: stages.WRITING}, only=SETS_UP, late=FIXED),
    "write": Rule(
        of="case_study",
        may=dict.fromkeys((LEAD, WRITER), stages.WRITING),
        only="Only its authors and the equality lead can write this case study.",
        late=FIXED,
    ),
    "accept_text": Rule(
        of="case_study",
        may={LEAD: stages.WRITING},
        only="Only the equality lead can accept case studies for the panel.",
        late=FIXED,
    ),
    "self_assess": Rule(
        of="case_study",
        may=dict.fromkeys((LEAD, WRITER), stages.WRITING),
        only="Only the authors of a case study and the equality lead can give its self-assessment.",
        late="You can only give a self-assessment before scoring opens.",
    ),
    "show_self_assessment": Rule(
        of="review",
        may={LEAD: stages.WRITING},
        only="Only the equality lead can decide when the panel sees the self-assessment.",
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
    "take_in_shared": Rule(of="review", may={PARTNER_LEAD: stages.NOT_AGREED}, late=APPROVED),
    "end_sharing": Rule(
        of="review",
        may=dict.fromkeys((LEAD, PARTNER_LEAD), stages.NOT_AGREED),
        only="Only the equality leads of the two organisations can stop sharing a case study.",
        late=APPROVED,
    ),
}
