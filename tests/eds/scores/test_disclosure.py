"""What is said in public of members' own scores: nobody's score can be told from it."""

from itertools import product

import pytest

from eds.content import PanelScores, Spread
from eds.scores import disclosure
from eds.scores.agreement import Agreement
from eds.scores.disclosure import panel_scores


def said(*units, members=6):
    given = {1: dict(zip(("1A", "1B", "1C", "1D"), units, strict=False))}
    return panel_scores(given, {1: members})


def test_the_spread_of_five_members_is_told_in_points():
    found = said((0, 1, 1, 2, 2), (1, 1, 2, 2, 2), (0, 3, 3, 3, 3, None))
    assert found.spreads == (Spread(case_study=1, members=6, apart={"1A": 2, "1B": 1, "1C": 3}),)


@pytest.mark.parametrize("unit", [(), (2,), (0, 3), (0, 1, 2, 3), (0, 1, 2, 3, None, None)])
def test_of_fewer_than_five_members_nothing_is_told(unit):
    assert said(unit, unit) == PanelScores(spreads=(Spread(case_study=1, members=6),))


def test_all_the_same_looks_like_one_point_apart():
    same, nearly = (2,) * 5, (2, 2, 2, 2, 1)
    assert said(same).spreads == said(nearly).spreads == (Spread(case_study=1, members=6, apart={"1A": 1}),)


def test_whatever_is_told_every_member_could_have_given_two_scores():
    """For each thing that can be told of one outcome area: of no member it follows what they gave."""
    possible = {}
    for unit in product(range(4), repeat=5):
        apart = said(unit).spreads[0].apart["1A"]
        possible.setdefault(apart, []).append(unit)
    for told, units in possible.items():
        for member in range(5):
            assert len({unit[member] for unit in units}) > 1, (told, member)


@pytest.mark.parametrize(
    ("units", "agreement"),
    [
        ([(2,) * 5, (2,) * 5], "high"),
        ([(0, 0, 0, 0, 0), (3, 3, 3, 3, 3), (1, 1, 1, 1, 1)], "high"),
        ([(0, 0, 0, 1, 1), (3, 3, 3, 2, 3), (1, 1, 2, 1, 1)], "fair"),
        ([(0, 3, 1, 2, 0), (3, 0, 2, 1, 3)], "low"),
        ([(2, 2, 2, 2, 2)], None),
        ([(0, 0, 0, 0), (3, 3, 3, 3)], None),
        ([], None),
    ],
)
def test_agreement_is_told_in_three_words_and_of_enough_members(units, agreement):
    assert said(*units).agreement == agreement


@pytest.mark.parametrize(
    ("alpha", "word"), [(1.0, "high"), (0.8, "high"), (0.799, "fair"), (0.667, "fair"), (0.666, "low")]
)
def test_the_published_limits_belong_to_the_better_word(monkeypatch, alpha, word):
    monkeypatch.setattr(disclosure, "agreement", lambda units: Agreement(alpha=alpha, meaning=""))
    assert said((2,) * 5).agreement == word


def test_how_many_people_scored_is_told():
    assert panel_scores({}, {}, people=7) == PanelScores(people=7)
