"""A case study made for a panel to read: contents, evidence beside the claim, abbreviations, how long it takes."""

import pytest

from casestudies.writing.reading import Reading
from eds import stages
from eds.text.markdown import Abbreviations, to_html
from tests.prepare import mark_ready

MEANINGS = {
    "ICB": "integrated care board",
    "LGBTQ+": 'lesbian, gay, "bi" & more',
    "NHS": "National Health Service",
}


def content(*sections, evidence=()):
    return {
        "title": "Falls clinic",
        "sections": [{"heading": h, "outcome": o, "body": body} for h, o, body in sections],
        "evidence": list(evidence),
    }


def item(title, *outcomes, date=""):
    empty = {"kind": "link", "text": "", "url": "", "source": "", "groups": []}
    return empty | {"title": title, "date": date, "outcomes": list(outcomes)}


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("The ICB and the ICB", '<p>The <abbr title="integrated care board">ICB</abbr> and the ICB</p>\n'),
        ("Our ICBs, icb", "<p>Our ICBs, icb</p>\n"),
        (
            "For LGBTQ+ people",
            '<p>For <abbr title="lesbian, gay, &quot;bi&quot; &amp; more">LGBTQ+</abbr> people</p>\n',
        ),
        ("`ICB` <ICB>", '<p><code>ICB</code> &lt;<abbr title="integrated care board">ICB</abbr>&gt;</p>\n'),
        ("**ICB**", '<p><strong><abbr title="integrated care board">ICB</abbr></strong></p>\n'),
    ],
)
def test_an_abbreviation_is_explained_where_it_is_used_first(markdown, html):
    assert to_html(markdown, abbreviations=Abbreviations(MEANINGS)) == html


@pytest.mark.parametrize(
    "hostile", ['"><script>alert(1)</script>', "<img src=x onerror=alert(1)>", "javascript:x"]
)
def test_no_meaning_harms(hostile):
    html = to_html(f"An ICB and {hostile}", abbreviations=Abbreviations({"ICB": hostile, "<img": hostile}))
    assert "<script" not in html
    assert "<img" not in html


def test_in_a_whole_case_study_each_is_explained_once_and_listed():
    said = content(("Background", None, "The ICB"), ("1A", "1A", "The ICB and the NHS"))
    reading = Reading.of(said, meanings=MEANINGS)
    assert [section.html.count("<abbr") for section in reading.sections] == [1, 1]
    assert reading.abbreviations == (("ICB", "integrated care board"), ("NHS", "National Health Service"))
    assert Reading.of(said).abbreviations == ()


def test_evidence_stands_beside_the_first_section_of_its_outcome_area():
    survey, audit, other = (
        item("Survey", "1A", "1B", date="2025-02"),
        item("Audit", "1A"),
        item("Letter", "1D"),
    )
    loose = item("Leaflet")
    said = content(
        ("Background", None, ""),
        ("1A", "1A", ""),
        ("More on 1A", "1A", ""),
        ("1B", "1B", ""),
        evidence=[survey, audit, other, loose],
    )
    reading = Reading.of(said, codes=["1A", "1B", "1C", "1D"])
    beside = [[each["title"] for each in section.evidence] for section in reading.sections]
    assert beside == [[], ["Survey", "Audit"], [], ["Survey"]]
    assert [each["title"] for each in reading.evidence] == ["Letter", "Leaflet"]
    assert reading.sections[1].evidence[0]["day"] == "February 2025"
    assert [(each.code, each.anchor, each.evidence) for each in reading.outcomes] == [
        ("1A", "section-2-1a", 2),
        ("1B", "section-4-1b", 1),
        ("1C", "", 0),
        ("1D", "", 1),
    ]


@pytest.mark.parametrize(("words", "minutes"), [(0, 1), (200, 1), (201, 2), (1000, 5)])
def test_how_long_it_takes_to_read(words, minutes):
    reading = Reading.of(content(("A", None, "**word** " * words)))
    assert (reading.words, reading.minutes) == (words, minutes)


