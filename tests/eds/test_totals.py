"""The total of one case study, against plain sums written here."""

from itertools import product

import pytest

from eds.content import Judgement
from eds.editions import load
from eds.totals import case_study_total, number_words

CODES = ("1A", "1B", "1C", "1D")
NOT_APPLICABLE = Judgement(not_applicable=True, rationale="It does not arise.")


def judgements(scores):
    return {code: Judgement(score=score) for code, score in zip(CODES, scores, strict=True)}


def test_every_combination_of_four_scores():
    combinations = list(product(range(4), repeat=4))
    assert len(combinations) == 256
    for scores in combinations:
        total = case_study_total(CODES, judgements(scores), 3)
        plain = 0
        for score in scores:
            plain += score
        assert (total.points, total.out_of, total.missing, total.scored) == (plain, 12, (), CODES)
        assert (total.words, total.is_complete) == (f"{plain}/12", True)


def test_every_pattern_of_missing_abstained_and_not_applicable():
    given = {"two": Judgement(score=2), "zero": Judgement(score=0), "none": Judgement(), "na": NOT_APPLICABLE}
    for pattern in product(["two", "zero", "none", "absent", "abstained", "na"], repeat=4):
        scores = {code: given[kind] for code, kind in zip(CODES, pattern, strict=True) if kind in given}
        codes = {
            kind: tuple(code for code, found in zip(CODES, pattern, strict=True) if found in kinds)
            for kind, kinds in {
                "scored": ("two", "zero"),
                "missing": ("none", "absent"),
                "abstained": ("abstained",),
                "na": ("na",),
            }.items()
        }
        total = case_study_total(CODES, scores, 3, abstained=codes["abstained"])
        assert total.points == (2 * pattern.count("two") if codes["scored"] else None), pattern
        assert total.out_of == 3 * len(codes["scored"]), pattern
        assert total.scored == codes["scored"], pattern
        assert total.missing == codes["missing"], pattern
        assert total.abstained == codes["abstained"], pattern
        assert total.not_applicable == codes["na"], pattern
        assert total.is_complete == (not codes["missing"] and not codes["abstained"]), pattern


@pytest.mark.parametrize(
    ("scores", "abstained", "words"),
    [
        ((2, 1, 1, 1), "", "5/12"),
        ((0, 0, 0, 0), "", "0/12"),
        ((2, 1, 1, None), "", "4 of 9 so far, 1 outcome not scored"),
        ((0, None, None, None), "", "0 of 3 so far, 3 outcomes not scored"),
        ((None, None, None, None), "", "No outcomes scored yet"),
        ((2, 1, 1, None), ["1D"], "4 of 9, 1 outcome abstained"),
        ((2, 1, None, None), ["1D"], "3 of 6 so far, 1 outcome not scored, 1 outcome abstained"),
        ((2, None, None, None), ["1B", "1C", "1D"], "2 of 3, 3 outcomes abstained"),
        ((None, None, None, None), ["1D"], "No outcomes scored yet, 1 outcome abstained"),
        ((None, None, None, None), CODES, "No outcomes scored, 4 outcomes abstained"),
        ((2.5, 1, 1, 1), "", "5.5/12"),
        ((2.5, 1.5, 1, 1), "", "6/12"),
    ],
)
def test_the_words_of_a_total(scores, abstained, words):
    assert case_study_total(CODES, judgements(scores), 3, abstained=abstained).words == words


def test_an_outcome_that_is_not_applicable_leaves_the_total():
    given = judgements((2, 1, 1, 0)) | {"1D": NOT_APPLICABLE}
    assert case_study_total(CODES, given, 3).words == "4/9, 1 outcome not applicable"
    given["1A"] = Judgement()
    words = "2 of 6 so far, 1 outcome not scored, 1 outcome not applicable"
    assert case_study_total(CODES, given, 3).words == words
    everything = dict.fromkeys(CODES, NOT_APPLICABLE)
    assert case_study_total(CODES, everything, 3).words == "No outcomes scored, 4 outcomes not applicable"


def test_a_score_on_another_domains_outcome_is_not_counted():
    given = judgements((2, 1, 1, 1)) | {"2A": Judgement(score=3)}
    assert case_study_total(CODES, given, 3).words == "5/12"


def test_whole_points_are_whole_numbers():
    points = case_study_total(CODES, judgements((2.5, 1.5, 1, 1)), 3).points
    assert (points, type(points)) == (6, int)


def test_grades_without_points_are_counted_but_not_added():
    codes = load("EDS2").domain(2).codes
    total = case_study_total(codes, {"2.1": Judgement(score=2), "2.4": NOT_APPLICABLE}, None)
    assert (total.points, total.out_of, total.missing) == (None, None, ("2.2", "2.3"))
    assert total.words == "1 outcome graded, 2 outcomes not graded, 1 outcome not applicable"
    assert case_study_total(codes, {}, None).words == "No outcomes graded yet"
    assert case_study_total(codes, dict.fromkeys(codes, NOT_APPLICABLE), None).words == (
        "No outcomes graded, 4 outcomes not applicable"
    )


@pytest.mark.parametrize(("number", "words"), [(0, "0"), (5, "5"), (5.0, "5"), (2.5, "2.5"), (33, "33")])
def test_a_number_is_printed_without_a_useless_nought(number, words):
    assert number_words(number) == words
