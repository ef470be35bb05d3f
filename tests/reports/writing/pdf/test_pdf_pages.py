"""The annual report as pages: how many, how full, how large the letters, and how fast."""

import time
from collections import Counter
from dataclasses import replace
from io import BytesIO

import pypdf
import pytest

from eds.content import Section
from reports.formats import FORMATS
from reports.writing import html_report
from reports.writing.author_html import author_html
from reports.writing.pdf.report import to_pdf
from tests.reports.rendered import half_empty, page_texts
from tests.reports.samples import FIXED, FULL, TALKING

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("pdf")]


@pytest.fixture(scope="module")
def report() -> bytes:
    return to_pdf(FIXED)


def test_it_has_12_to_15_pages(report):
    assert 12 <= len(page_texts(report)) <= 15


@pytest.mark.parametrize("form", ["pdf", "pdf-large", "board", "easy-read"])
def test_no_page_but_the_last_is_less_than_half_full(form, report):
    data = report if form == "pdf" else FORMATS[form].make(FIXED)
    assert half_empty(data, parts=[]) == []


def test_a_nearly_empty_page_is_noticed_but_at_a_parts_end(report):
    blank = pypdf.PdfWriter(BytesIO(report))
    blank.insert_blank_page(width=595, height=842, index=2)
    file = BytesIO()
    blank.write(file)
    assert half_empty(file.getvalue(), parts=[]) == [3]
    assert half_empty(file.getvalue(), parts=["Contents"]) == []


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
