"""Personal data and the header block."""

from dataclasses import replace

import pytest

from eds.checks import check
from eds.content import Evidence, Header, Judgement, Organisation, PanelMember, Section
from tests.eds.checks.clean import CLEAN, CLINIC, codes, only, with_part, with_text


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Seen: 943 476 5919.", "holds an NHS number (“94…19”). Remove it."),
        (
            "Write to jane.smith@gmail.com.",
            "holds a personal e-mail address (“ja…om”). Remove it, or use a team mailbox instead.",
        ),
        (
            "Mrs Lee, 07700 900123 or 07700 900124",
            (
                "holds 2 telephone numbers that may be personal (the first “07…23”). Remove it. "
                "If it belongs to an organisation, name it in the same sentence."
            ),
        ),
    ],
)
def test_personal_data_in_a_section(text, says):
    found = only(with_text(text))

    assert (found.code, found.severity, found.case_study) == ("personal-data", "error", 1)
    assert found.message == f"The section “More about it” of case study 1 {says}"


def test_personal_data_is_found_at_its_outcome_area():
    sections = (Section(heading="Who came", outcome="1A", body="Seen: 943 476 5919."), *CLINIC.sections[1:])
    found = only(with_part(1, sections=sections))
    assert (found.code, found.case_study, found.outcome, found.about) == ("personal-data", 1, "1A", "")


def test_a_message_never_repeats_the_personal_data():
    for text in ("943 476 5919", "jane.smith@gmail.com", "07700 900123"):
        assert text not in only(with_text(f"It is {text}.")).message


@pytest.mark.parametrize(
    "text",
    [
        "943 476 5918",
        "Write to equality@westmoor.nhs.uk or westmoor.vale@nhs.net.",
        "Ring 0800 123 4567, 111, or our reception on 01632 960001.",
        "She lived at 14 High Street, Ludworth ZZ1 1AA",  # left to the eye
        "Seen on 01.03.2024 and 2019-2023",
    ],
)
def test_what_is_nobodys_personal_data(text):
    assert codes(with_text(text)) == []


def test_every_text_of_the_report_is_searched():
    mail = "jane.smith@gmail.com"
    first, *rest = CLINIC.sections
    quote = Evidence(kind="quote", text="Kind.", source=mail)
    places = {
        "The heading of section “jane.smith@gmail.com”": with_part(
            1, sections=(Section(heading=mail, outcome="1A", body=first.body), *rest)
        ),
        "Evidence 1": with_part(1, evidence=(quote,)),
        "The commentary": with_part(1, commentary=mail),
        "The owner of 1A": with_part(1, owners={"1A": mail}),
        "The reason for the self-assessed score": with_part(
            1, self_assessment={"1A": Judgement(rationale=mail)}
        ),
        "The panel’s list": replace(CLEAN, panel=(*CLEAN.panel, PanelMember(name=mail))),
        "The header field “EDS lead”": replace(CLEAN, header=replace(CLEAN.header, eds_lead=mail)),
    }
    for place, content in places.items():
        found = only(content)
        assert found.code == "personal-data"
        assert found.message.startswith(place)


def test_each_empty_header_field_is_named():
    empty = replace(CLEAN, header=Header(), organisation=Organisation(name=" "))

    found = [finding_field(finding) for finding in findings(empty)]

    assert found == [
        *["Name of organisation", "Board sponsor or lead", "Integrated care system", "EDS lead", "Level"],
        *[
            "Engagement dates",
            "Date completed",
            "Month and year published",
            "Date authorised",
            "Revision date",
        ],
    ]


def findings(content):
    found = check(content)
    assert {(one.code, one.severity) for one in found} == {("header-incomplete", "warning")}
    return found


def finding_field(finding):
    return finding.message.removeprefix("The header field “").removesuffix("” is empty. Fill it in.")


@pytest.mark.parametrize("level", ["partnership", "ics"])
def test_partners_are_asked_for_where_there_are_some(level):
    shared = replace(CLEAN, header=replace(CLEAN.header, level=level))

    assert [finding_field(one) for one in findings(shared)] == ["Partner organisations"]
    named = replace(shared, header=replace(shared.header, partners=("Vale Hospital",)))
    assert codes(named) == []


@pytest.mark.parametrize(
    ("field", "place"), [("summary", "The summary holds"), ("panel_work", "“How the panel worked” holds")]
)
def test_personal_data_in_the_leads_own_words_is_found(field, place):
    spoiled = replace(CLEAN, **{field: "Ring Mrs Bell, NHS number 943 476 5919, about {overall total}."})
    found = only(spoiled)
    assert (found.code, found.message.startswith(place)) == ("personal-data", True)
    near = replace(CLEAN, **{field: "We reached {overall total}, and 943 people in 47 places took part."})
    assert codes(near) == []


@pytest.mark.parametrize(
    ("title", "year", "named"),
    [
        ("EDS report 2024", "2025", "2024"),
        ("EDS 2022 report 2024", "2025", "2024"),
        ("EDS report 2023-24", "2025", "2023-24"),
        ("EDS report 2024", "2024", None),
        ("EDS report 2024/25", "2025", None),
        ("EDS report 2024", "2024-25", None),
        ("EDS 2022 report", "2025", None),
        ("Annual report", "2025", None),
    ],
)
def test_a_title_that_names_another_year_is_pointed_out(title, year, named):
    found = [one for one in check(replace(CLEAN, title=title, year=year)) if one.code == "years-clash"]
    says = f"The title names {named}, and the report is of {year}. Correct one of them."
    assert [one.message for one in found] == ([says] if named else [])
