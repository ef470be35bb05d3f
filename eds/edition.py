"""An edition of the EDS as plain values: what a framework says, with no ORM in it.

`Framework.as_edition()` makes one from rows; the totals, the checks and every report read one. Points, aggregation
and bands belong to the edition, never to the code (EDS2 has grades without points and no overall rating).
"""

from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator

from eds.fields import Record

SUM = "sum"
MIDDLE_CASE_STUDY = "middle case study"
NO_AGGREGATION = "none"
AGGREGATION_WORDS = {
    SUM: "The sum of its outcome areas",
    MIDDLE_CASE_STUDY: "The total of the case study in the middle",
    NO_AGGREGATION: "It has no total",
}
AGGREGATION_EXAMPLES = {
    SUM: "For example, scores of 2, 1, 2 and 3 make 8 points.",
    MIDDLE_CASE_STUDY: "For example, with case studies of 5, 8 and 9 points, the domain has 8 points.",
    NO_AGGREGATION: "Reports show each score, and nothing is added up.",
}
Aggregation = Literal["sum", "middle case study", "none"]


def _pairs(values: Any) -> Any:
    """The items of an object, which is how JSON holds what is keyed by a score."""
    return tuple(values.items()) if isinstance(values, dict) else values


@dataclass(frozen=True, kw_only=True)
class Grade(Record):
    """One step of the scale: `score` is 0 up to the highest, `name` is for example "Developing"."""

    score: int
    name: str
    activity: str = ""  # EDS 2022 prints "Developing activity" beside the score


# A text for each score of the scale, keyed by the score.
ByScore = Annotated[tuple[tuple[int, str], ...], BeforeValidator(_pairs)]


@dataclass(frozen=True, kw_only=True)
class Outcome(Record):
    """An outcome area. `descriptors` holds what each score means.

    `easy_statement`, `easy_descriptors` and `picture` say the same for easy read: see eds/text/easy_words.py.
    `practice` is what the made-up case study of its domain says about it, `practice_reasons` why made-up members gave
    a score.
    """

    code: str
    statement: str
    guidance: str = ""
    descriptors: ByScore = ()
    picture: str = ""
    easy_statement: str = ""
    easy_descriptors: ByScore = ()
    practice: str = ""
    practice_reasons: ByScore = ()

    def descriptor(self, score: int) -> str:
        return dict(self.descriptors).get(score, "")


@dataclass(frozen=True, kw_only=True)
class Domain(Record):
    """A domain (in EDS2 a goal) with its outcome areas in order."""

    number: int
    title: str
    aggregation: Aggregation
    outcomes: tuple[Outcome, ...]
    noun: str = "Domain"  # what the edition calls it: "Goal" in EDS2
    tested_by_third_parties: bool = False  # by a trade union representative and an independent evaluator
    practice_title: str = ""  # of the made-up case study to practise on, where there is one

    @property
    def name(self) -> str:
        """For example "Domain 1" or "Goal 1"."""
        return f"{self.noun} {self.number}"

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(outcome.code for outcome in self.outcomes)


@dataclass(frozen=True, kw_only=True)
class Band(Record):
    """An overall rating: from `lowest` to `highest` points, both included."""

    lowest: int
    highest: int
    name: str


@dataclass(frozen=True, kw_only=True)
class Edition(Record):
    """A whole edition. `has_points` is False where grades have no number (EDS2); then nothing is added up."""

    name: str
    grades: tuple[Grade, ...]
    domains: tuple[Domain, ...]
    bands: tuple[Band, ...] = ()
    has_points: bool = True
    allows_not_applicable: bool = False
    source: str = ""  # where the official wording and rules come from
    help_source: str = ""  # what guidance and descriptors are, where they are not the source's own words

    @property
    def domain_noun(self) -> str:
        """What the edition calls a domain: "Domain", or "Goal" in EDS2."""
        return self.domains[0].noun if self.domains else "Domain"

    @property
    def highest(self) -> int:
        """The highest score of one outcome area, in points (3 in EDS 2022)."""
        return max(grade.score for grade in self.grades)

    def domain(self, number: int) -> Domain:
        """Raises KeyError for a domain number that the edition does not have."""
        for domain in self.domains:
            if domain.number == number:
                return domain
        raise KeyError(number)

    def domain_name(self, number: int) -> str:
        """For example "Domain 1", also of a number that the edition does not have."""
        return f"{self.domain_noun} {number}"

    def outcome(self, code: str) -> Outcome:
        """Raises KeyError for a code that the edition does not have."""
        for domain in self.domains:
            for outcome in domain.outcomes:
                if outcome.code == code:
                    return outcome
        raise KeyError(code)

    def grade_name(self, score: int) -> str:
        return next(grade.name for grade in self.grades if grade.score == score)
