"""All published results as open data, the feed of new reports, and the search over them."""

import csv
import json
from io import StringIO

import pytest
from django.utils import timezone
from lxml import etree

from casestudies.models import Organisation, Review
from eds import stages
from reports.writing.data import csv_report as report_csv
from reports.writing.data import open_data
from scoring.models import DomainChoice, Publication
from scoring.review.stages.case_studies import move_case_study
from scoring.review.stages.reviews import move_review
from tests.cast import make_cast
from tests.prepare import record_agreed_score

pytestmark = pytest.mark.slow

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def published(db):
    """A published report with scores of 2, and an unpublished one with scores of 1 that nobody may see."""
    cast = make_cast(stage=stages.MEETING)
    for case_study in cast.case_studies:
        for area in case_study.domain.outcome_areas.all():
            record_agreed_score(
                case_study=case_study,
                outcome_area=area,
                value=2,
                rationale="=AGREED()",
                recorded_by=cast.lead,
            )
    cast.publish()
    other = Organisation.objects.create(name="Secret Trust", slug="secret-trust")
    Review.objects.create(
        organisation=other, framework=cast.review.framework, year="2025", stage=stages.APPROVAL
    )
    return cast


def correct(cast, value):
    """Publish the report again after one score was changed."""
    move_review(review=cast.review, to=stages.OPEN, moved_by=cast.lead)
    first = cast.case_studies[0]
    move_case_study(case_study=first, to=stages.MEETING, moved_by=cast.lead, note="Read out wrongly")
    area = cast.case_studies[0].domain.outcome_areas.get(code="1A")
    record_agreed_score(
        case_study=cast.case_studies[0],
        outcome_area=area,
        value=value,
        rationale="New",
        recorded_by=cast.lead,
    )
    DomainChoice.objects.filter(review=cast.review).update(case_study=cast.case_studies[1])
    cast.publish()


def also_published(cast, name, year):
    """The same report, published by another organisation for another year."""
    organisation, _ = Organisation.objects.get_or_create(name=name, slug=name.lower().replace(" ", "-"))
    row = Publication.objects.filter(review=cast.review).latest("number")
    said = json.loads(row.content)
    said["organisation"]["name"], said["year"], said["title"] = name, year, None
    row.pk, row.content, row.published_at = None, json.dumps(said), timezone.now()
    row.review = Review.objects.create(
        organisation=organisation, framework=cast.review.framework, year=year, stage=stages.PUBLISHED
    )
    row.save()


def rows(client):
    data = b"".join(client.get("/reports/results.csv"))
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(StringIO(data.decode("utf-8-sig"), newline="")))


def objects(client):
    return json.loads(b"".join(client.get("/reports/results.json")))


def test_the_csv_holds_every_published_result_and_no_other(client, published):
    found = rows(client)
    assert (
        tuple(found[0]) == open_data.COLUMNS == ("report", "publication", "published_on", *report_csv.COLUMNS)
    )
    assert {row["report"] for row in found} == {"http://testserver/reports/nhs-ambleford/2026/"}
    assert [row["record"] for row in found].count("outcome") == 12
    assert {row["points"] for row in found if row["record"] == "outcome"} == {"2"}
    assert {row["reason"] for row in found if row["record"] == "outcome"} == {"'=AGREED()"}
    (overall,) = (row for row in found if row["record"] == "overall")
    assert (overall["state"], overall["reason"]) == ("no_total", "not rated: 1 of 3 domains scored")


def test_the_json_holds_the_same_results(client, published):
    found = objects(client)
    assert found["format"] == "eds-results/1"
    (report,) = found["reports"]
    publication = Publication.objects.get()
    assert (report["report"], report["publication"], report["sha256"]) == (
        *("http://testserver/reports/nhs-ambleford/2026/", 1),
        publication.sha256,
    )
    assert report["organisation"] == {"name": "NHS Ambleford", "ods_code": "QZZ", "kind": "icb", "ics": None}
    assert (report["year"], report["framework"], report["title"]) == ("2026", "EDS 2022", "EDS 2026")
    assert [study["title"] for study in report["case_studies"]] == [
        "Falls clinic",
        "Eye screening",
        "Young carers",
    ]
    assert report["case_studies"][0]["scores"]["1A"] == {"score": 2, "rationale": "=AGREED()"}
    assert report["results"] == json.loads(publication.content)["results"]
    assert set(report["case_studies"][0]) == {"number", "domain", "title", "scores"}


def test_csv_and_json_say_the_same_totals(client, published):
    correct(published, 0)
    by_csv = {
        (row["year"], row["case_study"]): (row["points"], row["out_of"])
        for row in rows(client)
        if row["record"] == "case_study"
    }
    by_json = {
        (report["year"], str(result["number"])): (str(result["total"]), str(result["out_of"]))
        for report in objects(client)["reports"]
        for result in report["results"]["case_studies"]
    }
    assert by_csv == by_json
    assert by_csv["2026", "1"] == ("6", "12")


