"""Who is an administrator: given and taken by another one, and never by the last from themselves."""

from django.db import transaction

from edsportal.accounts.models import User
from edsportal.web.refusals import NotPossible


class LastAdministrator(NotPossible):
    """There would be no administrator left; the sentence says so."""

    def __init__(self):
        super().__init__("This is the last administrator. Make someone else an administrator first.")


def is_last(user: User) -> bool:
    """Is this person an administrator, and no other who can sign in?"""
    others = User.objects.filter(is_superuser=True, is_active=True).exclude(pk=user.pk)
    return user.is_administrator and not others.exists()


@transaction.atomic
def make_administrator(*, user: User) -> None:
    User.objects.filter(pk=user.pk).update(is_superuser=True, is_staff=True)


@transaction.atomic
def unmake_administrator(*, user: User) -> None:
    """Take the role away. Raises LastAdministrator."""
    list(User.objects.select_for_update().filter(is_superuser=True))  # so that two never leave at once
    if is_last(User.objects.get(pk=user.pk)):
        raise LastAdministrator
    User.objects.filter(pk=user.pk).update(is_superuser=False, is_staff=False)
