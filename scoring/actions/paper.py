"""The write of a scoring sheet that came on paper."""

from collections.abc import Mapping

from django.db import transaction
from django.db.models import Q

from casestudies.models import OutcomeArea, PanelMember, Version
from eds import stages
from eds.answers import Answer
from scoring.actions.at_stage import lock_at
from scoring.models import Draft, Score, ScoreSheet
from scoring.scores.actions import Stale, save_draft, submit_scores


class SheetRefused(Exception):
    """The sheet can't be entered; the message says why and what to do."""


@transaction.atomic
def enter_paper_sheet(
    *,
    member: PanelMember,
    version: Version,
    areas: list[OutcomeArea],
    answers: Mapping[str, Answer],
    entered_by,
) -> list[Score]:
    """Submit for a member what they wrote on paper. Each score says who entered it. `answers` by outcome code.

    Raises SheetRefused where the member submitted or typed something themselves, so that nothing of theirs is lost,
    NotWhole while an outcome area lacks a score or a reason, and MovedOn where scoring has closed.
    """
    lock_at(stages.SCORING, case_studies=version.case_study_id)
    sheet = ScoreSheet.objects.filter(member=member, case_study=version.case_study_id).first()
    refusal = why_not_enter(member, version)
    if refusal is not None:
        raise SheetRefused(refusal)
    try:
        revision = sheet.revision if sheet else 0
        save_draft(member=member, version=version, areas=areas, answers=answers, revision=revision)
    except Stale:
        raise SheetRefused(_begun(member, version)) from None
    return submit_scores(member=member, version=version, areas=areas, submitted_by=entered_by)


def why_not_enter(member: PanelMember, version: Version) -> str | None:
    """Why a sheet of this member for this case study can't be entered; None where it can."""
    case_study = version.case_study
    if not member.domains.filter(pk=case_study.domain_id).exists():
        return f"{member} is on the panel for other domains, so does not score {case_study}."
    if member.declared_interests.filter(case_study=case_study).exists():
        return f"{member} declared an interest in {case_study}, so does not score it."
    if Score.objects.filter(member=member, version__case_study=case_study).exists():
        return f"Scores of {member} for {case_study} are submitted already. Only {member} can change them."
    written = Q(value__isnull=False) | Q(abstained=True) | ~Q(rationale="")
    if Draft.objects.filter(written, sheet__member=member, sheet__case_study=case_study).exists():
        return _begun(member, version)
    return None


def _begun(member: PanelMember, version: Version) -> str:
    return (
        f"{member} has begun to score {version.case_study} in the portal. Ask them to submit there, or to empty their "
        "answers and save, so that nothing they wrote is lost."
    )
