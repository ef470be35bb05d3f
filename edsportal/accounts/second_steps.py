"""Takes the second step from somebody who lost phone and codes: an administrator does it, and they are told."""

from allauth.mfa.models import Authenticator
from django.db import transaction

from edsportal.accounts import mail
from edsportal.accounts.models import User


@transaction.atomic
def remove_second_step(*, user: User) -> None:
    """Every app, passkey and recovery code of this person."""
    removed, _ = Authenticator.objects.filter(user=user).delete()
    if removed:
        email = mail.message(
            template="account/email/second_step_removed",
            subject="Your second step was removed",
            to=user.email,
            words={"person": user},
        )
        transaction.on_commit(lambda: email.send(fail_silently=True))
