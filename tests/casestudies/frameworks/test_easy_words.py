"""Easy words: what ships, how an administrator edits them, and how a member switches them on."""

import pytest

from casestudies.frameworks.actions import copy_framework
from casestudies.models import Framework, OutcomeArea
from eds import editions
from eds.text.easy_words import GROWTH, PICTURES, growth, long_sentences
from scoring.models import Draft
from scoring.scores.score_sheet.pictures import picture
from tests.scoring.scores.score_sheet.test_score_pages import address

OUTCOMES = [outcome for domain in editions.load("EDS 2022").domains for outcome in domain.outcomes]


@pytest.mark.parametrize("outcome", OUTCOMES, ids=lambda outcome: outcome.code)
def test_each_outcome_area_of_eds_2022_ships_with_a_picture_and_short_sentences(outcome):
    texts = [outcome.easy_statement, *dict(outcome.easy_descriptors).values()]
    assert list(dict(outcome.easy_descriptors)) == [0, 1, 2, 3]
    assert all(texts)
    assert [sentence for text in texts for sentence in long_sentences(text)] == []
    assert outcome.picture in PICTURES


def test_pictures_are_drawn_here_and_a_score_grows_from_seed_to_flower():
    assert [growth(score, 3) for score in range(4)] == list(GROWTH)
    assert (growth(0, 1), growth(1, 1)) == ("seed", "flower")
    drawn = {picture(name) for name in (*PICTURES, *GROWTH)}
    assert len(drawn) == 8
    assert all(svg.startswith("<svg") and len(svg) < 900 and "href" not in svg for svg in drawn)
    assert picture("../base") == ""


def test_rows_hold_what_ships_and_a_copy_says_the_same(cast):
    edition = Framework.objects.whole().get(name="EDS 2022").as_edition()
    assert edition == editions.load("EDS 2022")
    draft = copy_framework(framework=cast.review.framework, name="Mine", copied_by=cast.administrator)
    assert Framework.objects.whole().get(pk=draft.pk).as_edition().domains == edition.domains


def test_an_administrator_writes_easy_words_in_short_sentences_and_overwrites_nobody(client, cast):
    draft = copy_framework(framework=cast.review.framework, name="Mine", copied_by=cast.administrator)
    client.force_login(cast.administrator)
    page_of = f"/frameworks/{draft.pk}/outcome-areas/1A/easy-words/"
    initial = client.get(page_of).context["form"].initial
    refused = client.post(page_of, initial | {"easy_0": "word " * 16})
    assert list(refused.context["form"].errors) == ["easy_0"]
    assert client.post(page_of, initial | {"picture": "heart", "easy_0": "No."}).status_code == 302
    row = OutcomeArea.objects.get(domain__framework=draft, code="1A")
    assert (row.picture, row.descriptors.get(score=0).easy_text) == ("heart", "No.")
    assert row.easy_statement == "Can people get the service they need?"
    assert "1A: changed the picture, what grades mean in easy words." in draft.changes.first().what
    late = client.post(page_of, initial | {"easy_0": "Never."})
    assert "No." in late.context["form"].errors["easy_0"][0]
    assert row.descriptors.get(score=0).easy_text == "No."


@pytest.mark.parametrize("more", ["1A/", ""], ids=["one question", "one page"])
def test_a_member_switches_easy_words_on_keeps_what_was_typed_and_finds_them_next_time(client, cast, more):
    client.force_login(cast.member)
    if not more:
        cast.like_one_page(cast.member)
    usual = client.get(address(cast, more=more)).content.decode()
    typed = {"score_1A": "2", "rationale_1A": "Typed", "view": "easy"}
    assert client.post(address(cast, more=more), typed).url == address(cast, more=more)
    assert Draft.objects.get(outcome_area__code="1A").rationale == "Typed"
    easy = client.get(address(cast, 2, more)).content.decode()
    words = "1A: Can people get the service they need?"
    assert (words in usual, words in easy) == (False, True)
    assert words in client.get(address(cast, more="check/")).content.decode()
    assert "Few people from some groups can get the service." in easy
    assert easy.count('class="app-picture"') == (5 if more else 20)
    assert "Listen to the case study" in easy
    assert all(" hidden " in tag for tag in easy.split("<button")[1:] if "data-listen=" in tag)
    refused = client.post(address(cast, 2, more), {"score_1A": "9", "next": "yes"}).content.decode()
    assert "Choose one of the scores for 1A" in refused
    assert (words in refused, "Patients (service users) have required" in refused) == (True, False)
    client.post(address(cast, 2, more), {"view": "usual"})
    assert words not in client.get(address(cast, 2, more)).content.decode()
