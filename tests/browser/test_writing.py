"""From an author's first words to the panel that reads them, in a real browser."""

import pytest
from playwright.sync_api import Locator, Page, expect

from eds import stages
from tests.browser import evidence_steps
from tests.browser.steps import expect_no_wider, open_scoring, press, sign_in, status_of, tab_to

pytestmark = pytest.mark.django_db(transaction=True)
WORD = (
    "<html><body><h2>Reach</h2><p class=MsoNormal>We asked <b>52</b> people.</p>"
    "<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·</span>Men</p>"
    "<table><tr><td>Group</td></tr><tr><td>Women</td></tr></table><script>alert(1)</script></body></html>"
)
MARKDOWN = "## Reach\n\nWe asked **52** people.\n\n- Men\n\n| Group |\n| --- |\n| Women |"


def go(page: Page, goal: str) -> None:
    """Go to a link or button with the tab key, and press it."""
    tab_to(page, goal)
    with page.expect_navigation():
        press(page, "Enter")


def paste(page: Page, html: str) -> None:
    """What a browser does with a copied part of a Word file, where the focus is."""
    page.evaluate(
        """html => {
            const data = new DataTransfer();
            data.setData("text/html", html);
            data.setData("text/plain", "plain");
            const given = {clipboardData: data, bubbles: true, cancelable: true};
            document.activeElement.dispatchEvent(new ClipboardEvent("paste", given));
        }""",
        html,
    )


def retype(page: Page, words: str) -> None:
    press(page, "Control+a")
    page.keyboard.type(words)


def add_a_quote(author: Page, axe) -> None:
    """A quote about disabled people under 1D, after which the evidence map shows it."""
    go(author, "Evidence: files, links and quotes")
    go(author, "Add evidence")
    told = {"What they said": "They rang me back.", "Where is it from?": "Carer, survey"}
    evidence_steps.add(author, axe, "Quote", told, "1D", "Feedback", "Disability")
    go(author, "See the evidence map")
    row = author.get_by_role("row").filter(has=author.get_by_role("rowheader", name="Disability", exact=True))
    expect(row.get_by_role("cell")).to_contain_text(["None", "None", "None", "1: feedback"])


def send(author: Page, axe) -> None:
    """From the page of all sections send it for review, after a look at what is missing."""
    go(author, "Check and send for review")
    expect(author.get_by_role("heading", name="Check before you send it for review")).to_be_visible()
    expect_no_wider(author, 320)
    axe(author)
    go(author, "Send for review")
    expect(author.get_by_text("The equality lead will read it next, and we will tell you")).to_be_visible()
    axe(author)


def add_a_section(author: Page, axe, cast) -> None:
    """The author signs in, opens the case study and adds the section "Approach"."""
    sign_in(author, cast.author)
    author.goto("/my-work/")
    go(author, "Write case study 1: Falls clinic")
    expect(author.get_by_role("heading", name="Write: Falls clinic")).to_be_visible()
    axe(author)
    go(author, "Add sections")
    axe(author)
    tab_to(author, "id_suggested")
    press(author, "Space")
    go(author, "Add")
    expect(author.get_by_role("heading", name="Write: Approach")).to_be_visible()


def paste_and_write(author: Page, axe) -> None:
    """Word's own text becomes Markdown; a telephone number is marked until it is gone; then the text is saved."""
    tab_to(author, "id_body")
    paste(author, WORD)
    text, preview = author.get_by_label("Text", exact=True), author.locator("[data-preview]")
    expect(text).to_have_value(MARKDOWN)
    expect(preview.get_by_role("heading", name="Reach")).to_be_visible()  # saved, and shown anew
    expect(preview.get_by_role("listitem")).to_have_text(["Men"])
    axe(author)  # among others, no level of headings is skipped
    retype(author, "Ring Mrs Smith on 07700 900123")
    expect(author.locator("[data-personal] mark")).to_have_text("07700 900123")
    axe(author)
    retype(author, "We asked 52 people.")
    expect(author.locator("[data-personal] mark")).to_have_count(0)
    expect(preview).to_contain_text("We asked 52 people.")
    go(author, "Save and go to the next section")
    expect(author.get_by_text("“Approach” is saved.")).to_be_visible()
    expect(author.get_by_role("heading", name="Write: 1A")).to_be_visible()
    go(author, "Back to all sections")


def look_and_send_twice(author: Page, axe, address: str) -> None:
    """See it as the panel will, send it, withdraw it, and send it again."""
    author.goto(f"{address}write/")
    go(author, "See it as the panel will")
    expect(author.get_by_text("We asked 52 people.")).to_be_visible()
    expect(author.get_by_text("They rang me back.")).to_be_visible()
    axe(author)
    go(author, "Back to all sections")
    send(author, axe)
    go(author, "Withdraw from review")
    expect(author.get_by_text("You withdrew it from review.")).to_be_visible()


