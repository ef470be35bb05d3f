"""A report without tables and without the words "case study": services told below headings, by their outcome areas."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from eds.edition import MIDDLE_CASE_STUDY, Domain, Edition
from eds.fields import SHORT
from reports.reading.blocks import Block, Notes
from reports.reading.prose import patterns
from reports.reading.questions import plainest
from reports.reading.template.cells.codes import Codes, Named
from reports.reading.template.cells.ratings import ended_rating
from reports.reading.template.forms import Service


@dataclass
class _Study:
    domain: Domain
    codes: set[str] = field(default_factory=set)


def with_told_services(blocks: Sequence[Block], edition: Edition, notes: Notes) -> list[Block]:
    """The blocks with the heading of a case study before each run of outcome areas that says something of them."""
    reader = _Reader(edition, notes)
    if any(patterns.CASE_STUDY.fullmatch(block.text) for block in blocks) or not reader.tells(blocks):
        return list(blocks)
    for block in blocks:
        reader.place(block)
    return reader.placed


class _Reader:
    def __init__(self, edition: Edition, notes: Notes):
        self._edition, self._notes, self._codes = edition, notes, Codes(edition)
        self._study: _Study | None = None
        self._headings: list[int] = []  # places since the last outcome area
        self._number = 0
        self.placed: list[Block] = []

    def tells(self, blocks: Sequence[Block]) -> bool:
        """Are there two outcome areas or more with words or a score below them?"""
        codes_told = set()
        for block, after in zip(blocks, [*blocks[1:], None], strict=True):
            code = self._code(block)
            is_told = after is not None and after.kind != "heading" and not self._code(after)
            if code and (is_told or self._is_rated(self._codes.named(block.text))):
                codes_told.add(code)
        return len(codes_told) > 1

    def _code(self, block: Block) -> str:
        """The outcome area whose code and statement the block is, with its rating or without; "" for any other."""
        named = (
            None if block.kind == "table" or len(block.text) > 2 * SHORT else self._codes.named(block.text)
        )
        if named is None:
            return ""
        is_plain = not block.is_point and self._codes.is_statement(named.code, named.words)
        return named.code if is_plain or self._is_rated(named) else ""

    def _is_rated(self, named: Named) -> bool:
        """Does the code, or its statement, end with a rating?"""
        ended = ended_rating(named.words, self._edition, named.code)
        return ended is not None and self._codes.is_statement(named.code, ended[0])

    def place(self, block: Block) -> None:
        if code := self._code(block):
            domain = self._codes.domain(code)
            study = self._study
            if study is None or study.domain is not domain or code in study.codes:
                self._start(block, domain)
            self._study.codes.add(code)
            self._headings = []
        elif block.kind == "heading" or (not block.is_only_text and patterns.DOMAIN.fullmatch(block.text)):
            self._headings.append(len(self.placed))
        self.placed.append(block)

    def _start(self, block: Block, domain: Domain) -> None:
        self._study = _Study(domain)
        self._number += 1
        at = next((at for at in reversed(self._headings) if self._names(self.placed[at])), None)
        is_named = at is not None or domain.aggregation != MIDDLE_CASE_STUDY
        title = self._title(self.placed[at]) if at is not None else domain.title
        service = Service(number=self._number, title=title, domain=domain.number, is_named=is_named)
        if at is None:
            self.placed.append(replace(block, kind="heading", text=title, source=title, form=service))
            return
        self.placed[at] = replace(self.placed[at], form=service)
        for below in [one for one in reversed(self._headings) if one > at]:
            if patterns.DOMAIN.fullmatch(self.placed[below].text):
                self._notes.skip(self.placed[below], f"the domain is part of {self._edition.name}")
                del self.placed[below]

    def _names(self, block: Block) -> bool:
        titles = {"", *(plainest(domain.title) for domain in self._edition.domains)}
        is_other = patterns.TITLE.search(block.text) or len(block.text) > SHORT
        return not is_other and plainest(self._title(block)) not in titles

    def _title(self, block: Block) -> str:
        """The name of a service in a heading, without the domain before it."""
        found = patterns.DOMAIN.fullmatch(block.text)
        if found is None:
            return block.text
        domain = next((one for one in self._edition.domains if str(one.number) == found.group(1)), None)
        return without_title(found.group(2), domain.title) if domain else ""


def without_title(text: str, title: str) -> str:
    """The text without the domain's title at its start or its end, however that is punctuated."""
    inner = r"\W+".join(map(re.escape, re.findall(r"\w+", title)))
    text = re.sub(rf"^\W*{inner}\b[\s:.,;–—-]*", "", text, flags=re.IGNORECASE)
    return re.sub(rf"[\s:.,;–—-]*\b{inner}\W*$", "", text, flags=re.IGNORECASE)
