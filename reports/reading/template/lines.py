"""What the template has in tables, on lines: labels with their values below them, and lists of actions."""

import re
from collections.abc import Sequence
from dataclasses import replace

from eds.content import Action, PreviousAction
from eds.fields import SHORT
from reports.reading.blocks import Block, Notes
from reports.reading.prose import patterns
from reports.reading.template.action_tables import COMPLETE, PREVIOUS
from reports.reading.template.cells.labels import label_of, labelled
from reports.reading.template.forms import ActionPlan, OutcomeTable, PreviousActions

PLAN = re.compile(r"(?:eds )?(?:action|improvement) plan(?: 20[0-9/ –-]+)?:?", re.IGNORECASE)


def with_values_beside_labels(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with a label such as "Trade Union Rep(s):" and the line below it as one line."""
    joined: list[Block] = []
    for block in blocks:
        last = joined[-1] if joined else None
        if last and _is_open_label(last) and _is_value(block, SHORT - len(last.text)):
            text = f"{last.text} {block.text}"
            joined[-1] = replace(last, kind="line", text=text, source=text, spans=(), level=0)
        else:
            joined.append(block)
    return joined


def _is_open_label(block: Block) -> bool:
    is_line = block.kind in ("line", "heading") and block.form is None
    return is_line and block.text.endswith(":") and label_of(block.text) not in ("", "level")


def _is_value(block: Block, most: int) -> bool:
    is_line = block.kind == "line" and block.form is None and len(block.text) < most
    return is_line and not (label_of(block.text) or labelled(block.text))


def with_listed_actions(blocks: Sequence[Block], notes: Notes) -> list[Block]:
    """The blocks with the points below "Completed actions from previous year", or a last "Action plan", as actions."""
    made: list[Block] = []
    points: list[Block] = []
    heading: Block | None = None
    last_told = max((at for at, block in enumerate(blocks) if _tells(block)), default=-1)
    for at, block in enumerate(blocks):
        if heading and block.is_point:
            points.append(block)
            continue
        made += _listed(heading, points, notes)
        points = []
        made.append(block)
        heading = block if _heads_actions(block, is_late=at > last_told) else None
    return [*made, *_listed(heading, points, notes)]


def _tells(block: Block) -> bool:
    is_case_study = not block.is_only_text and patterns.CASE_STUDY.fullmatch(block.text)
    return isinstance(block.form, OutcomeTable) or bool(is_case_study)


def _heads_actions(block: Block, *, is_late: bool) -> bool:
    if block.is_only_text or len(block.text) > SHORT:
        return False
    return bool(PREVIOUS.search(block.text) or (is_late and PLAN.fullmatch(block.text)))


def _listed(heading: Block | None, points: Sequence[Block], notes: Notes) -> list[Block]:
    if not (heading and points):
        return []
    text = "\n".join(point.text for point in points)
    block = Block(kind="table", text=text, line=points[0].line, source=text)
    if not PREVIOUS.search(heading.text):
        actions = tuple((None, Action(action=point.text, status="not_started")) for point in points)
        return [replace(block, form=ActionPlan(actions=actions))]
    status = "complete" if COMPLETE.search(heading.text) else None
    if status:
        notes.assume(heading, "actions of last year without a status are read as complete")
    return [
        replace(
            block,
            form=PreviousActions(
                actions=tuple(PreviousAction(action=point.text, status=status) for point in points)
            ),
        )
    ]
