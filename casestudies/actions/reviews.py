"""Writes of a review's own fields."""

from collections.abc import Mapping

from django.db import transaction

from casestudies.models import Change, Review


def note_change(*, review: Review, what: str, changed_by) -> Change:
    """Keep in words what was changed in a review."""
    return Change.objects.create(
        organisation_id=review.organisation_id, review=review, what=what, changed_by=changed_by
    )


@transaction.atomic
def change_header(*, review: Review, values: Mapping[str, object], changed_by) -> None:
    """Set fields of the header; only those named in `values` are written, and their names are noted."""
    locked = Review.objects.select_for_update(of=("self",)).get(pk=review.pk)
    changed = [name for name, value in values.items() if getattr(locked, name) != value]
    if not changed:
        return
    for name in changed:
        setattr(locked, name, values[name])
    locked.save(update_fields=changed)
    names = ", ".join(Review._meta.get_field(name).verbose_name for name in changed)
    note_change(review=locked, what=f"Changed: {names}", changed_by=changed_by)
