"""Links by which somebody invited comes in: signed, for some days, and until they have set a password."""

from allauth.mfa.utils import is_mfa_enabled
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import AbstractBaseUser
from django.core import signing
from django.utils.crypto import constant_time_compare, salted_hmac

from edsportal.accounts.models import User, one_line

SALT = "edsportal.accounts.invitations"
DAYS = 14


def account_for(*, email: str, name: str) -> User:
    """The person with this address; without one, a new account that the invitation opens."""
    given = {"name": one_line(name), "password": make_password(None)}
    user, _ = User.objects.get_or_create(email=email.strip().lower(), defaults=given)
    return user


def has_a_way_in(user: User) -> bool:
    """Did this person sign in before, or have a password or a provider? Then a link opens nothing by itself."""
    if user.has_usable_password() or user.last_login:
        return True
    return SocialAccount.objects.filter(user=user).exists() or is_mfa_enabled(user)


def token_for(user: AbstractBaseUser) -> str:
    """The secret part of a link for this person. It sets a password once: then it is spent."""
    return signing.dumps([user.pk, _state(user)], salt=SALT)


def user_of(token: str) -> User | None:
    """The person whose link this is, or None where it is not whole, too old, spent, or they may not sign in."""
    try:
        pk, state = signing.loads(token, salt=SALT, max_age=DAYS * 24 * 60 * 60)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    user = User.objects.filter(pk=pk, is_active=True).first()
    return user if user and constant_time_compare(state, _state(user)) else None


def _state(user) -> str:
    """Changes with the password and the address."""
    return salted_hmac(SALT, f"{user.password}|{user.email}").hexdigest()[:20]
