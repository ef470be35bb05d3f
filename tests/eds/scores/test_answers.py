"""A member's draft, and turning it into scores."""

import pytest
from django.db import IntegrityError, transaction

from eds.scores.answers import AS_LIKED, EACH_CASE_STUDY, EVERY_SCORE, REASONS, Answer, problems, total
from scoring.models import Draft, Score
from scoring.scores.actions import NotWhole, save_draft, submit_scores

CODES = ("1A", "1B", "1C", "1D")


@pytest.fixture
def sheet(cast):
    """Saves and submits as one member for the first case study."""
    case_study = cast.case_studies[0]
    areas = list(case_study.domain.outcome_areas.all())
    member, version = cast.members[cast.member], case_study.versions.get()

    class Sheet:
        def save(self, **answers):
            return save_draft(
                member=member,
                version=version,
                areas=areas,
                answers={code.removeprefix("o"): answer for code, answer in answers.items()},
            )

        def submit(self):
            return submit_scores(member=member, version=version, areas=areas, submitted_by=cast.member)

    return Sheet()


def whole():
    return {
        "o1A": Answer(value=0, rationale="No figures"),
        "o1B": Answer(value=3, rationale=" Very good "),
        "o1C": Answer(abstained=True, rationale="I was away for this part"),
        "o1D": Answer(value=1, rationale="Two quotes"),
    }


def test_a_draft_keeps_what_is_there_and_the_newest_wins(sheet):
    sheet.save(o1A=Answer(value=1, rationale="first"), o1B=Answer(rationale="only a reason"))
    saved = sheet.save(o1A=Answer(value=0, rationale="second"), o1B=Answer(rationale="only a reason"))
    rows = Draft.objects.order_by("outcome_area__code").values_list(
        "outcome_area__code", "value", "abstained", "rationale"
    )
    assert list(rows) == [("1A", 0, False, "second"), ("1B", None, False, "only a reason")]
    assert saved.revision == 2
    assert Score.objects.count() == 0


def test_submitting_makes_one_score_for_each_outcome_and_empties_the_draft(sheet):
    sheet.save(**whole())
    sheet.submit()
    rows = Score.objects.order_by("outcome_area__code").values_list(
        "outcome_area__code", "value", "abstained", "rationale"
    )
    assert list(rows) == [
        ("1A", 0, False, "No figures"),
        ("1B", 3, False, "Very good"),
        ("1C", None, True, "I was away for this part"),
        ("1D", 1, False, "Two quotes"),
    ]
    assert Draft.objects.count() == 0


def test_a_second_press_of_the_button_makes_no_second_row(sheet):
    sheet.save(**whole())
    first = sheet.submit()
    second = sheet.submit()
    assert [score.pk for score in second] == [score.pk for score in first]
    assert Score.objects.count() == 4


@pytest.mark.parametrize(
    ("code", "answer", "message"),
    [
        ("o1B", Answer(rationale="why"), "Choose a score for 1B, or abstain"),
        ("o1B", Answer(value=2, rationale="  "), "Give your reason for 1B"),
    ],
)
def test_what_is_missing_is_named_and_nothing_is_stored(cast, sheet, code, answer, message):
    cast.ask_reasons(EVERY_SCORE)
    sheet.save(**whole() | {code: answer})
    with pytest.raises(NotWhole) as refused:
        sheet.submit()
    assert [problem.message for problem in refused.value.problems] == [message]
    assert Score.objects.count() == 0
    assert Draft.objects.count() == 4


def test_nothing_saved_at_all_names_every_outcome(sheet):
    with pytest.raises(NotWhole) as refused:
        sheet.submit()
    assert [(problem.code, problem.part) for problem in refused.value.problems] == [
        (code, "score") for code in CODES
    ]


@pytest.mark.parametrize(
    ("reasons", "typed", "messages"),
    [
        (AS_LIKED, (), []),
        (EACH_CASE_STUDY, (), ["Give a reason for at least one of your scores"]),
        (EACH_CASE_STUDY, ("1B",), []),
        (EACH_CASE_STUDY, ("1C",), ["Give a reason for at least one of your scores"]),  # why they abstained
        (EVERY_SCORE, ("1A",), ["Give your reason for 1B"]),
        (EVERY_SCORE, ("1A", "1B"), []),
    ],
)
def test_which_scores_need_a_reason_is_for_the_lead_to_say_and_abstaining_needs_none(
    reasons, typed, messages
):
    values = {"1A": {"value": 1}, "1B": {"value": 2}, "1C": {"abstained": True}}
    answers = {
        code: Answer(**value, rationale="Because" if code in typed else " ") for code, value in values.items()
    }
    assert [problem.message for problem in problems(["1A", "1B", "1C"], answers, reasons)] == messages


def test_where_all_abstain_no_reason_is_needed():
    answers = {"1A": Answer(abstained=True), "1B": Answer(abstained=True)}
    for reasons in REASONS:
        assert problems(["1A", "1B"], answers, reasons) == []


def test_a_score_without_a_reason_is_stored_as_one(sheet):
    sheet.save(o1A=Answer(value=0), **{f"o{code}": Answer(abstained=True) for code in CODES[1:]})
    assert [(score.value, score.rationale) for score in sheet.submit()] == [
        (0, ""),
        *[(None, "")] * 3,
    ]


def test_zero_is_an_answer_and_abstained_is_not_zero():
    answers = {"1A": Answer(value=0, rationale="r"), "1B": Answer(abstained=True, rationale="r")}
    assert problems(["1A", "1B"], answers) == []
    assert total(CODES, answers, 3).words == "0 of 3 so far, 2 outcomes not scored, 1 outcome abstained"


@pytest.mark.parametrize(
    "wrong",
    [
        {"value": 4},
        {"value": None, "abstained": False},
        {"value": 2, "abstained": True},
        {"value": 2, "sequence": 2},  # a change without a reason
    ],
)
def test_the_database_itself_refuses_a_score_that_makes_no_sense(cast, wrong):
    case_study = cast.case_studies[0]
    values = {"abstained": False, "rationale": "r"} | wrong
    with pytest.raises(IntegrityError), transaction.atomic():
        Score.objects.create(
            member=cast.members[cast.member],
            version=case_study.versions.get(),
            outcome_area=case_study.domain.outcome_areas.first(),
            submitted_by=cast.member,
            **values,
        )
