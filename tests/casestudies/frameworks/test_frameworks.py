"""Editions as rows: drafts are edited, what is in use is frozen, and the second of two administrators is told."""

import re

import pytest
from django.urls import reverse

from casestudies.frameworks.actions import (
    Frozen,
    copy_framework,
    delete_draft,
    edit_outcome_area,
    move_outcome_area,
    order_of,
    put_in_use,
)
from casestudies.models import Framework, FrameworkChange, OutcomeArea, Review
from edsportal.web.refusals import ChangedMeanwhile, NotPossible, mark_of
from tests.cast import PASSWORD, person

NEW = "People reach the service when they need it"


@pytest.fixture
def eds():
    return Framework.objects.get(name="EDS 2022")


@pytest.fixture
def draft(cast, eds):
    return copy_framework(framework=eds, name="EDS 2027", copied_by=cast.administrator)


def area_of(framework, code="1A"):
    return OutcomeArea.objects.get(domain__framework=framework, code=code)


def typed(area, **changes):
    texts = {f"descriptor_{row.score}": row.text for row in area.descriptors.all()}
    return (
        {"statement": area.statement, "guidance": area.guidance, "seen": mark_of(area.as_value())}
        | texts
        | changes
    )


def edit(area, by, **changes):
    wording = {
        "statement": area.statement,
        "guidance": area.guidance,
        "descriptors": {},
        "seen": mark_of(area.as_value()),
    }
    edit_outcome_area(area=area, edited_by=by, **(wording | changes))


def edition(framework):
    return Framework.objects.whole().get(pk=framework.pk).as_edition()


# What the actions do


def test_a_draft_copy_says_the_same_under_a_new_name(draft, eds):
    assert draft.is_draft
    assert edition(draft).domains == edition(eds).domains
    assert edition(draft).bands == edition(eds).bands
    assert (edition(draft).name, draft.origin) == ("EDS 2027", eds)


@pytest.mark.parametrize("name", ["EDS 2022", "eds 2022", "EDS2"])
def test_a_name_is_taken_once(cast, eds, name):
    with pytest.raises(NotPossible):
        copy_framework(framework=eds, name=name, copied_by=cast.administrator)
    assert Framework.objects.count() == 2


def test_editing_a_draft_changes_what_was_typed_and_leaves_its_trace(cast, draft):
    area = area_of(draft)
    edit(area, cast.administrator, statement=NEW, descriptors={2: "Most people"})
    value = edition(draft).outcome("1A")
    assert (value.statement, value.descriptor(2)) == (NEW, "Most people")
    assert value.descriptor(1) == edition(draft.origin).outcome("1A").descriptor(1)
    newest = draft.changes.first()
    assert (newest.what, newest.changed_by) == ("1A: changed statement, what 2 means.", cast.administrator)


@pytest.mark.parametrize("write", [
    lambda row, by: edit(area_of(row), by, statement=NEW),
    lambda row, by: move_outcome_area(area=area_of(row), up=False, seen=order_of(area_of(row).domain), moved_by=by),
    lambda row, by: delete_draft(framework=row, deleted_by=by),
])  # fmt: skip
def test_an_edition_in_use_retired_or_used_by_a_review_refuses_every_change(cast, draft, eds, write):
    used = copy_framework(framework=eds, name="Used", copied_by=cast.administrator)
    Review.objects.create(organisation=cast.organisation, framework=used, year="2030")
    for row in (eds, Framework.objects.get(name="EDS2"), used):
        if not OutcomeArea.objects.filter(domain__framework=row, code="1A").exists():
            OutcomeArea.objects.filter(domain__framework=row, code="1.1").update(code="1A")
        before = edition(row)
        with pytest.raises(Frozen):
            write(row, cast.administrator)
        assert edition(row) == before


