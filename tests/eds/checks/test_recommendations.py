"""What the recommendations leave open."""

from dataclasses import replace

import pytest

from eds.checks import check
from eds.checks.recommendations import LowScore, low_scores
from eds.content import Action, Judgement
from tests.eds.checks.clean import CLEAN, codes, only, with_actions, with_part

# The low scores of the clean report are 1B, 1C and 1D of case study 1; 1A, 1B and 1D of 2; 1A of 3; 2C; 3B.
REST = (
    Action(action="Learn.", case_studies=(2, 3, 4, 5), owner="A", due="2025"),
    Action(action="Ask.", outcomes=("1B", "1C"), case_studies=(1,), owner="A", due="2025"),
)


def answering(**changes):
    """The report in which only this action can answer 1D of case study 1."""
    return with_actions(*REST, Action(**{"action": "Do.", "owner": "A", "due": "2025", **changes}))


@pytest.mark.parametrize(
    "action",
    [
        {"outcomes": ("1D",), "case_studies": (1,)},
        {"outcomes": ("1A", "1D")},
        {"case_studies": (1, 2)},
        {"outcomes": ("1D",), "status": "complete"},
    ],
)
def test_a_recommendation_answers_what_it_names(action):
    assert codes(answering(**action)) == []


@pytest.mark.parametrize(
    "action",
    [
        {"outcomes": ("1A",), "case_studies": (1,)},
        {"outcomes": ("1D",), "case_studies": (2,)},
        {"case_studies": (2,)},
        {"outcomes": ("1D",), "status": "dropped"},
        {},
    ],
)
def test_a_low_score_that_no_recommendation_answers(action):
    found = only(answering(**action))

    assert (found.code, found.severity, found.case_study, found.outcome) == (
        "low-score-without-action", "warning", 1, "1D",
    )  # fmt: skip
    assert found.message == (
        "Case study 1, Women’s Health Hub (WHH): 1D is scored 1, but it has no recommendation. "
        "Add one, or add 1D to an existing one."
    )


def test_a_report_without_recommendations_answers_nothing():
    assert codes(replace(CLEAN, recommendations=())) == ["low-score-without-action"] * 9


def test_a_report_in_which_no_recommendation_says_what_it_answers_is_not_judged():
    assert codes(with_actions(Action(action="Use data.", owner="A", due="2025"))) == []


def test_an_action_without_owner_and_date():
    found = check(answering(outcomes=("1D",), owner=" ", due=None))

    assert {one.about for one in found} == {"Do."}
    assert [(one.code, one.severity, one.message) for one in found] == [
        (
            "action-without-owner",
            "warning",
            "The recommendation “Do.” has no owner. Name the person or team who will do it.",
        ),
        (
            "action-without-date",
            "warning",
            "The recommendation “Do.” has no completion date. Give a month or a day.",
        ),
    ]


def test_a_dropped_action_needs_neither():
    dropped = Action(action="Never mind.", status="dropped")

    assert (
        codes(with_actions(*REST, Action(action="Do.", outcomes=("1D",), owner="A", due="2025"), dropped))
        == []
    )


def test_a_long_action_is_shortened_at_a_word():
    action = "Establish a clear and lasting way in which every ward, clinic and team hears from carers."

    found = only(answering(action=action, outcomes=("1D",), owner=None))

    assert "“Establish a clear and lasting way in which every ward…”" in found.message


def test_low_scores_with_the_recommendations_that_answer_them():
    first, second, *_ = low_scores(CLEAN)
    assert first == LowScore(
        case_study=1,
        title="Women’s Health Hub (WHH)",
        code="1B",
        score=1,
        answers=("Open on Saturdays.", "Count who comes."),
    )
    assert (second.code, second.answers) == ("1C", ("Open on Saturdays.",))
    given = {
        "1A": Judgement(score=0),
        "1B": Judgement(score=1.5),
        "1C": Judgement(),
        "1D": Judgement(score=1),
    }
    alone = replace(with_part(1, scores=given), recommendations=())
    assert [(one.code, one.score) for one in low_scores(alone) if one.case_study == 1] == [
        ("1A", 0),
        ("1D", 1),
    ]
