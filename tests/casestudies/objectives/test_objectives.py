"""Equality objectives on pages: who sees and writes them, progress by quarter, what falls due."""

import re
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from casestudies.models import Change, DutyPublication, Objective, ObjectiveNote, Organisation
from casestudies.objectives.actions import add_objective, note_quarter, record_publication
from casestudies.objectives.deadlines import dues_of
from casestudies.objectives.forms import ObjectiveForm
from eds import stages
from eds.equality_duty import INFORMATION_YEARS, OBJECTIVES_YEARS, Quarter
from eds.normal_form import without_origin
from reports.writing.data.json_report import from_json, to_json
from scoring.importing.store import import_report
from scoring.models import Recommendation
from scoring.recommendations.actions import Wording
from scoring.review.content import report_content
from scoring.review.start import start_review
from tests.cast import objective_of
from tests.conftest import SEEDS
from tests.prepare import recommend

TYPED = {
    "title": "Everybody gets an interpreter",
    "measure": "Nine in ten",
    "starts_on_day": "1",
    "starts_on_month": "4",
    "starts_on_year": "2026",
    "ends_on_day": "31",
    "ends_on_month": "3",
    "ends_on_year": "2030",
}


@pytest.fixture
def address(cast) -> str:
    return f"/organisations/{cast.organisation.slug}/objectives/"


@pytest.fixture
def lead(client, cast):
    client.force_login(cast.lead)
    return client


def changes() -> list[str]:
    return list(Change.objects.order_by("pk").values_list("what", flat=True))


def words(page) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page.content.decode()).split())


def test_a_lead_adds_changes_and_ends_an_objective(lead, cast, address):
    assert lead.post(address + "add/", TYPED).url == address
    row = Objective.objects.get()
    assert (row.title, row.starts_on, row.ends_on) == (
        "Everybody gets an interpreter", date(2026, 4, 1), date(2030, 3, 31),
    )  # fmt: skip
    one = f"{address}{row.pk}/"
    assert lead.post(one + "change/", TYPED | {"title": "Everybody is understood"}).url == one
    assert lead.post(one + "change/", TYPED | {"title": "Everybody is understood"}).url == one  # nothing new
    ended = {"on_day": "1", "on_month": "10", "on_year": "2026", "why": "It is met"}
    assert lead.post(one + "end/", ended).url == address
    assert lead.post(one + "end/", ended | {"why": "Again"}).url == one
    row.refresh_from_db()
    assert (row.title, row.ended_on, row.ended_why) == (
        "Everybody is understood", date(2026, 10, 1), "It is met",
    )  # fmt: skip
    assert changes() == [
        "Added the equality objective “Everybody gets an interpreter”",
        "Changed the equality objective “Everybody is understood”: objective was “Everybody gets an interpreter”",
        "Ended the equality objective “Everybody is understood”: It is met",
    ]
    assert "Objectives that ended Everybody is understood , ended on 1 October 2026" in words(
        lead.get(address)
    )


@pytest.mark.parametrize(
    ("typed", "errors"),
    [
        ({"ends_on_year": "2030", "ends_on_month": "4", "ends_on_day": "1"}, {}),
        (
            {"ends_on_year": "2030", "ends_on_month": "4", "ends_on_day": "2"},
            {"ends_on": ["An objective can run for up to 4 years. Choose an earlier last day"]},
        ),
        ({"ends_on_year": "2025"}, {"ends_on": ["The last day must be after the first day"]}),
        ({"title": " "}, {"title": ["Enter an answer for “What do you want to achieve?”"]}),
        ({"ends_on_day": "31", "ends_on_month": "2"}, {"ends_on": ["The date must be a real date"]}),
    ],
)
def test_an_objective_runs_for_four_years_at_most(lead, address, typed, errors):
    page = lead.post(address + "add/", TYPED | typed)
    assert (page.context["form"].errors if page.status_code == 200 else {}) == errors
    assert Objective.objects.count() == (0 if errors else 1)
    assert page.status_code == 302 or "Nine in ten" in page.content.decode()


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ({"on_year": "2099"}, {"on": ["Enter today’s date or an earlier one"]}),
        ({"on_year": "2020"}, {"on": ["Enter a day after its first day"]}),
        ({"why": ""}, {"why": ["Enter why it ended"]}),
    ],
)
def test_ending_needs_a_day_and_a_reason(lead, cast, address, typed, error):
    row = objective_of(cast)
    data = {"on_day": "1", "on_month": "10", "on_year": "2026", "why": "It is met"} | typed
    page = lead.post(f"{address}{row.pk}/end/", data)
    assert page.context["form"].errors == error
    assert Objective.objects.get().ended_on is None


