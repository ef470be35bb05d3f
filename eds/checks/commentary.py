"""Commentaries and texts that stand in the wrong place: repeated, about another case study, or last year's."""

from collections.abc import Iterator
from difflib import SequenceMatcher

from eds.checks.finding import Finding, finding
from eds.checks.texts import named, shortened, words
from eds.content import CaseStudy, ReportContent
from scoring.checks import titles

# A remark of fewer words may well be made twice ("Limited evidence was provided.").
FEWEST_WORDS = 8
# Nearly the same: of texts of fewer words, one changed word is too large a part to tell.
FEWEST_WORDS_TO_COMPARE = 12
# The part of all words that two texts share in the same order. 0.9 lets one word in ten differ: a typing error, a
# service's name exchanged. Two remarks of a panel that begin alike and then give their own reason share about half.
NEARLY_THE_SAME = 0.9


def commentary_repeated(content: ReportContent) -> Iterator[Finding]:
    """A case study carries the commentary of an earlier one, word for word or nearly so; raised on the later."""
    for later, earlier, exactly in _repeated(content):
        how = "the same" if exactly else "nearly the same"
        owners = [one for one in (earlier, later) if one.number in titles.named_in(later.commentary, content)]
        about = f" It speaks of “{shortened(owners[0].title)}”." if len(owners) == 1 else ""
        yield finding(
            "commentary-repeated",
            f"{named(later)}, has {how} commentary as case study {earlier.number}, {shortened(earlier.title)}.{about} "
            "Put in what the panel said about each of them.",
            case_study=later.number,
        )


def _repeated(content: ReportContent) -> list[tuple[CaseStudy, CaseStudy, bool]]:
    """Each case study whose commentary an earlier one has, that one, and whether it is word for word."""
    found = []
    said = [(case_study, _said(case_study)) for case_study in content.case_studies]
    for place, (later, text) in enumerate(said):
        for earlier, other in said[:place]:
            if _alike(text, other):
                found.append((later, earlier, text == other))
                break
    return found


def _said(case_study: CaseStudy) -> tuple[str, ...]:
    """The words of the commentary; none where it only says that there is none."""
    said = words(case_study.commentary or "")
    nothing = {"no", "not", "none", "nothing", "nil"} & set(said)
    remarks = {"comment", "comments", "commentary", "commentaries", "remarks"} & set(said)
    return () if nothing and remarks and len(said) < 20 else said


def _alike(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    shorter = min(len(one), len(other))
    if shorter < FEWEST_WORDS:
        return False
    if one == other:
        return True
    if shorter < FEWEST_WORDS_TO_COMPARE:
        return False
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    bounds = (matcher.real_quick_ratio, matcher.quick_ratio, matcher.ratio)  # the quick ones are upper bounds
    return all(ratio() >= NEARLY_THE_SAME for ratio in bounds)


def commentary_names_another(content: ReportContent) -> Iterator[Finding]:
    """A commentary names another case study's title and not its own; silent where it is repeated, which says it."""
    repeated = {one.number for later, earlier, _ in _repeated(content) for one in (later, earlier)}
    for case_study in content.case_studies:
        said = case_study.commentary or ""
        others = titles.named_in(said, content)
        own = case_study.number in others or titles.may_mean(case_study, said, content)
        if not others or own or case_study.number in repeated:
            continue
        another = next(other for other in content.case_studies if other.number in others)
        yield finding(
            "commentary-names-another",
            f"The commentary of case study {case_study.number}, {shortened(case_study.title)}, names case study "
            f"{another.number}, {shortened(another.title)}, and not its own. Check that it is in the right place.",
            case_study=case_study.number,
        )


def copied_from_last_year(content: ReportContent, previous: ReportContent) -> Iterator[Finding]:
    """A commentary or section is word for word one of last year's. Short ones may stay as they are."""
    old = {words(body) for case_study in previous.case_studies for _, body, _ in _bodies(case_study)}
    for case_study in content.case_studies:
        for what, body, outcome in _bodies(case_study):
            said = words(body)
            if len(said) >= FEWEST_WORDS and said in old:
                yield finding(
                    "copied-from-last-year",
                    f"The {what} of case study {case_study.number}, {shortened(case_study.title)}, is word for word in "
                    f"the report of {previous.year}. Check that it is still true, and write what has changed.",
                    case_study=case_study.number,
                    outcome=outcome,
                )


def _bodies(case_study: CaseStudy) -> Iterator[tuple[str, str, str | None]]:
    for section in case_study.sections:
        yield f"section “{shortened(section.heading)}”", section.body, section.outcome
    yield "commentary", case_study.commentary or "", None
