"""What a person said that the words of an organisation's tables mean, and what there is to ask them."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from eds.edition import Edition
from reports.reading.blocks import Block
from reports.reading.questions import AskedColumn, Questions, plainest
from reports.reading.template.cells import columns as role
from reports.reading.template.cells.codes import Codes
from reports.reading.template.cells.columns import column_of
from reports.reading.template.outcomes.layout import Layout

NAMES = {  # by role, what such a column is called
    role.OUTCOME: "Outcome",
    role.STATEMENT: "Statement",
    role.EVIDENCE: "Evidence",
    role.RATING: "Rating",
    role.SELF: "Self-assessment",
    role.REASON: "Rationale",
    role.OWNER: "Owner",
    role.TOTAL: "Total",
    role.SERVICE: "Service",
    role.DOMAIN: "Domain",
    role.ACTION: "Action",
    role.OBJECTIVE: "Objective",
    role.DUE: "Completion date",
    role.STATUS: "Status",
}
NOT_SCORED = "not scored"
NOT_RATINGS = (
    role.EVIDENCE,
    role.OUTCOME,
    role.STATEMENT,
    role.OWNER,
    role.REASON,
    role.ACTION,
    role.OBJECTIVE,
)
MOST_SAMPLES = 3
OF_DOMAIN = re.compile(r"\b(?:domain|goal)\s*([0-9])\b", re.IGNORECASE)
BARE_NUMBER = re.compile(r"(?:domain|goal)?\s*([0-9])\b", re.IGNORECASE)
BARE_LETTER = re.compile(r"(?:outcome\s*)?\(?([A-Za-z])[.:;)]?", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Meanings:
    """By the words of the file, in `plainest` form: roles of columns, ratings, and codes of outcome areas.

    A column without a name is known by its place, "column 3 of 5". A rating is "0" to "3", or NOT_SCORED.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    ratings: Mapping[str, str] = field(default_factory=dict)
    outcomes: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        return not (self.columns or self.ratings or self.outcomes)


NO_MEANINGS = Meanings()


def text_of(cell: Sequence[Block]) -> str:
    return " ".join(" ".join(block.text for block in cell).split())


def head_rows(rows: Sequence[list], codes: Codes) -> int:
    """How many rows stand above the first outcome area; where none is named, the first row is the head."""
    for number, row in enumerate(rows):
        if any(codes.named(text_of(cell)) for cell in row if cell):
            return number
    return 1


def keys_of(rows: Sequence[list], codes: Codes) -> list[tuple[str, str]]:
    """The key and the name of each column; what a wide cell says is the name of its first column alone."""
    width = max((len(row) for row in rows), default=0)
    above = rows[: head_rows(rows, codes)]
    keys = []
    for column in range(width):
        names = [text for row in above if column < len(row) and (text := text_of(row[column]))]
        name = next((name for name in reversed(names) if len(name) <= role.LONGEST), "")
        keys.append((plainest(name) or f"column {column + 1} of {width}", name))
    return keys


def with_meanings(rows: Sequence[list], meanings: Meanings, edition: Edition) -> list[list]:
    """The rows in the template's own words, where somebody said what theirs mean."""
    if meanings.is_empty:
        return list(rows)
    codes = Codes(edition)
    rows = [[_with_outcome(cell, meanings) for cell in row] for row in rows]
    keys, head = keys_of(rows, codes), head_rows(rows, codes)
    named = {at: NAMES[meanings.columns[key]] for at, (key, _) in enumerate(keys) if key in meanings.columns}
    if named and head == 0:
        rows.insert(0, [[] for _ in keys])
        head = 1
    first = next((cell[0] for row in rows for cell in row if cell), None)
    for at, name in named.items():
        for row in rows[:head]:
            row += [[] for _ in range(at + 1 - len(row))]
        _name_column(rows[:head], at, name, keys[at][1], first)
    roles = [meanings.columns.get(key, column_of(name).role) for key, name in keys]
    return [
        [cell if roles[at] in NOT_RATINGS else _with_rating(cell, meanings) for at, cell in enumerate(row)]
        for row in rows
    ]


def _name_column(head: Sequence[list], at: int, name: str, old: str, first: Block | None) -> None:
    for row in reversed(head):
        if row[at] != () and (text_of(row[at]) == old):
            row[at] = [_line(row[at][0] if row[at] else first, name)]
            return


def _line(block: Block, text: str) -> Block:
    return Block(kind="line", text=text, line=block.line, source=text)


def _with_outcome(cell: Sequence[Block], meanings: Meanings) -> Sequence[Block]:
    code = meanings.outcomes.get(plainest(text_of(cell))) if cell else None
    return [_line(cell[0], f"{code}: {text_of(cell)}")] if code else cell


def _with_rating(cell: Sequence[Block], meanings: Meanings) -> Sequence[Block]:
    text = text_of(cell) if cell else ""
    score = meanings.ratings.get(plainest(text) or text) if text else None
    return [_line(cell[0], score)] if score else cell