def test_the_second_to_edit_is_told_and_overwrites_nothing(cast, draft):
    area = area_of(draft)
    seen = mark_of(area.as_value())
    edit(area, cast.administrator, statement=NEW)
    with pytest.raises(ChangedMeanwhile) as told:
        edit(area_of(draft), cast.lead, statement="Other", seen=seen)
    assert told.value.by == cast.administrator
    assert area_of(draft).statement == NEW


def test_outcome_areas_change_places_and_an_older_page_moves_nothing(cast, draft):
    area = area_of(draft, "1B")
    seen = order_of(area.domain)
    move_outcome_area(area=area, up=True, seen=seen, moved_by=cast.administrator)
    assert edition(draft).domain(1).codes == ("1B", "1A", "1C", "1D")
    with pytest.raises(ChangedMeanwhile):
        move_outcome_area(area=area_of(draft, "1C"), up=True, seen=seen, moved_by=cast.administrator)
    top = area_of(draft, "1B")
    move_outcome_area(area=top, up=True, seen=order_of(top.domain), moved_by=cast.administrator)
    last = area_of(draft, "1D")
    move_outcome_area(area=last, up=False, seen=order_of(last.domain), moved_by=cast.administrator)
    assert edition(draft).domain(1).codes == ("1B", "1A", "1C", "1D")


def test_putting_a_draft_in_use_retires_the_earlier_one_of_its_line_only(cast, draft, eds):
    other = Framework.objects.get(name="EDS2")
    Framework.objects.filter(pk=other.pk).update(status="in_use")
    put_in_use(framework=draft, seen=mark_of(edition(draft)), put_by=cast.administrator)
    assert dict(Framework.objects.values_list("name", "status")) == {
        "EDS 2022": "retired", "EDS 2027": "in_use", "EDS2": "in_use"}  # fmt: skip
    assert cast.review.framework_id == eds.pk
    second = copy_framework(framework=draft, name="EDS 2028", copied_by=cast.administrator)
    put_in_use(framework=second, seen=mark_of(edition(second)), put_by=cast.administrator)
    assert Framework.objects.get(name="EDS 2027").status == "retired"


def test_what_changed_since_the_page_was_read_is_not_put_in_use(cast, draft):
    seen = mark_of(edition(draft))
    edit(area_of(draft), cast.administrator, statement=NEW)
    with pytest.raises(ChangedMeanwhile):
        put_in_use(framework=draft, seen=seen, put_by=cast.administrator)
    assert Framework.objects.get(pk=draft.pk).is_draft


def test_a_deleted_draft_leaves_its_trace(cast, draft):
    delete_draft(framework=draft, deleted_by=cast.administrator)
    assert not Framework.objects.filter(name="EDS 2027").exists()
    assert list(FrameworkChange.objects.values_list("name", "what")) == [
        ("EDS 2027", "Draft deleted."), ("EDS 2027", "Copied from EDS 2022.")]  # fmt: skip


# The pages

DRAFT_PAGES = ("framework", "framework_preview", "framework_differences", "copy_framework", "put_in_use",
               "delete_draft", "outcome_area")  # fmt: skip


def address(name, framework, code="1A"):
    return reverse(name, args=[framework.pk, *([code] if "outcome_area" in name else [])])


@pytest.mark.parametrize("name", DRAFT_PAGES)
@pytest.mark.parametrize("way", ["get", "post"])
def test_only_administrators_know_of_a_draft(client, cast, draft, name, way):
    for who, user in cast.people.items():
        if who == "administrator" or user is None:
            continue
        client.force_login(user)
        assert getattr(client, way)(address(name, draft)).status_code == 404, who
        assert "EDS 2027" not in client.get("/frameworks/").content.decode()
    client.logout()
    assert getattr(client, way)(address(name, draft)).status_code == 302
    assert Framework.objects.filter(name="EDS 2027", status="draft").exists()
    client.force_login(cast.administrator)
    assert client.get(address(name, draft)).status_code == 200


