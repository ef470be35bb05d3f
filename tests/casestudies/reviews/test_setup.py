"""The equality lead starts a review, fills in its header and says which case studies it has."""

import datetime

import pytest

from casestudies.models import Change, Organisation, Review, Role, Section
from casestudies.reviews.actions import remove_case_study
from eds import stages
from edsportal.nhsuk.text_fields import DayOrMonthField, DaysField, LinesField, read_day, read_month, say
from edsportal.web.refusals import NotPossible
from scoring.models import Recommendation, Theme
from tests.cast import person
from tests.prepare import add_case_study


@pytest.fixture
def address(cast) -> str:
    return f"/reviews/{cast.organisation.slug}/2026/"


@pytest.fixture
def lead(client, cast):
    cast.move(stages.WRITING)
    client.force_login(cast.lead)
    return client


def test_next_years_review_keeps_the_header_and_takes_over_the_recommendations(lead, cast):
    Review.objects.filter(pk=cast.review.pk).update(
        board_sponsor="Chief Nurse", eds_lead="Lena Lead", level="partnership", partners=["Withy Trust"]
    )
    theme = Theme.objects.create(review=cast.review, position=1, title="Access")
    Recommendation.objects.create(
        theme=theme, position=1, action="Open later", objective="Fair access", status="on_track"
    )
    page = lead.get("/reviews/new/")
    assert page.context["form"].initial["year"] == "2027"
    answer = lead.post(
        "/reviews/new/",
        {
            "organisation": cast.organisation.pk,
            "year": "2027",
            "framework": cast.review.framework_id,
            "title": "EDS 2027",
        },
    )
    assert answer.url == f"/reviews/{cast.organisation.slug}/2027/header/"
    made = Review.objects.get(year="2027")
    assert (made.stage, made.title, made.board_sponsor, made.eds_lead) == (
        stages.OPEN,
        "EDS 2027",
        "Chief Nurse",
        "Lena Lead",
    )
    assert (made.level, made.partners, made.case_studies.count()) == ("partnership", ["Withy Trust"], 0)
    (action,) = made.previous_actions.all()
    assert (action.action, action.objective, action.status) == ("Open later", "Fair access", "on_track")
    assert Change.objects.get().what == "Started the review of 2027"


@pytest.mark.parametrize(("year", "following"), [("2026", "2027"), ("2026-27", "2027-28"), ("1999", "2000")])
def test_the_year_after(year, following):
    assert Review(year=year).following_year == following


def test_a_year_is_reviewed_once_and_by_ones_own_organisation(lead, cast):
    given = {"organisation": cast.organisation.pk, "year": "2026", "framework": cast.review.framework_id}
    page = lead.post("/reviews/new/", given)
    assert page.context["form"].errors == {"year": ["NHS Ambleford already has a review of 2026"]}
    elsewhere = Organisation.objects.get(slug="withy-trust")
    page = lead.post("/reviews/new/", given | {"organisation": elsewhere.pk, "year": "2030"})
    assert list(page.context["form"].errors) == ["organisation"]
    assert Review.objects.count() == 1


@pytest.mark.parametrize(
    ("have", "start", "said"),
    [
        ("2028", "2027-28", True),
        ("2027", "2027-28", True),
        ("2027-28", "2028", True),
        ("2026-27", "2027-28", False),
        ("2027", "2028", False),
        ("2026", "2027-28", False),
    ],
)
def test_a_year_that_shares_its_time_with_another_is_pointed_out(lead, cast, have, start, said):
    Review.objects.filter(pk=cast.review.pk).update(year=have)
    given = {"organisation": cast.organisation.pk, "year": start, "framework": cast.review.framework_id}
    page = lead.post("/reviews/new/", given, follow=True).content.decode()
    assert f"The review of {start} is started." in page
    text = f"You also have a review of {have}. Check that {start} is a year of its own."
    assert (text in page) == said


HEADER = {
    "title": "Our report",
    "board_sponsor": "Chief Nurse",
    "eds_lead": "Lena Lead",
    "level": "partnership",
    "partners": "Withy Trust\r\n\r\n  Brook Trust ",
    "engagement_dates": "8 March 2026\n2026-04-01",
    "trade_union_reps": "Una Steward",
    "independent_evaluators": "",
    "completed_on_day": "3",
    "completed_on_month": "11",
    "completed_on_year": "2026",
    "published_in": "February 2027",
}


def test_the_header_is_filled_in_and_what_changed_is_noted(lead, cast, address):
    assert lead.post(address + "header/", HEADER).url == address
    cast.review.refresh_from_db()
    assert cast.review.partners == ["Withy Trust", "Brook Trust"]
    assert cast.review.engagement_dates == ["2026-03-08", "2026-04-01"]
    assert (cast.review.trade_union_reps, cast.review.independent_evaluators) == (["Una Steward"], [])
    assert cast.review.completed_on == datetime.date(2026, 11, 3)
    assert (cast.review.published_in, cast.review.revision_date) == ("2027-02", None)
    change = Change.objects.get()
    assert (change.changed_by, change.review) == (cast.lead, cast.review)
    assert "board sponsor" in change.what
    shown = lead.get(address + "header/").content.decode()
    for text in ("8 March 2026\n1 April 2026", "February 2027", "Withy Trust\nBrook Trust"):
        assert text in shown
    lead.post(address + "header/", HEADER)
    assert Change.objects.count() == 1  # nothing changed


