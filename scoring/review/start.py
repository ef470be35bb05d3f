"""Starting a review: what stays from the year before is filled in, and its recommendations are carried over."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.shortcuts import redirect, render

from casestudies.models import Framework, Organisation, Review
from casestudies.notes import note_change
from casestudies.reviews.forms import NewReviewForm
from edsportal.web.addresses import url_of
from scoring.models import PreviousAction, Recommendation

KEPT = ("board_sponsor", "eds_lead", "level", "partners")  # what mostly stays from year to year


@transaction.atomic
def start_review(
    *, organisation: Organisation, framework: Framework, year: str, title: str, started_by
) -> Review:
    """Start a review for a year. What its header says stays from the year before, and that year's recommendations
    become the actions that its report tells of. Raises IntegrityError where the year has a review already."""
    before = organisation.reviews.filter(year__lt=year).order_by("-year").first()
    header = {name: getattr(before, name) for name in KEPT} if before else {}
    review = Review.objects.create(
        organisation=organisation, framework=framework, year=year, title=title, **header
    )
    if before:
        _carry_recommendations(before, review)
    note_change(review=review, what=f"Started the review of {year}", changed_by=started_by)
    return review


def _carry_recommendations(before: Review, review: Review) -> None:
    rows = Recommendation.objects.filter(theme__review=before).select_related("equality_objective")
    PreviousAction.objects.bulk_create(
        PreviousAction(
            review=review,
            position=position,
            action=row.action,
            objective=row.objective_words,
            status=row.status,
            recommendation=row,
        )
        for position, row in enumerate(rows.order_by("theme__position", "position"), start=1)
    )


def new_review(request):
    """Asks for organisation, year and edition; what stays from last year is filled in."""
    organisations = Organisation.objects.led_by(request.user)
    if not organisations:
        raise PermissionDenied("Only an equality lead can start a review, for their own organisation.")
    form = NewReviewForm(request.POST or None, organisations=organisations, initial=_suggested(organisations))
    if request.method == "POST" and form.is_valid():
        try:
            row = start_review(**form.cleaned_data, started_by=request.user)
        except IntegrityError:
            form.add_error("year", "Someone has already started this review")
        else:
            messages.success(request, f"The review of {row.year} is started. Fill in its header next.")
            return redirect(url_of(row, "review_header"))
    return render(request, "casestudies/reviews/review_new.html", {"form": form})


def _suggested(organisations) -> dict:
    """The only organisation, and the edition and year that follow its last review."""
    if len(organisations) > 1:
        return {}
    last = organisations[0].reviews.order_by("-year").first()
    if last is None:
        return {"organisation": organisations[0]}
    return {"organisation": organisations[0], "framework": last.framework_id, "year": last.following_year}
