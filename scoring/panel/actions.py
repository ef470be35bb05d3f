"""Writes of the panel: who sits on it, invitations and reminders, who leaves, which interests are declared."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from casestudies.messages import sending
from casestudies.models import (
    CaseStudy,
    DeclaredInterest,
    Domain,
    PanelMember,
    PanelMessage,
    PastInterest,
    Review,
)
from casestudies.reviews.locks import lock_for
from eds.messages import MESSAGES
from edsportal.accounts import mail
from edsportal.accounts.invitations import DAYS
from edsportal.accounts.models import User
from edsportal.accounts.outbox import withdraw
from edsportal.web.addresses import url_of
from edsportal.web.refusals import NotPossible
from scoring.models import ScoreSheet
from scoring.panel.invitations import token_for
from scoring.panel.progress import owed


@dataclass(frozen=True, kw_only=True)
class NewMember:
    """Somebody who is to have a place on a panel. The e-mail address is "" for somebody who scores on paper."""

    name: str
    email: str
    interest: str
    domains: tuple[Domain, ...]
    is_chair: bool = False


@transaction.atomic
def add_member(
    *,
    review: Review,
    name: str,
    email: str,
    interest: str,
    domains: Sequence[Domain],
    is_chair: bool,
    named_as: str = "",
    asked_again: bool = False,
) -> PanelMember:
    """Give somebody a seat on the panel. Raises NotPossible where the address has one already."""
    lock_for("change_panel", review=review)
    _require_new_address(review, email)
    last = PanelMember.objects.filter(review=review).order_by("position").last()
    member = PanelMember.objects.create(
        review=review,
        name=name,
        email=email.lower(),
        interest=interest,
        is_chair=is_chair,
        named_as=named_as,
        asked_again=asked_again,
        position=last.position + 1 if last else 0,
    )
    member.domains.set(domains)
    return member


@transaction.atomic
def add_members(*, review: Review, members: Sequence[NewMember]) -> list[PanelMember]:
    """Give several people a place on the panel, all or none. Raises NotPossible as `add_member`."""
    lock_for("change_panel", review=review)
    return [add_member(review=review, **vars(member)) for member in members]


@transaction.atomic
def change_member(
    *,
    member: PanelMember,
    name: str,
    email: str,
    interest: str,
    domains: Sequence[Domain],
    is_chair: bool,
    named_as: str | None = None,
    asked_again: bool = False,
) -> None:
    """Change a seat. The address stays once they have an account. Raises NotPossible as `add_member`.

    Once they have an account they alone choose how the report names them.

    It stays once their scores were entered from paper, too: whoever has the new address could read them.
    """
    lock_for("change_panel", review=member.review_id)
    locked = PanelMember.objects.select_for_update(of=("self",)).get(pk=member.pk)
    if locked.user_id is None and email.lower() != locked.email:
        if locked.scores.exists():
            sentence = (
                "You entered this person’s scores from paper, so you can’t change their e-mail address."
            )
            raise NotPossible(sentence, field="email")
        _require_new_address(locked.review, email, but=locked)
        locked.email = email.lower()
    locked.name, locked.interest, locked.is_chair, locked.asked_again = name, interest, is_chair, asked_again
    if named_as is not None and locked.user_id is None:
        locked.named_as = named_as
    locked.save()
    locked.domains.set(domains)


def _require_new_address(review: Review, email: str, but: PanelMember | None = None) -> None:
    if not email:
        return
    others = PanelMember.objects.filter(review=review).exclude(pk=but.pk if but else None)
    for member in others.select_related("user"):
        if member.address.lower() == email.lower():
            left = " They left it. Put them back from the list of members." if member.declined_at else ""
            raise NotPossible(
                f"{member.name} is already on this panel with this e-mail address.{left}", field="email"
            )


@transaction.atomic
def remove_member(*, member: PanelMember) -> bool:
    """Take the seat away: True where it is gone, False where they have begun and now count as having left."""
    lock_for("change_panel", review=member.review_id)
    locked = PanelMember.objects.select_for_update(of=("self",)).get(pk=member.pk)
    begun = ScoreSheet.objects.filter(member=locked).exists() or locked.scores.exists()
    if begun or locked.declared_interests.exists() or locked.fixed_places.exists():
        leave_panel(member=locked)
        return False
    locked.delete()
    return True


@transaction.atomic
def leave_panel(*, member: PanelMember) -> None:
    """The member declines: their scores stay as rows and count no longer."""
    lock_for("leave_panel", review=member.review_id)
    PanelMember.objects.filter(pk=member.pk, declined_at=None).update(declined_at=timezone.now())


@transaction.atomic
def choose_naming(*, member: PanelMember, named_as: str) -> None:
    """Keep how the report names the member: by name and group, or by their group only."""
    lock_for("choose_naming", review=member.review_id)
    PanelMember.objects.filter(pk=member.pk).update(named_as=named_as)


@transaction.atomic
def return_to_panel(*, member: PanelMember) -> None:
    lock_for("change_panel", review=member.review_id)
    PanelMember.objects.filter(pk=member.pk).update(declined_at=None)


@transaction.atomic
def write_to_member(*, member: PanelMember, kind: str, asked_by, site: str) -> PanelMessage:
    """Send an invitation or a reminder after commit; `asked_by` is nobody for the portal's own reminders.

    `site` is the portal's own address. Raises NotPossible without an e-mail address, or where it is switched off.
    """
    action = "remind" if kind == PanelMessage.Kind.REMINDER else "change_panel"
    lock_for(action, review=member.review_id)
    rows = PanelMember.objects.select_for_update(of=("self",))
    locked = rows.select_related("user", "review__organisation").get(pk=member.pk)
    if not locked.address:
        raise NotPossible(f"You have not added an e-mail address for {locked.name}. Add one first.")
    if not sending.is_on(kind, locked.review):
        raise NotPossible(
            f"You switched off the message “{MESSAGES[kind].title}”. Switch it on, then send it again."
        )
    withdraw(locked.messages.filter(kind=kind, sent_at=None))
    message = PanelMessage.objects.create(member=locked, kind=kind, address=locked.address, asked_by=asked_by)
    link = _link(message) if kind == PanelMessage.Kind.INVITATION else reverse("my_work")
    rows = owed(locked) if kind == PanelMessage.Kind.REMINDER else []
    _email(message, link, rows, {}, site)
    return message


def tell_that_scoring_opened(case_studies: Sequence[CaseStudy], asked_by, site: str, text: str = "") -> None:
    """Write one e-mail to every member with an account who scores one of them, in the transaction that opens it.

    `text` is what the equality lead adds to it.
    """
    review = _review_of(case_studies)
    if not sending.is_on(PanelMessage.Kind.OPENED, review):
        return
    for member, own in _reachable(review, case_studies):
        message = PanelMessage.objects.create(
            member=member, kind=PanelMessage.Kind.OPENED, address=member.address, asked_by=asked_by
        )
        _email(message, reverse("my_work"), own, {"message": text}, site)


def tell_that_scoring_closed(case_studies: Sequence[CaseStudy], closed_by) -> None:
    """As `tell_that_scoring_opened`, where the panel can now read all scores of these case studies."""
    review = _review_of(case_studies)
    for member, own in _reachable(review, case_studies):
        values = {"case_studies": [str(row) for row in own], "sender": closed_by.name}
        once = f"case studies {','.join(str(row.pk) for row in own)}"
        to, link = [sending.recipient(member.user)], url_of(review, "moderation")
        sending.tell("meeting", review, to, link, values, once=once[:100])


def _review_of(case_studies: Sequence[CaseStudy]) -> Review:
    return Review.objects.select_related("organisation").get(pk=case_studies[0].review_id)


def _reachable(review: Review, case_studies: Sequence[CaseStudy]) -> Iterator[tuple[PanelMember, list]]:
    """Each member with an account who scores one of the case studies, with those that they score."""
    domains = {row.domain_id for row in case_studies}
    members = PanelMember.objects.active().filter(
        review=review, domains__in=domains, user__is_active=True, user__guest_until=None
    )
    declared = set(
        DeclaredInterest.objects.values_list("member", "case_study").filter(case_study__in=case_studies)
    )
    authors = CaseStudy.authors.through.objects.filter(casestudy__in=case_studies)
    written = set(authors.values_list("user", "casestudy"))
    for member in members.select_related("user", "review").prefetch_related("domains").distinct():
        scored = {domain.pk for domain in member.domains.all()}
        own = [row for row in case_studies if row.domain_id in scored and (member.pk, row.pk) not in declared]
        own = [row for row in own if (member.user_id, row.pk) not in written]
        if own:
            yield member, own


def _email(message: PanelMessage, link: str, rows: Sequence[CaseStudy], values: dict, site: str) -> None:
    """They never say anything about anybody's scores."""
    member = message.member
    values = values | {
        "sender": message.asked_by.name if message.asked_by else "",
        "case_studies": [_with_date(row) for row in rows],
        "count": "1 case study" if len(rows) == 1 else f"{len(rows)} case studies",
        "days": str(DAYS),
    }
    is_daily = bool(member.user and member.user.daily_email)
    to = [sending.Recipient(name=member.name, address=message.address, is_daily=is_daily)]
    sending.tell(message.kind, member.review, to, link, values, row=message, site=site)


