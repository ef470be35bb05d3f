"""What changed between two versions of a case study."""

from hypothesis import given
from hypothesis import strategies as st

from eds.text.text_diff import ADDED, REMOVED, SAME, Piece, changes, compared

WORDS = st.lists(st.sampled_from(["open", "on", "Saturdays", "and", "Sundays", "no", "fee"]), max_size=20)


def content(*sections, title="Falls clinic", evidence=()):
    return {
        "title": title,
        "sections": [{"heading": h, "outcome": o, "body": body} for h, o, body in sections],
        "evidence": list(evidence),
    }


def evidence(title):
    return {"title": title, "text": "", "url": "", "source": "Survey", "date": "2025", "outcomes": ["1A"]}


def test_words_that_were_added_and_removed_are_named():
    assert compared("Open on Saturdays all year", "Open on Sundays all year round") == (
        Piece(SAME, "Open on"),
        Piece(REMOVED, " Saturdays"),
        Piece(ADDED, " Sundays"),
        Piece(SAME, " all year"),
        Piece(ADDED, " round"),
    )


@given(WORDS, WORDS)
def test_both_texts_can_be_read_from_the_pieces(old, new):
    before, after = " ".join(old), " ".join(new)
    pieces = compared(before, after)
    assert "".join(piece.text for piece in pieces if piece.kind != ADDED).split() == old
    assert "".join(piece.text for piece in pieces if piece.kind != REMOVED).split() == new


def test_long_stretches_without_a_change_are_cut():
    before = [f"w{number}" for number in range(100)]
    after = [*before[:50], "NEW", *before[50:]]
    pieces = compared(" ".join(before), " ".join(after))
    assert [piece.text.split() for piece in pieces] == [
        ["…", *before[38:50]],
        ["NEW"],
        [*before[50:62], "…"],
    ]


def test_only_parts_that_differ_are_shown_under_their_headings():
    old = content(("Background", None, "Why"), ("1A", "1A", "- Open on **Saturdays**"), ("Gone", None, "Old"))
    new = content(
        ("Background", None, "Why"),
        ("1A", "1A", "- Open on **Sundays**"),
        ("New", None, "Words"),
        evidence=[evidence("Report")],
    )
    found = changes(old, new)
    assert [part.heading for part in found] == ["1A", "New", "Evidence", "Gone"]
    assert found[0].pieces[-2:] == (Piece(REMOVED, " Saturdays"), Piece(ADDED, " Sundays"))
    assert found[1].pieces == (Piece(ADDED, "Words"),)
    assert found[2].pieces == (Piece(ADDED, "• Report · Survey · 2025 · 1A"),)
    assert found[3].pieces == (Piece(REMOVED, "Old"),)


def test_the_same_heading_twice_is_compared_in_its_own_place():
    old = content(("Note", None, "one"), ("Note", None, "two"))
    new = content(("Note", None, "one"), ("Note", None, "three"))
    assert [part.heading for part in changes(old, new)] == ["Note (2)"]


def test_the_same_content_has_no_changes():
    same = content(("Background", None, "Why"))
    assert changes(same, same) == ()


def test_a_text_that_says_one_word_over_and_over_is_compared_as_a_whole():
    old, new = "no " * 3000, "no " * 2000
    assert compared(old, new) == (Piece(REMOVED, old), Piece(ADDED, new))
    old, new = f"{'no ' * 3000}\n\nOne.", f"{'no ' * 3000}\n\nTwo."
    assert [(piece.kind, piece.text) for piece in compared(old, new) if piece.kind != SAME] == [
        (REMOVED, "One."),
        (ADDED, "Two."),
    ]


def test_a_long_stretch_is_left_whole_where_that_is_asked_for():
    same = " ".join(f"w{number}" for number in range(100))
    assert compared(f"{same} a", f"{same} b", around=None) == (
        Piece(SAME, same),
        Piece(REMOVED, " a"),
        Piece(ADDED, " b"),
    )