def return_it(lead: Page, axe, cast) -> None:
    """The lead returns it with a comment on its first section."""
    sign_in(lead, cast.lead)
    lead.goto("/my-work/")
    go(lead, "Accept or return case study 1: Falls clinic")
    expect(lead.get_by_role("heading", name="Accept or return it")).to_be_visible()
    axe(lead)
    tab_to(lead, "id_comment_1")
    lead.keyboard.type("Which people?")
    go(lead, "Return with comments")
    expect(lead.get_by_text("“Falls clinic” is returned with your comments.")).to_be_visible()


def answer_and_send(author: Page, axe) -> None:
    """The author answers the comment, changes the text and sends it again."""
    author.goto("/my-work/")
    expect(author.get_by_text("Returned to you")).to_be_visible()
    go(author, "Write case study 1: Falls clinic")
    expect(author.get_by_text("Which people?")).to_be_visible()
    axe(author)
    go(author, "Edit or reply")
    tab_to(author, "id_answer_")
    author.keyboard.type("Women over 75")
    tab_to(author, "id_body")
    retype(author, "We asked 52 women over 75.")
    expect(author.get_by_text("Saved at")).to_be_visible()
    axe(author)
    go(author, "Save and go to the next section")
    go(author, "Back to all sections")
    send(author, axe)


def accept_and_open(lead: Page, axe, review: str, address: str) -> None:
    """The lead reads the answer, accepts it and opens scoring."""
    lead.goto(f"{address}accept/")
    expect(lead.get_by_text("Arthur Author replied: Women over 75")).to_be_visible()
    axe(lead)
    go(lead, "Accept for the panel")
    expect(
        lead.get_by_text("Version 2 is accepted. The panel can read it once scoring opens.")
    ).to_be_visible()
    lead.goto(f"{address}versions/")
    axe(lead)
    open_scoring(lead, review)


def test_by_keyboard_alone_on_a_phone_from_writing_to_reading(new_page, axe, cast, problems):
    cast.move(stages.WRITING)
    review = f"/reviews/{cast.organisation.slug}/2026/"
    address = f"{review}case-studies/1/"
    author, lead, member = (new_page(width=320) for _ in range(3))

    add_a_section(author, axe, cast)
    axe(author)

    paste_and_write(author, axe)
    add_a_quote(author, axe)
    look_and_send_twice(author, axe, address)
    axe(author)
    send(author, axe)

    return_it(lead, axe, cast)

    answer_and_send(author, axe)

    sign_in(member, cast.member)
    member.goto(address)
    expect(member.get_by_role("heading", level=1)).to_have_text("Page not found")
    assert len(problems) == 1
    assert status_of(problems.pop()) == "404"
    accept_and_open(lead, axe, review, address)

    member.reload()
    expect(member.get_by_text("We asked 52 women over 75.")).to_be_visible()
    expect(member.get_by_text("They rang me back.")).to_be_visible()
    axe(member)
    go(member, "Approach")
    assert member.url.endswith("#section-2-approach")


def make(page: Page, name: str, *, choose: tuple[int, int] | None = None) -> str:
    """Press a button of the toolbar, with the part of the text chosen; the text after it."""
    text = page.get_by_label("Text", exact=True)
    if choose:
        text.evaluate("(box, [from, to]) => box.setSelectionRange(from, to)", list(choose))
    page.get_by_role("toolbar", name="Format the text").get_by_role("button", name=name, exact=True).click()
    return text.input_value()


def chosen(text: Locator) -> str:
    return text.evaluate("box => box.value.slice(box.selectionStart, box.selectionEnd)")


