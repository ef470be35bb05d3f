"""The audit log as a page and as a file."""

import csv
import io
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from casestudies.frameworks.actions import copy_framework
from casestudies.organisations.actions import set_roles
from casestudies.reviews.actions import change_header
from eds import stages
from edsportal.audit.actor import Actor, acting
from edsportal.audit.models import Entry
from edsportal.audit.triggers import lifted
from edsportal.audit_pages.rules import PARTS_OF_EDITIONS
from tests.edsportal.nhsuk.htmltree import texts
from tests.prepare import record_commentary

PAGE, FILE = "/changes/", "/changes/changes.csv"


@pytest.fixture
def changed(cast):
    """What the cast was made of is out of the way: two people changed a thing each, in two organisations."""
    with lifted(connection):
        Entry.objects.all().delete()
    with acting(lambda: Actor(by=cast.lead.pk, source="web", request="r1")):
        change_header(review=cast.review, values={"title": "=A new title"}, changed_by=cast.lead)
    elsewhere = cast.stranger.roles.get().organisation
    with acting(lambda: Actor(by=cast.stranger.pk, source="web")):
        set_roles(organisation=elsewhere, user=cast.reader, kinds={"author"}, set_by=cast.stranger)
    return cast


def words(client, query: str = "") -> str:
    return re.sub(r"\s+", " ", texts(client.get(PAGE + query).content.decode()))


def read(client, query: str = "") -> list[dict]:
    response = client.get(FILE + query)
    assert response.streaming
    return list(csv.DictReader(io.StringIO(response.getvalue().decode("utf-8-sig"))))


def test_a_lead_reads_what_changed_in_their_own_organisation(client, changed):
    client.force_login(changed.lead)
    text = words(client)
    assert "2 changes, newest first" in text
    assert "Lena Lead" in text
    assert "Title : EDS 2026 → became =A new title" in text
    assert "Withy Trust" not in text
    client.force_login(changed.stranger)
    text = words(client)
    assert "Withy Trust" in text
    assert f"User : {changed.reader.name}" in text
    assert "A new title" not in text
    client.force_login(changed.administrator)
    assert "4 changes" in words(client)


def test_it_can_be_narrowed_by_person_day_and_kind(client, changed):
    client.force_login(changed.administrator)
    today, tomorrow = timezone.localdate(), timezone.localdate() + timedelta(days=1)

    def days(name: str, day) -> str:
        return f"&{name}_day={day.day}&{name}_month={day.month}&{name}_year={day.year}"

    name = changed.lead.name.split()[0].lower()
    for query, count in (
        (f"?who={name}", 2),
        ("?who=nobody", 0),
        (f"?who={days('since', today)}", 4),
        (f"?who={days('since', tomorrow)}", 0),
        (f"?who={days('until', today)}", 4),
        ("?about=people", 1),
        (f"?about=reviews&who={name}", 2),
    ):
        page = client.get(PAGE + query).context["page"]
        assert (query, page.paginator.count) == (query, count)
        assert len({row["entry"] for row in read(client, query)}) == count
    assert "No changes match your search" in words(client, "?who=nobody")


def test_what_cannot_be_asked_is_told_and_nothing_is_left_out_silently(client, changed):
    client.force_login(changed.lead)
    text = words(client, "?since_day=31&since_month=2&since_year=2026")
    assert "The first day must be a real date" in text
    response = client.get(f"{FILE}?since_day=31&since_month=2&since_year=2026")
    assert (response.status_code, response.url) == (302, f"{PAGE}?since_day=31&since_month=2&since_year=2026")
    query = "?since_day=2&since_month=2&since_year=2026&until_day=1&until_month=2&until_year=2026"
    assert "The last day must not be before the first day" in words(client, query)


def test_the_file_has_one_row_for_each_column_that_changed(client, changed):
    client.force_login(changed.lead)
    note, title = read(client)[0], read(client)[-1]
    assert title | {"entry": "", "when": "", "row": ""} == {
        "entry": "",
        "when": "",
        "who": "Lena Lead",
        "by": str(changed.lead.pk),
        "request": "r1",
        "organisation": "NHS Ambleford",
        "year": "2026",
        "case_study": "",
        "what": "Review “=A new title”",
        "kind": "casestudies.review",
        "row": "",
        "done": "Changed",
        "field": "Title",
        "old": "EDS 2026",
        "new": "'=A new title",
    }
    assert (note["kind"], note["done"], note["new"]) == ("casestudies.change", "Added", "Changed: title")


def test_a_long_log_comes_in_pages_and_as_a_whole_file(client, changed):
    with acting(lambda: Actor(by=changed.lead.pk, source="web")):
        for number in range(60):
            changed.organisation.changes.create(what=f"Note {number}", changed_by=changed.lead)
    client.force_login(changed.lead)
    assert "Page 2 of 2" in words(client)
    assert "Note 59" in words(client)
    assert "Note 0" in words(client, "?page=2")
    assert {f"Note {number}" for number in range(60)} <= {row["new"] for row in read(client)}


