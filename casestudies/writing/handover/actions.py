"""Writes by which a case study gets to the panel: sent for review by its authors, accepted or returned by the lead."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from casestudies.messages import sending
from casestudies.models import CaseStudy, Comment, Explanation, Handover, Section, Version
from casestudies.reviews.actions import keep_version
from casestudies.reviews.locks import lock_for
from casestudies.writing.personal_data import Found
from casestudies.writing.versions import as_it_stands
from edsportal.accounts.models import User
from edsportal.web.addresses import url_of


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
    """Send the case study for review as it is now. One that waits is replaced, or given back where it says the same.

    None where the newest version says the same already, so that there is nothing to accept.
    """
    lock_for("write", case_study=case_study)
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
    handover = case_study.handovers.create(content=said, marked_by=marked_by)
    _tell_leads(handover)
    return handover


@transaction.atomic
def accept(*, handover: Handover, accepted_by: User, remarks: Sequence[Remark] = ()) -> Version:
    """Keep what was handed over as a version, which the panel reads. Raises NotWaiting."""
    row = _waiting(handover)
    row.version = keep_version(row.case_study, row.content, accepted_by)
    _decide(row, Handover.State.ACCEPTED, accepted_by, remarks)
    _tell_authors("accepted", row, accepted_by, url_of(row.case_study))
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
    _tell_authors("returned", row, returned_by, url_of(row.case_study, "write"), site)
    return comments


@transaction.atomic
def withdraw(*, handover: Handover, withdrawn_by: User) -> None:
    """Withdraw it before anybody decided. Raises NotWaiting."""
    lock_for("write", case_study=handover.case_study_id)
    row = Handover.objects.select_for_update(of=("self",)).get(pk=handover.pk)
    if row.state != Handover.State.WAITING:
        raise NotWaiting
    row.state = Handover.State.WITHDRAWN
    row.save(update_fields=["state"])


@transaction.atomic
def answer_comment(*, comment: Comment, answer: str, answered_by: User) -> None:
    """Enter what you did about a comment; an empty answer takes the earlier one back."""
    lock_for("write", case_study=comment.handover.case_study_id)
    row = Comment.objects.select_for_update(of=("self",)).get(pk=comment.pk)
    if row.answer == answer:
        return
    row.answer = answer
    row.answered_at, row.answered_by = (timezone.now(), answered_by) if answer else (None, None)
    row.save()


@transaction.atomic
def explain(*, case_study: CaseStudy, found: Found, reason: str, explained_by: User) -> Explanation:
    """Keep why words that look like personal data may stay."""
    lock_for("write", case_study=case_study)
    return case_study.explanations.create(
        kind=found.kind, digest=found.digest, shown=found.shown, reason=reason, explained_by=explained_by
    )


def _waiting(handover: Handover) -> Handover:
    lock_for("accept_text", case_study=handover.case_study_id)
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


def _tell_authors(kind: str, row: Handover, sender: User, link: str, site: str = "") -> None:
    """To everybody who writes it, but not to the person who decided."""
    case_study = row.case_study
    people = {*case_study.authors.all(), row.marked_by} - {sender}
    sending.tell(
        kind,
        case_study.review,
        sending.people(people),
        link,
        sending.about(case_study, sender),
        once=f"review {row.pk}",
        site=site,
    )


def _tell_leads(row: Handover) -> None:
    """To the equality leads of the organisation, except where one of them sent it: that is accepted at once."""
    case_study = CaseStudy.objects.select_related("review__organisation").get(pk=row.case_study_id)
    leads = sending.leads_of(case_study.review)
    if row.marked_by not in leads:
        values = sending.about(case_study, row.marked_by)
        link, once = url_of(case_study, "decide"), f"review {row.pk}"
        sending.tell("sent_for_review", case_study.review, sending.people(leads), link, values, once=once)


# Where a case study stands on its way to the panel.


@dataclass(frozen=True, kw_only=True)
class HandoverState:
    """`newest` is the last handover that was neither replaced nor withdrawn.

    `comments` are those that its authors have to deal with.
    """

    newest: Handover | None
    version: Version | None
    comments: tuple[Comment, ...]
    is_new: bool  # it says something that was neither handed over nor accepted

    @property
    def waits(self) -> bool:
        return self.newest is not None and self.newest.state == Handover.State.WAITING

    @property
    def is_returned(self) -> bool:
        return self.newest is not None and self.newest.state == Handover.State.RETURNED

    @property
    def can_hand_over(self) -> bool:
        """Returned without a change it can be handed over again: an answer may be all that was needed."""
        return self.is_new or self.is_returned


def handover_state(case_study: CaseStudy) -> HandoverState:
    newest = case_study.handovers.lasting().select_related("marked_by", "decided_by").order_by("pk").last()
    version = case_study.versions.select_related("made_by").order_by("number").last()
    said = as_it_stands(case_study)
    waiting = newest.content if newest and newest.state == Handover.State.WAITING else None
    return HandoverState(
        newest=newest,
        version=version,
        comments=tuple(open_comments(newest)),
        is_new=said != waiting and (version is None or version.content != said),
    )


def open_comments(newest: Handover | None) -> list[Comment]:
    """The comments with which it came back; none while it waits."""
    if newest is None or newest.state not in (Handover.State.RETURNED, Handover.State.ACCEPTED):
        return []
    rows = newest.comments.select_related("handover__decided_by", "section", "answered_by")
    return list(rows.order_by("pk"))


def comments_on(section: Section) -> list[Comment]:
    """Those of the open comments that are about this section."""
    rows = Handover.objects.filter(case_study=section.case_study_id).lasting()
    return [each for each in open_comments(rows.order_by("pk").last()) if each.section_id == section.pk]


def comments_before(handover: Handover) -> list[Comment]:
    """What was asked the last time that it was returned, for who reads it again."""
    earlier = Handover.objects.filter(case_study=handover.case_study_id, pk__lt=handover.pk)
    last = earlier.filter(decided_at__isnull=False).order_by("pk").last()
    return open_comments(last) if last and last.state == Handover.State.RETURNED else []
