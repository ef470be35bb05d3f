"""Scores, totals and ratings: what is missing, off the scale or said wrongly. The figures come from eds.totals."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from eds.checks.finding import Finding, finding
from eds.checks.texts import Text, case_study_texts, named, plain_lines, words
from eds.content import CaseStudy, ReportContent
from eds.totals import Results, number_words, results


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
    for written in written_totals(content):
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
    by_number = {result.number: result for result in results(content).domains}
    for number, stated in sorted(content.stated.domains.items()):
        result = by_number.get(number)
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
    computed, stated = results(content), content.stated.overall
    if stated is None or stated == computed.overall.total or _waits(content, computed):
        return
    total = computed.overall.total
    why = computed.overall.reason if total is None else f"it comes to {computed.overall.words}"
    yield finding("overall-mismatch", _said(f"an overall score of {number_words(stated)}", why))


def rating_mismatch(content: ReportContent) -> Iterator[Finding]:
    """The source states another rating than follows, or one where there can be none."""
    computed, stated = results(content), content.stated.rating
    if not stated or _waits(content, computed):
        return
    names = {band.name for band in content.edition.bands}
    said = {name for name in names if set(words(name)) <= set(words(stated))} or {stated}
    if said != {computed.overall.rating}:
        why = computed.overall.reason
        yield finding("rating-mismatch", _said(f"the overall rating “{stated}”", why))


def _waits(content: ReportContent, computed: Results) -> bool:
    """Every domain is in the report, and one still lacks a score or a choice, which is another finding."""
    there = {case_study.domain for case_study in content.case_studies}
    return there >= {domain.number for domain in content.edition.domains} and any(
        domain.total is None and domain.out_of is not None for domain in computed.domains
    )


def _said(what: str, why: str) -> str:
    return f"The source states {what}, but {why}. Check the scores against the source."


# Totals of case studies that somebody wrote into a text: "Total: 4/12", "Dementia Vision – 4/12".

OUT_OF = r"(?<![\d/.,])(\d{1,3}(?:\.5|½)?)\s*(?:/|out of)\s*(\d{1,3})(?![\d/]|[.,]\d)"
# After it the line or the clause ends; "5/12 months" and "5 out of 12 practices" are something else.
ENDS = r"(?=\s*(?:points)?\s*(?:$|[.;,!?()|*]))"
LABELLED = re.compile(
    rf"^\W*(?:(?:panel|agreed|overall|final|case study)\s+)*total(?:\s+(?:score|points|rating))?"
    rf"\s*(?:[:=|–—-]|is|was|of)?\s*{OUT_OF}{ENDS}",
    re.IGNORECASE,
)
IN_A_SENTENCE = re.compile(
    rf"\btotal(?:\s+score)?\s+(?:of|is|was|comes to|came to)\s+{OUT_OF}{ENDS}", re.IGNORECASE
)
AT_THE_END = re.compile(rf"[–—:(|-]\s*{OUT_OF}\)?\W*$", re.IGNORECASE)
ANOTHER_TOTAL = re.compile(
    r"\b(last|previous|prior|earlier) (year|time|report|review)|\bself[- ]?assess|\bbefore\b|\bdomain\b",
    re.IGNORECASE,
)
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
NUMBERED = re.compile(r"\bcase study (\d+)\b", re.IGNORECASE)
SCORED = re.compile(r"\b(scor\w*|rating)\b", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class WrittenTotal:
    """Points that a text of case study `case_study` gives to case study `of`."""

    place: str
    quote: str
    points: float
    case_study: int
    of: int


def written_totals(content: ReportContent) -> Iterator[WrittenTotal]:
    """Every total in the report's case studies that is out of the full points of the one it speaks of."""
    full = {
        case_study.number: content.edition.highest * len(content.edition.domain(case_study.domain).codes)
        for case_study in content.case_studies
    }
    for case_study in content.case_studies:
        for text in case_study_texts(case_study):
            for line, match in _matches(text, content, case_study):
                of = _speaks_of(line, content, case_study)
                if int(match[2]) == full[of]:
                    points = float(match[1].replace("½", ".5"))
                    yield WrittenTotal(
                        place=text.place,
                        quote=line.strip(),
                        points=points,
                        case_study=case_study.number,
                        of=of,
                    )


def _matches(text: Text, content: ReportContent, case_study: CaseStudy) -> Iterator[tuple[str, re.Match]]:
    if text.value == case_study.title:
        if match := AT_THE_END.search(text.value):
            yield text.value, match
        return
    if _of_another_time(text.place, content):
        return
    for line in plain_lines(text.value):
        match = LABELLED.search(line) or IN_A_SENTENCE.search(line)
        if match is None:
            match = AT_THE_END.search(line)
            if match and not (SCORED.search(line) or _ends_in_name(line[: match.start()], content)):
                continue
        if match and not _of_another_time(_clause(line, match), content):
            yield _clause(line, match), match


def _of_another_time(text: str, content: ReportContent) -> bool:
    """The text speaks of another year, of a domain, or of what the body gave itself."""
    years = YEAR.findall(text)
    return bool(ANOTHER_TOTAL.search(text)) or any(year not in content.year for year in years)


def _clause(line: str, match: re.Match) -> str:
    """The sentence of the match, for what it speaks of and to quote."""
    start = max((end.end() for end in re.finditer(r"[.!?;]\s", line[: match.start()])), default=0)
    stop = re.search(r"[.!?;](?=\s|$)", line[match.end() :])
    return line[start : match.end() + stop.start() if stop else len(line)]


def _ends_in_name(line: str, content: ReportContent) -> bool:
    """The line names a case study by number, or ends in its title ("Dementia Vision", not "Dementia Vision visits")."""
    plain = f" {' '.join(words(line))}"
    return bool(NUMBERED.search(line)) or any(plain.endswith(_title(other)) for other in content.case_studies)


def _holds(line: str, case_study: CaseStudy) -> bool:
    return f"{_title(case_study)} " in f" {' '.join(words(line))} "


def _title(case_study: CaseStudy) -> str:
    return f" {' '.join(words(AT_THE_END.sub('', case_study.title)))}"


def _speaks_of(line: str, content: ReportContent, case_study: CaseStudy) -> int:
    """The case study that the line names by number or title; else the one that holds the line."""
    numbers = [other.number for other in content.case_studies]
    by_number = NUMBERED.search(line)
    if by_number and int(by_number[1]) in numbers:
        return int(by_number[1])
    if _holds(line, case_study):
        return case_study.number
    return next((other.number for other in content.case_studies if _holds(line, other)), case_study.number)
