"""What needs an administrator: each question is a queryset, and names no content of any review."""

from datetime import timedelta

from django.db.models import Exists, F, Min, OuterRef, Q, QuerySet
from django.utils import timezone

from casestudies.models import Change, Framework, Organisation, Review, Role
from eds import stages
from edsportal.accounts.models import User

LONG_AWAY = timedelta(days=365)
_LEADS = Role.objects.filter(kind=Role.Kind.EQUALITY_LEAD, user__is_active=True)


def organisations_without_lead() -> QuerySet[Organisation]:
    """Organisations in use where nobody who can sign in is equality lead."""
    leads = _LEADS.filter(organisation=OuterRef("pk"))
    return Organisation.objects.starting().filter(~Exists(leads)).order_by("name")


def reviews_without_lead() -> QuerySet[Review]:
    """Reviews that are not published, of organisations without a lead."""
    leads = _LEADS.filter(organisation=OuterRef("organisation"))
    rows = Review.objects.filter(~Exists(leads)).exclude(stage=stages.PUBLISHED)
    return rows.select_related("organisation").order_by("organisation__name", "-year")


def waiting_invitations() -> QuerySet[Role]:
    """The first role of each person who was invited to an organisation and has never signed in; the oldest first."""
    people = Role.objects.filter(user__is_active=True, user__last_login=None, user__guest_until=None)
    first = people.filter(user=OuterRef("user"), organisation=OuterRef("organisation"), pk__lt=OuterRef("pk"))
    return people.filter(~Exists(first)).select_related("user", "organisation").order_by("given_at", "pk")


def inactive_people() -> QuerySet[User]:
    """People with a role whose account is closed, or who last signed in over a year ago."""
    away = Q(last_login__lt=timezone.now() - LONG_AWAY)
    people = User.objects.filter(Q(is_active=False) | away, erased_at=None, roles__isnull=False)
    return people.annotate(role_from=Min("roles__given_at")).order_by(
        "is_active", F("last_login").asc(nulls_first=True), "pk"
    )


def drafts() -> QuerySet[Framework]:
    return Framework.objects.filter(status=Framework.Status.DRAFT).order_by("name")


def latest_changes() -> QuerySet[Change]:
    """Changes of organisations and their people, and nothing of any review."""
    return Change.objects.filter(review=None).select_related("organisation", "about", "changed_by")
