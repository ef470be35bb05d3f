"""Whose account is no longer needed: rules for `manage.py retention`."""

from datetime import datetime, timedelta

from django.core.cache import caches
from django.core.cache.backends.db import DatabaseCache
from django.db import connection
from django.db.models import Q, QuerySet

from casestudies.models import PanelMember, Role
from eds import stages
from edsportal.accounts.models import User


def delete_old_counts(now: datetime) -> None:
    """Delete what the cache held for a while, such as counts of wrong tries: it forgets on its own only when full."""
    if not isinstance(caches["default"], DatabaseCache):
        return
    table = connection.ops.quote_name(caches["default"]._table)
    with connection.cursor() as cursor:
        statement = f"DELETE FROM {table} WHERE expires < %s"  # noqa: S608 (the table's name is a setting)
        cursor.execute(statement, [connection.ops.adapt_datetimefield_value(now)])


MONTH = timedelta(days=30.4375)


def no_longer_needed(*, now: datetime, months: int, guest_days: int) -> QuerySet[User]:
    """Accounts to erase: guests so many days after their workshop, others after so many months without signing in.

    Nobody who sits on a panel that still works, leads a body or administers the portal. 0 months: guests alone.
    """
    busy = PanelMember.objects.active().exclude(review__stage=stages.PUBLISHED).values("user")
    leads = Role.objects.filter(kind=Role.Kind.EQUALITY_LEAD).values("user")
    gone = Q(guest_until__lt=now - timedelta(days=guest_days))
    if months:
        since = now - months * MONTH
        unused = Q(last_login__lt=since) | Q(last_login=None, joined_at__lt=since)
        gone |= unused & Q(guest_until=None, is_superuser=False, is_staff=False) & ~Q(pk__in=leads)
    people = User.objects.filter(gone, erased_at=None, is_demo=False)
    return people.exclude(pk__in=busy.exclude(user=None)).order_by("pk")
