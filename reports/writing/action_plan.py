"""The action plan of a report: its tables, and which actions are still open. Pure."""

from collections.abc import Sequence

from django.utils.text import capfirst

from eds.content import Action, ReportContent
from eds.text import labels
from reports.writing import anchors, methods
from reports.writing.tables import Cell, Row, Table, group_row, make_table

CLOSED = ("complete", "dropped")


def open_actions(content: ReportContent) -> list[Action]:
    """What is still to be done, what is due first first."""
    actions = [action for theme in content.recommendations for action in theme.actions]
    waiting = [action for action in actions if action.status not in CLOSED]
    return sorted(waiting, key=lambda action: action.due or "9999")


def is_detailed(content: ReportContent) -> bool:
    """Whether an owner, a date or a status is given; a report without statuses reads as "not started"."""
    actions = [action for theme in content.recommendations for action in theme.actions]
    return any(action.owner or action.due or action.status != "not_started" for action in actions)


def about(content: ReportContent) -> Table:
    """Whose the action plan is, as NHS England's reporting template asks, in one row."""
    rows = methods.plan(content).rows
    columns = tuple(row.header.text for row in rows)
    return make_table("plan", "About the action plan", columns, [[row.cells[1] for row in rows]])


def table(content: ReportContent) -> Table:
    """All actions in the columns of NHS England's reporting template, numbered through under their themes."""
    noun = content.edition.domain_noun
    columns = (noun, "Outcome", "Objective", "Action", "Owner", "Completion date")
    rows, number = [], 1
    for theme in content.recommendations:
        rows.append(group_row(columns, theme.theme))
        for action in theme.actions:
            rows.append(_row(content, columns, action, number))
            number += 1
    return Table(kind="plan-actions", caption="Actions", columns=columns, rows=tuple(rows))


def _row(content: ReportContent, columns: tuple[str, ...], action: Action, number: int) -> Row:
    studies = labels.named("case study", "case studies", [str(number) for number in action.case_studies])
    cells = (
        Cell(text=labels.listed(domains(content, action)) or labels.NOT_RECORDED),
        Cell(text=labels.listed(action.outcomes) or labels.NOT_RECORDED, about=capfirst(studies)),
        Cell(text=action.objective or labels.NOT_RECORDED),
        Cell(lead=str(number), text=action.action),
        Cell(text=action.owner or labels.NOT_RECORDED),
        Cell(text=due(action), about=labels.STATUSES.get(action.status, action.status)),
    )
    return Row(columns=columns, cells=cells, anchor=anchors.action(number))


def domains(content: ReportContent, action: Action) -> list[str]:
    """The numbers of the domains that an action's outcome areas are of."""
    return [
        str(domain.number) for domain in content.edition.domains if set(domain.codes) & set(action.outcomes)
    ]


def due(action: Action) -> str:
    return labels.day(action.due) if action.due else labels.NOT_RECORDED


def lists(content: ReportContent, *, detailed: bool) -> list[dict]:
    """Each theme with its actions as a list, numbered through; owner, date and status where `detailed`."""
    made, first = [], 1
    for theme in content.recommendations:
        actions = [
            {"text": action.action, "about": _about(action, detailed), "anchor": anchors.action(number)}
            for number, action in enumerate(theme.actions, start=first)
        ]
        made.append({"name": theme.theme, "first": first, "actions": actions})
        first += len(actions)
    return made


def _about(action: Action, detailed: bool) -> Sequence[str]:
    if not detailed:
        return [labels.answers(action)] if labels.answers(action) else []
    owner = f"Owner: {action.owner or labels.NOT_RECORDED}"
    date = f"Completion date: {due(action)}"
    status = labels.STATUSES.get(action.status, action.status)
    return [part for part in (labels.answers(action), owner, date, f"Status: {status}") if part]
