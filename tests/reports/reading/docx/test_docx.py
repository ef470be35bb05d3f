"""Reports as Word files: the real report of 2024 in every shape, each way of writing, and that nothing is lost."""

from base64 import b64decode
from io import BytesIO

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import event, given, settings
from hypothesis import strategies as st

from eds.content import Judgement, Section
from eds.editions import load
from reports.reading.docx.report import from_docx
from reports.reading.problems import ImportProblem
from reports.reading.prose.text import from_text
from reports.writing.data.json_report import to_json
from tests.reports.reading.docx import docx_files
from tests.reports.reading.docx.docx_files import BoldOnly, Shape, saved, with_footnote, word
from tests.reports.reading.prose.test_text_lossless import WAYS
from tests.reports.reading.prose.text_example import whys

pytestmark = pytest.mark.slow

EDS = load("EDS 2022")
BODY = "NHS Shropshire, Telford and Wrekin"
PICTURE = b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
SHAPES = {  # what is named as skipped besides what is skipped of the text
    "Shape": set(),
    "BoldOnly": set(),
    "ScoreTables": set(),
    "Tracked": {"deleted text (a tracked change)"},
    "TextBoxes": set(),
    "OwnNumbers": set(),
    "Furniture": {
        *("the page header", "the page footer", "hidden text", "a comment", "a footnote"),
        "the list of contents",
    },
}


@pytest.fixture(scope="module")
def source(seed_report_path):
    return seed_report_path.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def from_seed(source):
    return from_text(source, EDS, organisation=BODY)


def read(data, **given):
    return from_docx(data, EDS, **{"organisation": BODY, **given})


@pytest.mark.parametrize("shape", SHAPES)
def test_the_real_report_says_the_same_in_every_shape(source, from_seed, shape):
    made = getattr(docx_files, shape)().made(source)
    found = read(with_footnote(made, "Counted in May.") if shape == "Furniture" else made)

    assert found.content == from_seed.content
    extra = {line.why for line in found.skipped} - {line.why for line in from_seed.skipped}
    assert extra == SHAPES[shape]
    missing = {line.why for line in from_seed.skipped} - {line.why for line in found.skipped}
    assert missing == {"a bookmark tag"}


def test_what_hangs_on_the_text_is_named_with_its_words(source):
    found = read(with_footnote(docx_files.Furniture().made(source), "Counted in May."))

    named = {line.why: (line.text, line.place) for line in found.skipped if line.why in SHAPES["Furniture"]}
    place = named["a footnote"][1]
    assert place.startswith("paragraph ")
    assert named == {
        "the page header": ("Draft for the board", "outside the text"),
        "the page footer": ("Page 1", "outside the text"),
        "hidden text": ("HIDDEN WORDS", place),
        "a comment": ("Is this so?", place),
        "a footnote": ("Counted in May.", place),
        "the list of contents": ("Background 2", "paragraph 1"),
    }


def test_what_was_deleted_is_named_and_not_in_the_report(source):
    found = read(docx_files.Tracked().made(source))

    assert "DELETED" not in to_json(found.content)
    assert {line.text for line in found.skipped if "tracked" in line.why} == {
        "DELETED WORDS",
        "DELETED PARAGRAPH",
    }


@settings(max_examples=20)
@given(st.lists(st.sampled_from(WAYS), max_size=15), st.sampled_from([Shape, BoldOnly]))
def test_no_paragraph_is_lost(ways, shape):
    words = [f"word{number}x" for number in range(len(ways))]
    lines = [way.format(word=word) for way, word in zip(ways, words, strict=True)]
    try:
        found = read(shape().made("\n".join(["EDS report 2023", "Case study 9: Clinic", *lines])))
    except ImportProblem:
        event("refused")
        return
    event("read")
    told = to_json(found.content) + "\n".join(line.text for line in found.skipped)
    for way, one in zip(ways, words, strict=True):
        assert "{word}" not in way or one in told


# Ways of writing, in a small report of our own

