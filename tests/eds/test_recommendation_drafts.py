"""A recommendation drafted from what was said: nothing made up, and nothing stored before it is saved."""

import pytest

from eds import stages
from eds.recommendation_drafts import Source, draft_from, sources
from scoring.models import Recommendation, Theme
from scoring.review.content import report_content
from tests.prepare import mark_ready, record_agreed_score, record_commentary

SAID = "The team knows its patients. It should open on Saturdays.\n\n- Letters **need to** be in plain English\n- Good"


def source(text: str) -> Source:
    return Source(case_study=1, title="Falls clinic", name="commentary", key="commentary", text=text)


@pytest.mark.parametrize(
    ("text", "draft"),
    [
        (SAID, "It should open on Saturdays.\nLetters need to be in plain English"),
        ("All is well. No one is waiting.", "All is well. No one is waiting."),
        (
            "The panel would like a hearing loop! It asks for it again.",
            "The panel would like a hearing loop!\nIt asks for it again.",
        ),
        ("A shoulder clinic with mustard walls.", "A shoulder clinic with mustard walls."),
        ("x" * 2000, "x" * 1000),
    ],
)
def test_a_draft_is_the_sentences_that_ask_for_something(text, draft):
    assert source(text).draft == draft


@pytest.fixture
def said(cast):
    """Case study 1 in moderation, with commentary and reflections; 1A is scored 1 and 1B 2."""
    cast.move(stages.MEETING)
    study = cast.case_studies[0]
    study.sections.create(position=3, heading="Commissioner reflections", body="We could share rooms.")
    mark_ready(case_study=study, made_by=cast.lead)
    for code, value in (("1A", 1), ("1B", 2)):
        area = study.domain.outcome_areas.get(code=code)
        record_agreed_score(
            case_study=study, outcome_area=area, value=value, rationale="r", recorded_by=cast.lead
        )
    record_commentary(case_study=study, text=SAID, recorded_by=cast.chair)
    return cast


def test_the_sources_are_the_commentary_and_the_reflections(said):
    found = sources(report_content(said.review))
    assert [(one.case_study, one.name, one.key) for one in found] == [
        (1, "commentary", "commentary"),
        (1, "Commissioner reflections", "3"),
    ]
    assert draft_from(report_content(said.review), 1, "3").outcomes == ("1A",)
    assert draft_from(report_content(said.review), 2, "commentary") is None


def add(cast, query: str = "") -> str:
    return f"/reviews/{cast.organisation.slug}/2026/recommendations/add/{query}"


def test_the_lead_drafts_in_one_click_edits_and_saves(client, said):
    client.force_login(said.lead)
    page = client.get(add(said).replace("add/", ""))
    assert 'add/?from=commentary&amp;case_study=1"' in page.content.decode()
    assert 'add/?from=3&amp;case_study=1"' in page.content.decode()
    assert (
        'from=commentary&amp;case_study=1"'
        in client.get(f"/reviews/{said.organisation.slug}/2026/moderation/1/").content.decode()
    )
    page = client.get(add(said, "?from=commentary&case_study=1"))
    form = page.context["form"]
    assert form["action"].value() == "It should open on Saturdays.\nLetters need to be in plain English"
    assert (form["theme"].value(), form["new_theme"].value()) == ("new", "Falls clinic")
    assert [area.code for area in form.initial["outcome_areas"]] == ["1A"]
    assert [row.number for row in form.initial["case_studies"]] == [1]
    assert "Edit it before you save it" in page.content.decode()
    assert (Recommendation.objects.count(), Theme.objects.count()) == (0, 0)
    typed = {"theme": "new", "new_theme": "Access", "action": "Open on Saturdays"}
    client.post(add(said, "?from=commentary&case_study=1"), typed)
    assert list(Recommendation.objects.values_list("action", flat=True)) == ["Open on Saturdays"]


@pytest.mark.parametrize(
    "query", ["?from=9&case_study=1", "?from=commentary&case_study=2", "?from=&case_study=x"]
)
def test_a_source_that_is_not_there_drafts_nothing(client, said, query):
    client.force_login(said.lead)
    page = client.get(add(said, query))
    assert (page.status_code, page.context["form"]["action"].value()) == (200, None)


def test_nothing_is_drafted_from_what_the_lead_may_not_see_yet(client, said):
    said.move(stages.SCORING)
    client.force_login(said.lead)
    page = client.get(add(said, "?from=commentary&case_study=1"))
    assert "Saturdays" not in page.content.decode()
    assert "from=commentary" not in client.get(add(said).replace("add/", "")).content.decode()
