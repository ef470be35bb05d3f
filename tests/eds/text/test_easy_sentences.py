"""What the lead may write in the easy-read report: short sentences, one a line, without figures."""

import pytest

from eds.text.easy_sentences import SENTENCES, problems

FIFTEEN = " ".join(["word"] * 15)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", []),
        (FIFTEEN, []),
        (f"{FIFTEEN} more.", [f"Use at most 15 words in a sentence. This one has 16: “{FIFTEEN} more.”"]),
        ("We did well.\nWe can do more.", []),
        (
            "We did well. We can do more.",
            ["Put each sentence on a line of its own: “We did well. We can do more.”"],
        ),
        ("We got 8/12.", ["Remove “8/12”. The report fills in years and figures itself"]),
        ("One.\nTwo.\nThree.\nFour.\nFive.", ["Write at most 4 sentences. You have written 5"]),
    ],
)
def test_a_problem_says_what_to_change(text, found):
    assert problems(text) == found


def test_our_own_sentences_keep_the_rules():
    assert {text: problems(text) for text in SENTENCES.values() if problems(text)} == {}
