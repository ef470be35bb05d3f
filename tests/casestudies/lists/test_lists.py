"""The lists that administrators keep: groups that panel members represent, kinds of sources of evidence."""

import json

import pytest
from django.urls import reverse

from casestudies.models import Group, ListEntry, PanelMember
from eds import stages
from eds.checks.panel import panel_unrepresentative
from eds.lists import evidence_sources, represented_groups
from eds.lists.national_groups import CORE20PLUS5
from edsportal.web.addresses import url_of
from reports.writing import html_report
from reports.writing.data.json_report import from_json, to_json
from scoring.importing.store import import_report
from scoring.review.content import report_content
from tests.cast import quote_of

pytestmark = pytest.mark.django_db


def names(kind, **offered):
    return list(ListEntry.objects.filter(kind=kind, **offered).values_list("name", flat=True))


def send(client, page, entry=None, **data):
    """The words of the answer to what an administrator sends."""
    address = reverse(page, args=[entry.pk] if entry else [])
    return client.post(address, data, follow=True).content.decode()


def test_the_lists_ship_with_the_words_that_reports_print():
    groups = ListEntry.objects.groups()
    assert {row.code: row.name for row in groups} == represented_groups.NAMES
    assert {row.code for row in groups if row.outside_nhs} == represented_groups.OUTSIDE_THE_NHS
    assert names("evidence_source") == list(evidence_sources.NAMES.values())
    core20 = Group.objects.filter(kind="core20plus5").order_by("position").values_list("code", "name")
    assert tuple(core20) == CORE20PLUS5


def test_an_administrator_adds_renames_orders_and_deletes(client, cast):
    client.force_login(cast.administrator)
    send(client, "represented_groups_add", name="Patient Voice", outside_nhs="on")
    row = ListEntry.objects.get(name="Patient Voice")
    assert (row.code, row.outside_nhs, row.position) == ("patient-voice", True, 12)
    assert "“patient voice” is already in the list" in send(
        client, "represented_groups_add", name="patient voice"
    )
    assert "Enter a name" in send(client, "represented_groups_add", name="")
    send(client, "list_entry", row, name="Patient voices", outside_nhs="on")
    send(client, "list_entry_move", row, way="up")
    assert names("represented_group")[-2:] == ["Patient voices", "Other"]
    assert "is deleted" in send(client, "list_entry_delete", row)
    assert names("represented_group") == list(represented_groups.NAMES.values())


def test_what_is_used_or_shipped_is_never_deleted(client, cast):
    client.force_login(cast.administrator)
    send(client, "represented_groups_add", name="Parents")
    send(client, "evidence_sources_add", name="Focus group")
    parents, focus = ListEntry.objects.get(code="parents"), ListEntry.objects.get(code="focus-group")
    PanelMember.objects.filter(pk=cast.members[cast.member].pk).update(interest="parents")
    quote = quote_of(cast)
    type(quote).objects.filter(pk=quote.pk).update(source_kind="Focus group")
    assert "1 panel member represents this group" in send(client, "list_entry_delete", parents)
    assert "1 item of evidence has this kind of source" in send(client, "list_entry_delete", focus)
    assert "came with the portal" in send(
        client, "list_entry_delete", ListEntry.objects.get(code="healthwatch")
    )
    assert ListEntry.objects.count() == len(represented_groups.NAMES) + len(evidence_sources.NAMES) + 2


def test_what_is_out_of_use_is_offered_to_nobody_but_who_has_it(client, cast):
    client.force_login(cast.administrator)
    send(client, "list_entry_retire", ListEntry.objects.get(code="vcse"))
    client.force_login(cast.lead)
    label = represented_groups.NAMES["vcse"]
    assert label not in client.get(url_of(cast.review, "panel_add")).content.decode()
    member = cast.members[cast.member]  # who represents it
    assert label in client.get(url_of(cast.review, "panel_member", member.pk)).content.decode()
    assert label in client.get(url_of(cast.review, "panel")).content.decode()
    client.force_login(cast.administrator)
    send(client, "list_entry_use_again", ListEntry.objects.get(code="vcse"))
    assert label in names("represented_group", retired_at=None)
    for row in ListEntry.objects.sources()[1:]:
        send(client, "list_entry_retire", row)
    assert "the only entry in use" in send(client, "list_entry_retire", ListEntry.objects.sources()[0])


def test_a_report_keeps_the_words_of_its_panel_and_its_evidence(client, cast):
    """Renaming, the round trip through JSON, every other form of the report, and a portal that lacks the group."""
    quote = quote_of(cast)
    cast.move(stages.WRITING)  # in which a report says what was written last
    quote.source_kind = "Focus group"
    quote.save()
    PanelMember.objects.filter(interest="vcse").update(interest="parents")
    ListEntry.objects.create(
        kind="represented_group", code="parents", name="Parents’ forum", outside_nhs=True, position=99
    )
    before = report_content(cast.review)
    assert [group.name for group in before.represented_groups] == ["Parents’ forum"]
    assert list(panel_unrepresentative(before)) == []
    text = to_json(before)
    ListEntry.objects.filter(code="parents").update(name="Patient families")
    again = from_json(text, {before.edition.name: before.edition})
    assert again == before
    page = html_report.page(again)
    assert [words in page for words in ("Parents’ forum", "Patient families", "Focus group: ")] == [
        True,
        False,
        True,
    ]
    PanelMember.objects.filter(interest="parents").update(interest="carer")
    ListEntry.objects.filter(code="parents").delete()
    values = json.loads(text) | {"year": "2031"}
    review, _ = import_report(report=from_json(json.dumps(values), {before.edition.name: before.edition}))
    row = ListEntry.objects.get(code="parents")
    assert (row.name, row.outside_nhs, row.retired_at is None) == ("Parents’ forum", True, False)
    assert report_content(review).represented_groups == before.represented_groups
