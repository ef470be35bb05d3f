"""The other organisations of the demo's care system, and two of another: five years of published results, and a merger.

Their reports came from before the portal: scores with a few words, as CSV and JSON alone, which is quick.
"""

import json
from datetime import date
from pathlib import Path

from django.utils import timezone

from casestudies.models import Framework, Organisation, Review, StageMove
from casestudies.objectives.actions import add_objective
from casestudies.organisations.actions import archive_organisation
from casestudies.succession.actions import record_succession
from eds import stages
from eds.succession import CHOICES
from edsportal.accounts.models import User
from edsportal.audit.chain import head_text
from edsportal.demo.story_time import moved, noon
from reports.formats import FORMATS
from reports.writing.data.json_report import from_json
from scoring.importing.store import import_report
from scoring.publishing.actions import make_file, publish
from scoring.review.content import report_content

FILE = Path(__file__).parent / "neighbours.json"
SYSTEM = "Fenbridge and Marlow Vale"
QUICK = ("json", "csv")
STAFF = ("Workforce health and well-being", "Inclusive leadership")
CODES = ("1A 1B 1C 1D", "1A 1B 1C 1D", "1A 1B 1C 1D", "2A 2B 2C 2D", "3A 3B 3C")


def make_neighbours(by: User, years: int) -> None:
    """All of them, with their reports, moved by these years; then the merger of two."""
    data = json.loads(moved(FILE.read_text(encoding="utf-8"), years))
    editions = {row.name: row.as_edition() for row in Framework.objects.whole()}
    for row in data["organisations"]:
        before = data["merger"]["predecessors"].get(row["name"], {})
        for year in row["scores"]:
            is_last = year == max(row["scores"])
            content = json.dumps(_report(row, year, data["words"], before if is_last else {}))
            review, _ = import_report(report=from_json(content, editions), imported_by=by)
            publish_as_told(review, by, formats=QUICK)
    _merge(data["merger"], by)


def publish_as_told(review: Review, by: User, formats: tuple[str, ...] = tuple(FORMATS)) -> None:
    """Publish it on the day on which the report says that it was published, with these files.

    It was imported on that day too, or else it would say that it is older than its own scores.
    """
    said = review.published_in
    at = noon(date.fromisoformat(said if len(said) > len("2024-02") else f"{said}-20"))
    review.case_studies.update(imported_on=timezone.localdate(at))
    content = report_content(Review.objects.select_related("organisation__ics").get(pk=review.pk))
    StageMove.objects.create(
        review=review, from_stage=review.stage, to_stage=stages.PUBLISHED, moved_by=by, moved_at=at
    )
    review.stage = stages.PUBLISHED
    review.save(update_fields=["stage"])
    head = head_text()
    files = [make_file(content, name, head) for name in formats if name in FORMATS]
    publish(review=review, content=content, files=files, published_by=by, published_at=at, audit_head=head)


def _report(row: dict, year: str, words: dict[str, str], before: dict) -> dict:
    """The report of a year, as its JSON form has it."""
    after = str(int(year) + 1)
    return {
        "format": "eds-report/1",
        "framework": "EDS 2022",
        "organisation": {key: row[key] for key in ("name", "ods_code", "kind")}
        | {"ics": row.get("ics", SYSTEM)},
        "year": year,
        "title": f"Equality Delivery System {year}",
        "header": {
            "level": "individual",
            "engagement_dates": [f"{year}-05"],
            "completed_on": f"{year}-09-16",
            "published": f"{year}-10",
            "authorised_on": f"{year}-10-08",
            "revision_date": f"{after}-09-30",
        },
        "case_studies": list(_case_studies(row, row["scores"][year].split(), words)),
        "panel": [
            {"name": name, "interest": "service_user", "domains": [1, 2, 3], "chair": place == 0}
            for place, name in enumerate(before.get("panel", ()))
        ],
        "recommendations": _recommendations(before.get("actions", ()), f"{after}-06-30"),
    }


def _case_studies(row: dict, digits: list[str], words: dict[str, str]):
    titles = (*row["services"], *STAFF)
    for number, (title, codes, scores) in enumerate(zip(titles, CODES, digits, strict=True), start=1):
        pairs = zip(codes.split(), scores, strict=True)
        yield {
            "number": number,
            "domain": max(1, number - 2),
            "title": title,
            "sections": [],
            "scores": {code: {"score": int(score), "rationale": words[score]} for code, score in pairs},
        }


def _recommendations(actions, due: str) -> list[dict]:
    listed = [
        {"action": action, "outcomes": ["1A"], "case_studies": [1], "due": due, "status": "on_track"}
        for action in actions
    ]
    return [{"theme": "Access for everyone", "actions": listed}] if listed else []


def _merge(merger: dict, by: User) -> None:
    """The successor follows the two; what they had waits for the review that its lead can start."""
    starts_on = date.fromisoformat(merger["starts_on"])
    rows = {row.name: row for row in Organisation.objects.filter(name__in=merger["predecessors"])}
    for name, before in merger["predecessors"].items():
        for title in before["objectives"]:
            days = {
                "starts_on": starts_on.replace(year=starts_on.year - 1),
                "ends_on": starts_on.replace(year=starts_on.year + 2),
            }
            add_objective(organisation=rows[name], title=title, measure="", added_by=by, **days)
    successor = Organisation.objects.get(name=merger["successor"])
    given = {"predecessors": list(rows.values()), "starts_on": starts_on, "takes": list(CHOICES)}
    record_succession(organisation=successor, recorded_by=by, **given)
    for row in rows.values():
        archive_organisation(organisation=row, archived_by=by)
