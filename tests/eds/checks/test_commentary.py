"""Commentaries and sections in the wrong place."""

from dataclasses import replace

import pytest

from eds.checks import check
from eds.checks.texts import words
from eds.content import Section
from tests.eds.checks.clean import CLEAN, CLINIC, DEMENTIA, codes, only, with_part

SEEN = (
    "The panel saw that waits had fallen for younger adults, and asked for the same figures for people over seventy "
    "and for those who need an interpreter."
)


def carrying(first, second, *, numbers=(1, 3)):
    content = with_part(numbers[0], commentary=first)
    return with_part(numbers[1], content=content, commentary=second)


def test_the_same_commentary_is_raised_on_the_later_case_study():
    found = only(carrying(SEEN, SEEN))

    assert (found.code, found.severity, found.case_study) == ("commentary-repeated", "error", 3)
    assert found.message == (
        "Case study 3, Severe Mental Illness (SMI), has the same commentary as case study 1, Women’s Health Hub (WHH). "
        "Enter what the panel said about each of them."
    )


@pytest.mark.parametrize(
    ("other", "how"),
    [
        (SEEN.upper().replace(" ", "  "), "the same"),
        (f"**{SEEN}**\n", "the same"),
        (SEEN.replace("younger", "young"), "nearly the same"),
        (SEEN + " Thank you.", "nearly the same"),
        (SEEN.replace("waits had", "the waits have"), "nearly the same"),
    ],
)
def test_nearly_the_same_commentary(other, how):
    found = only(carrying(SEEN, other))

    assert (found.code, found.case_study) == ("commentary-repeated", 3)
    assert f"has {how} commentary as case study 1" in found.message


def test_a_commentary_is_raised_once_on_each_later_case_study():
    third = with_part(4, content=carrying(SEEN, SEEN, numbers=(1, 2)), commentary=SEEN)

    found = check(third)

    assert [(one.code, one.case_study) for one in found] == [
        ("commentary-repeated", 2),
        ("commentary-repeated", 4),
    ]
    assert all("as case study 1," in one.message for one in found)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("No comment", "No comment"),
        ("The panel had no further comments to make on the scores of this case study.",) * 2,
        ("Limited evidence was provided.",) * 2,
        ("", ""),
        (None, None),
        (
            "The panel saw that waits had fallen, and asked for figures by ethnic group.",
            "The panel saw that waits had fallen, and asked for figures by age and by sex as well.",
        ),
        (
            "The panel asked how interpreters are booked at weekends and nights.",
            "The panel asked how interpreters are paid at weekends and nights.",
        ),
        (
            "The panel asked how interpreters are booked.",
            "The panel asked how interpreters are paid.",
        ),
        (
            SEEN,
            "The panel saw that waits had fallen for younger adults. It heard from carers that nights are hard.",
        ),
    ],
)
def test_commentaries_that_are_alike_by_chance(first, second):
    assert codes(carrying(first, second)) == []


def test_a_repeated_commentary_says_whose_it_seems_to_be_and_is_one_finding():
    found = only(carrying(DEMENTIA.commentary, DEMENTIA.commentary, numbers=(2, 3)))

    assert found.code == "commentary-repeated"
    assert "It mentions “Dementia Vision”." in found.message


def test_a_repeated_commentary_that_names_both_is_nobodys():
    both = (
        "The panel compared the Dementia Vision with the Women’s Health Hub, and liked what each had begun."
    )

    found = only(carrying(both, both, numbers=(1, 2)))

    assert "It mentions" not in found.message


@pytest.mark.parametrize(
    "commentary",
    [
        "The Dementia Vision spans many services.",
        "Many services share the dementia vision.",
        "Two Dementia Visions were shown.",
        "SMI checks reach few people.",
        "Checks for severe mental illness reach few people.",
        "“Severe Mental Illness (SMI)” was shown to us.",
    ],
)
def test_a_commentary_that_names_another_case_study(commentary):
    found = only(with_part(1, commentary=commentary))

    assert (found.code, found.severity, found.case_study) == ("commentary-names-another", "warning", 1)


