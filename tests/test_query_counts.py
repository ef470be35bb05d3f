"""What a page costs in queries: the same literal count with one row and with three."""

import pytest
from django.urls import reverse

from casestudies.evidence.actions import Upload
from casestudies.models import Group, Organisation, Review, Role
from eds import stages
from scoring.models import Publication
from scoring.recommendations.actions import Wording
from scoring.workshops.actions import move_on
from tests.cast import join, make_cast, open_a_workshop, person
from tests.page_addresses import own_patterns
from tests.pages import PAGES, WORKSHOP
from tests.prepare import add_evidence, recommend, record_agreed_score

LISTS = {name: page.costs for name, page in PAGES.items() if page.costs and page.costs.stage != WORKSHOP}
ROOMS = {name: page.costs for name, page in PAGES.items() if page.costs and page.costs.stage == WORKSHOP}


def address_of(cast, page: str) -> str:
    arguments = own_patterns()[page]
    one = (1,) if "number" in arguments else ()
    return reverse(page, args=(*cast.address, *one) if arguments else ())


@pytest.mark.parametrize("services", [1, 3])
@pytest.mark.parametrize("page", LISTS)
def test_a_page_with_three_rows_costs_no_more_than_with_one(
    client, db, django_assert_num_queries, page, services
):
    costs = LISTS[page]
    cast = make_cast(stage=costs.stage, services=services)
    client.force_login(cast.people[costs.who])
    with django_assert_num_queries(costs.queries):
        assert client.get(address_of(cast, page)).status_code == 200


@pytest.mark.parametrize("many", [1, 3])
def test_lists_of_evidence_and_groups_cost_the_same_for_three(client, cast, django_assert_num_queries, many):
    cast.move(stages.WRITING)
    for number in range(many):
        Group.objects.create(
            code=f"g{number}", name=f"G{number}", kind="local", organisation=cast.organisation
        )
        add_evidence(
            case_study=cast.case_studies[0],
            kind="file",
            values={"title": f"Waits {number}"},
            upload=Upload(data=b"a,b", name="waits.csv", kind="csv"),
            added_by=cast.lead,
        ).groups.set(Group.objects.filter(kind="local"))
    client.force_login(cast.lead)
    with django_assert_num_queries(17):
        page = client.get(f"/reviews/{cast.organisation.slug}/2026/case-studies/1/evidence/")
    assert len(page.context["items"]) == many
    with django_assert_num_queries(5):
        assert client.get(f"/organisations/{cast.organisation.slug}/groups/").status_code == 200


@pytest.mark.parametrize("years", [1, 3])
def test_the_list_of_reviews_costs_the_same_for_three_years(client, cast, django_assert_num_queries, years):
    for year in range(2000, 2000 + years - 1):
        Review.objects.create(organisation=cast.organisation, framework=cast.review.framework, year=str(year))
    client.force_login(cast.lead)
    with django_assert_num_queries(5):
        assert len(client.get("/reviews/").context["page"].object_list) == years
    with django_assert_num_queries(14):
        assert len(client.get("/my-work/").context["leading"]) == years


@pytest.mark.parametrize("more", [0, 2])
def test_lists_of_organisations_and_people_cost_the_same_for_three(
    client, cast, django_assert_num_queries, more
):
    for number in range(more):
        Organisation.objects.create(name=f"Body {number}", slug=f"body-{number}")
        Role.objects.create(user=person(f"Pat {number}"), organisation=cast.organisation, kind="reader")
    client.force_login(cast.administrator)
    with django_assert_num_queries(4):
        assert len(client.get("/organisations/").context["page"].object_list) == 2 + more
    with django_assert_num_queries(7):
        page = client.get(f"/organisations/{cast.organisation.slug}/people/").context["page"]
        assert len(page.object_list) == 3 + more


@pytest.mark.parametrize("bodies", [1, 3])
def test_the_list_of_published_reports_costs_the_same_for_three(
    client, db, django_assert_num_queries, bodies
):
    cast = make_cast(stage=stages.MEETING, services=1)
    for area in cast.case_studies[0].domain.outcome_areas.all():
        record_agreed_score(
            case_study=cast.case_studies[0], outcome_area=area, value=1, rationale="r", recorded_by=cast.lead
        )
    cast.publish()
    published = Publication.objects.get()
    for year in range(2000, 2000 + bodies - 1):
        row = Review.objects.create(
            organisation=cast.organisation, framework=cast.review.framework, year=str(year)
        )
        published.pk, published.review = None, row
        published.save()
    with django_assert_num_queries(4):  # one of them for the care systems that the page links to
        assert len(client.get("/reports/").context["page"].object_list) == bodies


