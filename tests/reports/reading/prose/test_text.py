"""Reports as text, made up in our own words: what each way of writing means, and that nothing is lost."""

import pytest

from eds.content import Judgement, Section
from reports.reading.prose.text import from_text
from tests.reports.reading.prose.text_example import EDS, FRONT, STUDY, read, study, whys

STATEMENTS = {outcome.code: outcome.statement for outcome in EDS.domain(1).outcomes}


def test_a_small_report():
    content = read(FRONT + STUDY).content
    (clinic,) = content.case_studies
    assert (content.title, content.year) == ("Equality Delivery System 2023", "2023")
    assert clinic.sections == (Section(heading="Background", body="We opened in May."),)
    assert {code: judgement.score for code, judgement in clinic.scores.items()} == {
        "1A": 2,
        "1B": 1,
        "1C": 0,
        "1D": 3,
    }
    assert (clinic.stated_total, clinic.commentary) == (6, "A good start.")


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_every_kind_of_line_ending_and_a_byte_order_mark(ending):
    text = (FRONT + STUDY).replace("\n", ending)
    found = from_text(b"\xef\xbb\xbf" + text.encode(), EDS, organisation="NHS Westmoor")
    assert found == read(FRONT + STUDY)


# Year and organisation


@pytest.mark.parametrize(
    ("title", "year"),
    [
        ("Equality Delivery System 2024", "2024"),
        ("EDS report 2024-25", "2024-25"),
        ("EDS report 2024/25", "2024-25"),
        ("EDS 2022 annual report, 2023 – 2024", "2023-24"),
    ],
)
def test_the_year_is_in_the_title(title, year):
    assert read(title + STUDY).content.year == year


def test_what_is_given_beside_the_file_wins():
    text = f"EDS report 2024\nOrganisation: NHS Eastmoor\nYear: 2023\n{STUDY}"
    stated = from_text(text, EDS)
    assert (stated.content.organisation.name, stated.content.year) == ("NHS Eastmoor", "2023")
    assert stated.skipped[0].number != 2
    given = read(text, year="2022-23")
    assert (given.content.organisation.name, given.content.year) == ("NHS Westmoor", "2022-23")
    assert whys(given)[:2] == [(2, "another organisation was given"), (3, "another year was given")]


def test_the_title_is_the_line_that_speaks_of_the_eds():
    found = read(f"NHS Westmoor\nEDS report 2024\nFor the board\n{STUDY}")
    assert found.content.title == "EDS report 2024"
    outside = "text outside the case studies and the recommendations"
    assert whys(found)[:2] == [(1, outside), (3, outside)]


# Headings and sections


def test_headings_are_those_marked_by_the_file_and_those_known():
    clinic = study(
        "[bookmark: _Toc1]What people told us\nIt is close.\n## In numbers\nForty came.\nCHALLENGES:\nParking.\n"
        "[bookmark: _Hlk2]Not a heading\nCurrent position is 62%\n"
    )
    assert clinic.sections == (
        Section(heading="What people told us", body="It is close."),
        Section(heading="In numbers", body="Forty came."),
        Section(heading="CHALLENGES:", body="Parking.\n\nNot a heading\n\nCurrent position is 62%"),
    )


def test_a_heading_too_long_to_be_one_is_text():
    assert study(f"Background\n## {'long ' * 41}\n").sections == (
        Section(heading="Background", body=("long " * 41).strip()),
    )


def test_a_line_that_ends_in_a_number_is_text():
    assert study("Background\nSeen in May    45\n").sections[0].body == "Seen in May    45"


def test_text_before_any_heading_is_an_introduction():
    assert study("We opened in May.\n").sections == (
        Section(heading="Introduction", body="We opened in May."),
    )


def test_a_heading_over_nothing_is_kept():
    assert study("Background\nApproach\nBy bus.\n").sections[0] == Section(heading="Background")


@pytest.mark.parametrize("label", ["1a) ", "1a. ", "1A: ", "1a – ", "Outcome 1A: ", "1A) "])
def test_a_label_starts_the_section_of_its_outcome_until_the_next_heading(label):
    clinic = study(f"{label}Open late.\nAnd early.\n1b) We ask.\nBackground\nOld.\n")
    assert clinic.sections == (
        Section(heading="1A", outcome="1A", body="Open late.\n\nAnd early."),
        Section(heading="1B", outcome="1B", body="We ask."),
        Section(heading="Background", body="Old."),
    )