FRONT = ("Equality Delivery System 2023", "# Case study 1: Walk-in clinic")


def study(*lines, shape=Shape):
    (found,) = read(word(*FRONT, *lines, shape=shape)).content.case_studies
    return found


def written(add):
    """The one case study of a report that `add` wrote with python-docx below "Background"."""
    document = docx.Document()
    for line in ("Equality Delivery System 2023", "Case study 1: Walk-in clinic", "Background"):
        document.add_heading(line, 1)
    add(document)
    found = read(saved(document))
    return found.content.case_studies[0], found


def test_bold_lines_are_headings_only_where_no_heading_is_marked():
    def add(document):
        document.add_paragraph().add_run("In short").bold = True
        document.add_paragraph("We opened.")

    assert written(add)[0].sections == (Section(heading="Background", body="In short\n\nWe opened."),)
    assert study("# In short", "We opened.", shape=BoldOnly).sections == (
        Section(heading="In short", body="We opened."),
    )


def test_bold_words_links_and_line_breaks_come_through():
    def add(document):
        paragraph = document.add_paragraph("It is ")
        paragraph.add_run("open ").bold = True
        paragraph.add_run("to *all*, says ")
        link = paragraph.part.relate_to(
            "https://example.org/a?b=1",
            "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink",
            is_external=True,
        )
        paragraph._p.append(
            parse_xml(
                f'<w:hyperlink {nsdecls("w", "r")} r:id="{link}"><w:r><w:t>the plan</w:t></w:r></w:hyperlink>'
            )
        )
        document.add_paragraph("First line").add_run("\nSecond line")

    body = "It is **open** to \\*all\\*, says [the plan](<https://example.org/a?b=1>)\n\nFirst line\n\nSecond line"
    assert written(add)[0].sections[0].body == body


def test_a_script_for_an_address_is_no_link():
    def add(document):
        paragraph = document.add_paragraph("See ")
        link = paragraph.part.relate_to(
            "javascript:alert(1)",
            "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink",
            is_external=True,
        )
        inside = '<w:r><w:t xml:space="preserve">this</w:t></w:r>'
        paragraph._p.append(
            parse_xml(f'<w:hyperlink {nsdecls("w", "r")} r:id="{link}">{inside}</w:hyperlink>')
        )

    assert written(add)[0].sections[0].body == "See this"


def test_lists_in_lists_and_their_styles():
    def add(document):
        for words, style in (("a", "List Bullet"), ("b", "List Bullet 2"), ("c", "List Bullet")):
            document.add_paragraph(words, style=style)
        for words in ("one", "two"):
            document.add_paragraph(words, style="List Number")

    assert written(add)[0].sections[0].body == "- a\n  - b\n- c\n\n1. one\n1. two"


def test_a_quote_is_one_unless_it_says_so_itself():
    def add(document):
        document.add_paragraph("They listened.", style="Quote")
        document.add_paragraph("“They listened.”", style="Quote")

    assert written(add)[0].sections[0].body == "> They listened.\n\n“They listened.”"


def table(document, *rows):
    made = document.add_table(rows=0, cols=max(map(len, rows)))
    for row in rows:
        for cell, text in zip(made.add_row().cells, row, strict=False):
            cell.text = text


def test_a_table_of_data_is_a_table():
    case_study, _ = written(
        lambda document: table(document, ("Group", "Share"), ("Women | girls", "51%"), ("Men", ""))
    )
    body = "| Group | Share |\n|---|---|\n| Women \\| girls | 51% |\n| Men |  |"
    assert case_study.sections == (Section(heading="Background", body=body),)


