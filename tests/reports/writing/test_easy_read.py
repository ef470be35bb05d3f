"""The easy-read report: short sentences, plain words, five pages, and the figures of the content."""

import re
from dataclasses import replace
from io import BytesIO

import pypdf
import pytest
from hypothesis import HealthCheck, given, settings
from lxml import html as lxml_html

from eds.totals import number_words, results
from reports.formats import FORMATS
from reports.writing import easy_read
from reports.writing.drawing.easy_pictures import PICTURES, picture
from tests.reports.rendered import page_texts, text
from tests.reports.samples import BIRTH, CHOSEN, FULL, GRADED, THEMES, UNFINISHED
from tests.sentences import words
from tests.strategies import contents
from tests.test_words import bad_words

pytestmark = pytest.mark.slow
EVERY = pytest.mark.parametrize(
    "content", [FULL, UNFINISHED, CHOSEN, GRADED], ids=["full", "unfinished", "chosen", "graded"]
)
MOST_WORDS, LONGEST_WORD = 15, 11  # letters


def lines(content) -> list[str]:
    """Every sentence that we write, without names that the organisation gave."""
    parts = easy_read.parts(content)
    topics = [line for part in parts for block in part.blocks for _, line in block.topics if line]
    return [line for part in parts for block in part.blocks for line in block.lines] + topics


@EVERY
def test_each_line_is_one_short_sentence_of_plain_words(content):
    for line in lines(content):
        assert words(line) <= MOST_WORDS, line
        assert len(re.findall(r"[.:](?:\s|$)", line)) <= 1, line
        assert max(map(len, re.findall(r"\w+", line))) <= LONGEST_WORD, line
    assert bad_words((0, line) for line in lines(content)) == []


def told_points(content) -> list[tuple[str, str]]:
    return re.findall(r"([\d.]+) points out of (\d+)", " ".join(lines(content)))


def expected_points(content) -> list[tuple[str, str]]:
    """Every total that there is, in the order of the report: overall, then each domain's case studies and its own."""
    figures = results(content)
    totals = [figures.overall]
    for domain in figures.domains:
        studies = [one.total for one in figures.case_studies if one.domain == domain.number]
        totals += [*studies, *([domain] if len(studies) > 1 else [])]
    pairs = [(getattr(one, "points", getattr(one, "total", None)), one.out_of) for one in totals]
    return [(number_words(points), str(out_of)) for points, out_of in pairs if points is not None]


@EVERY
def test_its_points_are_those_of_the_content(content):
    assert told_points(content) == (expected_points(content) if content.edition.has_points else [])


def test_any_reports_points_are_those_of_its_content():
    @settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
    @given(contents())
    def run(content):
        if content.edition.has_points and max(len(content.case_studies), 1) <= easy_read.MOST[0]:
            assert told_points(content) == expected_points(content)
        assert all(words(line) <= MOST_WORDS for line in lines(content))

    run()


def test_it_says_who_looked_and_what_happens_next():
    told = lines(FULL)
    assert told[3:6] == [
        "2 people looked at our work.",
        "2 of them do not work for the NHS.",
        "Together they are called the panel.",
    ]
    assert "We got 21 points out of 33." in told
    assert "This is called Developing." in told
    assert "We do not know enough about 15 groups of people." in told
    assert "We did 1 thing that we said we would do." in told
    assert "The panel asked us to do 3 things." in told
    assert [line for line in told if line.endswith("to do")] == ["2 things to do", "1 thing to do"]


def test_without_a_total_it_says_so():
    assert "So there is no score for all our work." in lines(UNFINISHED)
    assert "It has 4 points out of 9 so far." in lines(UNFINISHED)
    assert "It has no score yet." in lines(UNFINISHED)


def test_grades_without_points_are_counted():
    assert [line for line in lines(GRADED) if " got " in line] == [
        "1 part got Achieving.",
        "1 part got Undeveloped.",
    ]
    assert "points" not in " ".join(lines(GRADED))


@pytest.mark.parametrize(
    ("before", "line"),
    [
        (19, "That is 2 more than before."),
        (22, "That is 1 fewer than before."),
        (21, "That is the same as before."),
        (None, None),
    ],
)
def test_it_compares_with_the_year_before(before, line):
    content = replace(FULL, previous_results=replace(FULL.previous_results, overall=before))
    compared = [one for one in lines(content) if "before." in one]
    assert compared == ([line] if line else [])


def test_its_letters_are_of_14_points_in_the_footer_and_16_in_the_text():
    sizes = set()

    def note(text, cm, tm, _font, size):
        if text.strip():
            sizes.add(round(size * abs(tm[3] or tm[0]) * abs(cm[3] or cm[0]), 1))

    for page in pypdf.PdfReader(BytesIO(FORMATS["easy-read"].make(FULL))).pages:
        page.extract_text(visitor_text=note)
    assert sorted(sizes)[:2] == [14, 16]


def test_it_has_five_pages_at_most_and_says_what_is_left_out():
    studies = tuple(
        replace(BIRTH, number=n, title="A very long name of a service " * 4) for n in range(1, 41)
    )
    themes = tuple(replace(THEMES[0], theme=f"A topic of its own, number {n}") for n in range(40))
    content = replace(
        FULL,
        case_studies=studies,
        recommendations=tuple(
            replace(theme, actions=(replace(theme.actions[0], case_studies=()),)) for theme in themes
        ),
        interests=(),
        panel_scores=type(FULL.panel_scores)(),
    )
    pages = page_texts(FORMATS["easy-read"].make(content))
    assert 3 <= len(pages) <= 5
    assert "more case studies in the full report." in " ".join(pages)


@EVERY
def test_every_block_has_a_picture_with_its_own_alternative_text(content):
    tree = lxml_html.fromstring(easy_read.page(content))
    blocks = tree.xpath("//div[@class='easy-block']")
    pictures = tree.xpath("//*[local-name()='svg']")
    assert len(blocks) == len(pictures) > 3
    assert all(text(one.find("title")) for one in pictures)
    assert len({title for title, _ in PICTURES.values()}) == len(PICTURES)
    assert "<image" not in "".join(picture(name) for name in PICTURES)


def test_the_same_content_gives_the_same_bytes():
    assert FORMATS["easy-read"].make(FULL) == FORMATS["easy-read"].make(FULL)
