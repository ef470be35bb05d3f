"""The page of the panel's meeting: what it shows, to whom, and two people who record at once."""

from xml.etree import ElementTree

import pytest
from django.db import connection
from django.utils import timezone

from casestudies.models import DeclaredInterest, FixedPlace
from eds import stages
from edsportal.audit.triggers import lifted
from reports.writing.drawing.svg import BLUE, counts
from scoring.models import AgreedScore, Commentary, Score
from tests.prepare import record_agreed_score, record_commentary

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def meeting(cast):
    """Three members' scores: agreed on 1A, apart on 1B, an abstention on 1D."""
    cast.score(cast.chair, 1, 2, 0, 1, None)
    cast.score(cast.member, 1, 2, 3, 2, 1)
    cast.score(cast.other, 1, 2, 1, 2, 0)
    cast.move(stages.MEETING)
    return cast


def address(cast, end=""):
    return f"/reviews/{cast.organisation.slug}/2026/moderation/1/{end}"


def shown(client, cast, who):
    client.force_login(who)
    return client.get(address(cast)).context["meeting"]


def test_each_outcome_shows_scores_proposal_and_whether_to_discuss(client, meeting):
    found = {outcome.area.code: outcome for outcome in shown(client, meeting, meeting.lead).outcomes}
    assert [(line.name, line.words, line.rationale) for line in found["1B"].lines] == [
        ("Charles Chair", "0 Undeveloped", "Reason of Charles Chair 1B"),
        ("Mona Member", "3 Excelling", "Reason of Mona Member 1B"),
        ("Oscar Other", "1 Developing", "Reason of Oscar Other 1B"),
    ]
    assert {code: (each.proposal.words, each.discuss_reason) for code, each in found.items()} == {
        "1A": ("Proposal 2 Achieving: all 3 members gave it", ""),
        "1B": (
            "Proposal 1 Developing: the middle score of 3 members",
            "The scores go from 0 Undeveloped to 3 Excelling and no score was given by more than half of the 3 members",
        ),
        "1C": ("Proposal 2 Achieving: the middle score of 3 members", ""),
        "1D": (
            "Proposal 0 Undeveloped: the lower of the two middle scores of 2 members; 1 abstained",
            "No score was given by more than half of the 2 members",
        ),
    }
    assert found["1D"].distribution == [
        ("0 Undeveloped", "1 of 3 members"),
        ("1 Developing", "1 of 3 members"),
        ("2 Achieving", "0 of 3 members"),
        ("3 Excelling", "0 of 3 members"),
        ("Abstained", "1 of 3 members"),
    ]


def test_agreement_is_a_number_with_its_meaning_or_too_few_scores(client, meeting):
    whole = shown(client, meeting, meeting.lead)
    assert whole.alpha == ALPHA
    assert "differently" in whole.agreement.meaning
    for user in (meeting.chair, meeting.other):
        DeclaredInterest.objects.create(
            member=meeting.members[user], case_study=meeting.case_studies[0], reason="My employer"
        )
    assert shown(client, meeting, meeting.lead).alpha == ALPHA  # declared too late to change who counts
    with lifted(connection):  # as if they had declared it before the reveal
        FixedPlace.objects.exclude(member__user=meeting.member).update(counts=False)
    alone = shown(client, meeting, meeting.lead)
    assert alone.alpha == "too few scores"
    assert [line.name for line in alone.outcomes[0].lines] == ["Mona Member"]
    assert [interest.member.name for interest in alone.declared] == ["Charles Chair", "Oscar Other"]
    assert Score.objects.count() == 12


def test_who_left_the_panel_is_not_counted_and_who_has_not_submitted_is_named(client, cast):
    cast.score(cast.member, 1, 1, 1, 1, 1)
    cast.score(cast.other, 1, 3, 3, 3, 3)
    cast.members[cast.other].declined_at = timezone.now()
    cast.members[cast.other].save()
    cast.move(stages.MEETING)
    found = shown(client, cast, cast.lead)
    assert [line.name for line in found.outcomes[0].lines] == ["Mona Member"]
    assert found.waiting == ["Charles Chair"]


def test_who_declared_an_interest_is_told_why_they_see_nothing(client, meeting):
    for user in (meeting.member, meeting.chair):
        DeclaredInterest.objects.create(
            member=meeting.members[user], case_study=meeting.case_studies[0], reason="My sister"
        )
        client.force_login(user)
        for end in ("", "now/"):
            answer = client.get(address(meeting, end))
            assert answer.status_code == 403
            assert "You declared an interest in this case study" in answer.content.decode()
            assert "Reason of" not in answer.content.decode()
        assert client.post(address(meeting), typed()).status_code == 403
    assert AgreedScore.objects.count() == 0


