"""The policy, part 3: who scores, agrees, recommends and publishes."""

from eds import stages
from eds.policy.reading import NOT_REVEALED, OTHER_DOMAINS, READS_LATER
from eds.policy.rule import (
    ALL,
    CHAIR,
    DECLARED,
    DECLARED_SOME,
    LEAD,
    OWNER,
    PANEL,
    SCORERS,
    Bar,
    Rule,
)
from eds.policy.writing import PUBLISHED

ONLY_SCORERS = "Only members of the panel score case studies."
DOES_NOT_SCORE = {DECLARED: Bar(why="You declared an interest in this case study, so you do not score it.")}
ONLY_CHAIR = "Only the chair of the panel and the equality lead record agreed scores."
NOT_SCORED = "Panel members are not finished scoring. Scores are agreed after that."
AGREED = "Agreed scores are fixed. Send the review back to agreeing scores to change one."
WORKSHOP_IS_OVER = "Scoring has closed, so the workshop is over."


def _scoring(at: tuple[str, ...], **told: str) -> Rule:
    """Something that members do with their own scores of a case study."""
    return Rule(
        of="case_study",
        may=dict.fromkeys(SCORERS, at),
        only=ONLY_SCORERS,
        instead=dict.fromkeys(PANEL, OTHER_DOMAINS),
        barred=DOES_NOT_SCORE,
        **told,
    )


def _lead(at: tuple[str, ...], only: str, **told: str) -> Rule:
    """Something that the equality lead alone does with a review."""
    return Rule(of="review", may={LEAD: at}, only=only, **told)


JUDGING = {
    "have_sheet": _scoring(ALL),
    "score": _scoring(
        (stages.SCORING,),
        early="Scoring has not opened yet. We will show this case study in your work when it does.",
        late="Scoring has closed.",
    ),
    "change_scores": _scoring(
        (stages.SCORING, stages.MODERATION),
        early="Scoring is closed for now. You can change your scores when it opens again.",
        late="The panel has agreed its scores, so yours can’t be changed any more.",
    ),
    "enter_sheet": Rule(
        of="case_study",
        may={LEAD: (stages.SCORING,)},
        only="Only the equality lead enters scoring sheets for members of the panel.",
        early="Scoring sheets can be entered only while the review is at the stage of scoring.",
        late="Scoring sheets can be entered only while the review is at the stage of scoring.",
    ),
    "enter_sheets": _lead(
        (stages.SCORING,),
        "Only the equality lead enters scoring sheets for members of the panel.",
        early="Scoring sheets can be entered only while the review is at the stage of scoring.",
        late="Scoring sheets can be entered only while the review is at the stage of scoring.",
    ),
    "run_workshop": _lead(
        (stages.SCORING,),
        "Only the equality lead runs a workshop.",
        early=WORKSHOP_IS_OVER,
        late=WORKSHOP_IS_OVER,
    ),
    "close_code": _lead((stages.SCORING, *stages.REVEALED), "Only the equality lead runs a workshop."),
    "score_in_workshop": Rule(
        of="review",
        may=dict.fromkeys(PANEL, (stages.SCORING,)),
        only="Only members of the panel take part in a workshop.",
        early=WORKSHOP_IS_OVER,
        late=WORKSHOP_IS_OVER,
    ),
    "confirm_members": _lead(
        (stages.SCORING, stages.MODERATION),
        "Only the equality lead runs a workshop.",
        early="Agreed scores are fixed, so nobody can be added to the panel.",
        late="Agreed scores are fixed, so nobody can be added to the panel.",
    ),
    "lead_meeting": Rule(
        of="review",
        may=dict.fromkeys((LEAD, CHAIR), (stages.MODERATION,)),
        only=ONLY_CHAIR,
        early=NOT_SCORED,
        late=AGREED,
    ),
    "record_agreed_scores": Rule(
        of="case_study",
        may=dict.fromkeys((LEAD, CHAIR), (stages.MODERATION,)),
        only=ONLY_CHAIR,
        early=NOT_SCORED,
        late=AGREED,
        barred={
            DECLARED: Bar(why="You declared an interest in this case study, so you do not agree its scores.")
        },
    ),
    "choose_case_study": _lead(
        (stages.MODERATION,),
        "Only the equality lead records which case study is used for a domain’s score.",
        early="The panel has not agreed its scores yet. This is chosen after that.",
        late="Agreed scores are fixed. Send the review back to agreeing scores to choose again.",
        barred={
            DECLARED_SOME: Bar(
                why="You declared an interest in a case study, so someone else records which one is used for a "
                "domain’s score."
            )
        },
    ),
    "recommend": _lead(
        stages.NOT_PUBLISHED,
        "Only the equality lead writes recommendations.",
        late="The report is published, so its recommendations stay as they are. You can note progress on them.",
    ),
    "name_owner": _lead(ALL, "Only the equality lead names the owner of a recommendation."),
    "write_to_owner": _lead(
        stages.AGREED,
        "Only the equality lead writes to the owner of a recommendation.",
        early="Owners are written to once the panel has agreed its scores.",
    ),
    "note_progress": _lead(ALL, "Only the equality lead notes progress."),
    "note_progress_as_owner": Rule(of="review", may={OWNER: stages.AGREED}),
    "accept_warning": _lead(
        stages.REVEALED,
        "Only the equality lead checks the report before it is published.",
        early=NOT_REVEALED,
        barred={DECLARED_SOME: READS_LATER},
    ),
    "write_report": _lead(
        stages.NOT_PUBLISHED, "Only the equality lead writes the summary of the report.", late=PUBLISHED
    ),
    "record_approval": _lead(
        (stages.APPROVAL,),
        "Only the equality lead records who approved the report.",
        early="The panel has not finished agreeing its scores. The report is approved after that.",
        late="The report is published, so its approval stays as it is.",
    ),
    "publish": _lead(ALL, "Only the equality lead publishes the report."),
}
