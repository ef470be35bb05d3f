"""Which entries of the audit log a person may read."""

from django.db.models import Q, QuerySet

from casestudies.access import allowed
from edsportal.audit import policy
from edsportal.audit.models import Entry

PATHS = {"review": "review", "organisation": "organisation"}


def entries_visible_to(user) -> QuerySet[Entry]:
    """Administrators: all. Equality leads: their organisations'. Before moderation nobody: what a panel judged."""
    judged = Q(
        kind__in=[model._meta.label_lower for model, audit in policy.logged_models() if audit.is_judgement]
    )
    return Entry.objects.filter(
        (~judged & allowed("see_changes", user, **PATHS))
        | (judged & allowed("see_changes_of_judgements", user, **PATHS))
    )
