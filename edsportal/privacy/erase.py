"""Erases an account: everything that says who the person was goes, and what they scored and did stays.

The database refuses to change scores and the audit log, and neither holds a name: they lead to the person's row, which
from then on says "Former panel member 3". What was published with the name stays; the next edition says that too.
"""

import re

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone

from casestudies.models import DeclaredInterest, PanelMember, PanelMessage, PastInterest, Review, Role
from edsportal.accounts.administrators import LastAdministrator, is_last
from edsportal.accounts.models import OutgoingEmail, User
from edsportal.backup.erasures import Erasure, note_erasure
from scoring.models import Draft, OwnerMessage, PaperSheet, Recommendation, ScoreSheet

GONE = "Removed with the account."


def name_left(*, number: int, sat_on_panel: bool) -> str:
    """What stands in place of the name; the number tells people apart and nothing about them."""
    return f"Former panel member {number}" if sat_on_panel else f"Former user {number}"


@transaction.atomic
def erase_person(*, user: User) -> str:
    """Take away name, address, ways to sign in, roles, drafts and private reasons; give the name that is left.

    Raises LastAdministrator. Somebody erased before stays as they are.
    """
    ContentType.objects.select_for_update().get(app_label="accounts", model="user")  # no two get one number
    locked = User.objects.select_for_update().get(pk=user.pk)
    if locked.erased_at:
        return locked.name
    if is_last(locked):
        raise LastAdministrator
    number = User.objects.exclude(erased_at=None).count() + 1
    name = name_left(number=number, sat_on_panel=locked.panel_members.exists())
    _forget_seats(locked, name)
    _forget_ways_in(locked)
    old, old_name = locked.email, locked.name
    locked.name, locked.email = name, f"erased-{locked.pk}@erased.invalid"  # RFC 2606: stands for none
    locked.demo_note, locked.last_login, locked.erased_at = "", None, timezone.now()
    locked.is_active = locked.is_staff = locked.is_superuser = False
    locked.set_unusable_password()
    locked.save()
    _forget_address(old)
    _forget_in_admin_log(old_name, old)
    note_erasure("account", locked.pk, same=locked.joined_at.isoformat())
    return name


def erase_person_again(erasure: Erasure) -> bool:
    """After a backup from before it was restored."""
    user = User.objects.filter(pk=erasure.row, erased_at=None).first()
    if user is None or user.joined_at.isoformat() != erasure.same:
        return False
    erase_person(user=user)
    return True


def _forget_seats(user: User, name: str) -> None:
    seats = PanelMember.objects.filter(user=user)
    PanelMessage.objects.filter(member__in=seats).update(address=f"erased-{user.pk}@erased.invalid")
    DeclaredInterest.objects.filter(member__in=seats).update(reason=GONE)
    PastInterest.objects.filter(member__in=seats).update(reason=GONE, why=GONE)
    Draft.objects.filter(sheet__member__in=seats).delete()
    ScoreSheet.objects.filter(member__in=seats).update(reason="")
    PaperSheet.objects.filter(member__in=seats).update(answers={}, reason="")
    seats.update(name=name, email="")


def _forget_ways_in(user: User) -> None:
    for kind in (Role, EmailAddress, Authenticator, SocialAccount):
        kind.objects.filter(user=user).delete()
    about = ContentType.objects.get_for_model(User)
    LogEntry.objects.filter(content_type=about, object_id=str(user.pk)).delete()


def _forget_in_admin_log(*texts: str) -> None:
    """Django's own admin keeps what a row was called: of seats, roles and addresses it keeps the name with it."""
    whole = re.compile("|".join(rf"(?<!\w){re.escape(text)}(?!\w)" for text in texts if text), re.IGNORECASE)
    for entry in LogEntry.objects.only("object_repr", "change_message").iterator():
        if whole.search(entry.object_repr) or whole.search(entry.change_message):
            LogEntry.objects.filter(pk=entry.pk).update(object_repr=GONE, change_message="")


def _forget_address(email: str) -> None:
    """Where else the address was written down: as that of somebody invited, or who owns a recommendation."""
    PanelMember.objects.filter(email__iexact=email).update(email="")
    Recommendation.objects.filter(owner_email__iexact=email).update(owner_email="")
    OwnerMessage.objects.filter(address__iexact=email).update(address="erased@erased.invalid")
    Review.objects.filter(board_sponsor_email__iexact=email).update(board_sponsor_email="")
    emails = OutgoingEmail.objects.filter(to__iexact=email)
    emails.filter(sent_at=None, claimed_at=None).delete()
    for row in emails.only("pk"):  # each its own, so that no two are the same message to one address
        OutgoingEmail.objects.filter(pk=row.pk).update(to=f"erased-{row.pk}@erased.invalid", text="", html="")
