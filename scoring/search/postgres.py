"""The full text of PostgreSQL: a GIN index over title, heading and text, words cut to their stems in English."""

from collections.abc import Sequence
from functools import reduce
from operator import add, or_

from django.contrib.postgres.indexes import GinIndex, GistIndex
from django.contrib.postgres.search import SearchHeadline, SearchQuery, SearchVector, TrigramDistance
from django.db.models import Case, QuerySet, Value, When
from django.db.models.expressions import Combinable

ENGLISH = "english"
INDEX = "search_text_words"
LETTERS = "search_word_letters"
BEGIN, END = "\x02", "\x03"


def vector() -> SearchVector:
    """As the index has it: the same expression, or PostgreSQL would not use the index."""
    return SearchVector("title", "heading", "text", config=ENGLISH)


def matching(rows: QuerySet, words: Sequence[str]) -> QuerySet:
    """Rows with any of the words; `matched` says how many of them, `titled` how many are in title or heading."""
    titles = SearchVector("title", "heading", config=ENGLISH)
    rows = rows.alias(vector=vector(), titles=titles).filter(vector=_query(words))
    return rows.annotate(matched=_count("vector", words), titled=_count("titles", words))


def _count(vector: str, words: Sequence[str]) -> Combinable:
    """How many of the words this vector of a row holds."""
    return reduce(
        add, [Case(When(**{vector: _query([word])}, then=Value(1)), default=Value(0)) for word in words]
    )


def alike(word: str) -> list[str]:
    """Known words that share groups of three letters with this one (pg_trgm)."""
    from scoring.models import SearchWord

    rows = SearchWord.objects.order_by(TrigramDistance("word", word))
    return list(rows.values_list("word", flat=True)[:200])


def texts(keys: Sequence[int], words: Sequence[str]) -> dict[int, str]:
    """The text of each row, with what was found between two signs. What looks like a tag of HTML is left out."""
    from scoring.models import SearchText

    headline = SearchHeadline(
        "text", _query(words), config=ENGLISH, start_sel=BEGIN, stop_sel=END, highlight_all=True
    )
    return dict(SearchText.objects.filter(pk__in=keys).values_list("pk", headline))


def _query(words: Sequence[str]) -> SearchQuery:
    return reduce(or_, [SearchQuery(word, config=ENGLISH, search_type="plain") for word in words])


def put_in_place(schema_editor, model) -> None:
    """Make the index, in the place of one over other columns."""
    schema_editor.execute(f"DROP INDEX IF EXISTS {INDEX}")
    schema_editor.add_index(model, GinIndex(vector(), name=INDEX))


def put_letters_in_place(schema_editor, model) -> None:
    schema_editor.add_index(model, GistIndex(fields=["word"], opclasses=["gist_trgm_ops"], name=LETTERS))
