"""One question at a time: where each step leads, what it says, and what another page may not overwrite."""

import pytest

from eds import stages
from eds.scores.answers import Answer, progress
from scoring.models import Draft, ScoringPreference
from scoring.scores.score_sheet.steps import AboutArea
from tests.scoring.scores.score_sheet.test_score_pages import address, whole


@pytest.fixture
def member(client, cast):
    client.force_login(cast.member)
    return client


def step(cast, code: str) -> str:
    return address(cast, more=f"{code}/")


def answer(client, cast, code: str, value: str = "2", **more):
    return client.post(
        step(cast, code), {f"score_{code}": value, f"rationale_{code}": f"Because of {code}"} | more
    )


def state(client, cast, code: str) -> dict:
    now = client.get(step(cast, code)).context["state"]
    return {"revision": now.revision, "version": now.version, "page": now.page}


def test_scoring_begins_at_the_first_question_without_an_answer_and_ends_at_the_check(member, cast):
    assert member.get(address(cast)).url == step(cast, "1A")
    for code, following in (("1A", "1B/"), ("1B", "1C/"), ("1C", "1D/"), ("1D", "check/")):
        assert answer(member, cast, code, next="yes").url == address(cast, more=following)
        assert member.get(address(cast)).url == address(cast, more=following)


def test_once_all_are_answered_each_leads_to_the_check_and_back_leads_back(member, cast):
    member.post(address(cast), whole(save="yes"))
    assert answer(member, cast, "1B", next="yes").url == address(cast, more="check/")
    assert answer(member, cast, "1B", back="yes").url == step(cast, "1A")
    assert answer(member, cast, "1A", back="yes").url == step(cast, "1A")


def test_going_on_without_a_score_is_refused_and_keeps_what_was_typed(member, cast):
    page = answer(member, cast, "1A", "", next="yes")
    assert page.context["form"].errors == {"score_1A": ["Choose a score for 1A, or abstain"]}
    assert Draft.objects.get().rationale == "Because of 1A"


def test_no_other_outcome_area_is_a_step_and_after_submitting_there_are_none(member, cast):
    assert member.get(step(cast, "2A")).status_code == 404
    cast.score(cast.member, 1, 1, 1, 1, 1)
    assert member.get(step(cast, "1A")).url == address(cast)


def test_a_page_opened_before_another_question_was_answered_overwrites_nothing_and_is_no_conflict(
    member, cast
):
    first, second = state(member, cast, "1A"), state(member, cast, "1B")
    assert answer(member, cast, "1B", next="yes", **second).status_code == 302
    assert answer(member, cast, "1A", next="yes", **first).status_code == 302
    # back in the browser to the page of 1A, which knows of neither save
    assert answer(member, cast, "1A", "3", next="yes", **first).status_code == 302
    assert dict(Draft.objects.values_list("outcome_area__code", "value")) == {"1A": 3, "1B": 2}


def test_the_same_question_answered_in_two_tabs_is_shown_twice(member, cast):
    older, newer = state(member, cast, "1A"), state(member, cast, "1A")
    answer(member, cast, "1A", "1", next="yes", **newer)
    page = answer(member, cast, "1A", "3", next="yes", **older)
    assert page.status_code == 409
    assert [line["code"] for line in page.context["lines"]] == ["1A"]
    assert Draft.objects.get().value == 1
    hidden = page.context["hidden"] | older | {"revision": page.context["state"].revision}
    done = member.post(step(cast, "1A"), hidden | {"resolve": "yes", "keep_1A": "here"})
    assert done.url == step(cast, "1A")
    assert Draft.objects.get().value == 3


def test_an_old_step_after_submitting_leads_to_changing_with_the_other_scores(member, cast):
    page = state(member, cast, "1A")
    cast.score(cast.member, 1, 0, 1, 2, 3)
    form = answer(member, cast, "1A", "3", next="yes", **page).context["form"]
    assert [form[f"score_{code}"].value() for code in ("1A", "1B", "1C", "1D")] == ["3", "1", "2", "3"]


def test_the_layout_is_remembered_for_the_person(member, cast):
    assert answer(member, cast, "1A", view="one").url == address(cast)
    assert Draft.objects.get().value == 2
    assert member.get(address(cast, 2)).status_code == 200
    member.post(address(cast), whole(view="steps"))
    assert ScoringPreference.objects.get().one_page is False
    assert member.get(address(cast, 2)).url == address(cast, 2, "1A/")


