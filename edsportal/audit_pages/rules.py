"""Which entries of the audit log a person may read."""

from django.db.models import Q, QuerySet

from casestudies.models import Organisation
from eds import stages
from edsportal.audit import policy
from edsportal.audit.models import Entry

BEFORE_MODERATION = (stages.SETUP, stages.EVIDENCE, stages.SCORING)


def entries_visible_to(user) -> QuerySet[Entry]:
    """Administrators: all. Equality leads: their organisations'. Before moderation nobody: what a panel judged."""
    if not user.is_authenticated:
        return Entry.objects.none()
    judgements = [model._meta.label_lower for model, audit in policy.logged_models() if audit.is_judgement]
    early = Q(kind__in=judgements, review__stage__in=BEFORE_MODERATION)
    rows = Entry.objects.exclude(early)
    if user.is_administrator:
        return rows
    return rows.filter(organisation__in=Organisation.objects.led_by(user))
