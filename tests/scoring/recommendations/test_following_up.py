"""What becomes of last year's actions, and what waits in my work for the chair."""

import pytest

from eds import stages
from reports.writing.tables import previous_actions
from scoring.models import Commentary
from scoring.recommendations.actions import Wording, note_progress
from scoring.review.content import report_content
from scoring.review.start import start_review
from tests.prepare import recommend, record_agreed_score, record_commentary


@pytest.fixture
def next_year(cast):
    """The review of 2027, opened after two recommendations of 2026."""
    for action in ("Open on Saturdays", "Offer interpreters"):
        recommend(review=cast.review, wording=Wording(theme="Access", action=action))
    return start_review(
        organisation=cast.organisation,
        framework=cast.review.framework,
        year="2027",
        title="",
        started_by=cast.lead,
    )


def test_next_year_opens_with_last_years_actions_as_they_stand(client, cast, next_year):
    client.force_login(cast.lead)
    page = client.get(f"/reviews/{cast.organisation.slug}/2027/recommendations/")
    shown = [(row.action, row.status_words) for row in page.context["previous"]]
    assert shown == [("Open on Saturdays", "Not started"), ("Offer interpreters", "Not started")]
    row = cast.review.themes.get().recommendations.first()
    assert f"/reviews/{cast.organisation.slug}/2026/recommendations/{row.pk}/" in page.content.decode()
    note_progress(recommendation=row, status="complete", text="All open", noted_by=cast.lead)
    said = report_content(next_year)
    assert [(one.action, one.status) for one in said.previous_actions] == [
        ("Open on Saturdays", "complete"), ("Offer interpreters", "not_started"),
    ]  # fmt: skip
    table = previous_actions(said)
    assert [cell.text for cell in table.rows[0].cells] == ["Open on Saturdays", "Not recorded", "Complete"]


def test_an_action_that_was_withdrawn_is_still_told(cast, next_year):
    cast.review.themes.get().recommendations.all().delete()
    assert [one.status for one in report_content(next_year).previous_actions] == ["not_started"] * 2


def test_a_dropped_one_shows_why(client, cast):
    row = recommend(review=cast.review, wording=Wording(theme="Access", action="Open on Saturdays"))
    note_progress(recommendation=row, status="dropped", text="The money went elsewhere", noted_by=cast.lead)
    client.force_login(cast.lead)
    address = f"/reviews/{cast.organisation.slug}/2026/recommendations/"
    assert "Dropped: The money went elsewhere" in client.get(address).content.decode()
    refused = client.post(f"{address}{row.pk}/", {"status": "dropped", "text": ""})
    assert refused.context["form"].errors == {"text": ["Enter what has been done, or why it is dropped"]}
    note_progress(recommendation=row, status="on_track", text="The money came back", noted_by=cast.lead)
    assert "Dropped" not in client.get(address).content.decode()


def chair_tasks(client) -> list[tuple[str, str, str]]:
    page = client.get("/my-work/")
    return [(task.text, task.status, task.address) for task in page.context["tasks"]]


def test_the_chair_finds_the_meeting_in_their_work(client, cast):
    base = f"/reviews/{cast.organisation.slug}/2026/"
    cast.move(stages.MEETING)
    client.force_login(cast.chair)
    text, address = "Record the scores that the panel agrees", f"{base}moderation/"
    assert chair_tasks(client) == [(text, "0 of 12 agreed", address)]
    assert client.get("/my-work/").context["waiting"] == []
    for number, study in enumerate(cast.case_studies, start=1):
        for area in study.domain.outcome_areas.all():
            record_agreed_score(
                case_study=study, outcome_area=area, value=number, rationale="r", recorded_by=cast.chair
            )
        record_agreed_score(  # changed once: counted once
            case_study=study, outcome_area=area, value=0, rationale="r", recorded_by=cast.chair
        )
        now = text if number < 3 else "End the meeting of the panel"
        assert chair_tasks(client) == [(now, f"{4 * number} of 12 agreed", address)]
    cast.move(stages.AGREED)
    assert chair_tasks(client) == []
    assert len(client.get("/my-work/").context["waiting"]) == 1


@pytest.mark.parametrize("stage", [stages.SCORING, stages.APPROVAL])
def test_at_other_stages_and_for_others_there_is_no_such_task(client, cast, stage):
    cast.move(stages.MEETING)
    client.force_login(cast.member)
    assert chair_tasks(client) == []
    cast.move(stage)
    client.force_login(cast.chair)
    assert not [task for task in chair_tasks(client) if "moderation" in task[2]]


def test_the_commentary_keeps_its_history(client, cast):
    cast.move(stages.MEETING)
    study = cast.case_studies[0]
    for text, who in (
        ("First words", cast.chair),
        ("First words", cast.lead),
        ("", cast.lead),
        ("Second", cast.chair),
    ):
        record_commentary(case_study=study, text=text, recorded_by=who)
    rows = list(Commentary.objects.values_list("sequence", "text", "recorded_by__name"))
    assert rows == [(1, "First words", "Charles Chair"), (2, "", "Lena Lead"), (3, "Second", "Charles Chair")]
    assert [row.text for row in Commentary.objects.current()] == ["Second"]
    assert report_content(cast.review).case_studies[0].commentary == "Second"
    client.force_login(cast.chair)
    address = f"/reviews/{cast.organisation.slug}/2026/moderation/1/"
    page = client.get(address)
    assert [row.text for row in page.context["commentaries"]] == ["Second", "", "First words"]
    assert "First words" in page.content.decode()
    assert "Removed." in page.content.decode()
    client.post(address, page.context["form"].initial | {"commentary": ""})
    assert list(Commentary.objects.current()) == []
    assert Commentary.objects.count() == 4
    assert report_content(cast.review).case_studies[0].commentary is None
