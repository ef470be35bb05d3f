"""A whole report in eds-report/1, in our own words, and how to read it."""

import json

import pytest

from eds.editions import load
from reports.reading.problems import ImportProblem
from reports.writing.data.json_report import from_json


def example():
    """A whole report as the format's description shows it, in our own words."""
    scores = {"1A": 2, "1B": 1, "1C": 1, "1D": 1}
    return {
        "format": "eds-report/1",
        "framework": "EDS 2022",
        "organisation": {"name": "NHS Westmoor", "ods_code": "QZZ", "kind": "icb", "ics": "Westmoor"},
        "year": "2024",
        "title": "Equality Delivery System 2024",
        "header": {"eds_lead": "Ada Lee", "level": "partnership", "partners": ["Westmoor Trust"],
                   "engagement_dates": ["2024-06-01"], "published": "2025-02"},
        "previous_actions": [{"action": "Train staff", "objective": "Access", "status": "complete"}],
        "case_studies": [{
            "number": 1, "domain": 1, "title": "Walk-in clinic",
            "sections": [{"heading": "1A", "outcome": "1A", "body": "Open until *eight*."}],
            "evidence": [{"kind": "quote", "text": "Kind staff.", "source": "Survey", "date": "2024-03",
                          "outcomes": ["1D"], "groups": ["sex"]}],
            "scores": {code: {"score": score, "rationale": None} for code, score in scores.items()},
            "self_assessment": {"1A": {"score": 3, "rationale": "We think so."}},
            "owners": {"1A": "Access team"},
            "stated_total": 5,
            "commentary": "A good start.",
        }],
        "panel": [{"name": "Bo Fry", "interest": "healthwatch", "domains": [1], "chair": True}],
        "third_parties": {"trade_union_reps": ["Cy Ash"], "independent_evaluators": []},
        "recommendations": [{"theme": "Data", "actions": [
            {"action": "Share it", "outcomes": ["1A"], "case_studies": [1], "due": "2025-03",
             "status": "open"}]}],
        "stated": {"domains": {"1": 5}, "overall": None, "rating": None},
    }  # fmt: skip


def read(values):
    return from_json(json.dumps(values), load)


def problems(values):
    """Everything that reading these values refuses, as text."""
    with pytest.raises(ImportProblem) as caught:
        read(values)
    return [str(problem) for problem in caught.value.problems]