def test_a_mark_is_filled_for_each_member_and_the_picture_says_so_in_words():
    svg = ElementTree.fromstring(  # noqa: S314 (our own)
        counts(
            title="Scores for 1A", rows=[("0", 0, "0 of 3"), ("1", 1, "1 of 3"), ("2", 2, "2 of 3")], out_of=3
        )
    )
    assert len([rect for rect in svg.iter(f"{SVG}rect") if rect.get("fill") == BLUE]) == 3
    assert [element.text for element in list(svg)[:2]] == [
        "Scores for 1A",
        "0: 0 of 3. 1: 1 of 3. 2: 2 of 3.",
    ]


def test_many_members_share_the_marks():
    svg = ElementTree.fromstring(counts(title="t", rows=[("0", 40, "40 of 80")], out_of=80))  # noqa: S314
    filled = [float(rect.get("width")) for rect in svg.iter(f"{SVG}rect") if rect.get("fill") == BLUE]
    assert filled == [40] * 5


def typed(seen: dict[str, int] | None = None, **changes: str) -> dict[str, str]:
    """The page as somebody sends it who gave 2 for 1A, with nothing else typed."""
    return (
        {"score_1A": "2", "rationale_1A": "Why 1A"}
        | {f"seen_{code}": str(sequence) for code, sequence in (seen or {}).items()}
        | changes
    )


def area(cast, code="1A"):
    return cast.case_studies[0].domain.outcome_areas.get(code=code)


def chair_records(cast, value=1, rationale="The chair’s reason", code="1A"):
    record_agreed_score(
        case_study=cast.case_studies[0],
        outcome_area=area(cast, code),
        value=value,
        rationale=rationale,
        recorded_by=cast.chair,
    )


def agreed(code="1A"):
    rows = AgreedScore.objects.filter(outcome_area__code=code).order_by("sequence")
    return [(row.sequence, row.value, row.rationale, row.recorded_by.name) for row in rows]


CHAIRS = (1, 1, "The chair’s reason", "Charles Chair")


def test_the_second_to_record_is_shown_the_first_and_may_then_replace_it(client, meeting):
    chair_records(meeting)
    client.force_login(meeting.lead)
    page = client.post(address(meeting), typed({"1A": 0}, rationale_1B="Half a", score_1B="1"))
    assert page.status_code == 200
    assert agreed() == [CHAIRS]
    assert agreed("1B") == []  # all or nothing
    (error,) = page.context["form"].errors["score_1A"]
    assert "Charles Chair recorded 1 Developing while you were editing: “The chair’s reason”" in error
    form = page.context["form"]
    assert [form[name].value() for name in ("score_1A", "rationale_1A", "seen_1A", "rationale_1B")] == [
        "2",
        "Why 1A",
        "1",
        "Half a",
    ]
    again = {field.html_name: field.value() or "" for field in form}
    assert client.post(address(meeting), again).status_code == 302
    assert agreed() == [CHAIRS, (2, 2, "Why 1A", "Lena Lead")]
    assert agreed("1B") == [(1, 1, "Half a", "Lena Lead")]


def test_what_was_not_touched_leaves_what_the_other_recorded(client, meeting):
    chair_records(meeting, value=3, rationale="First")
    chair_records(meeting)
    client.force_login(meeting.lead)
    sent = typed({"1A": 1}, score_1A="3", rationale_1A="First", score_1B="0", rationale_1B="New")
    assert client.post(address(meeting), sent).status_code == 302
    assert [row[:3] for row in agreed()] == [(1, 3, "First"), (2, 1, "The chair’s reason")]
    assert agreed("1B") == [(1, 0, "New", "Lena Lead")]


def test_both_recording_the_same_is_no_conflict_and_one_row(client, meeting):
    chair_records(meeting, value=2, rationale="Why 1A")
    client.force_login(meeting.lead)
    assert client.post(address(meeting), typed({"1A": 0})).status_code == 302
    assert agreed() == [(1, 2, "Why 1A", "Charles Chair")]


def test_one_outcome_alone_is_saved_and_what_else_was_typed_stays(client, meeting):
    client.force_login(meeting.lead)
    sent = typed(only="1A", rationale_1B="Not finished", commentary="Half a sentence")
    page = client.post(address(meeting), sent)
    form = page.context["form"]
    assert agreed() == [(1, 2, "Why 1A", "Lena Lead")]
    assert (form["rationale_1B"].value(), form["commentary"].value()) == ("Not finished", "Half a sentence")
    assert form["seen_1A"].value() == "1"
    assert Commentary.objects.count() == 0
    page = client.post(address(meeting), typed(only="1B"))
    assert set(page.context["form"].errors) == {"score_1B", "rationale_1B"}
    assert client.post(address(meeting), typed(only="9Z", seen_1A="1")).status_code == 302


