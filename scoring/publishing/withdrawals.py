"""Withdrawing what was published and must not be public: an edition of a report, or a file of evidence."""

from django import forms
from django.http import HttpRequest
from django.shortcuts import get_object_or_404, render
from django.utils import formats, timezone

from casestudies.evidence.actions import withdraw_file
from casestudies.models import EvidenceFile, Review
from casestudies.reviews.roles import Standing
from edsportal.nhsuk.forms import Button, Link, NhsukForm
from edsportal.web.addresses import url_of
from edsportal.web.form_pages import edit, posted
from scoring.models import Publication
from scoring.publishing.actions import withdraw_publication

GONE = 410  # HTTP: it was here, and does not come back


class WithdrawForm(NhsukForm):
    """`what` names one of the editions and files that are public."""

    what = forms.ChoiceField(
        label="What do you want to withdraw?",
        help_text="If more than one holds it, withdraw each of them.",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what you want to withdraw"},
    )
    reason = forms.CharField(
        label="Why must it not be public?",
        help_text="Everyone can read this, in place of what you withdraw. For example, someone no longer "
        "agrees to it. Do not repeat what must not be public.",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        error_messages={"required": "Enter why it must not be public"},
    )
    sure = forms.BooleanField(
        label="I understand that it is deleted for good",
        error_messages={"required": "Tick the box to withdraw it"},
    )
    nhsuk = {"what": {"small": True}}

    def __init__(
        self, *args, publications: list[Publication], files: list[EvidenceFile], back: str, **kwargs
    ):
        super().__init__(*args, **kwargs)
        self.rows = {f"edition-{row.number}": row for row in publications}
        self.rows |= {f"file-{row.pk}": row for row in files}
        self.fields["what"].choices = [(key, _name(row)) for key, row in self.rows.items()]
        self.buttons = [Button("Withdraw it", variant="warning"), Link("Cancel", back)]


def _name(row: Publication | EvidenceFile) -> str:
    if isinstance(row, EvidenceFile):
        return f"The file {row.name}"
    day = formats.date_format(timezone.localdate(row.published_at), "j F Y")
    return f"Edition {row.number}, published on {day}, with all its files"


def withdraw(request: HttpRequest, organisation: str, year: str):
    """What is public of a review, and the form that withdraws one of it."""
    rows = Review.objects.filter(publications__isnull=False).select_related("organisation").distinct()
    review = get_object_or_404(rows, organisation__slug=organisation, year=year)
    Standing(request.user, review).require("withdraw_publication")
    public = Publication.objects.filter(review=review)
    files = EvidenceFile.objects.held().filter(case_study__review=review).exclude(published_at=None)
    given = {"publications": list(public.filter(withdrawal=None)), "files": list(files)}
    back = url_of(review, "report")
    form = WithdrawForm(posted(request), **given, back=back)

    def save() -> str:
        row = form.rows[form.cleaned_data["what"]]
        said = {"reason": form.cleaned_data["reason"], "withdrawn_by": request.user}
        if isinstance(row, Publication):
            withdraw_publication(publication=row, **said)
        else:
            withdraw_file(file=row, **said)
        return "It is withdrawn. The page says when and why."

    page = {"review": review, "is_empty": not form.rows}
    return edit(request, form, save, "scoring/publishing/withdraw.html", page, to=back)


def withdrawn_page(request: HttpRequest, publication: Publication):
    """In place of a publication that was withdrawn, and of each of its files."""
    others = Publication.objects.filter(review=publication.review_id, withdrawal=None).order_by("-number")
    page = {"publication": publication, "withdrawal": publication.withdrawal, "editions": others}
    return render(request, "scoring/publishing/public/withdrawn.html", page, status=GONE)
