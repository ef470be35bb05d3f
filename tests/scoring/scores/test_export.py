"""The file of all members' scores that the equality lead downloads: whose, of what, and what it costs."""

import csv

import pytest

from casestudies.models import DeclaredInterest, PanelMember
from eds import stages
from scoring.scores.export import COLUMNS


def address(cast) -> str:
    return f"/reviews/{cast.organisation.slug}/2026/scores.csv"


def rows_of(client, cast) -> list[dict]:
    response = client.get(address(cast))
    assert (response.status_code, response["Content-Type"]) == (200, "text/csv; charset=utf-8")
    text = b"".join(response).decode()
    assert text.startswith("\ufeff")
    return list(csv.DictReader(text[1:].splitlines()))


def reveal(cast, *numbers: int) -> None:
    """Close the scoring of these case studies alone."""
    cast.move(stages.SCORING)
    cast.review.case_studies.filter(number__in=numbers).update(stage=stages.MEETING)


@pytest.fixture
def scored(cast):
    """Everybody scored the first two case studies; Mona changed her mind, and Oscar's reason looks like a formula."""
    for user in (cast.chair, cast.member, cast.other):
        for number in (1, 2):
            cast.score(user, number, 0, 1, 2, None)
    cast.rescore(cast.member, 1, 3, 1, 2, None)
    for member in PanelMember.objects.filter(review=cast.review):
        for case_study in cast.case_studies:
            member.fixed_places.create(case_study=case_study)
    return cast


def test_it_has_the_scores_that_count_of_revealed_case_studies_alone(client, scored):
    reveal(scored, 1)
    client.force_login(scored.lead)
    rows = rows_of(client, scored)
    assert list(rows[0]) == list(COLUMNS)
    assert [(row["case_study"], row["outcome"], row["member"], row["points"]) for row in rows[:5]] == [
        ("1", "1A", "Charles Chair", "0"),
        ("1", "1A", "Mona Member", "3"),
        ("1", "1A", "Oscar Other", "0"),
        ("1", "1B", "Charles Chair", "1"),
        ("1", "1B", "Mona Member", "1"),
    ]
    assert len(rows) == 12
    assert rows[1]["reason_for_change"] == "I read it again"
    assert {(row["outcome"], row["state"], row["points"]) for row in rows if row["outcome"] == "1D"} == {
        ("1D", "abstained", "")
    }


def test_a_lead_who_declared_an_interest_gets_nothing_of_that_case_study(client, scored):
    reveal(scored, 1, 2)
    seat = PanelMember.objects.create(review=scored.review, user=scored.lead, name="Lena Lead")
    DeclaredInterest.objects.create(member=seat, case_study=scored.case_studies[0], reason="I work there")
    client.force_login(scored.lead)
    assert {row["case_study"] for row in rows_of(client, scored)} == {"2"}


@pytest.mark.parametrize("who", ["member", "chair", "author", "reader"])
def test_nobody_else_gets_it(client, scored, who):
    reveal(scored, 1)
    client.force_login(scored.people[who])
    assert client.get(address(scored)).status_code == 403


@pytest.mark.parametrize("revealed", [(1,), (1, 2)])
def test_it_costs_the_same_however_much_is_in_it(client, scored, django_assert_num_queries, revealed):
    reveal(scored, *revealed)
    client.force_login(scored.lead)
    with django_assert_num_queries(11):
        assert len(rows_of(client, scored)) == 12 * len(revealed)
