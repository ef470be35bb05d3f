"""The evidence map: what is evidenced, how recent, how strong, and what is missing."""

from dataclasses import replace
from xml.etree import ElementTree

from eds.content import Evidence, Group
from eds.evidence_map import MapCell, evidence_map, whole_map
from eds.lists.national_groups import INCLUSION, PROTECTED
from reports.writing import map_tables, tables
from reports.writing.drawing import svg as writing_svg
from tests.reports.samples import FULL, TALKING

SURVEY = Evidence(
    kind="file", title="Survey", strength="figures", date="2025-03", outcomes=("1A", "1B"), groups=("age",)
)
LETTER = Evidence(kind="quote", text="Kind.", date="2025-11-02", outcomes=("1A",), groups=("age", "race"))
STORY = Evidence(kind="link", title="Our story", strength="narrative", outcomes=("1A",))
OLD = Evidence(kind="link", title="Old", date="2025-11-01", outcomes=("1A",), groups=("age",))
ONE = replace(FULL, case_studies=(replace(TALKING, evidence=(SURVEY, LETTER, STORY, OLD)),))


def rows_of(found):
    return {row.code: row for row in found.rows}


def test_a_cell_tells_how_many_how_recent_and_how_strong():
    found = evidence_map(ONE)
    assert found.outcomes == ("1A", "1B", "1C", "1D")
    age = rows_of(found)["age"]
    assert age.cells == (
        MapCell(count=3, newest="2025-11-02", strengths=("figures", "feedback")),
        MapCell(count=1, newest="2025-03", strengths=("figures",)),
        MapCell(),
        MapCell(),
    )
    assert (age.whole.count, age.whole.strength) == (3, "figures")
    assert rows_of(found)["race"].counts == (1, 0, 0, 0)
    assert rows_of(found)["race"].whole.strength == "feedback"


def test_a_piece_counts_once_in_the_whole_and_one_without_a_group_is_told():
    found = evidence_map(ONE)
    assert found.every.counts == (4, 1, 0, 0)
    assert found.every.whole == MapCell(
        count=4, newest="2025-11-02", strengths=("figures", "feedback", "narrative")
    )
    assert found.without_group == 1


def test_strength_that_nobody_told_is_none_and_not_the_weakest():
    only = replace(FULL, case_studies=(replace(TALKING, evidence=(OLD,)),))
    cell = rows_of(evidence_map(only))["age"].cells[0]
    assert (cell.count, cell.strength, cell.strengths) == (1, None, ())


def test_what_is_missing_is_named():
    found = evidence_map(ONE)
    names = [name for code, name in (*PROTECTED, *INCLUSION) if code not in ("age", "race")]
    assert list(found.missing_groups) == names
    assert found.missing_outcomes == ("1C", "1D")
    only = replace(FULL, case_studies=(replace(TALKING, evidence=(LETTER,)),))
    assert evidence_map(only).without_figures == ("1A",)
    assert evidence_map(ONE).without_figures == ()


def test_a_local_group_has_a_row_though_nothing_speaks_of_it_and_bears_the_reports_name():
    known = replace(
        ONE, groups=(Group(code="lgbt-youth", name="LGBT+ youth"), Group(code="z", name="Anglers"))
    )
    assert [row.group for row in evidence_map(known).rows][-2:] == ["Anglers", "LGBT+ youth"]
    renamed = replace(ONE, groups=(Group(code="race", name="Race and nationality", kind="protected"),))
    assert rows_of(evidence_map(renamed))["race"].group == "Race and nationality"
    assert [row.code for row in evidence_map(renamed).rows] == [code for code, _ in (*PROTECTED, *INCLUSION)]


def test_evidence_without_an_outcome_area_has_a_column_of_its_own():
    loose = replace(TALKING, evidence=(replace(LETTER, outcomes=()),))
    found = evidence_map(replace(FULL, case_studies=(loose,)))
    assert (found.outcomes[-1], rows_of(found)["age"].counts) == ("", (0, 0, 0, 0, 1))
    assert found.missing_outcomes == ("1A", "1B", "1C", "1D")


def test_a_report_prints_no_map_where_no_evidence_names_a_group_and_a_page_shows_an_empty_one():
    bare = replace(FULL, case_studies=(replace(TALKING, evidence=(STORY,)),))
    assert evidence_map(bare) is None
    assert (whole_map(bare).without_group, whole_map(bare).is_empty) == (1, False)
    nothing = replace(FULL, case_studies=(replace(TALKING, evidence=()),))
    assert whole_map(nothing).is_empty
    assert len(whole_map(nothing).missing_groups) == len(PROTECTED) + len(INCLUSION)


def test_the_table_says_every_cell_in_words():
    table = map_tables.evidence_map_table(evidence_map(ONE), "Talking Therapies")
    assert table.columns == ("Group", "1A", "1B", "1C", "1D")
    said = {
        row.header.text: [f"{cell.lead} {cell.text}".strip() for _, cell in row.values] for row in table.rows
    }
    assert said["Age"] == [
        "3: figures, feedback; newest 2 November 2025",
        "1: figures; newest March 2025",
        "None",
        "None",
    ]
    untold = replace(FULL, case_studies=(replace(TALKING, evidence=(replace(OLD, date=None),)),))
    table = map_tables.evidence_map_table(evidence_map(untold), "Talking Therapies")
    assert table.rows[1].values[0][1] == tables.Cell(lead="1:", text="kind not given")
    assert table.rows[0].header.text == "All evidence"


def test_the_picture_tells_strength_by_its_look_and_in_words():
    svg = ElementTree.fromstring(writing_svg.evidence_map(evidence_map(ONE), title="Evidence map"))  # noqa: S314
    assert svg.find("{*}title").text == "Evidence map"
    assert "Age: 1A 3, figures; 1B 1, figures; 1C none; 1D none." in svg.find("{*}desc").text
    marks = {}
    for group in svg.iter("{http://www.w3.org/2000/svg}g"):
        marks.setdefault(group.get("class").removeprefix("report-map-"), []).append(group)
    shown = {strength: len(groups) for strength, groups in marks.items()}
    # "All evidence", Age and Race; and one mark of each kind in the key.
    assert shown == {"figures": 4 + 1, "feedback": 1 + 1, "none": 4 * 18 - 5 + 1, "narrative": 1, "untold": 1}
    looks = {
        strength: [tuple(groups[0][0].get(name) for name in ("fill", "stroke-dasharray", "height"))]
        for strength, groups in marks.items()
    }
    assert all(list(looks.values()).count(look) == 1 for look in looks.values())
