"""Practice: a made-up case study of the edition, with how others reasoned; nothing of it is stored or counted."""

import pytest
from django.apps import apps

from eds.scores.answers import Answer
from scoring.models import ScoringPreference
from scoring.scores.actions import save_draft


def practice(cast, area: str = "", query: str = "") -> str:
    return f"/frameworks/{cast.review.framework_id}/practice/1/{f'{area}/' if area else ''}{query}"


@pytest.fixture
def member(client, cast):
    client.force_login(cast.member)
    return client


def counts() -> dict[str, int]:
    return {model._meta.label: model.objects.count() for model in apps.get_app_config("scoring").get_models()}


def test_a_member_practises_question_by_question_and_nothing_is_stored(member, cast):
    before = counts()
    work = member.get("/my-work/").content.decode()
    assert f'href="{practice(cast)}">Practise on a made-up case study' in work
    page = member.get(practice(cast)).content.decode()
    assert "Elm Street walking group" in page
    assert "Question 1 of 4" in page
    assert "How others reasoned" not in page
    empty = member.get(practice(cast, "1A", "?look=yes"))
    assert empty.context["form"].errors == {"score_1A": ["Choose a score for 1A, or abstain"]}
    look = member.get(practice(cast, "1A", "?look=yes&score_1A=3")).content.decode()
    assert "You chose <strong>3 Excelling</strong>." in look
    assert "About half of the groups in our area come." in look
    assert practice(cast, "1B") in look
    assert "Abstained" in member.get(practice(cast, "1A", "?look=yes&score_1A=abstain")).content.decode()
    assert (
        "You have finished practising."
        in member.get(practice(cast, "1D", "?look=yes&score_1D=0")).content.decode()
    )
    assert counts() == before
    assert not cast.members[cast.member].scores.exists()


def test_practice_asks_in_easy_words_from_question_to_answer_to_the_next(member, cast):
    easy, usual = "1A: Can people get the service they need?", "1A: Patients (service users) have required"
    link = '<a href="?words=easy">Show easy words and pictures</a>'
    assert link in member.get(practice(cast, "1A")).content.decode()
    for query in ("?words=easy", "?words=easy&look=yes", "?words=easy&look=yes&score_1A=3"):
        page = member.get(practice(cast, "1A", query)).content.decode()
        assert (easy in page, usual in page) == (True, False)
    assert practice(cast, "1B", "?words=easy") in page
    ScoringPreference.objects.choose(cast.member, easy_words=True)
    assert easy in member.get(practice(cast, "1A")).content.decode()
    assert usual in member.get(practice(cast, "1A", "?words=usual")).content.decode()


def test_practice_is_offered_until_the_first_case_study_is_begun(member, cast):
    version = cast.case_studies[0].versions.latest("number")
    areas = list(cast.case_studies[0].domain.outcome_areas.all())
    empty = {area.code: Answer() for area in areas}  # what a page saves where nothing was chosen
    save_draft(member=cast.members[cast.member], version=version, areas=areas, answers=empty)
    assert "Practise on a made-up" in member.get("/my-work/").content.decode()
    cast.score(cast.member, 1, 1, 1, 1, 1)
    assert "Practise on a made-up" not in member.get("/my-work/").content.decode()


def test_there_is_no_practice_where_the_edition_has_none(member, cast):
    assert member.get(practice(cast, "9Z")).status_code == 404
    assert member.get(practice(cast).replace("/1/", "/2/")).status_code == 404
