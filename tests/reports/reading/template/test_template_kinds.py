"""Layouts of the template seen in published reports: services side by side, below one another, without names, EDS2."""

import pytest

from eds.content import PreviousAction, ThirdParties
from tests.reports.reading.template.template_files import (
    CODES,
    EDS2,
    HEAD,
    bodies,
    domain_table,
    left_out,
    outcome_rows,
    read,
    report,
    scores,
    statement,
    table,
)

D1 = "Domain 1: Commissioned or provided services"


def studies(document, **given):
    return [
        (one.title, one.domain, "".join(str(score) for score in scores(one).values()))
        for one in read(document, **given).content.case_studies
    ]


SERVICES = [("Maternity", 1, "2222"), ("Dental", 1, "1111")]


@pytest.mark.parametrize(
    ("head", "across"),
    [
        ([("Outcome", "Evidence", "Maternity rating", "Dental rating")], []),
        ([("Outcome", "Evidence", "Maternity", "Dental")], []),
        ([("Outcome", "Evidence", "Rating – Maternity", "Rating – Dental")], []),
        ([("Outcome", "Evidence", "Rating", ""), ("", "", "Maternity", "Dental")], [(0, 2, 3)]),
    ],
)
def test_services_side_by_side(head, across):
    document = report()
    document.add_heading(D1, 1)
    table(
        document, [*head, *((statement(code), f"For {code}.", "2", "1") for code in CODES[1])], across=across
    )
    assert studies(document) == SERVICES
    assert [bodies(one)["1A"] for one in read(document).content.case_studies] == ["For 1A.", "For 1A."]


def test_services_side_by_side_with_evidence_each():
    document = report()
    head = [("Outcome", "Maternity", "", "Dental", ""), ("", "Evidence", "Rating", "Evidence", "Rating")]
    rows = [(statement(code), f"M {code}", "2", f"D {code}", "1") for code in CODES[1]]
    table(document, [*head, *rows], across=[(0, 1, 2), (0, 3, 4)])
    assert studies(document) == SERVICES
    assert [bodies(one)["1B"] for one in read(document).content.case_studies] == ["M 1B", "D 1B"]


def test_services_below_one_another_in_one_table():
    document = report()
    rows = [HEAD]
    for name, ratings in (("Maternity", "2222"), ("Dental", "1111")):
        rows += [(name, "", "", "", ""), *outcome_rows(ratings)]
    table(document, rows, across=[(1, 0, 4), (6, 0, 4)])
    assert studies(document) == SERVICES


def test_services_in_a_column_of_their_own():
    document = report()
    rows = [("Service", "Outcome", "Evidence", "Rating")]
    for name, rating in (("Maternity", "2"), ("Dental", "1")):
        rows += [(name, code, "e", rating) if code == "1A" else ("", code, "e", rating) for code in CODES[1]]
    table(document, rows, down=[(1, 4, 0), (5, 8, 0)])
    assert studies(document) == SERVICES


@pytest.mark.parametrize(
    "caption", ["Service {n} – {name}", "Service {n}: {name}", "Table {n}: {name}", "{name}"]
)
def test_services_named_by_captions(caption):
    document = report()
    document.add_heading(D1, 1)
    for number, (name, rating) in enumerate((("Maternity", "2222"), ("Dental", "1111")), start=1):
        document.add_paragraph(caption.format(n=number, name=name))
        domain_table(document, rating)
    assert studies(document) == SERVICES


def test_services_named_by_lower_headings_keep_what_is_told_before_the_table():
    document = report()
    document.add_heading(D1, 1)
    for name, rating in (("Maternity", "2222"), ("Dental", "1111")):
        document.add_heading(name, 2)
        document.add_heading("Background", 3)
        document.add_paragraph(f"{name} opened in May.")
        domain_table(document, rating)
    assert studies(document) == SERVICES
    first = read(document).content.case_studies[0].sections[0]
    assert (first.heading, first.body) == ("Background", "Maternity opened in May.")


def test_services_without_names_are_read_and_told():
    document = report()
    for ratings in ("2222", "1111"):
        document.add_heading(D1, 1)
        domain_table(document, ratings)
    found = read(document)
    assert [sum(scores(one).values()) for one in found.content.case_studies] == [8, 4]
    assert found.unnamed == (1, 2)


def test_a_row_without_a_code_goes_on_with_the_one_above():
    document = report()
    rows = [
        ("Outcome", "", "Evidence", "Score/Rating", "Lead"),
        ("1A", statement("1A")[4:], "First.", "2\nAchieving", "Estates"),
        ("", "", "Second.", "", "Nursing"),
        ("1B", statement("1B")[4:], "Only.", "2 – Achieving activity\nBecause we did.", ""),
    ]
    table(document, rows, across=[(0, 0, 1)])
    found = read(document)
    (one,) = found.content.case_studies
    assert bodies(one) == {"1A": "First.\n\nSecond.", "1B": "Only."}
    assert one.owners == {"1A": "Estates; Nursing"}
    assert (scores(one), one.scores["1B"].rationale) == ({"1A": 2, "1B": 2}, "Because we did.")
    assert found.skipped == ()


