"""The tasks of a review on its equality lead's page, each with its status. What the policy refuses is no link."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils import formats

from eds import stages
from edsportal.web.addresses import url_of
from scoring.review.overview.lead_page import LeadPage

WAITS = "Cannot start yet"


@dataclass(frozen=True, kw_only=True)
class Task:
    """`address` is "" where it can't be started now. A status with a `colour` is shown as a tag."""

    text: str
    address: str = ""
    hint: str = ""
    status: str = ""
    colour: str = ""


@dataclass(frozen=True, kw_only=True)
class Group:
    title: str
    tasks: tuple[Task, ...]


def task_groups(page: LeadPage) -> list[Group]:
    """Those of a published review first offer what is done with a published report."""
    if page.is_published:
        made = [("After publication", _after_publication), ("Report", _report)]
    else:
        made = [("Set up", _set_up), ("Report", _report), ("Publish", _publish)]
    groups = [Group(title=title, tasks=tuple(tasks(page))) for title, tasks in made]
    return [group for group in groups if group.tasks]


def _set_up(page: LeadPage) -> Iterator[Task]:
    review, missing = page.review, page.header_missing
    if page.may("change_header"):
        yield Task(
            text="Report details",
            address=url_of(review, "review_header"),
            hint=f"Still empty: {', '.join(missing)}"
            if missing
            else "Board sponsor, level, dates and who was involved",
            status=f"{len(missing)} to fill in" if missing else "Complete",
            colour="blue" if missing else "green",
        )
    if page.may("see_panel"):
        yield Task(text="Panel", address=url_of(review, "panel"), **_panel(page))
    if page.may("show_self_assessment"):
        yield Task(
            text="How the panel scores",
            address=url_of(review, "self_assessment_shown"),
            hint="When members see the self-assessment, and when they give reasons",
            status="Optional",
        )
    if page.may("manage_messages"):
        yield Task(
            text="Messages",
            address=url_of(review, "messages"),
            hint="Who is told what and when, with a switch for each",
            status="Optional",
        )
    if page.may("see_offers") and page.progress.offered:
        yield Task(
            text="Case studies that other organisations share",
            address=url_of(review, "offers"),
            hint="You can accept them for your report",
            status=_many(len(page.progress.offered), "offer"),
            colour="orange",
        )


def _panel(page: LeadPage) -> dict:
    if not page.members:
        return {"hint": "Who scores the case studies", "status": "Not started", "colour": "blue"}
    parts = [_many(len(page.members), "member"), f"{page.from_outside} from outside the NHS"]
    if page.not_answered:
        parts.append(f"{_many(page.not_answered, 'invitation')} not answered")
    if many := len(page.to_invite):
        status = {"status": f"{many} to invite", "colour": "blue"}
    else:
        status = {"status": "Ready", "colour": "green"}
    return {"hint": ", ".join(parts)} | (status if page.is_open else {})


def _report(page: LeadPage) -> Iterator[Task]:
    review = page.review
    if page.may("see_meeting"):
        agreed, all_of_them = len(page.progress.at(stages.AGREED)), len(page.progress.at(*stages.CASE_STUDY))
        yield Task(
            text="Record the scores that the panel agrees"
            if page.may("lead_meeting")
            else "Scores of the panel",
            address=url_of(review, "moderation"),
            status=f"{agreed} of {all_of_them} agreed",
            colour="green" if agreed == all_of_them else "blue",
        )
    if page.may("see_recommendations"):
        yield _recommendations(page)
    if page.may("see_checks") and not page.is_published:
        yield Task(text="Check the report", address=url_of(review, "checks"), **_checks(page))
    if page.may("write_report"):
        yield Task(
            text="Summary and contact",
            address=url_of(review, "report_words"),
            hint="In your own words, for someone who reads nothing else",
            status="Written" if review.summary else "Not started",
            colour="green" if review.summary else "blue",
        )
    yield Task(
        text="Evidence map",
        address=url_of(review, "review_evidence_map"),
        hint="Which groups and outcome areas have evidence",
    )
    if page.may("preview_report") and not page.is_published:
        yield Task(
            text="Preview",
            address=url_of(review, "preview"),
            hint="The report as it is now, to read and download",
        )


def _recommendations(page: LeadPage) -> Task:
    many = page.recommendations
    return Task(
        text="Recommendations" if page.may("recommend") else "Recommendations and their progress",
        address=url_of(page.review, "recommendations"),
        hint=f"{page.without_owner} without an owner" if page.without_owner else "",
        status=f"{many} written" if many else "Not started",
        colour="" if page.is_published else "blue",
    )


def _checks(page: LeadPage) -> dict:
    if page.findings is None:
        return {"hint": "Complete once every case study is agreed", "status": "Not complete"}
    errors, warnings = len(page.errors), len(page.warnings)
    hint = ", ".join(
        _many(count, name) for count, name in ((errors, "error"), (warnings, "warning")) if count
    )
    if errors:
        return {"hint": hint, "status": f"Fix {errors}", "colour": "red"}
    if warnings:
        return {"hint": hint, "status": f"Fix or accept {warnings}", "colour": "yellow"}
    return {"hint": "No problems found", "status": "Complete", "colour": "green"}


def _publish(page: LeadPage) -> Iterator[Task]:
    review = page.review
    yield Task(
        text="Stages",
        address=url_of(review, "stage") if page.may("move_review") else "",
        hint="Open and close scoring, and move the review on",
        status=review.stage_name,
        colour="blue",
    )
    if page.may("record_approval"):
        row = page.approval
        yield Task(
            text="Board approval",
            address=url_of(review, "approval"),
            hint=f"{row.committee}, {formats.date_format(row.approved_on, 'j F Y')}" if row else "",
            status="Recorded" if row else "Not started",
            colour="green" if row else "blue",
        )
    else:
        yield Task(text="Board approval", hint="When every case study is agreed", status=WAITS)
    can_publish = not page.is_open and not page.missing and page.may("publish")
    yield Task(
        text="Publish the report",
        address=url_of(review, "stage") if can_publish else "",
        hint="" if can_publish else "When it is checked and approved",
        status="Ready" if can_publish else WAITS,
        colour="green" if can_publish else "",
    )
    yield Task(text="Send the report to NHS England", hint="Once it is published", status=WAITS)


def _after_publication(page: LeadPage) -> Iterator[Task]:
    review = page.review
    yield Task(text="Read the published report", address=url_of(review, "report"))
    if page.may("move_review"):
        yield Task(
            text="Correct the report",
            address=url_of(review, "stage"),
            hint="Open the review again, with a note of what changes. The published report stays public",
        )
    if page.may("record_sending"):
        sent = page.sent
        yield Task(
            text="Send the report to NHS England",
            address=url_of(review, "sent_report"),
            hint=f"Sent to {sent.address}" if sent else "The message is prepared",
            status=f"Sent on {formats.date_format(sent.sent_on, 'j F Y')}" if sent else "Not sent",
            colour="green" if sent else "blue",
        )
    if page.following:
        yield Task(
            text=f"Go to the review of {page.following.year}",
            address=url_of(page.following),
            status=page.following.stage_name,
        )
    else:
        yield Task(
            text=f"Start the review of {review.following_year}",
            address=f"{reverse('review_new')}?after={review.pk}",
            hint="The panel, groups, objectives and open actions are carried over",
        )


def _many(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"
