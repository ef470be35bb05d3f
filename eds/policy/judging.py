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
    WRITER,
    Bar,
    Rule,
)
from eds.policy.writing import REPORT_IS_FIXED

ONLY_SCORERS = "Only panel members can score case studies."
WROTE_IT = "You are an author of this case study, so you do not score it."
DOES_NOT_SCORE = {DECLARED: Bar(why="You declared an interest in this case study, so you do not score it.")}
ONLY_CHAIR = "Only the chair of the panel and the equality lead can record agreed scores."
NOT_SCORED = "Panel members have not finished scoring. You can agree scores after that."
AGREED = "Agreed scores are fixed. Re-open the meeting of this case study to change one."
ONLY_WHILE_SCORING = "You can only enter scoring sheets while scoring is open."
NOT_OPEN = "Scoring is not open for any case study, so there is no workshop now."
WORKSHOP_IS_OVER = "Scoring has closed, so the workshop is over."
NOBODY_JOINS = "Scoring has closed, so you can’t confirm anyone. Only people confirmed before that count."
SCORING = (stages.SCORING, stages.OPEN)
MEETING = (stages.MEETING, stages.OPEN)


def _scoring(at: tuple[str, ...], **reasons: str) -> Rule:
    """Something that members do with their own scores of a case study."""
    return Rule(
        of="case_study",
        may=dict.fromkeys(SCORERS, at),
        only=ONLY_SCORERS,
        instead={WRITER: WROTE_IT} | dict.fromkeys(PANEL, OTHER_DOMAINS),
        barred=DOES_NOT_SCORE,
        **reasons,
    )


def _lead(at: tuple[str, ...], only: str, **reasons: str) -> Rule:
    """Something that the equality lead alone does with a review."""
    return Rule(of="review", may={LEAD: at}, only=only, **reasons)


JUDGING = {
    "have_sheet": _scoring(ALL),
    "score": _scoring(
        SCORING,
        early="Scoring has not opened. You will see this case study in your work when it does.",
        late="Scoring has closed.",
    ),
    "change_scores": _scoring(
        (stages.SCORING, stages.MEETING, stages.OPEN),
        early="Scoring is closed for now. You can change your scores when it opens again.",
        late="The panel has agreed its scores, so you can no longer change yours.",
    ),
    "enter_sheet": Rule(
        of="case_study",
        may={LEAD: SCORING},
        only="Only the equality lead can enter scoring sheets for panel members.",
        early=ONLY_WHILE_SCORING,
        late=ONLY_WHILE_SCORING,
        barred={
            DECLARED: Bar(
                why="You declared an interest in this case study, so someone else enters its scoring sheets."
            )
        },
    ),
    "enter_sheets": _lead(
        SCORING,
        "Only the equality lead can enter scoring sheets for panel members.",
        early=ONLY_WHILE_SCORING,
        late=ONLY_WHILE_SCORING,
    ),
    "run_workshop": _lead(
        SCORING,
        "Only the equality lead can run a workshop.",
        early=NOT_OPEN,
        late=WORKSHOP_IS_OVER,
    ),
    "close_code": _lead((stages.SCORING, *stages.REVEALED), "Only the equality lead can run a workshop."),
    "score_in_workshop": Rule(
        of="review",
        may=dict.fromkeys(PANEL, SCORING),
        only="Only panel members can take part in a workshop.",
        early=NOT_OPEN,
        late=WORKSHOP_IS_OVER,
    ),
    # For what is still being scored: who counts for a revealed case study was fixed at its reveal.
    "confirm_members": _lead(
        SCORING, "Only the equality lead can run a workshop.", early=NOT_OPEN, late=NOBODY_JOINS
    ),
    "lead_meeting": Rule(
        of="review",
        may=dict.fromkeys((LEAD, CHAIR), MEETING),
        only=ONLY_CHAIR,
        early=NOT_SCORED,
        late=AGREED,
    ),
    "move_case_study": Rule(
        of="case_study",
        may={LEAD: (stages.OPEN,)},
        only="Only the equality lead can open and close the scoring of a case study.",
        late=REPORT_IS_FIXED,
    ),
    "open_and_close_scoring": _lead(
        (stages.OPEN,), "Only the equality lead can open and close scoring.", late=REPORT_IS_FIXED
    ),
    "finish_meeting": Rule(
        of="case_study",
        may=dict.fromkeys((LEAD, CHAIR), (*stages.REVEALED, stages.OPEN)),
        only="Only the chair of the panel and the equality lead can end or re-open a meeting.",
        early=NOT_SCORED,
        late=REPORT_IS_FIXED,
        barred={
            DECLARED: Bar(
                why="You declared an interest in this case study, so someone else ends its meeting."
            )
        },
    ),
    # Its rows are those of "see_scores".
    "export_scores": _lead(
        stages.REVEALED,
        "Only the equality lead can download the scores of all panel members.",
        early=NOT_REVEALED,
    ),
    "leave_out_domain": _lead(
        (stages.OPEN,), "Only the equality lead can leave a domain out of the report.", late=REPORT_IS_FIXED
    ),
    "record_agreed_scores": Rule(
        of="case_study",
        may=dict.fromkeys((LEAD, CHAIR), MEETING),
        only=ONLY_CHAIR,
        early=NOT_SCORED,
        late=AGREED,
        barred={
            DECLARED: Bar(why="You declared an interest in this case study, so you cannot agree its scores.")
        },
    ),
    "choose_case_study": _lead(
        (*stages.REVEALED, stages.OPEN),
        "Only the equality lead can record which case study is used for a domain score.",
        early="The panel has not agreed its scores. You can choose after that.",
        late=REPORT_IS_FIXED,
        barred={
            DECLARED_SOME: Bar(
                why="You declared an interest in a case study, so someone else records which one is used for a "
                "domain’s score."
            )
        },
    ),
    "recommend": _lead(
        (stages.OPEN,),
        "Only the equality lead can write recommendations.",
        late="The report is being approved or is published, so you can’t change its recommendations. "
        "You can add progress notes.",
    ),
    "name_owner": _lead(ALL, "Only the equality lead can name the owner of a recommendation."),
    "write_to_owner": _lead(
        stages.APPROVED,
        "Only the equality lead can e-mail the owner of a recommendation.",
        early="You can e-mail owners once the report is being approved.",
    ),
    "note_progress": _lead(ALL, "Only the equality lead can add progress notes."),
    "note_progress_as_owner": Rule(of="review", may={OWNER: stages.APPROVED}),
    "accept_warning": _lead(
        stages.REVEALED,
        "Only the equality lead can check the report before it is published.",
        early=NOT_REVEALED,
        barred={DECLARED_SOME: READS_LATER},
    ),
    "write_report": _lead(
        (stages.OPEN,), "Only the equality lead can write the summary of the report.", late=REPORT_IS_FIXED
    ),
    "record_approval": _lead(
        (stages.APPROVAL,),
        "Only the equality lead can record who approved the report.",
        early="The review is still open. You can record the approval once it has moved to approval.",
        late="The report is published, so you can’t change its approval.",
    ),
    "record_sending": _lead(
        (stages.PUBLISHED,),
        "Only the equality lead can record that the report was sent to NHS England.",
        early="You can send the report to NHS England once it is published.",
    ),
    "publish": _lead(ALL, "Only the equality lead can publish the report."),
}
