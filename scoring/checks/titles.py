"""Which case studies a text names, by their titles."""

import re
from collections.abc import Iterator

from eds.checks.texts import words
from eds.content import CaseStudy, ReportContent

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
    said = f" {' '.join(words(text))} "
    spans = [
        (*span, case_study.number)
        for case_study in content.case_studies
        for span in _spans(case_study, said, content)
    ]
    found = {number for start, end, number in spans if not _within_longer(start, end, spans)}
    short = {case_study.number for case_study in content.case_studies if _short_form_in(text, case_study)}
    return frozenset(found | short)


def _within_longer(start: int, end: int, spans: list[tuple[int, int, int]]) -> bool:
    return any(first <= start and end <= last and last - first > end - start for first, last, _ in spans)


def _spans(case_study: CaseStudy, said: str, content: ReportContent) -> Iterator[tuple[int, int]]:
    for form in _forms(case_study, content):
        title = " ".join(form).removesuffix("s")
        yield from (match.span() for match in re.finditer(rf"(?<= ){re.escape(title)}s?(?= )", said))


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
    said = {word.removesuffix("s") for word in words(text) if word not in others}
    return bool(own) and sum(word.removesuffix("s") in said for word in own) * 2 >= len(own)
