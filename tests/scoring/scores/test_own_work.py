"""A member's own scores are one link away from every list, with how far they have come, and so is a declaration."""

import pytest

from eds import stages
from scoring.panel.actions import declare_interest
from tests.scoring.scores.score_sheet.test_score_pages import address, whole


@pytest.fixture
def member(client, cast):
    client.force_login(cast.member)
    return client


def begin_a_change(member, cast) -> None:
    member.post(address(cast, 1, "change/"), whole(score_1A="3", save="yes"))


def statuses(member, cast) -> dict[int, str]:
    """What the review's page says beside each case study."""
    page = member.get(f"/reviews/{cast.organisation.slug}/2026/")
    return {line.number: line.own for line in page.context["lines"]}


@pytest.fixture
def worked(member, cast):
    """Case study 1 submitted and its change begun, 2 in progress, 3 with a declared interest."""
    cast.score(cast.member, 1, 1, 1, 1, 1)
    begin_a_change(member, cast)
    cast.like_one_page(cast.member)
    member.post(address(cast, 2), {"score_1A": "2", "save": "yes"})
    declare_interest(
        member=cast.members[cast.member],
        case_study=cast.case_studies[2],
        category="other",
        reason="My own clinic",
    )
    return cast


def test_every_list_says_how_far_a_member_has_come(member, worked):
    own = {1: "Change not submitted", 2: "In progress", 3: "Interest declared"}
    assert statuses(member, worked) == own
    page = member.get("/my-work/")
    assert [(task.text, task.status, task.address) for task in page.context["tasks"]] == [
        (
            "Finish changing your scores for case study 1: Falls clinic",
            "Change not submitted",
            address(worked, 1, "change/"),
        ),
        ("Continue scoring case study 2: Eye screening", "In progress", address(worked, 2)),
    ]
    withdraw = f"/reviews/{worked.organisation.slug}/2026/case-studies/3/interest/take-back/"
    assert f'href="{withdraw}">Withdraw' in page.content.decode()
    worked.move(stages.MEETING)
    assert statuses(member, worked) == own
    late = member.get("/my-work/").content.decode()
    assert withdraw not in late
    assert "Ask the equality lead to withdraw your declaration." in late


@pytest.mark.parametrize(
    ("stage", "words"),
    [
        (stages.SCORING, "See or change your scores"),
        (stages.MEETING, "See or change your scores"),
        (stages.AGREED, "See your scores"),
        (stages.APPROVAL, "See your scores"),
    ],
)
def test_own_scores_are_one_link_away_from_my_work_and_the_case_study(member, cast, stage, words):
    cast.score(cast.member, 1, 1, 1, 1, 1)
    cast.move(stage)
    (done,) = member.get("/my-work/").context["done"]
    assert (done.text, done.address) == (f"{words} for case study 1: Falls clinic", address(cast))
    page = member.get(address(cast).removesuffix("score/")).content.decode()
    assert f'<a href="{address(cast)}">{words}</a>' in page
    assert "Score this case study" not in page
    assert member.get(address(cast)).status_code == 200


def test_the_meeting_names_a_declared_interest_and_leads_nowhere_forbidden(member, cast):
    declare_interest(
        member=cast.members[cast.member],
        case_study=cast.case_studies[0],
        category="other",
        reason="My own clinic",
    )
    cast.move(stages.MEETING)
    moderation = f"/reviews/{cast.organisation.slug}/2026/moderation/"
    page = member.get(moderation).content.decode()
    assert f'href="{moderation}1/"' not in page
    assert f'href="{moderation}2/"' in page
    assert "You declared an interest, so you cannot see its scores." in page
    assert ">None<" not in page
