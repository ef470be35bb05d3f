"""Scores, totals and ratings: what is missing, off the scale or said wrongly. The figures come from eds.totals."""

from collections.abc import Iterator

from eds.checks.finding import Finding, finding
from eds.checks.texts import named, words
from eds.content import ReportContent
from eds.totals import Results, number_words, results
from scoring.checks import written_totals


def outcome_not_scored(content: ReportContent) -> Iterator[Finding]:
    """An outcome area of the case study's domain has neither an agreed score nor "not applicable"."""
    for case_study, result in zip(content.case_studies, results(content).case_studies, strict=True):
        for code in result.total.missing:
            yield finding(
                "outcome-not-scored",
                f"{named(case_study)}, has no agreed score for {code}. Record the panel’s score.",
                case_study=case_study.number,
                outcome=code,
            )


def score_off_scale(content: ReportContent) -> Iterator[Finding]:
    """A score, the panel's or self-assessed, is no step of the framework's scale."""
    scale = [grade.score for grade in content.edition.grades]
    for case_study in content.case_studies:
        kinds = (("scored", case_study.scores), ("self-assessed", case_study.self_assessment))
        for done, judgements in kinds:
            for code, judgement in sorted(judgements.items()):
                if judgement.score is not None and judgement.score not in scale:
                    yield finding(
                        "score-off-scale",
                        f"{named(case_study)}: {code} is {done} {number_words(judgement.score)}. "
                        f"Choose a whole number from {min(scale)} to {max(scale)}.",
                        case_study=case_study.number,
                        outcome=code,
                    )


def total_mismatch(content: ReportContent) -> Iterator[Finding]:
    """A total that the source states or a text writes is not the sum; compared only once all scores are there."""
    sums = {result.number: result.total for result in results(content).case_studies}
    for case_study in content.case_studies:
        total, stated = sums[case_study.number], case_study.stated_total
        if stated is not None and total.is_complete and total.points is not None and stated != total.points:
            yield finding(
                "total-mismatch",
                f"{named(case_study)}: the source states a total of {number_words(stated)}, "
                f"but the scores add up to {total.words}. Check each score against the source.",
                case_study=case_study.number,
            )
    for written in written_totals.written_totals(content):
        total = sums[written.of]
        if total.is_complete and total.points is not None and written.points != total.points:
            yield finding(
                "total-mismatch",
                f"{written.place} says “{written.quote}”, but the scores of case study {written.of} "
                f"add up to {total.words}. Correct the text, or the scores.",
                case_study=written.case_study,
            )


def domain_mismatch(content: ReportContent) -> Iterator[Finding]:
    """The source states another score for a domain than follows, or one for a domain that is not in the report."""
    found = {result.number: result for result in results(content).domains}
    for number, stated in sorted(content.stated.domains.items()):
        result = found.get(number)
        if result is None:
            why = f"{content.edition.name} has no such {content.edition.domain_noun.lower()}"
        elif result.total is not None:
            why = f"it comes to {result.words} ({result.reason})"
        elif any(case_study.domain == number for case_study in content.case_studies):
            continue  # what it waits for is another finding
        else:
            why = result.reason
        if result is None or stated != result.total:
            name = content.edition.domain_name(number)
            yield finding("domain-mismatch", _said(f"{number_words(stated)} for {name}", why))


def overall_mismatch(content: ReportContent) -> Iterator[Finding]:
    """The source states another overall score than follows, or one where there can be none."""
    found, stated = results(content), content.stated.overall
    if stated is None or stated == found.overall.total or _waits(content, found):
        return
    total = found.overall.total
    why = found.overall.reason if total is None else f"it comes to {found.overall.words}"
    yield finding("overall-mismatch", _said(f"an overall score of {number_words(stated)}", why))


def rating_mismatch(content: ReportContent) -> Iterator[Finding]:
    """The source states another rating than follows, or one where there can be none."""
    found, stated = results(content), content.stated.rating
    if not stated or _waits(content, found):
        return
    names = {band.name for band in content.edition.bands}
    said = {name for name in names if set(words(name)) <= set(words(stated))} or {stated}
    if said != {found.overall.rating}:
        why = found.overall.reason
        yield finding("rating-mismatch", _said(f"the overall rating “{stated}”", why))


def _waits(content: ReportContent, found: Results) -> bool:
    """Every domain is in the report, and one still lacks a score or a choice, which is another finding."""
    there = {case_study.domain for case_study in content.case_studies}
    return there >= {domain.number for domain in content.edition.domains} and any(
        domain.total is None and domain.out_of is not None for domain in found.domains
    )


def _said(what: str, why: str) -> str:
    return f"The source states {what}, but {why}. Check the scores against the source."
