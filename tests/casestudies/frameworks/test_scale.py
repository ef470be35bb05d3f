"""What a draft consists of: outcome areas are added and removed, grades and overall ratings are set, on own pages."""

from dataclasses import replace

import pytest
from django.urls import reverse

from casestudies.frameworks.actions import (
    Frozen,
    NotWhole,
    add_outcome_area,
    change_bands,
    change_grades,
    copy_framework,
    mark_of_scale,
    put_in_use,
    remove_outcome_area,
)
from casestudies.frameworks.forms import GradesForm
from casestudies.models import Framework, FrameworkChange, OutcomeArea, RatingDescriptor
from eds.edition import Band, Grade
from eds.editions import load, names
from eds.editions.completeness import full_total, missing_in
from edsportal.web.refusals import ChangedMeanwhile, NotPossible, mark_of

MEANINGS = {score: f"What {score} means" for score in range(4)}


@pytest.fixture
def eds(db):
    return Framework.objects.get(name="EDS 2022")


@pytest.fixture
def draft(cast, eds):
    return copy_framework(framework=eds, name="EDS 2027", copied_by=cast.administrator)


@pytest.fixture
def page(client, cast, draft):
    """`page("grades", name_0="None")` sends the page as it stands with these changes; `page("grades")` shows it."""
    client.force_login(cast.administrator)

    def ask(name, *more, send=True, **changes):
        address = reverse(name, args=[draft.pk, *more])
        shown = client.get(address)
        if not send:
            return shown
        form = shown.context["form"] if "form" in (shown.context or {}) else None
        values = {bound.name: bound.value() or "" for bound in form} if form else {}
        values |= {name: 0 for name in values if form and form[name].value() == 0}
        return client.post(address, values | changes, follow=True)

    return ask


def edition(framework):
    return Framework.objects.whole().get(pk=framework.pk).as_edition()


def errors(answer) -> dict:
    return {name: list(said) for name, said in answer.context["form"].errors.items()}


# What an edition lacks


@pytest.mark.parametrize("name", names())
def test_what_ships_is_whole(name):
    assert missing_in(load(name)) == []


def test_the_highest_total_is_known_where_all_is_added_up():
    assert full_total(load("EDS 2022")) == 33
    assert full_total(load("EDS2")) is None


def test_what_a_draft_lacks_is_said():
    whole = load("EDS 2022")
    first = whole.domains[0]
    bare = replace(first.outcomes[0], descriptors=((0, "Nothing"), (1, "Some"), (2, "More")))
    said = missing_in(replace(whole, domains=(replace(first, outcomes=(bare,)), *whole.domains[1:])))
    assert said == [
        "1A does not say what “Excelling” means.",
        "The ratings end at 33 points, but the highest total is 24.",
    ]
    gap = (Band(lowest=1, highest=7, name="Low"), Band(lowest=9, highest=33, name="High"))
    assert missing_in(replace(whole, bands=gap)) == [
        "The rating “Low” begins at 1 points instead of 0.",
        "The rating “High” begins at 9 points instead of 8.",
    ]
    assert missing_in(replace(whole, bands=(), grades=whole.grades[:1])) == ["It has fewer than two grades."]
    assert missing_in(replace(load("EDS2"), bands=gap)) == ["It has overall ratings but no overall total."]
    assert missing_in(replace(whole, bands=(), domains=(replace(first, outcomes=()),))) == [
        "Domain 1 has no outcome area."
    ]


# On pages


def test_an_outcome_area_is_added_and_removed(page, draft, cast):
    meanings = {f"descriptor_{score}": text for score, text in MEANINGS.items()}
    answer = page(
        "outcome_area_add", 1, code="1E", statement="People are asked", guidance="Ask them", **meanings
    )
    assert "Added: 1E." in answer.content.decode()
    added = edition(draft).domain(1).outcomes[-1]
    assert (added.code, added.statement, added.guidance) == ("1E", "People are asked", "Ask them")
    assert dict(added.descriptors) == MEANINGS
    assert "The ratings end at 33 points, but the highest total is 36." in answer.content.decode()
    answer = page("outcome_area_remove", "1E")
    assert "Removed: 1E." in answer.content.decode()
    assert edition(draft).domain(1).codes == ("1A", "1B", "1C", "1D")
    said = list(FrameworkChange.objects.filter(framework=draft).values_list("what", "changed_by__name"))
    assert said[:2] == [("1E: removed.", "Ada Admin"), ("1E: added to Domain 1.", "Ada Admin")]
    assert [outcome.code for outcome in edition(cast.review.framework).domain(1).outcomes] == [
        "1A",
        "1B",
        "1C",
        "1D",
    ]


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("2A", "There is already an outcome area 2A. Enter another code"),
        ("1/E", "Use letters and at least one digit, such as 1E or 2.4"),
        ("", "Enter a code, such as 1E"),
    ],
)
def test_a_code_stands_once_and_keeps_what_was_typed(page, draft, code, message):
    meanings = {f"descriptor_{score}": text for score, text in MEANINGS.items()}
    answer = page("outcome_area_add", 1, code=code, statement="People are asked", **meanings)
    assert errors(answer) == {"code": [message]}
    assert "People are asked" in answer.content.decode()
    assert len(edition(draft).domain(1).outcomes) == 4


def test_a_domain_keeps_its_last_outcome_area(draft, cast):
    areas = OutcomeArea.objects.filter(domain__framework=draft, domain__number=3)
    first, *others = areas
    for area in others:
        remove_outcome_area(area=area, removed_by=cast.administrator)
    with pytest.raises(NotPossible, match=f"{first.code} is the only outcome area of Domain 3"):
        remove_outcome_area(area=first, removed_by=cast.administrator)
    assert areas.get() == first


