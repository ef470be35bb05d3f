"""Ways to rewrite the audit log or a publication for somebody who may write to the database and lacks the key.

Each function does it once, at a random place, and gives the row that a check has to name: its table and number, or
None where the chain itself is what is wrong.
"""

import hashlib
import json
import random
from collections.abc import Callable
from contextlib import contextmanager

from django.db import connection
from django.test import override_settings

from edsportal.audit import chain
from edsportal.audit.chain.canonical import canonical, link_hash, record_of
from edsportal.audit.models import Entry, Head, Link
from scoring.models import Publication, PublicationFile

Named = tuple[str, int] | None


@contextmanager
def another_key():
    """Whoever tampers has a key of their own at best."""
    secrets = {"AUDIT_KEY": "a guess " * 8, "SECRET_KEY": "another guess " * 4, "AUDIT_KEY_FALLBACKS": []}
    with override_settings(**secrets, SECRET_KEY_FALLBACKS=[]):
        yield


def any_entry(chance: random.Random) -> Entry:
    return chance.choice(list(Entry.objects.order_by("pk")))


CHANGES: dict[str, Callable] = {
    "source": lambda entry: entry.source + "x",
    "request": lambda entry: entry.request + "x",
    "case_study": lambda entry: entry.case_study + "x",
    "did": lambda entry: {"added": "removed"}.get(entry.did, "added"),
    "kind": lambda entry: "accounts.user" if entry.kind != "accounts.user" else "casestudies.section",
    "row": lambda entry: entry.row + "0",
    "label": lambda entry: entry.label + "x",
    "old": lambda entry: {"planted": 1},
    "new": lambda entry: {"planted": 1},
    "written_in": lambda entry: entry.written_in[::-1] + "x",
    "by": lambda entry: None if entry.by_id else 1,
    "at": lambda entry: entry.at.replace(year=2001),
}


def change_entry(chance: random.Random) -> Named:
    entry = any_entry(chance)
    name = chance.choice(list(CHANGES))
    Entry.objects.filter(pk=entry.pk).update(**{name: CHANGES[name](entry)})
    return "trail.entry", entry.pk


def change_publication(chance: random.Random) -> Named:
    row = Publication.objects.order_by("?").first()
    name = chance.choice(["content", "sha256", "note", "audit_head"])
    Publication.objects.filter(pk=row.pk).update(**{name: "x" + getattr(row, name)[1:]})
    return ("scoring.publication", row.pk) if name != "audit_head" else None


def change_publication_with_its_hash(chance: random.Random) -> Named:
    """The content and the sum that the portal shows for it, so that the two fit."""
    row = Publication.objects.order_by("?").first()
    text = row.content.replace("2", "3", 1)
    Publication.objects.filter(pk=row.pk).update(
        content=text, sha256=hashlib.sha256(text.encode()).hexdigest()
    )
    return "scoring.publication", row.pk


def change_file(chance: random.Random) -> Named:
    row = PublicationFile.objects.order_by("?").first()
    data = bytes(row.data) + b" "
    PublicationFile.objects.filter(pk=row.pk).update(data=data, sha256=hashlib.sha256(data).hexdigest())
    return "scoring.publicationfile", row.pk


def delete_entry(chance: random.Random) -> Named:
    entry = any_entry(chance)
    Entry.objects.filter(pk=entry.pk)._raw_delete("default")
    return "trail.entry", entry.pk


def delete_entry_and_link(chance: random.Random) -> Named:
    """Its link too: the next link tells that one is missing, or the head that the end is."""
    entry = any_entry(chance)
    link = Link.objects.get(kind="trail.entry", row=entry.pk)
    after = Link.objects.filter(position__gt=link.position).order_by("position").first()
    Link.objects.filter(pk=link.pk)._raw_delete("default")
    Entry.objects.filter(pk=entry.pk)._raw_delete("default")
    return (after.kind, after.row) if after else None


def insert_entry(chance: random.Random) -> Named:
    """A copy of an entry, with or without the token of a transaction."""
    entry = any_entry(chance)
    entry.pk, entry.label = Entry.objects.order_by("-pk").first().pk + chance.randint(1, 9), "Planted"
    entry.written_in = chance.choice([entry.written_in, "", "0" * 48])
    entry.save(force_insert=True)
    return "trail.entry", entry.pk


def insert_entry_and_link(chance: random.Random) -> Named:
    kind, row = insert_entry(chance)
    with another_key():
        chain.append(connection, [record_of(Entry.objects.get(pk=row))])
    return kind, row


def replace_entry(chance: random.Random) -> Named:
    """INSERT OR REPLACE on SQLite; ON CONFLICT DO UPDATE on PostgreSQL."""
    entry = any_entry(chance)
    columns = ", ".join(f'"{field.column}"' for field in Entry._meta.concrete_fields)
    verb, end = (
        ("INSERT OR REPLACE", "")
        if connection.vendor == "sqlite"
        else ("INSERT", '"label" = EXCLUDED."label"')
    )
    end = f" ON CONFLICT (id) DO UPDATE SET {end}" if end else ""
    values = columns.replace('"label"', "'Planted'")
    with connection.cursor() as cursor:
        cursor.execute(
            f"{verb} INTO trail_entry ({columns}) SELECT {values} FROM trail_entry WHERE id = {entry.pk}{end}"
        )
    return "trail.entry", entry.pk


