"""Writes of the groups that evidence may speak of: national ones, and an organisation's own."""

from django.db import transaction
from django.utils.text import slugify

from casestudies.models import Change, Group, Organisation, Version


class InUse(Exception):
    """The group can't go, for evidence names it; the message says where."""


@transaction.atomic
def save_group(*, group: Group, saved_by) -> Group:
    """Store a group, new or changed. A new one gets its code from its name; the code stays when the name changes."""
    is_new = group.pk is None
    if is_new:
        group.code = _free_code(group)
        group.kind = Group.Kind.LOCAL if group.organisation else Group.Kind.INCLUSION
        last = (
            Group.objects.filter(organisation=group.organisation, kind=group.kind).order_by("position").last()
        )
        group.position = last.position + 1 if last else 1
    group.save()
    _note(group.organisation, f"{'Added' if is_new else 'Changed'} group “{group}”", saved_by)
    return group


@transaction.atomic
def remove_group(*, group: Group, removed_by) -> None:
    """Take away a group that no evidence names. Raises InUse where some does, now or in a version."""
    if reason := why_in_use(group):
        raise InUse(reason)
    _note(group.organisation, f"Removed group “{group}”", removed_by)
    group.delete()


def why_in_use(group: Group) -> str | None:
    """Why the group has to stay, or None. The nine protected characteristics always do."""
    if group.kind == Group.Kind.PROTECTED:
        return "The nine protected characteristics are those of the Equality Act 2010, so they stay."
    count = group.evidence.count()
    if count:
        pieces = "1 piece of evidence speaks" if count == 1 else f"{count} pieces of evidence speak"
        return f"{pieces} of this group, so it stays. You can give it another name."
    versions = Version.objects.all()
    if group.organisation_id:
        versions = versions.filter(case_study__review__organisation=group.organisation_id)
    for content in versions.values_list("content", flat=True).iterator():
        if any(group.code in item["groups"] for item in content["evidence"]):
            return "A case study that was marked ready speaks of this group, so it stays. You can give it another name."
    return None


def _free_code(group: Group) -> str:
    code = slugify(group.name)[:90] or "group"
    taken = set(Group.objects.of(group.organisation).values_list("code", flat=True))
    if group.organisation is None:
        taken = set(Group.objects.values_list("code", flat=True))
    free = (f"{code}-{number}" for number in range(2, len(taken) + 3))
    return code if code not in taken else next(each for each in free if each not in taken)


def _note(organisation: Organisation | None, what: str, changed_by) -> None:
    if organisation is not None:  # who changed a national group stands in the trail alone
        Change.objects.create(organisation=organisation, what=what, changed_by=changed_by)
