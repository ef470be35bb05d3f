"""The page on which the equality lead sees what is sent when, and switches messages on and off."""

from collections.abc import Iterator
from dataclasses import dataclass

from django import forms
from django.http import HttpRequest, HttpResponse

from casestudies.messages.actions import change_messages
from casestudies.messages.sending import Letter, write
from casestudies.models import Review
from casestudies.reviews.doors import review_door
from eds.messages import MESSAGES, PLACEHOLDERS, Message, when
from edsportal.accounts.models import OutgoingEmail
from edsportal.accounts.outbox import not_sent
from edsportal.nhsuk.forms import NhsukForm
from edsportal.web.addresses import url_of
from edsportal.web.form_pages import edit, posted

EXAMPLE = "https://eds.example.nhs.uk/example/"


class MessagesForm(NhsukForm):
    """A switch for each message, and the address of the board sponsor."""

    board_sponsor_email = forms.EmailField(
        label="E-mail address of the board sponsor (optional)",
        help_text="We write there when an action is still overdue after two reminders. We never publish it.",
        required=False,
    )

    def __init__(self, *args, review: Review, **kwargs):
        off = set(review.switched_off_messages.values_list("kind", flat=True))
        initial = {kind: kind not in off for kind in MESSAGES}
        initial["board_sponsor_email"] = review.board_sponsor_email
        super().__init__(*args, initial=initial, **kwargs)
        for kind, message in MESSAGES.items():
            label = f"Send the message “{message.title}”"
            self.fields[kind] = forms.BooleanField(label=label, required=False)
        self.nhsuk = {kind: {"small": True} for kind in MESSAGES}

    def clean_board_sponsor_email(self) -> str:
        return self.cleaned_data["board_sponsor_email"].lower()

    def switched_off(self) -> set[str]:
        """The kinds that are not ticked; only for a valid form."""
        return {kind for kind in MESSAGES if not self.cleaned_data[kind]}


@dataclass(frozen=True, kw_only=True)
class Line:
    """One message with its switch and an example of it."""

    message: Message
    field: forms.BoundField
    example: Letter

    @property
    def when(self) -> str:
        return when(self.message)


def messages(request: HttpRequest, organisation: str, year: str) -> HttpResponse:
    """What is sent to whom and when, with an example and a switch for each; and what could not be sent."""
    review, standing = review_door(request, organisation, year)
    standing.require("manage_messages")
    form = MessagesForm(posted(request), review=review)

    def save() -> str:
        change_messages(
            review=review,
            switched_off=form.switched_off(),
            board_sponsor_email=form.cleaned_data["board_sponsor_email"],
            changed_by=request.user,
        )
        return "Your choices are saved."

    page = {
        "review": review,
        "form": form,
        "lines": list(_lines(review, form)),
        "not_sent": [(row, _title(row)) for row in not_sent(review.pk)],
    }
    return edit(
        request, form, save, "casestudies/messages/messages.html", page, to=url_of(review, "messages")
    )


def _lines(review: Review, form: MessagesForm) -> Iterator[Line]:
    values = PLACEHOLDERS | {"organisation": str(review.organisation), "year": review.year}
    for kind, message in MESSAGES.items():
        yield Line(message=message, field=form[kind], example=write(message, values, EXAMPLE))


def _title(row: OutgoingEmail) -> str:
    return MESSAGES[row.template].title if row.template in MESSAGES else row.subject
