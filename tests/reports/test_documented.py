"""The descriptions of the data formats say what the files hold."""

import json
import re
from dataclasses import fields
from pathlib import Path

from eds import content
from eds.content import (
    EVIDENCE_KINDS,
    GROUP_KINDS,
    INTEREST_CATEGORIES,
    INTERESTS,
    LEVELS,
    ORGANISATION_KINDS,
    STATUSES,
    STRENGTHS,
)
from eds.editions import load
from eds.fields import key_of
from reports.writing.data import csv_report, open_data
from reports.writing.data.json_report import from_json, to_json

DOCS = Path(__file__).resolve().parents[2] / "docs"


def documented(name):
    return (DOCS / name).read_text(encoding="utf-8")


def examples():
    return re.findall(r"```json\n(.*?)```", documented("eds-report.md"), re.DOTALL)


def test_the_example_is_a_report_and_its_results_are_as_printed():
    report, choices, interests, groups, *added, results = examples()
    read = from_json(report, load)
    assert from_json(to_json(read), load) == read
    made, printed = json.loads(to_json(read))["results"], json.loads("{" + results + "}")["results"]
    printed["domains"] += made["domains"][1:]  # the example shows the first alone
    assert made == printed
    for part in added:
        whole = json.loads(report) | json.loads("{" + part + "}")
        again = json.loads(to_json(from_json(json.dumps(whole), load)))
        assert {name: again[name] for name in json.loads("{" + part + "}")} == json.loads("{" + part + "}")
    for part, kind in ((choices, content.Choice), (interests, content.Interest), (groups, content.Group)):
        ((name, rows),) = json.loads("{" + part + "}").items()
        assert [(name, set(row)) for row in rows] == [
            (f"{kind.__name__.lower()}s", {f.name for f in fields(kind)})
        ]


def test_every_key_and_every_code_is_described():
    text = documented("eds-report.md")
    kinds = (
        *(content.Organisation, content.Header, content.PreviousAction, content.Section, content.Evidence),
        content.EvidenceFile,
        *(content.CaseStudy, content.PanelMember, content.ThirdParties, content.Action, content.Theme),
        *(content.Choice, content.Interest, content.Group, content.Stated, content.Approval),
        *(content.PanelScores, content.Spread, content.PreviousResults),
    )
    names = {key_of(field) for kind in kinds for field in fields(kind)}
    names |= {field.name for field in fields(content.ReportContent)} - {"edition"} | {"framework"}
    codes = {
        *INTEREST_CATEGORIES,
        *ORGANISATION_KINDS,
        *LEVELS,
        *EVIDENCE_KINDS,
        *STRENGTHS,
        *GROUP_KINDS,
        *STATUSES,
        *INTERESTS,
    }
    assert {name for name in names | codes if f"`{name}`" not in text and f'"{name}"' not in text} == set()


def test_every_column_is_described_in_its_order():
    text = documented("open-data.md")
    table = text[text.index("| Column | What it holds |") :].split("\n\n")[0]
    assert re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE) == list(open_data.COLUMNS)


def test_the_expressions_that_find_an_added_apostrophe_are_those_that_add_it():
    first, second = re.findall(r"`(\^[^`]*)`", documented("open-data.md"))
    for text in ("=1", "  +1", "''-1", "@x", "\t", "'\n", "x", "a=1", "", "'tis", "＝1"):
        assert bool(re.match(first, text) or re.match(second, text)) == bool(csv_report.FORMULA.match(text))
