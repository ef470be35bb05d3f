"""Tables that Word or an author broke apart: over a page, for each outcome area, or with labels in the same table."""

import pytest

from tests.reports.reading.template.template_files import (
    CODES,
    EDS2,
    HEAD,
    bodies,
    domain_table,
    outcome_rows,
    read,
    report,
    scores,
    statement,
    table,
)

MATERNITY = "Domain 1: Commissioned or provided services – Maternity"
TWOS = dict.fromkeys(CODES[1], 2)
MORE = ("", "", "Over the page.", "", "Estates")


def one(document, **given):
    found = read(document, **given)
    (case_study,) = found.content.case_studies
    return case_study, found


# A row that goes on over a page


@pytest.mark.parametrize("between", ["", "Domain 1 (continued)", "cont’d"])
@pytest.mark.parametrize("has_head", [True, False])
@pytest.mark.parametrize("rows_before", [1, 2, 4])
def test_a_row_goes_on_in_a_table_whose_first_row_names_no_outcome(between, has_head, rows_before):
    document = report()
    document.add_heading(MATERNITY, 1)
    table(document, [HEAD, *outcome_rows("2222")[:rows_before]])
    document.add_paragraph(between)
    table(document, [*([HEAD] if has_head else []), MORE, *outcome_rows("2222")[rows_before:]])
    case_study, found = one(document)
    code = CODES[1][rows_before - 1]
    assert (case_study.title, scores(case_study)) == ("Maternity", TWOS)
    assert bodies(case_study)[code] == f"What we did for {code}.\n\nOver the page."
    assert (len(case_study.sections), case_study.owners[code]) == (4, f"Lead of {code}; Estates")
    assert {line.text for line in found.skipped} == {between} - {""}


def test_a_table_below_a_line_of_its_own_does_not_go_on():
    document = report()
    document.add_heading(MATERNITY, 1)
    table(document, [HEAD, *outcome_rows("2222")])
    document.add_paragraph("How long people waited, by group")
    table(document, [("", "", "Deaf people", "3", "weeks")])
    case_study, _ = one(document)
    assert (bodies(case_study)["1D"], scores(case_study)) == ("What we did for 1D.", TWOS)
    below = case_study.sections[-1]
    assert (below.heading, below.outcome) == ("Other information", None)
    assert below.body.startswith("How long people waited, by group\n\n|")


# A table for each outcome area


def headed(document, code):
    document.add_heading(statement(code), 2)
    table(document, [("Evidence", "Rating", "Owner"), (f"For {code}.", "2", f"Lead of {code}")])


def headed_by_its_code(document, code):
    document.add_heading(f"Outcome {code}", 2)
    table(document, [("Evidence", f"For {code}."), ("Score", "2 – Achieving"), ("Lead", f"Lead of {code}")])


def below_its_line(document, code):
    document.add_paragraph(statement(code))
    table(document, [("Score", "2"), ("Evidence", f"For {code}."), ("Owner:", f"Lead of {code}")])


def with_a_label_for_the_outcome(document, code):
    rows = [
        ("Outcome", statement(code)),
        ("Evidence", f"For {code}."),
        ("Rating", "2"),
        ("Owner", f"Lead of {code}"),
    ]
    table(document, rows)


@pytest.mark.parametrize("add", [headed, headed_by_its_code, below_its_line, with_a_label_for_the_outcome])
def test_a_table_for_each_outcome_area(add):
    document = report()
    for name in ("Maternity", "Dental"):
        document.add_heading(f"Domain 1: Commissioned or provided services – {name}", 1)
        for code in CODES[1]:
            add(document, code)
    found = read(document)
    for case_study, name in zip(found.content.case_studies, ("Maternity", "Dental"), strict=True):
        assert (case_study.title, scores(case_study)) == (name, TWOS)
        assert bodies(case_study) == {code: f"For {code}." for code in CODES[1]}
        assert case_study.owners == {code: f"Lead of {code}" for code in CODES[1]}
    assert not any("other words" in line.why for line in found.skipped)


def test_a_table_of_eds2_with_a_label_of_its_own_is_kept_whole():
    document = report("EDS2 report 2016")
    document.add_heading("Goal 1: Better health outcomes", 1)
    for outcome in EDS2.domains[0].outcomes:
        ticks = "☐ Undeveloped ☐ Developing ☒ Achieving ☐ Excelling"
        rows = [
            (f"Outcome {outcome.code}", outcome.statement),
            ("Grade", ticks),
            ("Evidence drawn upon for rating", f"For {outcome.code}."),
            ("Protected groups", "All nine"),
        ]
        table(document, rows)
    case_study, _ = one(document, others=(EDS2,), year="2016")
    assert set(scores(case_study).values()) == {2}
    assert bodies(case_study)["1.2"] == "For 1.2.\n\nProtected groups:\n\nAll nine"


# Labels in the table that they stand above or below


def test_the_labels_above_an_action_plan_in_its_own_table():
    document = report()
    document.add_heading("EDS Action Plan", 1)
    rows = [
        *[("EDS Lead", "", "Year(s) active", "", ""), ("Jo", "", "2024", "", "")],
        *[("EDS Sponsor", "", "Authorisation date", "", ""), ("Ann", "", "1 May 2024", "", "")],
        ("Domain", "Outcome", "Objective", "Action", "Completion date"),
        ("Domain 1", statement("1A"), "Fewer waits", "Open on Sundays", "May 2025"),
    ]
    across = [(row, first, last) for row in range(4) for first, last in ((0, 1), (2, 4))]
    table(document, rows, across=across)
    content = read(document).content
    assert (content.header.eds_lead, content.header.board_sponsor) == ("Jo", "Ann")
    assert content.header.authorised_on == "2024-05-01"
    assert [one.action for theme in content.recommendations for one in theme.actions] == ["Open on Sundays"]


