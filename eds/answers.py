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


@dataclass(frozen=True, kw_only=True)
class Problem:
    """What keeps an answer from being submitted: the outcome's code, the part of the answer, a sentence."""

    code: str
    part: str  # "score" or "rationale"
    message: str


def problems(codes: Sequence[str], answers: Mapping[str, Answer]) -> list[Problem]:
    """What is still to do before the answers can be submitted; an empty list when nothing is.

    Every outcome area needs a score or an abstention, and a reason for it.
    """
    found = []
    for code in codes:
        answer = answers.get(code, Answer())
        if not answer.is_answered:
            found.append(Problem(code=code, part="score", message=f"Choose a score for {code}, or abstain"))
        if not answer.rationale.strip():
            found.append(Problem(code=code, part="rationale", message=f"Give your reason for {code}"))
    return found


def progress(codes: Sequence[str], answers: Mapping[str, Answer]) -> str:
    """How many of a case study's questions have a score or an abstention; static/score.js says the same."""
    done = sum(answers[code].is_answered for code in codes if code in answers)
    return f"{done} of {len(codes)} question{'' if len(codes) == 1 else 's'} answered"


def total(codes: Sequence[str], answers: Mapping[str, Answer], highest: int | None) -> Total:
    """One member's total for a case study, in points of at most `highest` for each outcome area."""
    judgements = {code: Judgement(score=answer.value) for code, answer in answers.items()}
    abstained = [code for code, answer in answers.items() if answer.abstained]
    return case_study_total(codes, judgements, highest, abstained=abstained)
