"""How many organisations have each grade and each total, without saying which. Pure: figures in, counts out.

Never a league table: an organisation is compared with all, and only with those of the same year and edition.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from eds.comparison import Told
from eds.edition import Edition
from eds.totals import Points, number_words

FEW = 5  # with fewer organisations, figures say little about others


@dataclass(frozen=True, kw_only=True)
class Spread:
    """An outcome area, a domain or the whole: how many organisations have each value. `own` is one organisation's."""

    code: str  # of an outcome area; else the name of the domain, or "Overall"
    title: str
    counts: tuple[tuple[Points, int], ...]  # by value, the lowest first
    without: int  # organisations with no figure
    own: Points | None = None

    @property
    def lowest(self) -> str:
        return number_words(self.counts[0][0]) if self.counts else ""

    @property
    def highest(self) -> str:
        return number_words(self.counts[-1][0]) if self.counts else ""

    @property
    def middle(self) -> str:
        """The lower median: half of the organisations have this or less."""
        values = [value for value, count in self.counts for _ in range(count)]
        return number_words(values[(len(values) - 1) // 2]) if values else ""

    @property
    def own_words(self) -> str:
        return "" if self.own is None else number_words(self.own)


def outcome_spreads(edition: Edition, figures: Sequence[Told], own: Told | None) -> list[Spread]:
    """Each outcome area in the edition's order; every grade is counted, also those that nobody has."""
    grades = [grade.score for grade in edition.grades]
    return [
        _spread(
            code=outcome.code,
            title=outcome.statement,
            values=[one.scores.get(outcome.code) for one in figures],
            own=own.scores.get(outcome.code) if own else None,
            always=grades,
        )
        for domain in edition.domains
        for outcome in domain.outcomes
    ]


def total_spreads(edition: Edition, figures: Sequence[Told], own: Told | None) -> list[Spread]:
    """Each domain that is added up, and the overall total."""
    spreads = []
    for domain in edition.domains:
        totals = [_domain_total(one, domain.number) for one in figures]
        mine = _domain_total(own, domain.number) if own else None
        spreads.append(_spread(code=domain.name, title=domain.title, values=totals, own=mine))
    overall = [one.figures.overall.total for one in figures]
    mine = own.figures.overall.total if own else None
    spreads.append(_spread(code="Overall", title="All domains", values=overall, own=mine))
    return [spread for spread in spreads if spread.counts]


def _domain_total(one: Told, number: int) -> Points | None:
    return next((domain.total for domain in one.figures.domains if domain.number == number), None)


def _spread(
    *, code: str, title: str, values: Sequence[Points | None], own: Points | None, always: Sequence[int] = ()
) -> Spread:
    counts = Counter(value for value in values if value is not None)
    known = sorted({*counts, *always}) if counts else []
    return Spread(
        code=code,
        title=title,
        counts=tuple((value, counts[value]) for value in known),
        without=sum(value is None for value in values),
        own=own,
    )