def test_buttons_write_markdown_and_the_keyboard_reaches_each(new_page, axe, cast):
    cast.move(stages.WRITING)
    section = cast.case_studies[0].sections.get(heading="Background")
    page = new_page(width=320)
    sign_in(page, cast.author)
    page.goto(f"/reviews/{cast.organisation.slug}/2026/case-studies/1/write/{section.pk}/")
    text = page.get_by_label("Text", exact=True)
    expect_no_wider(page, 320)
    axe(page)

    text.fill("Why\nMen\nWomen")
    assert make(page, "Bullet list", choose=(4, 13)) == "Why\n\n- Men\n- Women"
    assert make(page, "Numbered list", choose=(5, 18)) == "Why\n\n1. Men\n2. Women"
    assert make(page, "Numbered list", choose=(5, 20)) == "Why\n\nMen\nWomen"
    assert make(page, "Heading", choose=(1, 1)) == "## Why\n\nMen\nWomen"
    assert make(page, "Heading", choose=(3, 3)) == "Why\n\nMen\nWomen"
    assert make(page, "Bold", choose=(5, 8)) == "Why\n\n**Men**\nWomen"
    assert chosen(text) == "**Men**"
    assert make(page, "Bold") == "Why\n\nMen\nWomen"
    assert make(page, "Link", choose=(5, 8)) == "Why\n\n[Men](https://)\nWomen"
    page.keyboard.type("a.org")
    expect(text).to_have_value("Why\n\n[Men](https://a.org)\nWomen")
    text.fill("https://a.org")
    assert make(page, "Link", choose=(0, 13)) == "[words of the link](https://a.org)"
    assert chosen(text) == "words of the link"
    text.fill("Who came")
    table = "| Group | Number of people |\n| --- | --- |\n| … | … |\n| … | … |\n"
    assert make(page, "Table") == f"Who came\n\n{table}"
    assert chosen(text) == "Group"
    press(page, "Control+z")
    expect(text).to_have_value("Who came")
    tab_to(page, "Back to all sections")
    page.get_by_role("button", name="Heading", exact=True).focus()
    press(page, "ArrowRight", "ArrowRight", "Enter")
    expect(text).to_have_value("- Who came")
    expect(page.locator("[data-preview]").get_by_role("listitem")).to_have_text(["Who came"])  # saved
    text.focus()
    press(page, "Shift+Tab")
    expect(page.get_by_role("button", name="Bullet list")).to_be_focused()


def test_without_javascript_a_text_is_previewed_made_tidy_and_two_authors_lose_nothing(
    new_page, axe, cast, problems
):
    cast.move(stages.WRITING)
    section = cast.case_studies[0].sections.get(heading="Background")
    address = f"/reviews/{cast.organisation.slug}/2026/case-studies/1/write/{section.pk}/"
    author, lead = (new_page(javascript=False) for _ in range(2))
    for page, person in ((author, cast.author), (lead, cast.lead)):
        sign_in(page, person)
        page.goto(address)
    text = author.get_by_label("Text", exact=True)
    expect(author.get_by_role("toolbar")).to_be_hidden()
    text.fill("We meet:\n•\tMen\n•\tWomen")
    author.get_by_role("button", name="Tidy pasted text").click()
    expect(text).to_have_value("We meet:\n\n- Men\n- Women")
    author.get_by_role("button", name="Preview").click()
    expect(author.locator("[data-preview]").get_by_role("listitem")).to_have_text(["Men", "Women"])
    axe(author)
    lead.get_by_label("Text", exact=True).fill("We ask")
    lead.get_by_role("button", name="Save", exact=True).click()
    expect(lead.get_by_role("heading", name="Two versions of “Background”")).to_be_visible()
    axe(lead)
    lead.get_by_role("button", name="Add the saved version below mine").click()
    expect(lead.get_by_label("Text", exact=True)).to_have_value("We ask\n\nWe meet:\n\n- Men\n- Women")
    lead.get_by_role("button", name="Save this text").click()
    expect(lead.get_by_text("“Background” is saved.")).to_be_visible()
    assert len(problems) == 2  # the page with both texts answers 409, which browsers log
    assert all("409 (Conflict)" in problem for problem in problems)
    problems.clear()


def test_abbreviations_and_personal_data_have_pages_that_everybody_can_use(new_page, axe, cast):
    cast.move(stages.WRITING)
    cast.case_studies[0].sections.filter(heading="1A").update(body="Ring 07700 900123, says the ICB")
    base = f"/reviews/{cast.organisation.slug}/2026/case-studies/1/write/"
    page = new_page(javascript=False, width=320)
    sign_in(page, cast.lead)
    page.goto(f"{base}send/")
    expect(page.locator("mark")).to_have_text(["07700 900123"])
    axe(page)
    page.get_by_role("link", name="explain why it can stay").click()
    axe(page)
    page.get_by_label("Why can these words stay?").fill("It is the number of the clinic")
    page.get_by_role("button", name="Save the explanation").click()
    expect(page.get_by_text("Explained by Lena Lead")).to_be_visible()
    axe(page)
    page.goto(f"/organisations/{cast.organisation.slug}/abbreviations/")
    page.get_by_label("Abbreviation", exact=True).fill("ICB")
    page.get_by_label("What it means").fill("integrated care board")
    axe(page)
    page.get_by_role("button", name="Add").click()
    page.get_by_role("link", name="Change ICB").click()
    axe(page)
