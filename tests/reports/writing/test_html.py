"""What the report says as HTML."""

from dataclasses import replace

from eds.content import Action, Header, Judgement, Section, Theme
from tests.reports.rendered import parsed, tables, text
from tests.reports.samples import CHOSEN, EDS_2022, FULL, GRADED, UNFINISHED, service


def test_the_cover_says_whose_report_it_is_and_of_when():
    cover = parsed(FULL).find("header")
    assert [text(part) for part in cover.find("div")] == [
        "Three Valleys Care Trust",
        "Equality Delivery System report 2024-25",
        "Year 2024-25",
        "Edition EDS 2022",
    ]


def test_the_header_block_is_that_of_the_reporting_template():
    assert tables(parsed(FULL))["About this report"] == [
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
    assert "Not recorded:" not in text(parsed(FULL).find("header"))


def test_empty_header_fields_are_named_in_one_sentence():
    content = replace(FULL, header=Header(eds_lead="Tom Whitlock", level="ics"))
    assert text(parsed(content).find("header/p")) == (
        "Not recorded: board sponsor or lead, engagement dates, date completed, month published, "
        "date authorised and revision date."
    )


def test_a_report_without_a_title_is_called_after_its_year():
    assert text(parsed(UNFINISHED).find(".//h1")) == "Equality Delivery System report 2024-25"


def test_the_summary_gives_each_score_total_and_how_it_was_reached():
    found = tables(parsed(FULL))
    assert found["Panel scores for Domain 1: Commissioned or provided services"] == [
        "Case study | 1A | 1B | 1C | 1D | Total",
        (
            "Case study 1: Talking Therapies in Three Valleys"
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
    ]
    assert found["Domains and overall rating"] == [
        "Domain | Result | How it was reached",
        "Domain 1: Commissioned or provided services | 8/12 | middle of 3: Talking Therapies in Three Valleys",
        "Domain 2: Workforce health and well-being | 8/12 | the only case study: Our workforce",
        "Domain 3: Inclusive leadership | 5/9 | the only case study: Our leaders",
        "Overall | 21/33 Developing | 8 to 21 is Developing",
    ]
    assert found["Overall ratings"] == [
        *["Total points | Rating", "0 to 7 | Undeveloped", "8 to 21 | Developing", "22 to 32 | Achieving"],
        "33 | Excelling",
    ]


def test_a_chosen_case_study_is_printed_with_who_chose_it_and_why():
    assert tables(parsed(CHOSEN))["Domains and overall rating"][1] == (
        "Domain 1: Commissioned or provided services | 4/12"
        " | Diabetic Eye Screening: Amara Bello chose this case study because it serves the most people"
    )


def test_not_scored_and_0_are_two_things():
    found = tables(parsed(UNFINISHED))
    statement = {outcome.code: outcome.statement for outcome in EDS_2022.domain(1).outcomes}
    rationale = {code: judgement.rationale for code, judgement in UNFINISHED.case_studies[0].scores.items()}
    assert found["Panel scores: Talking Therapies"] == [
        "Outcome area | Score | Rationale",
        f"1A {statement['1A']} | 2 Achieving | {rationale['1A']}",
        f"1B {statement['1B']} | Not scored | Not recorded",
        f"1C {statement['1C']} | 0 Undeveloped | {rationale['1C']}",
        f"1D {statement['1D']} | 2 Achieving | {rationale['1D']}",
        "Total | 4 of 9 so far, 1 outcome not scored",
    ]
    assert found["Domains and overall rating"][1:] == [
        "Domain 1: Commissioned or provided services | No total | not scored: 0 of 2 case studies scored",
        "Domain 2: Workforce health and well-being | No total | not scored: no case study",
        "Domain 3: Inclusive leadership | No total | not scored: no case study",
        "Overall | No rating | not rated: 0 of 3 domains scored",
    ]


def test_scores_without_any_rationale_have_no_column_for_it():
    found = tables(parsed(UNFINISHED))["Panel scores: Diabetic Eye Screening"]
    assert (found[0], found[-1]) == ("Outcome area | Score", "Total | No outcomes scored yet")


def test_an_edition_without_points_prints_grades_and_no_totals():
    found = tables(parsed(GRADED))
    assert found["Panel grades for Goal 1: Better health outcomes"] == [
        "Case study | 1.1 | 1.2 | 1.3 | 1.4 | 1.5",
        "Case study 1: Health visiting | Achieving | Undeveloped | Not applicable | Not graded | Not graded",
    ]
    assert found["Panel grades: Health visiting"][0] == "Outcome area | Grade | Rationale"
    assert [row.split(" | ")[1] for row in found["Panel grades: Health visiting"][1:]] == [
        *["Achieving", "Undeveloped", "Not applicable", "Not graded", "Not graded"]
    ]
    assert "Goals and overall rating" not in found
    assert "This report is not about Goals 2, 3 and 4." in text(parsed(GRADED))
    assert "Total" not in text(parsed(GRADED))


def test_a_half_point_of_an_old_report_is_printed_as_it_is():
    study = replace(service(1, "Talking Therapies", (1, 1, 1, 1)), scores={"1A": Judgement(score=1.5)})
    found = tables(parsed(replace(FULL, case_studies=(study,))))["Panel scores: Talking Therapies"]
    assert found[1] == f"1A {EDS_2022.outcome('1A').statement} | 1.5"


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
    assert tables(first)["Self-assessment before the panel met: Talking Therapies in Three Valleys"] == [
        "Outcome area | Self-assessment | Panel | Difference | Rationale of the self-assessment",
        (
            f"1A {EDS_2022.outcome('1A').statement} | 3 Excelling | 2 Achieving | Panel 1 point lower | "
            "We met our own target."
        ),
    ]


def test_a_heading_that_is_only_a_code_gets_the_statement():
    section = Section(heading="1a)", outcome="1A", body="Open to all.")
    study = service(1, "Talking Therapies", (1, 1, 1, 1), sections=(section,))
    tree = parsed(replace(FULL, case_studies=(study,)))
    assert f"1A: {EDS_2022.outcome('1A').statement}" in [text(heading) for heading in tree.iter("h3")]


def test_the_picture_says_what_the_table_says():
    svg = parsed(FULL).xpath("//section[h2[@id='case-study-2']]//*[local-name()='svg']")[0]
    assert svg.get("role") == "img"
    assert [child.tag for child in svg][:2] == ["title", "desc"]
    assert text(svg[0]) == "Panel scores for Diabetic Eye Screening"
    assert (
        text(svg[1]) == "1A: 1 Developing. 1B: 1 Developing. 1C: 0 Undeveloped. 1D: 2 Achieving. Total: 4/12."
    )


def test_an_unfinished_total_is_in_no_picture():
    svg = parsed(UNFINISHED).xpath("//*[local-name()='svg']")[0]
    assert text(svg[1]) == "1A: 2 Achieving. 1B: Not scored. 1C: 0 Undeveloped. 1D: 2 Achieving."


def test_recommendations_with_owners_and_dates_are_tables_numbered_through():
    found = tables(parsed(FULL))
    assert found["Actions 1 to 2"] == [
        "Action | Owner | Due | Status",
        (
            "1 Open a monthly clinic at the day centre in Ludworth. Equality objective: Fair access; "
            "outcome areas 1A and 1D; case study 1 | Head of access | September 2025 | On track"
        ),
        (
            "2 Offer telephone assessments <before> 9am & after 6pm. Outcome area 1A"
            " | Not recorded | Not recorded | Not started"
        ),
    ]
    assert found["Action 3"][1] == (
        "3 Review every missed result with the pathway board. Case studies 2 and 3"
        " | Screening lead | 30 June 2025 | Complete"
    )


def test_recommendations_without_them_are_numbered_lists():
    themes = (
        Theme(theme="Reach", actions=(Action(action="One"), Action(action="Two", outcomes=("1A",)))),
        Theme(theme="Listen", actions=(Action(action="Three"),)),
    )
    tree = parsed(replace(UNFINISHED, recommendations=themes))
    lists = [(ol.get("start"), [text(item) for item in ol]) for ol in tree.iter("ol")]
    assert lists == [("1", ["One", "Two Outcome area 1A"]), ("3", ["Three"])]
    assert "Not started" not in text(tree)


def test_previous_actions_panel_and_third_parties():
    tree = parsed(FULL)
    third = tree.xpath("//section[h2[@id='third-parties']]")[0]
    assert text(third) == (
        "Third-party involvement Trade union representatives Carol Marsh, UNISON "
        "Independent evaluators and peer reviewers Dr Ifan Gŵyn"
    )
    found = tables(tree)
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
        *["contents", "outcome-areas", "score-summary", "change", "case-study-1", "case-study-2"],
        *["recommendations", "methods", "glossary", "other-forms"],
    ]
