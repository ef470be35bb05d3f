"""What became of what a member scored: the published result and its recommendations, and nobody else's score."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from eds import stages
from edsportal.accounts.models import OutgoingEmail
from scoring.models import ProgressNote, Recommendation
from scoring.publishing.telling import months_after, tell_how_far
from scoring.publishing.what_became import status_at
from scoring.recommendations.actions import Wording, note_progress
from tests.prepare import recommend, record_agreed_score


def address(cast) -> str:
    return f"/reviews/{cast.organisation.slug}/2026/what-became/"


@pytest.fixture
def published(cast):
    """The member scored case study 1, and others scored all; a recommendation answers 1, another one 2."""
    cast.score(cast.member, 1, 0, 0, 0, 0)
    for number in (1, 2, 3):
        cast.score(cast.other, number, 3, 3, 3, 3)
    cast.move(stages.MEETING)
    for case_study in cast.case_studies:
        for area in case_study.domain.outcome_areas.all():
            record_agreed_score(
                case_study=case_study, outcome_area=area, value=2, rationale="Agreed", recorded_by=cast.lead
            )
    for number, action in ((0, "Open on Saturdays"), (1, "Print large letters")):
        wording = Wording(theme="Access", action=action, case_studies=[cast.case_studies[number]])
        recommend(review=cast.review, wording=wording)
    cast.publish()
    cast.review.refresh_from_db()
    return cast


def test_a_member_sees_the_result_and_what_their_case_study_led_to(client, published):
    client.force_login(published.member)
    page = client.get(address(published))
    text = page.content.decode()
    (part,) = page.context["parts"]
    assert (part.case_study.number, part.total) == (1, "8/12")
    assert {words for _, words in part.agreed} == {"2 Achieving"}
    assert [action.row.action for action in part.actions] == ["Open on Saturdays"]
    assert "Print large letters" not in text
    assert "3 Excelling" not in text
    assert "Oscar" not in text
    assert address(published) in client.get("/my-work/").content.decode()
    assert part.actions[0].history == []


def test_progress_is_told_as_it_was_six_and_twelve_months_later():
    assert months_after(date(2026, 8, 31), 6) == date(2027, 2, 28)
    assert months_after(date(2026, 3, 31), 12) == date(2027, 3, 31)
    day = datetime(2027, 2, 1, 12, tzinfo=UTC)
    notes = [
        ProgressNote(status="on_track", noted_at=day),
        ProgressNote(status="complete", noted_at=day + timedelta(days=90)),
    ]
    days = (date(2027, 1, 31), date(2027, 2, 1), date(2027, 6, 1))
    assert [status_at(notes, each) for each in days] == ["Not started", "On track", "Complete"]


def test_members_hear_what_their_scores_led_to_and_twice_later_how_far_it_is(published):
    """Each of what they scored themselves, once; not before the day, and not long after it."""
    mine, other = published.member.email, published.other.email
    told = {row.to: row.text for row in OutgoingEmail.objects.filter(template="became")}
    assert "- Open on Saturdays\n" in told[mine]
    assert "large letters" not in told[mine]
    assert "- Open on Saturdays\n- Print large letters\n" in told[other]
    first = Recommendation.objects.get(action="Open on Saturdays")
    note_progress(recommendation=first, status="on_track", text="A rota", noted_by=published.lead)
    day = timezone.localdate(published.review.publications.get().published_at)
    half, whole = months_after(day, 6), months_after(day, 12)
    for when, months in (
        (half - timedelta(days=1), None),
        (half, "6"),
        (half, None),
        (half + timedelta(days=31), None),
        (whole + timedelta(days=5), "12"),
    ):
        letters = {row.to: row.text for row in tell_how_far(when, "https://eds.example.nhs.uk")}
        assert len(letters) == (3 if months else 0), when
        if months:
            assert f"{months} months ago" in letters[mine]
            assert "- Open on Saturdays: on track\n" in letters[mine]
            assert "- Print large letters: not started\n" in letters[other]
            assert "large letters" not in letters[mine]
            assert f"https://eds.example.nhs.uk{address(published)}" in letters[mine]
