"""Figures in the lead's own words: placeholders such as {score of 1A}, which the report fills in. Pure.

A figure that somebody typed can be wrong, or go wrong when a score changes. A placeholder can't.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from eds.content import CaseStudy, ReportContent
from eds.text import labels
from eds.text.markdown import escaped
from eds.totals import Results, number_words, results

MARK = re.compile(r"\{([^{}\n]{1,80})\}")
NO_TOTAL = "no total"
NUMBER = r"[0-9]+(?:\.[0-9]+)?"


@dataclass(frozen=True, kw_only=True)
class Figure:
    """What a placeholder is called, and what the report prints for it now."""

    name: str
    value: str

    @property
    def mark(self) -> str:
        return f"{{{self.name}}}"


def figures(content: ReportContent) -> list[Figure]:
    """Every figure that the lead can have filled in, the most used first."""
    pairs = [*_overall(content), *_standing(content), *_case_studies(content), *_counts(content)]
    return [Figure(name=name, value=value) for name, value in pairs]


def filled(text: str | None, content: ReportContent) -> str:
    """The text, in Markdown, with every placeholder that is known filled in."""
    if not text:
        return ""
    values = {_folded(figure.name): figure.value for figure in figures(content)}

    def value(match: re.Match) -> str:
        known = values.get(_folded(match.group(1)))
        return match.group() if known is None else escaped(known)

    return MARK.sub(value, text)


def unknown(text: str | None, content: ReportContent) -> list[str]:
    """For each placeholder that is none of the figures, a sentence that says so and what it may have meant."""
    names = {_folded(figure.name): figure.name for figure in figures(content)}
    strangers = dict.fromkeys(name for name in MARK.findall(text or "") if _folded(name) not in names)
    return [_unknown(name, names) for name in strangers]


def _unknown(name: str, names: dict[str, str]) -> str:
    close = get_close_matches(_folded(name), names, n=1)
    hint = f" Did you mean {{{names[close[0]]}}}?" if close else " Choose one from the list of figures."
    return f"{{{name}}} is not a figure of this report.{hint}"


def typed(text: str | None, content: ReportContent) -> list[str]:
    """What looks like a score, a total or a rating and was typed: each as it stands in the text, once."""
    grades = "|".join(re.escape(grade.name) for grade in content.edition.grades)
    ratings = "|".join(re.escape(band.name) for band in content.edition.bands) or grades
    looks = re.compile(
        rf"{NUMBER}\s*/\s*{NUMBER}"
        rf"|\b{NUMBER}\s+points?\b"
        rf"|\b{NUMBER}\s+(?:{grades})\b"
        rf"|\b(?:scor(?:e|es|ed)|totals?|rat(?:ed|ing))\b(?:\s+(?:of|is|was|as|at))?\s+(?:{NUMBER}\b|(?:{ratings})\b)",
        re.IGNORECASE,
    )
    return list(dict.fromkeys(looks.findall(MARK.sub(" ", text or ""))))


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()


Pairs = Iterator[tuple[str, str]]


def _overall(content: ReportContent) -> Pairs:
    yield "year", content.year
    yield "organisation", content.organisation.name
    if not content.edition.has_points:
        return
    overall, before = results(content).overall, content.previous_results
    yield "overall total", overall.words or NO_TOTAL
    yield "overall rating", overall.rating or "no rating"
    if before is not None and before.framework == content.edition.name:
        yield "year before", before.year
        yield "overall total of the year before", _points(before.overall)
        yield "change in the overall total", change(before.overall, overall.total)


def _points(points: int | float | None) -> str:
    return NO_TOTAL if points is None else number_words(points)


def change(before: int | float | None, now: int | float | None) -> str:
    """For example "up 2 points", "down 1 point", "the same"; said so where there is nothing to compare."""
    if before is None or now is None:
        return "not compared"
    points = abs(now - before)
    if not points:
        return "the same"
    return f"{'up' if now > before else 'down'} {number_words(points)} {'point' if points == 1 else 'points'}"


def _standing(content: ReportContent) -> Pairs:
    """Of each domain its total, and the scores of the case study that stands for it."""
    computed: Results = results(content)
    studies = {study.number: study for study in content.case_studies}
    assessed = {study.domain for study in content.case_studies}
    for domain, result in zip(content.edition.domains, computed.domains, strict=True):
        if domain.number in assessed:
            if content.edition.has_points:
                yield f"total of {domain.name}", result.words or NO_TOTAL
            standing = studies.get(result.case_study or 0)
            for code in domain.codes:
                yield f"score of {code}", _score(content, standing, code)


def _case_studies(content: ReportContent) -> Pairs:
    for study, result in zip(content.case_studies, results(content).case_studies, strict=True):
        if content.edition.has_points:
            yield f"total of case study {study.number}", result.total.words
        for code in content.edition.domain(study.domain).codes:
            yield f"score of {code} in case study {study.number}", _score(content, study, code)


def _score(content: ReportContent, study: CaseStudy | None, code: str) -> str:
    return labels.score(content.edition, study.scores.get(code) if study else None)


def _counts(content: ReportContent) -> Pairs:
    yield "number of case studies", str(len(content.case_studies))
    yield "number of panel members", str(len(content.panel))
    actions = sum(len(theme.actions) for theme in content.recommendations)
    yield "number of recommendations", str(actions)
