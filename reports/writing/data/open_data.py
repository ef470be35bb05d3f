"""The results of all published reports as open data: eds-results/1, as CSV rows and as JSON.

Both are documented in docs/open-data.md and are stable: a change of meaning gets a new number. Pure: values in,
rows and text out, one report at a time, so that a thousand reports need no more memory than one.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from eds.content import ReportContent
from reports.writing.data import csv_report
from reports.writing.data.json_report import to_json

FORMAT = "eds-results/1"
COLUMNS = ("report", "publication", "published_on", *csv_report.COLUMNS)
NOT_SCORED = {"score": None, "rationale": None}


@dataclass(frozen=True, kw_only=True)
class Published:
    """A published report: `address` of its page, `number` of its edition, when it came out, what it says."""

    address: str
    number: int
    published_at: datetime
    sha256: str
    content: ReportContent


def rows(reports: Iterable[Published]) -> Iterator[csv_report.Row]:
    """The rows of every report, each with where it comes from."""
    for published in reports:
        source = {
            "report": published.address,
            "publication": published.number,
            "published_on": timezone.localdate(published.published_at).isoformat(),
        }
        for row in csv_report.rows(published.content):
            yield source | row


def json_lines(reports: Iterable[Published]) -> Iterator[str]:
    """One JSON object, a report to a line."""
    yield f'{{"format": "{FORMAT}", "reports": ['
    for position, published in enumerate(reports):
        yield ("," if position else "") + "\n" + json.dumps(_report(published), ensure_ascii=False)
    yield "\n]}\n"


def _report(published: Published) -> dict:
    values, edition = json.loads(to_json(published.content)), published.content.edition
    return {
        "report": published.address,
        "publication": published.number,
        "published_at": published.published_at.isoformat(),
        "sha256": published.sha256,
        **{key: values[key] for key in ("organisation", "year", "framework", "title")},
        "case_studies": [
            {
                **{key: study[key] for key in ("number", "domain", "title")},
                "scores": {
                    code: study["scores"].get(code, NOT_SCORED)
                    for code in edition.domain(study["domain"]).codes
                },
            }
            for study in values["case_studies"]
        ],
        "results": values["results"],
    }
