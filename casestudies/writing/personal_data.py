"""Words in a case study that may point to a private person: where they stand, and why they may stay."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.utils.crypto import salted_hmac

from casestudies.models import CaseStudy, Explanation
from eds.text.personal_data import ADDRESS, EMAIL, NHS_NUMBER, TELEPHONE, Span, personal_data

WHAT = {
    NHS_NUMBER: "This may be someone’s NHS number.",
    EMAIL: "This may be a personal e-mail address. Use a team mailbox instead.",
    TELEPHONE: (
        "This may be a personal telephone number. If it belongs to a team, name the team in the same "
        "sentence."
    ),
    ADDRESS: "This may be someone’s home address.",
}
IN_EVIDENCE = ("title", "text", "source")
AROUND = 60  # characters shown on each side
WORD = re.compile(r"[^\W\d_]{3,}")


@dataclass(frozen=True, kw_only=True)
class Found:
    """`words` stand between `before` and `after` in the text of `place`; `section` or evidence `item` is its id.

    `field` is the name of the form's field that holds the text.
    """

    kind: str
    before: str
    words: str
    after: str
    digest: str
    place: str = ""
    field: str = ""
    section: int | None = None
    item: int | None = None
    explanation: Explanation | None = None

    @property
    def what(self) -> str:
        return WHAT[self.kind]

    @property
    def shown(self) -> str:
        """The words, but for their first and last two characters: enough to know them by."""
        return f"{self.words[:2]}…{self.words[-2:]}"


def digest_of(kind: str, words: str) -> str:
    """Tells the same words again, however they are spaced, without keeping them. Needs the server's secret key."""
    plain = re.sub(r"[\s().-]", "", words).casefold()
    return salted_hmac("casestudies.writing.personal_data", f"{kind} {plain}", algorithm="sha256").hexdigest()


def explanations_of(case_study: CaseStudy) -> dict[str, Explanation]:
    """The newest explanation for each digest."""
    return {row.digest: row for row in case_study.explanations.select_related("explained_by")}


def known_words(case_study: CaseStudy) -> set[str]:
    """Words of the names of organisations and the service: an address with one of them is no person's."""
    review = case_study.review
    names = [review.organisation.name, str(review.organisation.ics or ""), case_study.title, *review.partners]
    return {word.casefold() for name in names for word in WORD.findall(str(name))}


def found_in_text(
    text: str,
    *,
    known: set[str],
    explained: Mapping[str, Explanation],
    place: str = "",
    **where: int | str | None,
) -> Iterator[Found]:
    """`where` is `section` or `item`, the id of the row that says it, and `field`, the field that does."""
    for span in personal_data(text, known=known):
        words = text[span.start : span.end]
        digest = digest_of(span.kind, words)
        yield Found(
            kind=span.kind,
            before=_before(text, span),
            words=words,
            after=_after(text, span),
            digest=digest,
            place=place,
            explanation=explained.get(digest),
            **where,
        )


def found_in(case_study: CaseStudy) -> list[Found]:
    """Everything found in the case study as it stands: its title, sections and evidence."""
    return _found_in(case_study, _texts(case_study))


def found_in_evidence(case_study: CaseStudy, said: Iterable[tuple[int | None, Mapping]]) -> list[Found]:
    """What is found in evidence: `said` is what each item says, with the id of its row."""
    texts = (
        (f"Evidence: {item['title'] or item['text'][:60]}", {"item": pk, "field": field}, item[field])
        for pk, item in said
        for field in IN_EVIDENCE
    )
    return _found_in(case_study, texts)


def _found_in(case_study: CaseStudy, texts: Iterable[tuple[str, dict, str]]) -> list[Found]:
    known, explained = known_words(case_study), explanations_of(case_study)
    found = []
    for place, where, text in texts:
        found += found_in_text(text, known=known, explained=explained, place=place, **where)
    return found


def still_to_do(found: list[Found]) -> list[Found]:
    """What is neither taken out nor explained."""
    return [each for each in found if each.explanation is None]


def _texts(case_study: CaseStudy) -> Iterator[tuple[str, dict, str]]:
    yield "The title", {"field": "title"}, case_study.title
    for section in case_study.sections.all():
        for field in ("heading", "body"):
            yield section.heading, {"section": section.pk, "field": field}, getattr(section, field)
    for item in case_study.evidence.all():
        for field in IN_EVIDENCE:
            yield f"Evidence: {item}", {"item": item.pk, "field": field}, getattr(item, field)


def _before(text: str, span: Span) -> str:
    start = max(0, span.start - AROUND)
    words = text[start : span.start].rpartition("\n")[2]
    return f"…{words.partition(' ')[2]}" if start and len(words) == AROUND else words


def _after(text: str, span: Span) -> str:
    words = text[span.end : span.end + AROUND].partition("\n")[0]
    cut = span.end + AROUND < len(text) and len(words) == AROUND
    return f"{words.rpartition(' ')[0]} …" if cut else words
