"""The real annual report of 2024: everything in it is found again, in its place."""

import re
from collections import Counter

import pytest
from markdown_it import MarkdownIt

from eds.content import Organisation
from eds.editions import load
from eds.totals import results
from reports.reading.prose.text import from_text

EDS = load("EDS 2022")
BODY = "NHS Shropshire, Telford and Wrekin"


@pytest.fixture(scope="module")
def source(seed_report_path):
    return seed_report_path.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def read(source):
    return from_text(source, EDS, organisation=BODY)


def folded(text):
    return " ".join(text.split())


def lines_of(markdown):
    """Each paragraph and point of a Markdown text as a reader sees it, by a reader of its own."""
    inline = [token for token in MarkdownIt("commonmark").parse(markdown) if token.type == "inline"]
    return [folded("".join(child.content for child in token.children)) for token in inline]


def said(content):
    """Every line that the content says, written as reports write it."""
    yield content.title
    for study in content.case_studies:
        yield f"Case study {study.number}: {study.title}"
        for section in study.sections:
            if section.outcome:
                first, *rest = lines_of(section.body)
                yield f"{section.outcome}) {first}"
                yield from rest
            else:
                yield section.heading
                yield from lines_of(section.body)
        for code, judgement in study.scores.items():
            yield f"{code}: {EDS.outcome(code).statement}: {judgement.score}/3"
        yield f"Total: {study.stated_total}/12"
        yield f"Additional commentary: {' '.join(lines_of(study.commentary))}"
    for theme in content.recommendations:
        yield theme.theme
        yield from (action.action for action in theme.actions)


def without_marks(line):
    """A source line without bookmark tags and the mark of a point; "1c." is written as "1C)"."""
    line = folded(re.sub(r"\[bookmark: [^\]]*\]", "", line))
    line = re.sub(r"^(· |1\. )", "", line)
    return re.sub(r"^(1[a-d])[).] ", lambda label: f"{label[1].upper()}) ", line)


def test_every_line_is_in_the_content_or_named_as_skipped(source, read):
    left = Counter(folded(line) for line in said(read.content))
    skipped = {(line.number, folded(line.text)) for line in read.skipped}
    lost = []
    for number, line in enumerate(source.split("\n"), 1):
        text = without_marks(line)
        if left[text]:
            left[text] -= 1
        elif text and (number, text) not in skipped:
            lost.append((number, text))
    assert lost == []
    assert +left == Counter()  # and the content says nothing that is not in the source


def test_every_bookmark_is_named(source, read):
    tags = [tag for line in source.split("\n") for tag in re.findall(r"\[bookmark: [^\]]*\]", line)]
    assert [line.text for line in read.skipped if line.why == "a bookmark tag"] == tags
    assert len(tags) == 24


def test_the_report_as_a_whole(read):
    content = read.content
    assert (content.title, content.year) == ("Equality delivery System 2024", "2024")
    assert (content.edition, content.organisation) == (EDS, Organisation(name=BODY))
    assert [(study.number, study.domain, study.title) for study in content.case_studies] == [
        (1, 1, "Women’s Health Hub"),
        (2, 1, "Dementia Vision"),
        (3, 1, "Severe Mental Illness (SMI)"),
    ]


def test_the_sections_of_each_case_study_in_order(read):
    sections = [
        [(part.heading, part.outcome) for part in study.sections] for study in read.content.case_studies
    ]
    assert sections == [
        [("Background", None), ("Approach", None), ("Commissioner reflections", None)],
        [
            ("Background", None),
            *[("1A", "1A"), ("1B", "1B"), ("1C", "1C"), ("1D", "1D")],
            *[("Achievements to date", None), ("Challenges", None), ("Commissioner reflections", None)],
        ],
        [
            *[("1A", "1A"), ("1B", "1B"), ("1C", "1C"), ("1D", "1D")],
            *[("Feedback from service users", None), ("Feedback from service providers", None)],
            *[("Case Studies", None), ("Commissioner reflections", None)],
        ],
    ]


def test_the_scores_and_what_follows_from_them(read):
    studies = read.content.case_studies
    scores = [[judgement.score for judgement in study.scores.values()] for study in studies]
    assert scores == [[2, 1, 1, 1], [1, 1, 1, 1], [1, 2, 2, 2]]
    assert [study.stated_total for study in studies] == [5, 4, 7]
    found = results(read.content)
    assert [result.total.words for result in found.case_studies] == ["5/12", "4/12", "7/12"]
    assert (found.domains[0].total, found.domains[0].case_study, found.domains[0].reason) == (
        5,
        1,
        "middle of 3",
    )
    assert found.overall.reason == "not rated: 1 of 3 domains scored"


def test_the_commentary_is_kept_even_where_it_is_another_case_studys(read):
    first, second, third = [study.commentary for study in read.content.case_studies]
    assert first.startswith("Activity within the Women’s Health Hubs only started")
    assert second.startswith("The Dementia Vision spans multiple services")
    assert third == second


def test_the_recommendations(read):
    themes = read.content.recommendations
    assert [(theme.theme, len(theme.actions)) for theme in themes] == [
        ("Enhance data accessibility and utilisation", 3),
        ("Strengthen population health management", 3),
        ("Maximise the use of the inequalities dashboard", 3),
        ("Promote Collaborative Working Across system partners", 3),
        ("Improve equity in service delivery", 2),
    ]
    assert themes[0].actions[0].action == (
        "Establish clear guidance on accessing and interpreting system-wide data sources."
    )
    assert {action.status for theme in themes for action in theme.actions} == {"not_started"}


def test_points_and_numbers_are_markdown_lists(read):
    dementia, illness = read.content.case_studies[1:]
    achievements = next(part for part in dementia.sections if part.heading == "Achievements to date")
    assert achievements.body.startswith("1. Implementation of the Admiral Nurses\n1. ")
    assert illness.sections[4].body.startswith("- “Excellent service, made to feel comfortable")


def test_what_was_skipped_and_why(read):
    skipped = [(line.number, line.why) for line in read.skipped if line.why != "a bookmark tag"]
    outcome = "the outcome area is part of EDS 2022"
    listed = "the list of case studies"
    assert skipped == [
        (2, "the domain is part of EDS 2022"),
        (4, "the heading of a list"),
        *[(5, outcome), (6, outcome), (7, outcome), (8, outcome)],
        (9, "the heading of a list"),
        *[(10, listed), (11, listed), (12, listed)],
        *[
            (73, "the heading of the scores"),
            (213, "the heading of the scores"),
            (279, "the heading of the scores"),
        ],
        (288, "the heading of the recommendations"),
    ]
