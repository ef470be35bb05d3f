"""How the portal differs from allauth: nobody signs up, secrets are encrypted, words are plain."""

import logging
from smtplib import SMTPException

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.urls import reverse

from edsportal.accounts.sign_in import guessing
from edsportal.accounts.sign_in.secrets import closed, opened

logger = logging.getLogger(__name__)


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are given, not taken: nobody signs up. No message tells whether an address has an account."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": "The e-mail address or the password is wrong. Check both, then try again",
        "too_many_login_attempts": "There were too many attempts. Wait five minutes, then try again",
        "too_many_passwords": "There were too many attempts. Wait five minutes, or ask for a link to a new password",
        "rate_limited": "There were too many attempts. Wait five minutes, then try again",
        "enter_current_password": "This is not your password. Check it, then try again",
        "incorrect_password": "This is not your password. Check it, then try again",
    }

    def is_open_for_signup(self, request) -> bool:
        return False

    def pre_authenticate(self, request, **credentials) -> None:
        """Counts the try. Raises ValidationError where there were too many."""
        email = credentials.get("email") or credentials.get("username") or ""
        self._taken = guessing.take(request, guessing.PASSWORDS, email)
        if self._taken is None:
            raise self.validation_error("too_many_passwords")

    def _rollback_login_failed_rl_usage(self) -> None:
        """allauth calls it when the password was right."""
        guessing.give_back(self._taken)

    def _delete_login_attempts_cached_email(self, request, **credentials) -> None:
        """allauth calls it when somebody chose a new password by the link in an e-mail."""
        guessing.start_again(request, credentials["email"])

    def get_password_change_redirect_url(self, request) -> str:
        return reverse("my_work")

    def get_reauthentication_methods(self, user) -> list[dict]:
        words = {
            "reauthenticate": "Use your password",
            "mfa_reauthenticate": "Use a code of your app, or a recovery code",
            "mfa_reauthenticate:webauthn": "Use a passkey",
        }
        methods = super().get_reauthentication_methods(user)
        return [each | {"description": words[each["id"]]} for each in methods]

    def send_notification_mail(self, template_prefix, user, context=None, email=None) -> None:
        """To the address that the person has now, which is not always the one that allauth has seen."""
        if not user.is_guest and not user.is_demo:
            words = {"user": user} | (context or {})
            super().send_notification_mail(template_prefix, user, words, email=user.email)

    def send_mail(self, template_prefix, email, context) -> None:
        """A post office that can't be reached stops nobody, and its silence tells nobody who has an account."""
        try:
            super().send_mail(template_prefix, email, context)
        except (SMTPException, OSError):
            logger.exception("An e-mail could not be sent: %s", template_prefix)


class SecondStepAdapter(DefaultMFAAdapter):
    """Keeps secrets of second steps encrypted, so that a copy of the database opens nothing."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "This code is wrong or too old. Enter the code that your app shows now",
    }

    def encrypt(self, text: str) -> str:
        return closed(text)

    def decrypt(self, encrypted_text: str) -> str:
        return opened(encrypted_text)

    def generate_authenticator_name(self, user, type: Authenticator.Type) -> str:
        count = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return f"Passkey {count + 1}"
