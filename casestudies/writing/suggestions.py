"""The sections that a case study often has, and what a panel looks for in each. They are offered, never asked for."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from casestudies.models import CaseStudy, OutcomeArea, Section

BEFORE = {
    "Background": "What is the service, who uses it, and how many? Which groups get less from it today, and how do "
    "you know?",
    "Approach": "What did you want to change, who worked with you, and when did you start? Who decided it?",
}
AFTER = {
    "Achievements": "What is better now, for which groups? Give figures from before and after, with their dates.",
    "Challenges": "What has not worked so far? Who is still left out, and what do you plan?",
    "Feedback from service users": "What do people who use the service say, in their own words? Which groups did you "
    "ask? How many answered, and what did you change because of it?",
    "Feedback from service providers": "What do the staff and partners who run the service say? Do they agree "
    "with what the figures show?",
    "Commissioner reflections": "What does the commissioner think? What will continue, what will stop, and what will "
    "be funded next year?",
}
PROMPTS = BEFORE | AFTER
LONGEST_HEADING = 200


@dataclass(frozen=True, kw_only=True)
class Suggestion:
    """A section that may be added; `key` names it in a form."""

    key: str
    heading: str
    outcome_area: OutcomeArea | None = None


def first_sections(case_study: CaseStudy) -> list[Section]:
    """A section for each outcome area of the domain, in order and without text: what a new case study begins with."""
    areas = case_study.domain.outcome_areas.order_by("position")
    return [
        Section(case_study=case_study, position=position, heading=heading_of(area), outcome_area=area)
        for position, area in enumerate(areas, start=1)
    ]


def with_added(rows: Sequence[Section], added: Sequence[Section]) -> list[Section]:
    """All sections in the order in which reports have them: `added` go before the first outcome area, or to the end.

    Only "Background" and "Approach" go before it, and each after what is there already.
    """
    start = next((place for place, row in enumerate(rows) if row.outcome_area_id is not None), len(rows))
    first = [row for row in added if row.heading in BEFORE]
    return [*rows[:start], *first, *rows[start:], *(row for row in added if row not in first)]


def suggestions(case_study: CaseStudy) -> list[Suggestion]:
    """The sections that the case study does not have yet, in the order in which reports have them."""
    sections = list(case_study.sections.all())
    headings = {section.heading.casefold() for section in sections}
    spoken_to = {section.outcome_area_id for section in sections}
    areas = [area for area in case_study.domain.outcome_areas.all() if area.pk not in spoken_to]
    return [
        *_named(BEFORE, headings),
        *(Suggestion(key=area.code, heading=heading_of(area), outcome_area=area) for area in areas),
        *_named(AFTER, headings),
    ]


def _named(names: Iterable[str], there: set[str]) -> list[Suggestion]:
    return [Suggestion(key=name, heading=name) for name in names if name.casefold() not in there]


def heading_of(area: OutcomeArea) -> str:
    """For example "1A: Patients have required levels of access to the service"."""
    whole = f"{area.code}: {area.statement}"
    return whole if len(whole) <= LONGEST_HEADING else area.code


def prompt_for(section: Section) -> str:
    """What to write about under a heading that we know, or ""."""
    return next(
        (words for name, words in PROMPTS.items() if name.casefold() == section.heading.casefold()), ""
    )
