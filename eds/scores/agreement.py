"""What a panel's meeting needs about its members' scores, with no ORM: the proposal, the spread, the agreement.

A score is in points of the edition's scale. None stands for an abstention; whoever has not submitted is left out.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

Scores = Sequence[int | None]

WIDE_SPREAD = 2  # points between the lowest and the highest score from which the panel should talk
RELIABLE, TENTATIVE = 0.8, 0.667
ABSTAINED = "Abstained"


@dataclass(frozen=True, kw_only=True)
class Distribution:
    """How many members gave each score of the scale, lowest first, and how many abstained."""

    counts: tuple[tuple[int, int], ...]
    abstained: int

    @property
    def scored(self) -> int:
        return sum(count for _, count in self.counts)


def distribution(values: Scores, *, highest: int) -> Distribution:
    """Counts the submitted scores of one outcome area on the scale from 0 to `highest`."""
    given = Counter(values)
    counts = tuple((score, given[score]) for score in range(highest + 1))
    return Distribution(counts=counts, abstained=given[None])


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """What the scores of one outcome area suggest to the panel; the panel decides.

    `score` is None where nobody gave one. `words` says how it came about, and `discuss` why the panel should talk
    about it first ("" where nothing asks for that).
    """

    score: int | None
    words: str
    discuss: str = ""


def proposal(values: Scores, *, name: Callable[[int], str] = str) -> Proposal:
    """The lower median of the submitted scores, abstentions apart; with two middle scores the lower one.

    To discuss: two points or more between lowest and highest, or no score that more than half of those who scored
    gave. `name` says a score in words where an edition has no points.
    """
    scores = sorted(value for value in values if value is not None)
    if not scores:
        everybody = " Everyone who submitted abstained." if values else ""
        return Proposal(score=None, words=f"No proposal: no one has given a score.{everybody}")
    score = scores[(len(scores) - 1) // 2]
    words = f"Proposal {name(score)}: {_origin(scores)}{_abstained(len(values) - len(scores))}"
    return Proposal(score=score, words=words, discuss=_discuss(scores, name))


def _origin(scores: list[int]) -> str:
    count = len(scores)
    if count == 1:
        return "the only score given"
    if scores[0] == scores[-1]:
        return f"all {count} members gave it"
    lower, upper = scores[(count - 1) // 2], scores[count // 2]
    if lower < upper:
        return f"the lower of the two middle scores of {count} members"
    return f"the middle score of {count} members"


def _abstained(count: int) -> str:
    return f"; {count} abstained" if count else ""


def _discuss(scores: list[int], name: Callable[[int], str]) -> str:
    reasons = []
    if scores[-1] - scores[0] >= WIDE_SPREAD:
        reasons.append(f"the scores go from {name(scores[0])} to {name(scores[-1])}")
    most = max(Counter(scores).values())
    if most * 2 <= len(scores):
        reasons.append(f"no score was given by more than half of the {len(scores)} members")
    return f"Discuss: {' and '.join(reasons)}" if reasons else ""


def agreement_words(scores: Sequence[str]) -> str:
    """How far members agree on one outcome area, in plain words; `scores` are those given, in words."""
    given = Counter(score for score in scores if score != ABSTAINED)
    if given.total() < 2:
        return "Too few members scored this to compare." if scores else ""
    most, count = given.most_common(1)[0]
    if count == given.total():
        return f"Everyone who scored gave {most}."
    if count * 2 > given.total():
        return f"Most members agree: {count} of {given.total()} gave {most}."
    return f"Members do not agree: they gave {len(given)} different scores."


@dataclass(frozen=True, kw_only=True)
class Agreement:
    """Krippendorff's alpha: 1 is full agreement, 0 what chance alone would give, below 0 less than that.

    `alpha` is None where it is undefined; then `reason` says why. `meaning` is a sentence for the panel.
    """

    alpha: float | None
    reason: str = ""
    meaning: str


def agreement(outcomes: Sequence[Scores]) -> Agreement:
    """How far the members agree over one case study: for each outcome area the score of each member.

    None is a score that a member did not give. The order of the members makes no difference.

    Sources: Krippendorff (2011), "Computing Krippendorff's Alpha-Reliability"; what a value means is from
    Krippendorff (2004), "Content Analysis", 2nd edition, pages 241 to 243: rely on 0.8 and more, draw only
    tentative conclusions from 0.667 on, and none below.
    """
    units = [[score for score in scores if score is not None] for scores in outcomes]
    compared = [scores for scores in units if len(scores) > 1]  # a score alone agrees with nobody
    if len(compared) < 2:
        asks = "We can show how far members agree once two members have scored at least two outcome areas."
        return Agreement(alpha=None, reason="too few scores", meaning=asks)
    if len({score for scores in compared for score in scores}) == 1:
        same = "Every score is the same, so there are no differences to measure."
        return Agreement(alpha=None, reason="too few different scores", meaning=same)
    alpha = float(_ordinal_alpha(compared))
    return Agreement(alpha=alpha, meaning=meaning(alpha))


def meaning(alpha: float) -> str:
    """What a value of alpha tells the panel, in a sentence."""
    if alpha >= RELIABLE:
        return "The members agree closely on this case study."
    if alpha >= TENTATIVE:
        return "The members mostly agree. Discuss the differences briefly."
    if alpha > 0:
        return "The members see this case study differently: discuss their reasons before you agree scores."
    return "Members disagree: discuss the reasons first."


def _ordinal_alpha(units: list[list[int]]) -> Fraction:
    """1 - observed / expected disagreement. Every unit holds two scores or more, and not all are the same."""
    totals = Counter(score for unit in units for score in unit)
    pairs = list(combinations(sorted(totals), 2))
    distances = {pair: _ordinal_distance(totals, *pair) for pair in pairs}
    observed = Fraction(0)
    for unit in units:
        here = Counter(unit)
        disagreement = sum(here[low] * here[high] * distances[low, high] for low, high in pairs)
        observed += disagreement / (len(unit) - 1)
    expected = sum(totals[low] * totals[high] * distances[low, high] for low, high in pairs)
    return 1 - (totals.total() - 1) * observed / expected


def _ordinal_distance(totals: Counter, low: int, high: int) -> Fraction:
    """Two ranks are as far apart as the scores given between them, those at either end counted half."""
    between = sum(count for score, count in totals.items() if low <= score <= high)
    return (between - Fraction(totals[low] + totals[high], 2)) ** 2
