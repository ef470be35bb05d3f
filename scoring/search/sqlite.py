"""The full text of SQLite: an FTS5 table beside the index of the search, words cut to their stems (Porter's).

A second one holds each word in groups of three letters, for slips of spelling. Triggers keep both equal to the tables
of the models. A later migration that makes such a table anew drops them; they are put back after every `migrate`.
"""

from collections.abc import Sequence
from functools import reduce
from operator import add

from django.db import connection
from django.db.models import Case, QuerySet, Value, When
from django.db.models.expressions import Combinable, RawSQL

TABLE, WORDS = "scoring_searchtext", "scoring_searchtext_words"
NEW = f"INSERT INTO {WORDS}(rowid, title, heading, text) VALUES (new.id, new.title, new.heading, new.text);"  # noqa: S608 (constants)
OLD = (
    f"INSERT INTO {WORDS}({WORDS}, rowid, title, heading, text) "  # noqa: S608 (constants)
    "VALUES ('delete', old.id, old.title, old.heading, old.text);"
)
TRIGGERS = {"insert": NEW, "delete": OLD, "update": OLD + NEW}
CREATE = (
    f"CREATE VIRTUAL TABLE {WORDS} USING fts5(title, heading, text, content='{TABLE}', content_rowid='id', "
    "tokenize='porter unicode61 remove_diacritics 0')"
)
MATCHING = f"SELECT rowid FROM {WORDS} WHERE {WORDS} MATCH %s"  # noqa: S608 (constants)
TEXTS = (
    f"SELECT rowid, highlight({WORDS}, 2, char(2), char(3)) FROM {WORDS} "  # noqa: S608 (constants)
    f"WHERE {WORDS} MATCH %s AND rowid IN ({{}})"
)
KNOWN, LETTERS = "scoring_searchword", "scoring_searchword_letters"
SPACED = (
    "'  ' || {}.word || ' '"  # so that the first and last letters make groups of three too, as in pg_trgm
)
NEW_WORD = f"INSERT INTO {LETTERS}(rowid, word) VALUES (new.id, {SPACED.format('new')});"  # noqa: S608 (constants)
OLD_WORD = f"DELETE FROM {LETTERS} WHERE rowid = old.id;"  # noqa: S608 (constants)
WORD_TRIGGERS = {"insert": NEW_WORD, "delete": OLD_WORD, "update": OLD_WORD + NEW_WORD}
CREATE_LETTERS = f"CREATE VIRTUAL TABLE {LETTERS} USING fts5(word, tokenize='trigram')"
FILL_LETTERS = f"INSERT INTO {LETTERS}(rowid, word) SELECT id, {SPACED.format(KNOWN)} FROM {KNOWN}"  # noqa: S608 (constants)
ALIKE = f"SELECT trim(word) FROM {LETTERS} WHERE {LETTERS} MATCH %s ORDER BY rank LIMIT 200"  # noqa: S608 (constants)


def matching(rows: QuerySet, words: Sequence[str]) -> QuerySet:
    """Rows with any of the words; `matched` says how many of them, `titled` how many are in title or heading."""
    rows = rows.filter(pk__in=_matching(words))
    return rows.annotate(matched=_count(words), titled=_count(words, "{title heading} : "))


def _count(words: Sequence[str], columns: str = "") -> Combinable:
    """How many of the words a row holds, in these columns."""
    return reduce(
        add,
        [Case(When(pk__in=_matching([word], columns), then=Value(1)), default=Value(0)) for word in words],
    )


def alike(word: str) -> list[str]:
    """Known words that share groups of three letters with this one."""
    spaced = f"  {word} "
    groups = " OR ".join(f'"{spaced[place : place + 3]}"' for place in range(len(spaced) - 2))
    with connection.cursor() as cursor:
        cursor.execute(ALIKE, [groups])
        return [each for (each,) in cursor.fetchall()]


def texts(keys: Sequence[int], words: Sequence[str]) -> dict[int, str]:
    """The text of each row, with what was found between two signs."""
    with connection.cursor() as cursor:
        cursor.execute(TEXTS.format(", ".join(["%s"] * len(keys))), [_any(words), *keys])
        return dict(cursor.fetchall())


def _matching(words: Sequence[str], columns: str = "") -> RawSQL:
    return RawSQL(MATCHING, [columns + f"({_any(words)})"])  # noqa: S611 (the words are a parameter)


def _any(words: Sequence[str]) -> str:
    """Each word in quotes: nothing in it is an operator of FTS5."""
    return " OR ".join(f'"{word}"' for word in words)


def put_in_place() -> None:
    """Make what is missing of the table of words and its triggers."""
    rebuild = f"INSERT INTO {WORDS}({WORDS}) VALUES ('rebuild')"  # noqa: S608 (constants)
    _put(TABLE, WORDS, CREATE, TRIGGERS, (rebuild,))


def put_letters_in_place() -> None:
    """The same for the words in groups of three letters."""
    empty = f"DELETE FROM {LETTERS}"  # noqa: S608 (constants)
    _put(KNOWN, LETTERS, CREATE_LETTERS, WORD_TRIGGERS, (empty, FILL_LETTERS))


def _put(source: str, table: str, create: str, triggers: dict[str, str], fill: Sequence[str]) -> None:
    """The table `table`, and the triggers on `source` that keep it; `fill` where a trigger was missing."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE tbl_name IN (%s, %s)", [source, table])
        has = {name for (name,) in cursor.fetchall()}
        if table not in has:
            cursor.execute(create)
        missing = [name for name in triggers if f"{table}_{name}" not in has]
        for name in missing:
            cursor.execute(
                f"CREATE TRIGGER {table}_{name} AFTER {name.upper()} ON {source} BEGIN {triggers[name]} END"
            )
        for statement in fill if missing else ():
            cursor.execute(statement)


def make_anew() -> None:
    """Drop the table of words with its triggers, whatever its columns, and make it as it is now."""
    with connection.cursor() as cursor:
        for name in TRIGGERS:
            cursor.execute(f"DROP TRIGGER IF EXISTS {WORDS}_{name}")
        cursor.execute(f"DROP TABLE IF EXISTS {WORDS}")
    put_in_place()
