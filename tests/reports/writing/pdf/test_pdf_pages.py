"""The annual report as pages: how many, how full, how large the letters, and how fast."""

import time
from collections import Counter
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pypdf
import pypdfium2
import pytest

from eds.content import Section
from eds.editions import load
from reports.writing import html_report
from reports.writing.author_html import author_html
from reports.writing.data.json_report import from_json
from reports.writing.pdf.report import to_pdf
from tests.reports.rendered import page_texts
from tests.reports.samples import FULL, TALKING

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("pdf")]

# The demo's fullest report, of one year only: what it says never changes, so that pages can be counted.
FIXED = from_json((Path(__file__).parents[2] / "data/fenbridge-2023.json").read_text(encoding="utf-8"), load)
MILLIMETRE = 72 / 25.4
TOP, BOTTOM, BAND = 15, 18, 5  # margins and the height of what is measured, in mm


@pytest.fixture(scope="module")
def report() -> bytes:
    return to_pdf(FIXED)


def fullness(data: bytes) -> list[float]:
    """Of each page, the share of the bands between its margins that hold ink."""
    shares = []
    document = pypdfium2.PdfDocument(data)
    for page in document:
        image = page.render(scale=1).to_pil().convert("L")
        bands = [
            image.crop((0, int(top * MILLIMETRE), image.width, int((top + BAND) * MILLIMETRE)))
            for top in range(TOP, int(image.height / MILLIMETRE) - BOTTOM - BAND, BAND)
        ]
        shares.append(sum(band.getextrema()[0] < 200 for band in bands) / len(bands))
    document.close()
    return shares


def test_it_has_12_to_15_pages(report):
    assert 12 <= len(page_texts(report)) <= 15


def test_no_page_but_the_last_is_less_than_half_full(report):
    assert [number for number, share in enumerate(fullness(report)[:-1], 1) if share < 0.5] == []


def test_a_nearly_empty_page_would_be_noticed():
    text = "One line.\n\n" * 3
    study = replace(TALKING, sections=(Section(heading="Background", body=text),), evidence=(), scores={})
    data = to_pdf(replace(FULL, case_studies=(study,), recommendations=(), interests=()))
    blank = pypdf.PdfWriter(BytesIO(data))
    blank.add_blank_page(width=595, height=842)
    file = BytesIO()
    blank.write(file)
    assert fullness(file.getvalue())[-1] == 0


def letters_by_size(data: bytes) -> Counter:
    sizes = Counter()

    def note(text, cm, tm, _font, size):
        sizes[round(size * abs(tm[3] or tm[0]) * abs(cm[3] or cm[0]), 1)] += len(text.strip())

    for page in pypdf.PdfReader(BytesIO(data)).pages:
        page.extract_text(visitor_text=note)
    return sizes


def test_most_letters_are_of_11_points_or_more(report):
    sizes = letters_by_size(report)
    assert min(size for size, count in sizes.items() if count) >= 10
    assert sizes.most_common(1)[0][0] >= 11


def test_page_2_is_the_whole_report_at_a_glance(report):
    text = page_texts(report)[1]
    for words in ("2023 at a glance", "Developing: 16 out of 33 points", "1A Access", "What happens next"):
        assert words in text
    assert page_texts(report)[2].startswith("Contents")


def test_no_number_has_a_slashed_zero_because_no_font_but_arimo_is_used(report):
    fonts = {
        font.get_object()["/BaseFont"].split("+")[1]
        for page in pypdf.PdfReader(BytesIO(report)).pages
        for font in page["/Resources"]["/Font"].values()
    }
    assert {font.split("-")[0] for font in fonts} == {"Arimo"}


def study_with_cell(words: int):
    cell = " ".join(["word"] * words)
    table = f"| Group | What |\n|---|---|\n| Deaf people | {cell} |\n"
    return replace(
        FULL, interests=(), case_studies=(replace(TALKING, sections=(Section(heading="A", body=table),)),)
    )


def seconds(content) -> float:
    start = time.process_time()
    to_pdf(content)
    return time.process_time() - start


def test_an_authors_cell_of_900_words_costs_less_than_a_second():
    without = seconds(study_with_cell(1))
    assert seconds(study_with_cell(900)) - without < 1


FIVE = "| Rating | Protected characteristic | Complaints | Appointments | Recommendation |\n|---|---|---|---|---|\n"


def test_the_heads_of_five_columns_stay_whole():
    made = author_html(FIVE + "| Good | Gender reassignment | 4 | 17 | None |\n", heading_level=4)
    assert "\u200b" not in made
    study = replace(TALKING, sections=(Section(heading="A", body=FIVE + "| a | b | c | d | e |\n"),))
    text = " ".join(page_texts(to_pdf(replace(FULL, interests=(), case_studies=(study,)))))
    for word in ("Rating", "characteristic", "Complaints", "Appointments", "Recommendation"):
        assert word in text


def test_only_words_that_do_not_fit_may_break():
    word = "Donaudampfschifffahrtsgesellschaft" * 3
    table = f"| A | B |\n|---|---|\n| {word} | short words stay whole |\n"
    made = author_html(table, heading_level=4)
    assert made.count("\u200b") == len(word) // 32
    assert "short words stay whole" in made
    assert "\u200b" not in author_html("| A |\n|---|\n| Waits |\n", heading_level=4)


def test_an_authors_table_can_be_scrolled_by_keyboard():
    study = replace(
        TALKING, sections=(Section(heading="A", body=FIVE + "| a | b | c | d | e |\n\nAfter it.\n"),)
    )
    body = html_report.body(replace(FULL, interests=(), case_studies=(study,)))
    assert '<div class="report-scroll" tabindex="0" role="group" aria-label="Table"><table>' in body
    assert body.count("After it.") == 1
