"""How the panel worked, as the report tells it."""

from dataclasses import replace

from eds.content import PanelScores, Spread
from tests.reports.rendered import parsed, tables, text
from tests.reports.samples import FULL, UNFINISHED

TALKING = "Case study 1: Talking Therapies in Three Valleys"


def part(content):
    return parsed(content).xpath("//section[h2[@id='panel']]")[0]


def test_it_says_who_was_represented_and_how_scores_came_about():
    said = [text(paragraph) for paragraph in part(FULL).findall("p")]
    assert said[0] == "The panel met twice at Ludworth library, and looked at 5 case studies."
    assert said[1].startswith(
        "The panel had 2 members. From outside the NHS: 2. Each member scored alone and gave a reason"
    )
    assert "Members’ own scores agreed on the whole. To keep" in said[1]
    methods = parsed(FULL).xpath("//section[h2[@id='methods']]")[0]
    assert "measured with Krippendorff’s alpha: 0.8 or more is close, below 0.67 is not." in text(methods)
    assert tables(parsed(FULL))["Interests declared"] == [
        "Name | Case study | Interest",
        "Joe Penrose | Case study 1: Talking Therapies in Three Valleys | Family or friend",
    ]


def test_the_spread_of_scores_is_told_in_a_table():
    assert tables(parsed(FULL))["Spread of members’ scores: Domain 1"] == [
        "Case study | Members who scored | 1A | 1B | 1C | 1D",
        f"{TALKING} | 6 | 1 point or none | 2 points | 1 point or none | 3 points",
        "Case study 2: Diabetic Eye Screening | 4 | Not told | Not told | Not told | Not told",
    ]


def test_of_few_members_it_says_why_nothing_is_told():
    content = replace(FULL, panel_scores=PanelScores(spreads=(Spread(case_study=1, members=3),)))
    assert "No figure of agreement is given. To keep members’ own scores private" in text(part(content))
    assert "Spread of members’ scores: Domain 1" not in tables(parsed(content))


def test_nothing_is_said_of_scores_that_the_portal_does_not_know():
    content = replace(FULL, panel_scores=PanelScores())
    assert "Each member scored alone" not in text(part(content))
    assert not parsed(UNFINISHED).xpath("//h2[@id='panel']")
