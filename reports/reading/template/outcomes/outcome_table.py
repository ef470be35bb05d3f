"""A table of outcome areas: what is told of each, how it was rated, and who owns it, for one service or for several."""

import re
from collections.abc import Iterator
from dataclasses import replace

from eds.edition import Edition
from eds.fields import SHORT
from reports.reading.blocks import Block, Notes
from reports.reading.prose import patterns
from reports.reading.questions import plainest
from reports.reading.template.cells import columns as role
from reports.reading.template.cells.codes import Codes, Named
from reports.reading.template.cells.columns import Column, column_of
from reports.reading.template.cells.ratings import led_points, led_rating, points_of, rating_of
from reports.reading.template.forms import Grid, Merged, OutcomeTable
from reports.reading.template.outcomes.cell_lines import chosen_rating, lines_of
from reports.reading.template.outcomes.layout import NOT_CODES, Layout
from reports.reading.template.outcomes.outcome_drafts import ALL, Draft, Row, as_text, table_of

OVERALL = re.compile(
    r"(.*?)\b(?:(?:over ?all|total|domain|goal)(?: [0-9])? (?:rating|score|grade|total)s?|total)\b[\s:=–—-]*(.*)",
    re.IGNORECASE | re.DOTALL,
)
LONGEST_LABEL = 200
LABELS = (role.OWNER, role.RATING, role.REASON, role.EVIDENCE)  # that a row without a code may begin with


