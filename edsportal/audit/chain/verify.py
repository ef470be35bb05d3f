"""Finding what was changed, removed, added or put in another order in the audit log and the publications."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from django.db import models

from edsportal.audit import chain
from edsportal.audit.chain.canonical import chained_models, link_hash, record_of
from edsportal.audit.models import Entry, Head, Link

A_BATCH = 1000


@dataclass(frozen=True, kw_only=True)
class Problem:
    """What is wrong, and with which row: `kind` is its table's label, `row` its number; 0 for the chain itself."""

    kind: str
    row: int
    what: str

    def __str__(self) -> str:
        return f"{self.kind} {self.row}: {self.what}" if self.row else self.what


@dataclass
class Result:
    """`links` were looked at; `waiting` entries are being chained now. Without problems all is whole."""

    links: int
    waiting: int
    problems: list[Problem]


def verify(*, head: str = "") -> Result:
    """Look at every link and every row, as they are at one moment: call it inside `one_moment`.

    `head` is one that a publication or a backup printed: the chain must still go through it.
    """
    end = Head.objects.first()
    if end is None:
        return Result(
            0, 0, [Problem(kind="trail.head", row=0, what="The audit log has no chain: run migrate.")]
        )
    printed = {_printed(text) for text in (head, *_published_heads()) if text}
    walk = _Walk(printed=printed - {None})
    problems = list(islice(walk.problems(), 1))  # what follows a bad link can't be judged
    if not problems:
        problems += _at_end(walk, end)
        problems += [] if None not in printed else [_chain("A printed head is not readable.")]
    waiting, unlinked = _unlinked()
    return Result(links=walk.position, waiting=waiting, problems=[*problems, *unlinked])


def _chain(what: str) -> Problem:
    return Problem(kind="trail.head", row=0, what=what)


class _Walk:
    """Along the links in their order; afterwards `position` and `hash` are those of the last one."""

    def __init__(self, printed: set[tuple[int, str]]):
        self.position, self.hash = 0, ""
        self.printed = dict(printed)

    def problems(self) -> Iterator[Problem]:
        for links in _in_batches(Link.objects.order_by("position")):
            rows = _rows_of(links)
            for link in links:
                if (what := self._wrong(link, rows.get((link.kind, link.row)))) is not None:
                    yield Problem(kind=link.kind, row=link.row, what=what)
                self.position, self.hash = link.position, link.hash
        missing = [position for position in self.printed if position > self.position]
        if missing:
            yield _chain(
                f"The chain ends at {self.position}, but a head was printed at {min(missing)}: its end was cut."
            )

    def _wrong(self, link: Link, row: models.Model | None) -> str | None:
        if link.position != self.position + 1:
            return f"Links {self.position + 1} to {link.position - 1} of the chain are missing before it."
        if row is None:
            return f"The row is missing; it was link {link.position} of the chain."
        record = record_of(row)
        if not record.is_committed(link.commitment):
            return f"The row was changed, or its link {link.position} was made without the key."
        made = link_hash(position=link.position, before=self.hash, record=record, commitment=link.commitment)
        if made != link.hash:
            return f"The row or the order was changed: link {link.position} of the chain does not fit."
        if self.printed.get(link.position, made) != made:
            return f"The chain was made anew: at {link.position} another head was printed."
        return None


def _at_end(walk: _Walk, end: Head) -> Iterator[Problem]:
    if not chain.is_head_signed(end.position, end.hash, end.signature):
        yield _chain("The head of the chain is not signed with the portal's key (AUDIT_KEY).")
    elif (end.position, end.hash) != (walk.position, walk.hash):
        yield _chain(
            f"The chain ends at {walk.position}, but its head is at {end.position}: its end was cut or added to."
        )


def _unlinked() -> tuple[int, list[Problem]]:
    """How many entries are being chained, and the first row of each table that the chain does not have."""
    waiting, problems = 0, []
    for model in (Entry, *chained_models().values()):
        for row in chain.unlinked("default", model).iterator(chunk_size=A_BATCH):
            if model is Entry and chain.is_waiting(row):
                waiting += 1
                continue
            what = "The row was added past the portal: the chain does not have it."
            problems.append(Problem(kind=model._meta.label_lower, row=row.pk, what=what))
            break
    return waiting, problems


def _published_heads() -> Iterator[str]:
    """The heads that rows of chained tables hold: publications do."""
    for model in chained_models().values():
        if any(field.name == "audit_head" for field in model._meta.concrete_fields):
            yield from model._base_manager.order_by("pk").values_list("audit_head", flat=True)


def _printed(text: str) -> tuple[int, str] | None:
    """Position and hash of a printed head with a signature of ours; None for another text."""
    try:
        position, value, signature = text.strip().split(":")
        return (int(position), value) if chain.is_head_signed(int(position), value, signature) else None
    except ValueError:
        return None


def _in_batches(links) -> Iterator[list[Link]]:
    rows = links.iterator(chunk_size=A_BATCH)
    while batch := list(islice(rows, A_BATCH)):
        yield batch


def _rows_of(links: list[Link]) -> dict[tuple[str, int], models.Model]:
    """The rows of these links that are there, by table and number."""
    found = {}
    for kind, model in {"trail.entry": Entry, **chained_models()}.items():
        numbers = [link.row for link in links if link.kind == kind]
        found |= (
            {(kind, row.pk): row for row in model._base_manager.filter(pk__in=numbers)} if numbers else {}
        )
    return found