def _with_date(row: CaseStudy) -> str:
    day = row.scoring_closes_on
    return f"{row}, please submit by {day.day} {day:%B %Y}" if day else str(row)


def _link(invitation: PanelMessage) -> str:
    """The way in of a member with an account; for others the way to accept their place."""
    if (user := invitation.member.user) is not None:
        return mail.way_in(user)
    return reverse("panel_invitation", args=[token_for(invitation)])


@transaction.atomic
def accept_place(*, invitation: PanelMessage, user: User) -> PanelMember:
    """The person takes the place that they were invited to; from now on it is theirs for good.

    They must act themselves, with an account of the address that the invitation went to: the database refuses all
    else. Raises NotPossible where the invitation is over or the person has another place on this panel.
    """
    lock_for("accept_place", review=invitation.member.review_id)
    member = PanelMember.objects.select_for_update(of=("self",)).get(pk=invitation.member_id)
    if member.user_id is not None or member.declined_at is not None or member.email != invitation.address:
        raise NotPossible("This invitation no longer works. Ask the equality lead for another one.")
    if PanelMember.objects.filter(review=member.review_id, user=user).exists():
        raise NotPossible("You already have a place on this panel. Sign in to see your work.")
    member.user, member.joined_at = user, timezone.now()
    member.save(update_fields=["user", "joined_at"])
    return member


