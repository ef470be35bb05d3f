"""From one stage for a review to a stage for each case study, and back, with rows as they were before."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from edsportal.audit import triggers

BEFORE = [("casestudies", "0019_withdrawn_reviews"), ("scoring", "0018_scoring_steps")]
AFTER = [("casestudies", "0022_review_stages"), ("scoring", "0019_fixed_places")]
SERVICES = 2

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def migrate(targets) -> MigrationExecutor:
    if connection.vendor == "sqlite":
        triggers.remove(connection)
    executor = MigrationExecutor(connection)
    executor.migrate(targets)
    return MigrationExecutor(connection)


@pytest.fixture
def before():
    """The models as they were, on an empty database; at the end all is as it is now."""
    yield migrate(BEFORE).loader.project_state(BEFORE).apps
    apps = MigrationExecutor(connection).loader.project_state(BEFORE).apps
    triggers.remove(connection)
    for model in (
        "trail.Link",
        "trail.Entry",
        "scoring.AgreedScore",
        "casestudies.StageMove",
        "casestudies.CaseStudy",
        "casestudies.Review",
    ):
        _rows(model)
    migrate(MigrationExecutor(connection).loader.graph.leaf_nodes())
    triggers.install(connection)
    assert apps is not None


def _rows(label: str) -> None:
    """Delete all rows of a table, whatever its columns are now."""
    app, model = label.lower().split(".")
    with connection.cursor() as cursor:
        cursor.execute(f'DELETE FROM "{app}_{model}"')


def make(apps, stage: str, *, agreed: int = 0, published: bool = False, year: str = "2026"):
    """A review at that stage with two services, of which so many have an agreed score for every outcome area."""
    get = apps.get_model
    organisation, _ = get("casestudies", "Organisation").objects.get_or_create(name="A Trust", slug="a-trust")
    framework, _ = get("casestudies", "Framework").objects.get_or_create(name="EDS of a test")
    domain, _ = get("casestudies", "Domain").objects.get_or_create(
        framework=framework, number=1, defaults={"title": "Services"}
    )
    area, _ = get("casestudies", "OutcomeArea").objects.get_or_create(
        domain=domain, code="1A", defaults={"position": 1, "statement": "S"}
    )
    review = get("casestudies", "Review").objects.create(
        organisation=organisation, framework=framework, year=year, stage=stage, scoring_closes_on="2026-05-01"
    )
    for number in range(1, SERVICES + 1):
        row = get("casestudies", "CaseStudy").objects.create(
            review=review, domain=domain, number=number, title=f"Service {number}"
        )
        if number <= agreed:
            get("scoring", "AgreedScore").objects.create(
                case_study=row, outcome_area=area, value=2, imported=True
            )
    if published:
        get("casestudies", "StageMove").objects.create(
            review=review, from_stage="approval", to_stage="published"
        )
    return review


def found(executor) -> dict:
    """By year: the stage of the review and those of its case studies."""
    apps = executor.loader.project_state(AFTER).apps
    rows = apps.get_model("casestudies", "Review").objects.order_by("year")
    return {
        row.year: (
            row.stage,
            list(row.case_studies.order_by("number").values_list("stage", flat=True)),
        )
        for row in rows
    }


def test_every_case_study_gets_the_stage_of_its_review_and_back_only_what_one_stage_can_say(before):
    for year, stage, more in (
        ("2020", "setup", {}),
        ("2021", "evidence", {}),
        ("2022", "scoring", {}),
        ("2023", "moderation", {"agreed": 1}),
        ("2024", "moderation", {"agreed": 2, "published": True}),
        ("2025", "approval", {"agreed": 2}),
        ("2026", "published", {"agreed": 2, "published": True}),
    ):
        make(before, stage, year=year, **more)
    executor = migrate(AFTER)
    assert found(executor) == {
        "2020": ("open", ["writing"] * 2),
        "2021": ("open", ["writing"] * 2),
        "2022": ("open", ["scoring"] * 2),
        "2023": ("open", ["agreed", "meeting"]),
        "2024": ("open", ["meeting"] * 2),  # opened again after it was published
        "2025": ("approval", ["agreed"] * 2),
        "2026": ("published", ["agreed"] * 2),
    }
    executor = migrate(BEFORE)
    rows = executor.loader.project_state(BEFORE).apps.get_model("casestudies", "Review").objects
    assert dict(rows.values_list("year", "stage")) == {
        "2020": "evidence",
        "2021": "evidence",
        "2022": "scoring",
        "2023": "moderation",
        "2024": "moderation",
        "2025": "approval",
        "2026": "published",
    }
    assert {str(day) for day in rows.values_list("scoring_closes_on", flat=True)} == {"2026-05-01"}

    apps = migrate(AFTER).loader.project_state(AFTER).apps
    studies = apps.get_model("casestudies", "CaseStudy").objects
    studies.filter(review__year="2022", number=1).update(stage="meeting")
    with pytest.raises(ValueError, match=r"The review of A Trust 2022 can't go back to one stage"):
        migrate(BEFORE)
    assert found(MigrationExecutor(connection))["2022"] == ("open", ["meeting", "scoring"])
