"""The full text of PostgreSQL: a GIN index over heading and text, words cut to their stems in English."""

from collections.abc import Sequence
from functools import reduce
from operator import add, or_

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchHeadline, SearchQuery, SearchVector
from django.db.models import Case, QuerySet, Value, When

ENGLISH = "english"
INDEX = "search_text_words"
BEGIN, END = "\x02", "\x03"


def vector() -> SearchVector:
    """As the index has it: the same expression, or PostgreSQL would not use the index."""
    return SearchVector("heading", "text", config=ENGLISH)


def matching(rows: QuerySet, words: Sequence[str]) -> QuerySet:
    """Rows with any of the words; `matched` says how many of them."""
    counts = [Case(When(vector=_query([word]), then=Value(1)), default=Value(0)) for word in words]
    rows = rows.alias(vector=vector()).filter(vector=_query(words))
    return rows.annotate(matched=reduce(add, counts))


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
    schema_editor.add_index(model, GinIndex(vector(), name=INDEX))