def test_a_text_that_changed_is_confirmed_on_the_check(member, cast):
    member.post(address(cast), whole(save="yes"))
    new = cast.change_text(1, "Open on Sundays")
    assert "See what changed" in member.get(step(cast, "1A")).content.decode()
    refused = member.post(address(cast, more="submit/"), {"version": new.pk})
    assert list(refused.context["form"].errors) == ["read_change"]
    done = member.post(address(cast, more="submit/"), {"version": new.pk, "read_change": "on"})
    assert done.url == "/my-work/"
    assert set(cast.members[cast.member].scores.values_list("version", flat=True)) == {new.pk}


def test_a_step_shows_what_is_about_its_outcome_area_and_all_its_evidence(member, cast):
    row = cast.case_studies[0]
    areas = row.domain.outcome_areas
    found = row.evidence.create(position=1, kind="link", title="Survey", url="https://example.org/s")
    found.outcome_areas.set([areas.get(code="1A"), areas.get(code="1B")])
    row.evidence.create(position=2, kind="link", title="Other", url="https://example.org/o")
    cast.change_text(1, "Open on Sundays")
    reading = member.get(step(cast, "1B")).context["reading"]
    about = AboutArea.of(reading, "1B")
    assert [section.outcome for section in about.sections] == ["1B"] * len(about.sections)
    assert [item["title"] for item in about.evidence] == ["Survey"]


def test_how_many_are_answered_in_words():
    answers = {"1A": Answer(value=0), "1B": Answer(abstained=True), "1C": Answer(rationale="Typed")}
    assert progress(("1A", "1B", "1C", "1D"), answers) == "2 of 4 questions answered"
    assert progress(("1A",), answers) == "1 of 1 question answered"


def test_a_page_for_scoring_is_part_of_my_work(member, cast):
    framework = cast.review.framework_id
    for page in (address(cast, "1A"), f"/frameworks/{framework}/practice/1/"):
        nav = member.get(page).context["nav"]
        assert [text for text, _, is_current in nav if is_current] == ["My work"]


def test_which_case_study_this_is_and_by_when(member, cast):
    cast.review.case_studies.update(scoring_closes_on="2026-12-11")
    cast.members[cast.member].declared_interests.create(case_study=cast.case_studies[1], reason="My sister")
    text = member.get(address(cast, 3, "1A/")).content.decode()
    assert "Case study 2 of 2, please finish by Friday 11 December" in text


WHO_READS = (
    "The panel and the equality lead can read this after scoring closes, so do not name people. "
    "The report never prints it."
)


@pytest.mark.parametrize(
    ("reasons", "label", "errors"),
    [
        ("as_liked", "Your reason for 1A (optional)", {}),
        ("each_case_study", "Give a reason for at least one of your scores.", {}),
        ("every_score", "Your reason for 1A", {"rationale_1A": ["Give your reason for 1A"]}),
    ],
)
def test_a_step_asks_for_the_reason_that_the_lead_wants_and_says_who_reads_it(
    member, cast, reasons, label, errors
):
    cast.ask_reasons(reasons)
    text = member.get(step(cast, "1A")).content.decode()
    assert label in text
    assert WHO_READS in text
    done = answer(member, cast, "1A", rationale_1A="", next="yes")
    assert (done.context["form"].errors if errors else done.context) == (errors or None)


def test_one_reason_for_the_case_study_is_asked_for_on_the_check(member, cast):
    cast.ask_reasons("each_case_study")
    none = {f"rationale_{code}": "" for code in ("1A", "1B", "1C", "1D")}
    member.post(address(cast), whole(save="yes", **none))
    text = member.get(address(cast, more="check/")).content.decode()
    assert "Give a reason for at least one of your scores" in text
    assert "Submit your scores" not in text
    answer(member, cast, "1B", next="yes")
    assert "Submit your scores" in member.get(address(cast, more="check/")).content.decode()


def test_the_meeting_says_where_no_reason_was_given(member, cast):
    none = {f"rationale_{code}": "" for code in ("1A", "1B", "1C", "1D")}
    member.post(address(cast), whole(save="yes", **none))
    assert member.post(address(cast, more="submit/")).url == "/my-work/"
    cast.move(stages.MEETING)
    assert (
        "No reason given"
        in member.get(address(cast).replace("case-studies/1/score", "moderation/1")).content.decode()
    )
