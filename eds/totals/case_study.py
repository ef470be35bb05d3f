"""The sum of one case study, in points, and its words. With no ORM; `eds.totals` adds up the rest.

Not scored, abstained, not applicable and 0 are four things.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from eds.content import Judgement

Points = int | float


def number_words(number: Points) -> str:
    """A number as printed: 5, or 2.5 where a half point was imported; never 5.0."""
    return f"{number:g}"


def points_words(points: Points | None, out_of: int | None) -> str:
    return "" if points is None else f"{number_words(points)}/{out_of}"


@dataclass(frozen=True, kw_only=True)
class Total:
    """What has been scored of one case study.

    `points` is the sum of the scores, or None while there is none. `out_of` counts scored outcomes only: 4 of
    9 means three outcomes scored. Both are None in an edition without points. The rest holds outcome codes.
    """

    points: Points | None
    out_of: int | None
    scored: tuple[str, ...]
    missing: tuple[str, ...] = ()
    abstained: tuple[str, ...] = ()
    not_applicable: tuple[str, ...] = ()

    @property
    def is_complete(self) -> bool:
        """True when every outcome that applies has a score."""
        return not self.missing and not self.abstained

    @property
    def words(self) -> str:
        """For example "5/12", or "4 of 9 so far, 1 outcome not scored"."""
        return ", ".join([self._sum_words(), *self._rest_words()])

    def _sum_words(self) -> str:
        if not self.scored:
            done = "scored" if self.out_of is not None else "graded"
            return f"No outcomes {done} yet" if self.missing else f"No outcomes {done}"
        if self.points is None:
            return f"{len(self.scored)} {_outcomes(self.scored)} graded"
        if self.is_complete:
            return f"{number_words(self.points)}/{self.out_of}"
        return f"{number_words(self.points)} of {self.out_of}{' so far' if self.missing else ''}"

    def _rest_words(self) -> list[str]:
        missing = self.missing if self.scored else ()  # "No outcomes scored yet" has said it
        kinds = [
            (missing, "not scored" if self.points is not None else "not graded"),
            (self.abstained, "abstained"),
            (self.not_applicable, "not applicable"),
        ]
        return [f"{len(codes)} {_outcomes(codes)} {kind}" for codes, kind in kinds if codes]


def _outcomes(codes: Sequence[str]) -> str:
    return "outcome" if len(codes) == 1 else "outcomes"


def case_study_total(
    codes: Sequence[str],
    judgements: Mapping[str, Judgement],
    highest: int | None,
    *,
    abstained: Collection[str] = (),
) -> Total:
    """Adds up one case study: the panel's agreed scores, or one member's with the codes they abstained on.

    `codes` are the outcome areas of its domain; a judgement of any other code is not counted. `highest` is
    the highest score of one outcome, or None in an edition without points.
    """
    kinds: dict[str, list[str]] = {"scored": [], "missing": [], "abstained": [], "not_applicable": []}
    for code in codes:
        kinds[_kind(code, judgements.get(code), abstained)].append(code)
    scores = [judgements[code].score for code in kinds["scored"]]
    return Total(
        points=None if highest is None or not scores else whole(sum(scores)),
        out_of=None if highest is None else highest * len(scores),
        **{kind: tuple(codes) for kind, codes in kinds.items()},
    )


def _kind(code: str, judgement: Judgement | None, abstained: Collection[str]) -> str:
    if code in abstained:
        return "abstained"
    if judgement is None:
        return "missing"
    if judgement.not_applicable:
        return "not_applicable"
    return "missing" if judgement.score is None else "scored"


def whole(number: Points) -> Points:
    """The same number, as an int where it is a whole one."""
    return int(number) if number == int(number) else number


@dataclass(frozen=True, kw_only=True)
class CaseStudyResult:
    number: int
    domain: int
    title: str
    total: Total
