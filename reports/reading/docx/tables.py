"""Tables of a Word file: scores, case studies with their totals, what is told of each outcome area, data."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from eds.edition import Edition
from eds.markdown import escaped
from reports.reading import patterns
from reports.reading.blocks import Block, Notes

Cell = list[Block]
CODE = re.compile(r"(?:outcome\s+)?([0-9]+(?:[A-Za-z]|\.[0-9]+))\b[\s).:–—-]*(.*)", re.IGNORECASE | re.DOTALL)
OUT_OF = re.compile(r"[0-9.]+\s*/\s*[0-9]+|not scored", re.IGNORECASE)
GRADED = re.compile(
    r"([0-9](?:\.[0-9])?)(?:\s*[–—:(-]?\s*[A-Za-z]+\)?)?"
)  # "2", "2 Achieving", "2 – Achieving"
TOTAL = re.compile(r"(?:panel |overall )?total(?: score)?:?", re.IGNORECASE)
SCORE_COLUMN = re.compile(r"scor|rating|grade", re.IGNORECASE)
EVIDENCE_COLUMN = re.compile(r"evidence|narrative|what we|how ", re.IGNORECASE)
SCORES = "Scores"  # a heading that `understand` knows


@dataclass(frozen=True, kw_only=True)
class Table:
    rows: list[list[Cell]]


def blocks_of_table(table: Table, edition: Edition, notes: Notes) -> Iterator[Block]:
    """What the table says, in the form in which a report would say it without a table."""
    if not table.rows:
        return
    if max(sum(map(bool, row)) for row in table.rows) == 1:  # a frame around text
        yield from (block for row in table.rows for cell in row for block in cell)
        return
    reading = _Reading(table, edition, notes)
    if reading.tells_outcomes:
        yield from reading.outcomes()
    elif any(_case_study(row) for row in table.rows):
        yield from reading.case_studies()
    else:
        yield _data(table)


class _Reading:
    def __init__(self, table: Table, edition: Edition, notes: Notes):
        self._rows, self._edition, self._notes = table.rows, edition, notes
        self._codes = {code for domain in edition.domains for code in domain.codes}
        head = [] if self._code(table.rows[0]) or _is_total(table.rows[0]) else table.rows[0]
        self._head = [said(cell) for cell in head]

    @property
    def tells_outcomes(self) -> bool:
        found = [row for row in self._rows if self._code(row)]
        scored = [row for row in found if self._score(row)]
        return bool(scored) or (len(found) > 1 and 2 * len(found) >= len(self._rows))

    def outcomes(self) -> Iterator[Block]:
        """First what is told of each outcome area, then the scores."""
        body = self._rows[1:] if self._head else self._rows
        for row in body:
            yield from self._told(row)
        scored = any(self._score(row) for row in body)
        if self._head and sum(map(bool, self._head)) > 1 and not scored:
            self._notes.skip(_line(self._rows[0], " | "), "the headings of a table")
        elif scored:
            title = self._head[0] if sum(map(bool, self._head)) == 1 else ""
            text = title if patterns.SCORING.fullmatch(title) else SCORES
            yield replace(_line(self._rows[0], " | "), text=text)
        for row in body:
            yield from self._scored(row)

    def _code(self, row: list[Cell]) -> re.Match | None:
        found = CODE.fullmatch(said(row[0])) if row else None
        return found if found and found.group(1).upper() in self._codes else None

    def _told(self, row: list[Cell]) -> Iterator[Block]:
        """The evidence of an outcome area, below its code."""
        found = self._code(row)
        evidence = [block for column in self._evidence_columns(row) for block in row[column]]
        if found and evidence:
            yield replace(evidence[0], kind="line", text=found.group(1).upper(), spans=(), markdown=None)
            yield from evidence

    def _evidence_columns(self, row: list[Cell]) -> list[int]:
        columns = [
            number
            for number, name in enumerate(self._head)
            if number and EVIDENCE_COLUMN.search(name) and number < len(row)
        ]
        if not columns and not any(self._score(one) for one in self._rows):
            columns = list(range(1, len(row)))
        return columns

    def _scored(self, row: list[Cell]) -> Iterator[Block]:
        line = _line(row, " | ")
        found, score = self._code(row), self._score(row)
        if found and score:
            used = {score[0], *self._evidence_columns(row)}
            rest = [said(cell) for number, cell in enumerate(row) if number and number not in used]
            words = " ".join(part for part in (found.group(2), *rest) if part).rstrip(":. ")
            text = (
                f"{found.group(1).upper()}: {words}: {score[1]}" if words else f"{found.group(1)}: {score[1]}"
            )
            yield replace(line, text=text)
        elif _is_total(row):
            rest = [said(cell) for cell in row[1:] if cell]
            yield replace(line, text=" ".join([said(row[0]).rstrip(": ") + ":", *rest]))
        elif patterns.COMMENTARY.fullmatch(said(row[0])):
            first, *others = [block for cell in row[1:] for block in cell]
            yield replace(line, text=f"{said(row[0]).rstrip(': ')}: {first.text}")
            yield from others
        elif not found:
            yield from (block for cell in row for block in cell)

    def _score(self, row: list[Cell]) -> tuple[int, str] | None:
        """The column and the score of a row, written like "2/3"."""
        for number, cell in reversed(list(enumerate(row))):
            text = said(cell)
            if number and OUT_OF.fullmatch(text):
                return number, text
            named = number < len(self._head) and SCORE_COLUMN.search(self._head[number])
            if number and named and (found := GRADED.fullmatch(text)):
                return number, f"{found.group(1)}/{self._edition.highest}"
        return None

    def case_studies(self) -> Iterator[Block]:
        """A list of case studies, each with its total."""
        for row in self._rows:
            line = _line(row, " | ")
            totals = [text for cell in row[1:] if OUT_OF.fullmatch(text := said(cell))]
            if _case_study(row) and totals:
                yield replace(line, text=f"{said(row[0])} – {totals[-1]}")
            elif _case_study(row):
                yield replace(line, text=" ".join(said(cell) for cell in row if cell))
            else:
                self._notes.skip(line, "the headings of a table of case studies")


def said(cell: Cell) -> str:
    return " ".join(" ".join(block.text for block in cell).split())


def _case_study(row: list[Cell]) -> re.Match | None:
    return patterns.CASE_STUDY.fullmatch(said(row[0])) if row else None


def _is_total(row: list[Cell]) -> bool:
    return bool(row) and TOTAL.fullmatch(said(row[0])) is not None and any(row[1:])


def _line(row: list[Cell], between: str) -> Block:
    """The whole row as a line, at the place of its first paragraph."""
    texts = [said(cell) for cell in row if cell]
    first = next(block for cell in row for block in cell)
    return Block(kind="line", text=between.join(texts), line=first.line, source=between.join(texts))


def data_of_table(table: Table) -> Iterator[Block]:
    """The table as one in Markdown, whatever it holds."""
    if table.rows:
        yield _data(table)


def _data(table: Table) -> Block:
    """Its first row is the heading of its columns, which is bold of itself."""
    width = max(len(row) for row in table.rows)
    head, *body = table.rows
    texts = [
        [escaped(said(cell)).replace("|", "\\|") for cell in head],
        *([_cell(cell) for cell in row] for row in body),
    ]
    rows = [row + [""] * (width - len(row)) for row in texts]
    lines = [f"| {' | '.join(row)} |" for row in rows]
    lines.insert(1, "|" + "---|" * width)
    text = "\n".join(_line(row, " | ").text for row in table.rows)
    first = _line(table.rows[0], " | ")
    return Block(kind="table", text=text, line=first.line, source=text, markdown="\n".join(lines))


def _cell(cell: Cell) -> str:
    text = " ".join(block.as_markdown() for block in cell)
    return " ".join(text.replace("\\\n", " ").split()).replace("|", "\\|")