def test_third_parties_and_the_overall_rating_at_the_end_of_the_table_of_domain_3():
    document = report()
    document.add_heading("Domain 3: Inclusive leadership", 1)
    rows = [
        *[
            HEAD,
            *outcome_rows("222", domain=3),
            ("Domain 3: Inclusive leadership overall rating", "", "", "6", ""),
        ],
        ("Third-party involvement in Domain 3 rating and review", "", "", "", ""),
        ("Trade Union Rep(s):", "", "Independent Evaluator(s)/Peer Reviewer(s):", "", ""),
        ("Asha Rao", "", "Dr Smith", "", ""),
    ]
    table(document, rows, across=[(4, 0, 2), (5, 0, 4), (6, 0, 1), (6, 2, 4), (7, 0, 1), (7, 2, 4)])
    case_study, found = one(document)
    assert (scores(case_study), case_study.stated_total) == ({"3A": 2, "3B": 2, "3C": 2}, 6)
    third = found.content.third_parties
    assert (third.trade_union_reps, third.independent_evaluators) == (("Asha Rao",), ("Dr Smith",))


def test_two_tables_of_the_same_services_stay_two():
    document = report()
    for name in ("Maternity", "Dental"):
        document.add_heading(f"Domain 1: Commissioned or provided services – {name}", 1)
        domain_table(document, "2222")
    assert [part.title for part in read(document).content.case_studies] == ["Maternity", "Dental"]


def test_the_services_below_one_another_in_a_table_for_each_outcome_area():
    document = report()
    document.add_heading("Domain 1: Commissioned or provided services", 1)
    for code in CODES[1]:
        document.add_heading(statement(code), 2)
        rows = [("Maternity", f"M {code}", "2", "Mo"), ("Dental", f"D {code}", "1", "Do")]
        table(document, [("Service", "Evidence", "Rating", "Owner"), *rows])
    parts = read(document).content.case_studies
    assert [(part.title, set(scores(part).values()), set(part.owners.values())) for part in parts] == [
        ("Maternity", {2}, {"Mo"}),
        ("Dental", {1}, {"Do"}),
    ]
    assert bodies(parts[1]) == {code: f"D {code}" for code in CODES[1]}


# What other reports say on lines


def test_lists_of_actions_below_their_headings():
    document = report()
    document.add_heading("Completed actions from previous year", 1)
    document.add_paragraph("Bought loops", style="List Bullet")
    document.add_heading(MATERNITY, 1)
    domain_table(document, "2222")
    document.add_heading("EDS Action Plan 2025", 1)
    for text in ("Open on Sundays", "Write plans"):
        document.add_paragraph(text, style="List Bullet")
    content = read(document).content
    assert [(one.action, one.status) for one in content.previous_actions] == [("Bought loops", "complete")]
    (theme,) = content.recommendations
    assert [one.action for one in theme.actions] == ["Open on Sundays", "Write plans"]
    assert len(content.case_studies[0].sections) == 4


@pytest.mark.parametrize(
    "title", ["Domain two: Workforce health and well-being", "Workforce health and well-being"]
)
def test_a_domain_in_words_begins_its_own_part(title):
    document = report()
    document.add_heading(MATERNITY, 1)
    domain_table(document, "2222")
    document.add_heading(title, 1)
    domain_table(document, "1111", domain=2)
    first, second = read(document).content.case_studies
    assert (len(first.sections), second.title) == (4, "Workforce health and well-being")


@pytest.mark.parametrize("as_table", [True, False])
def test_the_overall_rating_on_the_line_below_its_label(as_table):
    document = report()
    document.add_heading("Domain 3: Inclusive leadership", 1)
    domain_table(document, "222", domain=3)
    labels = ("EDS Organisation Rating (overall rating):\n22 Achieving", "Organisation name(s):\nNHS Vale")
    if as_table:
        table(document, [(text,) for text in labels])
    else:
        for text in labels:
            document.add_paragraph(text)
    content = read(document, organisation=None).content
    assert (content.stated.overall, content.stated.rating) == (22, "Achieving")
    assert content.organisation.name == "NHS Vale"


def test_a_total_with_words_and_a_tick_below_a_label():
    document = report()
    levels = [("*List organisations", ""), ("Individual organisation", "☒"), ("Date completed", "1 May 2024")]
    table(document, levels)
    document.add_heading(MATERNITY, 1)
    domain_table(document, ["2,0", "2", "2", "2 out of a possible 3"], overall="8/12 (Developing)")
    case_study, found = one(document)
    assert (found.content.header.level, found.content.header.partners) == ("individual", ())
    assert (scores(case_study), case_study.stated_total) == (TWOS, 8)


def test_questions_as_the_names_of_columns_of_an_action_plan():
    document = report()
    document.add_heading("Action plan", 1)
    head = ("EDS outcome", "What will we do?", "Who", "By when", "Progress")
    table(document, [head, ("1B & 1C", "Check wards", "Nursing", "Mar 2026", "Green")])
    (theme,) = read(document).content.recommendations
    (action,) = theme.actions
    assert (action.action, action.outcomes, action.owner) == ("Check wards", ("1B", "1C"), "Nursing")
    assert (action.due, action.status) == ("2026-03", "on_track")
