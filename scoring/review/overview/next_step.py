"""The one next step of a review, for its equality lead: the first thing that waits for them and that they may do."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils import formats, timezone

from eds import stages
from edsportal.web.addresses import url_of
from scoring.review.overview.lead_page import LeadPage
from scoring.review.overview.progress import CHANGED, READY, RETURNED, SENT, WRITING, Line

REMIND_AGAIN = 3  # days after a reminder in which sending another is not the next step
SOON = 7  # days before scoring closes


@dataclass(frozen=True, kw_only=True)
class NextStep:
    """`title` says what to do and `text` why; the button leads to `address`, or sends a form there where `posts`."""

    title: str
    text: str
    button: str
    address: str
    posts: bool = False
    other: tuple[str, str] | None = None  # the words and the address of something else to do about it


def next_step(page: LeadPage) -> NextStep | None:
    """None where nothing waits for the lead: the panel scores, or all is done."""
    return next((step for find in STEPS[page.review.stage] for step in find(page)), None)


def _case_studies(page: LeadPage) -> Iterator[NextStep]:
    if not page.progress.lines and page.may("add_case_study"):
        yield NextStep(
            title="Next: add the case studies",
            text="EDS 2022 asks for three services in Domain 1, and one statement each for Domains 2 and 3."
            if page.review.framework.name == "EDS 2022"
            else "Add the case studies that the panel will score.",
            button="Add a case study",
            address=url_of(page.review, "case_study_add"),
        )


def _decide(page: LeadPage) -> Iterator[NextStep]:
    for line in page.progress.in_state(SENT):
        if page.may("accept_text", line.case_study):
            yield NextStep(
                title=f"Next: read “{line.title}”",
                text="Its authors sent it for review. Accept it for the panel, or return it with comments.",
                button="Read it and decide",
                address=url_of(line.case_study, "decide"),
            )


def _close(page: LeadPage) -> Iterator[NextStep]:
    """Everybody has submitted."""
    for line in page.progress.at(stages.SCORING):
        if line.scorers and not line.waiting and page.may("move_case_study", line.case_study):
            yield NextStep(
                title=f"Next: close scoring of “{line.title}”",
                text=f"All {line.scorers} panel members have submitted their scores."
                if line.scorers > 1
                else "The panel member has submitted their scores.",
                button="Close scoring",
                address=_close_address(page, line),
            )


def _close_address(page: LeadPage, line: Line) -> str:
    return f"{url_of(page.review, 'close_scoring')}?case_study={line.number}"


def _end_meeting(page: LeadPage) -> Iterator[NextStep]:
    for line in page.progress.at(stages.MEETING):
        done = line.agreed is not None and line.agreed[0] == line.agreed[1]
        if done and page.may("finish_meeting", line.case_study):
            yield NextStep(
                title=f"Next: end the meeting of “{line.title}”",
                text="Every score is agreed. Its scores are fixed once the meeting has ended.",
                button="End the meeting",
                address=url_of(line.case_study, "end_meeting"),
            )


def _agree(page: LeadPage) -> Iterator[NextStep]:
    for line in page.progress.at(stages.MEETING):
        if page.may("record_agreed_scores", line.case_study):
            done = f"{line.agreed[0]} of {line.agreed[1]} scores are agreed." if line.agreed else ""
            yield NextStep(
                title=f"Next: agree the scores of “{line.title}”",
                text=f"Scoring has closed, and the panel can see all scores. {done}".strip(),
                button="Record agreed scores",
                address=url_of(line.case_study, "moderate"),
            )


def _remind(page: LeadPage) -> Iterator[NextStep]:
    """Members have still to submit, and one or more of them were not reminded lately."""
    lines = [line for line in page.progress.at(stages.SCORING) if line.waiting]
    late = [seat for seat in page.members if seat.can_be_reminded]
    if not lines or all(map(_was_reminded, late)) or not page.may("remind"):
        return
    about = f"about “{lines[0].title}”" if len(lines) == 1 else f"about {len(lines)} case studies"
    said = [f"{_when(page, line)}{line.submitted} of {line.scorers} have submitted." for line in lines]
    if len(lines) > 1:
        said = [f"{line.title}: {line.submitted} of {line.scorers} submitted." for line in lines]
    yield NextStep(
        title=f"Next: remind {_many(len(late), 'panel member')} {about}",
        text=" ".join(said),
        button="Send a reminder" if len(late) == 1 else "Send reminders",
        address=url_of(page.review, "panel_send", "reminder"),
        posts=True,
        other=("Close scoring now", _close_address(page, lines[0])),
    )


def _remind_soon(page: LeadPage) -> Iterator[NextStep]:
    if any(line.waiting and _is_soon(page, line) for line in page.progress.at(stages.SCORING)):
        yield from _remind(page)


def _is_soon(page: LeadPage, line: Line) -> bool:
    closes = line.case_study.scoring_closes_on
    return closes is not None and (closes - page.today).days <= SOON


def _was_reminded(seat) -> bool:
    reminder = seat.reminder
    when = reminder and (reminder.sent_at or reminder.asked_at)
    return bool(when) and (timezone.now() - when).days < REMIND_AGAIN


def _when(page: LeadPage, line: Line) -> str:
    """ "Scoring closes in 4 days. "; "" without a closing date."""
    closes = line.case_study.scoring_closes_on
    if closes is None:
        return ""
    days = (closes - page.today).days
    if days < 0:
        return f"The closing date was {formats.date_format(closes, 'j F')}. "
    return {0: "Scoring closes today. ", 1: "Scoring closes tomorrow. "}.get(
        days, f"Scoring closes in {days} days. "
    )


def _members(page: LeadPage) -> Iterator[NextStep]:
    """A domain whose case studies nobody on the panel scores, though one is ready or nearly so."""
    scored = {domain.pk for seat in page.members for domain in seat.member.domains.all()}
    for line in page.progress.in_state(READY):
        if line.case_study.domain_id not in scored and page.may("change_panel"):
            yield NextStep(
                title=f"Next: add panel members for {line.case_study.domain.name}",
                text=f"“{line.title}” is ready, but no one on the panel scores it.",
                button="Add a panel member",
                address=url_of(page.review, "panel_add"),
            )


def _invite(page: LeadPage) -> Iterator[NextStep]:
    if (many := len(page.to_invite)) and page.may("change_panel") and page.progress.in_state(READY):
        yield NextStep(
            title=f"Next: invite {_many(many, 'panel member')}",
            text="They cannot score until they have an account. The invitation has a link for that.",
            button="Send the invitation" if many == 1 else "Send the invitations",
            address=url_of(page.review, "panel_send", "invitation"),
            posts=True,
            other=("See the panel", url_of(page.review, "panel")),
        )


def _open(page: LeadPage) -> Iterator[NextStep]:
    can_score = [seat for seat in page.members if seat.member.user_id or not seat.member.email]
    scored = {domain.pk for seat in can_score for domain in seat.member.domains.all()}
    ready = [line for line in page.progress.in_state(READY) if line.case_study.domain_id in scored]
    if ready and page.may("open_and_close_scoring"):
        one = len(ready) == 1
        yield NextStep(
            title=f"Next: open scoring of “{ready[0].title}”"
            if one
            else f"Next: open scoring of {len(ready)} case studies",
            text="The text is accepted. Panel members are e-mailed when you open scoring.",
            button="Open scoring",
            address=url_of(page.review, "open_scoring") + (f"?case_study={ready[0].number}" if one else ""),
        )


def _write(page: LeadPage) -> Iterator[NextStep]:
    lines = page.progress.in_state(CHANGED) or page.progress.in_state(WRITING, RETURNED)
    for line in lines:
        if page.may("write", line.case_study):
            changed = line.written.state == CHANGED
            by = f"{line.written.authors[0]} writes it. " if line.written.authors else "It has no author. "
            yield NextStep(
                title=f"Next: accept the changes to “{line.title}”"
                if changed
                else f"Next: finish writing “{line.title}”",
                text="It was changed after it was accepted, so the panel cannot score it."
                if changed
                else f"{by}{_many_written(len(lines))}",
                button="Open the case study",
                address=url_of(line.case_study, "write"),
            )


def _many_written(count: int) -> str:
    return "" if count == 1 else f"{count} case studies are being written."


def _first_missing(page: LeadPage) -> Iterator[NextStep]:
    """All case studies are agreed, and something else keeps the review from approval."""
    if page.findings is not None and page.missing and not page.progress.at(*stages.NOT_AGREED):
        first = page.missing[0]
        yield NextStep(
            title="Next: complete the report",
            text=first.text,
            button="Complete it",
            address=first.address,
        )


def _fix(page: LeadPage) -> Iterator[NextStep]:
    errors, warnings = len(page.errors), len(page.warnings)
    if (errors or warnings) and page.may("see_checks"):
        what = _many(errors, "error") if errors else _many(warnings, "warning")
        yield NextStep(
            title=f"Next: fix {what} in the report" if errors else f"Next: fix or accept {what}",
            text="The report can be published once every error is fixed and every warning is fixed or accepted.",
            button="Check the report",
            address=url_of(page.review, "checks"),
        )


def _many(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"


def _to_approval(page: LeadPage) -> Iterator[NextStep]:
    if page.progress.lines and not page.missing and page.may("move_review"):
        yield NextStep(
            title="Next: move the review to approval",
            text="Everything is ready. In approval nothing of the report changes.",
            button="Move to approval",
            address=url_of(page.review, "stage"),
        )


def _approve(page: LeadPage) -> Iterator[NextStep]:
    if page.approval is None and page.may("record_approval"):
        yield NextStep(
            title="Next: record who approved the report",
            text="Record the board or committee, and the date, after it has approved the report.",
            button="Record the approval",
            address=url_of(page.review, "approval"),
            other=("Read the report", url_of(page.review, "preview")) if page.may("preview_report") else None,
        )


def _publish(page: LeadPage) -> Iterator[NextStep]:
    if not page.missing and page.may("publish"):
        yield NextStep(
            title="Next: publish the report",
            text="It is checked and approved. Anyone can read it once it is published.",
            button="Publish the report",
            address=url_of(page.review, "stage"),
        )
    elif page.missing:
        first = page.missing[0]
        yield NextStep(
            title="Next: complete the report", text=first.text, button="Complete it", address=first.address
        )


def _send(page: LeadPage) -> Iterator[NextStep]:
    if page.sent is None and page.following is None and page.may("record_sending"):
        yield NextStep(
            title="Next: send the report to NHS England",
            text="We have prepared the message. Send it, and record that you sent it.",
            button="Send the report",
            address=url_of(page.review, "sent_report"),
        )


def _start_next(page: LeadPage) -> Iterator[NextStep]:
    if page.following is None:
        year = page.review.following_year
        yield NextStep(
            title=f"Next: start the review of {year}",
            text="We fill in what stays the same: the panel, the groups, the objectives and open actions.",
            button=f"Start the review of {year}",
            address=f"{reverse('review_new')}?after={page.review.pk}",
        )


Find = Callable[[LeadPage], Iterator[NextStep]]
STEPS: dict[str, tuple[Find, ...]] = {
    stages.OPEN: (
        *(_case_studies, _decide, _close, _end_meeting, _remind_soon, _agree),
        *(_members, _invite, _open, _remind, _write, _first_missing, _fix, _to_approval),
    ),
    stages.APPROVAL: (_fix, _approve, _publish),
    stages.PUBLISHED: (_send, _start_next),
}
