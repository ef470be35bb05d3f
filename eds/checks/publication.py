"""What must not be published, and what the reporting template asks for."""

import re
from collections import Counter
from collections.abc import Iterator

from eds.checks.finding import Finding, finding
from eds.checks.texts import Text, texts, words
from eds.content import ReportContent
from eds.text.personal_data import ADDRESS, EMAIL, NHS_NUMBER, TELEPHONE, Span, personal_data

YEARS = re.compile(r"(?<!\d)20\d\d(?!\d)(?:\s*(?:[-–/]|to)\s*(?:20)?(\d\d)(?!\d))?")

MENDED = {
    NHS_NUMBER: ("an NHS number", "{} NHS numbers", "Remove it."),
    EMAIL: (
        "a personal e-mail address",
        "{} personal e-mail addresses",
        "Remove it, or use a team mailbox instead.",
    ),
    TELEPHONE: (
        "a telephone number that may be personal",
        "{} telephone numbers that may be personal",
        "Remove it. If it belongs to an organisation, name it in the same sentence.",
    ),
}


def personal_data_left(content: ReportContent) -> Iterator[Finding]:
    """A text holds an NHS number, a person's e-mail address or telephone number; home addresses are left to the eye.

    The message does not repeat it: a report's checks are kept and sent about.
    """
    known = _organisations_words(content)
    for text in texts(content):
        spans = [span for span in personal_data(text.value, known=known) if span.kind != ADDRESS]
        for kind, count in Counter(span.kind for span in spans).items():
            first = next(span for span in spans if span.kind == kind)
            yield _personal(text, kind, count, first)


def _organisations_words(content: ReportContent) -> set[str]:
    names = [content.organisation.name, content.organisation.ics or "", *content.header.partners]
    names += [case_study.title for case_study in content.case_studies]
    return {word for name in names for word in words(name) if len(word) > 2}


def _personal(text: Text, kind: str, count: int, first: Span) -> Finding:
    one, many, mend = MENDED[kind]
    what = one if count == 1 else many.format(count)
    written = text.value[first.start : first.end]
    where = f"“{written[:2]}…{written[-2:]}”" if count == 1 else f"the first “{written[:2]}…{written[-2:]}”"
    return finding(
        "personal-data",
        f"{text.place} holds {what} ({where}). {mend}",
        case_study=text.case_study,
        outcome=text.outcome,
    )


def header_incomplete(content: ReportContent) -> Iterator[Finding]:
    """A field of the header block is empty. Partners are asked for where the level is not one organisation."""
    for name, value in header_fields(content):
        if not (value.strip() if isinstance(value, str) else value):
            yield finding("header-incomplete", f"The header field “{name}” is empty. Fill it in.", about=name)


def header_fields(content: ReportContent) -> Iterator[tuple[str, str | tuple[str, ...] | None]]:
    """Names and values of the header, in the order of NHS England's reporting template for EDS 2022."""
    header = content.header
    yield "Name of organisation", content.organisation.name
    yield "Board sponsor or lead", header.board_sponsor
    yield "Integrated care system", content.organisation.ics
    yield "EDS lead", header.eds_lead
    yield "Level", header.level
    if header.level in ("partnership", "ics"):
        yield "Partner organisations", header.partners
    yield "Engagement dates", header.engagement_dates
    yield "Date completed", header.completed_on
    yield "Month and year published", header.published
    yield "Date authorised", header.authorised_on
    yield "Revision date", header.revision_date


def years_clash(content: ReportContent) -> Iterator[Finding]:
    """The title names years, and the year of the report is none of them. That of the edition's own name is no year."""
    edition = set(re.findall(r"\d{4}", content.edition.name))
    named = [match.group() for match in YEARS.finditer(content.title) if match.group() not in edition]
    of_report = years_of(content.year)
    if named and of_report and not of_report & {year for text in named for year in years_of(text)}:
        yield finding(
            "years-clash",
            f"The title names {named[0]}, and the report is of {content.year}. Correct one of them.",
            about=content.title,
        )


def years_of(text: str) -> set[int]:
    """The calendar years of "2024", "2024-25" or "2024 to 2025"."""
    match = YEARS.match(text)
    if match is None:
        return set()
    first = int(match.group()[:4])
    last = first - first % 100 + int(match.group(1)) if match.group(1) else first
    return set(range(first, last + 1)) or {first}