@transaction.atomic
def declare_interest(
    *, member: PanelMember, case_study: CaseStudy, category: str, reason: str
) -> DeclaredInterest:
    """From now on the member neither scores the case study nor reads its scores. What was declared first stays.

    What they scored does not count, unless the scores are revealed already: who counts is fixed then.
    """
    lock_for("declare_interest", case_study=case_study)
    interest, _ = DeclaredInterest.objects.get_or_create(
        member=member, case_study=case_study, defaults={"category": category, "reason": reason}
    )
    return interest


@transaction.atomic
def take_back_interest(*, interest: DeclaredInterest, why: str, taken_back_by) -> None:
    """The member scores the case study again, and what they had scored counts again.

    After the reveal the member can't do it, and when another does it for them, their scores still don't count: who
    counts is fixed then. What was declared and why it was withdrawn are kept together.
    """
    is_own = interest.member.user_id == taken_back_by.pk
    if is_own:
        lock_for("withdraw_interest", case_study=interest.case_study_id)
    else:
        lock_for("withdraw_interest_of_other", review=interest.member.review_id)
    PastInterest.objects.create(
        member=interest.member,
        case_study=interest.case_study,
        reason=interest.reason,
        declared_at=interest.declared_at,
        why=why,
        taken_back_by=taken_back_by,
    )
    interest.delete()