@pytest.mark.parametrize(
    "name", ["copy_framework", "put_in_use", "delete_draft", "outcome_area", "move_outcome_area"]
)
def test_nobody_else_changes_an_edition_that_they_may_read(client, cast, eds, name):
    before = edition(eds)
    for who, user in cast.people.items():
        if user is None:
            continue
        client.force_login(user)
        data = {"name": "Mine", "seen": mark_of(before), "way": "down"}
        expected = 302 if (who, name) == ("administrator", "copy_framework") else 403
        assert client.post(address(name, eds), data).status_code == expected, who
    assert edition(eds) == before
    assert Framework.objects.get(pk=eds.pk).status == "in_use"


def test_an_administrator_edits_and_the_second_sees_both_texts_and_saves_again_knowingly(client, cast, draft):
    client.force_login(cast.administrator)
    old = typed(area_of(draft))
    page = address("outcome_area", draft)
    assert client.post(page, old | {"statement": NEW}).status_code == 302
    answer = client.post(page, old | {"statement": "Mine", "descriptor_3": "All people"})
    text = answer.content.decode()
    assert f"Ada Admin saved this while you were editing: “{NEW}”." in text
    assert "Mine" in text
    assert "All people" in text
    assert area_of(draft).statement == NEW
    seen = answer.context["form"]["seen"].value()
    assert client.post(page, old | {"statement": "Mine", "seen": seen}).status_code == 302
    assert area_of(draft).statement == "Mine"


def test_what_is_missing_is_said_and_nothing_typed_is_lost(client, cast, draft):
    client.force_login(cast.administrator)
    answer = client.post(
        address("outcome_area", draft), typed(area_of(draft), statement=" ", guidance="Look here")
    )
    text = answer.content.decode()
    assert "Enter the statement" in text
    assert "Look here" in text


def test_moves_and_conflicts_on_the_page(client, cast, draft):
    client.force_login(cast.administrator)
    seen = order_of(area_of(draft).domain)
    page = address("move_outcome_area", draft, "1A")
    assert client.get(page).status_code == 405
    first = client.post(page, {"way": "down", "seen": seen}, follow=True).content.decode()
    assert "Moved 1A down." in first
    second = client.post(page, {"way": "down", "seen": seen}, follow=True).content.decode()
    assert "1A was not moved. This is the order now." in second
    assert edition(draft).domain(1).codes == ("1B", "1A", "1C", "1D")


def test_the_differences_are_marked_word_by_word(client, cast, draft):
    area = area_of(draft)
    edit(area, cast.administrator, statement=area.statement.replace("required levels", "good levels"))
    client.force_login(cast.administrator)
    text = re.sub(r"\s+", " ", client.get(address("framework_differences", draft)).content.decode())
    assert "1A: statement" in text
    assert re.search(r"<del>.*?required.*?</del>\s*<ins>.*?good.*?</ins>", text)
    assert "1B: statement" not in text
    assert "has the same wording" in client.get(
        address("framework_differences", copy_framework(framework=Framework.objects.get(name="EDS 2022"),
                                                        name="Same", copied_by=cast.administrator))
    ).content.decode()  # fmt: skip


def test_the_preview_asks_what_a_panel_member_is_asked(client, cast, draft):
    edit(area_of(draft), cast.administrator, guidance="Look at waiting times")
    client.force_login(cast.administrator)
    text = client.get(address("framework_preview", draft)).content.decode()
    assert "Look at waiting times" in text
    assert text.count("I can’t judge this, so I abstain") == 11
    assert "2 Achieving" in text
    eds2 = client.get(address("framework_preview", Framework.objects.get(name="EDS2"))).content.decode()
    assert eds2.count("I can’t judge this, so I abstain") == 18
    assert "2 Achieving" not in eds2


def test_a_person_who_is_only_staff_sees_no_drafts(client, cast, draft):
    user = person("Sid Staff")
    user.is_staff = True
    user.save()
    client.login(email=user.email, password=PASSWORD)
    client.force_login(user)
    assert client.get(address("framework", draft)).status_code == 404
