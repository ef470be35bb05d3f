"""An organisation's published results year by year, and bodies side by side. Pure: contents in, words and numbers out.

Only like is compared with like: years under the same edition. The score of an outcome area is that of the case study
which stands for its domain.
"""

from dataclasses import dataclass, field

from eds.content import ReportContent
from eds.totals import Points, Results, number_words, results


@dataclass(frozen=True, kw_only=True)
class Told:
    """The results of one published report; `scores` holds outcome codes of the case studies that stand."""

    name: str  # of the organisation
    year: str
    edition: str
    figures: Results
    scores: dict[str, Points] = field(default_factory=dict)

    @property
    def overall(self) -> str:
        """For example "20/33, Developing", or the reason why there is none."""
        overall = self.figures.overall
        return ", ".join(filter(None, [overall.words, overall.rating])) or overall.reason

    @property
    def domains(self) -> list[tuple[str, str]]:
        """Each domain's name with its total, or with the reason why it has none."""
        return [(domain.name, domain.words or domain.reason) for domain in self.figures.domains]


def told(content: ReportContent) -> Told:
    """What one report says in figures."""
    figures = results(content)
    studies = {study.number: study for study in content.case_studies}
    standing = [studies[domain.case_study] for domain in figures.domains if domain.case_study is not None]
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
    )


@dataclass(frozen=True, kw_only=True)
class Difference:
    """One outcome area in two years; a score is None where it has none."""

    code: str
    statement: str
    before: Points | None
    now: Points | None

    @property
    def words(self) -> str:
        """For example "up 1", "down 2", "the same"; said so where a year has no score."""
        if self.before is None or self.now is None:
            return "can’t be compared: not scored in both years"
        change = self.now - self.before
        if change == 0:
            return "the same"
        return f"{'up' if change > 0 else 'down'} {number_words(abs(change))}"


def differences(before: ReportContent, now: ReportContent) -> list[Difference] | None:
    """Every outcome area of the edition, in order; None where the two years are under different editions."""
    if before.edition.name != now.edition.name:
        return None
    first, second = told(before).scores, told(now).scores
    return [
        Difference(
            code=outcome.code,
            statement=outcome.statement,
            before=first.get(outcome.code),
            now=second.get(outcome.code),
        )
        for domain in now.edition.domains
        for outcome in domain.outcomes
    ]
