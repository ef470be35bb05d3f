"""The review: its overview, its stage."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render

from casestudies import stages
from casestudies.models import Review
from scoring import rules
from scoring.actions.stages import MoveRefused, move_review
from scoring.forms.stage import MoveForm
from scoring.overview import overview
from scoring.views.doors import review_door


def reviews(request):
    rows = Review.objects.visible_to(request.user).select_related("organisation", "framework")
    page = Paginator(rows.order_by("-year", "organisation__name"), 50).get_page(request.GET.get("page"))
    return render(request, "scoring/reviews.html", {"page": page})


def review(request, organisation: str, year: str):
    """One review: what it is, its case studies, and what this person can do in it."""
    row, standing = review_door(request, organisation, year)
    return render(
        request,
        "scoring/review.html",
        {"review": row, "meaning": stages.MEANINGS[row.stage]} | overview(row, standing, request.user),
    )


def stage(request, organisation: str, year: str):
    """Where the review is, the moves so far, and the next one."""
    row, standing = review_door(request, organisation, year)
    rules.require(rules.why_not_move(standing, row))
    form = MoveForm(request.POST or None, review=row)
    missing = []
    if request.method == "POST" and form.is_valid():
        try:
            move_review(
                review=row, to=form.cleaned_data["to"], moved_by=request.user, note=form.cleaned_data["note"]
            )
        except MoveRefused as refused:
            form.add_error("to", str(refused))
            missing = refused.missing
        else:
            messages.success(request, f"The review is now at the stage “{row.stage_name}”.")
            return redirect("review", organisation, year)
    moves = row.stage_moves.select_related("moved_by")
    return render(
        request, "scoring/stage.html", {"review": row, "form": form, "missing": missing, "moves": moves}
    )
