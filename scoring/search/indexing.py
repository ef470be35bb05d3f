"""Keeping the index of the search: whenever something that can be found is saved, its pieces are written anew.

What is deleted takes its pieces with it. `rebuild` makes the whole index anew, after rows were written past the models.
"""

import re
from collections.abc import Iterable

from django.db import connection, transaction
from django.db.models.signals import post_migrate, post_save

from casestudies.models import CaseStudy, Evidence, Section, Version
from casestudies.writing.reading import section_anchor
from eds.content import CaseStudy as ReportCaseStudy
from eds.text import spelling
from eds.text.labels import source, source_words
from eds.text.markdown import to_plain
from reports.writing import anchors
from scoring.models import Commentary, Publication, Recommendation, SearchText, SearchWord, Theme
from scoring.search import sqlite

WORD = re.compile(rf"[^\W\d_]{{{spelling.SHORTEST},{spelling.LONGEST}}}")
CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]+")
Kind = SearchText.Kind


def connect() -> None:
    """Listen to every save."""
    for model, index in INDEXERS.items():
        post_save.connect(_saved, sender=model, dispatch_uid=f"scoring.search.find.{index.__name__}")
    post_migrate.connect(_migrated, dispatch_uid="scoring.search.find")


def _saved(sender, instance, raw: bool = False, **kwargs) -> None:
    if not raw:  # of a file that is loaded, rows may come before those that they belong to
        INDEXERS[sender](instance)


@transaction.atomic
def rebuild() -> int:
    """Make the index anew from all rows; gives how many pieces it has."""
    SearchText.objects.all().delete()
    SearchWord.objects.all().delete()
    newest = Publication.objects.current().select_related("review")
    versions = Version.objects.order_by("number").select_related("case_study")
    for version in {version.case_study_id: version for version in versions}.values():
        index_version(version)
    for model in (Section, Evidence):
        for row in model.objects.select_related("case_study"):
            INDEXERS[model](row)
    for row in Commentary.objects.current().select_related("case_study"):
        index_commentary(row)
    for row in Recommendation.objects.select_related("theme"):
        index_recommendation(row)
    for row in newest:
        index_publication(row)
    return SearchText.objects.count()


def index_version(version: Version) -> None:
    """What the newest version says stands for the case study, and for the sections and evidence that it holds."""
    SearchText.objects.filter(case_study=version.case_study_id).exclude(commentary__isnull=False).filter(
        publication=None, recommendation=None
    ).delete()
    title = version.content.get("title") or version.case_study.title
    _write(
        _piece(
            kind, heading, text, anchor=anchor, case_study=version.case_study, title=title, version=version
        )
        for kind, heading, text, anchor in _parts_of(version.content)
    )


def _parts_of(content: dict) -> Iterable[tuple[str, str, str, str]]:
    """Kind, heading, text and anchor of each piece of a version."""
    for place, section in enumerate(content.get("sections", []), start=1):
        heading = section["heading"]
        yield Kind.SECTION, heading, to_plain(section["body"]), section_anchor(place, heading)
    for item in content.get("evidence", []):
        text = _evidence_text(item.get("text"), source_words(item.get("source_kind"), item.get("source")))
        yield Kind.EVIDENCE, item.get("title") or "", text, "evidence"


def _evidence_text(text: str | None, source: str | None) -> str:
    return "\n".join(part for part in (text, source) if part)


def index_section(row: Section) -> None:
    SearchText.objects.filter(section=row).delete()
    _write_draft(_piece(Kind.SECTION, row.heading, to_plain(row.body), **_of(row.case_study), section=row))


def index_evidence(row: Evidence) -> None:
    SearchText.objects.filter(evidence=row).delete()
    text = _evidence_text(row.text, source_words(row.source_kind, row.source))
    _write_draft(_piece(Kind.EVIDENCE, row.title, text, **_of(row.case_study), evidence=row))


def _write_draft(piece: SearchText) -> None:
    """A draft that says what the newest version says is found there."""
    same = SearchText.objects.filter(
        case_study=piece.case_study, version__isnull=False, heading=piece.heading, text=piece.text
    )
    if not same.exists():
        _write([piece])


