"""How texts are compared, named and cut."""

import pytest

from eds.checks.texts import Text, case_study_texts, shortened, texts, words
from tests.eds.checks.clean import CLEAN, CLINIC

SIXTY = "One two three four five six seven eight nine ten eleven 12ab"


@pytest.mark.parametrize("apostrophe", "'’ʼ`")
def test_an_apostrophe_is_no_part_of_a_word(apostrophe):
    assert words(f"Women{apostrophe}s HUB, ﬁrst_floor") == ("womens", "hub", "first", "floor")


def test_a_text_is_cut_at_a_word_where_it_is_longer_than_sixty_characters():
    assert len(SIXTY) == 60
    assert shortened(SIXTY) == SIXTY
    assert shortened(f"{SIXTY}c") == "One two three four five six seven eight nine ten eleven…"
    assert shortened(" a\n b ") == "a b"


@pytest.mark.parametrize("sign", ",;:.")
def test_no_sign_is_left_before_the_cut(sign):
    assert shortened(f"{'X' * 20}{sign} {'y' * 60}") == f"{'X' * 20}…"


def test_each_text_says_where_it_stands_and_what_it_is_about():
    assert Text(place="The list of third parties", value="Ed Poe, UNISON") in list(texts(CLEAN))
    heading, body = list(case_study_texts(CLINIC))[1:3]
    assert (heading.outcome, body.outcome, body.case_study) == ("1A", "1A", 1)
    assert body.place == "The section “How Women’s Health Hub (WHH) does” of case study 1"
