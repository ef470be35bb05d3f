"""allauth's forms for a second step, in the portal's look and words."""

from allauth.account.adapter import get_adapter
from allauth.core import context
from allauth.mfa.base import forms as base
from allauth.mfa.recovery_codes import forms as recovery_codes
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn

from edsportal.accounts.sign_in import guessing
from edsportal.accounts.sign_in.forms import AccountForm
from edsportal.nhsuk.forms import Button

CODE = {
    "label": "Code",
    "help_text": "The 6 numbers that your app shows now, or one of your recovery codes.",
    "required": "Enter the code",
}


class CodeForm(AccountForm):
    """One box for a code: numbers on a phone, filled in by password managers, pasted as one likes."""

    nhsuk = {"code": {"width": 10}}
    words = {"code": CODE}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        box = self.fields["code"].widget.attrs
        box.pop("placeholder", None)
        box["inputmode"] = "numeric"
        self.fields["code"].max_length = 20

    def clean_code(self) -> str:
        """People write a code with a gap in the middle, as their app shows it."""
        self.cleaned_data["code"] = "".join(self.cleaned_data["code"].split())
        taken = guessing.take(context.request, guessing.CODES, self.user.email)
        if taken is None:
            raise get_adapter().validation_error("too_many_login_attempts")
        code = super().clean_code()
        guessing.give_back(taken)  # it was right
        return code


class AuthenticateForm(CodeForm, base.AuthenticateForm):
    buttons = [Button("Sign in")]


class ReauthenticateForm(CodeForm, base.ReauthenticateForm):
    buttons = [Button("Continue")]


class ActivateTOTPForm(CodeForm, totp.ActivateTOTPForm):
    buttons = [Button("Turn it on")]
    words = {"code": CODE | {"help_text": "The 6 numbers that your app shows now."}}


class DeactivateTOTPForm(AccountForm, totp.DeactivateTOTPForm):
    buttons = [Button("Remove the app", variant="warning")]


class GenerateRecoveryCodesForm(AccountForm, recovery_codes.GenerateRecoveryCodesForm):
    buttons = [Button("Make new codes")]


NAME = {
    "label": "Name of this passkey",
    "help_text": "A name helps you recognise it, for example “work laptop”.",
    "required": "Enter a name for this passkey",
}


class AddWebAuthnForm(AccountForm, webauthn.AddWebAuthnForm):
    """Every passkey signs in by itself, so it must ask for a PIN, a fingerprint or a face."""

    passwordless = None
    buttons = []
    words = {
        "name": NAME,
        "credential": {"label": "Passkey", "required": "No passkey was created. Try again"},
    }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name"].max_length = 100

    def clean(self) -> dict:
        self.cleaned_data["passwordless"] = True
        return super().clean()


class EditWebAuthnForm(AccountForm, webauthn.EditWebAuthnForm):
    buttons = [Button("Save the name")]
    words = {"name": NAME}
