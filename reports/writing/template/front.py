"""What comes before the domains in NHS England's template: title, header, last year's actions, how to score."""

import re
from collections.abc import Sequence
from datetime import date

from docx.document import Document
from docx.table import Table, _Cell

from eds.content import ReportContent
from reports.writing.docx.document import add_heading, add_paragraph, add_row, add_table

LEVELS = (
    ("individual", "Individual organisation"),
    ("partnership", "Partnership* (two or more organisations)"),
    ("ics", "Integrated Care System-wide*"),
)
STATUSES = {
    "not_started": "Not started",
    "on_track": "On track",
    "delayed": "Delayed",
    "complete": "Complete",
    "dropped": "Dropped",
}
LABELLED = re.compile(r"(?:status|progress|(?:action )?(?:lead|owner))\s*:", re.IGNORECASE)


def add_front(document: Document, content: ReportContent, title: str) -> None:
    add_paragraph(document, title, style="Title")
    add_paragraph(document, "EDS Reporting Template", style="Subtitle")
    add_paragraph(
        document,
        "Send the completed report to NHS England’s equality team, and publish it on your website.",
    )
    add_heading(document, f"{content.edition.name} header", 1)
    _add_header(document, content)
    add_heading(document, "Completed actions from previous year", 1)
    table = add_table(document, "", ("Action/activity", "Related equality objectives"), (8.5, 8.5))
    for action_before in content.previous_actions:
        action, objective = add_row(table)
        add_action(action, action_before.action, status=action_before.status, usual="complete")
        for line in (action_before.objective or "").splitlines():
            add_paragraph(objective, line)
    _add_score_card(document, content)


def add_names(cell: _Cell, names: Sequence[str]) -> None:
    """A line for each name; points where a ";" in one of them would be read as the end of a name."""
    style = "List Bullet" if any(";" in name for name in names) else None
    for name in names:
        add_paragraph(cell, name, style=style)


def add_action(
    cell: _Cell,
    text: str,
    *,
    status: str | None,
    usual: str,
    owner: str | None = None,
    has_lead: bool = False,
) -> None:
    """The lines of an action, then its lead and its status, for which the template has no column.

    The `usual` status and a missing lead are left out, but where the action's own last line reads like one of the two.
    """
    lines = text.splitlines()
    for line in lines:
        add_paragraph(cell, line)
    is_like_one = len(lines) > 1 and LABELLED.match(lines[-1])
    if has_lead and (owner or is_like_one):
        add_paragraph(cell, f"Lead: {owner or '–'}")
    status = status or usual
    if status in STATUSES and (status != usual or is_like_one):
        add_paragraph(cell, f"Status: {STATUSES[status]}")


def _add_header(document: Document, content: ReportContent) -> None:
    header = content.header
    table = add_table(
        document, "Header of the report", ("Name of Organisation", content.organisation.name), (6, 11)
    )
    before = [
        ("Organisation Board Sponsor/Lead", header.board_sponsor or ""),
        ("Name of Integrated Care System", content.organisation.ics or ""),
        ("EDS Lead", header.eds_lead or ""),
        ("At what level has this been completed?", ""),
        *((label, "☒" if header.level == level else "☐") for level, label in LEVELS),
    ]
    after = [
        ("EDS engagement date(s)", "\n".join(map(date_words, header.engagement_dates))),
        ("Date completed", date_words(header.completed_on)),
        ("Month and year published", date_words(header.published)),
        ("Date authorised", date_words(header.authorised_on)),
        ("Revision date", date_words(header.revision_date)),
    ]
    _add_labelled(table, before)
    label, partners = add_row(table)
    add_paragraph(label, "*List organisations")
    add_names(partners, header.partners)
    _add_labelled(table, after)


def _add_labelled(table: Table, rows: Sequence[tuple[str, str]]) -> None:
    for label, value in rows:
        cells = add_row(table)
        add_paragraph(cells[0], label)
        for line in value.splitlines():
            add_paragraph(cells[1], line)


def _add_score_card(document: Document, content: ReportContent) -> None:
    """How outcomes and organisations are rated, from the edition."""
    edition = content.edition
    add_heading(document, "EDS Rating and Score Card", 1)
    for grade in edition.grades:
        add_paragraph(document, f"{grade.activity or grade.name} – score {grade.score}", style="List Bullet")
    for band in edition.bands:
        points = str(band.lowest) if band.lowest == band.highest else f"{band.lowest} to {band.highest}"
        add_paragraph(document, f"Organisations with {points} points are {band.name}", style="List Bullet")


def date_words(day: str | None) -> str:
    """For example "14 May 2024" or "May 2024"; "" for none."""
    if not day:
        return ""
    if len(day) == len("2024-05"):
        return f"{date.fromisoformat(f'{day}-01'):%B %Y}"
    value = date.fromisoformat(day)
    return f"{value.day} {value:%B %Y}"
