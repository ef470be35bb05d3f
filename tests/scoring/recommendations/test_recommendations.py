"""Writing recommendations, what they answer, and the progress made on them."""

import pytest

from eds import stages
from scoring.models import ProgressNote, Recommendation, Theme
from scoring.recommendations.actions import Wording, note_progress, reword, withdraw
from tests.prepare import recommend, record_agreed_score


def address(cast, more: str = "") -> str:
    return f"/reviews/{cast.organisation.slug}/2026/recommendations/{more}"


def rows(cast) -> list[tuple]:
    found = Recommendation.objects.filter(theme__review=cast.review)
    return [(row.theme.title, row.theme.position, row.position, row.action) for row in found]


def test_recommendations_stand_by_theme_in_the_order_they_were_written(cast):
    first = recommend(review=cast.review, wording=Wording(theme="Access", action="Open on Saturdays"))
    recommend(review=cast.review, wording=Wording(theme="Data", action="Record ethnicity"))
    recommend(review=cast.review, wording=Wording(theme=" access ", action="Offer interpreters"))
    assert rows(cast) == [
        ("Access", 1, 1, "Open on Saturdays"),
        ("Access", 1, 2, "Offer interpreters"),
        ("Data", 2, 1, "Record ethnicity"),
    ]
    reword(recommendation=first, wording=Wording(theme="Data", action="Open on Sundays"))
    withdraw(recommendation=Recommendation.objects.get(action="Offer interpreters"))
    assert rows(cast) == [("Data", 2, 1, "Record ethnicity"), ("Data", 2, 2, "Open on Sundays")]
    assert list(Theme.objects.values_list("title", flat=True)) == ["Data"]


def test_progress_is_kept_and_gives_the_status(cast):
    row = recommend(review=cast.review, wording=Wording(theme="Access", action="Open on Saturdays"))
    note_progress(recommendation=row, status="on_track", text="Two clinics do", noted_by=cast.lead)
    note_progress(recommendation=row, status="dropped", text="No money", noted_by=cast.lead)
    row.refresh_from_db()
    assert row.status == "dropped"
    assert list(ProgressNote.objects.values_list("status", "text")) == [
        ("on_track", "Two clinics do"),
        ("dropped", "No money"),
    ]


@pytest.fixture
def low(cast):
    """1A of case study 1 is scored 0 and 1B 2, in moderation."""
    cast.move(stages.MEETING)
    study = cast.case_studies[0]
    for code, value in (("1A", 0), ("1B", 2)):
        area = study.domain.outcome_areas.get(code=code)
        record_agreed_score(
            case_study=study, outcome_area=area, value=value, rationale="Agreed", recorded_by=cast.lead
        )
    return cast


def test_a_low_score_is_named_until_a_recommendation_answers_it(client, low):
    client.force_login(low.lead)
    page = client.get(address(low))
    assert [(item.case_study, item.code, item.score, item.answers) for item in page.context["low"]] == [
        (1, "1A", 0, ())
    ]
    add = client.get(address(low, "add/?outcome=1A&case_study=1"))
    initial = add.context["form"].initial
    data = {
        "theme": "new",
        "new_theme": "Access",
        "action": "Open on Saturdays",
        "due": "2027-03",
        "outcome_areas": [area.pk for area in initial["outcome_areas"]],
        "case_studies": [row.pk for row in initial["case_studies"]],
    }
    answer = client.post(address(low, "add/"), data)
    assert (answer.status_code, answer["Location"]) == (302, address(low))
    assert [item.answers for item in client.get(address(low)).context["low"]] == [("Open on Saturdays",)]
    assert "due March 2027" in client.get(address(low)).content.decode()


@pytest.mark.parametrize("typed", ["next spring", "2027-13", "2027-02-30", "31 February 2027"])
def test_a_date_that_is_none_is_refused_and_nothing_typed_is_lost(client, low, typed):
    client.force_login(low.lead)
    data = {"theme": "new", "new_theme": "Access", "action": "Kept as typed", "due": typed}
    page = client.post(address(low, "add/"), data)
    assert page.context["form"].errors == {
        "due": ["Enter a month like March 2026, or a date like 8 March 2026"]
    }
    assert "Kept as typed" in page.content.decode()
    assert Recommendation.objects.count() == 0


def test_a_new_theme_needs_its_name(client, low):
    client.force_login(low.lead)
    page = client.post(address(low, "add/"), {"theme": "new", "action": "Do it"})
    assert page.context["form"].errors == {"new_theme": ["Give the new theme a name"]}


@pytest.mark.parametrize(
    "query", ["?outcome=9Z&case_study=1", "?outcome=1A&case_study=x", "?case_study=99999999999"]
)
def test_a_strange_address_ticks_nothing(client, low, query):
    client.force_login(low.lead)
    page = client.get(address(low, f"add/{query}"))
    assert (page.status_code, list(page.context["form"].initial["outcome_areas"])) == (200, [])


WRITERS = {
    "lead": 302,
    "author": 403,
    "reader": 403,
    "chair": 403,
    "member": 403,
    "stranger": 404,
    "administrator": 404,
}


@pytest.mark.parametrize(("who", "status"), WRITERS.items())
def test_only_the_lead_writes(client, low, who, status):
    row = recommend(review=low.review, wording=Wording(theme="Access", action="Open on Saturdays"))
    client.force_login(low.people[who])
    new = {"theme": "Access", "action": "Another"}
    assert client.post(address(low, "add/"), new).status_code == status
    assert client.post(address(low, f"{row.pk}/change/"), new).status_code == status
    noted = client.post(address(low, f"{row.pk}/"), {"status": "on_track", "text": "Done half"})
    assert noted.status_code == status
    assert client.post(address(low, f"{row.pk}/remove/")).status_code == status
    assert Recommendation.objects.count() == 1
    assert (Recommendation.objects.get().action == "Another") == (who == "lead")


def test_a_published_recommendation_keeps_its_words_and_takes_progress(client, low):
    row = recommend(review=low.review, wording=Wording(theme="Access", action="Open on Saturdays"))
    low.move(stages.PUBLISHED)
    client.force_login(low.lead)
    assert (
        client.post(address(low, f"{row.pk}/change/"), {"theme": "Access", "action": "x"}).status_code == 403
    )
    answer = client.post(address(low, f"{row.pk}/"), {"status": "complete", "text": "All clinics open"})
    assert answer.status_code == 302
    row.refresh_from_db()
    assert (row.action, row.status) == ("Open on Saturdays", "complete")


def test_another_reviews_recommendation_is_not_found(client, low):
    row = recommend(review=low.review, wording=Wording(theme="Access", action="Open on Saturdays"))
    low.review.pk, low.review.year = None, "2027"
    low.review.save()
    client.force_login(low.lead)
    assert client.get(address(low, f"{row.pk}/").replace("2026", "2027")).status_code == 404
