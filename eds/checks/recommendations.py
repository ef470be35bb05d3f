"""What the recommendations leave open."""

from collections.abc import Iterator
from dataclasses import dataclass

from eds.checks.finding import Finding, finding
from eds.checks.texts import named, shortened
from eds.content import Action, CaseStudy, ReportContent

LOW = 1  # Developing
DROPPED = "dropped"


def low_score_without_action(content: ReportContent) -> Iterator[Finding]:
    """An outcome scored 0 or 1 is answered by no recommendation.

    A recommendation answers the outcome areas that it names, in the case studies that it names. Where it names only
    one of the two, it answers all of the other. One that names neither answers none, but in a report in which no
    recommendation names any, as in older ones, nobody said what they answer, and nothing is raised.
    """
    actions = [action for theme in content.recommendations for action in theme.actions]
    if actions and not any(action.outcomes or action.case_studies for action in actions):
        return
    for case_study in content.case_studies:
        for code in content.edition.domain(case_study.domain).codes:
            judgement = case_study.scores.get(code)
            if judgement is None or judgement.score is None or judgement.score > LOW:
                continue
            if not any(answers(action, case_study, code) for action in actions):
                yield finding(
                    "low-score-without-action",
                    f"{named(case_study)}: {code} is scored {judgement.score:g}, but it has no recommendation. "
                    f"Add one, or add {code} to an existing one.",
                    case_study=case_study.number,
                    outcome=code,
                    about=f"{judgement.score:g}",
                )


def answers(action: Action, case_study: CaseStudy, code: str) -> bool:
    """Whether the recommendation answers this outcome area of this case study; a dropped one answers nothing."""
    if action.status == DROPPED or not (action.outcomes or action.case_studies):
        return False
    return (not action.outcomes or code in action.outcomes) and (
        not action.case_studies or case_study.number in action.case_studies
    )


def action_without_owner(content: ReportContent) -> Iterator[Finding]:
    """A recommendation has no owner. A dropped one needs none."""
    for action in _to_be_done(content):
        if not (action.owner or "").strip():
            yield _lacking(
                "action-without-owner", action, "has no owner. Name the person or team who will do it."
            )


def action_without_date(content: ReportContent) -> Iterator[Finding]:
    """A recommendation has no date by which it is to be done. A dropped one needs none."""
    for action in _to_be_done(content):
        if not (action.due or "").strip():
            yield _lacking("action-without-date", action, "has no completion date. Give a month or a day.")


def _to_be_done(content: ReportContent) -> list[Action]:
    return [
        action for theme in content.recommendations for action in theme.actions if action.status != DROPPED
    ]


def _lacking(code: str, action: Action, what: str) -> Finding:
    return finding(code, f"The recommendation “{shortened(action.action)}” {what}", about=action.action)


# Low scores, and the recommendations that answer them: pure, over `ReportContent`.


@dataclass(frozen=True, kw_only=True)
class LowScore:
    """An outcome area that the panel scored 0 or 1 points; `answers` are the actions that answer it."""

    case_study: int
    title: str
    code: str
    score: int | float
    answers: tuple[str, ...]


def low_scores(report: ReportContent) -> list[LowScore]:
    """Every outcome area scored 0 or 1, in the order of the report."""
    actions = [action for theme in report.recommendations for action in theme.actions]
    return [
        LowScore(
            case_study=study.number,
            title=study.title,
            code=code,
            score=judgement.score,
            answers=tuple(action.action for action in actions if answers(action, study, code)),
        )
        for study in report.case_studies
        for code, judgement in sorted(study.scores.items())
        if judgement.score is not None and judgement.score <= LOW
    ]
