"""All pictures of a report: for slides as SVG and PNG, and in Word with their words as alternative text."""

import zipfile
from io import BytesIO

import pytest
from docx.shared import Cm
from PIL import Image

from reports.formats import FORMATS
from reports.writing.drawing import pictures
from tests.reports.samples import FULL, GRADED
from tests.reports.writing.docx.docx_reading import opened

pytestmark = pytest.mark.slow

NAMES = [
    *["score-card", "change-since-last-year"],
    *[f"case-study-{number}" for number in range(1, 6)],
    *["evidence-map-1", "evidence-map-2", "spread-of-scores-1"],
]


@pytest.fixture(scope="module")
def packed():
    return zipfile.ZipFile(BytesIO(FORMATS["pictures"].make(FULL)))


def test_every_picture_is_there_twice_with_its_words(packed):
    assert packed.namelist() == [
        "read-me.txt",
        *(f"{name}.{kind}" for name in NAMES for kind in ("svg", "png")),
    ]
    said = packed.read("read-me.txt").decode()
    for picture in pictures.all_pictures(FULL):
        assert packed.read(f"{picture.name}.svg").decode() == picture.svg
        assert f"\n{picture.name}\n{picture.title}\n{picture.description}\n" in said
    assert "Domain 1: 8/12. Domain 2: 8/12. Domain 3: 5/9. Overall: 21/33 Developing." in said


def test_a_png_has_the_shape_of_its_svg_and_is_not_blank(packed):
    for picture in pictures.all_pictures(FULL):
        image = Image.open(BytesIO(packed.read(f"{picture.name}.png")))
        width, height = pictures.size_of(picture.svg)
        assert abs(image.width - pictures.DOTS * (width + 2 * pictures.MARGIN)) <= 4
        assert abs(image.height - pictures.DOTS * (height + 2 * pictures.MARGIN)) <= 8
        colours = {colour for _, colour in image.convert("RGB").getcolors()}
        assert (255, 255, 255) in colours
        assert len(colours) > 2


def test_the_same_content_gives_the_same_pictures(packed):
    pictures._pngs.cache_clear()
    assert FORMATS["pictures"].make(FULL) == packed.fp.getvalue()


def test_word_has_the_pictures_of_what_no_table_says_with_their_words():
    shapes = opened(FULL).inline_shapes
    found = [(shape._inline.docPr.get("title"), shape._inline.docPr.get("descr")) for shape in shapes]
    by_title = {one.title: one.description for one in pictures.all_pictures(FULL)}
    wanted = ["Points in 2023-24 and 2024-25", "Results by domain"]
    assert sorted(found) == [(title, by_title[title]) for title in wanted]
    assert all(shape.width <= Cm(17) for shape in shapes)


def test_without_points_there_is_no_score_card():
    assert [one.name for one in pictures.all_pictures(GRADED)] == ["case-study-1"]