class OutcomeTableReader:
    """Reads one table that tells outcome areas."""

    def __init__(self, grid: Grid, layout: Layout, edition: Edition, notes: Notes):
        self._grid, self._layout, self._edition, self._notes = grid, layout, edition, notes
        self._codes = Codes(edition)
        self._drafts: list[Draft] = []
        self._titles: list[Block] = []  # since the last outcome area
        self._service = ""
        self._last: Row | None = None  # what a row without a code goes on with
        self._early_totals: dict[str, int | float] = {}
        self._of_the_table = (
            self._read_service,
            self._read_domain,
            self._read_overall,
            self._read_commentary,
            self._read_title,
        )

    def tables(self) -> Iterator[OutcomeTable]:
        for row in range(len(self._grid.rows)):
            if self._grid.filled(row):
                self._read(row)
        for row, column in self._grid.left():
            self._notes.skip(
                self._grid.cell(row, column), "a cell of a table of outcome areas, in no row of one"
            )
        for block in self._titles:
            self._notes.skip(block, "a title in a table with no outcome area below it")
        scores_only = len({draft.domain for draft in self._drafts}) > 1 and not any(
            row.evidence for draft in self._drafts for row in draft.rows.values()
        )
        for draft in self._drafts:
            for service in self._layout.services or (ALL,):
                yield table_of(draft, service, self._layout.services, is_summary=scores_only)

    # Rows

    def _read(self, row: int) -> None:
        named = self._layout.codes.get(row)
        if row in self._layout.head or self._is_head_again(row):
            self._take_head(row)
        elif named:
            self._read_outcome(row, *named)
        elif not any(read(row) for read in self._of_the_table) and self._last:
            self._read_more(row, self._last)

    def _read_service(self, row: int) -> bool:
        """A row "Service: | Maternity" above the outcome areas of a service."""
        filled = self._grid.filled(row)
        if len(filled) != 2 or column_of(self._grid.text(row, filled[0])).role != role.SERVICE:
            return False
        for column in filled:
            self._grid.take(row, column)
        self._service = self._grid.text(row, filled[1])
        return True

    def _label_of(self, row: int) -> str:
        """The role that a row without a code names itself: "Owner: | Head of access"; "" for any other row."""
        first, *others = self._grid.filled(row)
        label = column_of(self._grid.text(row, first).rstrip(": "))
        is_labelled = row not in self._layout.codes and len(others) == 1 and label.is_known
        if not is_labelled or label.role not in LABELS or self._layout.columns[first].role in NOT_CODES:
            return ""
        self._grid.take(row, first)
        return label.role

    def _is_head_again(self, row: int) -> bool:
        texts = {plainest(self._grid.text(row, column)) for column in self._grid.filled(row)}
        return bool(self._layout.head) and texts <= self._layout.head_texts

    def _take_head(self, row: int) -> None:
        for column in self._grid.filled(row):
            (block, *_) = self._grid.take(row, column)
            text = self._grid.text(row, column)
            is_kept = self._is_named_in_evidence(column) or self._is_service(text)
            if not (column_of(text).is_known or is_kept or patterns.SCORING.fullmatch(text)):
                self._notes.skip(replace(block, text=text, source=text), "the heading of a column")

    def _is_named_in_evidence(self, column: int) -> bool:
        """Does the column's name stand before its cells in the evidence?"""
        one = self._layout.columns[column]
        has_text = any(self._grid.rows[row][column] for row in self._layout.codes)
        return has_text and one.role == "" and bool(one.name) and len(self._layout.head) == 1

    def _is_service(self, name: str) -> bool:
        return {name, column_of(name).about} & set(self._layout.services) != set()

    def _read_outcome(self, row: int, column: int, named: Named) -> None:
        service = self._service_of(row)
        draft = self._draft_for(named.code, service)
        self._grid.take(row, column)
        kept = Row(code=named.code, line=self._grid.line(row))
        draft.rows[named.code] = kept
        left = self._text_of(self._grid.rows[row][column], kept, ALL, names_outcome=True)
        said = self._codes.named(" ".join(block.text for block in left))
        words = [said.words if said else named.words]
        for other in self._grid.filled(row):
            if self._layout.columns[other].role == role.STATEMENT and (row, other) not in self._grid.taken:
                words.append(self._grid.text(row, other))
                self._grid.take(row, other)
        words = " ".join(filter(None, words)).strip(" :.–—-")
        if not self._codes.is_statement(named.code, words):
            why = f"outcome {named.code} in other words than {self._edition.name} has"
            self._notes.skip(kept.line, why)
        self._read_more(row, kept)

    def _service_of(self, row: int) -> str:
        """What the columns "Domain" and "Service" say, where they do."""
        for column, one in enumerate(self._layout.columns):
            if not self._grid.rows[row][column] or (row, column) in self._grid.taken:
                continue
            if one.role == role.SERVICE:
                cell = self._grid.cell(row, column)
                self._grid.take(row, column)
                self._titles += [cell] if cell.text != self._service else []
                self._service = cell.text
            elif one.role == role.DOMAIN:
                self._titles.append(self._grid.cell(row, column))
                self._grid.take(row, column)
        return self._service

    def _draft_for(self, code: str, service: str) -> Draft:
        domain = self._codes.domain(code).number
        last = self._drafts[-1] if self._drafts else None
        if service:
            last = next(
                (one for one in reversed(self._drafts) if one.service == service and one.domain == domain),
                last,
            )
        if last and last.domain == domain and code not in last.rows and last.service == service:
            last.titles += self._titles
        else:
            last = Draft(domain=domain, titles=self._titles, service=service, totals=self._early_totals)
            self._drafts.append(last)
            self._early_totals = {}
        self._titles = []
        return last

    def _read_more(self, row: int, kept: Row) -> None:
        """What the other cells say of the outcome area; a row without a code goes on with the one above."""
        before = self._service
        if self._service_of(row) != before and before:
            draft = self._draft_for(kept.code, self._service)
            kept = draft.rows.setdefault(kept.code, Row(code=kept.code, line=self._grid.line(row)))
        self._last = kept
        label = self._label_of(row)
        for column in self._grid.filled(row):
            if (row, column) not in self._grid.taken:
                one = self._layout.columns[column]
                one = replace(one, role=label) if label else one
                service = one.about if one.about in self._layout.services else ALL
                self._read_cell(row, column, one, kept, service)
        self._read_merged(row, kept)

    def _read_merged(self, row: int, kept: Row) -> None:
        """The owner and the rating that one cell says of several outcome areas."""
        for column, one in enumerate(self._layout.columns):
            if not isinstance(self._grid.rows[row][column], Merged):
                continue
            above = next((at for at in range(row - 1, -1, -1) if self._grid.rows[at][column]), None)
            service = one.about if one.about in self._layout.services else ALL
            if above is None or above in self._layout.head:
                continue
            cell = self._grid.cell(above, column)
            if one.role == role.EVIDENCE and above in self._layout.codes:
                self._notes.assume(
                    cell, f"one text for several outcome areas; it is not repeated for {kept.code}"
                )
            elif one.role == role.OWNER and not kept.owners.get(service) and len(cell.text) <= SHORT:
                kept.owners[service] = [cell.text]
            elif one.role == role.RATING and service not in kept.ratings:
                rating = rating_of(cell.text, self._edition, kept.code)
                if rating is not None:
                    kept.ratings[service] = rating
                    why = f"one rating for several outcome areas; it is read for {kept.code} too"
                    self._notes.assume(cell, why)

    def _read_cell(self, row: int, column: int, one: Column, kept: Row, service: str) -> None:
        if one.role == role.RATING:
            self._read_rating(row, column, kept, service)
        elif one.role == role.SELF:
            self._read_self_assessment(row, column, kept)
        elif one.role == role.TOTAL:
            self._read_total_beside(row, column)
        elif one.role == role.OWNER:
            owners = kept.owners.setdefault(service, [])
            if sum(map(len, owners)) + len(self._grid.text(row, column)) < SHORT - 10:
                owners += [" ".join(block.text.split()) for block in self._grid.take(row, column)]
            else:
                self._take_and_name(row, column, f"the owner of {kept.code} has more than {SHORT} characters")
        elif one.role == role.REASON:
            kept.reasons += [block.text for block in self._grid.take(row, column)]
        else:
            blocks = self._text_of(self._grid.take(row, column), kept, service)
            if one.role != role.EVIDENCE and one.name and blocks:
                blocks = [Block(kind="line", text=f"{one.name}:", line=blocks[0].line), *blocks]
            kept.evidence.setdefault(service, []).extend(map(as_text, blocks))

    def _text_of(
        self, blocks: list[Block], kept: Row, service: str, *, names_outcome: bool = False
    ) -> list[Block]:
        """The text without the lines that say the rating or the owner, where the table has no column for these."""
        lines = lines_of(
            blocks,
            self._edition,
            kept.code,
            may_rate=not self._layout.has(role.RATING) and service not in kept.ratings,
            may_own=not self._layout.has(role.OWNER) and not kept.owners.get(service),
            names_outcome=names_outcome,
        )
        if lines.rating:
            kept.ratings[service] = lines.rating
        if lines.rating and lines.rating.note:
            self._notes.assume(lines.rated_by, lines.rating.note)
        if lines.owner:
            kept.owners[service] = [lines.owner]
        return lines.text

    def _read_rating(self, row: int, column: int, kept: Row, service: str) -> None:
        cell = self._grid.cell(row, column)
        first, *others = self._grid.rows[row][column]
        rating = rating_of(cell.text, self._edition, kept.code)
        if rating is None and others and (rating := rating_of(first.text, self._edition, kept.code)):
            kept.reasons += [block.text for block in others]
        if rating is None and (led := led_rating(cell.text, self._edition, kept.code)):
            rating, reason = led
            kept.reasons.append(reason)
        rating = rating or chosen_rating([first, *others], self._edition, kept.code)
        if rating is None:
            self._notes.questions.ask_rating(cell.text)
            self._take_and_name(row, column, f"not a rating of {kept.code} that we understand")
        elif service in kept.ratings and kept.ratings[service].judgement != rating.judgement:
            self._take_and_name(row, column, f"a second rating of {kept.code}, other than the first")
        else:
            self._grid.take(row, column)
            kept.ratings[service] = rating
            if rating.note:
                self._notes.assume(cell, rating.note)

    def _read_self_assessment(self, row: int, column: int, kept: Row) -> None:
        rating = rating_of(self._grid.text(row, column), self._edition, kept.code)
        if rating is None or kept.self_assessment is not None:
            self._take_and_name(row, column, f"not a self-assessment of {kept.code} that we understand")
            return
        if rating.note:
            self._notes.assume(self._grid.cell(row, column), rating.note)
        self._grid.take(row, column)
        kept.self_assessment = rating

    def _read_total_beside(self, row: int, column: int) -> None:
        """A total in a column of its own, most often one cell down the rows of its domain."""
        cell, draft = self._grid.cell(row, column), self._drafts[-1]
        self._grid.take(row, column)
        full = self._edition.highest * len(self._edition.domain(draft.domain).outcomes)
        self._read_total(draft.totals, cell.text, full, cell, ALL)

    def _take_and_name(self, row: int, column: int, why: str) -> None:
        self._grid.take(row, column)
        self._notes.skip(self._grid.cell(row, column), why)

    # Rows of the whole table

    def _read_overall(self, row: int) -> bool:
        column = self._grid.filled(row)[0]
        text = self._grid.text(row, column)
        match = OVERALL.fullmatch(text) if len(text) <= LONGEST_LABEL else None
        if match is None:
            return False
        domain = self._domain_of(match.group(1))
        if match.group(1).strip(" :.,–—-") and not self._is_domain(match.group(1), domain):
            self._notes.skip(self._grid.cell(row, column), "the name of an overall rating")
        full = self._edition.highest * len(self._edition.domain(domain).outcomes)
        totals = self._drafts[-1].totals if self._drafts else self._early_totals
        self._grid.take(row, column)
        if match.group(2):
            self._read_total(totals, match.group(2), full, self._grid.cell(row, column), ALL)
        for other in self._grid.filled(row):
            if (row, other) not in self._grid.taken:
                about = self._layout.columns[other].about
                service = about if about in self._layout.services else ALL
                cell = self._grid.cell(row, other)
                self._grid.take(row, other)
                self._read_total(totals, cell.text, full, cell, service)
        return True

    def _read_domain(self, row: int) -> bool:
        """A row with the name of a domain, and what it came to, above its outcome areas."""
        first, *others = self._grid.filled(row)
        found = re.match(r"(?:domain|goal)\s*([0-9])\b", self._grid.text(row, first), re.IGNORECASE)
        numbers = {domain.number for domain in self._edition.domains}
        number = int(found.group(1)) if found else None
        if not others or number not in numbers or not self._is_domain(self._grid.text(row, first), number):
            return False
        full = self._edition.highest * len(self._edition.domain(number).outcomes)
        if any(points_of(self._grid.text(row, column), full) is None for column in others):
            return False
        self._titles.append(self._grid.cell(row, first))
        self._grid.take(row, first)
        self._service, self._early_totals = "", {}
        for column in others:
            cell = self._grid.cell(row, column)
            self._grid.take(row, column)
            about = self._layout.columns[column].about
            self._read_total(
                self._early_totals, cell.text, full, cell, about if about in self._layout.services else ALL
            )
        return True

    def _domain_of(self, label: str) -> int:
        named = re.search(r"(?:domain|goal)\s*([0-9])", label, re.IGNORECASE)
        known = [domain.number for domain in self._edition.domains]
        if named and int(named.group(1)) in known:
            return int(named.group(1))
        codes = [named.code for _, named in self._layout.codes.values()]
        return self._codes.domain(codes[0]).number if codes else known[0]

    def _is_domain(self, text: str, number: int) -> bool:
        domain = self._edition.domain(number)
        allowed = {plainest(domain.name), plainest(f"{domain.name} {domain.title}"), plainest(domain.title)}
        return plainest(text) in allowed

    def _read_total(self, totals: dict, text: str, full: int, cell: Block, service: str) -> None:
        figure, words = led_points(text, full)
        if figure is not None and words:
            self._notes.skip(cell, "an overall rating; its figure is kept, the words beside it are not")
        elif figure is None:
            self._notes.skip(cell, f"an overall rating that is not a figure out of {full}")
        if figure is not None and service in totals and totals[service] != figure:
            self._notes.skip(cell, "a second overall rating, other than the first")
        elif figure is not None:
            totals[service] = figure

    def _read_commentary(self, row: int) -> bool:
        first, *others = self._grid.filled(row)
        match = patterns.COMMENTARY.fullmatch(self._grid.text(row, first))
        if match is None or not self._drafts:
            return False
        (label, *blocks) = self._grid.take(row, first)
        if match.group(1):
            blocks = [label.ending(match.group(1)), *blocks] if not blocks else [label, *blocks]
        for column in others:
            blocks += self._grid.take(row, column)
        self._drafts[-1].commentary += map(as_text, blocks)
        return True

    def _read_title(self, row: int) -> bool:
        """A row of one cell over the whole table: the name of a service, a domain, or of the scores."""
        filled = self._grid.filled(row)
        text = self._grid.text(row, filled[0])
        starts = not self._drafts or self._layout.is_wide(row)
        if len(filled) > 1 or not starts or len(text) > SHORT:
            return False
        cell = self._grid.cell(row, filled[0])
        self._grid.take(row, filled[0])
        if not patterns.SCORING.fullmatch(text):
            self._titles.append(cell)
            self._service = ""
        return True
