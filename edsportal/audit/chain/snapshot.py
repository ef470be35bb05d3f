"""Reading many tables as they were at one moment, while people go on writing."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from edsportal.audit import chain


@contextmanager
def one_moment() -> Iterator[None]:
    """All reads inside see the database as it was when the first was made; nobody who writes waits."""
    chain.flush(connection)  # what reads only can't chain at its end what was stored before
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "postgresql":
        with transaction.atomic():
            connection.cursor().execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield
    else:
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")  # Django's own would be IMMEDIATE and keep writers out
            try:
                yield
            finally:
                cursor.execute("COMMIT")
