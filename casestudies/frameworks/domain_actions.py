"""Writes of the domains of a draft (name, order, how they are added up) and of where an edition comes from."""

from django.db import transaction

from casestudies.frameworks.actions import changed_meanwhile, locked_draft
from casestudies.models import Domain, Framework
from casestudies.notes import note_change
from edsportal.web.ordering import move_row
from edsportal.web.refusals import NotPossible, mark_of

NAMES = {
    "title": "name",
    "name": "name",
    "has_points": "whether grades count as points",
    "allows_not_applicable": "whether an outcome area may be not applicable",
    "aggregation": "how it is added up",
    "tested_by_third_parties": "who tests it",
    "practice_title": "the practice case study",
    "source": "where the outcomes and the rules come from",
    "help_source": "where the descriptions and guidance come from",
}


def mark_of_domain(domain: Domain) -> str:
    return mark_of((domain.title, domain.aggregation, domain.tested_by_third_parties, domain.practice_title))


def mark_of_source(framework: Framework) -> str:
    return mark_of((framework.source, framework.help_source))


def order_of_domains(framework: Framework) -> str:
    """The domains in their order, as a page carries it."""
    return "-".join(str(domain.pk) for domain in framework.domains.all())


@transaction.atomic
def change_domain(
    *,
    domain: Domain,
    title: str,
    aggregation: str,
    tested_by_third_parties: bool,
    practice_title: str,
    seen: str,
    changed_by,
) -> None:
    """Change a domain of a draft. `seen` is the mark of what the page showed. Raises Frozen and ChangedMeanwhile."""
    draft = locked_draft(domain.framework_id)
    row = Domain.objects.get(pk=domain.pk)
    if mark_of_domain(row) != seen:
        raise changed_meanwhile(draft)
    values = {
        "title": title,
        "aggregation": aggregation,
        "tested_by_third_parties": tested_by_third_parties,
        "practice_title": practice_title,
    }
    if what := _set(row, values):
        note_change(framework=draft, what=f"{row.name}: changed {what}.", changed_by=changed_by)


@transaction.atomic
def move_domain(*, domain: Domain, up: bool, seen: str, moved_by) -> None:
    """Let it change places, and numbers, with the one before or after it. `seen` is the order that the page showed.

    Raises Frozen and ChangedMeanwhile.
    """
    draft = locked_draft(domain.framework_id)
    if order_of_domains(draft) != seen:
        raise changed_meanwhile(draft)
    if move_row(draft.domains.all(), domain, up=up, by="number"):
        what = f"{domain.title}: moved {'up' if up else 'down'}."
        note_change(framework=draft, what=what, changed_by=moved_by)


@transaction.atomic
def change_source(*, framework: Framework, source: str, help_source: str, seen: str, changed_by) -> None:
    """Say where a draft comes from: reports print it. Raises Frozen and ChangedMeanwhile."""
    draft = locked_draft(framework.pk)
    if mark_of_source(draft) != seen:
        raise changed_meanwhile(draft)
    if what := _set(draft, {"source": source, "help_source": help_source}):
        note_change(framework=draft, what=f"Changed {what}.", changed_by=changed_by)


def mark_of_rules(framework: Framework) -> str:
    return mark_of((framework.name, framework.has_points, framework.allows_not_applicable))


@transaction.atomic
def change_rules(
    *, framework: Framework, name: str, has_points: bool, allows_not_applicable: bool, seen: str, changed_by
) -> None:
    """Change a draft's name and two of its rules. Raises Frozen, ChangedMeanwhile and NotPossible (the name)."""
    draft = locked_draft(framework.pk)
    if mark_of_rules(draft) != seen:
        raise changed_meanwhile(draft)
    if Framework.objects.filter(name__iexact=name).exclude(pk=draft.pk).exists():
        raise NotPossible("There is already an edition with this name. Enter another name", field="name")
    values = {"name": name, "has_points": has_points, "allows_not_applicable": allows_not_applicable}
    if what := _set(draft, values):
        note_change(framework=draft, what=f"Changed {what}.", changed_by=changed_by)


@transaction.atomic
def add_domain(
    *,
    framework: Framework,
    title: str,
    aggregation: str,
    tested_by_third_parties: bool,
    practice_title: str,
    added_by,
) -> Domain:
    """Add a domain at the end of a draft; it needs outcome areas before the draft is put in use. Raises Frozen."""
    draft = locked_draft(framework.pk)
    last = draft.domains.last()
    row = draft.domains.create(
        number=last.number + 1 if last else 1,
        noun=last.noun if last else "Domain",
        title=title,
        aggregation=aggregation,
        tested_by_third_parties=tested_by_third_parties,
        practice_title=practice_title,
    )
    note_change(framework=draft, what=f"{row}: added.", changed_by=added_by)
    return row


@transaction.atomic
def remove_domain(*, domain: Domain, removed_by) -> None:
    """Take a domain with its outcome areas out of a draft; those after it move up. Raises Frozen, and NotPossible for
    the only one."""
    draft = locked_draft(domain.framework_id)
    row = Domain.objects.get(pk=domain.pk)
    if reason := why_domain_stays(row):
        raise NotPossible(reason)
    what = f"{row}: removed."
    row.delete()
    for number, other in enumerate(draft.domains.all(), start=1):
        if other.number != number:
            other.number = number
            other.save(update_fields=["number"])
    note_change(framework=draft, what=what, changed_by=removed_by)


def why_domain_stays(domain: Domain) -> str | None:
    """Why a domain can't be removed, or None."""
    others = Domain.objects.filter(framework=domain.framework_id).exclude(pk=domain.pk)
    return None if others.exists() else f"{domain.name} is the only domain, so it stays."


def _set(row: Domain | Framework, values: dict) -> str:
    """Store what differs, and say what that was."""
    changed = [name for name, value in values.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, values[name])
    row.save(update_fields=changed)
    return ", ".join(NAMES[name] for name in changed)
