"""Changes to an account: each is told to the person by e-mail, at the address that they had before and have after.

Administrators end and restore accounts and send reset links. No one sets the password or the e-mail address of somebody
else: whoever could, could sign in as them.
"""

from allauth.account.models import EmailAddress
from django.core import signing
from django.db import transaction

from edsportal.accounts import mail
from edsportal.accounts.administrators import LastAdministrator, is_last
from edsportal.accounts.models import User
from edsportal.accounts.sign_in.forms import ResetPasswordForm
from edsportal.web.refusals import NotPossible

SALT = "edsportal.accounts.addresses"
HOURS = 24  # how long the link that confirms a new address works


def tell_of_change(user: User, what: str, *, subject: str, to: str = "") -> None:
    """Write to the person, once it is stored, what changed in their account. Guests and demo people have no mail."""
    if user.is_guest or user.is_demo:
        return
    mail.send_after_commit(
        template="account/email/changed",
        subject=subject,
        to=to or user.email,
        words={"person": user, "what": what},
    )


@transaction.atomic
def choose_daily_email(*, user: User, daily_email: bool) -> None:
    """Keep whether they get one e-mail a day, or one for each message."""
    User.objects.filter(pk=user.pk).update(daily_email=daily_email)


@transaction.atomic
def end_account(*, user: User) -> None:
    """Close the account: the person is signed out and can't sign in. What they did stays.

    Raises LastAdministrator, and NotPossible where it is closed already.
    """
    list(User.objects.select_for_update().filter(is_superuser=True).order_by("pk"))
    locked = User.objects.select_for_update().get(pk=user.pk)
    if not locked.is_active:
        raise NotPossible("This account is closed already.")
    if is_last(locked):
        raise LastAdministrator
    User.objects.filter(pk=user.pk).update(is_active=False)
    tell_of_change(
        locked,
        "An administrator closed your account. You can no longer sign in. What you wrote is kept.",
        subject="Your account was closed",
    )


@transaction.atomic
def restore_account(*, user: User) -> None:
    """Open a closed account again, with the password, second step and roles that it had. Raises NotPossible."""
    locked = User.objects.select_for_update().get(pk=user.pk)
    if locked.is_active:
        raise NotPossible("This account is open already.")
    if locked.erased_at or locked.is_guest:
        raise NotPossible("This account can’t be opened again. Invite the person instead.")
    User.objects.filter(pk=user.pk).update(is_active=True)
    tell_of_change(
        locked,
        "An administrator opened your account again. You can sign in as before.",
        subject="Your account is open again",
    )


def send_reset_link(request, user: User) -> None:
    """Write the link by which the person sets a new password to their own address. Raises NotPossible."""
    form = ResetPasswordForm({"email": user.email})
    if not form.is_valid() or not form.users:
        raise NotPossible(
            "We can’t send a link to this person. Their account is closed or has no e-mail address."
        )
    form.save(request)


# A new e-mail address: asked for by the person, and theirs once they open the link that was sent to it.


@transaction.atomic
def rename_person(*, user: User, name: str) -> None:
    """The person's own name, as they give it."""
    User.objects.filter(pk=user.pk).update(name=name)
    user.name = name


def ask_for_address(user: User, email: str, link_to) -> None:
    """Write the link that confirms a new address to it. An address that has an account is sent nothing."""
    if User.objects.filter(email=email).exists():
        return
    mail.send_after_commit(
        template="account/email/confirm_address",
        subject="Confirm your e-mail address",
        to=email,
        words={"person": user, "link": link_to(address_token(user, email)), "hours": HOURS},
    )


def address_token(user: User, email: str) -> str:
    return signing.dumps([user.pk, user.email, email], salt=SALT)


def new_address(user: User, token: str) -> str | None:
    """The address that this person confirms with the link; None where it is not whole, too old, used or not theirs."""
    try:
        pk, before, after = signing.loads(token, salt=SALT, max_age=HOURS * 60 * 60)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return after if (pk, before) == (user.pk, user.email) else None


@transaction.atomic
def change_address(*, user: User, email: str) -> None:
    """From now on the person signs in with this address. Both addresses are told. Raises NotPossible."""
    locked = User.objects.select_for_update().get(pk=user.pk)
    if User.objects.exclude(pk=user.pk).filter(email=email).exists():
        raise NotPossible("This e-mail address already has an account.")
    before, locked.email = locked.email, email
    locked.save(update_fields=["email"])
    EmailAddress.objects.filter(user=locked).delete()
    what = f"Your e-mail address for signing in is now {email}."
    for to in (before, email):
        tell_of_change(locked, what, subject="Your e-mail address was changed", to=to)