def test_the_other_case_study_is_named_in_the_message():
    assert only(with_part(3, commentary="In the Women's Health Hubs little was known.")).message == (
        "The commentary of case study 3, Severe Mental Illness (SMI), names case study 1, Women’s Health Hub (WHH), "
        "and not its own. Check that it is in the right place."
    )


@pytest.mark.parametrize(
    "commentary",
    [
        "The Women's Health Hub could learn from the Dementia Vision.",
        "The womens health hubs could learn from the Dementia Vision.",
        "The WHH could learn from the Dementia Vision.",
        "Unlike the Dementia Vision, the health hub was new.",
        "Case study 1 was unlike the Dementia Vision.",
        "People with dementia told the panel of their vision for it.",
        "Our workforce is tired, and our leaders know.",  # titles of other domains that are everyday words
        "Mental illness was not spoken of.",
        "The smith's illness",
        "",
    ],
)
def test_a_commentary_that_speaks_of_its_own_case_study_or_of_none(commentary):
    assert codes(with_part(1, commentary=commentary)) == []


def test_titles_within_each_other():
    longer = with_part(2, title="Women’s Health Hub for Girls", commentary="Waits fell.")

    assert codes(with_part(1, content=longer, commentary="The Women’s Health Hub was new.")) == []
    assert codes(with_part(1, content=longer, commentary="The Women’s Health Hub for Girls was new.")) == [
        "commentary-names-another"
    ]
    assert codes(with_part(2, content=longer, commentary="The Women’s Health Hub for Girls was new.")) == []


def test_initials_of_two_letters_are_too_common_to_mean_a_title():
    content = with_part(1, title="Information Teams", commentary="The Dementia Vision was good. IT was poor.")

    assert codes(content) == ["commentary-names-another"]


def test_a_title_of_one_word_is_a_subject():
    assert (
        codes(with_part(1, content=with_part(2, title="Maternity"), commentary="Maternity is close by."))
        == []
    )


LAST_YEAR = replace(CLEAN, year="2023", case_studies=(replace(CLINIC, commentary=SEEN),))


def test_a_commentary_of_last_year():
    found = only(
        with_part(3, commentary=f"  {SEEN.upper()}\n"),
        previous=replace(LAST_YEAR, case_studies=(replace(CLINIC, sections=(), commentary=SEEN),)),
    )

    assert (found.code, found.severity, found.case_study) == ("copied-from-last-year", "warning", 3)
    assert found.message == (
        "The commentary of case study 3, Severe Mental Illness (SMI), is word for word in the report of 2023. "
        "Check that it is still true, and write what has changed."
    )


def test_a_section_of_last_year():
    old = Section(heading="Background", body=f"{SEEN}\n\nIt is open on Mondays.")
    last = replace(LAST_YEAR, case_studies=(replace(CLINIC, sections=(old,), commentary=None),))
    new = Section(heading="How it began", outcome="1A", body=f"{SEEN} It is **open** on Mondays!")

    found = only(with_part(1, sections=(new, *CLINIC.sections[1:])), previous=last)

    assert (found.code, found.case_study, found.outcome) == ("copied-from-last-year", 1, "1A")
    assert found.message.startswith(
        "The section “How it began” of case study 1, Women’s Health Hub (WHH), is word"
    )
    assert found.about == f"2023 {' '.join(words(new.body))}"


@pytest.mark.parametrize(
    "said", [SEEN + " It closed in May.", "See the action plan.", "", "Open until eight on weekdays."]
)
def test_a_text_that_changed_or_is_short_may_stay(said):
    last = replace(LAST_YEAR, case_studies=(replace(CLINIC, sections=(), commentary=SEEN),))
    last = replace(
        last,
        case_studies=(*last.case_studies, replace(DEMENTIA, sections=(), commentary=said.split(" It")[0])),
    )

    assert codes(with_part(1, commentary=said), previous=last) == []


