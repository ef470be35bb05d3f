"""The review: its overview, its stage."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render

from casestudies.models import CaseStudy, Handover, Organisation, Review
from casestudies.reviews.doors import case_study_door, review_door
from casestudies.reviews.roles import Standing
from casestudies.writing.reading import reading_of
from eds import stages
from eds.content import ReportContent
from edsportal.web.addresses import url_of
from edsportal.web.form_pages import edit, posted
from scoring.models import SelfAssessment
from scoring.panel.progress import seats
from scoring.publishing.runs import start_run
from scoring.review.overview import overview
from scoring.review.readiness import missing_before
from scoring.review.stages import ClosingDateForm, MoveForm, MoveRefused, move_review, set_closing_date


def reviews(request):
    rows = Review.objects.visible_to(request.user).select_related("organisation", "framework")
    page = Paginator(rows.order_by("-year", "organisation__name"), 50).get_page(request.GET.get("page"))
    can_start = Organisation.objects.led_by(request.user).exists()
    return render(request, "scoring/review/reviews.html", {"page": page, "can_start": can_start})


def review(request, organisation: str, year: str):
    """One review: what it is, its case studies, and what this person can do in it."""
    row, standing = review_door(request, organisation, year)
    page = {"review": row, "meaning": stages.MEANINGS[row.stage]} | overview(row, standing, request.user)
    if standing.may("move_review"):
        page |= _way_on(row, page["content"])
    return render(request, "scoring/review/review.html", page)


def _way_on(review: Review, scored: ReportContent | None = None) -> dict:
    """The next stage, and what is missing before it."""
    following = stages.after(review.stage)
    if following is None:
        return {}
    missing = missing_before(review, following, scored)
    return {"next_stage": stages.NAMES[following], "missing": missing}


def stage(request, organisation: str, year: str):
    """Where the review is, the moves so far, and the next one."""
    row, standing = review_door(request, organisation, year)
    standing.require("move_review")
    unsubmitted = _unsubmitted(row)
    form = MoveForm(request.POST or None, review=row, is_waiting=bool(unsubmitted))
    if request.method == "POST" and form.is_valid():
        to, note = form.cleaned_data["to"], form.cleaned_data["note"]
        try:
            if to == stages.PUBLISHED:
                start_run(review=row, note=note, started_by=request.user)
                return redirect("publishing", organisation, year)
            move_review(review=row, to=to, moved_by=request.user, note=note)
        except MoveRefused as refused:
            form.add_error("to", str(refused))
        else:
            messages.success(request, f"The review is now at the stage “{row.stage_name}”.")
            return redirect("review", organisation, year)
    moves = row.stage_moves.select_related("moved_by")
    page = {"review": row, "form": form, "moves": moves, "unsubmitted": unsubmitted} | _way_on(row)
    return render(request, "scoring/review/stage.html", page)


def _unsubmitted(review: Review) -> list[str]:
    """Names of the members who have still to submit scores while scoring is open."""
    if review.stage != stages.SCORING:
        return []
    return [seat.member.name for seat in seats(review) if seat.member.declined_at is None and seat.owes]


def closing_date(request, organisation: str, year: str):
    """By which day the panel scores."""
    row, standing = review_door(request, organisation, year)
    standing.require("set_closing_date")
    form = ClosingDateForm(posted(request), initial={"scoring_closes_on": row.scoring_closes_on})

    def save() -> str:
        set_closing_date(review=row, day=form.cleaned_data["scoring_closes_on"])
        return "The date is saved."

    template = "scoring/review/closing_date.html"
    return edit(request, form, save, template, {"review": row}, to=url_of(row, "stage"))


# The page of one case study: what it says, and what this person may do with it now.


def case_study(request, organisation: str, year: str, number: int):
    """Read one case study, as it was last marked ready."""
    row, standing = case_study_door(request, organisation, year, number)
    version = row.versions.order_by("number").last()
    refusal = standing.why_not("score", row)
    page = {
        "case_study": row,
        "review": row.review,
        "version": version,
        "reading": reading_of(row, version) if version else None,
        "can_score": refusal is None,
        "can_write": standing.may("write", row),
        "can_accept": _waits(row) and standing.may("accept_text", row),
        "declared": refusal if row.pk in standing.declared else "",
        "can_declare": row.pk not in standing.declared and standing.may("declare_interest", row),
        "can_share": standing.may("share", row),
        "can_self_assess": standing.may("self_assess", row),
        "self_assessment": own_scores(standing, row),
    }
    return render(request, "casestudies/writing/case_study.html", page)


def _waits(case_study: CaseStudy) -> bool:
    """Does the case study wait to be accepted?"""
    return case_study.handovers.filter(state=Handover.State.WAITING).exists()


def own_scores(standing: Standing, case_study: CaseStudy) -> list[SelfAssessment]:
    """What the body gave itself, where this person may see it now."""
    if not standing.may("see_self_assessment", case_study):
        return []
    return list(case_study.self_assessments.shown())
