"""How reports write an outcome area: "1A: Patients …", "(1A)", "1 A:", "1.A", "Outcome 1A –", or its words alone."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from eds.edition import Domain, Edition
from reports.reading.prose.patterns import folded
from reports.reading.questions import INVISIBLE, plainest

KIND = r"(?:(?:eds\s*)?outcome(?: area)?s?|indicator|standard|section|area|ref(?:erence)?|no\.?|eds)"
OF_DOMAIN = r"(?:domain|goal|d)\s*(?P<domain>[0-9])\s*[-–—:,.|]*\s*"
BEFORE = rf"[\s•·“”‘’\"'-]*(?:{OF_DOMAIN})?(?:{KIND}\s*[:.]?\s*)?[(\[]?\s*"
CLOSED = r"(?=[A-Z]\s*(?:[.:;)\]–—-]|$))"  # a letter that is no word by itself
LETTERED = rf"(?P<number>[0-9])(?:\s*\.\s*|\s+{CLOSED}|\s*[-–—/:,(]\s*{CLOSED}|)(?P<letter>[A-Za-z])"
NUMBERED = r"(?P<number>[0-9])\s*\.\s*(?P<letter>[0-9])"
AFTER = r"[)\]“”‘’\"']*(?:[\s.:;,)/|–—-]+|(?=[A-Z])|$)(?P<words>.*)"
LOOSE = (  # of two parts, which need the statement, or nothing, after them
    r"\s*(?P<number>[0-9])[\s/:,(–—-]+(?P<letter>[A-Za-z])\)?[\s.:;–—-]+(?P<words>\S.*)",
    r"\s*(?:domain|goal|d)\s*(?P<number>[0-9])[\s:,.–—-]*(?:outcome\s*)?(?P<letter>[A-Za-z])\b[\s.:;,)–—-]*(?P<words>.*)",
)
ONLY_LETTER = re.compile(r"\A(?:outcome\s+)?\(?[A-Za-z][.:;)]+\s+(?=\S)", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Named:
    """An outcome area as a cell names it; `words` are what the cell says besides the code."""

    code: str
    words: str


class Codes:
    """Finds the outcome areas of an edition in what cells say."""

    def __init__(self, edition: Edition):
        self._edition = edition
        self._domains = {code: domain for domain in edition.domains for code in domain.codes}
        self._statements = {folded(edition.outcome(code).statement): code for code in self._domains}
        lettered = any(code[-1].isalpha() for code in self._domains)
        inner = LETTERED if lettered else NUMBERED
        self._pattern = re.compile(f"(?i:{BEFORE}){inner}(?![0-9]){AFTER}", re.DOTALL)
        self._between = "" if lettered else "."
        self._loose = [re.compile(f"(?i:{one})", re.DOTALL) for one in LOOSE] if lettered else []

    def __contains__(self, code: str) -> bool:
        return code in self._domains

    def domain(self, code: str) -> Domain:
        return self._domains[code]

    def named(self, text: str) -> Named | None:
        """The outcome area that a text begins with, or whose statement it is."""
        text = " ".join(text.translate(INVISIBLE).split())
        found = self._pattern.fullmatch(text)
        if found and (code := self._code(found)) and found["domain"] in (None, found["number"]):
            return Named(code=code, words=found["words"].strip())
        for pattern in self._loose:
            found = pattern.fullmatch(text)
            if found and (code := self._code(found)) and self.is_statement(code, found["words"]):
                return Named(code=code, words=found["words"].strip())
        rest = ONLY_LETTER.sub("", text, count=1)
        code = self._statements.get(folded(rest)) if len(rest) > 20 else None
        return Named(code=code, words=rest) if code else None

    def _code(self, found: re.Match) -> str:
        code = self._between.join(found.group("number", "letter")).upper()
        return code if code in self._domains else ""

    def all_in(self, text: str) -> tuple[tuple[str, ...], str]:
        """Every code in a text like "1B, 1C: health needs" from its start, and the words after them."""
        codes, rest = [], " ".join(text.split())
        while found := self.named(rest):
            codes.append(found.code)
            if found.words == rest:  # a statement without its code
                break
            rest = re.sub(r"^(?:and|&|/|\+)\s*", "", found.words)
        return tuple(dict.fromkeys(codes)), rest

    def is_domain(self, text: str) -> bool:
        """Is it the name of a domain of the edition, with its title or without?"""
        names = {
            name for one in self._edition.domains for name in (one.name, f"{one.name} {one.title}", one.title)
        }
        return plainest(text) in map(plainest, names)

    def is_statement(self, code: str, words: str) -> bool:
        """Are these the edition's own words for the outcome area?"""
        return plainest(words) in ("", plainest(self._edition.outcome(code).statement))


def edition_of(texts: Iterable[str], editions: Sequence[Edition]) -> Edition:
    """The edition of which most outcome areas begin one of the texts; the first where no other has more."""
    if len(editions) < 2:
        return editions[0]
    known = [text for text in texts if text]

    def count(edition: Edition) -> int:
        codes = Codes(edition)
        return len({named.code for text in known if (named := codes.named(text))})

    return max(editions, key=count)