def swap_entries(chance: random.Random) -> Named:
    first, second = sorted(chance.sample(list(Entry.objects.values_list("pk", flat=True)), 2))
    one, other = (Entry.objects.filter(pk=pk).values().get() for pk in (first, second))
    Entry.objects.filter(pk=first).update(**other | {"id": first})
    Entry.objects.filter(pk=second).update(**one | {"id": second})
    return "trail.entry", first_in_chain(first, second)


def first_in_chain(*rows: int) -> int:
    links = Link.objects.filter(kind="trail.entry", row__in=rows)
    return links.order_by("position").first().row


def swap_links(chance: random.Random) -> Named:
    first, second = sorted(chance.sample(list(Link.objects.values_list("position", flat=True)), 2))
    aside = Link.objects.count() + 10
    for before, after in ((first, aside), (second, first), (aside, second)):
        Link.objects.filter(position=before).update(position=after)
    link = Link.objects.get(position=first)
    return link.kind, link.row


def cut_tail(chance: random.Random) -> Named:
    _cut(chance)
    return None


def cut_tail_and_head(chance: random.Random) -> Named:
    """The head put to what is the last link now, with a signature of another key, of none, or of an earlier head."""
    last = _cut(chance)
    with another_key():
        signature = chance.choice(
            [chain.sign_head(last.position, last.hash), "", Head.objects.get().signature]
        )
    Head.objects.update(position=last.position, hash=last.hash, signature=signature)
    return None


def _cut(chance: random.Random) -> Link:
    links = list(Link.objects.order_by("-position"))
    count = chance.randint(1, len(links) // 3)
    gone = [link for link in links[:count] if link.kind == "trail.entry"]
    Link.objects.filter(position__gt=links[count].position)._raw_delete("default")
    Entry.objects.filter(pk__in=[link.row for link in gone])._raw_delete("default")
    for model in (PublicationFile, Publication):
        numbers = [link.row for link in links[:count] if link.kind == model._meta.label_lower]
        model.objects.filter(pk__in=numbers)._raw_delete("default")
    return links[count]


def make_anew(chance: random.Random) -> Named:
    """Change an entry and compute every link after it again, and the head, with another key."""
    entry = any_entry(chance)
    Entry.objects.filter(pk=entry.pk).update(label=entry.label + "x")
    with another_key():
        _compute(Link.objects.get(kind="trail.entry", row=entry.pk).position)
    return "trail.entry", entry.pk


def make_all_anew(chance: random.Random) -> Named:
    """Delete the chain, and make the whole of it with another key."""
    entry = any_entry(chance)
    Entry.objects.filter(pk=entry.pk).update(new=json.loads('{"planted": true}'))
    with another_key():
        _compute(1)
    first = Link.objects.order_by("position").first()
    return first.kind, first.row


def _compute(since: int) -> None:
    models = {
        "trail.entry": Entry,
        "scoring.publication": Publication,
        "scoring.publicationfile": PublicationFile,
    }
    before = Link.objects.filter(position=since - 1).values_list("hash", flat=True).first() or ""
    link = None
    for link in Link.objects.filter(position__gte=since).order_by("position"):
        record = record_of(models[link.kind].objects.get(pk=link.row))
        commitment = record.commitment()
        before = link_hash(position=link.position, before=before, record=record, commitment=commitment)
        Link.objects.filter(position=link.position).update(commitment=commitment, hash=before)
    signature = chain.sign_head(link.position, before)
    Head.objects.update(position=link.position, hash=before, signature=signature)


def keep_commitments(chance: random.Random) -> Named:
    """Change an entry, keep the commitments, and compute the hashes, which need no key, again."""
    entry = any_entry(chance)
    Entry.objects.filter(pk=entry.pk).update(source=entry.source + "x", at=entry.at.replace(year=2002))
    link = Link.objects.get(kind="trail.entry", row=entry.pk)
    before = Link.objects.filter(position=link.position - 1).values_list("hash", flat=True).first() or ""
    models = {
        "trail.entry": Entry,
        "scoring.publication": Publication,
        "scoring.publicationfile": PublicationFile,
    }
    for each in Link.objects.filter(position__gte=link.position).order_by("position"):
        record = record_of(models[each.kind].objects.get(pk=each.row))
        before = link_hash(position=each.position, before=before, record=record, commitment=each.commitment)
        Link.objects.filter(position=each.position).update(hash=before)
    Head.objects.update(hash=before)
    return None


def change_head(chance: random.Random) -> Named:
    head = Head.objects.get()
    value = hashlib.sha256(canonical(chance.random())).hexdigest()
    Head.objects.update(
        **chance.choice([{"hash": value}, {"position": head.position + 1}, {"signature": value}])
    )
    return None


def delete_head(chance: random.Random) -> Named:
    Head.objects.all()._raw_delete("default")
    return None


WAYS = [
    change_entry,
    change_publication,
    change_publication_with_its_hash,
    change_file,
    delete_entry,
    delete_entry_and_link,
    insert_entry,
    insert_entry_and_link,
    replace_entry,
    swap_entries,
    swap_links,
    cut_tail,
    cut_tail_and_head,
    make_anew,
    make_all_anew,
    keep_commitments,
    change_head,
    delete_head,
]
