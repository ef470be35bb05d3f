"""The equality lead runs a workshop: opens it, confirms who joined, moves on, shows the room's screen, reveals."""

import segno
from django.contrib import messages
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from casestudies.lists.models import represented
from casestudies.models import Review
from casestudies.organisations.roles import require
from casestudies.reviews.doors import review_door
from casestudies.reviews.roles import Standing
from eds import stages
from edsportal.web.addresses import url_of
from edsportal.web.form_pages import attempt, confirm
from scoring.models import Workshop
from scoring.review.stages.case_studies import close_scoring
from scoring.review.stages.reviews import MoveRefused
from scoring.workshops.actions import (
    close_code,
    confirm_joinings,
    move_on,
    open_workshop,
    remove_joining,
)
from scoring.workshops.forms import OpenWorkshopForm
from scoring.workshops.progress import progress, revealed


def _door(request: HttpRequest, organisation: str, year: str) -> tuple[Standing, Workshop | None]:
    """What the equality lead is in the review, which it names, and its newest workshop."""
    review, standing = review_door(request, organisation, year)
    standing.require("see_workshop")
    return standing, review.workshops.select_related("now_scoring").last()


def _workshop_door(
    request: HttpRequest, organisation: str, year: str, action: str = "see_workshop"
) -> Workshop:
    """The newest workshop, to do this with it. Answers 404 where none was opened yet."""
    standing, workshop = _door(request, organisation, year)
    if workshop is None:
        raise Http404
    standing.require(action)
    workshop.review = standing.review
    return workshop


@never_cache
def workshop(request: HttpRequest, organisation: str, year: str):
    """Open a workshop; then its code, the people who joined and the case study that is scored now."""
    standing, row = _door(request, organisation, year)
    review, closed = standing.review, standing.why_not("run_workshop")
    if request.method == "POST":
        require(closed)
    form = None
    if closed is None and (row is None or not row.can_be_joined):
        form = OpenWorkshopForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            return _open(request, review, form.cleaned_data["hours"])
    elif request.method == "POST":
        messages.warning(request, "A workshop is open already.")
    page = {"review": review, "workshop": row, "form": form, "closed": closed, "progress": progress(review)}
    return render(request, "scoring/workshops/workshop.html", page | _people(row) | _invitation(request, row))


def _open(request: HttpRequest, review: Review, hours: int):
    def act() -> str:
        open_workshop(review=review, hours=hours, opened_by=request.user)
        return "The workshop is open. Show the code on the workshop screen."

    return attempt(request, act, to=url_of(review, "workshop"))


def _present(workshop: Workshop):
    """Who is in the workshop, each with the name of the group that they represent."""
    return (
        workshop.joinings.present()
        .annotate(represents=represented("member__interest"))
        .select_related("member")
    )


def _people(workshop: Workshop | None) -> dict:
    rows = _present(workshop) if workshop else []
    waiting = [row for row in rows if not row.is_confirmed]
    confirmed = [row for row in rows if row.is_confirmed]
    return {"waiting": waiting, "confirmed": confirmed, "joined": len(rows)}


def _invitation(request: HttpRequest, workshop: Workshop | None) -> dict:
    """The link into the workshop and its picture for phones; nothing once the code is closed."""
    if workshop is None or not workshop.can_be_joined:
        return {}
    link = request.build_absolute_uri(reverse("join_code", args=[workshop.code]))
    picture = segno.make(link, error="m", micro=False)
    return {
        "link": link,
        "join_address": request.build_absolute_uri(reverse("join")),
        "qr": picture.svg_inline(omitsize=True, svgclass="app-qr__picture", lineclass=None),
    }


@never_cache
def screen(request: HttpRequest, organisation: str, year: str):
    """For the projector: the code, how many joined and submitted; after the reveal, how the scores lie."""
    row = _workshop_door(request, organisation, year)
    page = {"review": row.review, "workshop": row} | _people(row)
    shown = revealed(request.user, row.review, row.now_scoring) if row.now_scoring else []
    if shown:
        page |= {"revealed": shown, "grades": _grades(row.review)}
    else:
        page |= {"progress": progress(row.review)} | _invitation(request, row)
    return render(request, "scoring/workshops/workshop_screen.html", page)


def _grades(review: Review) -> list:
    return list(review.framework.grades.order_by("score"))


@require_POST
def close_workshop(request: HttpRequest, organisation: str, year: str):
    row = _workshop_door(request, organisation, year, "close_code")
    close_code(workshop=row, closed_by=request.user)
    messages.success(request, "No one else can join now. Everyone who has joined can continue scoring.")
    return redirect("workshop", organisation, year)


@require_POST
def confirm_people(request: HttpRequest, organisation: str, year: str):
    """Confirm one person, named in the form, or everybody who waits."""
    row = _workshop_door(request, organisation, year, "confirm_members")
    joining = request.POST.get("joining", "")
    if joining and not (joining.isdecimal() and len(joining) < 19):  # no row has such a number
        raise Http404
    chosen = [int(joining)] if joining else None
    count = confirm_joinings(workshop=row, confirmed_by=request.user, joinings=chosen)
    messages.success(request, "1 confirmed." if count == 1 else f"{count} confirmed.")
    return redirect("workshop", organisation, year)


def remove_person(request: HttpRequest, organisation: str, year: str, joining: int):
    """Ask whether this person shall be taken off the panel; then do it."""
    row = _workshop_door(request, organisation, year, "run_workshop")
    person = get_object_or_404(row.joinings.present().select_related("member", "workshop"), pk=joining)

    def act() -> str:
        remove_joining(joining=person)
        return f"{person.member} is no longer on the panel."

    page = {"review": row.review, "joining": person}
    to = url_of(row.review, "workshop")
    return confirm(request, act, "scoring/workshops/workshop_remove.html", page, to=to)


@require_POST
def move_workshop_on(request: HttpRequest, organisation: str, year: str, number: int):
    """Tell the room which case study is scored now."""
    row = _workshop_door(request, organisation, year, "run_workshop")
    case_study = get_object_or_404(row.review.case_studies.ready(), number=number)

    def act() -> str:
        move_on(workshop=row, case_study=case_study)
        return f"We are now scoring {case_study}."

    return attempt(request, act, to=url_of(row.review, "workshop"))


def reveal(request: HttpRequest, organisation: str, year: str):
    """Say what is still missing for the case study in the room; then close its scoring, which shows all its scores."""
    row = _workshop_door(request, organisation, year, "run_workshop")
    case_study = row.now_scoring
    if case_study is None or case_study.stage != stages.SCORING:
        messages.warning(request, "Choose the case study that you are scoring first.")
        return redirect("workshop", organisation, year)
    if request.method != "POST":
        lines = [line for line in progress(row.review) if line.case_study == case_study]
        page = {"review": row.review, "workshop": row, "case_study": case_study, "progress": lines}
        return render(request, "scoring/workshops/workshop_reveal.html", page | _people(row))
    try:
        close_scoring(case_studies=[case_study], closed_by=request.user, note="Revealed in the workshop")
    except MoveRefused as refused:
        messages.warning(request, str(refused))
        return redirect("workshop", organisation, year)
    messages.success(request, f"Scoring has closed for {case_study}. The panel can now see all its scores.")
    return redirect("workshop_screen", organisation, year)
