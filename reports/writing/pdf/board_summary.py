"""The board's paper: a PDF of two pages with what the board is asked to do, the summary, all scores and all actions."""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, replace
from io import BytesIO

import pikepdf
from django.template.loader import render_to_string

from eds.content import Action, ReportContent
from eds.evidence_map import evidence_map
from eds.text import figures_in_text, labels
from eds.text.markdown import to_html
from eds.totals import Results, results
from reports.writing import action_plan, at_a_glance, comparison_tables, look, methods
from reports.writing.action_plan import open_actions
from reports.writing.pdf.report import writer
from reports.writing.tables import Cell, Table, make_table

PAGES = 2
STYLE = ("report/board.css",)


@dataclass(frozen=True, kw_only=True)
class Room:
    """How much the two pages have room for: letters of a text in a table, and rows of a table."""

    letters: int
    rows: int


ROOMS = (
    Room(letters=600, rows=99),
    Room(letters=160, rows=99),
    Room(letters=90, rows=40),
    Room(letters=60, rows=16),
    Room(letters=60, rows=8),
    Room(letters=50, rows=3),
)


def to_board_pdf(content: ReportContent) -> bytes:
    """The paper as PDF/UA-1 and PDF/A-3A, on two pages; long texts are cut where they have to be.

    Raises PDFUnavailableError.
    """
    pdf_writer = writer()
    for room in ROOMS:
        data = pdf_writer.write(page(content, room=room), more_style=STYLE)
        with pikepdf.open(BytesIO(data)) as pdf:
            if len(pdf.pages) <= PAGES:
                return data
    return data


def page(content: ReportContent, *, room: Room = ROOMS[0]) -> str:
    """The paper as a whole HTML document."""
    figures, actions = results(content), open_actions(content)
    title = labels.title(content)
    body = {
        "content": content,
        "on_paper": True,
        "title": title,
        "sponsor": content.header.board_sponsor,
        "approval": methods.approval(content),
        "overall": " ".join(part for part in (figures.overall.words, figures.overall.rating) if part)
        or figures.overall.reason,
        "has_points": content.edition.has_points,
        "asks": asks(content, figures),
        "summary": _summary(content, room),
        "grids": [_cut(table, room) for table in at_a_glance.grids(content, figures)],
        "more_studies": sum(_left_out(content, domain.number, room) for domain in content.edition.domains),
        "scale": labels.scale(content.edition),
        "left_out": labels.left_out(content),
        "change": comparison_tables.sentence(content),
        "actions": _actions(content, actions[: room.rows], room),
        "more_actions": max(len(actions) - room.rows, 0),
        "closed": sum(len(theme.actions) for theme in content.recommendations) - len(actions),
    }
    context = {
        "title": f"Paper for the board: {title}, {content.organisation.name}",
        "author": content.organisation.name,
        "made_on": labels.made_on(content).isoformat(),
        "colour": look.own_colour_of(content.organisation),
        "body": render_to_string("reports/board.html", body),
    }
    return render_to_string("reports/page.html", context)


def asks(content: ReportContent, figures: Results) -> list[str]:
    """What the board is asked to do, each as an order."""
    overall, waiting = figures.overall, open_actions(content)
    made = []
    if overall.rating:
        made.append(f"note the rating, {overall.rating}: {at_a_glance.points(overall.total, overall.out_of)}")
    else:
        made.append(f"note the {labels.scores(content.edition)} of the panel")
    evidence = evidence_map(content)
    if evidence is not None and evidence.missing_groups:
        made.append(
            f"note that no evidence is linked to {len(evidence.missing_groups)} of {len(evidence.rows)} groups"
        )
    if waiting:
        made.append(
            f"agree {'1 action' if len(waiting) == 1 else f'{len(waiting)} actions'} and {_who(waiting)}"
        )
    made.append(
        "note that the report is approved" if content.approval else "approve the report for publication"
    )
    return made


def _who(actions: Sequence[Action]) -> str:
    without = sum(not action.owner or not action.due for action in actions)
    if not without:
        return "their owners and dates" if len(actions) > 1 else "its owner and date"
    return f"name an owner and a date for {'it' if len(actions) == 1 else f'{without} of them'}"


def _short(text: str, letters: int) -> str:
    return textwrap.shorten(text, letters, placeholder=" …")


def _summary(content: ReportContent, room: Room) -> str:
    """The lead's summary; of a long one, where there is little room, the beginning."""
    if not content.summary:
        return ""
    text = figures_in_text.filled(content.summary, content)
    paragraphs = text.split("\n\n")
    most = room.letters * 4
    while len(paragraphs) > 1 and sum(map(len, paragraphs)) > most:
        paragraphs.pop()
    return to_html("\n\n".join(paragraphs), heading_level=3)


def _cut(table: Table, room: Room) -> Table:
    """The table with at most so many case studies, their names shortened; the change is kept."""
    studies = [row for row in table.rows if not row.is_total][: room.rows]
    last = [row for row in table.rows if row.is_total]
    names = [
        replace(row.header, text=_short(row.header.text, room.letters), case_study=None) for row in studies
    ]
    rows = [replace(row, cells=(name, *row.cells[1:])) for row, name in zip(studies, names, strict=True)]
    return replace(table, rows=(*rows, *last))


def _left_out(content: ReportContent, domain: int, room: Room) -> int:
    return max(sum(study.domain == domain for study in content.case_studies) - room.rows, 0)


def _actions(content: ReportContent, actions: Sequence[Action], room: Room) -> Table | None:
    if not actions:
        return None
    rows = [
        (
            Cell(lead=str(number), text=_short(action.action, room.letters)),
            labels.listed(action.outcomes) or labels.NOT_RECORDED,
            _short(action.owner or labels.NOT_RECORDED, room.letters),
            action_plan.due(action),
            labels.STATUSES.get(action.status, action.status),
        )
        for number, action in enumerate(actions, start=1)
    ]
    return make_table("actions", "Open actions", ("Action", "Outcome", "Owner", "Due", "Status"), rows)
