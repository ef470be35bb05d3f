"""The pages on which a review and its case studies change their stage."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render

from casestudies.models import CaseStudy, CaseStudyMove, Domain, Review
from casestudies.reviews.doors import case_study_door, review_door
from eds import stages
from edsportal.web.addresses import url_of
from edsportal.web.form_pages import edit, posted
from edsportal.web.refusals import NotPossible
from scoring.publishing.runs import start_run
from scoring.review.readiness import Missing, missing_before, missing_for
from scoring.review.stages.case_studies import close_scoring, move_case_study, open_scoring, set_closing_date
from scoring.review.stages.case_studies import reopen_meeting as reopen
from scoring.review.stages.forms import (
    CloseScoringForm,
    ClosingDateForm,
    EndMeetingForm,
    MoveForm,
    OpenScoringForm,
    ReasonForm,
)
from scoring.review.stages.reviews import MoveRefused, move_review


@dataclass(frozen=True, kw_only=True)
class Line:
    """One case study with what is still to do before its next stage, and whether it can move there, or back."""

    case_study: CaseStudy
    missing: list[Missing]
    can_write_again: bool

    @property
    def can_move_on(self) -> bool:
        return not any(each.stops for each in self.missing)


@dataclass(frozen=True, kw_only=True)
class Group:
    """A domain with its case studies."""

    domain: Domain
    lines: list[Line]
    left_out: str  # why it is not assessed; "" where it is

    def _ready(self, stage: str) -> int:
        return sum(line.case_study.stage == stage and line.can_move_on for line in self.lines)

    @property
    def can_open_count(self) -> int:
        """How many can be opened for scoring now."""
        return self._ready(stages.WRITING)

    @property
    def can_close_count(self) -> int:
        return self._ready(stages.SCORING)


def groups_of(review: Review) -> list[Group]:
    """The review's own case studies by domain, each with what is missing before its next stage."""
    rows = list(review.case_studies.select_related("domain", "review__organisation").order_by("number"))
    missing = [each for stage, to in ONWARD.items() for each in missing_for(review, to, _at(rows, stage))]
    scored = {each.of for each in missing_for(review, stages.WRITING, _at(rows, stages.SCORING))}
    domains: dict[Domain, list[Line]] = {}
    for row in rows:
        line = Line(
            case_study=row,
            missing=[each for each in missing if each.of == row.pk],
            can_write_again=row.stage == stages.SCORING and row.pk not in scored,
        )
        domains.setdefault(row.domain, []).append(line)
    left_out = dict(review.left_out_domains.values_list("domain", "reason"))
    return [
        Group(domain=domain, lines=lines, left_out=left_out.get(domain.pk, ""))
        for domain, lines in domains.items()
    ]


def _at(rows: Sequence[CaseStudy], stage: str) -> list[CaseStudy]:
    return [row for row in rows if row.stage == stage]


ONWARD = {
    stages.WRITING: stages.SCORING,
    stages.SCORING: stages.MEETING,
    stages.MEETING: stages.AGREED,
}


def where(review: Review) -> str:
    """Where a review is, in words, from its case studies."""
    at: dict[str, list[str]] = {}
    for row in review.case_studies.select_related("domain").order_by("domain__number"):
        at.setdefault(row.domain.name, []).append(row.stage)
    return stages.summary(at.items())