def test_a_marked_heading_with_a_code_keeps_its_words():
    clinic = study("## 1A: Reaching people\nOpen late.\n## 1B\nWe ask.\n")
    assert clinic.sections == (
        Section(heading="1A: Reaching people", outcome="1A", body="Open late."),
        Section(heading="1B", outcome="1B", body="We ask."),
    )


@pytest.mark.parametrize("mark", "·•▪*-")
def test_points_are_a_list_and_blank_lines_do_not_end_it(mark):
    clinic = study(f"Background\nWe have:\n{mark} a ramp\n\n{mark}\ta bell\nThen this.\n")
    assert clinic.sections[0].body == "We have:\n\n- a ramp\n- a bell\n\nThen this."


def test_numbers_that_markdown_would_change_stay_as_they_are():
    assert study("Background\n1. a\n1. b\n").sections[0].body == "1. a\n1. b"
    assert study("Background\n3. a\n4. b\n").sections[0].body == "3. a\n4. b"
    assert study("Background\n1. a\n2. b\n5) c\n").sections[0].body == "1\\. a\n\n2\\. b\n\n5\\. c"


def test_signs_of_markdown_are_shown_as_they_are():
    body = study("Background\n*Not* _even_ [here](x) <b> `c` # d\n+ plus\n· # e\n").sections[0].body
    assert body == "\\*Not\\* \\_even\\_ \\[here\\](x) \\<b> \\`c\\` # d\n\n\\+ plus\n\n- \\# e"


def test_an_empty_point_is_named():
    found = read(f"{FRONT}Case study 1: A\nBackground\n·\n---\n")
    assert (6, "a point without words") in whys(found)
    assert found.content.case_studies[0].sections[0].body == "\\---"


# Scores, totals, commentary


def test_scores_in_the_official_words_are_scores_without_a_heading():
    clinic = study(
        f"1A: {STATEMENTS['1A']}. – 2/3\n1b) {STATEMENTS['1B'].lower()}: 1 / 3\n1C: 2.5/3\nTotal: 5.5/12\n"
    )
    assert clinic.sections == ()
    assert {code: judgement.score for code, judgement in clinic.scores.items()} == {
        "1A": 2,
        "1B": 1,
        "1C": 2.5,
    }
    assert clinic.stated_total == 5.5


def test_a_fraction_in_a_text_is_no_score():
    clinic = study("1b) One need is met for 2/3\nTotal: 45 people came\n")
    assert clinic.sections[0].body == "One need is met for 2/3\n\nTotal: 45 people came"
    assert (clinic.scores, clinic.stated_total) == ({}, None)


def test_an_outcome_said_to_be_not_scored_has_no_score():
    assert study("Panel Scoring\n1A: not scored\n1B: 0/3\n").scores == {
        "1A": Judgement(),
        "1B": Judgement(score=0),
    }


def test_other_words_for_an_outcome_are_named_and_its_score_is_kept():
    found = read(f"{FRONT}Case study 1: A\nScores\n1A: Getting in: 2/3\n")
    assert found.content.case_studies[0].scores == {"1A": Judgement(score=2)}
    assert (6, "outcome 1A in other words than EDS 2022 has") in whys(found)


def test_scores_may_be_points_below_their_heading():
    clinic = study("Panel Scoring\n· 1A: Access: 2/3\n· Total: 2/12\n· Background\n")
    assert (clinic.scores, clinic.stated_total) == ({"1A": Judgement(score=2)}, 2)
    assert clinic.sections == (Section(heading="Panel Scoring", body="- Background"),)
    assert study("Background\n· 1A: Access: 2/3\n").sections[0].body == "- 1A: Access: 2/3"


def test_text_among_the_scores_is_a_section():
    assert study("Panel Scoring\nTwelve people met.\n1A: 2/3\n").sections == (
        Section(heading="Panel Scoring", body="Twelve people met."),
    )


def test_commentary_goes_on_until_the_next_heading():
    text = "Panel commentary\nGood.\n· More ramps\nNext steps\nBuild.\nAdditional commentary: Soon.\n"
    assert study(text).commentary == "Good.\n\n- More ramps\n\nSoon."
    assert study(text).sections == (Section(heading="Next steps", body="Build."),)
    assert (5, "the heading of the commentary") in whys(read(f"{FRONT}Case study 1: A\n{text}"))
    assert study("Commentary:\n").commentary is None
