"""Writes of organisations."""

from django.db import transaction
from django.utils.text import slugify

from casestudies.models import Change, IntegratedCareSystem, Organisation


@transaction.atomic
def save_organisation(*, organisation: Organisation, system: str, saved_by) -> Organisation:
    """Store an organisation, new or changed, in the integrated care system of that name; "" for none.

    A new one gets its address from its name, which stays when the name changes.
    """
    is_new = organisation.pk is None
    if is_new:
        organisation.slug = _free_slug(organisation.name)
    organisation.ics = _system(system.strip())
    organisation.save()
    what = f"{'Added' if is_new else 'Changed'} {organisation.name}"
    Change.objects.create(organisation=organisation, what=what, changed_by=saved_by)
    return organisation


def _system(name: str) -> IntegratedCareSystem | None:
    if not name:
        return None
    known = IntegratedCareSystem.objects.filter(name__iexact=name).first()
    return known or IntegratedCareSystem.objects.create(name=name)


def _free_slug(name: str) -> str:
    slug = slugify(name)[:190] or "organisation"
    taken = set(Organisation.objects.filter(slug__startswith=slug).values_list("slug", flat=True))
    free = (f"{slug}-{number}" for number in range(2, len(taken) + 3))
    return slug if slug not in taken else next(each for each in free if each not in taken)
