"""A person's own name and e-mail address, which nobody else can change."""

from allauth.account.decorators import reauthentication_required
from django import forms
from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from edsportal.accounts.changes import (
    ask_for_address,
    change_address,
    choose_daily_email,
    new_address,
    rename_person,
)
from edsportal.nhsuk.forms import Button, Link, NhsukForm
from edsportal.web.form_pages import attempt, edit, posted


class NameForm(NhsukForm):
    name = forms.CharField(label="Your name", max_length=200, error_messages={"required": "Enter your name"})

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.buttons = [Button("Save your name"), Link("Cancel", reverse("account"))]


class DailyForm(NhsukForm):
    daily_email = forms.TypedChoiceField(
        label="How many e-mails do you want?",
        help_text="This is about messages on reviews. We always send invitations and links to sign in at once.",
        choices=[("", "An e-mail for each message"), ("daily", "One e-mail a day with all messages")],
        widget=forms.RadioSelect,
        coerce=bool,
        empty_value=False,
        required=False,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.buttons = [Button("Save your choice"), Link("Cancel", reverse("account"))]


class AddressForm(NhsukForm):
    email = forms.EmailField(
        label="New e-mail address",
        help_text="We will send a link there. Open it to confirm the address.",
        error_messages={"required": "Enter your new e-mail address"},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.buttons = [Button("Send the link"), Link("Cancel", reverse("account"))]

    def clean_email(self) -> str:
        return self.cleaned_data["email"].strip().lower()


def name(request):
    form = NameForm(posted(request), initial={"name": request.user.name})

    def save() -> str:
        rename_person(user=request.user, name=form.cleaned_data["name"])
        return "Your name is saved."

    return edit(request, form, save, "account/details.html", {"heading": "Change your name"}, to="account")


def messages_of_day(request):
    """One e-mail a day, or one for each message."""
    form = DailyForm(posted(request), initial={"daily_email": "daily" if request.user.daily_email else ""})

    def save() -> str:
        chosen = form.cleaned_data["daily_email"]
        choose_daily_email(user=request.user, daily_email=chosen)
        return "You will get one e-mail a day." if chosen else "You will get an e-mail for each message."

    return edit(request, form, save, "account/details.html", {"heading": "E-mails from us"}, to="account")


@reauthentication_required
def address(request):
    """Asks for the new address. The answer doesn't tell whether it has an account."""
    form = AddressForm(posted(request))

    def save() -> str:
        email = form.cleaned_data["email"]
        ask_for_address(request.user, email, lambda token: request.build_absolute_uri(_link(token)))
        return f"We sent a link to {email}. Open it to confirm the address."

    page = {"heading": "Change your e-mail address"}
    return edit(request, form, save, "account/details.html", page, to="account")


def _link(token: str) -> str:
    return reverse("account_confirm_address", args=[token])


@never_cache
def confirm_address(request, token: str):
    """Asks first, for programs that read e-mail open links too."""
    email = new_address(request.user, token)
    if email is None:
        messages.warning(request, "This link no longer works. Enter your new e-mail address again.")
        return redirect("account")

    def act() -> str:
        change_address(user=request.user, email=email)
        return f"You now sign in with {email}."

    if request.method == "POST":
        return attempt(request, act, to="account")
    return render(request, "account/confirm_address.html", {"email": email})
