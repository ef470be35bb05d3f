"""“Check a report”: anybody gives a file and reads what to fix; nothing is stored."""

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile

from casestudies.models import Organisation, ReportUpload, Review
from reports.writing.docx.report import to_docx
from scoring.importing.check_views import CHECKS, LARGEST
from tests.reports.reading.docx.docx_files import saved
from tests.reports.reading.docx.test_docx_hostile import FILES
from tests.reports.reading.template.template_files import CODES, domain_table, report, statement, table
from tests.reports.samples import FULL

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
ADDRESS = "/check-a-report/"


@pytest.fixture(autouse=True)
def nothing_counted():
    cache.clear()


def check(client, data, name="report.docx"):
    return client.post(ADDRESS, {"file": SimpleUploadedFile(name, data)})


def maternity() -> bytes:
    document = report()
    document.add_heading("Domain 1: Commissioned or provided services – Maternity", 1)
    domain_table(document, ["2", "1", "N/A", "Splendid"], overall="9")
    return saved(document)


def test_the_page_says_in_plain_words_what_to_fix(client):
    page = check(client, maternity()).content.decode()
    assert 'We read “<span class="app-typed">report.docx</span>” and did not keep it.' in page
    assert "1A: 2, 1B: 1, 1C: not scored" in page
    assert "1C is read as not scored" in page
    assert "not a rating of 1D that we understand" in page
    assert "Fix these before you publish" in page
    assert "Not in the file" in page  # the organisation


def test_nothing_is_stored(client):
    before = (Organisation.objects.count(), Review.objects.count())
    assert check(client, maternity()).status_code == 200
    assert check(client, to_docx(FULL)).status_code == 200
    assert (Organisation.objects.count(), Review.objects.count(), ReportUpload.objects.count()) == (
        *before,
        0,
    )
    assert "sessionid" not in client.cookies


def test_tables_in_own_words_are_checked_as_far_as_they_are_understood(client):
    document = report()
    rows = [(statement(code), f"For {code}.", "Good") for code in CODES[1]]
    table(document, [("Standard", "What we found", "Our view"), *rows])
    page = check(client, saved(document)).content.decode()
    assert "We were not sure how to read some tables." in page


@pytest.mark.parametrize("name", FILES)
def test_a_harmful_file_is_refused(client, name):
    response = check(client, FILES[name][0])
    assert len(response.context["form"].errors["file"]) == 1


@pytest.mark.parametrize(
    ("data", "name", "message"),
    [
        (b"", "report.docx", "The file is empty"),
        (b"x" * (LARGEST + 1), "report.txt", "The file must be at most 5 MB"),
        (b"x", "report.pdf", "Choose a file whose name ends in .docx, .txt, .json"),
        (b"Hello", "report.txt", "No case study; expected a line like"),
    ],
)
def test_another_file_is_refused_with_what_to_do(client, data, name, message):
    assert message in check(client, data, name).context["form"].errors["file"][0]


def test_one_network_address_checks_thirty_files_in_ten_minutes(client):
    for _ in range(CHECKS.limit):
        assert CHECKS.take("127.0.0.1")
    response = check(client, maternity())
    assert response.status_code == 429
    assert "Too many attempts" in response.content.decode()
    assert client.get(ADDRESS).status_code == 200


def test_what_the_file_says_is_shown_as_text(client):
    document = report("<script>alert(1)</script>")
    document.add_heading("Case study 1: <b>Clinic</b>", 1)
    document.add_paragraph("1A: 2/3")
    page = check(client, saved(document), "<i>.docx").content.decode()
    assert "<script>alert" not in page
    assert "<b>Clinic" not in page
    assert "<i>.docx" not in page
