"""The one place where a case study changes its stage: opening and closing its scoring, ending its meeting."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from casestudies.models import CaseStudy, CaseStudyMove, FixedPlace, PanelMember, Role, SharedCaseStudy
from casestudies.notes import note_change
from casestudies.reviews.locks import lock_for
from eds import stages
from edsportal.accounts import mail
from edsportal.accounts.models import User
from edsportal.web.addresses import url_of
from scoring.panel.actions import tell_that_scoring_closed, tell_that_scoring_opened
from scoring.review.readiness import missing_for
from scoring.review.stages.reviews import MoveRefused


@transaction.atomic
def move_case_study(*, case_study: CaseStudy, to: str, moved_by, note: str = "") -> CaseStudyMove:
    """Move one case study to another stage.

    Raises MoveRefused, changing nothing, where the move is not one of `stages.CASE_STUDY_MOVES`, something that can't
    wait is missing, or a meeting would be opened again without a reason; MovedOn where its review is not open.
    """
    lock_for("move_case_study", case_study=case_study)
    row = CaseStudy.objects.select_related("review").get(pk=case_study.pk)
    if to not in stages.CASE_STUDY_MOVES[row.stage]:
        raise MoveRefused(f"{row} is at the stage “{row.stage_name.lower()}” and can’t move there.")
    missing = [each for each in missing_for(row.review, to, [row]) if each.stops]
    if missing:
        raise MoveRefused(missing[0].text, missing)
    if (row.stage, to) == (stages.AGREED, stages.MEETING) and not note.strip():
        raise MoveRefused("Enter why you are opening the meeting again.")
    move = CaseStudyMove.objects.create(
        case_study=row, from_stage=row.stage, to_stage=to, note=note, moved_by=moved_by
    )
    if (row.stage, to) == (stages.SCORING, stages.MEETING):
        fix_panel(row)
    CaseStudy.objects.filter(pk=row.pk).update(stage=to)
    case_study.stage = to
    return move


def fix_panel(case_study: CaseStudy) -> None:
    """Whoever is on the panel for the case study now is shown with it for good: later changes are not about it.

    Those who declared an interest in it are on the panel, and so are people who joined a workshop and are not
    confirmed: their scores don't count.
    """
    members = PanelMember.objects.scoring(case_study).exclude(fixed_places__case_study=case_study)
    declared = case_study.declared_interests.values("member")
    counting = set(PanelMember.objects.counted().exclude(pk__in=declared).values_list("pk", flat=True))
    FixedPlace.objects.bulk_create(
        FixedPlace(member=member, case_study=case_study, counts=member.pk in counting) for member in members
    )


@transaction.atomic
def open_scoring(
    *, case_studies: Sequence[CaseStudy], closes_on: date | None, opened_by, site: str, text: str = ""
) -> None:
    """Open the scoring of these case studies of one review, all or none, and say by when the panel scores them.

    Writes to the members who score them, with the `text` that the lead adds; `site` is the portal's own address.
    """
    for row in case_studies:
        move_case_study(case_study=row, to=stages.SCORING, moved_by=opened_by)
        set_closing_date(case_study=row, day=closes_on)
    tell_that_scoring_opened(case_studies, opened_by, site, text)


@transaction.atomic
def close_scoring(*, case_studies: Sequence[CaseStudy], closed_by, note: str = "") -> None:
    """Close the scoring of these case studies of one review, all or none: the panel sees all scores, and is told."""
    for row in case_studies:
        move_case_study(case_study=row, to=stages.MEETING, moved_by=closed_by, note=note)
    tell_that_scoring_closed(case_studies, closed_by)


@transaction.atomic
def reopen_meeting(*, case_study: CaseStudy, reason: str, reopened_by, site: str) -> CaseStudyMove:
    """Open the meeting of an agreed case study again, and tell the organisations in whose reports it is too.

    What they published stays as it is until they correct it. Raises as `move_case_study`; `site` is the portal's own
    address.
    """
    move = move_case_study(case_study=case_study, to=stages.MEETING, moved_by=reopened_by, note=reason)
    for shared in case_study.shares.accepted().shown():
        what = f"The panel of {shared.home.organisation} opened the meeting of “{case_study.title}” again"
        note_change(review=shared.review, what=what, changed_by=reopened_by)
        _tell_partner(shared, reopened_by, site)
    return move


def _tell_partner(shared: SharedCaseStudy, sender, site: str) -> None:
    """Write to the equality leads of the organisation with which it is shared: neither the reason nor a score."""
    leads = Role.objects.filter(organisation=shared.organisation_id, kind=Role.Kind.EQUALITY_LEAD)
    for person in User.objects.filter(pk__in=leads.values("user"), is_active=True).order_by("pk"):
        mail.send_after_commit(
            template="scoring/review/stages/email/reopened",
            subject=f"{shared.home.organisation} is agreeing scores for “{shared.case_study.title}” again",
            to=person.email,
            words={"person": person, "shared": shared, "sender": sender, "link": site + url_of(shared)},
        )


@transaction.atomic
def set_closing_date(*, case_study: CaseStudy, day: date | None) -> None:
    """Say by when the panel scores it; None takes the date away. Nothing closes by itself."""
    lock_for("set_closing_date", case_study=case_study)
    CaseStudy.objects.filter(pk=case_study.pk).update(scoring_closes_on=day)
    case_study.scoring_closes_on = day
