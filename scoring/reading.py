"""A case study made ready for reading: its version's sections as safe HTML, under the outcome areas they speak to."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.text import slugify

from casestudies.models import Version
from scoring.markdown import to_html


@dataclass(frozen=True, kw_only=True)
class ReadSection:
    anchor: str
    heading: str
    outcome: str | None
    html: str


@dataclass(frozen=True, kw_only=True)
class Reading:
    sections: tuple[ReadSection, ...]
    evidence: tuple[dict, ...]

    @classmethod
    def of(cls, version: Version | Mapping, *, heading_level: int = 4) -> "Reading":
        """What the version, or its content, says; headings inside a section's text start at `heading_level`."""
        content = version.content if isinstance(version, Version) else version
        sections = tuple(
            ReadSection(
                anchor=f"section-{place}-{slugify(section['heading'])}",
                heading=section["heading"],
                outcome=section["outcome"],
                html=to_html(section["body"], heading_level=heading_level),
            )
            for place, section in enumerate(content["sections"], start=1)
        )
        return cls(sections=sections, evidence=tuple(content["evidence"]))
