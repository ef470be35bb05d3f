"""Owners of recommendations: the equality lead names them and writes to them, and they say how it stands."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from edsportal.web.form_pages import attempt, edit, posted
from edsportal.web.rate_limit import Tries, browser_of
from scoring.models import OwnerMessage, Recommendation
from scoring.recommendations.actions import name_owner, note_progress
from scoring.recommendations.doors import recommendation_door
from scoring.recommendations.forms import OwnerForm, ProgressForm
from scoring.recommendations.owners import recommendation_of, write_to_owner

KEPT = "owner_links"  # in the session: the secret parts of links that were opened, by recommendation
MOST_KEPT = 20
WRONG_LINKS = Tries("wrong-owner-links", 30, 600)
NOTES = Tries("notes-by-owners", 10, 3600)
TOO_OFTEN = "You have added many notes in the last hour. Wait an hour, then try again"


def recommendation_owner(request, organisation: str, year: str, pk: int):
    """Who owns it, at any stage: people leave their posts after a report is published."""
    row, standing = recommendation_door(request, organisation, year, pk)
    standing.require("name_owner")
    initial = {"owner": row.owner, "owner_email": row.owner_email}
    form = OwnerForm(posted(request), initial=initial)

    def save() -> str:
        name_owner(recommendation=row, **form.cleaned_data, named_by=request.user)
        return "The owner is saved."

    page = {"review": row.theme.review, "heading": "Change the owner", "row": row}
    return edit(request, form, save, "scoring/recommendations/recommendation_form.html", page, to=row)


@require_POST
def ask_owner(request, organisation: str, year: str, pk: int):
    """Write to the owner, with the link by which they say how it stands."""
    row, standing = recommendation_door(request, organisation, year, pk)
    standing.require("write_to_owner")

    def act() -> str:
        given = {"site": request.build_absolute_uri("/")[:-1], "asked_by": request.user}
        write_to_owner(recommendation=row, kind=OwnerMessage.Kind.REQUEST, **given)
        return "The e-mail to the owner is on its way."

    return attempt(request, act, to=row)


@never_cache
@login_not_required
def owner_link(request: HttpRequest, token: str):
    """Takes the secret out of the address before the recommendation is shown."""
    row = recommendation_of(token)
    if row is None:
        return _over(request) if WRONG_LINKS.take(browser_of(request)) else _too_often(request)
    kept = request.session.get(KEPT, {})
    kept.pop(str(row.pk), None)
    newest = list(kept.items())[-MOST_KEPT + 1 :]
    request.session[KEPT] = dict(newest) | {str(row.pk): token}
    return redirect("owned_recommendation", row.pk)


@never_cache
@login_not_required
def owned_recommendation(request: HttpRequest, pk: int):
    """One recommendation for its owner, signed in or by their link: what is to be done, and the form to say how it
    stands. Nothing else of its review."""
    row, is_signed_in = _own(request, pk)
    if row is None:
        return _over(request)
    form = ProgressForm(request.POST or None, initial={"status": row.status})
    status = 200
    if form.is_bound and form.is_valid():
        if NOTES.take(pk) is not None:
            by = (
                {"noted_by": request.user}
                if is_signed_in
                else {"noted_as": f"{row.owner}, by the owner’s link"}
            )
            note_progress(recommendation=row, is_owner=True, **form.cleaned_data, **by)
            messages.success(request, "Thank you. Your update is saved.")
            return redirect("owned_recommendation", pk)
        form.add_error("text", TOO_OFTEN)
        status = 429
    page = {"row": row, "form": form, "notes": _own_notes(row, request.user if is_signed_in else None)}
    return render(request, "scoring/recommendations/owned_recommendation.html", page, status=status)


def _own(request: HttpRequest, pk: int) -> tuple[Recommendation | None, bool]:
    """The recommendation that this person owns, and whether they are signed in as its owner."""
    user = request.user
    if user.is_authenticated and not user.is_guest:
        row = Recommendation.objects.owned_by(user.email).filter(pk=pk).first()
        if row is not None:
            return row, True
    row = recommendation_of(request.session.get(KEPT, {}).get(str(pk), ""))
    return (row, False) if row is not None and row.pk == pk else (None, False)


def _own_notes(row: Recommendation, user):
    """What this owner noted since they own it: what others wrote is not theirs to read."""
    notes = row.progress_notes.filter(noted_by=user) if user else row.progress_notes.exclude(noted_as="")
    return notes.filter(noted_at__gte=row.owner_since) if row.owner_since else notes


def _too_often(request: HttpRequest):
    return render(request, "429.html", status=429)


def _over(request: HttpRequest):
    return render(request, "scoring/recommendations/owner_link_over.html", status=404)
