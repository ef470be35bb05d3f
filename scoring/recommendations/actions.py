"""Writes of recommendations and of the progress made on them."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone

from casestudies.models import CaseStudy, Objective, OutcomeArea, Review
from casestudies.notes import note_change
from casestudies.reviews.locks import lock_for
from eds import stages
from scoring.models import ProgressNote, Recommendation, Theme
from scoring.recommendations.owners import tell_owners


@dataclass(frozen=True, kw_only=True)
class Wording:
    """What a recommendation says; `theme` is the theme's title, new or known, and `due` a day or a month.

    It answers one of the organisation's equality objectives, or one that `objective` tells in words, or none.
    """

    theme: str
    action: str
    equality_objective: Objective | None = None
    objective: str = ""
    owner: str = ""
    owner_email: str = ""
    due: str = ""
    outcome_areas: Collection[OutcomeArea] = ()
    case_studies: Collection[CaseStudy] = ()


@transaction.atomic
def recommend(*, review: Review, wording: Wording) -> Recommendation:
    """Add a recommendation at the end of its theme; a theme that is not there yet is added at the end."""
    lock_for("recommend", review=review)
    theme = _theme(review, wording.theme)
    row = Recommendation.objects.create(
        theme=theme, position=_next(theme.recommendations), action=wording.action
    )
    return _say(row, wording)


@transaction.atomic
def reword(*, recommendation: Recommendation, wording: Wording) -> Recommendation:
    """Change what a recommendation says; under another theme it goes to its end, and an empty theme goes away."""
    old = recommendation.theme
    lock_for("recommend", review=old.review_id)
    theme = _theme(old.review, wording.theme)
    if theme != old:
        recommendation.theme, recommendation.position = theme, _next(theme.recommendations)
    _say(recommendation, wording)
    _drop_if_empty(old)
    return recommendation


@transaction.atomic
def withdraw(*, recommendation: Recommendation) -> None:
    """Take a recommendation away; its theme goes with its last one."""
    theme = recommendation.theme
    lock_for("recommend", review=theme.review_id)
    recommendation.delete()
    _drop_if_empty(theme)


@transaction.atomic
def name_owner(*, recommendation: Recommendation, owner: str, owner_email: str, named_by) -> None:
    """Say who owns it now, which is kept in the review's changes. The link of the owner before is over."""
    review = lock_for("name_owner", review=recommendation.theme.review_id)
    row = Recommendation.objects.select_for_update(of=("self",)).get(pk=recommendation.pk)
    _give_owner(row, owner, owner_email)
    row.save(update_fields=["owner", "owner_email", "owner_since"])
    note_change(review=review, what=f"Changed the owner of “{row.action}”", changed_by=named_by)
    if review.stage == stages.PUBLISHED:
        tell_owners([row], named_by)


@transaction.atomic
def note_progress(
    *,
    recommendation: Recommendation,
    status: str,
    text: str,
    noted_by=None,
    noted_as: str = "",
    is_owner: bool = False,
) -> ProgressNote:
    """Give the recommendation a status, and keep what was noted then and by whom. A dropped one says here why.

    By a person who is signed in, or by the owner's link: then `noted_as` names the owner. An owner can only once the
    scores of the review are agreed. Raises ValueError without a
    text, which is the reason of one that is dropped.
    """
    if not text.strip():
        raise ValueError("A note needs its text.")
    action = "note_progress_as_owner" if is_owner else "note_progress"
    lock_for(action, review=recommendation.theme.review_id)
    Recommendation.objects.filter(pk=recommendation.pk).update(status=status)
    return ProgressNote.objects.create(
        recommendation=recommendation, status=status, text=text, noted_by=noted_by, noted_as=noted_as
    )


def _theme(review: Review, title: str) -> Theme:
    """Needs the review to be locked, so that two people never make one theme twice."""
    known = review.themes.filter(title__iexact=title.strip()).first()
    return known or review.themes.create(title=title.strip(), position=_next(review.themes))


def _next(rows) -> int:
    return (rows.aggregate(last=Max(F("position")))["last"] or 0) + 1


def _say(row: Recommendation, wording: Wording) -> Recommendation:
    row.action, row.equality_objective = wording.action, wording.equality_objective
    row.objective = "" if wording.equality_objective else wording.objective
    row.due = wording.due
    _give_owner(row, wording.owner, wording.owner_email)
    row.save()
    row.outcome_areas.set(wording.outcome_areas)
    row.case_studies.set(wording.case_studies)
    return row


def _give_owner(row: Recommendation, owner: str, email: str) -> None:
    """Links that went to another owner end by the new `owner_since`."""
    email = email.strip().lower()
    if (row.owner, row.owner_email) != (owner, email):
        row.owner, row.owner_email, row.owner_since = owner, email, timezone.now()


def _drop_if_empty(theme: Theme) -> None:
    if not theme.recommendations.exists():
        theme.delete()
