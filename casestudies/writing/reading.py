"""A case study made ready for a panel to read: its sections as safe HTML, each with the evidence for what it claims."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import HttpRequest
from django.shortcuts import render
from django.utils.text import slugify

from casestudies.models import Abbreviation, CaseStudy, Review, Version
from casestudies.reviews.doors import case_study_door
from casestudies.writing.forms import NOW, VersionsForm
from casestudies.writing.versions import as_it_stands, shown
from eds.text.labels import day
from eds.text.markdown import Abbreviations, to_html, to_plain
from eds.text.text_diff import changes

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
                anchor=section_anchor(place, section["heading"]),
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


def section_anchor(place: int, heading: str) -> str:
    """Where the section begins on the page of a case study."""
    return f"section-{place}-{slugify(heading)}"


def _outcome(code: str, sections: Sequence[ReadSection], evidence: Sequence[Mapping]) -> ReadOutcome:
    anchor = next((section.anchor for section in sections if section.outcome == code), "")
    return ReadOutcome(code=code, anchor=anchor, evidence=sum(code in item["outcomes"] for item in evidence))


def meanings_of(review: Review) -> dict[str, str]:
    """What abbreviations stand for in the organisation whose review it is."""
    rows = Abbreviation.objects.filter(organisation=review.organisation_id)
    return dict(rows.values_list("short", "meaning"))


def reading_of(case_study: CaseStudy, version: Version | Mapping) -> Reading:
    """The version, or its content, as a page shows it, with the abbreviations of its review explained."""
    codes = case_study.domain.outcome_areas.order_by("position").values_list("code", flat=True)
    return Reading.of(version, meanings=meanings_of(case_study.review), codes=list(codes))


# What a panel would read if the case study were accepted as it is.


def preview(request: HttpRequest, organisation: str, year: str, number: int):
    """For who writes it: the page that the panel will read, with what the case study says now."""
    case_study, standing = case_study_door(request, organisation, year, number)
    standing.require("write", case_study)
    page = {
        "case_study": case_study,
        "review": case_study.review,
        "reading": reading_of(case_study, as_it_stands(case_study)),
    }
    return render(request, "casestudies/writing/preview.html", page)


# Any two versions of a case study, compared word by word.


def versions(request: HttpRequest, organisation: str, year: str, number: int):
    """All versions, and what changed between two of them: the last two, unless others are chosen.

    Those from before personal data was taken out are listed and not shown. Who writes the case study can compare what
    it says now too.
    """
    case_study, standing = case_study_door(request, organisation, year, number)
    rows = list(case_study.versions.defer("content").select_related("made_by").order_by("number"))
    writes = standing.may("write", case_study)
    page = {"case_study": case_study, "review": case_study.review, "versions": rows[::-1]}
    rows = shown(rows)
    form = VersionsForm(_chosen(request, rows), versions=rows, with_now=writes)
    page |= {"form": form, "shown": rows}
    if len(rows) + writes > 1 and form.is_valid():
        older, newer = form.in_order()
        found = changes(_content(case_study, rows, older), _content(case_study, rows, newer), around=None)
        page |= {"parts": found, "older": form.words(older), "newer": form.words(newer)}
    return render(request, "casestudies/writing/versions.html", page)


def _chosen(request: HttpRequest, rows: list[Version]) -> dict[str, str]:
    """What was chosen, or else the last two versions; with one version that and what it says now."""
    if "older" in request.GET or "newer" in request.GET:
        return request.GET
    last = [str(row.number) for row in rows[-2:]]
    return dict(zip(("older", "newer"), last if len(last) == 2 else [*last, NOW], strict=False))


def _content(case_study: CaseStudy, rows: list[Version], choice: str) -> dict:
    if choice == NOW:
        return as_it_stands(case_study)
    return next(row for row in rows if str(row.number) == choice).content