def test_the_page_says_which_quarters_have_no_note(lead, cast, address, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda: date(2026, 11, 22))
    row = objective_of(cast)
    one = f"{address}{row.pk}/"
    assert "No note for 2 quarters, the last July to September 2026" in words(lead.get(address))
    page = lead.get(one)
    assert [str(each) for each in page.context["over"]] == ["April to June 2026", "July to September 2026"]
    assert "The note for October to December 2026 is due by 31 December 2026." in words(page)
    assert page.context["form"].initial["quarter"] == "2026-04-01"
    note = {"quarter": "2026-04-01", "text": "Forms ask for language"}
    assert lead.post(one, note).url == one
    lead.post(one, note | {"text": "And for format"})
    assert [str(each) for each in lead.get(one).context["over"]] == ["July to September 2026"]
    assert list(ObjectiveNote.objects.values_list("quarter", "text", "noted_by__name")) == [
        (date(2026, 4, 1), "Forms ask for language", "Lena Lead"),
        (date(2026, 4, 1), "And for format", "Lena Lead"),
    ]
    assert "No note for July to September 2026" in words(lead.get(address))
    refused = lead.post(one, {"quarter": "2027-01-01", "text": "Kept as typed"})
    assert "quarter" in refused.context["form"].errors
    assert "Kept as typed" in refused.content.decode()
    assert ObjectiveNote.objects.count() == 2


def test_what_falls_due_is_shown_and_the_row_recorded_last_counts(lead, cast, address, monkeypatch):
    today = date(2026, 11, 22)
    monkeypatch.setattr("django.utils.timezone.localdate", lambda: today)
    assert "You have not recorded a publication" in words(lead.get(address))
    assert [task.text for task in lead.get("/my-work/").context["falling_due"]] == []
    data = {"kind": "information", "published_on_day": "21", "published_on_month": "11"}
    data |= {"published_on_year": "2026", "address": "www.example.nhs.uk/equality"}
    assert lead.post(address + "published/", data).url == address
    lead.post(address + "published/", data | {"published_on_year": "2025"})  # the year was a slip
    lead.post(address + "published/", data | {"kind": "objectives", "published_on_year": "2024"})
    shown = words(lead.get(address))
    assert "Equality information Overdue It was due by 21 November 2026." in shown
    assert "Equality objectives By 21 November 2028." in shown
    assert "EDS report of 2026 By 28 February 2027." in shown  # it is 98 days away
    assert [due.by for due in dues_of(cast.organisation, today)] == [
        date(2026, 11, 21), date(2028, 11, 21), date(2027, 2, 28),
    ]  # fmt: skip
    assert DutyPublication.objects.count() == 3
    (task,) = lead.get("/my-work/").context["falling_due"]
    assert (task.text, task.status) == ("Publish the equality information", "Overdue")
    future = lead.post(address + "published/", data | {"published_on_year": "2027"})
    assert future.context["form"].errors == {"published_on": ["Enter today’s date or an earlier one"]}


def test_a_published_review_moves_the_eds_on(cast):
    cast.move(stages.PUBLISHED)
    assert dues_of(cast.organisation, date(2026, 1, 1))[2].by == date(2028, 2, 28)


