"""First words for a recommendation, from what the panel and the authors wrote: pure, over `ReportContent`.

Nothing is made up: a draft is the sentences of a commentary or a section that ask for something, as they stand, for a
person to edit.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from eds.checks.recommendations import LOW
from eds.content import CaseStudy, ReportContent
from eds.text.markdown import to_plain

COMMENTARY = "commentary"
LONGEST = 1000  # characters, where no sentence asks for anything
REFLECTS = re.compile(
    r"reflect|challenge|lesson|what we (have )?learn|improve|next step|recommend|barrier", re.IGNORECASE
)
ASKS = re.compile(
    r"\b(should|must|ought|could|needs? to|needs? more|recommend\w*|suggest\w*|would (like|help|benefit|welcome)"
    r"|wants? to see|asks? (for|that)|more work|encourage\w*)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, kw_only=True)
class Source:
    """A text from which a recommendation can be drafted; `key` names it within its case study."""

    case_study: int
    title: str
    name: str  # "commentary", or the section's heading
    key: str
    text: str
    outcome: str | None = None

    @property
    def draft(self) -> str:
        """The sentences that ask for something, each on its line; where none does, the text itself, shortened."""
        lines = [line.strip(" •-\t") for line in to_plain(self.text).splitlines()]
        sentences = [one for line in lines for one in re.split(r"(?<=[.!?])\s+", line) if one]
        asking = [one for one in sentences if ASKS.search(one)]
        return "\n".join(asking) if asking else " ".join(sentences)[:LONGEST]


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What the form starts with; `outcomes` are the low ones of the case study, or the one of the section."""

    source: Source
    outcomes: tuple[str, ...]


def sources(report: ReportContent) -> list[Source]:
    """The commentary and the reflecting sections of every case study, in the order of the report."""
    return [one for study in report.case_studies for one in _sources(study)]


def draft_from(report: ReportContent, case_study: int, key: str) -> Draft | None:
    """The draft of that source, or None where there is none of that name."""
    for study in report.case_studies:
        for source in _sources(study):
            if (source.case_study, source.key) == (case_study, key):
                return Draft(source=source, outcomes=_outcomes(study, source))
    return None


def _sources(study: CaseStudy) -> Iterator[Source]:
    of_study = {"case_study": study.number, "title": study.title}
    if study.commentary:
        yield Source(name=COMMENTARY, key=COMMENTARY, text=study.commentary, **of_study)
    for place, section in enumerate(study.sections, start=1):
        if REFLECTS.search(section.heading) and section.body.strip():
            yield Source(
                name=section.heading, key=str(place), text=section.body, outcome=section.outcome, **of_study
            )


def _outcomes(study: CaseStudy, source: Source) -> tuple[str, ...]:
    if source.outcome:
        return (source.outcome,)
    low = (code for code, one in study.scores.items() if one.score is not None and one.score <= LOW)
    return tuple(sorted(low))
