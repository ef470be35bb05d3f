"""The full text of SQLite: an FTS5 table beside the index of the search, words cut to their stems (Porter's).

Triggers keep it equal to `scoring_searchtext`. A later migration that makes that table anew drops them; they are put
back in place after every `migrate`.
"""

from collections.abc import Sequence
from functools import reduce
from operator import add

from django.db import connection
from django.db.models import Case, QuerySet, Value, When
from django.db.models.expressions import RawSQL

TABLE, WORDS = "scoring_searchtext", "scoring_searchtext_words"
NEW = f"INSERT INTO {WORDS}(rowid, heading, text) VALUES (new.id, new.heading, new.text);"  # noqa: S608 (constants)
OLD = (
    f"INSERT INTO {WORDS}({WORDS}, rowid, heading, text) "  # noqa: S608 (constants)
    "VALUES ('delete', old.id, old.heading, old.text);"
)
TRIGGERS = {"insert": NEW, "delete": OLD, "update": OLD + NEW}
CREATE = (
    f"CREATE VIRTUAL TABLE {WORDS} USING fts5(heading, text, content='{TABLE}', content_rowid='id', "
    "tokenize='porter unicode61 remove_diacritics 0')"
)
MATCHING = f"SELECT rowid FROM {WORDS} WHERE {WORDS} MATCH %s"  # noqa: S608 (constants)
TEXTS = (
    f"SELECT rowid, highlight({WORDS}, 1, char(2), char(3)) FROM {WORDS} "  # noqa: S608 (constants)
    f"WHERE {WORDS} MATCH %s AND rowid IN ({{}})"
)


def matching(rows: QuerySet, words: Sequence[str]) -> QuerySet:
    """Rows with any of the words; `matched` says how many of them."""
    counts = [Case(When(pk__in=_matching([word]), then=Value(1)), default=Value(0)) for word in words]
    return rows.filter(pk__in=_matching(words)).annotate(matched=reduce(add, counts))


def texts(keys: Sequence[int], words: Sequence[str]) -> dict[int, str]:
    """The text of each row, with what was found between two signs."""
    with connection.cursor() as cursor:
        cursor.execute(TEXTS.format(", ".join(["%s"] * len(keys))), [_any(words), *keys])
        return dict(cursor.fetchall())


def _matching(words: Sequence[str]) -> RawSQL:
    return RawSQL(MATCHING, [_any(words)])  # noqa: S611 (the words are a parameter)


def _any(words: Sequence[str]) -> str:
    """Each word in quotes: nothing in it is an operator of FTS5."""
    return " OR ".join(f'"{word}"' for word in words)


def put_in_place() -> None:
    """Make what is missing of the table of words and its triggers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE tbl_name IN (%s, %s)", [TABLE, WORDS])
        has = {name for (name,) in cursor.fetchall()}
        if WORDS not in has:
            cursor.execute(CREATE)
        missing = [name for name in TRIGGERS if f"{WORDS}_{name}" not in has]
        for name in missing:
            cursor.execute(
                f"CREATE TRIGGER {WORDS}_{name} AFTER {name.upper()} ON {TABLE} BEGIN {TRIGGERS[name]} END"
            )
        if missing:
            cursor.execute(f"INSERT INTO {WORDS}({WORDS}) VALUES ('rebuild')")  # noqa: S608 (constants)
