"""Writes by which a case study gets to the panel: marked ready by its authors, accepted or returned by the lead."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from smtplib import SMTPException

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from casestudies.models import CaseStudy, Comment, Explanation, Handover, Section, Version
from casestudies.reviews.actions import keep_version
from casestudies.writing.personal_data import Found
from casestudies.writing.versions import as_it_stands
from edsportal.accounts import mail
from edsportal.accounts.models import User

logger = logging.getLogger(__name__)


class NotWaiting(Exception):
    """Somebody decided meanwhile, or the authors handed over a newer text; nothing was stored."""


@dataclass(frozen=True, kw_only=True)
class Remark:
    """A comment to be made: on the section under `heading`, or on the whole where that is ""."""

    heading: str
    section: Section | None
    text: str


@transaction.atomic
def hand_over(*, case_study: CaseStudy, marked_by: User) -> Handover | None:
    """Mark the case study ready, as it stands now. One that waits is replaced, or given back where it says the same.

    None where the newest version says the same already, so that there is nothing to accept.
    """
    CaseStudy.objects.select_for_update(of=("self",)).get(pk=case_study.pk)
    said = as_it_stands(case_study)
    waiting = case_study.handovers.filter(state=Handover.State.WAITING).first()
    if waiting is not None and waiting.content == said:
        return waiting
    newest = case_study.versions.order_by("number").last()
    if newest is not None and newest.content == said:
        return None
    if waiting is not None:
        waiting.state = Handover.State.REPLACED
        waiting.save(update_fields=["state"])
    return case_study.handovers.create(content=said, marked_by=marked_by)


@transaction.atomic
def accept(*, handover: Handover, accepted_by: User, remarks: Sequence[Remark] = ()) -> Version:
    """Keep what was handed over as a version, which the panel reads. Raises NotWaiting."""
    row = _waiting(handover)
    row.version = keep_version(row.case_study, row.content, accepted_by)
    _decide(row, Handover.State.ACCEPTED, accepted_by, remarks)
    return row.version


@transaction.atomic
def return_to_authors(
    *, handover: Handover, remarks: Sequence[Remark], returned_by: User, site: str
) -> list[Comment]:
    """Give it back with comments, and write to its authors after commit. Raises NotWaiting.

    `site` is the portal's own address.
    """
    row = _waiting(handover)
    comments = _decide(row, Handover.State.RETURNED, returned_by, remarks)
    transaction.on_commit(partial(_write_to_authors, row, returned_by, site))
    return comments


@transaction.atomic
def answer_comment(*, comment: Comment, answer: str, answered_by: User) -> None:
    """Say what was done about a comment; an empty answer takes the earlier one back."""
    row = Comment.objects.select_for_update(of=("self",)).get(pk=comment.pk)
    if row.answer == answer:
        return
    row.answer = answer
    row.answered_at, row.answered_by = (timezone.now(), answered_by) if answer else (None, None)
    row.save()


@transaction.atomic
def explain(*, case_study: CaseStudy, found: Found, reason: str, explained_by: User) -> Explanation:
    """Keep why words that look like personal data may stay."""
    return case_study.explanations.create(
        kind=found.kind, digest=found.digest, shown=found.shown, reason=reason, explained_by=explained_by
    )


def _waiting(handover: Handover) -> Handover:
    CaseStudy.objects.select_for_update(of=("self",)).get(pk=handover.case_study_id)
    row = Handover.objects.select_related("case_study__review__organisation").get(pk=handover.pk)
    if row.state != Handover.State.WAITING:
        raise NotWaiting
    return row


def _decide(row: Handover, state: str, decided_by: User, remarks: Sequence[Remark]) -> list[Comment]:
    row.state, row.decided_at, row.decided_by = state, timezone.now(), decided_by
    row.save()
    return Comment.objects.bulk_create(
        Comment(handover=row, section=each.section, heading=each.heading, text=each.text) for each in remarks
    )


def _write_to_authors(row: Handover, sender: User, site: str) -> None:
    """To everybody who writes it, but not to who returned it. One that can't be sent is logged."""
    case_study = row.case_study
    review = case_study.review
    people = {*case_study.authors.filter(is_active=True), row.marked_by} - {sender}
    address = site + reverse("write", args=[review.organisation.slug, review.year, case_study.number])
    for person in sorted(people, key=lambda person: person.pk):
        words = {
            "person": person,
            "case_study": case_study,
            "review": review,
            "sender": sender,
            "link": address,
        }
        subject = f"“{case_study.title}” is returned to you with comments"
        try:
            mail.message(
                template="casestudies/email/returned", subject=subject, to=person.email, words=words
            ).send()
        except (SMTPException, OSError):
            logger.exception("An e-mail to an author could not be sent.")
