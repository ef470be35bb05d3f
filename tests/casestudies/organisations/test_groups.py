"""Who looks after groups, and how a group that evidence names stays."""

import pytest
from django.urls import reverse

from casestudies.models import Change, Group
from eds import stages
from scoring.models import Publication
from scoring.review.content import report_content
from tests.cast import group_of, quote_of
from tests.prepare import mark_ready

BOATS = {"name": "People who live on boats", "source": "Needs assessment 2025"}


@pytest.fixture
def lead(client, cast):
    client.force_login(cast.lead)
    return client


def at(cast, name="groups", *more):
    return reverse(name, args=[cast.organisation.slug, *more])


def test_the_lead_adds_changes_and_removes_a_local_group(lead, cast):
    assert "You have not added any local groups." in lead.get(at(cast)).content.decode()
    lead.post(at(cast, "group_add"), BOATS)
    row = Group.objects.get(organisation=cast.organisation)
    assert (row.code, row.name, row.kind, row.source) == (
        "people-who-live-on-boats",
        BOATS["name"],
        "local",
        BOATS["source"],
    )
    lead.post(at(cast, "group_change", row.pk), BOATS | {"name": "Boat dwellers"})
    row.refresh_from_db()
    assert (row.code, row.name) == ("people-who-live-on-boats", "Boat dwellers")
    page = lead.get(at(cast)).content.decode()
    assert "Boat dwellers" in page
    assert "Equality Act 2010, section 4" in page
    lead.post(at(cast, "group_remove", row.pk))
    assert not Group.objects.filter(organisation=cast.organisation).exists()
    said = list(Change.objects.values_list("what", flat=True))
    assert said == [
        "Removed group “Boat dwellers”",
        "Changed group “Boat dwellers”",
        "Added group “People who live on boats”",
    ]


def test_a_group_needs_a_source_and_a_name_of_its_own(lead, cast):
    page = lead.post(at(cast, "group_add"), {"name": "age", "source": ""}).content.decode()
    assert "There is already a group called “age”" in page
    assert "Enter where this group is named" in page
    assert not Group.objects.filter(organisation=cast.organisation).exists()


def test_two_groups_whose_names_give_one_code_get_two(lead, cast):
    for name in ("Carers", "Carers!"):
        lead.post(at(cast, "group_add"), {"name": name, "source": "Here"})
    codes = Group.objects.filter(organisation=cast.organisation).values_list("code", flat=True)
    assert set(codes) == {"carers", "carers-2"}


def test_a_group_that_evidence_names_stays(lead, cast):
    row, quote = group_of(cast), quote_of(cast)
    quote.groups.add(row)
    page = lead.get(at(cast, "group_remove", row.pk)).content.decode()
    assert "1 item of evidence is about this group, so you cannot remove it." in page
    assert "Remove this group" not in page
    answer = lead.post(at(cast, "group_remove", row.pk), follow=True).content.decode()
    assert "so you cannot remove it" in answer
    mark_ready(case_study=cast.case_studies[0], made_by=cast.lead)
    quote.delete()
    answer = lead.post(at(cast, "group_remove", row.pk), follow=True).content.decode()
    assert (
        "A case study accepted for the panel has evidence about this group, so you can’t remove it." in answer
    )
    assert Group.objects.filter(pk=row.pk).exists()


def test_a_published_report_keeps_the_names_of_its_groups(lead, cast):
    row = group_of(cast)
    cast.move(stages.MEETING)
    from scoring.moderation.actions import record_agreed_score

    for case_study in cast.case_studies:
        for area in case_study.domain.outcome_areas.all():
            record_agreed_score(
                case_study=case_study, outcome_area=area, value=2, rationale="Agreed", recorded_by=cast.lead
            )
    cast.publish()
    Group.objects.filter(code="sex-workers").update(name="People in sex work")
    lead.post(at(cast, "group_remove", row.pk))
    (group,) = Publication.objects.get().as_content().groups
    assert (group.code, group.name) == ("boat-dwellers", "People who live on boats")
    assert [group.name for group in report_content(cast.review).groups] == ["People in sex work"]


def test_another_bodys_group_is_not_found(lead, cast):
    theirs = Group.objects.create(
        code="x", name="X", kind="local", organisation=cast.stranger.roles.get().organisation
    )
    national = Group.objects.get(code="age")
    for pk in (theirs.pk, national.pk):
        for name in ("group_change", "group_remove"):
            assert lead.get(at(cast, name, pk)).status_code == 404
            assert lead.post(at(cast, name, pk)).status_code == 404


def test_administrators_change_national_groups_and_keep_the_nine(client, cast):
    client.force_login(cast.administrator)
    client.post(reverse("national_group_add"), {"name": "Roma communities", "source": "NHS England 2027"})
    row = Group.objects.get(name="Roma communities")
    assert (row.kind, row.organisation) == ("inclusion", None)
    assert [each for each in Group.objects.of(None) if each.kind == "inclusion"][-1] == row
    client.post(reverse("national_group_remove", args=[row.pk]))
    assert not Group.objects.filter(pk=row.pk).exists()
    age = Group.objects.get(code="age")
    client.post(reverse("national_group_remove", args=[age.pk]))
    assert Group.objects.filter(pk=age.pk).exists()
    client.post(reverse("national_group_change", args=[age.pk]), {"name": "Age", "source": "Another source"})
    assert Group.objects.get(code="age").source == "Another source"