@pytest.mark.parametrize("page", ["", "1A/"], ids=["all questions", "one question"])
def test_the_page_that_scores_one_case_study_costs_at_most_fourteen_queries(
    client, cast, django_assert_max_num_queries, page
):
    """Among them how the person likes to score, and which of their case studies this is."""
    client.force_login(cast.member)
    cast.like_one_page(cast.member)
    address = f"/reviews/{cast.organisation.slug}/2026/case-studies/1/score/"
    client.post(address, {"score_1A": "2", "save": "yes"})
    client.get(address)  # shows the message, which costs a save of the session
    with django_assert_max_num_queries(14):
        assert client.get(address + page).status_code == 200


@pytest.mark.parametrize("many", [1, 3])
def test_the_list_of_recommendations_costs_the_same_for_three(client, cast, django_assert_num_queries, many):
    cast.move(stages.MEETING)
    for number in range(many):
        wording = Wording(theme=f"Theme {number}", action="Do it", case_studies=[cast.case_studies[0]])
        recommend(review=cast.review, wording=wording)
    client.force_login(cast.lead)
    with django_assert_num_queries(35):
        assert (
            len(client.get(f"/reviews/{cast.organisation.slug}/2026/recommendations/").context["rows"])
            == many
        )


SCRIPT = {"accept": "application/json"}


def test_a_save_costs_at_most_twelve_queries(client, cast, django_assert_max_num_queries):
    client.force_login(cast.member)
    cast.like_one_page(cast.member)
    address = f"/reviews/{cast.organisation.slug}/2026/case-studies/1/score/"
    state = client.get(address).context["state"]
    data = {"revision": state.revision, "version": state.version, "page": state.page, "score_1A": "2"}
    assert client.post(address, data, headers=SCRIPT).json()["revision"] == 1  # makes the sheet
    with django_assert_max_num_queries(12):
        saved = client.post(address, data | {"revision": 1, "rationale_1A": "More"}, headers=SCRIPT)
    assert saved.json()["revision"] == 2


def test_the_page_with_submitted_scores_costs_the_same_however_long_their_history(
    client, cast, django_assert_num_queries
):
    client.force_login(cast.member)
    cast.like_one_page(cast.member)
    address = f"/reviews/{cast.organisation.slug}/2026/case-studies/1/score/"
    cast.score(cast.member, 1, 0, 1, 2, 3)
    with django_assert_num_queries(11):
        client.get(address)
    for value in (1, 2, 3):
        cast.rescore(cast.member, 1, value, 1, 2, 3)
    with django_assert_num_queries(11):
        client.get(address)


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("page", ROOMS)
def test_a_workshop_with_three_people_costs_no_more_than_with_one(
    client, db, django_assert_num_queries, page, rows
):
    costs = ROOMS[page]
    cast = make_cast(services=rows)
    workshop = open_a_workshop(cast)
    guests = [join(workshop, f"Guest {number}", confirmed_by=cast.lead) for number in range(rows)]
    for number in range(rows):
        join(workshop, f"Waiting {number}")
    move_on(workshop=workshop, case_study=cast.case_studies[0])
    client.force_login(cast.lead if costs.who == "lead" else guests[0])
    with django_assert_num_queries(costs.queries):
        assert client.get(address_of(cast, page)).status_code == 200


@pytest.mark.parametrize("services", [1, 3])
def test_the_reveal_costs_no_more_with_three_case_studies_than_with_one(
    client, db, django_assert_num_queries, services
):
    cast = make_cast(services=services)
    workshop = open_a_workshop(cast)
    guest = join(workshop, confirmed_by=cast.lead)
    for number in range(1, services + 1):
        cast.score(guest, number, 0, 1, 2, 3)
    move_on(workshop=workshop, case_study=cast.case_studies[0])
    cast.move(stages.MEETING)
    client.force_login(cast.lead)
    with django_assert_num_queries(12):
        page = client.get(f"/reviews/{cast.organisation.slug}/2026/workshop/screen/")
    assert [one.case_study.number for one in page.context["revealed"]] == [1]


@pytest.mark.parametrize("many", [1, 3])
def test_a_search_costs_the_same_for_three_results(client, cast, django_assert_num_queries, many):
    for number in range(many):
        recommend(review=cast.review, wording=Wording(theme=f"Theme {number}", action="Buy a xylophone"))
    client.force_login(cast.lead)
    with django_assert_num_queries(6):
        assert len(client.get("/search/", {"q": "xylophone"}).context["hits"]) == many
    client.logout()
    with django_assert_num_queries(4):  # where nothing is found, words that are alike are looked for
        assert client.get("/search/", {"q": "xylophone"}).context["hits"] == []
