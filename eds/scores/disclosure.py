"""What may be said in public of the scores that members of a panel gave, so that nobody's score can be told from it.

Pure: values in, words and classes out. Two rules, explained in docs/decisions/0018: nothing is said where fewer than
five members scored an outcome area; and "one point apart" stands for none and for one, so that a panel of one mind
looks like one that nearly was, and every member could have given at least two scores.
"""

from collections.abc import Mapping, Sequence

from eds.content import PanelScores, Spread
from eds.scores.agreement import RELIABLE, TENTATIVE, agreement

FEWEST = 5  # members who scored, below which nothing is said
ALL_THE_SAME = "too few different scores"

Given = Mapping[str, Sequence[int | None]]  # by outcome code, what each member gave; None for an abstention


def panel_scores(
    given: Mapping[int, Given], members: Mapping[int, int], people: int | None = None
) -> PanelScores:
    """By number of the case study: what was given, and how many members submitted their scores.

    `people` is how many people scored in all.
    """
    units = [unit for one in given.values() for unit in one.values() if _scored(unit) >= FEWEST]
    spreads = (
        Spread(case_study=number, members=members[number], apart=_apart(given[number]))
        for number in sorted(given)
    )
    return PanelScores(agreement=_agreement(units), spreads=tuple(spreads), people=people)


def _scored(unit: Sequence[int | None]) -> int:
    return sum(score is not None for score in unit)


def _apart(given: Given) -> dict[str, int]:
    """Points between the lowest and the highest score, at least 1, where enough members scored."""
    scores = {code: [score for score in unit if score is not None] for code, unit in given.items()}
    return {
        code: max(1, max(values) - min(values))
        for code, values in sorted(scores.items())
        if len(values) >= FEWEST
    }


def _agreement(units: Sequence[Sequence[int | None]]) -> str | None:
    """High, fair or low, by Krippendorff's alpha over all of them; None where it can't be worked out."""
    measured = agreement(units)
    if measured.alpha is None:
        return "high" if measured.reason == ALL_THE_SAME else None
    if measured.alpha >= RELIABLE:
        return "high"
    return "fair" if measured.alpha >= TENTATIVE else "low"
