"""The figures of a report as CSV: one row for each outcome area of each case study, total and declared interest.

The columns and their values are documented in docs/open-data.md and are stable.
"""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain

from eds.content import CaseStudy, Judgement, ReportContent
from eds.edition import Outcome
from eds.text import labels
from eds.totals import CaseStudyResult, DomainResult, OverallResult, Points, results, whole

COLUMNS = (
    *("record", "organisation", "ods_code", "year", "framework", "domain", "domain_title"),
    *("case_study", "case_study_title", "outcome", "outcome_statement"),
    *("state", "points", "out_of", "rating", "reason", "missing"),
    *("self_assessment_state", "self_assessment_points", "self_assessment_rating", "owner"),
    "origin",
)
FILE_COLUMNS = (*COLUMNS, "member")  # of one report's file: interests name who declared them
# What a spreadsheet might take for a formula, wherever spaces or apostrophes hide its start (OWASP, CSV injection).
FORMULA = re.compile(r"['\s]*[=+\-@＝＋－＠]|'*[\t\r\n]")

Row = dict[str, str | Points | None]


def to_csv(content: ReportContent) -> bytes:
    """The file as UTF-8 with a byte order mark, without which Excel shows "Gŵyn" as "GÅµyn"."""
    return "".join(lines(FILE_COLUMNS, chain(rows(content), interests(content)))).encode()


class _Echo:
    """A file that gives back what is written to it."""

    def write(self, line: str) -> str:
        return line


def lines(columns: Sequence[str], made: Iterable[Mapping]) -> Iterator[str]:
    """The rows as CSV (RFC 4180) after a byte order mark and a line of column names; no text starts a formula."""
    writer = csv.writer(_Echo(), quoting=csv.QUOTE_NONNUMERIC)
    yield "\ufeff" + writer.writerow(columns)
    for row in made:
        yield writer.writerow([_cell(row.get(name)) for name in columns])


def _cell(value: str | Points | None) -> str | Points:
    if isinstance(value, str):
        return harmless(value)
    return "" if value is None else value


def harmless(text: str) -> str:
    """The text, with an apostrophe before it where a spreadsheet might take it for a formula."""
    return f"'{text}" if FORMULA.match(text) else text


def rows(content: ReportContent) -> Iterator[Row]:
    """Every row of the report: outcome areas and total of each case study, the domains, the whole.

    Raises KeyError where a case study's domain is not in the edition.
    """
    figures = results(content)
    same = {
        "organisation": content.organisation.name,
        "ods_code": content.organisation.ods_code,
        "year": content.year,
        "framework": content.edition.name,
    }
    for study, result in zip(content.case_studies, figures.case_studies, strict=True):
        for outcome in content.edition.domain(study.domain).outcomes:
            yield same | _domain(content, study.domain) | _outcome(content, study, outcome)
        yield same | _domain(content, study.domain) | _case_study(result)
    for result in figures.domains:
        yield same | _domain(content, result.number) | _domain_total(result)
    yield same | _overall(figures.overall)


def interests(content: ReportContent) -> Iterator[Row]:
    """A row for each interest that a member declared in a case study, which they did not score."""
    titles = {study.number: study.title for study in content.case_studies}
    for interest in content.interests:
        yield {
            "record": "interest",
            "organisation": content.organisation.name,
            "ods_code": content.organisation.ods_code,
            "year": content.year,
            "framework": content.edition.name,
            "case_study": interest.case_study,
            "case_study_title": titles.get(interest.case_study),
            "reason": labels.interest(interest),
            "member": interest.member,
        }


def _domain(content: ReportContent, number: int) -> Row:
    return {"domain": number, "domain_title": content.edition.domain(number).title}


def _outcome(content: ReportContent, study: CaseStudy, outcome: Outcome) -> Row:
    edition, judgement = content.edition, study.scores.get(outcome.code)
    state, points, rating = _judged(content, judgement)
    row = {
        "record": "outcome",
        "case_study": study.number,
        "case_study_title": study.title,
        "outcome": outcome.code,
        "outcome_statement": outcome.statement,
        "state": state,
        "points": points,
        "out_of": edition.highest if points is not None else None,
        "rating": rating,
        "reason": judgement.rationale if judgement else None,
        "owner": study.owners.get(outcome.code),
        "origin": study.origin,
    }
    if outcome.code in study.self_assessment:
        names = ("self_assessment_state", "self_assessment_points", "self_assessment_rating")
        own_score = _judged(content, study.self_assessment[outcome.code])
        row |= dict(zip(names, own_score, strict=True))
    return row


def _judged(content: ReportContent, judgement: Judgement | None) -> tuple[str, Points | None, str | None]:
    """State, points (None in an edition without points) and grade of one judgement."""
    if judgement is not None and judgement.not_applicable:
        return "not_applicable", None, None
    if judgement is None or judgement.score is None:
        return "not_scored", None, None
    points = whole(judgement.score) if content.edition.has_points else None
    return "scored", points, labels.score_parts(content.edition, judgement)[1] or None


def _case_study(result: CaseStudyResult) -> Row:
    total = result.total
    return {
        "record": "case_study",
        "case_study": result.number,
        "case_study_title": result.title,
        "state": "complete" if total.is_complete and total.scored else "incomplete",
        "points": total.points,
        "out_of": total.out_of,
        "reason": total.words,
        "missing": " ".join(total.missing),
    }


def _domain_total(result: DomainResult) -> Row:
    return {
        "record": "domain",
        "case_study": result.case_study,
        "state": "no_total" if result.total is None else "complete",
        "points": result.total,
        "out_of": result.out_of,
        "reason": result.reason,
    }


def _overall(result: OverallResult) -> Row:
    return {
        "record": "overall",
        "state": "no_total" if result.total is None else "complete",
        "points": result.total,
        "out_of": result.out_of,
        "rating": result.rating,
        "reason": result.reason,
    }
