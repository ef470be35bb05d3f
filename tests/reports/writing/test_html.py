"""What the report says as HTML."""

from dataclasses import replace

from lxml import html as lxml_html

from eds.content import Action, Header, Judgement, Section, Theme
from reports.writing import html_report
from tests.reports.rendered import parsed, tables, text
from tests.reports.samples import CHOSEN, EDS_2022, FULL, GRADED, UNFINISHED, service


def test_the_cover_says_whose_report_it_is_and_of_when():
    cover = parsed(FULL).find("header")
    assert [text(part) for part in cover.find("div")] == [
        "Three Valleys Care Trust",
        "Equality Delivery System report 2024-25",
        "Year 2024-25",
        "EDS 2022, published February 2025",
    ]
    assert [text(part) for part in cover.findall("div")[1][0]] == ["Developing", "21 out of 33 points"]


def test_the_cover_shows_the_scores_of_each_domain_as_blocks():
    cards = parsed(FULL).xpath("//div[@class='report-domain']")
    assert [[text(part) for part in card.findall("p")] for card in cards] == [
        ["8/12", "Domain 1: Commissioned or provided services"],
        ["8/12", "Domain 2: Workforce health and well-being"],
        ["5/9", "Domain 3: Inclusive leadership"],
    ]
    svg = cards[0].xpath(".//*[local-name()='svg']")[0]
    assert text(svg[0]) == "Domain 1: Commissioned or provided services: 8/12"
    assert text(svg[1]) == "1A: 2 Achieving. 1B: 1 Developing. 1C: 3 Excelling. 1D: 2 Achieving."
    filled = [block for block in svg if block.get("fill") == "#005eb8"]
    assert len(filled) == 2 + 1 + 3 + 2


def test_without_a_rating_the_cover_says_why():
    cover = parsed(UNFINISHED).find("header")
    assert text(cover.findall("div")[1]) == "No overall rating Not rated: 0 of 3 domains scored"
    assert len(parsed(GRADED).find("header").findall("div")) == 1


def test_the_glance_says_who_scored_and_what_came_of_it():
    glance = parsed(FULL).xpath("//section[h2[@id='at-a-glance']]")[0]
    assert text(glance.find("p")) == (
        "A panel of 2 people, 2 of them from outside the NHS, scored 5 case studies. "
        "The overall rating is Developing: 21 out of 33 points."
    )
    assert [text(item) for item in glance.iter("li")] == [
        "Open a monthly clinic at the day centre in Ludworth. Head of access, by September 2025",
        "Offer telephone assessments <before> 9am & after 6pm.",
    ]
    assert "No evidence is linked to 15 of 17 groups." in text(glance)


def test_each_score_is_drawn_as_well_as_said():
    row = parsed(FULL).xpath("//section[h2[@id='case-study-2']]//tbody/tr")[2]
    assert text(row[0]) == "1C Safety"
    assert [
        mark.get("class").split("--")[1] for mark in row.xpath(".//span[@class='report-marks']/span")
    ] == [*["empty"] * 3]


def test_the_header_block_is_that_of_the_reporting_template():
    assert tables(parsed(FULL))["Details of the review"] == [
        "Board sponsor or lead | Amara Bello, Chief Nurse",
        "Integrated care system | Valleys and Vale",
        "EDS lead | Tom Whitlock",
        "Level | Partnership of organisations: Vale Hospital and Ludworth Hospice",
        "Engagement dates | 4 November 2024 and 19 November 2024",
        "Date completed | 20 December 2024",
        "Month published | February 2025",
        "Date authorised | 30 January 2025",
        "Revision date | 14 February 2025",
    ]
    assert not parsed(FULL).xpath("//p[@class='report-missing']")


def test_empty_header_fields_are_named_in_one_sentence():
    content = replace(FULL, header=Header(eds_lead="Tom Whitlock", level="ics"))
    assert text(parsed(content).xpath("//p[@class='report-missing']")[0]) == (
        "Not recorded: board sponsor or lead, engagement dates, date completed, month published, "
        "date authorised and revision date."
    )


def test_a_report_without_a_title_is_called_after_its_year():
    assert text(parsed(UNFINISHED).find(".//h1")) == "Equality Delivery System report 2024-25"


