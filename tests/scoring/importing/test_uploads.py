"""Bringing in a report on the page: shown, corrected and confirmed before anything is stored."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.utils import timezone

from casestudies.models import Change, Organisation, ReportUpload, Review, Role
from eds.normal_form import without_origin
from reports.reading.docx.guard import LARGEST_FILE
from reports.writing.data.json_report import to_json
from scoring.review.content import report_content
from tests.cast import upload_of
from tests.reports.reading.docx.docx_files import Shape, word
from tests.reports.reading.docx.test_docx_hostile import FILES

pytestmark = pytest.mark.slow

LINES = (
    "Equality Delivery System 2024",
    "# Case study 1: Eye clinic",
    "# Background",
    "Open on Saturdays.",
    "# Access",
    "Near the bus.",
    "# Panel Scoring",
    "1A: Access: 2/3",
    "1B: 1/3",
    "Total: 3/12",
    "# Recommendations",
    "For the board.",
    "Data",
    "· Share it",
)
REPORT = word(*LINES)


@pytest.fixture
def lead(client, cast):
    client.force_login(cast.lead)
    return client


def send(client, data=REPORT, name="report.docx", **fields):
    organisation = Organisation.objects.get(slug="nhs-ambleford").pk
    file = SimpleUploadedFile(name, data)
    return client.post("/reviews/import/", {"file": file, "organisation": organisation, "year": ""} | fields)


def sent(client, *arguments, **fields) -> str:
    """The address of the preview."""
    response = send(client, *arguments, **fields)
    assert response.status_code == 302, response.content.decode()
    return response.url


def brought_in() -> Review:
    return Review.objects.get(year="2024")


def test_the_preview_shows_what_was_understood_and_stores_no_review(lead):
    page = lead.get(sent(lead)).content.decode()

    assert "Case study 1: Eye clinic" in page
    for words in ("Open on Saturdays.", "1A: 2", "3 of 6 so far, 2 outcomes not scored", "For the board."):
        assert words in page, words
    assert "Text among the recommendations that is no theme and no action" in page
    assert "has no agreed score for 1C" in page
    assert not Review.objects.filter(year="2024").exists()


def test_confirmed_it_is_a_review_with_its_trace_and_the_file_is_gone(lead, cast):
    address = sent(lead)
    response = lead.post(f"{address}confirm/")

    assert response.url == "/reviews/nhs-ambleford/2024/"
    content = report_content(brought_in())
    assert content.case_studies[0].sections[1].heading == "Access"
    assert content.case_studies[0].stated_total == 3
    assert ReportUpload.objects.count() == 0
    assert brought_in().case_studies.get().versions.get().made_by == cast.lead
    change = Change.objects.get(review=brought_in())
    assert (change.what, change.changed_by) == ("Imported from “report.docx”", cast.lead)
    assert lead.get(address).status_code == 404
    assert lead.post(f"{address}confirm/").status_code == 404


def test_what_the_person_corrects_is_stored(lead, cast):
    other = Organisation.objects.create(name="Fern Trust", slug="renamed-since")
    Role.objects.create(user=cast.lead, organisation=other, kind="equality_lead")
    address = sent(lead)
    about = {"organisation": other.pk, "year": "2023-24", "title": "Our EDS"}
    assert lead.post(f"{address}about/", about).status_code == 302
    case_study = {"title": "Eye screening", "area_0": "", "area_1": "1A"}
    scores = {"score_1A": "0", "score_1B": "", "score_1C": "3", "score_1D": ""}
    assert lead.post(f"{address}case-studies/1/", case_study | scores).status_code == 302
    places = lead.get(f"{address}lines/").context["form"]
    chosen = dict.fromkeys(places.fields, "")
    chosen[next(n for n, field in places.fields.items() if field.label == "For the board.")] = "1:0"
    assert lead.post(f"{address}lines/", chosen).status_code == 302
    assert "You put 1 into a section." in lead.get(address).content.decode()
    lead.post(f"{address}confirm/")

    review = Review.objects.get(organisation=other)
    (part,) = report_content(review).case_studies
    assert (review.year, review.title, part.title) == ("2023-24", "Our EDS", "Eye screening")
    assert [(one.outcome, one.body) for one in part.sections] == [
        (None, "Open on Saturdays.\n\nFor the board."),
        ("1A", "Near the bus."),
    ]
    assert {code: said.score for code, said in part.scores.items()} == {"1A": 0, "1C": 3}
    assert Organisation.objects.count() == 3


def test_lines_that_were_misread_are_corrected_or_left_out(lead):
    lines = [line.replace("1A: Access: 2/3", "1A: Access: two/3") for line in LINES]
    lines.insert(8, "1E: 2/3")
    address = sent(lead, word(*lines))
    page = lead.get(address).content.decode()
    assert "the score “two/3”; expected 0 to 3 out of 3, like 2/3" in page
    assert "Import this report" not in page
    assert lead.post(f"{address}confirm/").url == address
    assert not Review.objects.filter(year="2024").exists()

    assert lead.get(f"{address}mend/").context["form"].initial == {}
    lead.post(f"{address}mend/", {"line_0": "1A: Access: 7/3", "line_1": ""})
    assert "the score “7/3”" in lead.get(address).content.decode()
    lead.post(f"{address}mend/", {"line_0": "1A: Access: 2/3"})
    page = lead.get(address).content.decode()
    assert "You left it out" in page
    lead.post(f"{address}confirm/")
    scores = report_content(brought_in()).case_studies[0].scores
    assert {code: said.score for code, said in scores.items()} == {"1A": 2, "1B": 1}


def test_a_report_without_a_year_asks_for_it(lead):
    address = sent(lead, word("Our report", *LINES[1:]))
    assert "No year; expected one like 2024" in lead.get(address).content.decode()
    organisation = Organisation.objects.get(slug="nhs-ambleford").pk
    wrong = lead.post(f"{address}about/", {"organisation": organisation, "year": "24"})
    assert "Enter a year like 2024, or 2024-25" in wrong.content.decode()
    lead.post(f"{address}about/", {"organisation": organisation, "year": "2024", "title": ""})
    lead.post(f"{address}confirm/")
    assert brought_in().title == "Our report"


def test_text_and_json_are_brought_in_too(lead):
    text = "\n".join(line.removeprefix("# ") for line in LINES).encode()
    lead.post(f"{sent(lead, text, 'report.txt')}confirm/")
    content = report_content(brought_in())
    exported = to_json(content).replace("2024", "2023").encode()
    lead.post(f"{sent(lead, exported, 'Report.JSON')}confirm/")
    again = report_content(Review.objects.get(year="2023"))
    assert without_origin(again).case_studies == without_origin(content).case_studies
    assert {part.imported_from for part in again.case_studies} == {"Report.JSON"}


def test_bringing_in_twice_does_not_double_and_another_report_is_refused(lead):
    lead.post(f"{sent(lead)}confirm/")
    response = lead.post(f"{sent(lead)}confirm/", follow=True)
    assert "was already imported. Nothing was changed." in response.content.decode()
    other = sent(lead, word(*[line.replace("Saturdays", "Sundays") for line in LINES]))
    refused = lead.post(f"{other}confirm/", follow=True)
    assert "There is a 2024 review of NHS Ambleford already, and it says something else" in (
        refused.content.decode()
    )
    assert Review.objects.filter(year="2024").count() == 1


def test_the_real_report_is_the_same_by_the_page_as_by_the_command(lead, seed_report_path):
    source = seed_report_path.read_text(encoding="utf-8")
    address = sent(lead, Shape().made(source))
    page = lead.get(address).content.decode()
    assert "Severe Mental Illness (SMI)" in page
    assert "7/12" in page
    lead.post(f"{address}confirm/")
    lead.post(f"{sent(lead, source.encode(), 'a.txt', year='2023')}confirm/")
    first, second = (report_content(Review.objects.get(year=year)) for year in ("2024", "2023"))
    assert without_origin(first).case_studies == without_origin(second).case_studies
    assert first.recommendations == second.recommendations


# What is refused


@pytest.mark.parametrize("name", FILES)
def test_a_harmful_file_is_refused_on_the_page_and_not_kept(lead, name):
    response = send(lead, FILES[name][0])
    assert response.status_code == 200
    assert len(response.context["form"].errors["file"]) == 1
    assert ReportUpload.objects.count() == 0


def test_the_limit_of_the_server_counts_too(lead, settings):
    settings.EVIDENCE_MAX_BYTES = 1024**2
    response = send(lead, b"x" * (1024**2 + 1), "report.txt")
    assert "The file must be at most 1 MB" in response.context["form"].errors["file"][0]
    assert ReportUpload.objects.count() == 0


@pytest.mark.parametrize(
    ("data", "name", "message"),
    [
        (b"", "report.docx", "The file is empty"),
        (b"x" * (LARGEST_FILE + 1), "report.txt", "The file must be at most 20 MB"),
        (REPORT, "report.doc", "Choose a file whose name ends in .docx, .txt, .json"),
        (REPORT, "report.txt", "The file is a Word file, whatever its name says"),
        (b"{", "report.json", "not JSON"),
        (b"EDS 2024\nCase study 1: A\nB\x00\n", "report.txt", "a null character"),
        (b"Hello", "report.txt", "No case study; expected a line like"),
    ],
)
def test_another_file_is_refused_on_the_page_and_not_kept(lead, data, name, message):
    response = send(lead, data, name)
    assert message in response.context["form"].errors["file"][0]
    assert ReportUpload.objects.count() == 0


def test_an_upload_is_only_the_persons_own(lead, client, cast):
    Role.objects.create(
        user=cast.reader, organisation=cast.organisation, kind="equality_lead"
    )  # another lead of it
    address = sent(lead)
    for user in (cast.reader, cast.administrator, cast.stranger, cast.author):
        client.force_login(user)
        pages = (
            "",
            "about/",
            "case-studies/1/",
            "case-studies/add/",
            "lines/",
            "mend/",
            "questions/",
            "file/",
        )
        for page in pages:
            assert client.get(address + page).status_code == 404, (user, page)
        for action in ("confirm/", "discard/", "leave-out/", *pages[1:-1]):
            assert client.post(address + action).status_code == 404, (user, action)
    client.logout()
    assert client.get(address).url.startswith("/account/login/")
    assert ReportUpload.objects.count() == 1
    assert client.get(f"/reviews/import/{uuid4()}/").status_code == 302


def test_a_report_is_only_of_ones_own_organisation(lead, cast):
    elsewhere = Organisation.objects.get(slug="withy-trust")
    response = send(lead, organisation=elsewhere.pk)
    assert response.status_code == 200
    assert ReportUpload.objects.count() == 0
    address = sent(lead)
    lead.post(f"{address}about/", {"organisation": elsewhere.pk, "year": "2024", "title": ""})
    assert ReportUpload.objects.get().organisation == cast.organisation


def test_who_leads_no_longer_brings_in_nothing(lead, cast):
    address = sent(lead)
    cast.lead.roles.all().delete()
    assert lead.get(address).status_code == 404
    assert lead.post(f"{address}confirm/").status_code == 404


def test_an_upload_expires_and_is_deleted_by_the_next(lead, cast):
    address = sent(lead)
    ReportUpload.objects.update(uploaded_at=timezone.now() - timedelta(hours=24))
    assert lead.get(address).status_code == 404
    assert lead.post(f"{address}confirm/").status_code == 404
    upload_of(cast.stranger, Organisation.objects.get(slug="withy-trust"))
    assert [row.user for row in ReportUpload.objects.all()] == [cast.stranger]


def test_a_command_deletes_what_expired(cast, capsys):
    upload_of(cast.stranger, cast.organisation)
    ReportUpload.objects.update(uploaded_at=timezone.now() - timedelta(hours=25))
    upload_of(cast.lead, cast.organisation)
    ReportUpload.objects.create(
        user=cast.stranger,
        organisation=cast.organisation,
        name="a",
        data=b"",
        uploaded_at=timezone.now() - timedelta(days=2),
    )
    call_command("clear_uploads")
    assert capsys.readouterr().out == "1 uploads deleted.\n"
    assert [row.user for row in ReportUpload.objects.all()] == [cast.lead]


def test_a_person_keeps_five_at_most(lead, cast):
    mine = upload_of(cast.stranger, cast.organisation)
    kept = [sent(lead) for _ in range(6)]
    assert ReportUpload.objects.filter(user=cast.lead).count() == 5
    assert lead.get(kept[0]).status_code == 404
    assert lead.get(kept[1]).status_code == 200
    assert ReportUpload.objects.filter(pk=mine.pk).exists()


def test_an_upload_is_thrown_away(lead):
    address = sent(lead)
    assert lead.get(f"{address}discard/").status_code == 405
    assert lead.post(f"{address}discard/").url == "/reviews/import/"
    assert ReportUpload.objects.count() == 0


def test_what_the_file_says_is_shown_as_text(lead):
    lines = [line.replace("Open on Saturdays.", "<script>alert(1)</script>") for line in LINES]
    page = lead.get(sent(lead, word(*lines), "<b>.docx")).content.decode()
    assert "<script>alert" not in page
    assert "<b>.docx" not in page
    assert "&lt;script&gt;alert(1)" in page
