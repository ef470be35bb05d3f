"""Writes of case studies that stand in several bodies' reports: offer, accept, end."""

from django import forms
from django.db import transaction
from django.utils import timezone

from casestudies.models import CaseStudy, Organisation, Review, SharedCaseStudy
from casestudies.notes import note_change
from casestudies.reviews.actions import next_number
from casestudies.reviews.locks import lock_for
from casestudies.reviews.roles import why_not_take_in
from eds.content import ReportContent
from edsportal.nhsuk.forms import Button, Link, NhsukForm
from edsportal.web.refusals import NotPossible
from scoring.models import DomainChoice, Recommendation


@transaction.atomic
def offer_case_study(*, case_study: CaseStudy, organisation: Organisation, offered_by) -> SharedCaseStudy:
    """Offer a case study to another body; an offer that stands already is given back as it is.

    Raises NotPossible for the body's own.
    """
    if organisation.pk == case_study.review.organisation_id:
        raise NotPossible("This case study is already in the report of this organisation.")
    lock_for("share", case_study=case_study)
    row, created = SharedCaseStudy.objects.get_or_create(
        case_study=case_study, organisation=organisation, defaults={"offered_by": offered_by}
    )
    if created:
        what = f"Offered case study “{case_study.title}” to {organisation}"
        note_change(review=case_study.review, what=what, changed_by=offered_by)
    return row


@transaction.atomic
def accept_case_study(*, shared: SharedCaseStudy, accepted_by) -> SharedCaseStudy:
    """Let what was offered stand in the body's review of the same year and edition, after its other case studies.

    A second click changes nothing. Raises NotPossible where there is no such review, or its scores are agreed.
    """
    home = shared.home
    reviews = Review.objects.select_for_update(of=("self",)).select_related("organisation")
    review = reviews.filter(
        organisation=shared.organisation_id, year=home.year, framework=home.framework_id
    ).first()
    if review is None:
        raise NotPossible(
            f"{shared.organisation} has no review of {home.year} under {home.framework} . Start it first."
        )
    locked = SharedCaseStudy.objects.select_for_update(of=("self",)).filter(pk=shared.pk).first()
    if locked is None:
        raise NotPossible(f"{home.organisation} has withdrawn its offer.")
    if locked.is_accepted:
        return locked
    if refusal := why_not_take_in(review):
        raise NotPossible(refusal)
    locked.review, locked.number = review, next_number(review)
    locked.accepted_at, locked.accepted_by = timezone.now(), accepted_by
    locked.save()
    title = locked.case_study.title
    for row, what in (
        (home, f"{review.organisation} took case study “{title}” into its report"),
        (review, f"Took case study “{title}” of {home.organisation} into the report"),
    ):
        note_change(review=row, what=what, changed_by=accepted_by)
    return locked


@transaction.atomic
def end_sharing(*, shared: SharedCaseStudy, ended_by) -> None:
    """Take a case study out of the other body's report, with what that review said of it; or end an offer.

    Raises NotPossible once the other body's review is approved.
    """
    review = None
    if shared.review_id:
        rows = Review.objects.select_for_update(of=("self",)).select_related("organisation")
        review = rows.get(pk=shared.review_id)
    if refusal := why_not_take_in(review):
        raise NotPossible(refusal)
    what = f"Case study “{shared.case_study.title}” is no longer shared with {shared.organisation}"
    note_change(review=shared.home, what=what, changed_by=ended_by)
    if review is not None:
        DomainChoice.objects.filter(review=review, case_study=shared.case_study).delete()
        for row in Recommendation.objects.filter(theme__review=review, case_studies=shared.case_study):
            row.case_studies.remove(shared.case_study)
        what = f"Case study “{shared.case_study.title}” of {shared.home.organisation} is out of the report"
        note_change(review=review, what=what, changed_by=ended_by)
    shared.delete()


# What of other bodies stands in a review, for pages that lead there.


def shared_by_number(review: Review, content: ReportContent) -> dict[int, SharedCaseStudy]:
    """What other bodies share with this review, by the number that it has in its report `content`."""
    if not any(part.scored_by for part in content.case_studies):
        return {}  # asked first, for it costs nothing
    return {row.number: row for row in review.shared_case_studies.shown()}


# The form on which an equality lead offers a case study to another body.


class OfferForm(NhsukForm):
    organisation = forms.ModelChoiceField(
        label="Which organisation?",
        queryset=Organisation.objects.none(),
        empty_label="Choose an organisation",
        error_messages={"required": "Choose the organisation to share it with"},
    )

    def __init__(self, *args, case_study: CaseStudy, back: str, **kwargs):
        super().__init__(*args, **kwargs)
        own = case_study.review.organisation_id
        rows = Organisation.objects.exclude(pk=own).exclude(shared_case_studies__case_study=case_study)
        self.fields["organisation"].queryset = rows
        self.buttons = [Button("Offer this case study"), Link("Back to the case study", back)]
