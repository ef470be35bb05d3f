"""How reports name services in headings, captions and titles of tables, and organisations in tables of labels."""

import re
from collections.abc import Sequence
from dataclasses import replace

from eds.edition import Edition
from reports.reading.blocks import Block, Notes
from reports.reading.prose import patterns
from reports.reading.questions import plainest
from reports.reading.template.forms import Labels, OutcomeTable
from reports.reading.template.outcomes.told import without_title

SERVICE = r"(?:(?:name of (?:the )?)?(?:(?:patient |clinical )?service|service area))"
NUMBER = r"(?: [0-9]{1,2}| (?:one|two|three))"
PREFIX = re.compile(
    rf"\A\(?(?:(?:table|figure|appendix)(?: [0-9]+|(?=:))|{SERVICE}{NUMBER}?(?: name)?)\)?\s*(?:[:.,–—-]+|$)\s*"
    rf"|\A\(?(?:table|service){NUMBER}\)?\s+(?=(?-i:[A-Z]))",  # "Table 1 Maternity"
    re.IGNORECASE,
)
NUMBERS = ("one", "two", "three", "four")
IN_WORDS = re.compile(rf"(domain|goal) ({'|'.join(NUMBERS)})\b", re.IGNORECASE)
OF_SCORES = re.compile(r"\s+(?:panel )?(?:scor(?:es?|ing)|ratings?|score ?card)\Z", re.IGNORECASE)
DOMAIN = re.compile(r"(?:eds ?(?:2022|2)? )?(?:domain|goal)\s*([0-9])\b[\s:.,–—-]*(.*)", re.IGNORECASE)
GENERIC = re.compile(
    r"(?:the )?(?:panel )?(?:evidence|scor(?:es|ing|e ?card)|ratings?|outcomes?|introduction|background|"
    r"summary|results|report|template|eds rating and score ?card|eds reporting template|"
    r"eds (?:2022 )?ratings?.*|overall(?: (?:ratings?|scores?|results?|grades?)\b.*)?|case stud(?:y|ies)|"
    r"completed actions.*|eds action plan|appendix.*|contents|cont(?:inued|'?d)?\.?)",
    re.IGNORECASE,
)
CONTINUED = re.compile(r".{0,60}\(?\bcont(?:inued|['’]?d)?\b\.{0,3}\)?", re.IGNORECASE)
CAPTION = re.compile(r"table(?: [0-9]+)?\s*(?:[:.–—-]\s*\w|\s(?-i:[A-Z]))", re.IGNORECASE)


def with_domains_named(blocks: Sequence[Block], edition: Edition) -> list[Block]:
    """The blocks with "Domain 2: …" in headings that say only the domain's title, or "Domain two"."""
    if any(not block.is_only_text and patterns.CASE_STUDY.fullmatch(block.text) for block in blocks):
        return list(blocks)
    return [_domain_named(block, edition) if block.kind == "heading" else block for block in blocks]


def _domain_named(block: Block, edition: Edition) -> Block:
    for domain in edition.domains:
        if plainest(block.text) == plainest(domain.title):
            return replace(block, text=f"{domain.name}: {block.text}")
    found = IN_WORDS.match(block.text)
    if found is None:
        return block
    number = NUMBERS.index(found.group(2).casefold()) + 1
    return replace(block, text=f"{found.group(1)} {number}{block.text[found.end() :]}")


def organisations_in(block: Block) -> list[str]:
    """The organisations that a table of labels names."""
    if not isinstance(block.form, Labels):
        return []
    return [" ".join(text.split()) for name, _, text in block.form.values if name == "organisation" and text]


def name_titles(table: OutcomeTable, title: str, edition: Edition, notes: Notes) -> None:
    """Names the words of a table's own titles that are neither the domain's nor the case study's."""
    domain = edition.domain(table.domain)
    for block in table.titles:
        found = DOMAIN.fullmatch(block.text)
        rest = without_title(found.group(2) if found else block.text, domain.title)
        rest = PREFIX.sub("", rest, count=1)
        if plainest(rest) not in ("", plainest(title), str(domain.number)):
            notes.skip(block, "the domain in other words, or a title in a table")
