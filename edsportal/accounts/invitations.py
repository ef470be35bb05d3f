"""Links by which somebody invited comes in: signed, for some days, and until they have set a password."""

from allauth.mfa.utils import is_mfa_enabled
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.contrib.auth import login
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
    if user.pk is None:
        return False
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


# The account of somebody who is invited to a panel begins when they accept: nobody has one that they did not ask for.


def begun_account(email: str, name: str) -> User | None:
    """The person with this address, not stored where there is none yet; None where their account is closed."""
    person = User.objects.filter(email=email.strip().lower()).first()
    if person is None:
        return User(email=email.strip().lower(), name=name, password=make_password(None))
    return person if person.is_active else None


def begin_account(request, user: User, password: str) -> None:
    """Store the person's first password, and them where they are new; they are signed in."""
    user.set_password(password)
    user.save()
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
