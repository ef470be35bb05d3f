"""Writes of what abbreviations stand for in an organisation."""

from django.db import transaction

from casestudies.models import Abbreviation, Organisation


class Taken(Exception):
    """The abbreviation is explained already; nothing was stored."""


@transaction.atomic
def explain_abbreviation(
    *, organisation: Organisation, short: str, meaning: str, abbreviation: Abbreviation | None = None
) -> Abbreviation:
    """Explain an abbreviation, or change the `abbreviation` that is given. Raises Taken."""
    Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)
    others = Abbreviation.objects.filter(organisation=organisation, short=short)
    if others.exclude(pk=abbreviation.pk if abbreviation else None).exists():
        raise Taken
    row = abbreviation or Abbreviation(organisation=organisation)
    row.short, row.meaning = short, meaning
    row.save()
    return row


@transaction.atomic
def remove_abbreviation(*, abbreviation: Abbreviation) -> None:
    abbreviation.delete()