def test_before_moderation_nobody_reads_what_a_panel_judged(client, changed):
    """Nor when a member submitted their scores, and which of them they changed."""
    record_commentary(case_study=changed.case_studies[0], text="PLANTED COMMENTARY", recorded_by=changed.lead)
    changed.score(changed.member, 1, 3, 2, 1, 0)
    for who in (changed.lead, changed.administrator):
        client.force_login(who)
        changed.move(stages.SCORING)
        assert "PLANTED" not in words(client)
        assert "PLANTED" not in str(read(client))
        assert "scoring.score" not in {row["kind"] for row in read(client)}
        changed.move(stages.MEETING)
        assert "PLANTED COMMENTARY" in words(client)
        assert "PLANTED COMMENTARY" in str(read(client))


def test_in_a_mixed_review_entries_follow_the_stage_of_their_case_study(client, changed):
    """Those from before the log noted the case study wait for all; those whose reader declared an interest too."""
    first, second, _ = changed.case_studies
    changed.move(stages.MEETING)
    for case_study, text in ((first, "PLANTED BEFORE"), (first, "PLANTED ONE"), (second, "PLANTED TWO")):
        record_commentary(case_study=case_study, text=text, recorded_by=changed.lead)
    with lifted(connection):
        Entry.objects.filter(new__text="PLANTED BEFORE").update(of_case_study=None)
    rows = changed.review.case_studies

    def read_by(person) -> set[str]:
        client.force_login(person)
        return set(re.findall("PLANTED ([A-Z]+)", words(client))) & set(
            re.findall("PLANTED ([A-Z]+)", str(read(client)))
        )

    rows.filter(number__gt=1).update(stage=stages.SCORING)
    assert read_by(changed.lead) == read_by(changed.administrator) == {"ONE"}
    rows.filter(number__gt=1).update(stage=stages.MEETING)
    assert read_by(changed.lead) == read_by(changed.administrator) == {"BEFORE", "ONE", "TWO"}
    member = changed.review.panel_members.create(user=changed.lead, name="Lena Lead")
    member.declared_interests.create(case_study=first, reason="My sister runs it")
    assert read_by(changed.lead) == {"TWO"}
    rows.update(stage=stages.AGREED)
    assert read_by(changed.lead) == {"BEFORE", "ONE", "TWO"}


def test_what_members_scored_is_never_there(client, changed):
    changed.score(changed.member, 1, 3, 2, 1, 0)
    changed.move(stages.PUBLISHED)
    client.force_login(changed.lead)
    rows = [row for row in read(client) if row["kind"] == "scoring.score"]
    assert {row["new"] for row in rows if row["field"] in ("Value", "Abstained", "Rationale")} == {
        "not kept here"
    }
    assert "Reason of" not in str(rows)


@pytest.mark.parametrize("who", ["author", "reader", "member", "chair"])
def test_others_are_told_that_it_is_not_for_them(client, cast, who):
    client.force_login(cast.people[who])
    for address in (PAGE, FILE):
        response = client.get(address)
        assert response.status_code == 403
        assert "Only equality leads and administrators can see who changed what." in texts(
            response.content.decode()
        )


@pytest.mark.parametrize("many", [1, 3])
def test_the_page_costs_the_same_for_one_and_for_three(client, changed, django_assert_num_queries, many):
    with acting(lambda: Actor(by=changed.lead.pk, source="web")):
        for number in range(many):
            changed.case_studies[number].authors.set([changed.lead])
    client.force_login(changed.lead)
    with django_assert_num_queries(7):
        assert len(client.get(f"{PAGE}?about=case+studies").context["lines"]) == 2 * many


def test_a_copied_edition_is_one_line_until_its_parts_are_asked_for(client, changed):
    """The parts stay in the file; other changes of the same kind of rows are shown as before."""
    with acting(lambda: Actor(by=changed.administrator.pk, source="web", request="r2")):
        draft = copy_framework(
            framework=changed.review.framework, name="EDS 2027", copied_by=changed.administrator
        )
    with acting(lambda: Actor(by=changed.administrator.pk, source="web", request="r3")):
        draft.domains.create(number=9, title="Another domain")
    client.force_login(changed.administrator)
    copied = Entry.objects.filter(request="r2").exclude(kind__in=PARTS_OF_EDITIONS)
    shown = client.get(PAGE).context["page"].paginator
    others = Entry.objects.exclude(request="r2")
    assert {row.pk for row in shown.object_list} == {row.pk for row in (*copied, *others)}
    assert copied.filter(kind="casestudies.framework", did="added").count() == 1
    everything = client.get(PAGE, {"parts": "on"}).context["page"].paginator
    assert everything.count == Entry.objects.count() > 60
    assert {int(row["entry"]) for row in read(client)} == set(Entry.objects.values_list("pk", flat=True))