def test_a_commentary_recorded_meanwhile_is_shown_and_not_overwritten(client, meeting):
    client.force_login(meeting.lead)
    seen = client.get(address(meeting)).context["form"]["seen_commentary"].value()
    record_commentary(case_study=meeting.case_studies[0], text="The chair’s words", recorded_by=meeting.chair)
    sent = {"commentary": "The lead’s words", "seen_commentary": seen}
    page = client.post(address(meeting), sent)
    assert "Charles Chair recorded this commentary while you were editing: “The chair’s words”" in str(
        page.context["form"].errors
    )
    assert Commentary.objects.current().get().text == "The chair’s words"
    # Untouched, it stays; sent again knowingly, it is replaced.
    assert client.post(address(meeting), {"commentary": "", "seen_commentary": seen}).status_code == 302
    assert Commentary.objects.current().get().text == "The chair’s words"
    now = page.context["form"]["seen_commentary"].value()
    assert client.post(address(meeting), sent | {"seen_commentary": now}).status_code == 302
    assert Commentary.objects.current().get().text == "The lead’s words"


def test_refresh_without_javascript_keeps_what_was_typed_and_stores_nothing(client, meeting):
    client.force_login(meeting.lead)
    page = client.post(address(meeting), typed(refresh="yes", rationale_1C="Half"))
    assert (page.context["form"]["rationale_1A"].value(), page.context["form"]["rationale_1C"].value()) == (
        "Why 1A",
        "Half",
    )
    assert AgreedScore.objects.count() == 0


def test_the_meeting_costs_the_same_for_one_member_and_for_three(client, cast, django_assert_num_queries):
    cast.score(cast.chair, 1, 2, 0, 1, None)
    cast.move(stages.MEETING)
    client.force_login(cast.lead)
    client.get(address(cast))
    with django_assert_num_queries(QUERIES):
        client.get(address(cast, "now/"))
    cast.move(stages.SCORING)
    for user in (cast.member, cast.other):
        cast.score(user, 1, 1, 1, 1, 1)
    cast.move(stages.MEETING)
    with django_assert_num_queries(QUERIES):
        client.get(address(cast, "now/"))


QUERIES = 19
ALPHA = "0.11"  # the same as the package `krippendorff` finds


def test_a_member_sees_their_own_score_beside_the_others_and_opens_it_in_one_press(client, meeting):
    client.force_login(meeting.member)
    page = client.get(address(meeting))
    outcomes = page.context["meeting"].outcomes
    assert [outcome.mine.words for outcome in outcomes] == [
        "2 Achieving",
        "3 Excelling",
        "2 Achieving",
        "1 Developing",
    ]
    assert [outcome.agreement_words for outcome in outcomes] == [
        "Everyone who scored gave 2 Achieving.",
        "Members do not agree: they gave 3 different scores.",
        "Most members agree: 2 of 3 gave 2 Achieving.",
        "Members do not agree: they gave 2 different scores.",
    ]
    text = page.content.decode()
    own = f"/reviews/{meeting.organisation.slug}/2026/case-studies/1/score/"
    assert f'href="{own}">See or change your scores' in text
    assert f'href="{own}change/#id_score_1B">Change your score' in text
    assert "alpha" not in text
    assert "Why are you changing your scores?" in client.get(f"{own}change/").content.decode()
    meeting.move(stages.AGREED)
    late = client.get(address(meeting)).content.decode()
    assert (f'href="{own}">See your scores' in late, "change/#" in late) == (True, False)
    client.force_login(meeting.lead)
    assert "Your score" not in client.get(address(meeting)).content.decode()


def test_why_a_member_does_not_score_is_for_the_lead_alone(client, cast):
    cast.members[cast.other].declared_interests.create(
        case_study=cast.case_studies[0], reason="My sister is a patient"
    )
    cast.move(stages.MEETING)
    told = {}
    for who in (cast.lead, cast.chair, cast.member):
        client.force_login(who)
        page = client.get(f"/reviews/{cast.organisation.slug}/2026/moderation/1/").content.decode()
        assert "Interests declared" in page
        assert cast.other.name in page
        told[who] = "My sister is a patient" in page
    assert told == {cast.lead: True, cast.chair: False, cast.member: False}
