"""The panel's meeting in a real browser: two people record at once, and the page keeps itself up to date."""

import pytest

from eds import stages
from scoring.models import AgreedScore, Score
from tests.browser.steps import sign_in

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def meeting(cast):
    cast.score(cast.chair, 1, 2, 0, 1, None)
    cast.score(cast.member, 1, 2, 3, 2, 1)
    cast.score(cast.other, 1, 2, 1, 2, 0)
    cast.move(stages.MEETING)
    return cast


def open_meeting(page, cast, who):
    sign_in(page, who)
    page.goto(f"/reviews/{cast.organisation.slug}/2026/moderation/1/")
    return page


def give(page, code, score, reason):
    page.get_by_role("group", name=f"{code}: agreed score").get_by_label(score).check()
    page.get_by_label(f"{code}: the panel’s reason").fill(reason)


@pytest.mark.parametrize("javascript", [True, False])
def test_two_record_at_once_and_the_second_is_shown_the_first(new_page, axe, meeting, javascript):
    lead = open_meeting(new_page(javascript=javascript), meeting, meeting.lead)
    chair = open_meeting(new_page(javascript=javascript, width=320), meeting, meeting.chair)
    assert lead.get_by_role("radio", checked=True).count() == 0
    axe(lead)
    give(lead, "1A", "2 ", "The lead’s reason")
    give(chair, "1A", "1 ", "The chair’s reason")
    chair.get_by_role("button", name="Save 1A only").click()
    chair.get_by_text("Agreed score saved for 1A.").wait_for()
    axe(chair)
    lead.get_by_role("button", name="Save agreed scores").click()
    (link,) = lead.get_by_role("alert").get_by_role("link").all_inner_texts()
    assert "Charles Chair recorded 1 Developing while you were editing: “The chair’s reason”" in link
    assert lead.get_by_label("1A: the panel’s reason").input_value() == "The lead’s reason"
    axe(lead)
    assert [row.rationale for row in AgreedScore.objects.all()] == ["The chair’s reason"]
    lead.get_by_role("button", name="Save agreed scores").click()
    lead.get_by_text("Agreed scores saved for Falls clinic.").wait_for()
    assert [row.rationale for row in AgreedScore.objects.all()] == ["The chair’s reason", "The lead’s reason"]


def test_the_open_page_shows_what_others_record_and_leaves_what_is_typed(page, new_page, axe, meeting):
    member = open_meeting(new_page(), meeting, meeting.member)
    open_meeting(page, meeting, meeting.lead)
    page.get_by_label("1B: the panel’s reason").fill("Half a sent")
    first = Score.objects.get(member__user=meeting.other, outcome_area__code="1A")
    Score.objects.create(
        member=first.member,
        version=first.version,
        outcome_area=first.outcome_area,
        sequence=2,
        value=0,
        rationale="I had misread the table",
        reason="Misread",
        submitted_by=meeting.other,
    )
    chair = open_meeting(new_page(), meeting, meeting.chair)
    give(chair, "1B", "1 ", "Talked over")
    chair.get_by_role("button", name="Save 1B only").click()
    for other in (page, member):
        other.get_by_text("I had misread the table").wait_for()
        other.get_by_text("Agreed: 1 Developing").wait_for()
        assert other.get_by_text("The scores go from 0 Undeveloped to 2 Achieving").count() == 1
        axe(other)
    assert page.get_by_label("1B: the panel’s reason").input_value() == "Half a sent"
    assert member.get_by_role("radio").count() == 0


def test_a_page_that_can_not_be_updated_says_so(page, problems, meeting):
    open_meeting(page, meeting, meeting.lead)
    page.get_by_text("This page updates automatically.").wait_for()
    page.get_by_label("1B: the panel’s reason").fill("Half a sent")
    page.context.clear_cookies()
    page.get_by_text("We can’t update this page now.").wait_for()
    assert page.get_by_label("1B: the panel’s reason").input_value() == "Half a sent"


def test_by_keyboard_alone(page, meeting):
    open_meeting(page, meeting, meeting.lead)
    page.get_by_role("group", name="1A: agreed score").get_by_label("0 ").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.type("Chosen by keyboard")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_text("Agreed score saved for 1A.").wait_for()
    row = AgreedScore.objects.get()
    assert (row.value, row.rationale) == (1, "Chosen by keyboard")
