"""Low scores, and the recommendations that answer them: pure, over `ReportContent`."""

from dataclasses import dataclass

from eds.checks.recommendations import LOW, answers
from eds.content import ReportContent


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
