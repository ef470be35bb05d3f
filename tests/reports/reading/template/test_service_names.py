"""Which service a table is of, where the file counts, captions or labels its services; and what lines say of it."""

import pytest

from tests.reports.reading.template.template_files import (
    CODES,
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
NAMES = ("Maternity", "Dental")


def captioned(document, text):
    document.add_paragraph(text)
    domain_table(document, "2222")


def captioned_and_told(document, text):
    document.add_paragraph(text)
    document.add_paragraph("The panel met in May.")
    domain_table(document, "2222")


def labelled_in_the_table(document, text):
    table(document, [("Service:", text, "", "", ""), HEAD, *outcome_rows("2222")], across=[(0, 1, 4)])


@pytest.mark.parametrize(
    ("add", "template"),
    [
        (captioned, "Table {n} {name} scores"),
        (captioned, "Service {n} {name}"),
        (captioned, "(Service {n}) {name}"),
        (captioned_and_told, "Name of service: {name}"),
        (labelled_in_the_table, "{name}"),
    ],
)
def test_the_name_is_what_stands_beside_the_word_for_a_service(add, template):
    document = report()
    document.add_heading(D1, 1)
    for number, name in enumerate(NAMES, start=1):
        add(document, template.format(n=number, name=name))
    found = read(document)
    assert tuple(part.title for part in found.content.case_studies) == NAMES
    assert all(len(scores(part)) == 4 for part in found.content.case_studies)
    assert found.unnamed == ()


def test_services_side_by_side_with_their_numbers():
    document = report()
    document.add_heading(D1, 1)
    head = ("Outcome", "Rating Service 1: Maternity", "Rating Service 2: Dental")
    table(document, [head, *((statement(code), "2", "1") for code in CODES[1])])
    found = read(document)
    assert [(part.title, scores(part)["1A"]) for part in found.content.case_studies] == [
        ("Maternity", 2),
        ("Dental", 1),
    ]
    assert [line.text for line in found.skipped] == [D1]


@pytest.mark.parametrize("is_beside", [True, False])
def test_services_that_are_only_counted_are_asked_about(is_beside):
    document = report()
    document.add_heading(D1, 1)
    if is_beside:
        head = ("Outcome", "Evidence", "Service 1", "Service 2")
        table(document, [head, *((statement(code), f"For {code}.", "2", "2") for code in CODES[1])])
    else:
        for number in (1, 2):
            captioned(document, f"Service {number}")
    found = read(document)
    assert [part.title for part in found.content.case_studies] == ["Service 1", "Service 2"]
    assert [bodies(part)["1D"] for part in found.content.case_studies] == (
        ["For 1D."] * 2 if is_beside else ["What we did for 1D."] * 2
    )
    assert found.unnamed == (1, 2)


@pytest.mark.parametrize("between", ["", "Panel scores", "Scores"])
@pytest.mark.parametrize("has_scores_first", [True, False])
def test_the_table_of_the_scores_may_be_another_than_that_of_the_evidence(between, has_scores_first):
    document = report()
    for name, score in zip(NAMES, "21", strict=True):
        document.add_heading(f"{D1} – {name}", 1)
        evidence = [("Outcome", "Evidence"), *((statement(code), f"{name} {code}") for code in CODES[1])]
        rated = [("Outcome", "Rating", "Owner"), *((code, score, f"Lead of {code}") for code in CODES[1])]
        tables = [rated, evidence] if has_scores_first else [evidence, rated]
        table(document, tables[0])
        if between:
            document.add_heading(between, 2)
        table(document, tables[1])
    parts = read(document).content.case_studies
    assert [(part.title, set(scores(part).values())) for part in parts] == [
        ("Maternity", {2}),
        ("Dental", {1}),
    ]
    assert [bodies(part)["1C"] for part in parts] == ["Maternity 1C", "Dental 1C"]
    assert parts[0].owners["1B"] == "Lead of 1B"


def test_a_rating_of_the_domain_below_each_service_is_that_services_total():
    document = report()
    for name, ratings in zip(NAMES, ("2222", "1111"), strict=True):
        document.add_heading(f"{D1} – {name}", 1)
        domain_table(document, ratings)
        document.add_paragraph(f"{D1} overall rating: {4 * int(ratings[0])}")
    document.add_heading("Domain 2: Workforce health and well-being", 1)
    domain_table(document, "2222", domain=2)
    document.add_paragraph("Domain 2: Workforce health and well-being overall rating = 8 (Developing)")
    found = read(document)
    assert [part.stated_total for part in found.content.case_studies] == [8, 4, None]
    assert found.content.stated.domains == {2: 8}
    assert [why for text, why in left_out(found).items() if "(Developing)" in text] == [
        "an overall rating; its figure is kept, the words beside it are not"
    ]


def test_the_rating_of_the_organisation_ends_the_last_case_study():
    document = report()
    document.add_heading(f"{D1} – Maternity", 1)
    domain_table(document, "2222")
    document.add_heading("EDS Organisation Rating (overall rating): 22 – Achieving", 1)
    document.add_paragraph("Organisation name(s): NHS Vale")
    content = read(document, organisation=None).content
    assert (content.stated.overall, content.stated.rating) == (22, "Achieving")
    assert content.organisation.name == "NHS Vale"
    assert len(content.case_studies[0].sections) == 4


def test_case_studies_of_several_organisations_bear_their_names():
    document = report()
    for name in ("NHS Vale", "NHS Dale"):
        table(document, [("Name of Organisation", name), ("EDS Lead", f"Lead of {name}")])
        document.add_heading(D1, 1)
        domain_table(document, "2222")
        document.add_heading("Domain 3: Inclusive leadership", 1)
        domain_table(document, "222", domain=3)
    found = read(document, organisation="NHS Vale")
    assert [(part.domain, part.title) for part in found.content.case_studies] == [
        (1, "Commissioned or provided services – NHS Vale"),
        (3, "Inclusive leadership"),
        (1, "Commissioned or provided services – NHS Dale"),
        (3, "Inclusive leadership – NHS Dale"),
    ]
    assert left_out(found)["NHS Dale"] == "a second organisation"
