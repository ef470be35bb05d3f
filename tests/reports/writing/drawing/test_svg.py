"""Pictures: what they say in words is what they draw, and a page and a PDF can both show them."""

from xml.etree import ElementTree

import pytest

from reports.writing.drawing.svg import BLUE, GREY, Bar, score_bar

SVG = "{http://www.w3.org/2000/svg}"
MARK, TOTAL_LENGTH = 40, 128


def picture(*bars, title="Panel scores for Dementia Vision"):
    return ElementTree.fromstring(score_bar(title=title, bars=bars))  # noqa: S314 (our own)


def bar(points, words, **more):
    return Bar(label="1A", points=points, out_of=3, words=words, **({"marks": 3} | more))


def filled(svg):
    return [float(rect.get("width")) for rect in svg.iter(f"{SVG}rect") if rect.get("fill") == BLUE]


def outlined(svg):
    return [rect for rect in svg.iter(f"{SVG}rect") if rect.get("fill") == "none"]


@pytest.mark.parametrize("points", [0, 1, 2, 3])
def test_as_many_marks_are_filled_as_there_are_points(points):
    svg = picture(bar(points, f"{points} words"))
    assert filled(svg) == [MARK] * points
    assert len(outlined(svg)) == 3


def test_a_half_point_fills_half_a_mark():
    assert filled(picture(bar(1.5, "1.5"))) == [MARK, MARK / 2]


def test_not_scored_not_applicable_and_0_look_different():
    none = picture(bar(None, "Not scored"))
    assert (len(outlined(none)), len(list(none.iter(f"{SVG}line")))) == (0, 1)
    not_applicable = picture(bar(None, "Not applicable", marks=0))
    assert (len(outlined(not_applicable)), len(list(not_applicable.iter(f"{SVG}line")))) == (0, 0)
    zero = picture(bar(0, "0 Undeveloped"))
    assert (len(outlined(zero)), len(list(zero.iter(f"{SVG}line")))) == (3, 0)
    assert {rect.get("stroke") for rect in outlined(zero)} == {GREY}


def test_a_total_is_one_length_filled_in_proportion():
    total = Bar(label="Total", points=5, out_of=12, words="5/12", marks=1, bold=True)
    assert filled(picture(bar(0, "0 Undeveloped"), total)) == [pytest.approx(TOTAL_LENGTH * 5 / 12, rel=1e-4)]


def test_title_and_description_are_its_first_children_and_say_everything():
    svg = picture(bar(2, "2 Achieving"), bar(None, "Not scored"))
    assert svg.get("role") == "img"
    assert [child.tag for child in svg][:2] == [f"{SVG}title", f"{SVG}desc"]
    assert svg[0].text == "Panel scores for Dementia Vision"
    assert svg[1].text == "1A: 2 Achieving. 1A: Not scored."


def test_every_value_stands_in_words_inside_the_picture():
    svg = picture(bar(2, "2 Achieving"), bar(None, "Not scored"))
    assert [text.text for text in svg.iter(f"{SVG}text")] == ["1A", "2 Achieving", "1A", "Not scored"]


def test_words_stay_inside_the_picture():
    svg = picture(bar(2, "2 A grade with a rather long name"))
    words = list(svg.iter(f"{SVG}text"))[1]
    assert float(words.get("x")) + 8 * len(words.text) < float(svg.get("viewBox").split()[2])


def test_nothing_typed_becomes_markup():
    svg = picture(bar(1, "<b>&"), title='"><script>')
    assert svg[0].text == '"><script>'
    assert not list(svg.iter("script")) + list(svg.iter(f"{SVG}script"))


def test_it_has_no_style_for_the_security_policy_to_refuse():
    assert "style" not in score_bar(title="A", bars=[bar(1, "1 Developing")])


@pytest.mark.parametrize("colour", [BLUE, GREY])
def test_marks_stand_out_from_white_and_from_black_by_3_to_1(colour):
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    assert 1.05 / (luminance + 0.05) >= 3
    assert (luminance + 0.05) / 0.05 >= 3
