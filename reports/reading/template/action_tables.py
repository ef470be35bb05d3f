"""The action plan, and the actions of the year before, as tables."""

import re
from dataclasses import replace

from eds.content import Action, PreviousAction
from eds.edition import Edition
from eds.fields import SHORT
from reports.reading.blocks import Block, Notes
from reports.reading.questions import plainest
from reports.reading.template.cells import columns as role
from reports.reading.template.cells.codes import Codes
from reports.reading.template.cells.columns import column_of, is_head
from reports.reading.template.cells.dates import day_or_month
from reports.reading.template.forms import ActionPlan, Grid, PreviousActions

STATUSES = {
    "complete": r"complete[d]?|done|achieved|closed|yes|blue",
    "on_track": r"on ?track|in progress|ongoing|under ?way|green|partially (?:complete|met|achieved)",
    "delayed": r"delayed|behind|overdue|late|off ?track|amber|red|at risk",
    "dropped": r"dropped|stopped|no longer (?:needed|required)|superseded|withdrawn",
    "not_started": r"not (?:yet )?started|open|planned|new|no",
}
STATUS_LINE = re.compile(r"(?:status|progress)\s*:\s*(.+)", re.IGNORECASE)
LEAD_LINE = re.compile(rf"(?:action )?(?:lead|owner)\s*:\s*(.{{1,{SHORT}}})", re.IGNORECASE)
PLAN = re.compile(r"\baction plan\b|\bimprovement plan\b", re.IGNORECASE)
PREVIOUS = re.compile(r"previous year|last year|completed actions|previous actions", re.IGNORECASE)
NOT_UNDERSTOOD = {
    role.DUE: "a completion date that is not a date",
    role.STATUS: "a status that we do not know",
    role.OWNER: f"an owner of more than {SHORT} characters",
}
COMPLETE = re.compile("complete", re.IGNORECASE)
LONGEST = 200  # rows above the head of a table


