"""allauth's forms in the portal's look and words."""

from allauth.account import forms as allauth
from django.conf import settings
from django.core.exceptions import ValidationError

from edsportal.accounts.models import User
from edsportal.nhsuk.forms import Button, NhsukFormMixin

LONG_ENOUGH = "Use at least 12 characters. Three random words are easy to remember."


class AccountForm(NhsukFormMixin):
    """A form inside the page's own <form>, which carries the address to go on to.

    `words` holds label, help_text and the message for an empty box by the field's name.
    """

    form_tag = False
    words: dict[str, dict] = {}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, each in self.fields.items():
            words = {"help_text": ""} | self.words.get(name, {})
            each.label, each.help_text = words["label"], words["help_text"]
            if "required" in words:
                each.error_messages["required"] = words["required"]


class LoginForm(AccountForm, allauth.LoginForm):
    buttons = [Button("Sign in")]
    words = {
        "login": {"label": "E-mail address", "required": "Enter your e-mail address"},
        "password": {"label": "Password", "required": "Enter your password"},
    }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs["autocomplete"] = "username"

    def clean(self):
        """What is wrong with the two together belongs to the first, so that the summary can lead there."""
        try:
            return super().clean()
        except ValidationError as error:
            self.add_error("login", error)
            return self.cleaned_data


class ResetPasswordForm(AccountForm, allauth.ResetPasswordForm):
    buttons = [Button("Send me a link")]
    words = {"email": {"label": "E-mail address", "required": "Enter your e-mail address"}}

    def clean_email(self) -> str:
        """Links go to the person's address of today alone, never to guests, nor to people of the demo outside it."""
        email = self.cleaned_data["email"]
        people = User.objects.filter(email=email, is_active=True, guest_until=None)
        self.users = list(people if settings.DEMO else people.exclude(is_demo=True))
        return email


NEW_PASSWORD = {
    "password1": {
        "label": "New password",
        "help_text": LONG_ENOUGH,
        "required": "Enter a new password",
    },
    "password2": {"label": "New password again", "required": "Enter the new password again"},
}


class ResetPasswordKeyForm(AccountForm, allauth.ResetPasswordKeyForm):
    buttons = [Button("Save the new password")]
    words = NEW_PASSWORD


class SetPasswordForm(AccountForm, allauth.SetPasswordForm):
    buttons = [Button("Save the password")]
    words = NEW_PASSWORD


class ChangePasswordForm(AccountForm, allauth.ChangePasswordForm):
    buttons = [Button("Save the new password")]
    words = NEW_PASSWORD | {
        "oldpassword": {"label": "Your current password", "required": "Enter your current password"}
    }


class ReauthenticateForm(AccountForm, allauth.ReauthenticateForm):
    buttons = [Button("Continue")]
    words = {"password": {"label": "Your password", "required": "Enter your password"}}
