"""A report brought in from Word, in a real browser: chosen, looked at, corrected, confirmed."""

from pathlib import Path

import docx
import pytest
from playwright.sync_api import Page, expect

from eds import stages
from tests.browser.steps import sign_in
from tests.reports.reading.docx.docx_files import word

pytestmark = pytest.mark.django_db(transaction=True)
LINES = (
    *("Equality Delivery System 2024", "For the board.", "# Case study 1: Eye clinic – 3/12", "# Background"),
    *("Open on Saturdays.", "# Access", "Near the bus.", "# Panel Scoring", "1A: Access: two/3", "1B: 1/3"),
    *("Total: 3/12", "# Recommendations", "Data", "· Share it"),
)


def choose_file(page: Page, axe, cast, path: Path) -> None:
    """The lead forgets the file, and then chooses it."""
    sign_in(page, cast.lead)
    page.goto("/reviews/")
    page.get_by_role("link", name="Import it from a Word file").click()
    expect(page).to_have_title("Import a report – Equality Delivery System portal")
    axe(page)
    page.get_by_role("button", name="Read the file").click()
    expect(page.get_by_role("alert").get_by_role("link")).to_have_text("Choose a file")
    page.locator("input[type=file]").set_input_files(path)


def correct_a_line(page: Page, axe) -> None:
    """The preview names the line that it can't read; the lead corrects it."""
    expect(page.get_by_role("heading", level=1)).to_have_text("Check the report")
    expect(page.get_by_text("the score “two/3”; expected 0 to 3 out of 3")).to_be_visible()
    axe(page)
    page.get_by_role("button", name="Correct these lines").click()
    axe(page)
    page.get_by_label("Paragraph 9: the score “two/3”").fill("1A: Access: 2/3")
    page.get_by_role("button", name="Save and read again").click()


def correct_the_rest(page: Page, axe) -> None:
    """The lead ties a section to an outcome area, enters a score and puts a loose line into a section."""
    expect(page.get_by_role("heading", name="Case study 1: Eye clinic")).to_be_visible()
    axe(page)
    page.get_by_role("link", name="Change text, scores or owners of case study 1").click()
    axe(page)
    section = page.get_by_role("group", name="Access", exact=True)
    section.get_by_label("Which outcome area is it about?").select_option("1A")
    score = page.get_by_role("group", name="Score of 1C:")
    score.get_by_label("Score").select_option(label="0 Undeveloped")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Put them into a section").click()
    axe(page)
    page.get_by_label("For the board.").select_option(label="Case study 1: Background")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("You put 1 into a section.")).to_be_visible()
    expect(page.get_by_text("3 of 9 so far, 1 outcome not scored")).to_be_visible()


def find_it(page: Page, axe) -> None:
    """What was brought in is found by the search."""
    page.goto("/")
    page.get_by_role("link", name="Search").click()
    page.get_by_label("What are you looking for?").fill("Who opens on Saturdays?")
    page.get_by_role("button", name="Search").click()
    expect(page.locator("mark").first).to_have_text("Open")
    axe(page)
    page.get_by_role("link", name="Case study 1: Eye clinic, Background").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Case study 1: Eye clinic")


@pytest.mark.parametrize(("javascript", "width"), [(False, 320)])
def test_a_lead_brings_in_a_report_from_word(new_page, axe, cast, tmp_path, javascript, width):
    path = tmp_path / "Report 2024.docx"
    path.write_bytes(word(*LINES))
    page = new_page(javascript=javascript, width=width)
    choose_file(page, axe, cast, path)
    page.get_by_role("button", name="Read the file").click()

    correct_a_line(page, axe)

    correct_the_rest(page, axe)
    page.get_by_role("button", name="Import this report").click()

    expect(page.get_by_text("The report of 2024 is imported.")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_have_text("Review of 2024")
    page.get_by_role("link", name="Case study 1: Eye clinic").click()
    expect(page.get_by_text("For the board.")).to_be_visible()
    axe(page)

    find_it(page, axe)

    stranger = new_page(javascript=javascript, width=width)
    stranger.goto("/search/?q=Saturdays")
    expect(stranger.get_by_role("heading", name="0 results")).to_be_visible()
    axe(stranger)


def test_an_author_works_in_word_and_brings_it_back(new_page, axe, cast, tmp_path):
    cast.move(stages.WRITING)
    page = new_page()
    sign_in(page, cast.author)
    page.goto("/reviews/nhs-ambleford/2026/case-studies/1/write/")
    page.get_by_role("link", name="Work on it in Word").click()
    axe(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="Download the case study as Word").click()
    changed = docx.Document(download.value.path())
    paragraph = next(one for one in changed.paragraphs if one.text == "Interpreters")
    paragraph.add_run(" by telephone")
    changed.add_comment(paragraph.runs, "Since when?", author="Rita Reader")
    changed.save(tmp_path / "back.docx")
    page.locator("input[type=file]").set_input_files(tmp_path / "back.docx")
    page.get_by_role("button", name="Show what changed").click()
    expect(page.locator("ins")).to_contain_text("by telephone")
    expect(page.get_by_text("Since when?")).to_be_visible()
    axe(page)
    page.get_by_role("button", name="Save these changes").click()
    expect(page.get_by_text("You added the changes to the case study.")).to_be_visible()
    assert "Interpreters by telephone" in cast.case_studies[0].sections.get(heading="1A").body
