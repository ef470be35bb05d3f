"""Commentaries and texts that stand in the wrong place: repeated, about another case study, or last year's."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from eds.checks.finding import Finding, finding
from eds.checks.texts import named, shortened, words
from eds.content import CaseStudy, ReportContent

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
        owners = [one for one in (earlier, later) if one.number in named_in(later.commentary, content)]
        about = f" It mentions “{shortened(owners[0].title)}”." if len(owners) == 1 else ""
        yield finding(
            "commentary-repeated",
            f"{named(later)}, has {how} commentary as case study {earlier.number}, {shortened(earlier.title)}.{about} "
            "Enter what the panel said about each of them.",
            case_study=later.number,
        )


def _repeated(content: ReportContent) -> list[tuple[CaseStudy, CaseStudy, bool]]:
    """Each case study whose commentary an earlier one has, that one, and whether it is word for word."""
    pairs = []
    texts = [(case_study, _said(case_study)) for case_study in content.case_studies]
    for place, (later, text) in enumerate(texts):
        for earlier, other in texts[:place]:
            if _alike(text, other):
                pairs.append((later, earlier, text == other))
                break
    return pairs


def _said(case_study: CaseStudy) -> tuple[str, ...]:
    """The words of the commentary; none where it only says that there is none."""
    remarks_made = words(case_study.commentary or "")
    nothing = {"no", "not", "none", "nothing", "nil"} & set(remarks_made)
    remarks = {"comment", "comments", "commentary", "commentaries", "remarks"} & set(remarks_made)
    return () if nothing and remarks and len(remarks_made) < 20 else remarks_made


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
        text = case_study.commentary or ""
        others = named_in(text, content)
        own = case_study.number in others or may_mean(case_study, text, content)
        if not others or own or case_study.number in repeated:
            continue
        another = next(other for other in content.case_studies if other.number in others)
        yield finding(
            "commentary-names-another",
            f"The commentary of case study {case_study.number}, {shortened(case_study.title)}, names case study "
            f"{another.number}, {shortened(another.title)}, and not its own. Check that it is in the right place.",
            case_study=case_study.number,
            about=another.title,
        )


def copied_from_last_year(content: ReportContent, previous: ReportContent) -> Iterator[Finding]:
    """A commentary or section is word for word one of last year's. Short ones may stay as they are."""
    old = {words(body) for case_study in previous.case_studies for _, body, _ in _bodies(case_study)}
    for case_study in content.case_studies:
        for what, body, outcome in _bodies(case_study):
            sentence = words(body)
            if len(sentence) >= FEWEST_WORDS and sentence in old:
                yield finding(
                    "copied-from-last-year",
                    f"The {what} of case study {case_study.number}, {shortened(case_study.title)}, is word for word in "
                    f"the report of {previous.year}. Check that it is still true, and write what has changed.",
                    case_study=case_study.number,
                    outcome=outcome,
                    about=f"{previous.year} {' '.join(sentence)}",
                )


def _bodies(case_study: CaseStudy) -> Iterator[tuple[str, str, str | None]]:
    for section in case_study.sections:
        yield f"section “{shortened(section.heading)}”", section.body, section.outcome
    yield "commentary", case_study.commentary or "", None


# Which case studies a text names, by their titles.

IN_BRACKETS = re.compile(r"\(([^()]*)\)")
SCORE_AT_THE_END = re.compile(r"\s*[–—:-]\s*\d+/\d+\s*$")
SMALL_WORDS = frozenset(
    (
        *("a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "or", "our", "that", "the", "to"),
        *("who", "with"),
    )
)
# Titles of these words alone name a subject, not one case study ("Our workforce", "Inclusive leadership").
COMMON_WORDS = frozenset(
    (
        *("care", "case", "community", "equality", "health", "leaders", "leadership", "local", "patients"),
        *("people", "service", "services", "staff", "statement", "study", "wellbeing", "workforce"),
    )
)


def named_in(text: str, content: ReportContent) -> frozenset[int]:
    """The numbers of the case studies whose titles stand in the text.

    A title is found whatever its case and apostrophes, with or without what is in its brackets, also in the plural,
    and by the short form in its brackets ("SMI"). Of titles within each other ("Hub", "Hub for Women") the longer one
    counts. A title of one word ("Maternity") is a subject rather than a name, and is not looked for.
    """
    plain = f" {' '.join(words(text))} "
    spans = [
        (*span, case_study.number)
        for case_study in content.case_studies
        for span in _spans(case_study, plain, content)
    ]
    numbers = {number for start, end, number in spans if not _within_longer(start, end, spans)}
    short = {case_study.number for case_study in content.case_studies if _short_form_in(text, case_study)}
    return frozenset(numbers | short)


def _within_longer(start: int, end: int, spans: list[tuple[int, int, int]]) -> bool:
    return any(first <= start and end <= last and last - first > end - start for first, last, _ in spans)


def _spans(case_study: CaseStudy, plain: str, content: ReportContent) -> Iterator[tuple[int, int]]:
    for form in _forms(case_study, content):
        title = " ".join(form).removesuffix("s")
        yield from (match.span() for match in re.finditer(rf"(?<= ){re.escape(title)}s?(?= )", plain))


def _forms(case_study: CaseStudy, content: ReportContent) -> set[tuple[str, ...]]:
    """The title in words, with and without what is in brackets, where it says more than a subject."""
    title = SCORE_AT_THE_END.sub("", case_study.title)
    without = words(IN_BRACKETS.sub(" ", title))
    without = without[1:] if without[:1] in (("the",), ("our",)) else without
    common = {word for domain in content.edition.domains for word in words(domain.title)}
    common |= SMALL_WORDS | COMMON_WORDS
    return {form for form in (words(title), without) if len(form) > 1 and not common.issuperset(form)}


def _short_form_in(text: str, case_study: CaseStudy) -> bool:
    """Capital letters in brackets: "Severe Mental Illness (SMI)" has "SMI"."""
    short = [
        one for one in IN_BRACKETS.findall(case_study.title) if re.fullmatch(r"[A-Z][A-Z0-9&-]*[A-Z]", one)
    ]
    return any(re.search(rf"\b{re.escape(one)}s?\b", text) for one in short)


def may_mean(case_study: CaseStudy, text: str, content: ReportContent) -> bool:
    """Whether the text may speak of the case study in other words than its title.

    These are its number, its initials, or half of its title's words, but for words that are also in the title of
    another case study that the text names.
    """
    if re.search(rf"\bcase study {case_study.number}\b", text, re.IGNORECASE):
        return True
    title = words(IN_BRACKETS.sub(" ", SCORE_AT_THE_END.sub("", case_study.title)))
    own = [word for word in title if word not in SMALL_WORDS]
    initials = "".join(word[0] for word in own).upper()
    if len(initials) > 2 and re.search(rf"\b{re.escape(initials)}s?\b", text):
        return True
    named = named_in(text, content) - {case_study.number}
    others = {word for other in content.case_studies if other.number in named for word in words(other.title)}
    stems = {word.removesuffix("s") for word in words(text) if word not in others}
    return bool(own) and sum(word.removesuffix("s") in stems for word in own) * 2 >= len(own)
