"""How reports write an outcome area: "1A: Patients …", "(1A)", "1 A:", "1.A", "Outcome 1A –", or its words alone."""

import re
from dataclasses import dataclass

from eds.edition import Domain, Edition
from reports.reading.prose.patterns import folded
from reports.reading.questions import plainest

BEFORE = r"\s*(?:outcome(?: area)?s?\s*[:.]?\s*)?[(\[]?\s*"
LETTERED = r"([0-9])(?:\s*\.\s*|\s+(?=[A-Z]\s*(?:[.:;)\]–—-]|$))|)([A-Za-z])"
NUMBERED = r"([0-9])\s*\.\s*([0-9])"
AFTER = r"[)\]]?(?:[\s.:;,)–—-]+|(?=[A-Z])|$)(.*)"


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
        inner = (
            r"([0-9])(?:\s*\.\s*|\s+(?=[A-Z]\s*(?:[.:;)\]–—-]|$))|)([A-Za-z])"
            if lettered
            else r"([0-9])\s*\.\s*([0-9])"
        )
        self._pattern = re.compile(f"(?i:{BEFORE}){inner}(?![0-9]){AFTER}", re.DOTALL)
        self._between = "" if lettered else "."

    def __contains__(self, code: str) -> bool:
        return code in self._domains

    def domain(self, code: str) -> Domain:
        return self._domains[code]

    def named(self, text: str) -> Named | None:
        """The outcome area that a text begins with, or whose statement it is."""
        text = " ".join(text.split())
        match = self._pattern.fullmatch(text)
        if match and (code := self._between.join(match.group(1, 2)).upper()) in self._domains:
            return Named(code=code, words=match.group(3).strip())
        code = self._statements.get(folded(text)) if len(text) > 20 else None
        return Named(code=code, words=text) if code else None

    def all_in(self, text: str) -> tuple[tuple[str, ...], str]:
        """Every code in a text like "1B, 1C: health needs" from its start, and the words after them."""
        codes, rest = [], " ".join(text.split())
        while found := self.named(rest):
            codes.append(found.code)
            if found.words == rest:  # a statement without its code
                break
            rest = re.sub(r"^(?:and|&|/|\+)\s*", "", found.words)
        return tuple(dict.fromkeys(codes)), rest

    def is_statement(self, code: str, words: str) -> bool:
        """Are these the edition's own words for the outcome area?"""
        return plainest(words) in ("", plainest(self._edition.outcome(code).statement))