def stage(request, organisation: str, year: str):
    """Where each case study and the review are, what is missing, and the moves that are possible now."""
    row, standing = review_door(request, organisation, year)
    standing.require("move_review")
    missing = {to: missing_before(row, to) for to in stages.REVIEW_MOVES[row.stage]}
    moves = [to for to in stages.REVIEW_MOVES[row.stage] if not missing[to]]
    form = MoveForm(posted(request), review=row, moves=moves) if moves else None
    if form is not None and form.is_bound and form.is_valid():
        to, note = form.cleaned_data["to"], form.cleaned_data["note"]
        try:
            if to == stages.PUBLISHED:
                start_run(review=row, note=note, started_by=request.user)
                return redirect("publishing", organisation, year)
            move_review(review=row, to=to, moved_by=request.user, note=note)
        except MoveRefused as refused:
            form.add_error("to", str(refused))
        else:
            messages.success(request, f"The review is now at the stage “{row.stage_name.lower()}”.")
            return redirect("review", organisation, year)
    elif request.method == "POST" and form is None:
        messages.warning(request, "We did not move the review. First do what is still to do.")
    groups = groups_of(row)
    next_stage = next((to for to in missing if stages.is_forward(current=row.stage, target=to)), None)
    page = {
        "review": row,
        "where": where(row),
        "groups": groups,
        "can_open_all": sum(group.can_open_count for group in groups) > 1,
        "can_close_all": sum(group.can_close_count for group in groups) > 1,
        "form": form,
        "can": standing.can,
        "next_stage": next_stage and stages.NAMES[next_stage],
        "missing": missing.get(next_stage, []),
        "moves": row.stage_moves.select_related("moved_by"),
        "case_study_moves": _moves_of(row),
    }
    return render(request, "scoring/review/stages/stage.html", page)


def _moves_of(review: Review):
    rows = CaseStudyMove.objects.filter(case_study__review=review)
    return rows.select_related("case_study", "moved_by")


def _ready(review: Review, current: str) -> list[CaseStudy]:
    """The case studies at this stage that nothing keeps from the next."""
    rows = list(
        review.case_studies.filter(stage=current).select_related("domain", "review").order_by("number")
    )
    kept = {each.of for each in missing_for(review, ONWARD[current], rows) if each.stops}
    return [row for row in rows if row.pk not in kept]


def _chosen(request, rows: Sequence[CaseStudy]) -> list[int]:
    """Which are ticked at first: those of a domain or the one that the address names, else all."""
    number, domain = request.GET.get("case_study", ""), request.GET.get("domain", "")
    return [
        row.number
        for row in rows
        if number in ("", str(row.number)) and domain in ("", str(row.domain.number))
    ]


def open_case_studies(request, organisation: str, year: str):
    """Open the scoring of one case study, of a domain's or of all that are ready."""
    review, standing = review_door(request, organisation, year)
    standing.require("open_and_close_scoring")
    rows = _ready(review, stages.WRITING)
    if not rows:
        raise PermissionDenied(
            "No case study is ready for scoring now. The stage page shows what is missing."
        )
    form = OpenScoringForm(
        posted(request), case_studies=rows, initial={"case_studies": _chosen(request, rows)}
    )

    def save() -> str:
        chosen = form.chosen()
        open_scoring(
            case_studies=chosen,
            closes_on=form.cleaned_data["scoring_closes_on"],
            opened_by=request.user,
            site=request.build_absolute_uri("/")[:-1],
            text=form.cleaned_data["message"],
        )
        return f"{_done('Scoring is open for', chosen)} We are e-mailing the panel members who score."

    page = {"review": review}
    return edit(
        request, form, save, "scoring/review/stages/open_scoring.html", page, to=url_of(review, "stage")
    )


def _done(what: str, chosen: Sequence[CaseStudy]) -> str:
    return f"{what} {chosen[0]}." if len(chosen) == 1 else f"{what} {len(chosen)} case studies."


