"""Recording what the panel agreed."""

from importlib import import_module

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from django.db.migrations.exceptions import IrreversibleError

from eds import stages
from scoring.models import AgreedScore, Commentary
from tests.prepare import record_agreed_score, record_commentary


@pytest.fixture
def area(cast):
    return cast.case_studies[0].domain.outcome_areas.get(code="1A")


def record(cast, area, value, rationale="Agreed"):
    return record_agreed_score(
        case_study=cast.case_studies[0],
        outcome_area=area,
        value=value,
        rationale=rationale,
        recorded_by=cast.lead,
    )


def test_a_change_is_a_new_row_and_the_same_again_is_none(cast, area):
    first = record(cast, area, 0)
    assert record(cast, area, 0) == first
    second = record(cast, area, 0, "Said better")
    assert list(AgreedScore.objects.values_list("sequence", "value", "rationale")) == [
        (1, 0, "Agreed"),
        (2, 0, "Said better"),
    ]
    assert list(AgreedScore.objects.current()) == [second]


@pytest.mark.parametrize(
    "wrong",
    [
        {"value": 4},
        {"value": 1.5},
        {"value": None},
        {"value": 2, "not_applicable": True},
        {"rationale": ""},
        {"recorded_by": None},
    ],
)
def test_the_database_itself_refuses_an_agreed_score_that_makes_no_sense(cast, area, wrong):
    values = {"value": 2, "rationale": "r", "recorded_by": cast.lead} | wrong
    with pytest.raises(IntegrityError), transaction.atomic():
        AgreedScore.objects.create(case_study=cast.case_studies[0], outcome_area=area, **values)


def test_commentary_can_be_set_changed_and_taken_away(cast):
    for text in ("First", "Second"):
        record_commentary(case_study=cast.case_studies[0], text=text, recorded_by=cast.lead)
        assert Commentary.objects.current().get().text == text
    record_commentary(case_study=cast.case_studies[0], text="", recorded_by=cast.lead)
    assert Commentary.objects.current().count() == 0


def whole() -> dict[str, str]:
    codes = ("1A", "1B", "1C", "1D")
    return {f"score_{code}": "2" for code in codes} | {f"rationale_{code}": f"Why {code}" for code in codes}


@pytest.mark.parametrize(("who", "status"), [("lead", 302), ("chair", 302), ("member", 403), ("reader", 403)])
def test_only_the_chair_and_the_lead_record(client, cast, who, status):
    cast.move(stages.MODERATION)
    client.force_login(cast.people[who])
    answer = client.post(f"/reviews/{cast.organisation.slug}/2026/moderation/1/", whole())
    assert answer.status_code == status
    assert AgreedScore.objects.count() == (4 if status == 302 else 0)


@pytest.mark.parametrize("stage", [stages.SCORING, stages.APPROVAL, stages.PUBLISHED])
def test_nothing_is_recorded_outside_moderation(client, cast, stage):
    cast.move(stage)
    client.force_login(cast.lead)
    answer = client.post(f"/reviews/{cast.organisation.slug}/2026/moderation/1/", whole())
    assert (answer.status_code, AgreedScore.objects.count()) == (403, 0)


def test_the_page_shows_members_scores_and_never_fills_in_an_agreed_one(client, cast):
    cast.score(cast.member, 1, 0, 1, 2, 3)
    cast.score(cast.other, 1, 0, 1, 2, None)
    cast.move(stages.MODERATION)
    client.force_login(cast.lead)
    page = client.get(f"/reviews/{cast.organisation.slug}/2026/moderation/1/")
    shown = {
        outcome.area.code: [(line.name, line.words) for line in outcome.lines]
        for outcome in page.context["meeting"].outcomes
    }
    assert shown["1A"] == [("Mona Member", "0 Undeveloped"), ("Oscar Other", "0 Undeveloped")]
    assert shown["1D"] == [("Mona Member", "3 Excelling"), ("Oscar Other", "Abstained")]
    assert "checked" not in page.content.decode()


def test_going_back_a_release_is_refused_while_it_would_lose_something(cast):
    migration = import_module("scoring.migrations.0013_owners_and_commentary")
    back = migration.Migration.operations[-1].reverse_code
    back(apps, None)
    case_study = cast.case_studies[1]
    for sequence, text in enumerate(("First", "Second"), start=1):
        Commentary.objects.create(case_study=case_study, sequence=sequence, text=text)
    with pytest.raises(IrreversibleError, match="restore the backup that was made before the update"):
        back(apps, None)