def test_the_summary_gives_each_score_total_and_how_it_was_reached():
    found = tables(parsed(FULL))
    assert found["Panel scores for Domain 1: Commissioned or provided services"] == [
        "Case study | 1A Access | 1B Health needs | 1C Safety | 1D Experience | Total",
        (
            "Case study 1: Talking Therapies in Three Valleys Used for the Domain 1 score"
            " | 2 Achieving | 1 Developing | 3 Excelling | 2 Achieving | 8/12"
        ),
        (
            "Case study 2: Diabetic Eye Screening"
            " | 1 Developing | 1 Developing | 0 Undeveloped | 2 Achieving | 4/12"
        ),
        (
            "Case study 3: Home Birth & Midwifery"
            " | 3 Excelling | 3 Excelling | 3 Excelling | 2 Achieving | 11/12"
        ),
        "Change since 2023-24 | ↑ Up 1 | ↓ Down 1 | = The same | Not compared | ↑ Up 1",
    ]
    assert found["Domains and overall rating"] == [
        "Domain | Result | 2023-24 | Change | How it was reached",
        (
            "Domain 1: Commissioned or provided services | 8/12 | 7 | ↑ Up 1 | "
            "Middle of 3: Talking Therapies in Three Valleys"
        ),
        (
            "Domain 2: Workforce health and well-being | 8/12 | 8 | = The same | "
            "The only case study: Our workforce"
        ),
        "Domain 3: Inclusive leadership | 5/9 | No total | Not compared | The only case study: Our leaders",
        "Overall | 21/33 Developing | No total | Not compared | 8 to 21 is Developing",
    ]


def test_a_chosen_case_study_is_printed_with_who_chose_it_and_why():
    assert tables(parsed(CHOSEN))["Domains and overall rating"][1] == (
        "Domain 1: Commissioned or provided services | 4/12 | 7 | ↓ Down 3"
        " | Diabetic Eye Screening: Amara Bello chose this case study because it serves the most people"
    )


def test_not_scored_and_0_are_two_things():
    found = tables(parsed(UNFINISHED))
    rationale = {code: judgement.rationale for code, judgement in UNFINISHED.case_studies[0].scores.items()}
    assert found["Panel scores: Talking Therapies"] == [
        "Outcome area | Score | Reasons",
        f"1A Access | 2 Achieving | {rationale['1A']}",
        "1B Health needs | Not scored | ",
        f"1C Safety | 0 Undeveloped | {rationale['1C']}",
        f"1D Experience | 2 Achieving | {rationale['1D']}",
    ]
    facts = parsed(UNFINISHED).xpath("//section[h2[@id='case-study-1']]/p")[0]
    assert text(facts).endswith("Panel score: 4 of 9 so far, 1 outcome not scored")
    assert found["Domains and overall rating"][1:] == [
        "Domain 1: Commissioned or provided services | No total | Not scored: 0 of 2 case studies scored",
        "Domain 2: Workforce health and well-being | No total | Not scored: no case study",
        "Domain 3: Inclusive leadership | No total | Not scored: no case study",
        "Overall | No rating | Not rated: 0 of 3 domains scored",
    ]


def test_scores_without_any_rationale_have_no_column_for_it():
    found = tables(parsed(UNFINISHED))["Panel scores: Diabetic Eye Screening"]
    assert (found[0], found[-1]) == ("Outcome area | Score", "1D Experience | Not scored")


def test_an_edition_without_points_prints_grades_and_no_totals():
    found = tables(parsed(GRADED))
    assert found["Panel grades for Goal 1: Better health outcomes"] == [
        "Case study | 1.1 | 1.2 | 1.3 | 1.4 | 1.5",
        "Case study 1: Health visiting | Achieving | Undeveloped | Not applicable | Not graded | Not graded",
    ]
    assert found["Panel grades: Health visiting"][0] == "Outcome area | Grade | Reasons"
    assert [row.split(" | ")[1] for row in found["Panel grades: Health visiting"][1:]] == [
        *["Achieving", "Undeveloped", "Not applicable", "Not graded", "Not graded"]
    ]
    assert "Goals and overall rating" not in found
    assert "This report is not about Goals 2, 3 and 4." in text(parsed(GRADED))
    assert "Total" not in text(parsed(GRADED).xpath("//section[h2[@id='at-a-glance']]")[0])


def test_a_half_point_of_an_old_report_is_printed_as_it_is():
    study = replace(service(1, "Talking Therapies", (1, 1, 1, 1)), scores={"1A": Judgement(score=1.5)})
    found = tables(parsed(replace(FULL, case_studies=(study,))))["Panel scores: Talking Therapies"]
    assert found[1] == "1A Access | 1.5"
    marks = parsed(replace(FULL, case_studies=(study,))).xpath("//table//span[@class='report-marks']")[0]
    assert [mark.get("class").split("--")[1] for mark in marks] == ["full", "half", "empty"]


