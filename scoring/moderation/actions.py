"""Writes of what the panel agreed."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from casestudies.models import CaseStudy, OutcomeArea
from casestudies.reviews.locks import lock_for
from edsportal.web.refusals import ChangedMeanwhile, mark_of
from scoring.models import AgreedScore, Commentary


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What somebody gives for one outcome area, in points, and the `sequence` of the score that they had seen."""

    outcome_area: OutcomeArea
    value: int | None
    rationale: str
    seen: int  # 0: they had seen none
    not_applicable: bool = False

    def says(self, row: AgreedScore | None) -> bool:
        """Whether this is what the row says already."""
        said = (self.value, self.not_applicable, self.rationale)
        return row is not None and said == (row.value, row.not_applicable, row.rationale.strip())


@dataclass(frozen=True, kw_only=True)
class Text:
    """The commentary as somebody typed it, and the mark (`mark_of_text`) of the one that they had seen."""

    text: str
    seen: str


class RecordedMeanwhile(ChangedMeanwhile):
    """Somebody else recorded something else since the page was opened; nothing of this was stored."""

    def __init__(self, scores: Sequence[AgreedScore], commentary: Commentary | None):
        super().__init__("Someone else recorded something different while you were editing.")
        self.scores, self.commentary = scores, commentary


def mark_of_text(text: str) -> str:
    return mark_of(text.strip())


@transaction.atomic
def record_meeting(
    *, case_study: CaseStudy, answers: Sequence[Answer], commentary: Text | None, recorded_by
) -> None:
    """Record what changed in `answers` and `commentary` since the page that they come from was opened.

    An answer that was not touched on that page leaves what somebody else recorded meanwhile as it is. Raises
    RecordedMeanwhile, storing nothing, where one was touched and something else stands there by now, and MovedOn where
    the panel does not agree scores now.
    """
    lock_for("record_agreed_scores", case_study=case_study)
    rows = AgreedScore.objects.filter(case_study=case_study).select_related("outcome_area", "recorded_by")
    history = {(row.outcome_area_id, row.sequence): row for row in rows.order_by("sequence")}
    newest = {row.outcome_area_id: row for row in history.values()}
    changed = [each for each in answers if not each.says(history.get((each.outcome_area.pk, each.seen)))]
    conflicts = [newest[each.outcome_area.pk] for each in changed if _is_older(each, newest)]
    other_text = _other_text(case_study, commentary)
    if conflicts or other_text:
        raise RecordedMeanwhile(conflicts, other_text)
    for each in changed:
        record_agreed_score(
            case_study=case_study,
            outcome_area=each.outcome_area,
            value=each.value,
            not_applicable=each.not_applicable,
            rationale=each.rationale,
            recorded_by=recorded_by,
        )
    if commentary is not None and mark_of_text(commentary.text) != commentary.seen:
        record_commentary(case_study=case_study, text=commentary.text, recorded_by=recorded_by)


def _is_older(answer: Answer, newest: dict[int, AgreedScore]) -> bool:
    row = newest.get(answer.outcome_area.pk)
    return row is not None and row.sequence != answer.seen and not answer.says(row)


def _other_text(case_study: CaseStudy, typed: Text | None) -> Commentary | None:
    """The commentary that stands there now, if it is neither what they saw nor what they typed."""
    if typed is None or mark_of_text(typed.text) == typed.seen:
        return None
    rows = Commentary.objects.filter(case_study=case_study).current()
    stored = rows.select_related("recorded_by").first()
    now = mark_of_text(stored.text) if stored else mark_of_text("")
    if now in (typed.seen, mark_of_text(typed.text)):
        return None
    return stored or Commentary(case_study=case_study, text="")


@transaction.atomic
def record_agreed_score(
    *,
    case_study: CaseStudy,
    outcome_area: OutcomeArea,
    value: int | None,
    rationale: str,
    recorded_by,
    not_applicable: bool = False,
) -> AgreedScore:
    """Append the panel's score, in points; nothing is stored where it says the same as the current one."""
    lock_for("record_agreed_scores", case_study=case_study)
    rows = AgreedScore.objects.filter(case_study=case_study, outcome_area=outcome_area)
    newest = rows.order_by("sequence").last()
    if newest is not None and (newest.value, newest.not_applicable, newest.rationale) == (
        value,
        not_applicable,
        rationale,
    ):
        return newest
    return AgreedScore.objects.create(
        case_study=case_study,
        outcome_area=outcome_area,
        sequence=newest.sequence + 1 if newest else 1,
        value=value,
        not_applicable=not_applicable,
        rationale=rationale,
        recorded_by=recorded_by,
    )


@transaction.atomic
def record_commentary(*, case_study: CaseStudy, text: str, recorded_by) -> None:
    """Append what the panel's additional commentary says now; an empty text takes it away.

    Nothing is stored where it says the same as the newest.
    """
    lock_for("record_agreed_scores", case_study=case_study)
    newest = Commentary.objects.filter(case_study=case_study).order_by("sequence").last()
    if text == (newest.text if newest else ""):
        return
    Commentary.objects.create(
        case_study=case_study,
        sequence=newest.sequence + 1 if newest else 1,
        text=text,
        recorded_by=recorded_by,
        recorded_at=timezone.now(),
    )