def test_the_database_keeps_the_rules(cast):
    row = objective_of(cast)
    for values in (
        {"ended_on": date(2026, 5, 1)},
        {"ended_why": "x"},
        {"title": ""},
        {"ends_on": date(2026, 3, 31)},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Objective.objects.filter(pk=row.pk).update(**values)
    with pytest.raises(IntegrityError), transaction.atomic():
        ObjectiveNote.objects.create(objective=row, quarter=date(2026, 5, 1), text="x", noted_by=cast.lead)
    recommend(review=cast.review, wording=Wording(theme="A", action="Do it", equality_objective=row))
    with pytest.raises(IntegrityError), transaction.atomic():
        Recommendation.objects.update(objective="Two at once")


def test_another_organisations_objective_is_not_found(lead, cast, address):
    row = objective_of(cast)
    row.organisation = cast.stranger.roles.get().organisation
    row.save()
    for more in ("", "change/", "end/"):
        assert lead.get(f"{address}{row.pk}/{more}").status_code == 404
        assert lead.post(f"{address}{row.pk}/{more}", TYPED).status_code == 404


def test_a_recommendation_answers_an_objective_of_the_list_or_one_in_words(lead, cast, address):
    cast.move(stages.MEETING)
    row = objective_of(cast)
    add = f"/reviews/{cast.organisation.slug}/2026/recommendations/add/"
    data = {"theme": "new", "new_theme": "Access", "action": "Offer interpreters"}
    lead.post(add, data | {"equality_objective": row.pk, "objective": "Left over"})
    lead.post(add, data | {"equality_objective": "words", "objective": "We hear everybody", "action": "Ask"})
    lead.post(add, data | {"equality_objective": "", "objective": "Left over", "action": "Count"})
    found = Recommendation.objects.order_by("pk")
    assert [(one.equality_objective, one.objective) for one in found] == [
        (row, ""), (None, "We hear everybody"), (None, ""),
    ]  # fmt: skip
    refused = lead.post(add, data | {"equality_objective": "words", "objective": ""})
    assert refused.context["form"].errors == {"objective": ["Write the objective in your own words"]}
    assert [
        lead.get(add.replace("add", f"{one.pk}/change")).context["form"].initial["equality_objective"]
        for one in found
    ] == [row.pk, "words", ""]
    shown = lead.get(f"{address}{row.pk}/")
    assert [one.action for one in shown.context["answering"]] == ["Offer interpreters"]
    client = lead
    client.force_login(cast.reader)  # who reads recommendations from approval only
    assert list(client.get(f"{address}{row.pk}/").context["answering"]) == []
    assert "Offer interpreters" not in client.get(f"{address}{row.pk}/").content.decode()


def test_an_ended_objective_stays_with_the_recommendation_that_answers_it(lead, cast, address):
    row = objective_of(cast)
    said = recommend(review=cast.review, wording=Wording(theme="A", action="Do it", equality_objective=row))
    Objective.objects.update(ended_on=date(2026, 10, 1), ended_why="Met")
    base = f"/reviews/{cast.organisation.slug}/2026/recommendations/"
    assert "equality_objective" not in lead.get(base + "add/").context["form"].fields
    form = lead.get(f"{base}{said.pk}/change/").context["form"]
    assert [choice[0] for choice in form.fields["equality_objective"].choices] == [str(row.pk), "words", ""]


def test_the_report_tells_the_objective_and_reads_back_as_the_same(cast):
    row = objective_of(cast)
    recommend(review=cast.review, wording=Wording(theme="A", action="Do it", equality_objective=row))
    recommend(review=cast.review, wording=Wording(theme="A", action="Ask", objective="We hear everybody"))
    said = report_content(cast.review)
    assert [action.objective for action in said.recommendations[0].actions] == [
        "Everybody is understood", "We hear everybody",
    ]  # fmt: skip
    file = to_json(said)
    editions = {said.edition.name: said.edition}
    start_review(
        organisation=cast.organisation,
        framework=cast.review.framework,
        year="2027",
        title="",
        started_by=cast.lead,
    )
    later = cast.organisation.reviews.get(year="2027").previous_actions.order_by("position")
    assert [one.objective for one in later] == ["Everybody is understood", "We hear everybody"]
    cast.review.year = "2025"  # so that the file's year is free
    cast.review.save()
    again, stored = import_report(report=from_json(file, editions))
    assert stored
    assert to_json(without_origin(report_content(again))) == file
    linked = Recommendation.objects.filter(theme__review=again).order_by("position")
    assert [one.equality_objective for one in linked] == [row, None]


@pytest.mark.parametrize("many", [1, 3])
def test_the_list_of_objectives_costs_the_same_for_three(
    lead, cast, address, django_assert_num_queries, many
):
    for number in range(many):
        row = Objective.objects.create(
            organisation=cast.organisation,
            title=f"Aim {number}",
            starts_on=date(2026, 4, 1),
            ends_on=date(2030, 3, 31),
        )
        note_quarter(objective=row, quarter=Quarter(date(2026, 4, 1)), text="Done", noted_by=cast.lead)
        record_publication(
            organisation=cast.organisation,
            kind="information",
            published_on=date(2026, 1, 1),
            address="",
            recorded_by=cast.lead,
        )
    with django_assert_num_queries(9):
        assert len(lead.get(address).context["current"]) == many


def test_the_seed_strategys_objectives_fit(cast):
    """The strategy of 2019: four objectives from 2019 to October 2021, reported quarterly, under the duty's terms."""
    if not SEEDS.is_dir():
        pytest.skip("the folder ../shared/seeds with the real strategy is not here")
    text = next(SEEDS.glob("004_*.txt")).read_text(encoding="utf-8")
    found = re.findall(r"^Objective (\d)\n+(.+)$", text, re.MULTILINE)
    assert [number for number, _ in found] == ["1", "2", "3", "4"]
    assert "between 2019 and October 2021" in text
    assert "objectives at least every four years" in text
    assert OBJECTIVES_YEARS == 4
    assert "at least annually" in text
    assert INFORMATION_YEARS == 1
    assert "Equality Objectives progress report quarterly" in text
    days = {"starts_on_day": "1", "starts_on_month": "1", "starts_on_year": "2019"}
    days |= {"ends_on_day": "31", "ends_on_month": "10", "ends_on_year": "2021"}
    body = Organisation.objects.create(name="Six groups", slug="six-groups")
    for _, title in found:
        form = ObjectiveForm(days | {"title": title, "measure": ""}, back="/")
        assert form.is_valid(), form.errors
        row = add_objective(organisation=body, **form.values(), added_by=cast.lead)
        over, running = row.quarters_without_note(date(2022, 1, 1))
        assert (row.title, len(over), running) == (title, 12, None)
