"""A member's answers for one case study, as plain values: what is drafted, what is submitted, what is missing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from eds.content import Judgement
from eds.totals import Total, case_study_total


@dataclass(frozen=True, kw_only=True)
class Answer:
    """One outcome area: a score in points, or abstained, or neither yet; and the reason for it."""

    value: int | None = None
    abstained: bool = False
    rationale: str = ""

    @property
    def is_answered(self) -> bool:
        return self.value is not None or self.abstained

    @classmethod
    def of(cls, row) -> "Answer":
        """What a draft or a score says."""
        return cls(value=row.value, abstained=row.abstained, rationale=row.rationale)


# For which scores the equality lead asks members for a reason; abstaining never needs one.
AS_LIKED, EACH_CASE_STUDY, EVERY_SCORE = "as_liked", "each_case_study", "every_score"
REASONS = {
    AS_LIKED: "As each member likes",
    EACH_CASE_STUDY: "At least one for each case study",
    EVERY_SCORE: "For every score",
}


@dataclass(frozen=True, kw_only=True)
class Problem:
    """What keeps an answer from being submitted: the outcome's code, the part of the answer, a sentence."""

    code: str
    part: str  # "score" or "rationale"
    message: str


def problems(codes: Sequence[str], answers: Mapping[str, Answer], reasons: str = AS_LIKED) -> list[Problem]:
    """What is still to do before the answers can be submitted; an empty list when nothing is.

    Every outcome area needs a score or an abstention; which scores need a reason, `reasons` says (see REASONS).
    """
    result = []
    for code in codes:
        answer = answers.get(code, Answer())
        if not answer.is_answered:
            result.append(Problem(code=code, part="score", message=f"Choose a score for {code}, or abstain"))
        elif reasons == EVERY_SCORE and answer.value is not None and not answer.rationale.strip():
            result.append(Problem(code=code, part="rationale", message=f"Give your reason for {code}"))
    scored = [code for code in codes if code in answers and answers[code].value is not None]
    if reasons == EACH_CASE_STUDY and scored and not any(answers[code].rationale.strip() for code in scored):
        message = "Give a reason for at least one of your scores"
        result.append(Problem(code=scored[0], part="rationale", message=message))
    return result


def progress(codes: Sequence[str], answers: Mapping[str, Answer]) -> str:
    """How many of a case study's questions have a score or an abstention; static/score.js says the same."""
    done = sum(answers[code].is_answered for code in codes if code in answers)
    return f"{done} of {len(codes)} question{'' if len(codes) == 1 else 's'} answered"


def total(codes: Sequence[str], answers: Mapping[str, Answer], highest: int | None) -> Total:
    """One member's total for a case study, in points of at most `highest` for each outcome area."""
    judgements = {code: Judgement(score=answer.value) for code, answer in answers.items()}
    abstained = [code for code, answer in answers.items() if answer.abstained]
    return case_study_total(codes, judgements, highest, abstained=abstained)
