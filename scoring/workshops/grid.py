"""Paper sheets of everyone in a meeting, typed in twice: they count once a second person typed in the same.

Neither person is ever shown what the other typed, nor what is stored.
"""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from casestudies.models import OutcomeArea, PanelMember, Version
from casestudies.reviews.locks import lock_for
from eds.scores.answers import Answer, problems
from edsportal.web.refusals import NotPossible
from scoring.models import PaperSheet
from scoring.scores.actions import NotWhole
from scoring.workshops.paper import enter_paper_sheet, why_not_enter


class Differs(NotPossible):
    """The second person typed something else; `codes` are the outcome areas."""

    def __init__(self, codes: list[str], by):
        words = ", ".join(codes)
        super().__init__(f"This differs from what {by} typed in for {words}. Look at the paper again.")
        self.codes = codes


@transaction.atomic
def type_in_sheet(
    *,
    member: PanelMember,
    version: Version,
    areas: list[OutcomeArea],
    answers: Mapping[str, Answer],
    reason: str,
    entered_by,
    is_sure: bool = False,
) -> PaperSheet:
    """Keep what is on a member's sheet until a second person types in the same; then it counts.

    `answers` by outcome code. Raises Differs where the second person typed something else; with `is_sure`, after a
    second look, theirs is kept instead and somebody else has to check it. Raises NotPossible as `enter_paper_sheet`,
    NotWhole while an outcome area lacks a score or a needed reason, MovedOn where scoring has closed.
    """
    review = lock_for("enter_sheet", case_study=version.case_study_id)
    if refusal := why_not_enter(member, version):
        raise NotPossible(refusal)
    given = _with_reason(areas, answers, reason.strip())
    if missing := problems([area.code for area in areas], given, review.reasons):
        raise NotWhole(missing)
    rows = PaperSheet.objects.select_for_update(of=("self",)).select_related("entered_by")
    sheet = rows.filter(member=member, case_study=version.case_study_id).first()
    values = {area.code: answers[area.code].value for area in areas}
    if sheet is None or sheet.entered_by_id == entered_by.pk:
        return _keep(sheet, member, version, values, reason.strip(), entered_by)
    if differing := [code for code, value in values.items() if sheet.answers.get(code, "none") != value]:
        if is_sure:
            return _keep(sheet, member, version, values, reason.strip() or sheet.reason, entered_by)
        raise Differs(differing, sheet.entered_by)
    given = _with_reason(areas, answers, reason.strip() or sheet.reason)
    enter_paper_sheet(member=member, version=version, areas=areas, answers=given, entered_by=sheet.entered_by)
    sheet.answers, sheet.reason = {}, ""
    sheet.checked_at, sheet.checked_by = timezone.now(), entered_by
    sheet.save()
    return sheet


def _keep(
    sheet: PaperSheet | None, member: PanelMember, version: Version, values: dict, reason: str, entered_by
) -> PaperSheet:
    if sheet is None:
        sheet = PaperSheet(member=member, case_study_id=version.case_study_id)
    sheet.answers, sheet.reason = values, reason
    sheet.entered_by, sheet.entered_at = entered_by, timezone.now()
    sheet.save()
    return sheet


def _with_reason(areas: list[OutcomeArea], answers: Mapping[str, Answer], reason: str) -> dict[str, Answer]:
    """The answers, the first score among them with the reason that the member wrote."""
    scored = next((area.code for area in areas if answers[area.code].value is not None), None)
    return {
        code: Answer(
            value=answer.value, abstained=answer.abstained, rationale=reason if code == scored else ""
        )
        for code, answer in answers.items()
    }
