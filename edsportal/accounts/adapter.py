from allauth.account.adapter import DefaultAccountAdapter
from django.urls import reverse


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are given, not taken: nobody signs up. No message tells whether an address has an account."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": "The e-mail address or the password is wrong. Check both, then try again",
        "too_many_login_attempts": "There were too many tries. Wait five minutes, then try again",
        "enter_current_password": "This is not your password. Check it, then try again",
    }

    def is_open_for_signup(self, request) -> bool:
        return False

    def get_password_change_redirect_url(self, request) -> str:
        return reverse("my_work")
