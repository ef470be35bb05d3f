"""A declared interest is taken back on a page, with a reason, and both stay to be read."""

import pytest

from casestudies.models import DeclaredInterest, PastInterest
from casestudies.reviews.locks import MovedOn
from eds import stages
from scoring.models import Score
from scoring.panel.actions import (
    declare_interest,
    leave_panel,
    remove_member,
    return_to_panel,
    take_back_interest,
)


def own(cast) -> str:
    return f"/reviews/{cast.organisation.slug}/2026/case-studies/1/interest/take-back/"


def of_lead(cast) -> str:
    seat = cast.members[cast.member]
    return f"/reviews/{cast.organisation.slug}/2026/panel/{seat.pk}/interests/1/"


@pytest.fixture
def declared(cast):
    """Mona Member scored case study 1, then declared an interest in it."""
    cast.score(cast.member, 1, 0, 1, 2, 3)
    declare_interest(
        member=cast.members[cast.member],
        case_study=cast.case_studies[0],
        category="other",
        reason="My sister works there",
    )
    return cast


def test_a_member_takes_it_back_and_scores_again(client, declared):
    client.force_login(declared.member)
    base = own(declared).replace("interest/take-back/", "")
    assert "Withdraw your declaration" in client.get(base + "interest/").content.decode()
    assert client.get(base + "score/change/").status_code == 403
    assert client.post(own(declared), {"why": " "}).context["form"].errors == {
        "why": ["Enter why you are withdrawing it"]
    }
    assert DeclaredInterest.objects.count() == 1
    assert client.post(own(declared), {"why": "It was the other clinic"}).url == base
    assert DeclaredInterest.objects.count() == 0
    assert client.get(base + "score/change/").status_code == 200
    declared.move(stages.MEETING)
    assert Score.objects.visible_to(declared.lead).counted().count() == 4
    past = PastInterest.objects.get()
    assert (past.member, past.reason, past.why, past.taken_back_by) == (
        declared.members[declared.member], "My sister works there", "It was the other clinic", declared.member,
    )  # fmt: skip
    client.force_login(declared.lead)
    seat = client.get(of_lead(declared).split("interests/")[0]).content.decode()
    assert "It was the other clinic" in seat


@pytest.mark.parametrize("who", ["lead", "administrator"])
def test_once_scoring_has_closed_only_another_takes_it_back(client, declared, who):
    declared.move(stages.MEETING)
    client.force_login(declared.member)
    page = client.post(own(declared), {"why": "I want to see the scores"})
    assert page.status_code == 403
    assert "Ask the equality lead" in page.content.decode()
    client.force_login(declared.people[who])
    organisation = f"/organisations/{declared.organisation.slug}/"
    seat = of_lead(declared).split("interests/")[0]
    assert "My sister works there" in client.get(of_lead(declared)).content.decode()
    back = seat if who == "lead" else organisation
    listed = client.get(back).content.decode()
    assert ("My sister works there" if who == "lead" else of_lead(declared)) in listed
    assert client.post(of_lead(declared), {"why": "Declared by mistake"}).url == back
    assert DeclaredInterest.objects.count() == 0
    assert PastInterest.objects.get().taken_back_by == declared.people[who]


@pytest.mark.parametrize(
    ("who", "status", "of_leads"),
    [
        ("public", 302, 302),
        ("administrator", 404, 302),
        ("stranger", 404, 404),
        ("lead", 403, 302),
        ("reader", 403, 403),
        ("author", 403, 403),
        ("chair", 404, 403),
        ("other", 404, 403),
        ("member", 302, 403),
    ],
)
def test_nobody_else_takes_it_back(client, declared, who, status, of_leads):
    if declared.people[who]:
        client.force_login(declared.people[who])
    assert client.post(of_lead(declared), {"why": "x"}).status_code == of_leads
    if who in ("lead", "administrator"):
        assert DeclaredInterest.objects.count() == 0
        return
    assert DeclaredInterest.objects.count() == 1
    assert client.post(own(declared), {"why": "x"}).status_code == status
    assert DeclaredInterest.objects.count() == (0 if who == "member" else 1)


def test_once_scores_are_agreed_it_stays(client, declared):
    declared.move(stages.APPROVAL)
    client.force_login(declared.lead)
    assert client.post(of_lead(declared), {"why": "x"}).status_code == 403
    assert DeclaredInterest.objects.count() == 1


def test_after_the_reveal_nobody_changes_who_counts(client, declared):
    """Neither by withdrawing an interest, nor by declaring one, nor by taking members off the panel or back."""
    first, other, chair = (
        declared.members[each] for each in (declared.member, declared.other, declared.chair)
    )
    declared.score(declared.other, 1, 3, 3, 3, 3)
    declared.score(declared.chair, 1, 1, 1, 1, 1)
    leave_panel(member=chair)
    declared.move(stages.MEETING)

    def counted() -> set[str]:
        rows = Score.objects.visible_to(declared.lead).filter(version__case_study=declared.case_studies[0])
        return set(rows.counted().values_list("member__name", flat=True))

    assert counted() == {"Oscar Other"}
    (interest,) = DeclaredInterest.objects.all()
    with pytest.raises(MovedOn):
        take_back_interest(interest=interest, why="I want to count", taken_back_by=declared.member)
    client.force_login(declared.lead)
    assert "Whose scores count does not change" in client.get(of_lead(declared)).content.decode()
    take_back_interest(interest=interest, why="Declared by mistake", taken_back_by=declared.lead)
    declare_interest(
        member=other, case_study=declared.case_studies[0], category="other", reason="My brother works there"
    )
    assert not Score.objects.visible_to(declared.other).exclude(member=other).exists()
    for change in (remove_member, return_to_panel):
        for member in (first, other, chair):
            change(member=member)
    assert counted() == {"Oscar Other"}
    client.force_login(declared.other)
    page = client.get(own(declared).replace("take-back/", "")).content.decode()
    assert "Your scores were revealed before you declared it, so they still count." in page
    client.force_login(declared.lead)
    meeting = client.get(f"/reviews/{declared.organisation.slug}/2026/moderation/1/").content.decode()
    assert "Any scores they gave before do not count" not in meeting
