"""Thirty written questions, and the part of a published report that has to come first; on both databases."""

from pathlib import Path

import pytest

from casestudies.models import Framework, Organisation, Review
from eds import stages
from eds.editions import load
from edsportal.accounts.models import User
from reports.writing.data.json_report import from_json
from scoring.publishing.actions import publish

REPORTS = Path(__file__).resolve().parents[3] / "edsportal/demo/reports"
YEARS = ("2023", "2024", "2025")
FIRST = {
    # words of a title: the newest case study of that name, from its beginning
    "talking therapy in pregnancy": "2023#case-study-1-section-1",
    "interpreting": "2023#case-study-2-section-1",
    "wheelchair service": "2023#case-study-3-section-1",
    "diabetic eye screening": "2024#case-study-1-section-1",
    "hospital at home": "2024#case-study-2-section-1",
    "dental care": "2024#case-study-3-section-1",
    "health checks learning disability": "2025#case-study-1-section-1",
    "cancer screening": "2025#case-study-2-section-1",
    "leadership statement": "2024#case-study-5-section-1",
    # other forms of the words
    "interpreters": "2023#case-study-2-section-1",
    "Wheelchairs": "2023#case-study-3-section-1",
    "urgent dentist": "2024#case-study-3-section-1",
    # what only one part says
    "children interpreted for a parent": "2023#case-study-2-section-5",
    "footplate": "2023#case-study-3-section-5",
    "safeguarding training": "2023#case-study-1-section-5",
    "camera in care homes": "2024#case-study-1-evidence",
    "night sitters": "2024#case-study-2-section-3",
    "halal kosher menus": "2024#case-study-2-section-4",
    "panel thanks the crew": "2024#case-study-3-commentary",
    "replace the token box": "2024#action-5",
    "the lights buzz": "2025#case-study-1-evidence",
    "laboratory turned away samples": "2025#case-study-2-section-5",
    # slips
    "interperting": "2023#case-study-2-section-1",
    "weelchair service": "2023#case-study-3-section-1",
    "diabetic eye screning": "2024#case-study-1-section-1",
    "hospitl at home": "2024#case-study-2-section-1",
    "dentel care": "2024#case-study-3-section-1",
    "learning disabilty health checks": "2025#case-study-1-section-1",
    "saftey footplate": "2023#case-study-3-section-5",
    "halal koshre": "2024#case-study-2-section-4",
}


@pytest.fixture
def published(db) -> None:
    """Three years of one organisation, without any file of them."""
    person = User.objects.create_user(email="lena@example.org", name="Lena Lead", password=None)
    organisation = Organisation.objects.create(name="NHS Fenbridge", slug="nhs-fenbridge", ods_code="QZ9")
    framework = Framework.objects.get(name="EDS 2022")
    for year in YEARS:
        content = from_json((REPORTS / f"fenbridge-{year}.json").read_bytes(), load)
        review = Review.objects.create(
            organisation=organisation, framework=framework, year=year, stage=stages.PUBLISHED
        )
        publish(review=review, content=content, files=[], published_by=person)


@pytest.mark.both
def test_each_of_thirty_questions_finds_its_part_first(client, published):
    assert len(FIRST) == 30
    pages, got = {}, {}
    for question in FIRST:
        hits = client.get("/search/", {"q": question}).context["hits"]
        address = hits[0].address if hits else ""
        got[question] = address.removeprefix("/reports/nhs-fenbridge/").replace("/#", "#")
        page, _, anchor = address.partition("#")
        pages.setdefault(page, set()).add(anchor)
    assert got == FIRST
    for page, anchors in pages.items():  # and the report has such a part, once
        html = client.get(page).content.decode()
        assert {anchor: html.count(f'id="{anchor}"') for anchor in anchors} == dict.fromkeys(anchors, 1)


@pytest.mark.both
def test_a_search_can_be_limited_and_knows_codes_and_slips_it_may_tell(client, published):
    def found(**limits) -> list[str]:
        return [hit.address for hit in client.get("/search/", {"q": "screening"} | limits).context["hits"]]

    assert {address[:28] for address in found()} == {
        "/reports/nhs-fenbridge/2024/",
        "/reports/nhs-fenbridge/2025/",
    }
    assert {address[:28] for address in found(year="2024")} == {"/reports/nhs-fenbridge/2024/"}
    assert {address.rpartition("-")[2][:6] for address in found(kind="commentary")} == {"commen"}
    assert found(organisation="qz9") == found(organisation="Fenbridge") == found() != []
    assert found(organisation="Withy") == []
    page = client.get("/search/", {"q": "qz9 2024"})
    assert [str(one.review) for one in page.context["reports"]] == ["NHS Fenbridge 2024"]
    page = client.get("/search/", {"q": "interperting"}).content.decode()
    assert "We found nothing for “interperting”, so we searched for “interpreting”." in page
    assert "Enter a year, like 2026" in client.get("/search/", {"q": "x", "year": "1"}).content.decode()


@pytest.mark.both
def test_a_slip_never_leads_to_a_word_that_the_person_may_not_see(client, cast):
    cast.change_text(1, "We bought a xylophone")
    for person, corrected in ((cast.member, ["xylophone"]), (cast.stranger, []), (None, [])):
        client.logout()
        if person:
            client.force_login(person)
        page = client.get("/search/", {"q": "xylohpone"})
        assert [one.meant for one in page.context["corrections"]] == corrected
        assert ("xylophone" in page.content.decode()) == bool(corrected)
