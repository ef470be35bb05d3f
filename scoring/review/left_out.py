"""Domains that a review does not assess this year, each with a reason that the report prints."""

from django import forms
from django.db import transaction
from django.shortcuts import get_object_or_404

from casestudies.models import Domain, LeftOutDomain, Review
from casestudies.notes import note_change
from casestudies.reviews.doors import review_door
from casestudies.reviews.locks import lock_for
from edsportal.nhsuk.forms import Button, Link, NhsukForm
from edsportal.web.addresses import url_of
from edsportal.web.form_pages import attempt, edit, posted


@transaction.atomic
def leave_out_domain(*, review: Review, domain: Domain, reason: str, left_out_by) -> LeftOutDomain:
    """Say why a domain is not assessed. Its case studies are not printed and keep nothing from approval."""
    locked = lock_for("leave_out_domain", review=review)
    values = {"reason": reason, "left_out_by": left_out_by}
    row, _ = LeftOutDomain.objects.update_or_create(review=locked, domain=domain, defaults=values)
    note_change(review=locked, what=f"Left out {domain.name}: {reason}", changed_by=left_out_by)
    return row


@transaction.atomic
def include_domain(*, review: Review, domain: Domain, included_by) -> None:
    """Assess a domain after all."""
    locked = lock_for("leave_out_domain", review=review)
    if LeftOutDomain.objects.filter(review=locked, domain=domain).delete()[0]:
        note_change(review=locked, what=f"Included {domain.name}", changed_by=included_by)


class LeaveOutForm(NhsukForm):
    reason = forms.CharField(
        label="Why is it not assessed this year?",
        help_text="The report shows this.",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        error_messages={"required": "Enter why it is not assessed this year"},
    )

    def __init__(self, *args, back: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.buttons = [Button("Leave it out of the report"), Link("Cancel", back)]


def leave_out(request, organisation: str, year: str, number: int):
    """Leave a domain out of the report, or include it again."""
    review, standing = review_door(request, organisation, year)
    domain = get_object_or_404(Domain, framework=review.framework_id, number=number)
    standing.require("leave_out_domain")
    to = url_of(review, "stage")
    if "include" in request.POST:

        def act() -> str:
            include_domain(review=review, domain=domain, included_by=request.user)
            return f"{domain.name} is in the report."

        return attempt(request, act, to=to)
    row = review.left_out_domains.filter(domain=domain).first()
    form = LeaveOutForm(posted(request), back=to, initial={"reason": row.reason if row else ""})

    def save() -> str:
        reason = form.cleaned_data["reason"]
        leave_out_domain(review=review, domain=domain, reason=reason, left_out_by=request.user)
        return f"{domain.name} is left out of the report."

    page = {"review": review, "domain": domain, "row": row}
    return edit(request, form, save, "scoring/review/leave_out.html", page, to=to)