def test_what_was_typed_in_the_header_is_never_lost(lead, address, cast):
    page = lead.post(address + "header/", HEADER | {"engagement_dates": "8 March 2026\n40 March 2026"})
    (error,) = page.context["form"].errors["engagement_dates"]
    assert error.endswith("or a range of either: “40 March 2026” is none of these")
    assert "8 March 2026\n40 March 2026" in page.content.decode()
    page = lead.post(address + "header/", HEADER | {"partners": ""})
    assert page.context["form"].errors["partners"] == ["Name each organisation of the partnership"]
    assert Change.objects.count() == 0


@pytest.mark.parametrize("text", ["8 March 2026", "8/3/2026", "08.03.2026", "2026-03-08", " 8 mar 2026 "])
def test_days_as_people_write_them(text):
    assert read_day(text) == "2026-03-08"


@pytest.mark.parametrize(
    "text", ["", "March", "31 April 2026", "8 March 26", "8 March 2026 at noon", "0/0/0000"]
)
def test_what_is_no_day(text):
    assert read_day(text) is None


@pytest.mark.parametrize(
    ("text", "month"), [("March 2026", "2026-03"), ("2026-03", "2026-03"), ("2026", None)]
)
def test_months(text, month):
    assert read_month(text) == month


def test_fields_give_back_what_they_took():
    assert DaysField().prepare_value(["2026-03-08"]) == "8 March 2026"
    assert LinesField().clean("a\n\n b ") == ["a", "b"]
    assert DayOrMonthField(required=False).clean("") == ""
    assert (say("2026-02"), say("2026-02-28")) == ("February 2026", "28 February 2026")


def test_a_case_study_goes_after_those_of_its_domain(cast):
    domains = {domain.number: domain for domain in cast.review.framework.domains.all()}
    given = {"review": cast.review, "authors": [], "added_by": cast.lead}
    workforce = add_case_study(domain=domains[2], title="Our workforce", **given)
    assert workforce.number == 4
    service = add_case_study(domain=domains[1], title="Pharmacy", **given)
    titles = list(cast.review.case_studies.order_by("number").values_list("number", "title"))
    assert titles == [
        (1, "Falls clinic"),
        (2, "Eye screening"),
        (3, "Young carers"),
        (4, "Pharmacy"),
        (5, "Our workforce"),
    ]
    assert service.number == 4


def test_a_new_case_study_begins_with_an_empty_section_for_each_outcome_area_in_order(cast):
    domain = cast.review.framework.domains.get(number=2)
    before = list(Section.objects.values_list("pk", "position", "heading", "body"))
    row = add_case_study(
        review=cast.review, domain=domain, title="Our workforce", authors=[], added_by=cast.lead
    )
    areas = domain.outcome_areas.order_by("position")
    assert list(row.sections.values_list("position", "heading", "outcome_area__code", "body")) == [
        (place, f"{area.code}: {area.statement}", area.code, "") for place, area in enumerate(areas, start=1)
    ]
    assert (
        list(Section.objects.exclude(case_study=row).values_list("pk", "position", "heading", "body"))
        == before
    )


def test_adding_renaming_and_removing_on_the_pages(lead, cast, address):
    domain = cast.review.framework.domains.get(number=3)
    outsider = person("Olga Outsider")
    Role.objects.create(
        user=outsider, organisation=Organisation.objects.get(slug="withy-trust"), kind=Role.Kind.AUTHOR
    )
    given = {"title": "Our leadership", "domain": domain.pk, "authors": [outsider.pk]}
    assert "authors" in lead.post(address + "case-studies/add/", given).context["form"].errors
    given["authors"] = [cast.author.pk]
    assert lead.post(address + "case-studies/add/", given).status_code == 302
    row = cast.review.case_studies.get(number=4)
    assert (row.title, row.domain, list(row.authors.all())) == ("Our leadership", domain, [cast.author])
    lead.post(address + "case-studies/4/change/", {"title": "Leaders", "authors": []})
    row.refresh_from_db()
    assert (row.title, list(row.authors.all())) == ("Leaders", [])
    lead.post(address + "case-studies/2/remove/")
    left = cast.review.case_studies.order_by("number").values_list("number", "title")
    assert list(left) == [(1, "Falls clinic"), (2, "Young carers"), (3, "Leaders")]
    assert [change.what for change in Change.objects.all()] == [
        "Removed case study “Eye screening”",
        "Authors of “Leaders”: nobody",
        "Renamed case study “Our leadership”: “Leaders”",
        "Added case study “Our leadership”",
    ]


def test_a_scored_case_study_stays(cast):
    cast.score(cast.member, 1, 1, 1, 1, 1)
    cast.move(stages.WRITING)
    with pytest.raises(NotPossible):
        remove_case_study(case_study=cast.case_studies[0], removed_by=cast.lead)
    assert cast.review.case_studies.count() == 3