# What there is to ask


def is_asked_about(layout: Layout, keys: Sequence[tuple[str, str]]) -> bool:
    """Does a table look like one of outcome areas, by its codes or by the name of a column?"""
    roles = {column.role for column in (column_of(name) for _, name in keys) if column.is_known}
    return bool(layout.codes) or bool(roles & {role.RATING, role.SELF, role.EVIDENCE})


def ask_columns(
    questions: Questions,
    layout: Layout,
    rows: Sequence[list],
    keys: Sequence[tuple[str, str]],
    edition: Edition,
) -> None:
    """Every column of a table of outcome areas, with how it was read. `keys` are of the file's own words."""
    body = rows[head_rows(rows, Codes(edition)) :]
    at = {column for column, _ in layout.codes.values()}
    for column, (key, name) in enumerate(keys):
        cells = [row[column] for row in body if column < len(row) and row[column]]
        if not cells and not name:
            continue
        one = layout.columns[column]
        samples = dict.fromkeys(text_of(cell)[:80] for cell in cells)
        is_sure = column in at or one.is_known or (one.role != "" and column_of(name).role == one.role)
        asked = AskedColumn(
            key=key, name=name, role=one.role, samples=tuple(samples)[:MOST_SAMPLES], is_sure=is_sure
        )
        known = questions.columns.get(key)
        if known is None or (known.is_sure and not is_sure):
            questions.columns[key] = asked


# Tables whose rows have no codes


def with_lettered_codes(rows: Sequence[list], edition: Edition, heading: str) -> list[list]:
    """The rows with "1A" where the column of outcomes has only "A", and a cell or the heading names the domain."""
    columns = [column_of(name).role for _, name in keys_of(rows, Codes(edition))]
    at = columns.index(role.OUTCOME) if role.OUTCOME in columns else None
    coded, codes = [list(row) for row in rows], {code for domain in edition.domains for code in domain.codes}
    found = OF_DOMAIN.search(heading)
    for row in coded if at is not None else []:
        kinds = [
            (BARE_NUMBER if one == role.DOMAIN else OF_DOMAIN, cell)
            for one, cell in zip(columns, row, strict=False)
        ]
        found = next((named for kind, cell in kinds if (named := kind.match(text_of(cell)))), found)
        letter = BARE_LETTER.fullmatch(text_of(row[at])) if at < len(row) else None
        code = f"{found.group(1)}{letter.group(1).upper()}" if found and letter else ""
        if code in codes:
            row[at] = [_line(row[at][0], code)]
    return coded


def with_guessed_codes(rows: Sequence[list], edition: Edition, questions: Questions) -> list[list]:
    """The rows with a code before what most likely is an outcome area, where a table names none by its code."""
    columns = [column_of(name).role for _, name in keys_of(rows, Codes(edition))]
    tells = {role.RATING, role.EVIDENCE, role.SELF} & set(columns)
    at = next((place for place, one in enumerate(columns) if one in (role.OUTCOME, role.STATEMENT)), None)
    if not tells or at is None or len(rows) < 2:
        return list(rows)
    guessed = [list(row) for row in rows]
    for number, text, code in _guesses(rows, at, edition):
        questions.ask_outcome(text, code)
        if code:
            cell = rows[number][at]
            guessed[number][at] = [_line(cell[0], f"{code}: {text}")]
    return guessed


def _guesses(rows: Sequence[list], at: int, edition: Edition) -> Iterator[tuple[int, str, str]]:
    """Rows below the head with their text and the outcome area, "" where no single one is likeliest.

    Of the domains that is taken which most rows fit, for two domains may speak of "access".
    """
    texts = [(number, text_of(row[at])) for number, row in enumerate(rows) if number and at < len(row)]
    texts = [(number, text) for number, text in texts if text]
    statements = [
        {code: _words(edition.outcome(code).statement) for code in domain.codes} for domain in edition.domains
    ]
    best = max(statements, key=lambda words: sum(bool(likeliest(text, words)) for _, text in texts))
    for number, text in texts:
        yield number, text, likeliest(text, best)


def likeliest(text: str, words: Mapping[str, set[str]]) -> str:
    """The code of the one statement that has most of the text's telling words, and at least half of them."""
    often = set.intersection(*words.values())
    telling = {word for word in _words(text) if len(word) > 3} - often
    if not telling:
        return ""
    shares = {code: len(telling & one) / len(telling) for code, one in words.items()}
    best = max(shares.values())
    likeliest_codes = [code for code, share in shares.items() if share == best]
    return likeliest_codes[0] if best >= 0.5 and len(likeliest_codes) == 1 else ""


def _words(text: str) -> set[str]:
    """Its words, those of several and of one alike."""
    return {word.rstrip("s") for word in plainest(text).split()}