def test_the_page_links_to_each_outcome_area_without_a_script(client, cast):
    row = cast.case_studies[0]
    cast.organisation.abbreviations.create(short="GP", meaning="general practitioner")
    row.sections.filter(heading="1A").update(body="Each GP knows")
    found = row.evidence.create(position=1, kind="link", title="Survey of GPs", url="https://example.org/s")
    found.outcome_areas.set([row.domain.outcome_areas.get(code="1A")])
    mark_ready(case_study=row, made_by=cast.lead)
    client.force_login(cast.member)
    cast.like_one_page(cast.member)
    base = f"/reviews/{cast.organisation.slug}/2026/case-studies/1/"
    for page in (base, base + "score/"):
        text = client.get(page).content.decode()
        assert '<a href="#section-2-1a">1A</a>' in text
        assert "1B, no section" in text
        assert '<abbr title="general practitioner">GP</abbr>' in text
        assert "About 1 minute to read" in text
        beside = text.partition("Evidence for 1A</strong>")[2].partition("</aside>")[0]
        assert '<a href="https://example.org/s">Survey of GPs</a>' in beside


def test_abbreviations_are_looked_after_by_the_lead(client, cast):
    client.force_login(cast.lead)
    page = f"/organisations/{cast.organisation.slug}/abbreviations/"
    assert "You have not added any abbreviations." in client.get(page).content.decode()
    assert client.post(page, {"short": "ICB", "meaning": "integrated care board"}).url == page
    assert list(client.post(page, {"short": "ICB", "meaning": "x"}).context["form"].errors) == ["short"]
    assert list(client.post(page, {"short": "I CB", "meaning": ""}).context["form"].errors) == [
        "short",
        "meaning",
    ]
    row = cast.organisation.abbreviations.get()
    assert client.post(f"{page}{row.pk}/", {"short": "ICB", "meaning": "a board"}).url == page
    row.refresh_from_db()
    assert row.meaning == "a board"
    other = type(row).objects.create(organisation_id=cast.organisation.pk, short="GP", meaning="doctor")
    taken = client.post(f"{page}{row.pk}/", {"short": "GP", "meaning": "x"})
    assert list(taken.context["form"].errors) == ["short"]
    client.post(f"{page}{other.pk}/remove/")
    assert list(cast.organisation.abbreviations.values_list("short", flat=True)) == ["ICB"]


def test_abbreviations_of_another_organisation_are_not_reached(client, cast):
    row = cast.organisation.abbreviations.create(short="ICB", meaning="integrated care board")
    client.force_login(cast.stranger)
    for place in ("", f"{row.pk}/", f"{row.pk}/remove/"):
        address = f"/organisations/{cast.organisation.slug}/abbreviations/{place}"
        assert client.post(address, {"short": "X", "meaning": "y"}).status_code == 404
    elsewhere = cast.stranger.roles.get().organisation
    own = f"/organisations/{elsewhere.slug}/abbreviations/{row.pk}/"
    assert client.get(own).status_code == 404
    row.refresh_from_db()
    assert row.short == "ICB"


def test_the_page_of_a_case_study_costs_the_same_however_much_it_says(
    client, cast, django_assert_num_queries
):
    row = cast.case_studies[0]
    cast.move(stages.SCORING)
    client.force_login(cast.member)
    for number in range(2):
        with django_assert_num_queries(10):
            client.get(f"/reviews/{cast.organisation.slug}/2026/case-studies/1/")
        for position in (10, 11, 12):
            row.sections.create(position=position + 10 * number, heading="1B", body="More")
            row.evidence.create(position=position + 10 * number, kind="quote", text="Said")
        cast.organisation.abbreviations.create(short=f"A{number}", meaning="x")
        mark_ready(case_study=row, made_by=cast.lead)
