"""Where administrators record that an organisation follows others, see what will follow, and undo it."""

from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from casestudies.models import Organisation, Succession
from casestudies.organisations.roles import OrganisationStanding
from casestudies.reviews.doors import review_door
from casestudies.succession.actions import carried_in, record_succession, undo_succession
from eds.succession import ACTIONS, CHOICES, OBJECTIVES
from edsportal.web.addresses import url_of
from edsportal.web.form_pages import confirm
from edsportal.web.refusals import NotPossible
from scoring.succession.carry_over import (
    actions_from,
    carry_over_late,
    running_objectives,
    sources,
    waiting,
)
from scoring.succession.forms import SuccessionForm
from scoring.succession.preview import joined, sides

TEMPLATES = "scoring/succession/"


def _organisation(request: HttpRequest, slug: str) -> Organisation:
    row = get_object_or_404(Organisation.objects.visible_to(request.user), slug=slug)
    OrganisationStanding(request.user).require("manage_organisations")
    return row


def successions(request, organisation: str):
    """Which organisations it follows, and which follow it."""
    row = _organisation(request, organisation)
    found = Succession.objects.with_names().select_related("carried_in", "recorded_by")
    follows = [(each, carried_in(each)) for each in found.filter(successor=row)]
    page = {
        "organisation": row,
        "follows": follows,
        "followed_by": found.filter(predecessor=row),
        "today": timezone.localdate(),
    }
    return render(request, TEMPLATES + "successions.html", page)


def add(request, organisation: str):
    """Asks what follows, then shows it; nothing is stored before that is confirmed."""
    row = _organisation(request, organisation)
    form = SuccessionForm(request.POST or None, organisation=row, back=url_of(row, "successions"))
    do = request.POST.get("do", "")
    if request.method == "POST" and form.is_valid() and do != "change":
        if do != "record":
            return _preview(request, row, form)
        try:
            record_succession(organisation=row, **form.cleaned_data, recorded_by=request.user)
        except NotPossible as refused:
            form.add_error(refused.field, str(refused))
        else:
            messages.success(request, f"You recorded which organisations {row} follows.")
            return redirect(url_of(row, "successions"))
    return render(request, TEMPLATES + "succession_form.html", {"organisation": row, "form": form})


def _preview(request: HttpRequest, row: Organisation, form: SuccessionForm):
    data = form.cleaned_data
    found = sides(row, data["predecessors"], data["starts_on"])
    page = {
        "organisation": row,
        "sides": found,
        "joined": joined(found),
        "starts_on": data["starts_on"],
        "is_ahead": data["starts_on"] > timezone.localdate(),
        "choices": [(code, words, code in data["takes"]) for code, words in CHOICES.items()],
        "takes": data["takes"],
        "answers": form.answers(),
        "adds_leads": data["leads"],
        "leads": row.roles.filter(kind="equality_lead").count(),
    }
    return render(request, TEMPLATES + "succession_preview.html", page)


def undo(request, organisation: str, pk: int):
    """Asks first."""
    row = _organisation(request, organisation)
    link = get_object_or_404(Succession.objects.with_names(), successor=row, pk=pk)

    def act() -> str:
        undo_succession(succession=link, undone_by=request.user)
        return f"{row} no longer follows {link.predecessor}."

    page = {"organisation": row, "succession": link, "carried_in": carried_in(link)}
    return confirm(request, act, TEMPLATES + "succession_undo.html", page, to=url_of(row, "successions"))


def carry_over_page(request, organisation: str, year: str):
    """Shows the equality lead what an open review can still take over, and asks first."""
    review, standing = review_door(request, organisation, year)
    standing.require("change_header")

    def act() -> str:
        carry_over_late(review=review, carried_by=request.user)
        return f"You carried it over into the review of {review.year}."

    rows = waiting(review)
    objectives = sources(review.organisation, OBJECTIVES) if rows else []
    page = {
        "review": review,
        "rows": rows,
        "objectives": [
            each for row in objectives for each in running_objectives(row.predecessor, row.starts_on)
        ],
        "actions": [
            each
            for row in (sources(review.organisation, ACTIONS) if rows else [])
            for each in actions_from(row.predecessor)
        ],
        "panel": any(row.takes_panel for row in rows),
    }
    return confirm(request, act, TEMPLATES + "carry_over.html", page, to=url_of(review))
