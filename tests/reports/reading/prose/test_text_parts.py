"""Reports as text: lists of contents and case studies, domains, recommendations."""

import pytest

from eds.content import Action, Judgement, Section, Theme
from tests.reports.reading.prose.text_example import FRONT, STUDY, read, whys

# Case studies and their lists


def listed(figure, total):
    entry = f"Case studies and scores\nCase study 1: Walk-in clinic{figure}\n"
    return read(f"{FRONT}{entry}\nCase study 1: Walk-in clinic\nBackground\nOpen.\n{total}")


@pytest.mark.parametrize(
    ("figure", "total", "stated", "title"),
    [
        (" – 6/12", "Total: 6/12", 6, "Walk-in clinic"),
        (" - 6/12", "", 6, "Walk-in clinic"),
        (" (6/12)", "Total: 6/12", 6, "Walk-in clinic"),
        ("", "Total: 6/12", 6, "Walk-in clinic"),
        ("", "", None, "Walk-in clinic"),
        (" – 4/12", "Total: 6/12", 6, "Walk-in clinic – 4/12"),
    ],
)
def test_a_total_in_a_title_is_the_stated_total_unless_it_contradicts(figure, total, stated, title):
    found = listed(figure, total)
    (clinic,) = found.content.case_studies
    assert (clinic.stated_total, clinic.title) == (stated, title)
    assert (5, "the list of case studies") in whys(found)


def test_a_title_with_its_own_total():
    clinic = read(FRONT + STUDY.replace("Walk-in clinic", "Walk-in clinic – 6/12")).content.case_studies[0]
    assert (clinic.title, clinic.stated_total) == ("Walk-in clinic", 6)
    clinic = read(FRONT + STUDY.replace("Walk-in clinic", "Ages 5/6 – 5.5/12")).content.case_studies[0]
    assert (clinic.title, clinic.stated_total) == ("Ages 5/6 – 5.5/12", 6)
    clinic = read(FRONT + STUDY.replace("Walk-in clinic", "Ages 5/6")).content.case_studies[0]
    assert clinic.title == "Ages 5/6"
    clinic = read(FRONT + STUDY.replace("Walk-in clinic", "Ages – 5/6")).content.case_studies[0]
    assert (clinic.title, clinic.stated_total) == ("Ages – 5/6", 6)


def test_a_list_with_another_title_is_named():
    found = read(f"{FRONT}Case study 1: Clinic – 6/12\n{STUDY}")
    assert (4, "the list of case studies, with another title") in whys(found)


def test_text_below_the_list_is_named():
    found = read(f"{FRONT}Case study 1: Walk-in clinic – 6/12\nEach was scored in June.\n{STUDY}")
    assert (5, "text outside the case studies and the recommendations") in whys(found)
    assert found.content == read(FRONT + STUDY).content


def test_a_list_of_contents_is_skipped():
    contents = (
        "Contents\nCase study 1: Walk-in clinic ..... 2\nBackground\t2\nRecommendations for action    4\n"
    )
    found = read("EDS report 2023\n" + contents + STUDY)
    assert whys(found)[:4] == [(line, "the list of contents") for line in (2, 3, 4, 5)]
    assert len(found.content.case_studies) == 1


def test_a_list_of_contents_without_pages_is_named():
    contents = (
        "Contents\nCase study 1: Walk-in clinic\nBackground\nPanel Scoring\nRecommendations for action\n"
    )
    found = read("EDS report 2023\n" + contents + STUDY)
    assert found.content.case_studies == read(FRONT + STUDY).content.case_studies
    assert {line.number for line in found.skipped} >= {2, 3, 4, 5, 6}


def test_case_studies_are_in_order_of_their_numbers_with_gaps():
    text = FRONT + STUDY.replace("study 1", "study 7") + STUDY.replace("study 1", "Study 2")
    assert [part.number for part in read(text).content.case_studies] == [2, 7]


def test_a_case_study_that_is_only_listed_is_there_without_scores():
    found = read(FRONT + "Case study 2: Eye clinic – 4/12\n" + STUDY)
    eye = found.content.case_studies[1]
    assert (eye.title, eye.stated_total, eye.scores, eye.sections) == ("Eye clinic", 4, {}, ())


def test_the_domain_is_that_of_the_line_above():
    text = (
        FRONT
        + STUDY
        + "\nDomain 2: Workforce health and well-being\nCase study 4: Our staff\n2A: 3/3\nTotal: 3/12\n"
    )
    clinic, staff = read(text).content.case_studies
    assert (clinic.domain, staff.domain, staff.scores) == (1, 2, {"2A": Judgement(score=3)})


def test_a_case_study_in_domain_1_needs_no_domain_line():
    assert read("EDS 2023" + STUDY, year="2023").content.case_studies[0].domain == 1


# Recommendations


def test_a_line_above_points_is_a_theme_and_each_point_an_action():
    found = read(
        FRONT
        + STUDY
        + "Recommendations\nFor the board.\nData\n· Share it\n· Count it\nPeople\n1. Ask *them*\nEnd.\n"
    )
    assert found.content.recommendations == (
        Theme(theme="Data", actions=(Action(action="Share it"), Action(action="Count it"))),
        Theme(theme="People", actions=(Action(action="Ask *them*"),)),
    )
    neither = "text among the recommendations that is no theme and no action"
    assert [line.text for line in found.skipped if line.why == neither] == ["For the board.", "End."]


def test_a_theme_may_name_a_domain_or_be_too_long():
    found = read(
        f"{FRONT}{STUDY}Recommendations\nDomain 1: Services\n· Share it\n{'long ' * 41}\n· Count it\n"
    )
    (theme,) = found.content.recommendations
    assert (theme.theme, len(theme.actions)) == ("Domain 1: Services", 2)
    assert found.skipped[-1].text == ("long " * 41).strip()


def test_the_title_may_follow_the_domain():
    assert read(f"Domain 1: Services\nEDS report 2024\n{STUDY}").content.year == "2024"


def test_points_without_a_theme_stand_under_the_heading():
    found = read(FRONT + STUDY + "Recommendations for action:\n· Share it\n")
    assert found.content.recommendations == (
        Theme(theme="Recommendations for action", actions=(Action(action="Share it"),)),
    )


def test_recommendations_within_a_case_study_are_a_section_of_it():
    text = FRONT + STUDY + "Recommendations\n· Add a ramp\n" + STUDY.replace("study 1", "study 2")
    content = read(text).content
    assert content.case_studies[0].sections[-1] == Section(heading="Recommendations", body="- Add a ramp")
    assert content.recommendations == ()
