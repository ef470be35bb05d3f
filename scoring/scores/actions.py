"""Writes of members' scores: saving a draft, submitting, and changing what was submitted.

Every write locks the member's sheet for the case study, so that two pages of one member wait for each other. What makes
scores locks the review before it, so that none comes in after it has moved on.
"""

from collections.abc import Mapping
from dataclasses import replace

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from casestudies.models import CaseStudy, OutcomeArea, PanelMember, Version
from casestudies.reviews.locks import lock_for, require_stage
from eds import stages
from eds.scores.answers import Answer, Problem, problems
from scoring.models import Draft, Score, ScoreSheet

CORRECTED = "Corrected before scoring closed."
CONFIRMED = "Confirmed after reading what changed in version {number}."


class NotWhole(Exception):
    """Answers can't be submitted yet; `problems` says what is missing."""

    def __init__(self, found: list[Problem]):
        super().__init__("; ".join(problem.message for problem in found))
        self.problems = found


class Stale(Exception):
    """Something else was saved or submitted since; `saved` holds those answers by outcome code."""

    def __init__(self, sheet: ScoreSheet, saved: Mapping[str, Answer]):
        super().__init__("Other answers were saved after you opened this page.")
        self.sheet = sheet
        self.saved = saved


class TextChanged(Exception):
    """The case study changed since the answers were written, and the member has not confirmed that they read it."""


@transaction.atomic
def save_draft(
    *,
    member: PanelMember,
    version: Version,
    areas: list[OutcomeArea],
    answers: Mapping[str, Answer],
    revision: int | None = None,
    page: str = "",
    reread: bool = True,
    rescoring: bool = False,
    reason: str = "",
) -> ScoreSheet:
    """Keep what the member has typed for the case study so far, whole or not. `answers` by outcome code.

    `revision` is the sheet's revision that the member's page was made from and `page` that page's own name: with them
    a page never overwrites what another saved meanwhile. `reread=False` leaves the answers with the version for which
    they were begun. Raises Stale, storing nothing, for an older page, and after submitting unless `rescoring`,
    MovedOn where members don't score now. A draft counts nowhere, so the review is not locked for it.
    """
    sheet = _locked_sheet(member, version)
    require_stage("change_scores" if rescoring else "score", sheet.here)
    _require_newest(sheet, answers, revision, page, rescoring)
    if sheet.is_submitted and not rescoring:
        return sheet  # the same as was submitted: a page's last save that came late
    if reread:
        sheet.version = version
    sheet.page, sheet.reason = page, reason
    _count_save(sheet)
    _store_drafts(sheet, areas, answers)
    return sheet


def _store_drafts(sheet: ScoreSheet, areas: list[OutcomeArea], answers: Mapping[str, Answer]) -> None:
    """Each answer with the page and the revision that it was saved by."""
    saved = {"sheet": sheet, "revision": sheet.revision, "page": sheet.page}
    Draft.objects.bulk_create(
        [
            Draft(outcome_area=area, **saved, **_values(answers[area.code]))
            for area in areas
            if area.code in answers
        ],
        update_conflicts=True,
        unique_fields=["sheet", "outcome_area"],
        update_fields=["value", "abstained", "rationale", "revision", "page"],
    )


@transaction.atomic
def submit_scores(
    *,
    member: PanelMember,
    version: Version,
    areas: list[OutcomeArea],
    submitted_by,
    revision: int | None = None,
    reread: bool = False,
) -> list[Score]:
    """Turn the member's draft into scores and empty the draft; what was already submitted is given back as it is.

    `version` is the newest text. Storing nothing, raises NotWhole while an outcome area lacks a score or a reason,
    Stale where the sheet is not at `revision` any more, TextChanged where the draft was written for an older text and
    the member has not `reread` this one, MovedOn where scoring has closed.
    """
    lock_for("score", case_study=version.case_study_id)
    sheet = _locked_sheet(member, version)
    standing = _standing(sheet)
    if standing:
        return standing  # a second click on the same button
    answers = answers_on(sheet)
    if revision is not None and revision != sheet.revision:
        raise Stale(sheet, answers)
    if missing := problems([area.code for area in areas], answers, sheet.reasons):
        raise NotWhole(missing)
    if sheet.version_id != version.pk:
        if not reread:
            raise TextChanged
        sheet.version = version
    scores = Score.objects.bulk_create(
        _score(sheet, area, answers[area.code], submitted_by=submitted_by) for area in areas
    )
    _empty(sheet)
    return scores


@transaction.atomic
def rescore(
    *,
    member: PanelMember,
    version: Version,
    areas: list[OutcomeArea],
    answers: Mapping[str, Answer],
    reason: str,
    submitted_by,
    revision: int | None = None,
    page: str = "",
) -> list[Score]:
    """Change submitted scores: append a row for each outcome area whose answer differs, with the reason.

    Once others may have seen the scores a change needs its reason; before, a correction needs none.
    `version` is the text that the member read. Where their scores are for an older one, the unchanged are confirmed
    for it by a row of their own. Gives the new rows: none where nothing differs, or nothing was submitted (a draft is
    left as it is). Raises NotWhole or Stale, and MovedOn once the panel has agreed its scores.
    """
    lock_for("change_scores", case_study=version.case_study_id)
    sheet = _locked_sheet(member, version)
    _require_newest(sheet, answers, revision, page, rescoring=True)
    standing = {score.outcome_area_id: score for score in _standing(sheet)}
    if not standing:
        return []
    changed = {area.pk for area in areas if _differs(answers.get(area.code), standing.get(area.pk))}
    reason = reason.strip() or ("" if sheet.at in stages.REVEALED else CORRECTED)
    _require_whole(sheet, areas, answers, lacks_reason=bool(changed) and not reason)
    sheet.version = version
    rows = []
    for area in areas:
        old = standing.get(area.pk)
        if area.pk not in changed and old.version_id == version.pk:
            continue
        why = reason if area.pk in changed else CONFIRMED.format(number=version.number)
        rows.append(_score(sheet, area, answers[area.code], submitted_by=submitted_by, after=old, reason=why))
    _empty(sheet)
    return Score.objects.bulk_create(rows)