def test_a_correction_takes_the_place_of_what_it_corrects(client, published):
    correct(published, 0)
    assert {row["publication"] for row in rows(client)} == {"2"}
    assert [row["points"] for row in rows(client) if row["outcome"] == "1A"] == ["0", "2", "2"]
    assert [report["publication"] for report in objects(client)["reports"]] == [2]


def test_without_any_report_the_files_are_whole(client, db):
    assert rows(client) == []
    assert objects(client) == {"format": "eds-results/1", "reports": []}
    assert etree.fromstring(client.get("/reports/feed.xml").content).findall(f"{ATOM}entry") == []


@pytest.mark.parametrize("path", ["/reports/results.csv", "/reports/results.json", "/reports/feed.xml"])
def test_a_file_is_sent_again_only_after_something_was_published(client, published, path):
    first = client.get(path)
    again = client.get(path, headers={"if-none-match": first["ETag"]})
    assert (first.status_code, again.status_code, again.content) == (200, 304, b"")
    correct(published, 1)
    assert client.get(path, headers={"if-none-match": first["ETag"]}).status_code == 200


@pytest.mark.parametrize("reports", [1, 3])
def test_the_files_take_two_queries_however_many_reports(
    client, published, reports, django_assert_num_queries
):
    for year in range(2000, 2000 + reports - 1):
        also_published(published, "Withy Trust", str(year))
    with django_assert_num_queries(2):
        assert len(objects(client)["reports"]) == reports
    with django_assert_num_queries(2):
        assert len({row["report"] for row in rows(client)}) == reports


def test_the_feed_names_each_new_report(client, published):
    also_published(published, "Withy Trust", "2025")
    response = client.get("/reports/feed.xml")
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    root = etree.fromstring(response.content)
    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == "en-GB"
    entries = root.findall(f"{ATOM}entry")
    assert [entry.findtext(f"{ATOM}title") for entry in entries] == [
        "Withy Trust, 2025: Equality Delivery System report 2025",
        "NHS Ambleford, 2026: EDS 2026",
    ]
    assert entries[1].find(f"{ATOM}link").get("href") == "http://testserver/reports/nhs-ambleford/2026/"
    assert entries[1].findtext(f"{ATOM}summary") == "Overall rating: not rated: 1 of 3 domains scored"
    published_at = Publication.objects.get(review=published.review).published_at
    assert entries[1].findtext(f"{ATOM}updated")[:19] == published_at.isoformat()[:19]
    assert (
        root.findtext(f"{ATOM}updated")[:16] == Publication.objects.latest("pk").published_at.isoformat()[:16]
    )


def test_a_correction_is_a_new_entry_of_the_feed(client, published):
    first = etree.fromstring(client.get("/reports/feed.xml").content).findtext(f"{ATOM}entry/{ATOM}id")
    correct(published, 1)
    then = etree.fromstring(client.get("/reports/feed.xml").content).findtext(f"{ATOM}entry/{ATOM}id")
    assert (first[-14:], then[-14:]) == ("#publication-1", "#publication-2")


# Search


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["NHS Ambleford 2026", "Withy Trust 2026", "Withy Trust 2025"]),
        ("body=withy", ["Withy Trust 2026", "Withy Trust 2025"]),
        ("body=trust+WITHY", ["Withy Trust 2026", "Withy Trust 2025"]),
        ("year=2026", ["NHS Ambleford 2026", "Withy Trust 2026"]),
        ("body=withy&year=2025", ["Withy Trust 2025"]),
        ("body=100%25", []),
        ("body=secret", []),
    ],
)
def test_reports_are_found_by_body_and_year(client, published, query, found):
    for year in ("2025", "2026"):
        also_published(published, "Withy Trust", year)
    page = client.get(f"/reports/?{query}")
    rows = page.context["page"].object_list
    assert [f"{row.review.organisation} {row.review.year}" for row in rows] == found
    assert ("No published reports match your search." in page.content.decode()) == (found == [])
    assert "Secret Trust" not in page.content.decode()


def test_the_years_to_choose_from_are_those_of_published_reports(client, published):
    also_published(published, "Withy Trust", "2026")
    form = client.get("/reports/").context["form"]
    assert form.fields["year"].choices == [("", "All years"), ("2026", "2026")]


def test_a_year_without_reports_is_refused_in_words(client, published):
    page = client.get("/reports/?year=1999").content.decode()
    assert "Select one of the answers for “Year”" in page


def test_the_description_of_the_data_is_a_page(client, db):
    page = client.get("/reports/data/").content.decode()
    assert page.count("<h1") == 1
    assert "<h2>The CSV files</h2>" in page
    assert "<code>self_assessment_points</code>" in page