def test_columns_that_we_do_not_know_are_kept_in_the_evidence():
    document = report()
    head = ("Outcome", "Evidence", "Rating 2023", "Rating 2024", "Gaps")
    table(document, [head, ("1A", "x", "3", "2", "Signs"), ("1B", "y", "2", "1", "")])
    (one,) = read(document).content.case_studies
    assert scores(one) == {"1A": 2, "1B": 1}
    assert bodies(one) == {"1A": "x\n\nRating 2023:\n\n3\n\nGaps:\n\nSigns", "1B": "y\n\nRating 2023:\n\n2"}


def test_a_summary_of_all_scores_does_not_stand_for_a_service():
    document = report()
    summary = [("Outcome", "Rating"), *((code, "2") for number in (1, 2, 3) for code in CODES[number])]
    table(document, summary)
    assert [domain for _, domain, _ in studies(document)] == [1, 2, 3]
    document.add_heading(f"{D1} – Maternity", 1)
    domain_table(document, "2122")
    assert studies(document) == [
        ("Workforce health and well-being", 2, "2222"),
        ("Inclusive leadership", 3, "222"),
        ("Maternity", 1, "2122"),
    ]


def test_what_stands_below_domain_3():
    document = report()
    document.add_heading("Domain 3: Inclusive leadership", 1)
    domain_table(document, "222", domain=3, overall="6")
    document.add_heading("Third-party involvement in Domain 3 rating and review", 2)
    table(
        document,
        [
            ("Trade Union Rep(s):", "Independent Evaluator(s)/Peer Reviewer(s):"),
            ("Asha (UNISON)", "Dr Smith"),
        ],
    )
    document.add_heading("EDS Organisation Rating (overall rating): 20 Developing", 2)
    document.add_paragraph("Organisation name(s): NHS Vale")
    content = read(document, organisation=None).content
    assert content.third_parties == ThirdParties(
        trade_union_reps=("Asha (UNISON)",), independent_evaluators=("Dr Smith",)
    )
    assert (content.stated.overall, content.stated.rating) == (20, "Developing")
    assert content.organisation.name == "NHS Vale"
    assert (len(content.case_studies), content.case_studies[0].stated_total) == (1, 6)


@pytest.mark.parametrize("beside", ["NHS Vale\nNHS Dale", "☒"])
def test_the_level_by_its_row(beside):
    document = report()
    rows = [
        ("At what level has this been completed?", "", "", ""),
        ("", "", "Individual organisation", ""),
        ("", "", "Partnership* (two or more organisations)", beside),
        ("", "", "Integrated Care System-wide*", ""),
    ]
    table(document, rows)
    domain_table(document, "2222")
    header = read(document).content.header
    assert (header.level, header.partners) == (
        "partnership",
        () if beside == "☒" else ("NHS Vale", "NHS Dale"),
    )


def test_only_last_years_actions_and_only_a_plan():
    document = report()
    document.add_heading("Completed actions from previous year", 1)
    table(document, [("Action/activity", "Related equality objectives"), ("Bought loops", "Access")])
    content = read(document).content
    assert content.previous_actions == (
        PreviousAction(action="Bought loops", objective="Access", status="complete"),
    )
    assert content.case_studies == ()


def test_a_completion_date_that_is_none_is_named():
    document = report()
    document.add_heading("EDS Action Plan", 1)
    table(
        document,
        [
            ("Domain", "Outcome", "Objective", "Action", "Completion date"),
            ("Domain 2", "2A", "O", "A", "Ongoing"),
        ],
    )
    found = read(document)
    (theme,) = found.content.recommendations
    assert (theme.theme, theme.actions[0].due) == ("Domain 2: Workforce health and well-being", None)
    assert left_out(found)["Ongoing"] == "a completion date that is not a date"


def test_eds2_has_a_table_for_each_outcome():
    document = report("EDS2 report 2016")
    document.add_heading("Goal 1: Better health outcomes", 1)
    for code, grade in (("1.1", "Achieving – Green"), ("1.2", "Amber")):
        rows = [
            (f"{code} {EDS2.outcome(code).statement}", ""),
            ("Grade", grade),
            ("Evidence", f"For {code}."),
            ("Lead", "Jo"),
        ]
        table(document, rows, across=[(0, 0, 1)])
    found = read(document, others=(EDS2,), year="2016")
    (one,) = found.content.case_studies
    assert (found.content.edition.name, one.title) == ("EDS2", "Better health outcomes")
    assert (scores(one), bodies(one)) == ({"1.1": 2, "1.2": 1}, {"1.1": "For 1.1.", "1.2": "For 1.2."})
    assert one.owners == {"1.1": "Jo", "1.2": "Jo"}


@pytest.mark.parametrize(
    "name", ["Community wheelchair service", "Sexual health service", "Table tennis for Service 2"]
)
def test_a_service_may_be_called_one(name):
    document = report()
    document.add_heading(f"{D1} – {name}", 1)
    domain_table(document, "2222")
    assert studies(document) == [(name, 1, "2222")]
