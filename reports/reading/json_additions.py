"""Reading what we added to eds-report/1: each part is written only where there is something, and may be missing."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from eds.content import (
    Approval,
    CaseStudy,
    Choice,
    Interest,
    PanelMember,
    PanelScores,
    PreviousResults,
    Spread,
)
from eds.edition import Domain, Edition
from reports.reading.json_evidence import group
from reports.reading.json_fields import LONG, Fields

YEAR, A_YEAR = r"[0-9]{4}(-[0-9]{2})?", "a year like 2024 or 2024-25"
AGREEMENTS = ("high", "fair", "low")


def additions(
    fields: Fields, edition: Edition, case_studies: Sequence[CaseStudy], panel: Sequence[PanelMember]
) -> dict[str, Any]:
    """The added parts of a report, by the names of `ReportContent`."""
    numbers = [part.number for part in case_studies if part.number]
    choices = fields.objects("choices", partial(_choice, edition=edition, case_studies=case_studies))
    refuse_repeated(fields, "choices", "domain", [choice.domain for choice in choices])
    groups = fields.objects("groups", group)
    refuse_repeated(fields, "groups", "code", [each.code for each in groups])
    return {
        "choices": choices,
        "groups": groups,
        "interests": fields.objects("interests", partial(_interest, numbers=numbers, panel=panel)),
        "summary": fields.text("summary", longest=LONG),
        "panel_work": fields.text("panel_work", longest=LONG),
        "contact": fields.text("contact"),
        "approval": _optional(fields, "approval", _approval),
        "panel_scores": fields.object(
            "panel_scores", partial(_panel_scores, edition=edition, case_studies=case_studies)
        ),
        "previous_results": _optional(fields, "previous_results", partial(_previous, edition=edition)),
    }


def _optional(fields: Fields, key: str, read) -> Any:
    """What the object says, or None where there is none."""
    return None if fields.value(key) is None else fields.object(key, read)


def refuse_repeated(fields: Fields, key: str, name: str, values: list) -> None:
    for index, value in enumerate(values):
        if value is not None and value in values[:index]:
            first = f"{key}[{values.index(value)}]"
            fields.refuse(f"{key}[{index}].{name}", f"{value}, as in {first}", "each once")


def domain_numbers(edition: Edition) -> list[int]:
    return [domain.number for domain in edition.domains]


def domain_of(fields: Fields, edition: Edition) -> Domain | None:
    number = fields.member("domain", domain_numbers(edition))
    return None if number is None else edition.domain(number)


def _choice(fields: Fields, edition: Edition, case_studies: Sequence[CaseStudy]) -> Choice:
    domain = domain_of(fields, edition)
    numbers = [part.number for part in case_studies if domain is None or part.domain == domain.number]
    return Choice(
        domain=domain.number if domain else None,
        case_study=fields.member("case_study", numbers),
        chosen_by=fields.text("chosen_by", required=True) or "",
        reason=fields.text("reason", required=True, longest=LONG) or "",
    )


def _interest(fields: Fields, numbers: Sequence[int], panel: Sequence[PanelMember]) -> Interest:
    return Interest(
        member=fields.one_of("member", [member.name for member in panel], required=True) or "",
        case_study=fields.member("case_study", numbers),
        reason=fields.text("reason", required=True, longest=LONG) or "",
    )


def _approval(fields: Fields) -> Approval:
    date = fields.day("date")
    if not fields.value("date"):
        fields.refuse(fields.place("date"), "nothing", "a date like 2025-02-28")
    return Approval(
        approved_by=fields.text("approved_by", required=True) or "",
        committee=fields.text("committee", required=True) or "",
        date=date or "",
    )


def _panel_scores(fields: Fields, edition: Edition, case_studies: Sequence[CaseStudy]) -> PanelScores:
    spreads = fields.objects("spreads", partial(_spread, edition=edition, case_studies=case_studies))
    refuse_repeated(fields, "spreads", "case_study", [spread.case_study for spread in spreads])
    return PanelScores(agreement=fields.one_of("agreement", AGREEMENTS), spreads=spreads)


def _spread(fields: Fields, edition: Edition, case_studies: Sequence[CaseStudy]) -> Spread:
    domains = {part.number: part.domain for part in case_studies if part.number and part.domain}
    number = fields.member("case_study", list(domains))
    codes = edition.domain(domains[number]).codes if number in domains else _codes(edition)
    points = tuple(range(1, edition.highest + 1))
    return Spread(
        case_study=number or 0,
        members=fields.whole_number("members") or 0,
        apart=fields.object("apart", partial(_apart, codes=codes, points=points)),
    )


def _codes(edition: Edition) -> tuple[str, ...]:
    return tuple(code for domain in edition.domains for code in domain.codes)


def _apart(fields: Fields, codes: Sequence[str], points: Sequence[int]) -> dict[str, int]:
    return {code: fields.member(code, points) for code in fields.keys(codes)}


def _previous(fields: Fields, edition: Edition) -> PreviousResults:
    """Its codes and domains are those of its own edition, which may be another than this report's."""
    framework = fields.text("framework", required=True) or ""
    same = framework == edition.name
    numbers = [str(number) for number in domain_numbers(edition)] if same else []
    points = fields.object("scores", partial(_points, keys=_codes(edition) if same else ()))
    domains = fields.object("domains", partial(_points, keys=numbers))
    return PreviousResults(
        year=fields.text("year", required=True, pattern=YEAR, expected=A_YEAR) or "",
        framework=framework,
        scores=points,
        domains={int(number): total for number, total in domains.items()},
        overall=fields.points("overall"),
        rating=fields.text("rating"),
    )


def _points(fields: Fields, keys: Sequence[str]) -> dict[str, int | float]:
    found = {key: fields.points(key) for key in fields.keys(keys)}
    return {key: points for key, points in found.items() if points is not None}