def test_a_case_study_is_there_in_full():
    first = parsed(FULL).xpath("//section[h2[@id='case-study-1']]")[0]
    assert [text(heading) for heading in first.iter("h2", "h3", "h4")] == [
        "Case study 1: Talking Therapies in Three Valleys",
        "Background",
        "Reaching people (1A)",
        "What we heard (1D)",
        "In their words",
        "Evidence",
        "Panel scoring",
        "Additional commentary",
    ]
    words_of_it = text(first)
    for said in (
        "It saw 4,210 people last year. Self-referral is open Evening clinics began",
        "Posters went up in three mosques.",
        "They called me back the same day.",
        "Friends and Family Test. November 2024. Outcome area 1D. Groups: Age; Gypsy, Roma and Traveller communities",
        "Waiting times by ethnic group 4 October 2024",
        "Owner: Head of access",
        "The panel saw real change for younger adults. It wants to see the same for older people.",
    ):
        assert said in words_of_it
    (row,) = [row for row in first.iter("tr") if text(row).startswith("1A")]
    assert text(row).endswith("Self-assessment: 3 Excelling. We met our own target.")
    assert text(first.find("p")) == (
        "Domain 1: Commissioned or provided services Panel score: 8/12 Used for the Domain 1 score"
    )


def test_a_heading_that_is_only_a_code_gets_the_statement():
    section = Section(heading="1a)", outcome="1A", body="Open to all.")
    study = service(1, "Talking Therapies", (1, 1, 1, 1), sections=(section,))
    tree = parsed(replace(FULL, case_studies=(study,)))
    assert f"1A: {EDS_2022.outcome('1A').statement}" in [text(heading) for heading in tree.iter("h3")]


def test_recommendations_with_owners_and_dates_are_tables_numbered_through():
    found = tables(parsed(FULL))
    assert found["About the action plan"] == [
        "EDS lead | Year active | EDS sponsor | Authorisation date",
        "Tom Whitlock | 2024-25 | Amara Bello, Chief Nurse | 30 January 2025",
    ]
    assert found["Actions"] == [
        "Domain | Outcome | Objective | Action | Owner | Completion date",
        "Reach older people",
        (
            "1 | 1A and 1D Case study 1 | Fair access | 1 Open a monthly clinic at the day centre in Ludworth."
            " | Head of access | September 2025 On track"
        ),
        (
            "1 | 1A | Not recorded | 2 Offer telephone assessments <before> 9am & after 6pm."
            " | Not recorded | Not recorded Not started"
        ),
        "Make screening safe",
        (
            "Not recorded | Not recorded Case studies 2 and 3 | Not recorded"
            " | 3 Review every missed result with the pathway board. | Screening lead | 30 June 2025 Complete"
        ),
    ]


def test_in_large_print_they_are_lists():
    tree = lxml_html.fromstring(html_report.body(FULL, large_print=True))
    part = tree.xpath("//section[h2[@id='recommendations']]")[0]
    assert [text(item) for item in part.iter("li")] == [
        (
            "Open a monthly clinic at the day centre in Ludworth. Equality objective: Fair access; outcome areas "
            "1A and 1D; case study 1 Owner: Head of access Completion date: September 2025 Status: On track"
        ),
        (
            "Offer telephone assessments <before> 9am & after 6pm. Outcome area 1A Owner: Not recorded "
            "Completion date: Not recorded Status: Not started"
        ),
        (
            "Review every missed result with the pathway board. Case studies 2 and 3 Owner: Screening lead "
            "Completion date: 30 June 2025 Status: Complete"
        ),
    ]


def test_recommendations_without_them_are_numbered_lists():
    themes = (
        Theme(theme="Reach", actions=(Action(action="One"), Action(action="Two", outcomes=("1A",)))),
        Theme(theme="Listen", actions=(Action(action="Three"),)),
    )
    tree = parsed(replace(UNFINISHED, recommendations=themes))
    part = tree.xpath("//section[h2[@id='recommendations']]")[0]
    lists = [(ol.get("start"), [text(item) for item in ol]) for ol in part.iter("ol")]
    assert lists == [("1", ["One", "Two Outcome area 1A"]), ("3", ["Three"])]
    assert "Not started" not in text(tree)


def test_previous_actions_panel_and_third_parties():
    tree = parsed(FULL)
    found = tables(tree)
    assert found["Who took part from outside"] == [
        "Trade union representatives | Carol Marsh, UNISON",
        "Independent evaluators and peer reviewers | Dr Ifan Gŵyn",
    ]
    assert found["Actions from the previous year"] == [
        "Action or activity | Related equality objective | Status",
        "Train reception staff | Fair access | Complete",
        "Map interpreting gaps | Not recorded | Not recorded",
    ]
    assert found["Who was on the panel"] == [
        "Name | Group they represent | Domains",
        "Farah Aziz (chair) | Healthwatch | 1",
        "Joe Penrose | Voluntary, community or social enterprise organisation | 1, 2 and 3",
    ]


def test_parts_without_content_are_left_out():
    assert [heading.get("id") for heading in parsed(UNFINISHED).iter("h2")] == [
        *["at-a-glance", "contents", "about-this-report", "score-card", "case-study-1", "case-study-2"],
        *["recommendations", "methods", "outcome-areas", "glossary", "other-forms"],
    ]