def _require_whole(sheet: ScoreSheet, areas, answers, *, lacks_reason: bool) -> None:
    missing = problems([area.code for area in areas], answers, sheet.reasons)
    if lacks_reason:
        missing.append(Problem(code="", part="reason", message="Enter why you are changing your scores"))
    if missing:
        raise NotWhole(missing)


@transaction.atomic
def confirm_scores(
    *, member: PanelMember, version: Version, areas: list[OutcomeArea], submitted_by
) -> list[Score]:
    """The member has read `version`, and their scores stand: append them for it. A second click appends nothing.

    Raises MovedOn as `rescore`.
    """
    lock_for("change_scores", case_study=version.case_study_id)
    sheet = _locked_sheet(member, version)
    answers = {score.outcome_area.code: Answer.of(score) for score in _standing(sheet)}
    return rescore(
        member=member,
        version=version,
        areas=[area for area in areas if area.code in answers],
        answers=answers,
        reason="",
        submitted_by=submitted_by,
    )


@transaction.atomic
def discard_change(*, member: PanelMember, case_study: CaseStudy) -> None:
    """Throw away what the member typed to change submitted scores; the scores stand."""
    lock_for("change_scores", case_study=case_study)
    sheet = ScoreSheet.objects.select_for_update().filter(member=member, case_study=case_study).first()
    if sheet is not None and _standing(sheet):
        _empty(sheet)


def answers_on(sheet: ScoreSheet) -> dict[str, Answer]:
    """What is saved, by outcome code: the draft, or else the current scores."""
    rows = list(sheet.drafts.select_related("outcome_area")) or _standing(sheet)
    return {row.outcome_area.code: Answer.of(row) for row in rows}


def _locked_sheet(member: PanelMember, version: Version) -> ScoreSheet:
    submitted = Score.objects.filter(member=OuterRef("member"), version__case_study=OuterRef("case_study"))
    sheet, created = (
        ScoreSheet.objects.select_for_update(of=("self",))
        .annotate(
            is_submitted=Exists(submitted),
            at=F("case_study__stage"),
            review_at=F("case_study__review__stage"),
            reasons=F("case_study__review__reasons"),
        )
        .get_or_create(member=member, case_study_id=version.case_study_id, defaults={"version": version})
    )
    if created:  # scores that came in with an imported report have no sheet
        sheet.is_submitted = bool(_standing(sheet))
        rows = CaseStudy.objects.values_list("stage", "review__stage", "review__reasons")
        sheet.at, sheet.review_at, sheet.reasons = rows.get(pk=version.case_study_id)
    sheet.here = {sheet.at, sheet.review_at}
    return sheet


def _standing(sheet: ScoreSheet) -> list[Score]:
    """The member's current scores of the case study."""
    scores = Score.objects.filter(member=sheet.member_id, version__case_study=sheet.case_study_id)
    return list(scores.current().select_related("outcome_area"))


def _require_newest(
    sheet: ScoreSheet, answers: Mapping[str, Answer], revision: int | None, page: str, rescoring: bool
) -> None:
    """Raise Stale where saving `answers` would overwrite what this page has not seen.

    The same answers again are no conflict: an answer of ours may have been lost on the way to the page.
    """
    is_newest = revision is None or revision == sheet.revision or (page != "" and page == sheet.page)
    if is_newest and (rescoring or not sheet.is_submitted):
        return
    saved = answers_on(sheet)
    seen = _seen(sheet, revision, page)
    for code, answer in answers.items():
        is_there = code in saved or sheet.is_submitted
        if is_there and code not in seen and answer != saved.get(code, Answer()):
            raise Stale(sheet, saved)


def _seen(sheet: ScoreSheet, revision: int | None, page: str) -> set[str]:
    """The outcome areas whose draft is as this page knows it: saved before the page was made, or by the page."""
    if revision is None:
        return set()
    rows = sheet.drafts.filter(Q(revision__lte=revision) | (Q(page=page) & ~Q(page="")))
    return set(rows.values_list("outcome_area__code", flat=True))


def _differs(answer: Answer | None, score: Score | None) -> bool:
    if answer is None or score is None:
        return answer is not None
    return replace(answer, rationale=answer.rationale.strip()) != Answer.of(score)


def _values(answer: Answer) -> dict:
    return {"value": answer.value, "abstained": answer.abstained, "rationale": answer.rationale}


def _score(
    sheet: ScoreSheet,
    area: OutcomeArea,
    answer: Answer,
    *,
    submitted_by,
    after: Score | None = None,
    reason: str = "",
) -> Score:
    """A new row, not stored yet; it comes after the score `after` of the same outcome area."""
    return Score(
        member_id=sheet.member_id,
        version_id=sheet.version_id,
        outcome_area=area,
        sequence=after.sequence + 1 if after else 1,
        value=answer.value,
        abstained=answer.abstained,
        rationale=answer.rationale.strip(),
        reason=reason,
        submitted_by=submitted_by,
    )


def _count_save(sheet: ScoreSheet) -> None:
    sheet.revision += 1
    sheet.saved_at = timezone.now()
    sheet.save()


def _empty(sheet: ScoreSheet) -> None:
    """Nothing is in draft any more; every open page is older than this."""
    sheet.page = sheet.reason = ""
    _count_save(sheet)
    sheet.drafts.all().delete()