class ActionTable:
    """A table with a column of actions. `heading` is what stands above it."""

    def __init__(self, grid: Grid, edition: Edition, heading: str):
        self._grid, self._edition, self._codes = grid, edition, Codes(edition)
        self._heading = heading
        rows = range(min(len(grid.rows), LONGEST))
        self._head = next((row for row in rows if is_head(grid.texts(row)) and self._has_action(row)), None)
        texts = [] if self._head is None else grid.texts(self._head)
        self._roles = [column_of(text).role for text in texts]
        for first, second in zip(range(len(texts)), range(1, len(texts)), strict=False):
            if self._roles[first] == role.OUTCOME and grid.rows[self._head][second] == ():
                self._roles[second] = role.OUTCOME
        self._outcomes: tuple[str, ...] = ()
        self._domain: int | None = None

    def _has_action(self, row: int) -> bool:
        return any(column_of(text).role == role.ACTION for text in self._grid.texts(row) if text)

    @property
    def kind(self) -> type | None:
        """What the table is, by its columns and the heading above it."""
        roles = set(self._roles)
        if self._head is None or roles & {role.RATING, role.EVIDENCE, role.SELF}:
            return None
        above = " ".join(
            [self._heading, *(text for row in range(self._head) for text in self._grid.texts(row))]
        )
        if PREVIOUS.search(above) or roles - {""} == {role.ACTION, role.OBJECTIVE}:
            return PreviousActions if not PLAN.search(self._heading) else ActionPlan
        if PLAN.search(above) or roles & {role.OUTCOME, role.DOMAIN} or {role.OBJECTIVE, role.DUE} <= roles:
            return ActionPlan
        return None

    def _rows(self, notes: Notes):
        """The rows below the head, each with the places of its columns; the rows above it are named."""
        for row in range(self._head):
            for column in self._grid.filled(row):
                if not (
                    PLAN.search(self._grid.text(row, column)) or PREVIOUS.search(self._grid.text(row, column))
                ):
                    notes.skip(self._grid.cell(row, column), "a line above a table of actions")
        for column in self._grid.filled(self._head):
            if not column_of(self._grid.text(self._head, column)).is_known:
                notes.skip(self._grid.cell(self._head, column), "the heading of a column")
        heads = [plainest(text) for text in self._grid.texts(self._head)]
        for row in range(self._head + 1, len(self._grid.rows)):
            texts = [plainest(text) for text in self._grid.texts(row)]
            if self._grid.filled(row) and texts != heads:
                yield row

    def _text(self, row: int, wanted: str, between: str = "\n") -> str:
        """The text of the row in the columns of that role, one line for each paragraph."""
        blocks = [
            block
            for column in self._grid.filled(row)
            if self._roles[column] == wanted
            for block in self._grid.take(row, column)
        ]
        return between.join(_plain(block) for block in blocks)

    def _name_rest(self, row: int, notes: Notes, why: str) -> None:
        for column in self._grid.filled(row):
            if (row, column) not in self._grid.taken:
                notes.skip(self._grid.cell(row, column), NOT_UNDERSTOOD.get(self._roles[column], why))

    # Last year's

    def previous_actions(self, notes: Notes) -> PreviousActions:
        actions, is_assumed = [], False
        for row in self._rows(notes):
            action, objective = self._text(row, role.ACTION), self._text(row, role.OBJECTIVE)
            status = self._status(row, notes)
            action, own = _without_status(action)
            if not action and objective and actions:
                last = actions.pop()
                action, objective = last.action, "\n".join(filter(None, [last.objective, objective]))
            if action:
                status = status or own
                if not status and COMPLETE.search(self._heading):
                    status, is_assumed = "complete", True
                actions.append(PreviousAction(action=action, objective=objective or None, status=status))
            elif objective:
                self._untake(row, role.OBJECTIVE)
            self._name_rest(row, notes, "a cell of last year’s actions, in no column that we know")
        if is_assumed:
            line = replace(self._grid.line(self._head), text=self._heading, source=self._heading)
            notes.assume(line, "actions of last year without a status are read as complete")
        return PreviousActions(actions=tuple(actions))

    def _status(self, row: int, notes: Notes) -> str | None:
        text = self._text(row, role.STATUS, " ")
        status = _status(text)
        if text and status is None:
            self._untake(row, role.STATUS)
        return status

    def _untake(self, row: int, wanted: str) -> None:
        self._grid.taken -= {(row, column) for column, one in enumerate(self._roles) if one == wanted}

    # This year's

    def plan(self, notes: Notes) -> ActionPlan:
        actions = []
        for row in self._rows(notes):
            self._read_domain(row, notes)
            self._read_outcomes(row, notes)
            if action := self._text(row, role.ACTION):
                actions.append((self._domain, self._action(row, action, notes)))
                self._name_rest(row, notes, "a cell of the action plan that is not understood")
            else:
                self._name_rest(row, notes, "a row of the action plan without an action")
        return ActionPlan(actions=tuple(actions))

    def _read_domain(self, row: int, notes: Notes) -> None:
        """The domain that a merged cell, or a row of its own, names."""
        places = [column for column in self._grid.filled(row) if self._roles[column] == role.DOMAIN]
        if not places and len(self._grid.filled(row)) == 1 and () in self._grid.rows[row]:
            places = self._grid.filled(row)
        for column in places:
            text = self._grid.text(row, column)
            match = re.match(r"(?:domain|goal)\s*([0-9])\b[\s:.,–—-]*(.*)", text, re.IGNORECASE)
            domain = next(
                (one for one in self._edition.domains if match and one.number == int(match.group(1))), None
            )
            if domain is None:
                continue
            self._domain, self._outcomes = domain.number, ()
            self._grid.take(row, column)
            if plainest(match.group(2)) not in ("", plainest(domain.title)):
                notes.skip(self._grid.cell(row, column), "the domain in other words")

    def _read_outcomes(self, row: int, notes: Notes) -> None:
        """The outcome areas of an action; a row without any goes on with those above."""
        for column in self._grid.filled(row):
            if self._roles[column] not in (role.OUTCOME, role.DOMAIN, role.STATEMENT, ""):
                continue
            if (row, column) in self._grid.taken:
                continue
            codes, rest = self._codes.all_in(self._grid.text(row, column))
            if not rest.strip("-–—") and self._roles[column] == role.OUTCOME and not codes:
                self._grid.take(row, column)
                self._outcomes = ()
                return
            if not codes:
                continue
            self._outcomes = codes
            self._domain = self._codes.domain(codes[0]).number
            self._grid.take(row, column)
            if not all(self._codes.is_statement(code, rest) for code in codes[-1:]):
                notes.skip(
                    self._grid.cell(row, column),
                    f"outcome {codes[-1]} in other words than {self._edition.name} has",
                )

    def _action(self, row: int, text: str, notes: Notes) -> Action:
        owner = self._text(row, role.OWNER, "; ")
        if len(owner) > SHORT:
            owner = ""
            self._untake(row, role.OWNER)
        due_text = self._text(row, role.DUE, " ")
        due = day_or_month(due_text) if due_text else None
        if due_text and due is None:
            self._untake(row, role.DUE)
        status = self._status(row, notes)
        text, own = _without_status(text)
        if not owner:
            text, owner = _without_lead(text)
        return Action(
            action=text,
            objective=self._text(row, role.OBJECTIVE) or None,
            outcomes=self._outcomes,
            owner=owner or None,
            due=due,
            status=status or own or "not_started",
        )


def _plain(block: Block) -> str:
    """Its words with the mark of a point: a number as the file shows it."""
    if block.kind == "numbered" and block.source:
        return block.source
    return f"- {block.text}" if block.is_point else block.text


def _status(text: str) -> str | None:
    plain = " ".join(text.split()).casefold().strip(" .")
    return next((code for code, words in STATUSES.items() if re.fullmatch(words, plain)), None)


def _without_status(text: str) -> tuple[str, str | None]:
    """An action without its last line "Status: on track", and that status."""
    *lines, last = text.split("\n")
    match = STATUS_LINE.fullmatch(last)
    status = _status(match.group(1)) if match and lines else None
    return ("\n".join(lines), status) if status else (text, None)


def _without_lead(text: str) -> tuple[str, str]:
    """An action without its last line "Lead: Estates", and who that is; nobody where the line is "Lead: –"."""
    *lines, last = text.split("\n")
    match = LEAD_LINE.fullmatch(last) if lines else None
    return ("\n".join(lines), match.group(1).strip(" –")) if match else (text, "")
