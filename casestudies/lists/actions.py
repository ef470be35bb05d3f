"""Writes of the lists that administrators keep."""

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from casestudies.evidence.models import Evidence
from casestudies.lists.models import ListEntry
from casestudies.reviews.panel_models import PanelMember
from casestudies.writing.models import Version
from edsportal.web.ordering import move_row
from edsportal.web.refusals import NotPossible


@transaction.atomic
def save_entry(*, entry: ListEntry) -> ListEntry:
    """Store an entry, new or changed. A new one gets its code from its name; the code stays when the name changes.

    Raises NotPossible where another entry of the list has the name.
    """
    others = _locked(entry.kind)
    if any(each.name.casefold() == entry.name.casefold() for each in others if each.pk != entry.pk):
        raise NotPossible(f"“{entry.name}” is already in the list", field="name")
    if entry.pk is None:
        entry.code = free_code(entry.name, {each.code for each in others})
        entry.position = max((each.position for each in others), default=0) + 1
    entry.save()
    return entry


@transaction.atomic
def name_group(*, code: str, name: str, outside_nhs: bool) -> None:
    """Keep the group of an imported report out of use, so that its panel has its words. One that is there stays."""
    rows = _locked(ListEntry.Kind.REPRESENTED_GROUP)
    if any(row.code == code for row in rows):
        return
    names = {row.name.casefold() for row in rows}
    number = next(each for each in range(1, len(rows) + 2) if _numbered(name, each).casefold() not in names)
    ListEntry.objects.create(
        kind=ListEntry.Kind.REPRESENTED_GROUP,
        code=code,
        name=_numbered(name, number),
        outside_nhs=outside_nhs,
        position=max((row.position for row in rows), default=0) + 1,
        retired_at=timezone.now(),
    )


def _numbered(name: str, number: int) -> str:
    """The name, with a number where others had it first."""
    return name if number == 1 else f"{name[:90]} ({number})"


@transaction.atomic
def move_entry(*, entry: ListEntry, up: bool) -> None:
    """Let an entry change places with the one before or after it."""
    rows = _locked(entry.kind)
    move_row(rows, next(row for row in rows if row.pk == entry.pk), up=up)


@transaction.atomic
def retire_entry(*, entry: ListEntry) -> None:
    """Take an entry out of use: nobody can choose it any more. Raises NotPossible for the last in use."""
    rows = _locked(entry.kind)
    if not any(row.retired_at is None for row in rows if row.pk != entry.pk):
        raise NotPossible(
            "This is the only entry in use, so you can’t take it out of use. Add another one first."
        )
    ListEntry.objects.filter(pk=entry.pk, retired_at=None).update(retired_at=timezone.now())


@transaction.atomic
def use_entry_again(*, entry: ListEntry) -> None:
    ListEntry.objects.filter(pk=entry.pk).update(retired_at=None)


@transaction.atomic
def delete_entry(*, entry: ListEntry) -> None:
    """Delete an entry that nothing uses. Raises NotPossible where something does."""
    _locked(entry.kind)
    if reason := why_in_use(entry):
        raise NotPossible(reason)
    ListEntry.objects.filter(pk=entry.pk).delete()


def why_in_use(entry: ListEntry) -> str | None:
    """Why an entry has to stay, or None. Those that ship always do: files of reports name them by their codes."""
    if entry.is_shipped:
        return "This entry came with the portal, so you can’t delete it. You can take it out of use."
    if entry.kind == ListEntry.Kind.REPRESENTED_GROUP:
        count = PanelMember.objects.filter(interest=entry.code).count()
        used = "1 panel member represents" if count == 1 else f"{count} panel members represent"
        return f"{used} this group, so you can’t delete it. You can take it out of use." if count else None
    count = Evidence.objects.filter(source_kind=entry.name).count()
    used = "1 item of evidence has" if count == 1 else f"{count} items of evidence have"
    if count:
        return f"{used} this kind of source, so you can’t delete it. You can take it out of use."
    return _why_in_versions(entry)


def _why_in_versions(entry: ListEntry) -> str | None:
    for content in Version.objects.values_list("content", flat=True).iterator():
        if any(item.get("source_kind") == entry.name for item in content["evidence"]):
            return (
                "A case study accepted for the panel names this kind of source, so you can’t delete it. "
                "You can take it out of use."
            )
    return None


def free_code(name: str, taken: set[str]) -> str:
    """A code made from a name, which no entry has yet."""
    code = slugify(name)[:26] or "entry"
    free = (f"{code}-{number}" for number in range(2, len(taken) + 3))
    return code if code not in taken else next(each for each in free if each not in taken)


def _locked(kind: str) -> list[ListEntry]:
    return list(ListEntry.objects.select_for_update().filter(kind=kind).order_by("position", "pk"))