@pytest.mark.parametrize(
    "rows",
    [
        [("Outcome", "Rating"), ("1A: Access", "2 Achieving"), ("1B", "0"), ("Total", "2")],
        [("1A Access", "2/3"), ("1b", "0/3"), ("Total:", "2/12")],
        [
            ("Panel Scoring", ""),
            ("1A: Access", "2/3"),
            ("1B", "0/3"),
            ("1C", "not scored"),
            ("Total", "2/12"),
        ],
    ],
)
def test_tables_of_scores(rows):
    case_study, _ = written(lambda document: table(document, *rows, ("Additional commentary", "A start.")))
    scores = {code: said.score for code, said in case_study.scores.items() if said != Judgement()}
    assert scores == {"1A": 2, "1B": 0}
    assert (case_study.stated_total, case_study.commentary) == (2, "A start.")
    assert case_study.sections == (Section(heading="Background"),)


def test_a_table_of_outcome_evidence_and_rating_is_sections_and_scores():
    rows = [
        ("Outcome", "Evidence", "Rating", "Owner"),
        ("1A Access", "Open late.", "2", "Estates"),
        ("1B Needs", "", "1", ""),
    ]
    case_study, found = written(lambda document: table(document, *rows))
    assert case_study.sections[1:] == (Section(heading="1A", outcome="1A", body="Open late."),)
    assert case_study.scores == {"1A": Judgement(score=2), "1B": Judgement(score=1)}
    assert [line.text for line in found.skipped if "in other words" in line.why] == [
        "1A Access | Open late. | 2 | Estates",
        "1B Needs | 1",
    ]


def test_a_list_of_case_studies_may_be_a_table():
    def add(document):
        table(document, ("Case study", "Total"), ("Case study 1: Walk-in clinic", "6/12"))

    document = docx.Document()
    document.add_paragraph("Equality Delivery System 2023")
    add(document)
    document.add_heading("Case study 1: Walk-in clinic", 1)
    document.add_paragraph("We opened.")
    found = read(saved(document))
    assert found.content.case_studies[0].stated_total == 6
    assert (2, "the headings of a table of case studies") in whys(found)


def test_a_fault_names_its_paragraph():
    with pytest.raises(ImportProblem) as caught:
        study("# Panel Scoring", "1A: Access: two/3")
    assert str(caught.value) == (
        "paragraph 4, “1A: Access: two/3”: the score “two/3”; expected 0 to 3 out of 3, like 2/3"
    )


def test_one_case_study_alone():
    found = read(word("# Case study 2: Eye clinic – 4/12", "# Background", "Open."), year="2024")
    (clinic,) = found.content.case_studies
    assert (clinic.number, clinic.title, clinic.stated_total) == (2, "Eye clinic", 4)
    assert clinic.sections == (Section(heading="Background", body="Open."),)


def test_words_that_were_moved_are_read_where_they_went():
    def add(document):
        for change, words in (("moveFrom", "It moved."), ("moveTo", "It moved.")):
            inside = f"<w:r><w:t>{words}</w:t></w:r>"
            paragraph = document.add_paragraph()
            paragraph._p.append(parse_xml(f"<w:{change} {nsdecls('w')} w:id='1'>{inside}</w:{change}>"))

    case_study, found = written(add)
    assert case_study.sections[0].body == "It moved."
    assert [line.place for line in found.skipped if "tracked" in line.why] == ["paragraph 4"]


def test_a_picture_is_named_by_its_description():
    def add(document):
        run = document.add_paragraph("See here.").add_run()
        run.add_picture(BytesIO(PICTURE))
        (about,) = run._r.iter(
            "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
        )
        about.set("descr", "Waits by month")

    case_study, found = written(add)
    assert case_study.sections[0].body == "See here."
    assert [line.text for line in found.skipped if line.why == "a picture"] == ["Waits by month"]


def test_a_field_says_its_result():
    def add(document):
        paragraph = document.add_paragraph("Seen: ")
        for kind in ("begin", "instr", "separate", "result", "end"):
            inside = {
                "instr": "<w:instrText>= SECRET</w:instrText><w:t>SECRET</w:t>",
                "result": "<w:t>45</w:t>",
            }.get(kind, f'<w:fldChar w:fldCharType="{kind}"/>')
            paragraph._p.append(parse_xml(f"<w:r {nsdecls('w')}>{inside}</w:r>"))

    assert written(add)[0].sections[0].body == "Seen: 45"
