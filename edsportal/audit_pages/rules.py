"""Which entries of the audit log a person may read."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from casestudies.access import allowed
from casestudies.models import CaseStudy, DeclaredInterest
from eds import stages
from edsportal.audit import policy
from edsportal.audit.models import Entry

PATHS = {"review": "review", "organisation": "organisation"}


PARTS_OF_EDITIONS = (
    *("casestudies.grade", "casestudies.band", "casestudies.domain", "casestudies.outcomearea"),
    "casestudies.ratingdescriptor",
)


def without_copied_parts(rows: QuerySet[Entry]) -> QuerySet[Entry]:
    """The entries without the parts of an edition that were added with it: its own entry says that it was copied."""
    copied = Entry.objects.filter(kind="casestudies.framework", did=Entry.Did.ADDED).exclude(request="")
    parts = Q(kind__in=PARTS_OF_EDITIONS, did=Entry.Did.ADDED, request__in=copied.values("request"))
    return rows.exclude(parts)


def entries_visible_to(user) -> QuerySet[Entry]:
    """Administrators: all. Equality leads: their organisations'. What a panel judged: once the scores of the case study
    are revealed. Entries from before the log noted the case study: once those of every case study of the review are."""
    judged = Q(
        kind__in=[model._meta.label_lower for model, audit in policy.logged_models() if audit.is_judgement]
    )
    own = DeclaredInterest.objects.filter(member__user=user.pk)  # they read it once it is agreed
    hidden = CaseStudy.objects.filter(review=OuterRef("review")).exclude(
        Q(stage=stages.AGREED) | (Q(stage__in=stages.REVEALED) & ~Q(pk__in=own.values("case_study")))
    )
    inside = allowed("see_changes", user, **PATHS)
    noted = allowed("see_changes_of_judgements", user, case_study="of_case_study", **PATHS)
    earlier = Q(of_case_study=None) & ~Q(Exists(hidden))
    return Entry.objects.filter((~judged & inside) | (judged & noted) | (judged & earlier & inside))
