"""The main job in a real browser: a member scores, the lead records what the panel agreed, the report downloads."""

import io

import pytest
from pypdf import PdfReader

from eds import stages
from scoring.models import AgreedScore, Score
from scoring.publishing.findings import review_findings
from tests.browser.steps import answer, close_scoring, expect_no_wider, sign_in, status_of

CODES = ("1A", "1B", "1C", "1D")
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without JavaScript"])
def somebody(request, new_page):
    """Opens the page of one more visitor, with or without JavaScript."""
    return lambda **options: new_page(javascript=request.param, **options)


def test_a_member_scores_leaves_one_out_is_told_which_and_submits(somebody, axe, cast):
    page = somebody()
    cast.like_one_page(cast.member)
    sign_in(page, cast.member)
    page.goto("/my-work/")
    axe(page)
    page.get_by_role("link", name="Score case study 1: Falls clinic").click()
    axe(page)
    answer(page, "1A", "0 Undeveloped", "No figures at all")
    answer(page, "1B", "2 Achieving", "Good plans")
    answer(page, "1C", "2 Achieving", "Training is up to date")
    page.get_by_role("button", name="Check your answers").click()

    summary = page.get_by_role("alert")
    summary.get_by_role("link").first.wait_for()
    assert summary.get_by_role("link").all_inner_texts() == ["Choose a score for 1D, or abstain"]
    assert page.locator("[data-answered-words]").inner_text() == "3 of 4 questions answered"
    axe(page)

    answer(page, "1D", "1 Developing", "Two quotes only")
    page.get_by_role("button", name="Check your answers").click()
    page.get_by_role("heading", name="Check your answers for Falls clinic").wait_for()
    assert "Your total: 5/12" in page.locator("main").inner_text()
    axe(page)
    page.get_by_role("button", name="Submit your scores").click()
    page.get_by_text("You submitted your scores for Falls clinic.").wait_for()
    axe(page)
    scores = Score.objects.filter(member__user=cast.member).order_by("outcome_area__code")
    assert [score.value for score in scores] == [0, 2, 2, 1]


def test_how_many_are_answered_follows_each_choice_and_no_points_are_shown(page, cast):
    cast.like_one_page(cast.member)
    sign_in(page, cast.member)
    page.goto(f"/reviews/{cast.organisation.slug}/2026/case-studies/1/score/")
    words = page.locator("[data-answered-words]")
    assert words.inner_text() == "0 of 4 questions answered"
    answer(page, "1A", "3 Excelling", "")
    assert words.inner_text() == "1 of 4 questions answered"
    answer(page, "1B", "I can’t judge this, so I abstain", "")
    assert words.inner_text() == "2 of 4 questions answered"
    answer(page, "1B", "1 Developing", "")
    assert words.inner_text() == "2 of 4 questions answered"
    assert "3 of 3" not in page.locator("main").inner_text()


def test_the_lead_records_agreed_scores_and_the_report_downloads_as_pdf(somebody, axe, cast):
    for number in (1, 2, 3):
        cast.score(cast.member, number, 0, 1, 2, 3)
        cast.score(cast.other, number, 3, 1, 1, None)
    page = somebody()
    sign_in(page, cast.lead)
    address = f"/reviews/{cast.organisation.slug}/2026/"
    close_scoring(page, address)
    page.goto(address)
    page.get_by_role("link", name="Record the scores that the panel agrees").click()
    axe(page)
    for number, scores in ((1, (2, 1, 1, 1)), (2, (1, 1, 1, 1)), (3, (1, 2, 2, 2))):
        page.get_by_role("link", name=f"Case study {number}:").click()
        for code, score in zip(CODES, scores, strict=True):
            page.get_by_role("group", name=f"{code}: agreed score").get_by_label(f"{score} ").check()
            page.get_by_label(f"{code}: the panel’s reason").fill(f"Agreed for {code}")
        page.get_by_label("Additional commentary").fill(f"Commentary on case study {number}")
        axe(page)
        page.get_by_role("button", name="Save agreed scores").click()
    assert "5/12, middle of 3: Falls clinic" in page.locator("main").inner_text()
    assert AgreedScore.objects.current().count() == 12

    page.goto(f"/reviews/{cast.organisation.slug}/2026/report/")
    axe(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="Download: PDF").click()
    pdf = PdfReader(io.BytesIO(download.value.path().read_bytes()))
    text = " ".join(" ".join(sheet.extract_text() for sheet in pdf.pages).split())
    for expected in (
        "5/12",
        "4/12",
        "7/12",
        "Falls clinic",
        "Eye screening",
        "Young carers",
        "Agreed for 1A",
    ):
        assert expected in text


def test_an_agreed_score_without_its_reason_is_refused_and_nothing_typed_is_lost(somebody, axe, cast):
    cast.move(stages.MEETING)
    page = somebody()
    sign_in(page, cast.lead)
    page.goto(f"/reviews/{cast.organisation.slug}/2026/moderation/1/")
    page.get_by_role("group", name="1A: agreed score").get_by_label("2 ").check()
    page.get_by_label("1B: the panel’s reason").fill("Typed without a score")
    page.get_by_role("button", name="Save agreed scores").click()
    assert page.get_by_role("alert").get_by_role("link").all_inner_texts() == [
        "Give the panel’s reason for 1A",
        "Choose the agreed score for 1B",
    ]
    assert page.get_by_label("1B: the panel’s reason").input_value() == "Typed without a score"
    axe(page)
    assert AgreedScore.objects.count() == 0


@pytest.mark.parametrize("width", [320, 1280])
def test_no_page_is_wider_than_the_screen_and_axe_finds_nothing(new_page, problems, axe, cast, width):
    cast.score(cast.member, 1, 0, 1, 2, 3)
    cast.move(stages.AGREED)
    review = f"/reviews/{cast.organisation.slug}/2026/"
    warning = next(point for point in review_findings(cast.review) if not point.is_error)
    pages = {
        cast.lead: [
            "/my-work/",
            "/reviews/",
            review,
            f"{review}stage/",
            f"{review}moderation/",
            f"{review}checks/",
            f"{review}checks/{warning.key}/",
            f"{review}recommendations/",
            f"{review}recommendations/add/",
        ],
        cast.reader: [f"{review}case-studies/1/", f"{review}report/", f"{review}moderation/", "/nowhere/"],
        cast.administrator: [
            "/my-work/",
            "/reviews/",
            "/frameworks/",
            f"/frameworks/{cast.review.framework_id}/",
        ],
        None: ["/", "/reports/", "/accessibility/", "/privacy/", "/account/login/"],
    }
    for person, addresses in pages.items():
        page = new_page(width=width)
        if person is not None:
            sign_in(page, person)
        if person == cast.reader:
            cast.move(stages.APPROVAL)
        for address in addresses:
            page.goto(address)
            axe(page)
            expect_no_wider(page, width)
    assert [status_of(problem) for problem in problems] == ["403", "404"]
    problems.clear()
