"""The JSON form of an annual report, eds-report/1: `to_json` writes it, `from_json` reads it without loss."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, replace
from typing import Any

from eds.content import (
    CaseStudy,
    Evidence,
    Header,
    Judgement,
    PanelScores,
    PreviousResults,
    ReportContent,
    Stated,
)
from eds.totals import Points, results, whole
from reports.reading.json_report import FORMAT, from_json

__all__ = ["approved_sha256", "from_json", "to_json"]


def to_json(content: ReportContent, *, checks: Iterable[Any] | None = None) -> str:
    """The report as eds-report/1, with its results, and with what the checks found where they are given.

    Checks are for signed-in equality leads; each has code, severity, case_study, outcome and message.
    """
    values = _values(content) | {"results": _results(content)}
    if checks is not None:
        names = ("code", "severity", "case_study", "outcome", "message")
        values["checks"] = [{name: getattr(check, name) for name in names} for check in checks]
    return json.dumps(values, ensure_ascii=False, allow_nan=False, indent=2) + "\n"


def approved_sha256(content: ReportContent) -> str:
    """Tells what was approved: the report apart from its header, whose dates are filled in later."""
    text = to_json(replace(content, approval=None, header=Header()))
    return hashlib.sha256(text.encode()).hexdigest()


def _values(content: ReportContent) -> dict:
    values = {
        "format": FORMAT,
        "framework": content.edition.name,
        "organisation": asdict(content.organisation),
        "year": content.year,
        "title": content.title or None,
        "header": asdict(content.header),
        "previous_actions": [asdict(action) for action in content.previous_actions],
        "case_studies": [_case_study_values(case_study) for case_study in content.case_studies],
        "panel": [asdict(member) for member in content.panel],
        "third_parties": asdict(content.third_parties),
        "recommendations": [asdict(theme) for theme in content.recommendations],
        "stated": _stated_values(content.stated),
    }
    return values | {name: value for name, value in _additions(content).items() if value}


def _additions(content: ReportContent) -> dict:
    """What we added to the format: written only where there is something (docs/eds-report.md)."""
    return {
        "choices": [asdict(choice) for choice in content.choices],
        "interests": [asdict(interest) for interest in content.interests],
        "groups": [asdict(group) for group in content.groups],
        "summary": content.summary,
        "panel_work": content.panel_work,
        "contact": content.contact,
        "approval": content.approval and asdict(content.approval),
        "panel_scores": _panel_scores_values(content.panel_scores),
        "previous_results": content.previous_results and _previous_values(content.previous_results),
    }


def _panel_scores_values(said: PanelScores) -> dict | None:
    spreads = [asdict(spread) | {"apart": dict(sorted(spread.apart.items()))} for spread in said.spreads]
    return None if said == PanelScores() else {"agreement": said.agreement, "spreads": spreads}


def _previous_values(before: PreviousResults) -> dict:
    return {
        "year": before.year,
        "framework": before.framework,
        "scores": {code: _number(score) for code, score in sorted(before.scores.items())},
        "domains": {str(number): _number(total) for number, total in sorted(before.domains.items())},
        "overall": _number(before.overall),
        "rating": before.rating,
    }


def _case_study_values(case_study: CaseStudy) -> dict:
    values = {
        "number": case_study.number,
        "domain": case_study.domain,
        "title": case_study.title,
        "sections": [asdict(section) for section in case_study.sections],
        "evidence": [_evidence_values(evidence) for evidence in case_study.evidence],
        "scores": _judgement_values(case_study.scores),
        "self_assessment": _judgement_values(case_study.self_assessment),
        "owners": dict(sorted(case_study.owners.items())),
        "stated_total": _number(case_study.stated_total),
        "commentary": case_study.commentary,
    }
    if case_study.scored_by:  # ours, as the additions above
        values["scored_by"] = case_study.scored_by
    return values


def _evidence_values(evidence: Evidence) -> dict:
    values = asdict(evidence)
    for addition in ("strength", "file"):  # ours, written only where there is one
        if values[addition] is None:
            del values[addition]
    return values


def _judgement_values(judgements: Mapping[str, Judgement]) -> dict:
    return {
        code: {"score": "na" if said.not_applicable else _number(said.score), "rationale": said.rationale}
        for code, said in sorted(judgements.items())
    }


def _stated_values(stated: Stated) -> dict:
    domains = {str(number): _number(total) for number, total in sorted(stated.domains.items())}
    return {"domains": domains, "overall": _number(stated.overall), "rating": stated.rating}


def _number(number: Points | None) -> Points | None:
    return None if number is None else whole(number)


def _results(content: ReportContent) -> dict:
    found = results(content)
    return {
        "case_studies": [
            {
                "number": result.number,
                "total": result.total.points,
                "out_of": result.total.out_of,
                "missing": list(result.total.missing),
            }
            for result in found.case_studies
        ],
        "domains": [
            {
                "number": result.number,
                "total": result.total,
                "out_of": result.out_of,
                "case_study": result.case_study,
                "reason": result.reason,
            }
            for result in found.domains
        ],
        "overall": asdict(found.overall),
    }
