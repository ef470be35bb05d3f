"""Finding what was written: one interface to the full text of PostgreSQL and of SQLite; see docs/decisions/0017."""

import re
from dataclasses import dataclass

from django.db import connection
from django.db.models import QuerySet
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from casestudies.models import Organisation
from eds import stages
from edsportal.web.addresses import url_of
from reports.writing import anchors
from scoring.models import Publication, SearchText
from scoring.search import postgres, sqlite

WORD = re.compile(r"[^\W_]+(?:\.[0-9]+)*")
YEAR = re.compile(r"\b20\d\d\b")
MOST_WORDS = 10
MOST_REPORTS = 3
EVERYWHERE = ("evidence",)
BEFORE, AFTER = 15, 30  # words of a snippet around the first that was found
BEGIN, END = "\x02", "\x03"  # around a found word, until it is escaped


def engine():
    return postgres if connection.vendor == "postgresql" else sqlite


def words_of(question: str) -> tuple[str, ...]:
    """The words to look for, at most ten: without small words ("has anyone … on"), each once, in small letters.

    "Evidence" is looked for only where nothing else is: it stands in every report.
    """
    words = [word for word in WORD.findall(question.casefold()) if word not in SMALL_WORDS and len(word) > 1]
    telling = [word for word in words if word not in EVERYWHERE]
    return tuple(dict.fromkeys(telling or words))[:MOST_WORDS]


@dataclass(frozen=True, kw_only=True)
class Limits:
    """What a person wants to see only: an organisation with these words in its name or code, a year, a kind."""

    organisation: str = ""
    year: str = ""
    kind: str = ""

    def applied_to(self, rows: QuerySet[SearchText]) -> QuerySet[SearchText]:
        if self.organisation:
            rows = rows.filter(review__organisation__in=Organisation.objects.named(self.organisation))
        if self.year:
            rows = rows.filter(review__year=self.year)
        return rows.filter(kind=self.kind) if self.kind else rows


def matching_texts(user, words: tuple[str, ...], limits: Limits | None = None) -> QuerySet[SearchText]:
    """What this person may read and that has any of the words.

    First what has most of the words, then what has most of them in its title or heading, then the newest year.
    """
    rows = SearchText.objects.visible_to(user).select_related("review__organisation", "case_study")
    rows = (limits or Limits()).applied_to(rows)
    return engine().matching(rows, words).order_by("-matched", "-titled", "-review__year", "pk")


def reports_named(question: str) -> list[Publication]:
    """The newest published reports of organisations of this name or ODS code, of the year if it is named too."""
    years = YEAR.findall(question)
    name = YEAR.sub(" ", question).strip()
    if not name or len(years) > 1:
        return []
    return list(Publication.objects.listed().of(body=name, year="".join(years))[:MOST_REPORTS])


@dataclass(frozen=True, kw_only=True)
class Hit:
    row: SearchText
    snippet: SafeString  # with the words marked
    address: str

    @property
    def title(self) -> str:
        """For example "Case study 2: Dementia Vision, Background"."""
        row = self.row
        if row.recommendation_id or not (row.number or row.case_study_id):
            return row.title
        number, title = (
            (row.case_study.number, row.case_study.title) if row.case_study else (row.number, row.title)
        )
        return ", ".join(part for part in (f"Case study {number}: {title}", row.heading) if part)

    @property
    def is_draft(self) -> bool:
        return bool(self.row.section_id or self.row.evidence_id)


def hits(rows: list[SearchText], words: tuple[str, ...]) -> list[Hit]:
    """These rows with their snippets and addresses, in one query."""
    texts = engine().texts([row.pk for row in rows], words) if rows else {}
    return [
        Hit(row=row, snippet=marked(snippet(texts.get(row.pk, ""))), address=address_of(row)) for row in rows
    ]


def snippet(text: str) -> str:
    """Some words around the first that was found; the first words where none was (it stands in the heading)."""
    parts = text.split()
    first = next((place for place, word in enumerate(parts) if BEGIN in word), 0)
    start, end = max(first - BEFORE, 0), first + AFTER
    cut = " ".join(parts[start:end]) + END * (_opened(parts[start:end]))
    return f"{'… ' if start else ''}{cut}{' …' if end < len(parts) else ''}"


def _opened(parts: list[str]) -> bool:
    """Does the last mark not end in these words?"""
    joined = " ".join(parts)
    return joined.rfind(BEGIN) > joined.rfind(END)


def marked(snippet: str) -> SafeString:
    """Safe HTML of a snippet whose found words stand between `BEGIN` and `END`."""
    escaped = str(escape(snippet))
    return mark_safe(escaped.replace(BEGIN, "<mark>").replace(END, "</mark>"))  # noqa: S308 (escaped above)


def address_of(row: SearchText) -> str:
    """The page, and the part of it, where it is."""
    if row.publication_id:
        return f"{url_of(row.review, 'report')}#{row.anchor}"
    if row.recommendation_id:
        return url_of(row.review, "recommendation", row.recommendation_id)
    number = row.case_study.number
    if row.commentary_id:
        if row.review.stage == stages.OPEN:
            return url_of(row.review, "moderate", number)
        return f"{url_of(row.review, 'preview')}#{anchors.commentary(number)}"
    if row.version_id:
        return f"{url_of(row.review, 'case_study', number)}#{row.anchor}"
    if row.section_id:
        return url_of(row.review, "section_change", number, row.section_id)
    return url_of(row.review, "evidence", number)


# Words that say nothing of what somebody looks for: PostgreSQL's own list for English, and those of questions.

SMALL_WORDS = frozenset(
    re.findall(
        "[a-z]+",
        "i me my myself we our ours ourselves you your yours yourself yourselves he him his himself she "
        "her hers herself it its itself they them their theirs themselves what which who whom this that "
        "these those am is are was were be been being have has had having do does did doing a an the and "
        "but if or because as until while of at by for with about against between into through during "
        "before after above below to from up down in out on off over under again further then once here "
        "there when where why how all any both each few more most other some such no nor not only own "
        "same so than too very s t can will just don should now anyone anybody somebody someone anything "
        "something could would may might also us tell show find ",
    )
)
