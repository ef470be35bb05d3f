"""The chain over the audit log: each transaction of the portal adds its entries as its last act before it commits.

The head is one row, and it is locked last: whoever holds it waits for nothing else, so transactions follow one another
without a dead lock, in the order in which they commit. See docs/decisions/0032.
"""

import logging
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache

from django.db import DatabaseError, InterfaceError, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Exists, OuterRef, QuerySet

from edsportal.audit.chain import keys
from edsportal.audit.chain.canonical import Record, canonical, chained_models, link_hash, record_of
from edsportal.audit.models import Entry, Head, Link
from edsportal.audit.policy import logged_models

logger = logging.getLogger(__name__)
WRITTEN = re.compile(r'\s*(?:INSERT(?: OR \w+)? INTO|UPDATE|DELETE FROM)\s+"?(\w+)', re.IGNORECASE)
A_BATCH = 1000


@dataclass
class Pending:
    """What one connection has written and not chained: the token of its transaction, and those of single statements
    that were stored at once, outside of any transaction."""

    token: str = ""
    has_written: bool = False
    is_migrating: bool = False  # its tables are changing: what is written is chained once they don't
    stored: list[str] = field(default_factory=list)


def pending(connection: BaseDatabaseWrapper) -> Pending:
    if getattr(connection, "edsportal_pending", None) is None:
        connection.edsportal_pending = Pending()
    return connection.edsportal_pending


def follow(connection: BaseDatabaseWrapper) -> None:
    """Of a new connection: chain what it writes before each commit."""
    connection.edsportal_pending = Pending()
    if "commit" not in vars(connection):
        connection.commit = _committing(connection, connection.commit)
        connection.close = _flushing(connection, connection.close)


def before_write(connection: BaseDatabaseWrapper, statement: str) -> str:
    """The token for what this statement writes; a statement outside of any transaction has one of its own."""
    now = pending(connection)
    table = WRITTEN.match(statement)
    if table and table[1] not in _logged():
        return now.token
    if connection.autocommit and not connection.in_atomic_block:
        now.stored.append(keys.new_token())
        return now.stored[-1]
    now.token = now.token or keys.new_token()
    now.has_written = True
    return now.token


@cache
def _logged() -> set[str]:
    return {model._meta.db_table for model, _ in logged_models()}


def _committing(connection: BaseDatabaseWrapper, commit: Callable[[], None]) -> Callable[[], None]:
    def chain_and_commit() -> None:
        now = pending(connection)
        if (now.has_written or now.stored) and not now.is_migrating:
            try:
                _chain_tokens(connection, [*now.stored, now.token])
            except DatabaseError:
                raise
            except Exception as problem:  # the transaction is undone for a DatabaseError alone
                raise DatabaseError("The audit log could not be chained.") from problem
        commit()
        connection.edsportal_pending = Pending()

    return chain_and_commit


def _flushing(connection: BaseDatabaseWrapper, close: Callable[[], None]) -> Callable[[], None]:
    def flush_and_close() -> None:
        _try_to_flush(connection)
        close()

    return flush_and_close


def flush(connection: BaseDatabaseWrapper) -> None:
    """Chain what single statements stored since the last transaction."""
    if connection.connection is not None and pending(connection).stored and not connection.in_atomic_block:
        with transaction.atomic(using=connection.alias):
            pass  # its commit does it


def flush_all() -> None:
    """At the end of a request, and of a command. What can't be chained now is chained by the next `adopt`."""
    for connection in connections.all(initialized_only=True):
        _try_to_flush(connection)


def _try_to_flush(connection: BaseDatabaseWrapper) -> None:
    try:
        flush(connection)
    except (DatabaseError, InterfaceError):
        logger.exception("Entries of the audit log wait to be chained.")


def _chain_tokens(connection: BaseDatabaseWrapper, tokens: list[str]) -> None:
    rows = Entry.objects.using(connection.alias).filter(written_in__in=[token for token in tokens if token])
    entries = list(rows.order_by("pk"))
    if entries:
        append(connection, _with_chained_rows(connection, entries))


