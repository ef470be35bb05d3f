"""The JSON form of an annual report, eds-report/2: `to_json` writes it, `from_json` reads it without loss."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, fields, is_dataclass, replace
from typing import Any

from eds.content import (
    CaseStudy,
    Evidence,
    Header,
    Interest,
    Judgement,
    Organisation,
    PanelScores,
    ReportContent,
)
from eds.edition import Edition
from eds.fields import key_of
from eds.normal_form import without_origin
from eds.totals import results, whole
from reports.reading.json_report import FORMAT, from_json

# What we added to the format: written only where there is something (docs/eds-report.md)
ADDED = {
    ReportContent: (
        *("represented_groups", "choices", "left_out", "omitted", "interests", "groups", "summary"),
        *("panel_work", "contact"),
        *("easy_read", "approval", "panel_scores", "previous_results"),
    ),
    CaseStudy: ("scored_by", "origin", "imported_from", "imported_on", "corrections"),
    Evidence: ("source_kind", "strength", "file"),
    Interest: ("category", "reason"),
    Organisation: ("colour", "logo"),
    PanelScores: ("people",),
}

__all__ = ["approved_sha256", "from_json", "to_json"]


def to_json(content: ReportContent, *, checks: Iterable[Any] | None = None) -> str:
    """The report as eds-report/2, with its results, and with what the checks found where they are given.

    Checks are for signed-in equality leads; each has code, severity, case_study, outcome and message.
    """
    values = _values(content) | {"results": _results(content)}
    if checks is not None:
        names = ("code", "severity", "case_study", "outcome", "message")
        values["checks"] = [{name: getattr(check, name) for name in names} for check in checks]
    return json.dumps(values, ensure_ascii=False, allow_nan=False, indent=2) + "\n"


def approved_sha256(content: ReportContent) -> str:
    """Tells what was approved: the report apart from its header, whose dates are filled in later, and from its look.

    It is taken of version 1 of the form, so that an approval of before version 2 still holds.
    """
    plain = replace(content.organisation, colour=None, logo=None)
    told = replace(without_origin(content), approval=None, header=Header(), organisation=plain)
    text = to_json(told)
    text = text.replace(f'"format": "{FORMAT}"', '"format": "eds-report/1"', 1)
    return hashlib.sha256(text.encode()).hexdigest()


def _values(content: ReportContent) -> dict:
    values = _json_values(content)
    head = {"format": FORMAT, "framework": values.pop("edition")}
    return head | values | {"title": content.title or None}


def _json_values(value: Any) -> Any:
    """A value of `eds.content` as JSON holds it: keys in a fixed order, and no fraction in a whole number."""
    if isinstance(value, Judgement):
        score = "na" if value.not_applicable else _json_values(value.score)
        return {"score": score, "rationale": value.rationale}
    if isinstance(value, Edition):
        return value.name
    if is_dataclass(value):
        added = ADDED.get(type(value), ())
        held = ((part, getattr(value, part.name)) for part in fields(value))
        return {
            key_of(part): _json_values(told) for part, told in held if part.name not in added or _says(told)
        }
    if isinstance(value, Mapping):
        return {str(key): _json_values(part) for key, part in sorted(value.items())}
    if isinstance(value, tuple):
        return [_json_values(part) for part in value]
    return whole(value) if isinstance(value, float) else value


def _says(part: Any) -> bool:
    return bool(part) and part != PanelScores()


def _results(content: ReportContent) -> dict:
    computed = results(content)
    return {
        "case_studies": [
            {
                "number": result.number,
                "total": result.total.points,
                "out_of": result.total.out_of,
                "missing": list(result.total.missing),
            }
            for result in computed.case_studies
        ],
        "domains": [
            {
                "number": result.number,
                "total": result.total,
                "out_of": result.out_of,
                "case_study": result.case_study,
                "reason": result.reason,
            }
            for result in computed.domains
        ],
        "overall": asdict(computed.overall),
    }
