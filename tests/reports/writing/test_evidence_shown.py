"""The evidence map as the report prints it."""

from dataclasses import replace

from eds.content import Evidence
from reports.writing import map_tables
from tests.reports.rendered import parsed, tables, text
from tests.reports.samples import FULL, TALKING, UNFINISHED

CAPTION = "Items of evidence about each group, by outcome area"


def test_the_table_has_a_row_for_every_group_and_says_what_is_missing():
    rows = tables(parsed(FULL))[CAPTION]
    assert rows[0] == "Group | 1A | 1B | 1C | 1D | 2A | 2B | 2C | 2D | 3A | 3B | 3C"
    assert rows[1] == "Protected characteristics"
    assert rows[2] == "Age | 0 | 0 | 0 | 1 | 0 | 0 | 0 | 0 | 0 | 0 | 0"
    assert rows[11] == "Inclusion health groups"
    assert len(rows) == 20
    part = parsed(FULL).xpath("//section[h2[@id='evidence-map']]")[0]
    said = [text(paragraph) for paragraph in part.findall("p")]
    assert said[1].startswith("No evidence is linked to: Disability; Gender reassignment;")
    assert said[2] == "No evidence names outcome areas 1A, 1B, 1C, 2A, 2B, 2C, 2D, 3A, 3B and 3C."


def test_the_more_evidence_the_darker_the_cell():
    study = replace(TALKING, evidence=tuple(replace(TALKING.evidence[0], text=str(n)) for n in range(5)))
    part = parsed(replace(FULL, case_studies=(study,))).xpath("//section[h2[@id='evidence-map']]")[0]
    (age,) = [row for row in part.iter("tr") if text(row).startswith("Age")]
    assert [(text(cell), cell.get("class").rpartition("--")[2]) for cell in age.findall("td")][2:] == [
        *[("0", "0"), ("5", "3")]
    ]


def test_a_map_with_many_columns_is_several_tables_in_large_print():
    assert [table.columns for table in map_tables.shaded_maps(FULL, across=6)] == [
        ("Group", "1A", "1B", "1C", "1D", "2A", "2B"),
        ("Group", "2C", "2D", "3A", "3B", "3C"),
    ]


def test_the_pictures_say_what_the_table_says():
    first = map_tables.pictures_of(FULL)[0]
    assert "Age: 1D 1. Disability: none. " in first


def test_evidence_that_names_no_outcome_area_has_a_column_of_its_own():
    study = replace(TALKING, evidence=(Evidence(kind="quote", text="Kind.", groups=("sex",)),))
    found = map_tables.table(replace(FULL, case_studies=(study,)))
    assert found.columns == ("Group", "1A", "1B", "1C", "1D", "None")
    assert [cell.text for row in found.rows for cell in row.cells if row.cells[0].text == "Sex"] == [
        *["Sex", "0", "0", "0", "0", "1"]
    ]


def test_without_groups_there_is_no_map():
    assert map_tables.pictures_of(UNFINISHED) == []
    assert map_tables.sentences(UNFINISHED) == []
    assert not parsed(UNFINISHED).xpath("//h2[@id='evidence-map']")