def close_case_studies(request, organisation: str, year: str):
    """Close the scoring of one case study, of a domain's or of all that are scored: this shows the panel all scores."""
    review, standing = review_door(request, organisation, year)
    standing.require("open_and_close_scoring")
    rows = _ready(review, stages.SCORING)
    if not rows:
        raise PermissionDenied("Scoring is not open for any case study now.")
    missing = missing_for(review, stages.MEETING, rows)
    form = CloseScoringForm(
        posted(request),
        case_studies=rows,
        is_waiting=bool(missing),
        initial={"case_studies": _chosen(request, rows)},
    )

    def save() -> str:
        chosen = form.chosen()
        if missing_for(review, stages.MEETING, chosen) and not form.cleaned_data.get("close"):
            raise NotPossible(
                "Tick the box to close scoring now, or wait until they have submitted", field="close"
            )
        close_scoring(case_studies=chosen, closed_by=request.user, note=form.cleaned_data["note"])
        return _done("Scoring has closed for", chosen)

    page = {"review": review, "missing": missing}
    return edit(
        request, form, save, "scoring/review/stages/close_scoring.html", page, to=url_of(review, "stage")
    )


def write_again(request, organisation: str, year: str, number: int):
    """Back from scoring to writing, while nobody has submitted."""
    row, standing = case_study_door(request, organisation, year, number)
    standing.require("move_case_study", row)

    def act(note: str) -> None:
        move_case_study(case_study=row, to=stages.WRITING, moved_by=request.user, note=note)

    return _back(request, row, stages.SCORING, stages.WRITING, act, "Authors can write {row} again.")


def reopen_meeting(request, organisation: str, year: str, number: int):
    """Back from agreed to the meeting, with a reason."""
    row, standing = case_study_door(request, organisation, year, number)
    standing.require("finish_meeting", row)

    def act(note: str) -> None:
        site = request.build_absolute_uri("/")[:-1]
        reopen(case_study=row, reason=note, reopened_by=request.user, site=site)

    return _back(request, row, stages.AGREED, stages.MEETING, act, "The meeting of {row} is open again.")


def _back(request, row: CaseStudy, current: str, to: str, act: Callable[[str], None], done: str):
    """The form that asks for the reason of a move back, which `act` makes."""
    if row.stage != current:
        raise PermissionDenied(f"{row} is at the stage “{row.stage_name.lower()}” now.")
    if missing := [
        each for each in missing_for(row.review, to, [row]) if each.stops and to == stages.WRITING
    ]:
        raise PermissionDenied(missing[0].text)
    back = url_of(row) if to == stages.MEETING else url_of(row.review, "stage")
    form = ReasonForm(posted(request), back=back)

    def save() -> str:
        act(form.cleaned_data["note"])
        return done.format(row=row)

    page = {"review": row.review, "case_study": row, "to": to}
    return edit(request, form, save, "scoring/review/stages/move_back.html", page, to=back)


def end_meeting(request, organisation: str, year: str, number: int):
    """The panel has agreed every score of the case study: from now on they are fixed."""
    row, standing = case_study_door(request, organisation, year, number)
    standing.require("finish_meeting", row)
    if row.stage != stages.MEETING:
        raise PermissionDenied(f"{row} is at the stage “{row.stage_name.lower()}” now.")
    missing = missing_for(row.review, stages.AGREED, [row])
    form = EndMeetingForm(posted(request), back=url_of(row, "moderate"))

    def save() -> str:
        move_case_study(
            case_study=row, to=stages.AGREED, moved_by=request.user, note=form.cleaned_data["note"]
        )
        return f"{row} is agreed."

    page = {"review": row.review, "case_study": row, "missing": missing}
    template = "scoring/review/stages/end_meeting.html"
    if missing:
        return render(request, template, page)
    return edit(request, form, save, template, page, to=url_of(row.review, "moderation"))


def closing_date(request, organisation: str, year: str, number: int):
    """By which day the panel scores a case study."""
    row, standing = case_study_door(request, organisation, year, number)
    standing.require("set_closing_date", row)
    form = ClosingDateForm(posted(request), initial={"scoring_closes_on": row.scoring_closes_on})

    def save() -> str:
        set_closing_date(case_study=row, day=form.cleaned_data["scoring_closes_on"])
        return "The date is saved."

    page = {"review": row.review, "case_study": row}
    to = url_of(row.review, "stage")
    return edit(request, form, save, "scoring/review/stages/closing_date.html", page, to=to)
