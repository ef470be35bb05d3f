"""The figures of published reports of one year and edition, each worked out once: a publication never changes."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.cache import cache
from django.db.models import QuerySet

from eds.comparison import Told, told
from eds.edition import Edition
from eds.editions import edition_from_dict
from scoring.models import Publication

KEY = "figures-2-{}"  # another number once `Told` has other parts


@dataclass(frozen=True, kw_only=True)
class Figures:
    """`own` is the figures of one organisation among them, where it is."""

    edition: Edition | None
    reports: list[Told]
    own: Told | None


def figures_of(rows: QuerySet[Publication], *, own_slug: str = "") -> Figures:
    """What these publications say in figures; they are of one edition."""
    listed = list(rows.values_list("pk", "review__organisation__slug"))
    known = known_figures([pk for pk, _ in listed])
    own = next((known[pk] for pk, slug in listed if slug == own_slug), None)
    first = rows.first() if listed else None
    edition = edition_from_dict(first.edition) if first else None
    return Figures(edition=edition, reports=[known[pk] for pk, _ in listed], own=own)


def known_figures(keys: Sequence[int]) -> dict[int, Told]:
    """The figures of these publications, by their keys."""
    kept = cache.get_many([KEY.format(pk) for pk in keys])
    missing = [pk for pk in keys if KEY.format(pk) not in kept]
    made = {row.pk: told(row.as_content()) for row in Publication.objects.filter(pk__in=missing)}
    cache.set_many({KEY.format(pk): one for pk, one in made.items()}, timeout=None)
    return {pk: made[pk] if pk in made else kept[KEY.format(pk)] for pk in keys}
