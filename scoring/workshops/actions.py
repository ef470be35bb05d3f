"""Writes of a workshop: opening it, joining, confirming who joined, moving on, closing the code."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from casestudies.models import CaseStudy, Domain, PanelMember, Review
from casestudies.reviews.locks import lock_for
from eds import stages
from eds.policy import RULES
from edsportal.accounts.models import User
from edsportal.web.refusals import NotPossible
from scoring.models import Joining, Workshop
from scoring.panel.actions import leave_panel
from scoring.workshops.join_code import new_code

MOST_SEATS = 200  # the largest events had 80 people; a code that got out fills no database


@transaction.atomic
def open_workshop(*, review: Review, hours: int, opened_by) -> Workshop:
    """Open a workshop for so many hours from now, with a code that no other had.

    Raises NotPossible while another workshop of the review can be joined, and MovedOn where members don't score.
    """
    locked = lock_for("run_workshop", review=review)
    if locked.workshops.open_to_join().exists():
        raise NotPossible("A workshop is already open. Stop new people joining it first.")
    opened_at = timezone.now()
    return Workshop.objects.create(
        review=locked,
        code=_unused_code(),
        opened_by=opened_by,
        opened_at=opened_at,
        ends_at=opened_at + timedelta(hours=hours),
    )


def _unused_code() -> str:
    while Workshop.objects.filter(code=(code := new_code())).exists():
        pass
    return code


@transaction.atomic
def join_workshop(
    *, code: str, name: str, interest: str, is_table: bool, page: UUID, named_as: str = ""
) -> Joining:
    """Give a person or a table a seat on the panel, to be confirmed, and a guest's account until the workshop ends.

    `page` is the form that was sent: sent twice it makes one seat. Raises NotPossible, storing nothing.
    """
    workshop = _joinable(code)
    if (again := Joining.objects.filter(page=page).select_related("member__user").first()) is not None:
        if again.workshop_id != workshop.pk or again.member.declined_at is not None:
            raise NotPossible(
                "This page has already been used. Ask the person who runs the workshop for help", field="code"
            )
        return again
    review = workshop.review
    if workshop.joinings.count() >= MOST_SEATS:
        raise NotPossible("This workshop is full. Ask the person who runs it for help", field="code")
    user = User.objects.create_guest(name=name, until=workshop.ends_at)
    name = _name_of_their_own(review, user.name)
    member = PanelMember.objects.create(
        review=review,
        user=user,
        name=name,
        interest=interest,
        named_as=named_as,
        position=review.panel_members.count(),
        joined_at=timezone.now(),
    )
    member.domains.set(Domain.objects.filter(case_studies__review=review).distinct())
    return Joining.objects.create(member=member, workshop=workshop, is_table=is_table, page=page)


def _name_of_their_own(review, name: str) -> str:
    """The name, with a number where somebody on the panel is called so: whoever joins is not told that they are."""
    taken = {each.casefold() for each in review.panel_members.active().values_list("name", flat=True)}
    if name.casefold() not in taken:
        return name
    numbered = (f"{name} ({number})" for number in range(2, len(taken) + 3))
    return next(each for each in numbered if each.casefold() not in taken)


def _joinable(code: str) -> Workshop:
    """The workshop with this code, with its review locked."""
    rows = Workshop.objects.open_to_join().filter(code=code).select_related("review__organisation")
    if (workshop := rows.first()) is not None:
        Review.objects.select_for_update(of=("self",)).get(pk=workshop.review_id)
        workshop = rows.first()
    if workshop is None or not RULES["score_in_workshop"].is_open_at(workshop.review.all_stages()):
        raise NotPossible("No open workshop has this code. Check it on the workshop screen", field="code")
    return workshop


@transaction.atomic
def confirm_joinings(*, workshop: Workshop, confirmed_by, joinings: list[int] | None = None) -> int:
    """Confirm those people, or everybody who waits; gives how many were confirmed."""
    lock_for("confirm_members", review=workshop.review_id)
    waiting = workshop.joinings.present().filter(confirmed_at=None)
    if joinings is not None:
        waiting = waiting.filter(pk__in=joinings)
    return Joining.objects.filter(pk__in=list(waiting.values_list("pk", flat=True))).update(
        confirmed_at=timezone.now(), confirmed_by=confirmed_by
    )


@transaction.atomic
def remove_joining(*, joining: Joining) -> None:
    """Take a person off the panel: they are signed out, and what they scored counts nowhere. Nothing is deleted.

    Raises MovedOn once scoring has closed: nobody is removed for what they scored.
    """
    lock_for("run_workshop", review=joining.workshop.review_id)
    leave_panel(member=joining.member)
    User.objects.filter(pk=joining.member.user_id).update(guest_until=timezone.now())


@transaction.atomic
def move_on(*, workshop: Workshop, case_study: CaseStudy) -> None:
    """Tell the room which case study is scored now. Raises NotPossible where its scoring is not open."""
    lock_for("run_workshop", review=workshop.review_id)
    if CaseStudy.objects.values_list("stage", flat=True).get(pk=case_study.pk) != stages.SCORING:
        raise NotPossible(f"Scoring is not open for {case_study}.")
    Workshop.objects.filter(pk=workshop.pk).update(now_scoring=case_study)
    workshop.now_scoring = case_study


@transaction.atomic
def close_code(*, workshop: Workshop, closed_by) -> None:
    """Let nobody else in. Who has joined goes on scoring until the workshop ends."""
    lock_for("close_code", review=workshop.review_id)
    Workshop.objects.filter(pk=workshop.pk, code_closed_at=None).update(
        code_closed_at=timezone.now(), code_closed_by=closed_by
    )
