"""The proposal and the agreement of a panel's scores."""

from itertools import permutations

import krippendorff
import numpy
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from eds.scores.agreement import (
    ABSTAINED,
    Agreement,
    Distribution,
    Proposal,
    agreement,
    agreement_words,
    distribution,
    meaning,
    proposal,
)

scores = st.none() | st.integers(0, 3)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([2], Proposal(score=2, words="Proposal 2: the only score given")),
        ([0, 0, 0], Proposal(score=0, words="Proposal 0: all 3 members gave it")),
        ([3, 2, 2], Proposal(score=2, words="Proposal 2: the middle score of 3 members")),
        ([2, 3, 2, 2], Proposal(score=2, words="Proposal 2: the middle score of 4 members")),
        ([1, None, 1], Proposal(score=1, words="Proposal 1: all 2 members gave it; 1 abstained")),
        (
            [3, 2],
            Proposal(
                score=2,
                words="Proposal 2: the lower of the two middle scores of 2 members",
                discuss="Discuss: no score was given by more than half of the 2 members",
            ),
        ),
        (
            [0, 2, 2],
            Proposal(
                score=2,
                words="Proposal 2: the middle score of 3 members",
                discuss="Discuss: the scores go from 0 to 2",
            ),
        ),
        (
            [3, 1, 2, 3, None, None],
            Proposal(
                score=2,
                words="Proposal 2: the lower of the two middle scores of 4 members; 2 abstained",
                discuss="Discuss: the scores go from 1 to 3 and no score was given by more than half of the 4 members",
            ),
        ),
        ([], Proposal(score=None, words="No proposal: no one has given a score.")),
        (
            [None],
            Proposal(
                score=None, words="No proposal: no one has given a score. Everyone who submitted abstained."
            ),
        ),
    ],
)
def test_proposals(values, expected):
    assert proposal(values) == expected


def test_an_edition_without_points_is_spoken_of_in_grades():
    grades = ["Undeveloped", "Developing", "Achieving", "Excelling"]

    found = proposal([1, 3], name=grades.__getitem__)

    assert found.words == "Proposal Developing: the lower of the two middle scores of 2 members"
    assert found.discuss.startswith("Discuss: the scores go from Developing to Excelling and ")


@given(st.lists(scores, max_size=12))
def test_the_proposal_is_a_score_with_half_of_the_others_on_either_side(values):
    found = proposal(values).score
    given_scores = [value for value in values if value is not None]
    if not given_scores:
        assert found is None
        return
    half = len(given_scores) / 2
    assert found in given_scores
    assert sum(score <= found for score in given_scores) >= half
    assert sum(score >= found for score in given_scores) > half  # the lower of two


@given(st.lists(scores, max_size=5))
def test_the_order_of_members_changes_nothing(values):
    assert {proposal(order) for order in permutations(values)} == {proposal(values)}


def test_each_score_of_the_scale_is_counted_and_an_abstention_is_none_of_them():
    found = distribution([0, 2, None, 2, 3], highest=3)

    assert found == Distribution(counts=((0, 1), (1, 0), (2, 2), (3, 1)), abstained=1)
    assert found.scored == 4


# Krippendorff (2011), "Computing Krippendorff's Alpha-Reliability": four observers, twelve units, with gaps.
FOUR_OBSERVERS = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3],
    [None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None],
]
# The same paper, its first example: two observers, ten units, two values (with two values every metric agrees).
TWO_OBSERVERS = [[0, 1, 0, 0, 0, 0, 0, 0, 1, 0], [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]]


@pytest.mark.parametrize(("observers", "published"), [(FOUR_OBSERVERS, 0.815), (TWO_OBSERVERS, 0.095)])
def test_published_worked_examples(observers, published):
    assert round(agreement(list(zip(*observers, strict=True))).alpha, 3) == published


@given(
    st.integers(2, 6).flatmap(
        lambda n: st.lists(st.lists(scores, min_size=n, max_size=n), min_size=2, max_size=6)
    )
)
def test_the_same_as_the_krippendorff_package(units):
    found = agreement(units)
    assume(found.alpha is not None)
    members = numpy.array(units, dtype=float).T
    # the package also counts values that nobody can be compared with when it ranks: take them out for it too
    members[:, numpy.sum(~numpy.isnan(members), axis=0) < 2] = numpy.nan

    theirs = krippendorff.alpha(reliability_data=members, level_of_measurement="ordinal")

    assert found.alpha == pytest.approx(float(theirs), abs=1e-9)


@pytest.mark.parametrize(
    "units",
    [
        [],
        [[2, 2, 3]],
        [[2], [1], [0], [3]],
        [[2, 1, 3], [None, 1, None], [2], [None, None]],
    ],
)
def test_too_few_scores(units):
    found = agreement(units)

    assert (found.alpha, found.reason) == (None, "too few scores")
    assert (
        found.meaning
        == "We can show how far members agree once two members have scored at least two outcome areas."
    )


def test_all_scores_alike_leave_nothing_to_measure():
    found = agreement([[0, 0], [0, 0, None], [3]])

    assert found == Agreement(
        alpha=None,
        reason="too few different scores",
        meaning="Every score is the same, so there are no differences to measure.",
    )


@pytest.mark.parametrize(
    ("units", "begins"),
    [
        ([[0, 0], [3, 3]], "The members agree closely on this case study"),
        (
            [[0, 0, 0, 0], [1, 1, 1, 2], [2, 2, 2, 2], [3, 3, 2, 3]],
            "The members agree closely on this case study",
        ),
        ([[0, 0, 1, 0], [1, 1, 1, 2], [2, 2, 1, 2], [3, 2, 3, 3]], "The members mostly agree"),
        (
            [[0, 1, 2, 0], [1, 3, 2, 2], [2, 2, 1, 3], [3, 1, 3, 3]],
            "The members see this case study differently",
        ),
        ([[0, 3], [3, 0]], "Members disagree"),
    ],
)
def test_what_a_value_means_is_said_in_words(units, begins):
    found = agreement(units)

    assert isinstance(found, Agreement)
    assert found.reason == ""
    assert found.meaning.startswith(begins)


def test_the_published_limits_belong_to_the_better_word():
    assert meaning(0.8) == meaning(1.0) != meaning(0.799)
    assert meaning(0.667) == meaning(0.799) != meaning(0.666)
    assert meaning(0.001) == meaning(0.666) != meaning(0.0)
    assert meaning(0.0) == meaning(-1.0)


@pytest.mark.parametrize(
    ("scores", "words"),
    [
        ([], ""),
        (["2 Achieving"], "Too few members scored this to compare."),
        (["2 Achieving", ABSTAINED], "Too few members scored this to compare."),
        (["2 Achieving", "2 Achieving", ABSTAINED], "Everyone who scored gave 2 Achieving."),
        (["2 Achieving", "1 Developing", "2 Achieving"], "Most members agree: 2 of 3 gave 2 Achieving."),
        (["2 Achieving", "1 Developing"], "Members do not agree: they gave 2 different scores."),
        (["2", "2", "1", "0"], "Members do not agree: they gave 3 different scores."),
    ],
)
def test_how_far_members_agree_on_one_outcome_area(scores, words):
    assert agreement_words(scores) == words
