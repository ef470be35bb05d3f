"""Sending a published report to NHS England: the message prepared, and a record of when, where to and which file.

The portal doesn't send it: the equality lead does, from the organisation's own mailbox.
"""

from datetime import date
from urllib.parse import quote

from django import forms
from django.conf import settings
from django.db import transaction
from django.shortcuts import redirect
from django.utils import timezone

from casestudies.notes import note_change
from casestudies.reviews.doors import review_door
from casestudies.reviews.locks import lock_for
from edsportal.nhsuk.forms import Button, DateField, NhsukForm
from edsportal.web.addresses import url_of
from edsportal.web.form_pages import edit, posted
from scoring.models import Publication, PublicationFile, SentReport

FIRST = ("template", "pdf", "docx")  # the forms of a report that people send


@transaction.atomic
def record_sending(*, file: PublicationFile, address: str, sent_on: date, recorded_by) -> SentReport:
    """Keep that this file of a publication was sent to NHS England."""
    publication = file.publication
    locked = lock_for("record_sending", review=publication.review_id)
    row = SentReport.objects.create(
        publication=publication, file=file, address=address, sent_on=sent_on, recorded_by=recorded_by
    )
    note_change(
        review=locked, what=f"Recorded that {file.name} was sent to {address}", changed_by=recorded_by
    )
    return row


class SentReportForm(NhsukForm):
    """`publication` is the newest of its review."""

    sent_on = DateField(
        label="When did you send it?", error_messages={"required": "Enter when you sent the report"}
    )
    address = forms.EmailField(
        label="Which address did you send it to?",
        error_messages={"required": "Enter the address that you sent it to"},
    )
    file = forms.ChoiceField(
        label="Which file did you send?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose the file that you sent"},
    )
    nhsuk = {"file": {"small": True}}
    buttons = [Button("Record that you sent it")]

    def __init__(self, *args, publication: Publication, **kwargs):
        super().__init__(*args, **kwargs)
        files = publication.files.defer("data").order_by("pk")
        self.files_by_format = {file.format: file for file in files}
        first = [name for name in FIRST if name in self.files_by_format]
        order = [*first, *(name for name in self.files_by_format if name not in first)]
        self.fields["file"].choices = [(name, self.files_by_format[name].words) for name in order]
        self.initial.setdefault("file", order[0])

    def clean_sent_on(self) -> date:
        day = self.cleaned_data["sent_on"]
        if day > timezone.localdate():
            raise forms.ValidationError("The date that you sent it can’t be in the future")
        return day

    def values(self) -> dict:
        """The arguments of `record_sending`; only for a valid form."""
        data = self.cleaned_data
        return {
            "file": self.files_by_format[data["file"]],
            "address": data["address"],
            "sent_on": data["sent_on"],
        }


def sent(request, organisation: str, year: str):
    """The message to send, the files to attach, and the form that records that it was sent."""
    review, standing = review_door(request, organisation, year)
    standing.require("record_sending")
    publication = (
        Publication.objects.current().select_related("review__organisation").filter(review=review).first()
    )
    if publication is None:
        return redirect(url_of(review, "stage"))
    initial = {"sent_on": timezone.localdate(), "address": settings.NHS_ENGLAND_ADDRESS}
    form = SentReportForm(posted(request), publication=publication, initial=initial)

    def save() -> str:
        record_sending(**form.values(), recorded_by=request.user)
        return "We recorded that you sent the report to NHS England."

    message = _message(review, request.user, request.build_absolute_uri(url_of(review, "report")))
    rows = SentReport.objects.filter(publication__review=review)
    page = {
        "review": review,
        "publication": publication,
        "files": [publication.files.defer("data").filter(format=name).first() for name in FIRST],
        "message": message,
        "rows": rows.select_related("publication", "file", "recorded_by").defer("file__data"),
    }
    return edit(request, form, save, "scoring/publishing/sent_report.html", page, to=review)


def _message(review, sender, address: str) -> dict[str, str]:
    """The subject and the text of the message, and a link that opens both in the person's own mail program."""
    subject = f"Equality Delivery System report {review.year}: {review.organisation}"
    text = (
        f"Dear colleagues,\n\nPlease find attached the Equality Delivery System report of {review.organisation} "
        f"for {review.year}.\n\nIt is published at {address}\n\nKind regards\n{sender.name}\n{review.organisation}"
    )
    link = f"mailto:{settings.NHS_ENGLAND_ADDRESS}?subject={quote(subject)}&body={quote(text)}"
    return {"to": settings.NHS_ENGLAND_ADDRESS, "subject": subject, "text": text, "link": link}
