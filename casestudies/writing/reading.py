"""A case study made ready for a panel to read: its sections as safe HTML, each with the evidence for what it claims."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.text import slugify

from casestudies.models import Abbreviation, Review, Version
from eds.labels import day
from eds.markdown import to_html, to_plain
from scoring.abbreviations import Abbreviations

WORDS_A_MINUTE = 200  # a little slower than most adults read to themselves (Brysbaert 2019: 238)


@dataclass(frozen=True, kw_only=True)
class ReadSection:
    """`evidence` is what supports its outcome area, beside the first section that speaks to it."""

    anchor: str
    heading: str
    outcome: str | None
    html: str
    evidence: tuple[Mapping, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ReadOutcome:
    """One outcome area: where its section begins, or "" where none speaks to it, and how much evidence it has."""

    code: str
    anchor: str
    evidence: int


@dataclass(frozen=True, kw_only=True)
class Reading:
    """`evidence` is what stands beside no section; `abbreviations` are those that are used, with their meanings."""

    sections: tuple[ReadSection, ...]
    evidence: tuple[Mapping, ...]
    outcomes: tuple[ReadOutcome, ...] = ()
    abbreviations: tuple[tuple[str, str], ...] = ()
    words: int = 0

    @property
    def minutes(self) -> int:
        return max(1, math.ceil(self.words / WORDS_A_MINUTE))

    @property
    def has_beside(self) -> bool:
        """Does evidence stand beside a section?"""
        return any(section.evidence for section in self.sections)

    @classmethod
    def of(
        cls,
        version: Version | Mapping,
        *,
        heading_level: int = 4,
        meanings: Mapping[str, str] | None = None,
        codes: Sequence[str] = (),
    ) -> "Reading":
        """What the version, or its content, says; headings inside a section's text start at `heading_level`.

        `meanings` of abbreviations by their short form; `codes` of the outcome areas that it is scored on.
        """
        content = version.content if isinstance(version, Version) else version
        abbreviations = Abbreviations(meanings or {})
        evidence = [item | {"day": day(item["date"])} for item in content["evidence"]]
        beside = _beside(content["sections"], evidence)
        sections = tuple(
            ReadSection(
                anchor=f"section-{place}-{slugify(section['heading'])}",
                heading=section["heading"],
                outcome=section["outcome"],
                html=to_html(section["body"], heading_level=heading_level, abbreviations=abbreviations),
                evidence=tuple(beside.get(place, ())),
            )
            for place, section in enumerate(content["sections"], start=1)
        )
        shown = [item for items in beside.values() for item in items]
        return cls(
            sections=sections,
            evidence=tuple(item for item in evidence if item not in shown),
            outcomes=tuple(_outcome(code, sections, evidence) for code in codes),
            abbreviations=tuple(sorted(abbreviations.used.items())),
            words=sum(len(to_plain(section["body"]).split()) for section in content["sections"]),
        )


def _beside(sections: Sequence[Mapping], evidence: Sequence[Mapping]) -> dict[int, list[Mapping]]:
    """The evidence for each section, by the section's place from 1: of an outcome area, beside its first section."""
    first: dict[str, int] = {}
    for place, section in enumerate(sections, start=1):
        if section["outcome"]:
            first.setdefault(section["outcome"], place)
    found: dict[int, list[Mapping]] = {}
    for item in evidence:
        for place in sorted({first[code] for code in item["outcomes"] if code in first}):
            found.setdefault(place, []).append(item)
    return found


def _outcome(code: str, sections: Sequence[ReadSection], evidence: Sequence[Mapping]) -> ReadOutcome:
    anchor = next((section.anchor for section in sections if section.outcome == code), "")
    return ReadOutcome(code=code, anchor=anchor, evidence=sum(code in item["outcomes"] for item in evidence))


def meanings_of(review: Review) -> dict[str, str]:
    """What abbreviations stand for in the organisation whose review it is."""
    rows = Abbreviation.objects.filter(organisation=review.organisation_id)
    return dict(rows.values_list("short", "meaning"))