def test_a_grade_is_renamed_removed_and_added(page, draft):
    page("grades", name_1="Beginning", name_3="", activity_3="")
    assert [grade.name for grade in edition(draft).grades] == ["Undeveloped", "Beginning", "Achieving"]
    assert not RatingDescriptor.objects.filter(outcome_area__domain__framework=draft, score=3).exists()
    assert RatingDescriptor.objects.filter(score=3).exists()  # those of editions in use stay
    page("grades", name_3="Leading")
    assert "1A does not say what “Leading” means." in missing_in(edition(draft))
    assert edition(draft).highest == 3


def test_grades_leave_no_gap_and_have_names_of_their_own(page, draft):
    before = edition(draft)
    gap = "Enter a name. An edition needs at least two grades, without a gap"
    assert errors(page("grades", name_1="")) == {"name_1": [gap]}
    twice = ["Give each grade a different name"]
    assert errors(page("grades", name_2="developing")) == {"name_1": twice, "name_2": twice}
    assert errors(page("grades", name_1="", name_2="", name_3="")) == {"name_1": [gap]}
    assert edition(draft) == before


def test_overall_ratings_are_changed_removed_and_added(page, draft):
    answer = page("bands", highest_2=33, name_3="", lowest_3="", highest_3="")
    assert "The overall ratings are saved." in answer.content.decode()
    assert [(band.lowest, band.highest, band.name) for band in edition(draft).bands] == [
        (0, 7, "Undeveloped"),
        (8, 21, "Developing"),
        (22, 33, "Achieving"),
    ]
    page("bands", highest_2=30, name_3="Excelling", lowest_3=31, highest_3=33)
    assert edition(draft).bands[-1] == Band(lowest=31, highest=33, name="Excelling")
    assert missing_in(edition(draft)) == []


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"lowest_1": 9}, {"lowest_1": ["Do not leave gaps between ratings: this one must start at 8"]}),
        ({"highest_0": "x"}, {"highest_0": ["Enter a whole number of points"]}),
        ({"name_3": ""}, {"name_3": ["Enter the name of the rating, or empty the whole row"]}),
        ({"highest_3": 32}, {"highest_3": ["Enter 33 or more"]}),
    ],
)
def test_ratings_that_leave_a_gap_are_refused(page, draft, changes, expected):
    before = edition(draft)
    assert errors(page("bands", **changes)) == expected  # and of no row after it
    assert edition(draft) == before


def test_the_second_of_two_administrators_is_told(page, draft, cast):
    seen = mark_of_scale(draft)
    page("grades", name_0="Not begun")
    with pytest.raises(ChangedMeanwhile):
        change_bands(framework=draft, bands=[], seen=seen, changed_by=cast.administrator)
    answer = page("grades", name_0="Nothing yet", seen=seen)
    (said,) = errors(answer)["name_0"]
    assert "Ada Admin saved this while you were editing: “Not begun”" in said
    assert edition(draft).grades[0].name == "Not begun"
    page("grades", name_0="Nothing yet")
    assert edition(draft).grades[0].name == "Nothing yet"


def test_nobody_is_said_to_have_saved_what_only_oneself_typed(page, draft, cast):
    """Two open the page; one saves the first grade, the other changes the second."""
    shown = GradesForm(framework=draft, address="").initial["seen"]
    page("grades", name_0="Not begun")
    answer = page("grades", name_0="Undeveloped", name_1="Begun", seen=shown)
    assert set(errors(answer)) == {"name_0"}
    assert answer.context["form"].data["name_1"] == "Begun"
    assert edition(draft).grades[1].name == "Developing"


@pytest.mark.parametrize(("name", "of"), [("outcome_area_remove", "1A"), ("domain_remove", 1)])
def test_what_must_stay_is_not_offered_for_removal(page, draft, cast, client, name, of):
    draft.domains.exclude(number=1).delete()
    draft.domains.get().outcome_areas.exclude(code="1A").delete()
    client.force_login(cast.administrator)
    shown = client.get(reverse(name, args=[draft.pk, of])).content.decode()
    assert ("so it stays." in shown, "Remove it</button>" in shown) == (True, False)
    assert 'class="nhsuk-button nhsuk-button--warning' not in shown
    edition_page = client.get(reverse("framework", args=[draft.pk])).content.decode()
    assert reverse(name, args=[draft.pk, of]) not in edition_page


# What stays as it is


def test_an_edition_in_use_is_fixed(eds, cast):
    area, seen = OutcomeArea.objects.get(domain__framework=eds, code="1A"), mark_of_scale(eds)
    by = cast.administrator
    for write in (
        lambda: add_outcome_area(
            domain=area.domain, code="1E", statement="x", guidance="", descriptors={}, added_by=by
        ),
        lambda: remove_outcome_area(area=area, removed_by=by),
        lambda: change_grades(framework=eds, grades=[Grade(score=0, name="x")], seen=seen, changed_by=by),
        lambda: change_bands(framework=eds, bands=[], seen=seen, changed_by=by),
    ):
        with pytest.raises(Frozen):
            write()
    assert edition(eds) == load("EDS 2022")


def test_a_draft_that_lacks_something_is_not_put_in_use(page, draft, cast):
    page("bands", name_3="", lowest_3="", highest_3="")
    assert "The ratings end at 32 points" in page("put_in_use", send=False).content.decode()
    with pytest.raises(NotWhole):
        put_in_use(framework=draft, seen=mark_of(edition(draft)), put_by=cast.administrator)
    draft.refresh_from_db()
    assert draft.is_draft
