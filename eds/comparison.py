"""An organisation's published results year by year, and bodies side by side. Pure: contents in, words and numbers out.

Only like is compared with like: years under the same edition. The score of an outcome area is that of the case study
which stands for its domain.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from eds.content import Judgement, ReportContent
from eds.edition import Edition
from eds.text import labels
from eds.totals import Points, Results, choosable_domains, number_words, results


@dataclass(frozen=True, kw_only=True)
class Told:
    """The results of one published report; `scores` holds outcome codes of the case studies that stand.

    `without` says for each outcome area that is not in it why: what was scored is never called "Not scored".
    `stated` holds sentences such as "Overall rating: the report says Achieving, the rule gives Developing".
    """

    name: str  # of the organisation
    year: str
    edition: str
    figures: Results
    scores: dict[str, Points] = field(default_factory=dict)
    without: dict[str, str] = field(default_factory=dict)
    titles: dict[int, str] = field(default_factory=dict)  # of the domains, by their numbers
    imported: bool = False  # scores came in from a file, so the totals are worked out anew here
    stated: tuple[str, ...] = ()  # each figure that the source stated and that the rule gives differently

    @property
    def overall(self) -> str:
        """For example "20/33, Developing", or the reason why there is none."""
        overall = self.figures.overall
        return ", ".join(filter(None, [overall.words, overall.rating])) or overall.reason

    @property
    def domains(self) -> list[tuple[str, str]]:
        """Each domain's name with its total, or with the reason why it has none."""
        return [(domain.name, domain.words or domain.reason) for domain in self.figures.domains]

    @property
    def titled_domains(self) -> list[tuple[str, str, str]]:
        """The name of each domain, its title, and its total or the reason why it has none."""
        titles = (self.titles.get(domain.number, "") for domain in self.figures.domains)
        return [(name, title, words) for (name, words), title in zip(self.domains, titles, strict=True)]


def told(content: ReportContent) -> Told:
    """What one report says in figures."""
    figures = results(content)
    studies = {study.number: study for study in content.case_studies}
    standing = [studies[number] for number in _used(figures)]
    scores = {
        code: judgement.score
        for study in standing
        for code, judgement in study.scores.items()
        if judgement.score is not None
    }
    return Told(
        name=content.organisation.name,
        year=content.year,
        edition=content.edition.name,
        figures=figures,
        scores=scores,
        without=_without(content, figures),
        titles={domain.number: domain.title for domain in content.edition.domains},
        imported=any(study.origin == "imported" and study.scores for study in content.case_studies),
        stated=tuple(_stated_otherwise(content, figures)),
    )


def _stated_otherwise(content: ReportContent, figures: Results) -> Iterator[str]:
    """What the source of a report stated and the rule gives differently."""
    stated, overall = content.stated, figures.overall
    for domain in figures.domains:
        points = stated.domains.get(domain.number)
        if points is not None and points != domain.total:
            yield _otherwise(domain.name, number_words(points), domain.words)
    if stated.overall is not None and stated.overall != overall.total:
        yield _otherwise("Overall total", number_words(stated.overall), overall.words)
    if stated.rating and stated.rating.casefold() != (overall.rating or "").casefold():
        yield _otherwise("Overall rating", stated.rating, overall.rating or "")


def _otherwise(what: str, stated: str, computed: str) -> str:
    return f"{what}: the report says {stated}, the rule gives {computed or 'none'}"


def _without(content: ReportContent, figures: Results) -> dict[str, str]:
    """Why each outcome area has no score, as a label of `eds.text.labels`."""
    edition, without = content.edition, {}
    left_out, choosable = {each.domain for each in content.left_out}, choosable_domains(edition, figures)
    used = {study.domain: study for study in content.case_studies if study.number in _used(figures)}
    for result in figures.domains:
        for code in edition.domain(result.number).codes:
            if result.number in used:
                label = labels.score_parts(edition, used[result.number].scores.get(code))[1]
            elif result.number in choosable:
                label = labels.NOT_CHOSEN
            else:
                missing = labels.score_parts(edition, None)[1]
                label = labels.NOT_ASSESSED if result.number in left_out else missing
            without[code] = label
    return without


def _used(figures: Results) -> set[int]:
    """The numbers of the case studies that are used for their domains."""
    return {result.case_study for result in figures.domains if result.case_study is not None}


@dataclass(frozen=True, kw_only=True)
class Difference:
    """One outcome area in two years; a score is None where it has none, and `why_…` then says why."""

    code: str
    statement: str
    before: Points | None
    now: Points | None
    why_before: str = labels.NOT_RECORDED
    why_now: str = labels.NOT_RECORDED
    words_before: str = ""  # the score with its grade, or why there is none
    words_now: str = ""

    @property
    def words(self) -> str:
        """For example "up 1", "down 2", "the same"; said so where a year has no score."""
        if self.before is None or self.now is None:
            years = ((self.before, self.why_before), (self.now, self.why_now))
            whys = dict.fromkeys(why.lower() for score, why in years if score is None)
            return f"can’t be compared: {' and '.join(whys)}"
        change = self.now - self.before
        if change == 0:
            return "the same"
        return f"{'up' if change > 0 else 'down'} {number_words(abs(change))}"


def differences(before: ReportContent, now: ReportContent) -> list[Difference] | None:
    """Every outcome area of the edition, in order; None where the two years are under different editions."""
    if before.edition.name != now.edition.name:
        return None
    first, second = told(before), told(now)
    return [
        Difference(
            code=outcome.code,
            statement=outcome.statement,
            before=first.scores.get(outcome.code),
            now=second.scores.get(outcome.code),
            why_before=first.without[outcome.code],
            why_now=second.without[outcome.code],
            words_before=_score_words(before.edition, first, outcome.code),
            words_now=_score_words(now.edition, second, outcome.code),
        )
        for domain in now.edition.domains
        for outcome in domain.outcomes
    ]


def _score_words(edition: Edition, one: Told, code: str) -> str:
    """For example "2 Achieving", or why the outcome area has no score."""
    score = one.scores.get(code)
    return one.without[code] if score is None else labels.score(edition, Judgement(score=score))
