"""Reports in NHS England's template as organisations really wrote them: each kind once, with what is right."""

import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from eds.checks import check
from eds.content import Action, Judgement
from tests.reports.reading.template.template_files import (
    CODES,
    EDS,
    bodies,
    domain_table,
    left_out,
    read,
    report,
    scores,
    statement,
    table,
)

OWNED = {code: f"Lead of {code}" for code in CODES[1]}
OWNERS = dict.fromkeys(CODES[1], "Lead")
SHORT_HEAD = ("Outcome", "Evidence", "Rating", "Owner")
TEXTS = {code: f"What we did for {code}." for code in CODES[1]}


def short_table(document, ratings, *, head=SHORT_HEAD, owner="Lead"):
    rows = [
        (statement(code), TEXTS[code], rating, owner) for code, rating in zip(CODES[1], ratings, strict=True)
    ]
    return table(document, [head, *rows])


def one(document, **given):
    found = read(document, **given)
    (case_study,) = found.content.case_studies
    return case_study, found


def maternity():
    document = report()
    document.add_heading("Case study 1: Maternity", 1)
    return document


def test_the_code_stands_in_the_second_column():
    document = maternity()
    domain_table(document, "2122", overall="7")
    case_study, found = one(document)

    assert (case_study.title, scores(case_study)) == ("Maternity", {"1A": 2, "1B": 1, "1C": 2, "1D": 2})
    assert (case_study.stated_total, case_study.owners) == (7, OWNED)
    assert bodies(case_study) == TEXTS
    assert len(case_study.sections) == 4
    assert {finding.code for finding in check(found.content)} == {
        *("service-count", "low-score-without-action", "header-incomplete"),
    }


def test_services_are_named_by_the_headings_of_their_tables():
    document = report()
    for service, ratings in (("Maternity", "2122"), ("Dental", "1121"), ("Interpreting", "3222")):
        document.add_heading(f"Domain 1: Commissioned or provided services – {service}", 1)
        domain_table(document, ratings, evidence=f"What {service} did for {{code}}.")
    studies = read(document).content.case_studies

    assert [(one.title, one.domain, sum(scores(one).values())) for one in studies] == [
        ("Maternity", 1, 7),
        ("Dental", 1, 5),
        ("Interpreting", 1, 9),
    ]
    assert bodies(studies[1])["1C"] == "What Dental did for 1C."


def test_a_rating_may_have_the_words_of_its_activity():
    document = maternity()
    names = ("Undeveloped", "Developing", "Achieving", "Excelling")
    short_table(document, [f"{score} - {names[score]} activity" for score in (2, 1, 2, 2)])
    case_study, _ = one(document)
    assert scores(case_study) == {"1A": 2, "1B": 1, "1C": 2, "1D": 2}
    assert case_study.owners == OWNERS


def test_a_rating_may_say_its_word_first():
    document = maternity()
    short_table(document, ["2", "Developing (1)", "2", "2"])
    assert scores(one(document)[0]) == {"1A": 2, "1B": 1, "1C": 2, "1D": 2}


def test_evidence_is_read_below_a_heading_of_scores():
    document = maternity()
    document.add_heading("Panel scores", 2)
    short_table(document, "2122")
    case_study, _ = one(document)
    assert scores(case_study) == {"1A": 2, "1B": 1, "1C": 2, "1D": 2}
    assert bodies(case_study) == TEXTS
    assert len(case_study.sections) == 4


def test_domain_2_has_one_table_and_no_service():
    document = maternity()
    for code in CODES[1]:
        document.add_paragraph(f"{code}: 2/3")
    document.add_heading("Domain 2: Workforce health and well-being", 1)
    domain_table(document, "2121", domain=2)
    first, second = read(document).content.case_studies
    assert (first.domain, scores(first)) == (1, dict.fromkeys(CODES[1], 2))
    assert (second.domain, second.title) == (2, "Workforce health and well-being")
    assert scores(second) == {"2A": 2, "2B": 1, "2C": 2, "2D": 1}


def test_the_action_plan_is_recommendations():
    document = maternity()
    for code in CODES[1]:
        document.add_paragraph(f"{code}: 2/3")
    document.add_heading("EDS Action Plan", 1)
    rows = [
        ("Domain", "Outcome", "Objective", "Action", "Completion date"),
        ("Domain 1", "1B: health needs", "Better plans", "Write plans with patients", "September 2025"),
        ("", "1C: harm", "Fewer falls", "Check every ward", "December 2025"),
    ]
    table(document, rows, down=[(1, 2, 0)])
    content = read(document).content
    (theme,) = content.recommendations
    assert theme.actions == (
        Action(action="Write plans with patients", objective="Better plans", outcomes=("1B",), due="2025-09"),
        Action(action="Check every ward", objective="Fewer falls", outcomes=("1C",), due="2025-12"),
    )
    assert not any(section.heading == "EDS Action Plan" for section in content.case_studies[0].sections)


def test_owners_are_kept_and_nothing_false_is_said_of_the_row():
    document = maternity()
    short_table(document, "2122", head=(*SHORT_HEAD[:3], "Owner (Dept/Lead)"), owner="Head of midwifery")
    case_study, found = one(document)
    assert case_study.owners == dict.fromkeys(CODES[1], "Head of midwifery")
    assert "words" not in " ".join(line.why for line in found.skipped)


