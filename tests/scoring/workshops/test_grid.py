"""The paper sheets of everyone, typed in twice: nothing counts before the second person, and nobody sees a value."""

import re

import pytest

from casestudies.models import Role
from eds import stages
from eds.scores.answers import EACH_CASE_STUDY, EVERY_SCORE
from scoring.models import PaperSheet, Score
from tests.cast import person

CODES = ("1A", "1B", "1C", "1D")


@pytest.fixture
def second(cast):
    """Another equality lead of the organisation."""
    user = person("Sam Second")
    Role.objects.create(user=user, organisation=cast.organisation, kind=Role.Kind.EQUALITY_LEAD)
    return user


def address(cast) -> str:
    return f"/reviews/{cast.organisation.slug}/2026/paper/1/sheets/"


def row(cast, user, typed: str, reason: str = "", **more) -> dict[str, str]:
    pk = cast.members[user].pk
    cells = {f"score_{pk}_{code}": value for code, value in zip(CODES, typed, strict=True)}
    return cells | {f"reason_{pk}": reason} | {f"{name}_{pk}": "on" for name in more}


def send(client, cast, who, *rows: dict):
    client.force_login(who)
    return client.post(address(cast), {key: value for each in rows for key, value in each.items()})


def values() -> dict[str, list]:
    found: dict[str, list] = {}
    for score in Score.objects.order_by("member__name", "outcome_area__code"):
        found.setdefault(score.member.name, []).append(score.value)
    return found


def test_sheets_count_once_a_second_person_typed_in_the_same(client, cast, second):
    sheets = row(cast, cast.member, "012a", "Hard to reach"), row(cast, cast.other, "3333")
    assert send(client, cast, cast.lead, *sheets).status_code == 302
    assert values() == {}
    assert send(client, cast, cast.lead, *sheets).status_code == 302  # the same person again: no check
    assert values() == {}
    assert send(client, cast, second, row(cast, cast.member, "012A")).status_code == 302
    assert values() == {"Mona Member": [0, 1, 2, None]}
    first = Score.objects.get(outcome_area__code="1A")
    assert (first.rationale, first.entered_by) == ("Hard to reach", cast.lead)
    checked = PaperSheet.objects.get(checked_by=second)
    assert (checked.answers, checked.reason, checked.entered_by) == ({}, "", cast.lead)
    page = client.get(address(cast)).content.decode()
    assert f"Mona Member: typed in by {cast.lead}, checked by Sam Second" in page
    assert f"Typed in by {cast.lead}. Type it in again to check it." in page


def test_what_differs_is_named_without_a_value_and_a_second_look_asks_for_another_check(client, cast, second):
    send(client, cast, cast.lead, row(cast, cast.other, "3210"))
    page = send(client, cast, second, row(cast, cast.other, "3110"))
    words = f"This differs from what {cast.lead} typed in for 1B. Look at the paper again."
    assert words in page.content.decode()
    assert "again, and this is right" in page.content.decode()
    assert values() == {}
    assert send(client, cast, second, row(cast, cast.other, "3110", sure=True)).status_code == 302
    assert values() == {}
    send(client, cast, cast.lead, row(cast, cast.other, "3110"))
    assert values() == {"Oscar Other": [3, 1, 1, 0]}


def test_no_page_shows_what_was_typed_in_and_a_member_who_scored_is_not_in_the_grid(client, cast, second):
    cast.score(cast.chair, 1, 1, 1, 1, 1)
    send(client, cast, cast.lead, row(cast, cast.member, "3210", "SECRET"))
    for who in (cast.lead, second):
        client.force_login(who)
        for page in (address(cast), address(cast).removesuffix("1/sheets/")):
            text = client.get(page).content.decode()
            assert "SECRET" not in text
            assert not re.search(r'name="score_[^>]*value="[^"]', text)
    grid = client.get(address(cast)).context["form"]
    assert [member.name for member in grid.members] == ["Mona Member", "Oscar Other"]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("321 ", "Enter 0 to 3, or A to abstain, for 1D of Oscar Other"),
        ("3219", "Enter 0 to 3, or A to abstain, for 1D of Oscar Other"),
        ("32x1", "Enter 0 to 3, or A to abstain, for 1C of Oscar Other"),
    ],
)
def test_a_row_that_is_begun_has_to_be_whole(client, cast, typed, words):
    page = send(client, cast, cast.lead, row(cast, cast.other, typed))
    assert words in page.content.decode()
    assert PaperSheet.objects.count() == 0


def test_reasons_are_asked_for_as_the_lead_decides(client, cast, second):
    cast.ask_reasons(EACH_CASE_STUDY)
    page = send(client, cast, cast.lead, row(cast, cast.other, "3333"))
    assert "Give a reason for at least one of your scores" in page.content.decode()
    assert send(client, cast, cast.lead, row(cast, cast.other, "3333", "Good")).status_code == 302
    cast.ask_reasons(EVERY_SCORE)
    assert "Enter each sheet by itself" in client.get(address(cast)).content.decode()


def test_a_single_lead_is_led_to_entering_one_sheet_or_adding_a_second_lead(client, cast):
    client.force_login(cast.lead)
    pages = address(cast), address(cast).removesuffix("1/sheets/")
    people = f'<a href="/organisations/{cast.organisation.slug}/people/">add a second equality lead</a>'
    assert [people in client.get(page).content.decode() for page in pages] == [True, True]
    assert f'{pages[1]}#one-sheet">Enter one sheet at a time' in client.get(pages[0]).content.decode()
    second = person("Sam Second")
    Role.objects.create(user=second, organisation=cast.organisation, kind=Role.Kind.EQUALITY_LEAD)
    assert [people in client.get(page).content.decode() for page in pages] == [False, False]
    second.is_active = False
    second.save()
    assert people in client.get(pages[0]).content.decode()


def test_after_the_reveal_nothing_can_be_typed_in(client, cast):
    cast.move(stages.MEETING)
    assert send(client, cast, cast.lead, row(cast, cast.other, "3333")).status_code == 403
    assert (values(), PaperSheet.objects.count()) == ({}, 0)
