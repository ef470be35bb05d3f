"""The change since last year, like with like: only years under the same edition are compared. Pure."""

from collections.abc import Sequence

from django.utils.text import capfirst

from eds.comparison import Difference, Told, told
from eds.content import Judgement, PreviousResults, ReportContent
from eds.text import labels
from eds.text.figures_in_text import change
from eds.totals import DomainResult, Points, number_words, results
from reports.writing.drawing import svg
from reports.writing.drawing.svg import Bar, score_bar
from reports.writing.tables import Cell, Table, make_table

CAUTION = (
    "A domain can use different case studies in different years, so a change is not always a change "
    "in one service."
)


def sentence(content: ReportContent) -> str:
    """What is compared, or why nothing is."""
    before = content.previous_results
    if before is None:
        return "There is no published report of an earlier year to compare with."
    if before.framework != content.edition.name:
        return (
            f"The report for {before.year} is under {before.framework} and this one under {content.edition.name}, "
            "so the two can’t be compared."
        )
    return f"Both {before.year} and {content.year} are under {content.edition.name}. {CAUTION}"


def comparable(content: ReportContent) -> PreviousResults | None:
    """Last year's results where they can be compared with this report's."""
    before = content.previous_results
    return before if before is not None and before.framework == content.edition.name else None


def totals(content: ReportContent) -> Table | None:
    """The total of each domain and of the whole in both years."""
    before = comparable(content)
    if before is None or not content.edition.has_points:
        return None
    rows = [
        (name, _points(was), _points(now), capfirst(change(was, now)))
        for name, was, now, _ in both_years(content, before)
    ]
    columns = (content.edition.domain_noun, before.year, content.year, "Change")
    return make_table("change", "Points in both years", columns, rows)


def outcomes(content: ReportContent) -> Table | None:
    """The score of each outcome area in both years, of the case studies that stand for their domains."""
    before = comparable(content)
    if before is None:
        return None
    rows = [
        (
            Cell(lead=one.code, text=one.statement),
            _score(content, one.before, one.why_before),
            _score(content, one.now, one.why_now),
            "Not compared" if one.before is None or one.now is None else capfirst(one.words),
        )
        for one in differences(content, before)
    ]
    caption = "Outcome areas in both years"
    return make_table("change", caption, ("Outcome area", before.year, content.year, "Change"), rows)


def differences(content: ReportContent, before: PreviousResults) -> list[Difference]:
    """Every outcome area that was scored in one of the years, in order."""
    now = told(content)
    return [
        Difference(
            code=o.code,
            statement=o.statement,
            before=before.scores.get(o.code),
            now=now.scores.get(o.code),
            why_now=now.without[o.code],
        )
        for domain in content.edition.domains
        for o in domain.outcomes
        if o.code in now.scores or o.code in before.scores
    ]


def picture(content: ReportContent) -> str:
    """Both years' totals side by side, as SVG; "" where there is nothing to compare."""
    before = comparable(content)
    if before is None or not content.edition.has_points:
        return ""
    groups = [
        (
            name,
            [
                svg.Bar(label=year, points=points, out_of=out_of, words=_points(points), marks=1)
                for year, points in ((before.year, was), (content.year, now))
            ],
        )
        for name, was, now, out_of in both_years(content, before)
    ]
    return svg.grouped(title=f"Points in {before.year} and {content.year}", groups=groups)


def both_years(
    content: ReportContent, before: PreviousResults
) -> list[tuple[str, Points | None, Points | None, int]]:
    """Name, points last year, points now and the highest that there can be, for each domain and the whole."""
    figures, edition = results(content), content.edition
    pairs = []
    for domain, result in zip(edition.domains, figures.domains, strict=True):
        was, full = before.domains.get(domain.number), edition.highest * len(domain.outcomes)
        now = result.total if result.out_of == full else None
        pairs.append((domain.name, was, now, full))
    whole = sum(out_of for *_, out_of in pairs)
    overall = figures.overall.total if figures.overall.out_of == whole else None
    return [*pairs, ("Overall", before.overall, overall, whole)]


def _points(points: Points | None) -> str:
    return "No total" if points is None else number_words(points)


def _score(content: ReportContent, score: Points | None, why: str) -> Cell:
    """The score in words; where there is none, why."""
    if score is None:
        return Cell(text=why)
    lead, grade = labels.score_parts(content.edition, Judgement(score=score))
    return Cell(lead=lead, text=grade)


MARKS = 5  # of a row: few, so that the words beside them can be read on a phone


def picture_of_years(title: str, years: Sequence[Told]) -> str:
    """The overall totals as a picture, a row for each year; "" where none has a total."""
    whole = [(one.year, one.figures.overall) for one in years if one.figures.overall.out_of]
    if not any(overall.total is not None for _, overall in whole):
        return ""
    bars = [
        Bar(
            label=label,
            points=overall.total,
            out_of=overall.out_of,
            words=overall.words or "no total",
            marks=MARKS,
        )
        for label, overall in whole
    ]
    return score_bar(title=title, bars=bars)


def picture_of_organisations(title: str, rows: Sequence[Told]) -> str:
    """The total of each domain of each organisation, in the order in which they are given; "" where none has one."""
    groups = [(one.name, [_domain_bar(domain) for domain in one.figures.domains]) for one in rows]
    if not any(bar.points is not None for _, bars in groups for bar in bars):
        return ""
    return svg.grouped(title=title, groups=groups, first_is_earlier=False)


def _domain_bar(domain: DomainResult) -> Bar:
    words = domain.words or "No total"
    return Bar(
        label=domain.name,
        points=domain.total,
        out_of=domain.out_of or 0,
        words=words,
        marks=1 if domain.out_of else 0,
    )
