"""The report as PDF keeps to PDF/UA-1 and PDF/A-3A, whatever it says."""

from dataclasses import replace
from io import BytesIO

import pikepdf
import pytest

from eds.content import PanelScores, Section
from eds.editions import load
from reports.reading.prose.text import from_text
from reports.writing.easy_read import to_easy_read_pdf
from reports.writing.pdf.board_summary import to_board_pdf
from reports.writing.pdf.report import to_pdf
from tests.reports.rendered import page_texts
from tests.reports.samples import BRANDED, FULL, GRADED, TALKING, UNFINISHED

pytestmark = pytest.mark.slow

STANDARDS = ("PDFUA-1", "PDFA-3A")
IDS = ["full", "branded", "unfinished", "graded"]


@pytest.fixture
def found(verapdf, tmp_path):
    """What veraPDF finds wrong in a PDF, for each standard that it finds something for."""

    def check(data):
        path = tmp_path / "report.pdf"
        path.write_bytes(data)
        return {standard: wrong for standard in STANDARDS if (wrong := verapdf(path, standard))}

    return check


@pytest.fixture(scope="module")
def seed_report(seed_report_path):
    text = seed_report_path.read_text(encoding="utf-8")
    return from_text(text, load("EDS 2022"), organisation="NHS Shropshire, Telford and Wrekin").content


MARKDOWN = """Text with *stress*, **weight**, `code`, a [link](https://www.example.nhs.uk/a) and a
[link to write to](mailto:eds@example.nhs.uk).

> A quote
> > in a quote

- One

  with two paragraphs
- Two
  1. nested
  2. list
     - three deep

7. seven
8. eight

| Group | Waits |
|-------|------:|
| Carers | 4 weeks |
| Deaf people | **6** weeks |

    four spaces

---

# A heading

### A heading that skips a level
"""


def test_it_conforms_with_all_that_authors_can_write(found):
    sections = (
        Section(heading="Background", body=MARKDOWN),
        Section(heading="Empty"),
        Section(heading="A", body="-"),
    )
    study = replace(TALKING, sections=sections, commentary=MARKDOWN)
    assert found(to_pdf(replace(FULL, case_studies=(study,)))) == {}


@pytest.mark.parametrize("large_print", [False, True], ids=["normal", "large"])
@pytest.mark.parametrize("content", [FULL, BRANDED, UNFINISHED, GRADED], ids=IDS)
def test_it_conforms(content, large_print, found):
    assert found(to_pdf(content, large_print=large_print)) == {}


def test_a_sign_that_no_font_has_does_not_spoil_it(found):
    """The sign here is of a private area, so that no font can have it."""
    study = replace(TALKING, title="Talking\U000f8ffe Therapies", commentary="It helped\U000f8ffe us.")
    data = to_pdf(replace(FULL, case_studies=(study,)))
    text = " ".join(page_texts(data))
    assert "It helped us." in text
    assert "Case study 1: Talking Therapies" in text
    assert found(data) == {}


@pytest.fixture(scope="module")
def long_report():
    """A report of some 200 pages with a case study on nearly each of them, made once: it takes 25 s of a core."""
    scores = {code: replace(judgement, rationale=None) for code, judgement in TALKING.scores.items()}
    study = replace(TALKING, self_assessment={}, scores=scores, evidence=TALKING.evidence[:1])
    studies = tuple(replace(study, number=number, title=f"Service {number}") for number in range(1, 241))
    return to_pdf(replace(FULL, interests=(), panel_scores=PanelScores(), case_studies=studies))


def test_a_report_of_200_pages_conforms(long_report, found):
    with pikepdf.open(BytesIO(long_report)) as pdf:
        assert len(pdf.pages) >= 200
    assert found(long_report) == {}


@pytest.mark.parametrize("content", [FULL, BRANDED, UNFINISHED, GRADED], ids=IDS)
def test_the_easy_read_report_conforms(content, found):
    assert found(to_easy_read_pdf(content)) == {}


def test_the_boards_summary_conforms(found):
    assert found(to_board_pdf(BRANDED)) == {}


@pytest.mark.parametrize("large_print", [False, True], ids=["normal", "large"])
def test_the_real_report_of_2024_conforms_and_is_all_there(seed_report, large_print, found):
    data = to_pdf(seed_report, large_print=large_print)
    text = " ".join(page_texts(data))
    titles = ["Women’s Health Hub", "Dementia Vision", "Severe Mental Illness (SMI)"]
    totals = ["5/12", "4/12", "7/12"]
    for number, (title, total) in enumerate(zip(titles, totals, strict=True), start=1):
        assert (
            f"Case study {number}: {title} Domain 1: Commissioned or provided services Panel score: {total}"
            in text
        )
    assert "5/12 Middle of 3: Women’s Health" in text
    assert "No rating Not rated: 1 of 3 domains scored" in text
    actions = [action.action for theme in seed_report.recommendations for action in theme.actions]
    assert len(actions) == 14
    joined = "".join(text.split())  # a line may end within a word, at its hyphen
    assert [action for action in actions if "".join(action.split()) not in joined] == []
    assert found(data) == {}
