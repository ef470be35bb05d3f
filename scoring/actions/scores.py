"""Writes of members' scores: saving a draft, submitting."""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from casestudies.models import OutcomeArea, Version
from scoring.judging import Answer, problems
from scoring.models import Draft, PanelMember, Score, ScoreSheet


class NotWhole(Exception):
    """Answers can't be submitted yet; `problems` says what is missing."""

    def __init__(self, found):
        super().__init__("; ".join(problem.message for problem in found))
        self.problems = found


@transaction.atomic
def save_draft(
    *, member: PanelMember, version: Version, areas: list[OutcomeArea], answers: Mapping[str, Answer]
) -> ScoreSheet:
    """Keep what the member has typed for the case study so far, whole or not. `answers` by outcome code."""
    sheet, _ = ScoreSheet.objects.select_for_update().get_or_create(
        member=member, case_study_id=version.case_study_id, defaults={"version": version}
    )
    sheet.version = version
    sheet.revision += 1
    sheet.saved_at = timezone.now()
    sheet.save()
    rows = [
        Draft(
            sheet=sheet,
            outcome_area=area,
            value=answers[area.code].value,
            abstained=answers[area.code].abstained,
            rationale=answers[area.code].rationale,
        )
        for area in areas
        if area.code in answers
    ]
    Draft.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["sheet", "outcome_area"],
        update_fields=["value", "abstained", "rationale"],
    )
    return sheet


@transaction.atomic
def submit_scores(
    *, member: PanelMember, version: Version, areas: list[OutcomeArea], submitted_by
) -> list[Score]:
    """Turn the member's draft into scores and empty the draft; what was already submitted is given back as it is.

    Raises NotWhole, storing nothing, while an outcome area lacks a score or a reason.
    """
    sheet = (
        ScoreSheet.objects.select_for_update().filter(member=member, case_study=version.case_study_id).first()
    )
    drafts = list(sheet.drafts.select_related("outcome_area")) if sheet else []
    standing = list(Score.objects.filter(member=member, version__case_study=version.case_study_id).current())
    if not drafts and standing:
        return standing  # a second click on the same button
    answers = {
        draft.outcome_area.code: Answer(
            value=draft.value, abstained=draft.abstained, rationale=draft.rationale
        )
        for draft in drafts
    }
    found = problems([area.code for area in areas], answers)
    if found:
        raise NotWhole(found)
    scores = Score.objects.bulk_create(
        Score(
            member=member,
            version=version,
            outcome_area=area,
            value=answers[area.code].value,
            abstained=answers[area.code].abstained,
            rationale=answers[area.code].rationale.strip(),
            submitted_by=submitted_by,
        )
        for area in areas
    )
    sheet.drafts.all().delete()
    return scores