# How far the words may differ, and what is no remark


def numbered(count, *, changed=0):
    """So many words, of which the last ones are others."""
    return " ".join(f"word{place}{'x' if place >= count - changed else ''}" for place in range(count))


@pytest.mark.parametrize(
    ("count", "changed", "is_raised"),
    [
        (7, 0, False),
        (8, 0, True),
        (11, 1, False),
        (12, 1, True),
        (20, 2, True),
        (20, 3, False),
        (230, 1, True),
    ],
)
def test_how_many_words_are_alike(count, changed, is_raised):
    found = codes(carrying(numbered(count), numbered(count, changed=changed)))
    assert found == (["commentary-repeated"] if is_raised else [])


def test_words_that_come_often_are_words_too():
    often = "they were seen and heard " * 45
    assert codes(carrying(often, f"{often} today")) == ["commentary-repeated"]


@pytest.mark.parametrize("nothing", ["no", "not", "none", "nothing", "nil"])
@pytest.mark.parametrize("remark", ["comment", "comments", "commentary", "commentaries", "remarks"])
def test_a_commentary_that_says_that_there_is_none(nothing, remark):
    said = f"The panel has {nothing} in the way of {remark} on this"
    assert codes(carrying(said, said)) == []


@pytest.mark.parametrize(("more", "found"), [(9, []), (10, ["commentary-repeated"])])
def test_of_twenty_words_it_is_a_commentary(more, found):
    said = f"The panel has no further comments on this but {numbered(more)} thanks"
    assert len(words(said)) == 10 + more
    assert codes(carrying(said, said)) == found


def test_words_about_comments_are_commentary():
    said = "Their comments were read with care by every member"
    assert codes(carrying(said, said)) == ["commentary-repeated"]


@pytest.mark.parametrize(("count", "found"), [(7, []), (8, ["copied-from-last-year"])])
def test_how_long_a_text_of_last_year_is(count, found):
    last = replace(LAST_YEAR, case_studies=(replace(CLINIC, sections=(), commentary=numbered(count)),))
    assert codes(with_part(3, commentary=numbered(count)), previous=last) == found


# Titles, and other words for them


@pytest.mark.parametrize(
    ("title", "commentary"),
    [
        ("The Falls Clinic", "Many walk in at a falls clinic now."),
        ("Our Falls Clinic", "Many walk in at a falls clinic now."),
        ("Falls Clinics", "Many walk in at a falls clinic now."),
        ("Falls Clinic – 5/12", "Many walk in at a falls clinic now."),
        ("Falls Clinic (Westmoor)", "Many walk in at a falls clinic now."),
    ],
)
def test_ways_of_writing_a_title(title, commentary):
    content = with_part(2, title=title, commentary="Waits fell.", stated_total=5)
    assert codes(with_part(1, content=content, commentary=commentary)) == ["commentary-names-another"]


def test_the_words_of_a_domain_are_a_subject():
    content = with_part(5, title="Inclusive leadership", commentary="Boards listen.")
    assert codes(with_part(1, content=content, commentary="Inclusive leadership matters.")) == []


@pytest.mark.parametrize(
    ("title", "said", "is_its_own"),
    [
        ("Falls Advice Team", "The FAT", True),
        ("Falls Advice Team", "Both FATs", True),
        ("Falls Advice Team", "The falls", False),
        ("Falls Advice Team – 5/12", "The team for advice", True),
        ("Falls Advice Evening Team", "A team for falls", True),
        ("Groups", "A group", True),
        ("Group", "Our groups", True),
        ("Falls Advice Team", "Case study 1", True),
    ],
)
def test_other_words_for_a_title(title, said, is_its_own):
    content = with_part(1, title=title, commentary=f"{said} could learn from the Dementia Vision.")
    assert codes(content) == ([] if is_its_own else ["commentary-names-another"])
