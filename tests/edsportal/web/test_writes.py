"""What every feature writes with: rows in order, addresses of rows, marks of what was seen, pages that write."""

import pytest
from django import forms
from django.contrib.messages import get_messages
from django.contrib.messages.storage.fallback import FallbackStorage
from django.test import RequestFactory

from casestudies.models import Section
from edsportal.web.addresses import url_of
from edsportal.web.form_pages import attempt, edit
from edsportal.web.ordering import move_row, number_rows
from edsportal.web.refusals import NotPossible, mark_of
from scoring.models import Publication, Recommendation, Theme
from tests.cast import objective_of, quote_of, share_with


@pytest.fixture
def sections(cast) -> list[Section]:
    """Three sections at positions with gaps."""
    row = cast.case_studies[0]
    row.sections.all().delete()
    return [row.sections.create(position=place, heading=f"At {place}") for place in (2, 3, 7)]


def places(rows: list[Section]) -> list[int]:
    for row in rows:
        row.refresh_from_db()
    return [row.position for row in rows]


def test_rows_are_numbered_from_1_in_any_new_order(sections):
    first, second, third = sections
    number_rows([third, first, second])
    assert places(sections) == [2, 3, 1]


@pytest.mark.parametrize(
    ("index", "up", "moved", "expected"),
    [
        (0, True, False, [2, 3, 7]),
        (2, False, False, [2, 3, 7]),
        (2, True, True, [1, 3, 2]),
        (0, False, True, [2, 1, 3]),
    ],
)
def test_a_row_moves_by_one_place_and_stays_at_the_ends(sections, index, up, moved, expected):
    assert move_row(sections, sections[index], up=up) is moved
    assert places(sections) == expected


def test_each_row_gives_its_own_address(cast):
    review, case_study = cast.review, cast.case_studies[0]
    theme = Theme.objects.create(review=review, position=1, title="Access")
    recommendation = Recommendation.objects.create(theme=theme, position=1, action="Open earlier")
    home = f"/reviews/{cast.organisation.slug}/2026/"
    section, quote, member = case_study.sections.first(), quote_of(cast), cast.members[cast.member]
    objective, shared = objective_of(cast), share_with(cast)
    area = case_study.domain.outcome_areas.get(code="1B")
    expected = {
        cast.organisation: f"/reports/{cast.organisation.slug}/",
        review: home,
        case_study: f"{home}case-studies/1/",
        section: f"{home}case-studies/1/write/{section.pk}/",
        quote: f"{home}case-studies/{quote.case_study.number}/evidence/{quote.pk}/",
        recommendation: f"{home}recommendations/{recommendation.pk}/",
        member: f"{home}panel/{member.pk}/",
        review.framework: f"/frameworks/{review.framework_id}/",
        area: f"/frameworks/{review.framework_id}/outcome-areas/1B/",
        objective: f"/organisations/{cast.organisation.slug}/objectives/{objective.pk}/",
        shared: f"/shared-case-studies/{shared.pk}/",
        Publication(review=review, number=2, pk=1): f"/reports/{cast.organisation.slug}/2026/editions/2/",
    }
    assert {row: url_of(row) for row in expected} == expected
    assert url_of(review, "stage") == f"{home}stage/"
    assert url_of(review, "panel_member", 5) == f"{home}panel/5/"


def test_a_mark_tells_one_state_from_another():
    assert mark_of("a", 1) == mark_of("a", 1)
    assert len({mark_of("a", 1), mark_of("a", "1"), mark_of("a1"), mark_of(("a", 1)), mark_of()}) == 5


class NameForm(forms.Form):
    name = forms.CharField()


def sent(**answers: str):
    request = RequestFactory().post("/", answers)
    request.session, request._messages = {}, None
    request._messages = FallbackStorage(request)
    return request


def refuse() -> str:
    raise NotPossible("There is one of this name", field="name")


def test_a_form_that_is_stored_leads_on_with_the_sentence_of_what_happened():
    request, form = sent(name="Ann"), NameForm({"name": "Ann"})
    answer = edit(request, form, lambda: f"Saved {form.cleaned_data['name']}.", "home.html", {}, to="/next/")
    assert (answer.status_code, answer.url) == (302, "/next/")
    assert [str(each) for each in get_messages(request)] == ["Saved Ann."]


def test_what_is_refused_is_shown_at_its_field_or_on_the_next_page(monkeypatch):
    pages = []
    monkeypatch.setattr("edsportal.web.form_pages.render", lambda *given: pages.append(given))
    form = NameForm({"name": "Ann"})
    edit(sent(name="Ann"), form, refuse, "some.html", {"a": 1}, to="/next/")
    assert form.errors == {"name": ["There is one of this name"]}
    assert [each[1:] for each in pages] == [("some.html", {"a": 1, "form": form})]
    request = sent()
    assert attempt(request, refuse, to="/next/").url == "/next/"
    assert [(each.level_tag, str(each)) for each in get_messages(request)] == [
        ("warning", "There is one of this name")
    ]


def test_a_form_that_is_not_valid_stores_nothing(monkeypatch):
    monkeypatch.setattr("edsportal.web.form_pages.render", lambda *given: "shown")
    form = NameForm({"name": ""})
    assert edit(sent(name=""), form, lambda: pytest.fail("stored"), "some.html", {}, to="/next/") == "shown"
