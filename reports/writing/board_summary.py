"""The board's summary: a PDF of two pages with the score card, the change, the top risks and the actions."""

import textwrap
from io import BytesIO

import pikepdf
from django.template.loader import render_to_string

from eds import labels
from eds.checks.recommendations import LowScore, low_scores
from eds.content import Action, Judgement, ReportContent
from eds.evidence_map import evidence_map
from eds.totals import results
from reports.writing import comparison_tables, methods, pictures, tables
from reports.writing.pdf import writer
from reports.writing.tables import Cell, Table, make_table

PAGES = 2
MOST = (6, 4, 2, 1)  # rows of each table, fewer where two pages can't hold them
LONGEST = 140  # letters of a text in a table, so that the rows fit
STYLE = ("report/board.css",)
CLOSED = ("complete", "dropped")


def to_board_pdf(content: ReportContent) -> bytes:
    """The summary as PDF/UA-1 and PDF/A-3A, on two pages. Raises PDFUnavailableError."""
    pdf_writer = writer()
    for most in MOST:
        data = pdf_writer.write(page(content, most=most), more_style=STYLE)
        with pikepdf.open(BytesIO(data)) as pdf:
            if len(pdf.pages) <= PAGES:
                return data
    return data


def page(content: ReportContent, *, most: int = MOST[0]) -> str:
    """The summary as a whole HTML document; `most` is how many risks and actions it lists."""
    figures = results(content)
    risks, actions = low_scores(content), _open_actions(content)
    body = {
        "content": content,
        "title": labels.title(content),
        "approval": methods.approval(content),
        "overall": " ".join(part for part in (figures.overall.words, figures.overall.rating) if part)
        or figures.overall.reason,
        "has_points": content.edition.has_points,
        "card": pictures.score_card(content, figures),
        "result": tables.domain_results(content, figures),
        "left_out": labels.left_out(content),
        "change": comparison_tables.sentence(content),
        "totals": comparison_tables.totals(content),
        "moved": _moved(content),
        "risks": _risks(content, most),
        "more_risks": max(len(risks) - most, 0),
        "gaps": _gaps(content),
        "actions": _actions(actions[:most]),
        "more_actions": max(len(actions) - most, 0),
        "closed": sum(len(theme.actions) for theme in content.recommendations) - len(actions),
    }
    context = {
        "title": f"Summary for the board: {labels.title(content)}, {content.organisation.name}",
        "author": content.organisation.name,
        "made_on": labels.made_on(content).isoformat(),
        "body": render_to_string("reports/board.html", body),
    }
    return render_to_string("reports/page.html", context)


def _short(text: str) -> str:
    return textwrap.shorten(text, LONGEST, placeholder=" …")


def _moved(content: ReportContent) -> list[tuple[str, str]]:
    """Which outcome areas went up and which down: a word and their codes."""
    before = comparison_tables.comparable(content)
    if before is None:
        return []
    moved = {"Up": [], "Down": []}
    for one in comparison_tables.differences(content, before):
        if one.before is not None and one.now is not None and one.now != one.before:
            moved["Up" if one.now > one.before else "Down"].append(f"{one.code} ({one.words})")
    return [(word, labels.listed(codes)) for word, codes in moved.items() if codes]


def _risks(content: ReportContent, most: int) -> Table | None:
    """The lowest scores, those that no recommendation answers first."""
    found = sorted(low_scores(content), key=lambda low: (low.score, bool(low.answers), low.code))[:most]
    if not found:
        return None
    rows = [_risk(content, low) for low in found]
    columns = ("Outcome area", "Score", "Case study", "What is to be done")
    return make_table("risks", "Lowest scores", columns, rows)


def _risk(content: ReportContent, low: LowScore) -> tuple[Cell | str, ...]:
    lead, grade = labels.score_parts(content.edition, Judgement(score=low.score))
    answer = _short(low.answers[0]) if low.answers else "It has no recommendation"
    name = Cell(lead=low.code, text=_short(content.edition.outcome(low.code).statement))
    return name, Cell(lead=lead, text=grade), _short(low.title), answer


def _gaps(content: ReportContent) -> str:
    """How many groups no evidence speaks of, in a sentence; "" where there is no gap or no map."""
    found = evidence_map(content)
    if found is None or not found.missing_groups:
        return ""
    count = f"{len(found.missing_groups)} of {len(found.rows)} groups"
    return f"No evidence is linked to {count}: {_short(labels.listed(found.missing_groups))}"


def _open_actions(content: ReportContent) -> list[Action]:
    """What is still to be done, what is due first first."""
    actions = [action for theme in content.recommendations for action in theme.actions]
    waiting = [action for action in actions if action.status not in CLOSED]
    return sorted(waiting, key=lambda action: action.due or "9999")


def _actions(actions: list[Action]) -> Table | None:
    if not actions:
        return None
    rows = [
        (
            _short(action.action),
            _short(action.owner or labels.NOT_RECORDED),
            labels.day(action.due) if action.due else labels.NOT_RECORDED,
            labels.STATUSES.get(action.status, action.status),
        )
        for action in actions
    ]
    return make_table("actions", "What comes next", ("Action", "Owner", "Due", "Status"), rows)