def test_the_overall_rating_may_be_the_first_row():
    document = maternity()
    rows = [(statement(code).replace(":", ","), TEXTS[code], rating, "Lead")
            for code, rating in zip(CODES[1], ("2", "1.5", "2", "2"), strict=True)]  # fmt: skip
    first = ("Domain 1, commissioned or provided services overall rating", "", "7.5", "")
    head = ("Outcome", "Evidence", "Rating", "Owner (department or lead)")
    table(document, [first, head, *rows], across=[(0, 0, 1)])
    case_study, found = one(document)
    assert scores(case_study) == {"1A": 2, "1B": 1.5, "1C": 2, "1D": 2}
    assert (case_study.stated_total, bodies(case_study), case_study.owners) == (7.5, TEXTS, OWNERS)
    assert "score-off-scale" in {finding.code for finding in check(found.content)}


def test_not_applicable_is_named():
    document = maternity()
    short_table(document, ["2", "N/A", "2", "2"])
    case_study, found = one(document)
    assert case_study.scores["1B"] == Judgement()
    assert case_study.owners == OWNERS
    assert left_out(found)["N/A"] == "EDS 2022 has no “not applicable”; 1B is read as not scored"


def scored_background(add):
    document = maternity()
    document.add_heading("Background", 2)
    add(document.add_paragraph())
    document.add_heading("Scores", 2)
    for code in CODES[1]:
        document.add_paragraph(f"{code}: 2/3")
    case_study, found = one(document)
    return case_study.sections[0].body, found


def field(paragraph, instruction: str, words: str) -> None:
    """A field as Word writes it: begin, instruction, separate, result, end."""

    def mark(kind):
        element = OxmlElement("w:fldChar")
        element.set(qn("w:fldCharType"), kind)
        paragraph.add_run()._r.append(element)

    mark("begin")
    element = OxmlElement("w:instrText")
    element.text = instruction
    paragraph.add_run()._r.append(element)
    mark("separate")
    paragraph.add_run(words)
    mark("end")


def test_a_link_made_by_a_field_keeps_its_address():
    def add(paragraph):
        paragraph.add_run("See ")
        field(paragraph, ' HYPERLINK "https://example.org/plan" ', "our plan")
        paragraph.add_run(" and more.")

    body, _ = scored_background(add)
    assert body == "See [our plan](<https://example.org/plan>) and more."


def test_struck_through_text_is_left_out_and_named():
    def add(paragraph):
        paragraph.add_run("The clinic is open to ")
        paragraph.add_run("nobody").font.strike = True
        paragraph.add_run(" everybody.")

    body, found = scored_background(add)
    assert body == "The clinic is open to everybody."
    assert left_out(found)["nobody"] == "struck-through text"


def test_codes_may_be_in_brackets():
    document = maternity()
    rows = [(f"({code}) {EDS.outcome(code).statement}", TEXTS[code], rating)
            for code, rating in zip(CODES[1], "2122", strict=True)]  # fmt: skip
    table(document, [SHORT_HEAD[:3], *rows])
    case_study, _ = one(document)
    assert scores(case_study) == {"1A": 2, "1B": 1, "1C": 2, "1D": 2}
    assert bodies(case_study) == TEXTS


HEADER = [
    ("Name of Organisation", "Example Vale NHS Trust", "Organisation Board Sponsor/Lead", "Chief People Officer"),
    ("EDS Lead", "Head of Inclusion", "At what level has this been completed?", "Individual organisation"),
    ("EDS engagement date(s)", "14 May 2024", "", ""),
    ("Date completed", "10 January 2025", "Month and year published", "February 2025"),
    ("Date authorised", "30 January 2025", "Revision date", "January 2026"),
]  # fmt: skip


def test_the_header_table_fills_the_header():
    document = report()
    table(document, HEADER)
    document.add_heading("Case study 1: Maternity", 1)
    for code in CODES[1]:
        document.add_paragraph(f"{code}: 2/3")
    found = read(document, organisation=None, year=None)
    header = found.content.header
    assert (found.content.organisation.name, found.content.year) == ("Example Vale NHS Trust", "2024")
    assert (header.board_sponsor, header.eds_lead) == ("Chief People Officer", "Head of Inclusion")
    assert (header.level, header.engagement_dates) == ("individual", ("2024-05-14",))
    assert (header.completed_on, header.published) == ("2025-01-10", "2025-02")
    assert header.authorised_on == "2025-01-30"
    assert (
        left_out(found)["January 2026"] == "the revision date has no day; it is read as the last of the month"
    )
    missing = [finding.message for finding in check(found.content) if finding.code == "header-incomplete"]
    assert missing == ["The header field “Integrated care system” is empty. Fill it in."]


def test_a_bold_line_in_evidence_belongs_to_its_outcome():
    document = maternity()
    made = table(document, [SHORT_HEAD[:3], *((statement(code), f"First words of {code}.", rating)
                            for code, rating in zip(CODES[1], "2122", strict=True))])  # fmt: skip
    for row in range(1, 5):
        made.cell(row, 1).add_paragraph().add_run("What patients say").bold = True
        made.cell(row, 1).add_paragraph("More words.")
    case_study, _ = one(document)
    assert [section.outcome for section in case_study.sections] == list(CODES[1])
    assert case_study.sections[0].body == "First words of 1A.\n\n**What patients say**\n\nMore words."


@pytest.mark.parametrize("ending", [".doc", ".odt", ".pdf"])
def test_what_to_do_with_other_files(ending):
    from scoring.importing.read import read_data

    with pytest.raises(Exception, match="Open it in Word") as caught:
        read_data(b"x", f"report{ending}")
    assert "Word Document (.docx)" in str(caught.value)
