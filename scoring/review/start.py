"""Starting a review: what stays from the year before is filled in, and its recommendations are carried over."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.shortcuts import redirect, render

from casestudies.models import Domain, Framework, Organisation, Review, Role
from casestudies.notes import note_change
from casestudies.reviews.actions import add_case_study
from casestudies.reviews.forms import NewReviewForm
from eds.checks.publication import years_of
from eds.text import labels
from edsportal.web.addresses import url_of
from scoring.models import PreviousAction
from scoring.recommendations.handing_on import actions_of
from scoring.succession.carry_over import carry_over

# What mostly stays from year to year.
KEPT = (
    "board_sponsor",
    "eds_lead",
    "level",
    "partners",
    "trade_union_reps",
    "independent_evaluators",
    "contact",
)


@transaction.atomic
def start_review(
    *, organisation: Organisation, framework: Framework, year: str, title: str, started_by
) -> Review:
    """Start a review for a year. What its header says stays from the year before, as do the statements of domains that
    have one each. Recommendations become the actions that its report is about: all of the year before, and those of
    earlier years that are still open. Raises IntegrityError where the year has a review already."""
    before = organisation.reviews.filter(year__lt=year).order_by("-year").first()
    header = {name: getattr(before, name) for name in KEPT} if before else {}
    review = Review.objects.create(
        organisation=organisation, framework=framework, year=year, title=title, **header
    )
    if before:
        _carry_statements(before, review, started_by)
    actions = (actions_of(before) if before else []) + carry_over(review, started_by)
    for position, action in enumerate(actions, start=1):
        action.review, action.position = review, position
    PreviousAction.objects.bulk_create(actions)
    note_change(review=review, what=f"Started the review of {year}", changed_by=started_by)
    return review


def _carry_statements(before: Review, review: Review, started_by) -> None:
    """The titles and authors of case studies in domains that have one statement each, such as workforce."""
    rows = before.case_studies.filter(domain__aggregation=Domain.Aggregation.SUM)
    domains = {domain.number: domain for domain in review.framework.domains.all()}
    authors = set(
        Role.objects.filter(organisation=review.organisation_id, kind=Role.Kind.AUTHOR).values_list(
            "user", flat=True
        )
    )
    for row in rows.select_related("domain").prefetch_related("authors").order_by("number"):
        if before.framework_id == review.framework_id:
            add_case_study(
                review=review,
                domain=domains[row.domain.number],
                title=row.title,
                authors=[author for author in row.authors.all() if author.pk in authors],
                added_by=started_by,
            )


def new_review(request):
    """Asks for organisation, year and edition; what stays from last year is filled in."""
    organisations = Organisation.objects.led_by(request.user).starting()
    if not organisations:
        raise PermissionDenied("Only an equality lead can start a review, for their own organisation.")
    form = NewReviewForm(
        request.POST or None, organisations=organisations, initial=_suggested(request, organisations)
    )
    if request.method == "POST" and form.is_valid():
        try:
            row = start_review(**form.cleaned_data, started_by=request.user)
        except IntegrityError:
            form.add_error("year", "Someone has already started this review")
        else:
            messages.success(request, f"The review of {row.year} is started. Fill in its header next.")
            if years := _overlapping(row):
                text = f"You also have a review of {labels.listed(years)}. Check that {row.year} is a year of its own."
                messages.warning(request, text)
            return redirect(url_of(row, "review_header"))
    return render(request, "casestudies/reviews/review_new.html", {"form": form})


def _overlapping(review: Review) -> list[str]:
    """The years of the organisation's other reviews that share a calendar year with this one, such as 2027-28 and 2028.

    Two that follow each other, such as 2026-27 and 2027-28, do not clash.
    """
    others = review.organisation.reviews.exclude(pk=review.pk).order_by("year")
    other_years = others.values_list("year", flat=True)
    return [
        year
        for year in other_years
        if len(year) != len(review.year) and years_of(year) & years_of(review.year)
    ]


def _suggested(request, organisations) -> dict:
    """The edition and the year that follow the review that the address names, or the only organisation's last one."""
    after = request.GET.get("after", "")
    rows = Review.objects.filter(organisation__in=organisations)
    if after.isdecimal() and len(after) < 19:
        last = rows.filter(pk=after).first()
    else:
        last = rows.order_by("-year").first() if len(organisations) == 1 else None
    if last is None:
        return {"organisation": organisations[0]} if len(organisations) == 1 else {}
    return {"organisation": last.organisation_id, "framework": last.framework_id, "year": last.following_year}