def index_commentary(row: Commentary) -> None:
    """The newest row is what it says; an empty one takes it away."""
    SearchText.objects.filter(commentary__case_study=row.case_study_id).delete()
    _write([_piece(Kind.COMMENTARY, "", to_plain(row.text), **_of(row.case_study), commentary=row)])


def index_recommendation(row: Recommendation) -> None:
    SearchText.objects.filter(recommendation=row).delete()
    theme = row.theme
    text = "\n".join(part for part in (row.action, row.objective) if part)
    _write(
        [
            _piece(
                Kind.RECOMMENDATION,
                theme.title,
                text,
                review_id=theme.review_id,
                title=theme.title,
                recommendation=row,
            )
        ]
    )


def index_theme(row: Theme) -> None:
    for recommendation in row.recommendations.select_related("theme"):
        index_recommendation(recommendation)


def index_publication(row: Publication) -> None:
    """What is published now takes the place of what was before."""
    SearchText.objects.filter(publication__review=row.review_id).delete()
    content = row.as_content()
    shared = {"review_id": row.review_id, "publication": row}
    pieces = [piece for part in content.case_studies for piece in _published(part, shared)]
    number = 0
    for theme in content.recommendations:
        for one in theme.actions:
            number += 1
            text = "\n".join(words for words in (one.action, one.objective) if words)
            of = shared | {"anchor": anchors.action(number), "title": theme.theme}
            pieces.append(_piece(Kind.RECOMMENDATION, theme.theme, text, **of))
    _write(pieces)


def _published(part: ReportCaseStudy, shared: dict) -> Iterable[SearchText]:
    """The pieces of a case study as it was published."""
    of = shared | {"number": part.number, "title": part.title}
    for place, one in enumerate(part.sections, start=1):
        anchor = anchors.section(part.number, place)
        yield _piece(Kind.SECTION, one.heading, to_plain(one.body), anchor=anchor, **of)
    for one in part.evidence:
        text, anchor = _evidence_text(one.text, source(one)), anchors.evidence(part.number)
        yield _piece(Kind.EVIDENCE, one.title or "", text, anchor=anchor, **of)
    if part.commentary:
        anchor = anchors.commentary(part.number)
        yield _piece(Kind.COMMENTARY, "", to_plain(part.commentary), anchor=anchor, **of)


def _of(case_study: CaseStudy) -> dict:
    return {"case_study": case_study, "title": case_study.title}


def _piece(kind: str, heading: str, text: str, *, title: str, **of) -> SearchText:
    case_study = of.get("case_study")
    if case_study is not None:
        of["review_id"] = case_study.review_id
    clean = [CONTROLS.sub(" ", words or "") for words in (heading, text, title)]
    return SearchText(kind=kind, heading=clean[0][:200], text=clean[1], title=clean[2][:200], **of)


def _write(pieces: Iterable[SearchText]) -> None:
    rows = [piece for piece in pieces if piece.text.strip() or piece.heading.strip()]
    SearchText.objects.bulk_create(rows)
    _learn(rows)


def _learn(rows: Iterable[SearchText]) -> None:
    """Know the words of these pieces, so that a mistyped one leads to them."""
    words = {
        word for row in rows for word in WORD.findall(f"{row.title} {row.heading} {row.text}".casefold())
    }
    SearchWord.objects.bulk_create((SearchWord(word=word) for word in sorted(words)), ignore_conflicts=True)


@transaction.atomic
def learn_words() -> int:
    """Know the words of the index, and no word that has gone from it; gives how many."""
    SearchWord.objects.all().delete()
    _learn(SearchText.objects.only("title", "heading", "text").iterator())
    return SearchWord.objects.count()


INDEXERS = {
    Version: index_version,
    Section: index_section,
    Evidence: index_evidence,
    Commentary: index_commentary,
    Recommendation: index_recommendation,
    Theme: index_theme,
    Publication: index_publication,
}


def _migrated(sender, **kwargs) -> None:
    """After every `migrate`: put back what a migration took away on SQLite, and index what was there before."""
    if sender.name != "scoring" or sqlite.TABLE not in connection.introspection.table_names():
        return
    if connection.vendor == "sqlite":
        sqlite.put_in_place()
        sqlite.put_letters_in_place()
    if Version.objects.exists() and not SearchText.objects.exists():
        rebuild()
    elif SearchText.objects.exists() and not SearchWord.objects.exists():
        learn_words()
