"""The first page of administrators: what needs them, and nothing of what a review says."""

from datetime import timedelta

import pytest
from django.utils import timezone

from casestudies.frameworks.actions import copy_framework
from casestudies.models import Organisation, Role
from casestudies.notes import note_change
from tests.cast import person

pytestmark = pytest.mark.django_db


def groups(client) -> dict[str, list[tuple[str, str, str]]]:
    page = client.get("/administration/")
    assert page.status_code == 200
    return {
        group.title: [(line.text, line.hint, line.address) for line in group.lines]
        for group in page.context["groups"]
    }


@pytest.fixture
def in_order(client, cast):
    """Everybody was here lately, and the administrator is signed in."""
    client.force_login(cast.administrator)
    for user in (cast.lead, cast.stranger, cast.author, cast.reader):
        user.last_login = timezone.now()
        user.save()


def test_where_all_is_in_order_nothing_is_listed(client, in_order):
    assert groups(client) == {}
    assert "Nothing needs you now." in client.get("/administration/").content.decode()


def test_each_thing_that_needs_an_administrator_leads_to_where_it_is_put_right(client, cast, in_order):
    cast.lead.is_active = False  # so the organisation and its open review have no lead who can sign in
    cast.lead.save()
    cast.reader.last_login = timezone.now() - timedelta(days=400)
    cast.reader.save()
    new = person("Nora New")
    Role.objects.create(user=new, organisation=cast.organisation, kind=Role.Kind.AUTHOR)
    Role.objects.create(user=new, organisation=cast.organisation, kind=Role.Kind.READER)
    Organisation.objects.create(name="Empty Trust", slug="empty-trust")
    draft = copy_framework(framework=cast.review.framework, name="EDS 2030", copied_by=cast.administrator)
    note_change(organisation=cast.organisation, what="Changed the name", changed_by=cast.administrator)
    got = groups(client)
    assert {title: [(text, address) for text, _, address in lines] for title, lines in got.items()} == {
        "Organisations without an equality lead": [
            ("Empty Trust", "/organisations/empty-trust/people/invite/"),
            ("NHS Ambleford", "/organisations/nhs-ambleford/people/invite/"),
        ],
        "Open reviews without an equality lead": [
            ("NHS Ambleford 2026", "/organisations/nhs-ambleford/people/")
        ],
        "Invitations not taken up": [("Nora New", "/organisations/nhs-ambleford/people/")],
        "People with a role who are not active": [
            ("Lena Lead", f"/accounts/{cast.lead.pk}/"),
            ("Rita Reader", f"/accounts/{cast.reader.pk}/"),
        ],
        "Drafts of editions": [("EDS 2030", f"/frameworks/{draft.pk}/")],
    }
    html = client.get("/administration/").content.decode()
    assert "Account closed." in html
    assert "NHS Ambleford: Changed the name" in html
    assert "Falls clinic" not in html  # a title of a case study
    for lines in got.values():
        for _, _, address in lines:
            assert client.get(address).status_code == 200


def test_long_lists_are_cut_and_cost_no_more_queries(client, cast, django_assert_num_queries):
    client.force_login(cast.administrator)
    client.get("/administration/")
    with django_assert_num_queries(8):
        client.get("/administration/")
    for number in range(25):
        Organisation.objects.create(name=f"Trust {number:02}", slug=f"trust-{number}")
    with django_assert_num_queries(9):  # one more counts them
        page = client.get("/administration/")
    first = page.context["groups"][0]
    assert (len(first.lines), first.more) == (10, 15)


def test_a_refusal_sends_nobody_to_themselves_or_to_a_lead_who_can_not_help(client, cast):
    address = f"/organisations/{cast.organisation.slug}/objectives/add/"
    for who, helper in (
        (cast.administrator, "ask another administrator"),
        (cast.author, "ask the equality lead"),
    ):
        client.force_login(who)
        page = client.get(address)
        assert (page.status_code, helper in page.content.decode()) == (403, True)


def test_the_first_page_is_the_one_for_administrators_unless_they_take_part_in_a_review(
    client, cast, in_order
):
    assert client.get("/").url == "/administration/"
    Role.objects.create(user=cast.administrator, organisation=cast.organisation, kind=Role.Kind.READER)
    assert client.get("/").url == "/my-work/"