def _with_chained_rows(connection: BaseDatabaseWrapper, entries: Iterable[Entry]) -> list[Record]:
    """The entries, and after each that says so the row that was added, where the chain has rows of its table."""
    models, records = chained_models(), []
    for entry in entries:
        records.append(record_of(entry))
        if entry.did == Entry.Did.ADDED and entry.kind in models:
            row = models[entry.kind]._base_manager.using(connection.alias).filter(pk=entry.row).first()
            records += [record_of(row)] if row is not None else []
    return records


def append(connection: BaseDatabaseWrapper, records: Iterable[Record]) -> None:
    """Add a link for each record and sign the new head. The caller is in a transaction and takes no lock after this."""
    ready = [(record, record.commitment()) for record in records]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":  # what waits for the end would lock rows after the head
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        lock = " FOR UPDATE" if connection.vendor == "postgresql" else ""
        cursor.execute(f"SELECT position, hash FROM trail_head{lock}")
        if (head := cursor.fetchone()) is None:
            return  # before the chain was started
        last, before = head
        links = []
        for position, (record, commitment) in enumerate(ready, start=last + 1):
            before = link_hash(position=position, before=before, record=record, commitment=commitment)
            links.append((position, record.kind, record.row, commitment, before))
        cursor.executemany(
            'INSERT INTO trail_link (position, kind, "row", commitment, hash) VALUES (%s, %s, %s, %s, %s)',
            links,
        )
        cursor.execute(
            "UPDATE trail_head SET position = %s, hash = %s, signature = %s",
            [last + len(links), before, sign_head(last + len(links), before)],
        )


def sign_head(position: int, value: str) -> str:
    return keys.sign(canonical(["head", position, value]))


def is_head_signed(position: int, value: str, signature: str) -> bool:
    return keys.is_signed(canonical(["head", position, value]), signature)


def head_text(using: str = "default") -> str:
    """The head as a publication and a backup print it; "" before the chain was started."""
    return str(Head.objects.using(using).first() or "")


# The start, and what a process that was killed left behind.


def unlinked(using: str, model) -> QuerySet:
    """Rows without a link."""
    kind = model._meta.label_lower
    links = Link.objects.filter(kind=kind, row=OuterRef("pk"))
    return model._base_manager.using(using).filter(~Exists(links)).order_by("pk")


def start(connection: BaseDatabaseWrapper, *, is_new: bool) -> None:
    """Begin the chain with every row that is there already, once: as its migration `is_new`, or while no entry is
    younger than it. Else somebody could delete the chain and have it made anew with the key."""
    using = connection.alias
    has_younger = Entry.objects.using(using).exclude(written_in="").exists()
    if Head.objects.using(using).exists() or (has_younger and not is_new):
        return
    with transaction.atomic(using=using):
        Head.objects.using(using).create(position=0, hash="", signature=sign_head(0, ""))
        for model in (Entry, *chained_models().values()):
            for records in _batches(map(record_of, unlinked(using, model).iterator(chunk_size=A_BATCH))):
                append(connection, records)


def is_waiting(entry: Entry) -> bool:
    """Did the portal write this entry, in a transaction none of which was chained?"""
    if not keys.is_token(entry.written_in):
        return False
    others = Entry.objects.using(entry._state.db).filter(written_in=entry.written_in)
    return (
        not Link.objects.using(entry._state.db)
        .filter(kind="trail.entry", row__in=others.values("pk"))
        .exists()
    )


def adopt(connection: BaseDatabaseWrapper) -> int:
    """Chain what single statements stored in a process that was then killed; gives how many entries."""
    waiting = [entry for entry in unlinked(connection.alias, Entry) if is_waiting(entry)]
    if waiting:
        with transaction.atomic(using=connection.alias):
            append(connection, _with_chained_rows(connection, waiting))
    return len(waiting)


def _batches(records: Iterable[Record]) -> Iterator[list[Record]]:
    batch: list[Record] = []
    for record in records:
        batch.append(record)
        if len(batch) == A_BATCH:
            yield batch
            batch = []
    if batch:
        yield batch
