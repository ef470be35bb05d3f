"""Scoring one question at a time: the steps of a sheet, where each leads, and what the case study says about each."""

from collections.abc import Mapping
from dataclasses import dataclass

from casestudies.models import CaseStudy, OutcomeArea
from casestudies.writing.reading import Reading, ReadSection
from edsportal.web.addresses import url_of
from scoring.scores.score_sheet.sheet import Sheet


@dataclass(frozen=True, kw_only=True)
class Step:
    code: str
    address: str
    is_answered: bool
    is_current: bool


def steps_of(sheet: Sheet, current: str = "") -> list[Step]:
    """A step for each outcome area; `current` is the code of the one that is shown."""
    return [
        Step(
            code=code,
            address=step_address(sheet.case_study, code),
            is_answered=code in sheet.answers and sheet.answers[code].is_answered,
            is_current=code == current,
        )
        for code in sheet.codes
    ]


def step_address(case_study: CaseStudy, code: str) -> str:
    return url_of(case_study, "score_step", code)


def first_address(sheet: Sheet) -> str:
    """The first question without an answer, or else the check."""
    return next((step.address for step in steps_of(sheet) if not step.is_answered), _check_address(sheet))


def next_address(sheet: Sheet, code: str) -> str:
    """Where to go after a question: to the one after it, or to the check after the last and once all have an answer."""
    steps = steps_of(sheet)
    after = sheet.codes.index(code) + 1
    if after == len(steps) or all(step.is_answered for step in steps):
        return _check_address(sheet)
    return steps[after].address


def previous(sheet: Sheet, code: str) -> Step | None:
    """The step before a question; None before the first."""
    place = sheet.codes.index(code)
    return steps_of(sheet)[place - 1] if place else None


def _check_address(sheet: Sheet) -> str:
    return url_of(sheet.case_study, "check_scores")


@dataclass(frozen=True, kw_only=True)
class AboutArea:
    """What a case study says about one outcome area."""

    sections: tuple[ReadSection, ...]
    evidence: tuple[Mapping, ...]

    @classmethod
    def of(cls, reading: Reading, code: str) -> "AboutArea":
        items = [item for section in reading.sections for item in section.evidence] + list(reading.evidence)
        about = [item for item in items if code in item["outcomes"]]
        return cls(
            sections=tuple(section for section in reading.sections if section.outcome == code),
            evidence=tuple(item for place, item in enumerate(about) if item not in about[:place]),
        )


def step_page(sheet: Sheet, area: OutcomeArea) -> dict:
    """What the page of one question shows besides the sheet."""
    rows = sheet.case_study.self_assessments.shown() if sheet.case_study.review.shows_self_assessment else ()
    answers = {code: answer for code, answer in sheet.answers.items() if code != area.code}
    return {
        "area": area,
        "steps": steps_of(sheet, area.code),
        "previous": previous(sheet, area.code),
        "self_assessments": [row for row in rows if row.outcome_area_id == area.pk],
        "about": AboutArea.of(sheet.reading, area.code),
        "answered_elsewhere": sum(answer.is_answered for answer in answers.values()),
    }
