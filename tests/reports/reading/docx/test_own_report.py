"""Word reports that the portal wrote, read back: exactly, and with what somebody changed in Word."""

import json
from dataclasses import replace
from io import BytesIO

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from eds.content import Judgement
from eds.editions import load
from reports.reading.docx.edits import Edit, edited
from reports.reading.docx.own_report import LineChange, carried_by, changes_between
from reports.reading.docx.report import from_docx
from reports.writing.data.json_report import to_json
from reports.writing.docx.report import to_docx
from tests.reports import samples
from tests.reports.reading.docx.docx_files import saved
from tests.reports.samples import FULL, GRADED


def read(data: bytes, content=FULL):
    return from_docx(data, load("EDS 2022"), editions={content.edition.name: content.edition}, lenient=True)


def words_of(paragraph) -> str:
    return "".join(text.text or "" for text in paragraph.iter(qn("w:t")))


def changed(write, *changes: tuple[str, str]):
    """The report with paragraphs of the first words made paragraphs of the second, in Word."""
    document = docx.Document(BytesIO(write(FULL)))
    for old, new in changes:
        paragraph = next(one for one in document.element.body.iter(qn("w:p")) if words_of(one) == old)
        texts = list(paragraph.iter(qn("w:t")))
        texts[0].text = new
        for other in texts[1:]:
            other.text = ""
    return saved(document)


def taken(found):
    """The content with everything that can be taken."""
    return edited(to_json(found.content), found.edits, found.content.edition)


@pytest.mark.parametrize("name", ["FULL", "UNFINISHED"])
def test_it_comes_back_whole(name):
    content = getattr(samples, name)
    found = read(to_docx(content), content)
    assert to_json(found.content) == to_json(content)
    assert (found.edits, found.skipped) == ((), ())


def test_a_file_that_word_saved_again_is_the_same():
    document = docx.Document(BytesIO(to_docx(FULL)))
    found = read(saved(document))
    assert (found.content, found.edits) == (FULL, ())


def test_a_changed_text_is_a_change_of_its_own_section():
    found = read(
        changed(to_docx, ("Posters went up in three mosques.", "Posters went up in *four* mosques."))
    )
    assert found.content == FULL
    (edit,) = found.edits
    assert (edit.old, edit.new) == (
        "Posters went up in three mosques.",
        "Posters went up in *four* mosques.",
    )
    before, after = json.loads(to_json(FULL)), json.loads(to_json(taken(found)))
    (section,) = [
        one
        for one in after["case_studies"][0]["sections"]
        if one not in before["case_studies"][0]["sections"]
    ]
    assert section["body"] == "Posters went up in \\*four\\* mosques."


def test_points_titles_commentary_and_actions_are_changed_where_they_are():
    found = read(
        changed(
            to_docx,
            ("Evening clinics began", "Evening clinics ended"),
            ("The panel saw real change for younger adults.", "The panel saw some change."),
            ("Review every missed result with the pathway board.", "Review every result."),
            ("Head of access", "Head of welcome"),
        )
    )
    text = to_json(taken(found))
    for words in ("- Evening clinics ended", "The panel saw some change.", '"Review every result."'):
        assert words in text
    assert all(edit.can_be_taken for edit in found.edits[:3])


@pytest.mark.parametrize(("words", "score"), [("3 Excelling", 3), ("1", 1)])
def test_a_changed_score_is_that_of_its_case_study(words, score):
    document = docx.Document(BytesIO(to_docx(FULL)))
    table = next(
        one
        for one in document.tables
        if one.cell(0, 0).text == "Outcome" and "Reaching people" in one.cell(1, 1).text
    )
    paragraph = table.cell(1, 2).paragraphs[0]
    paragraph.runs[0].text = words
    for run in paragraph.runs[1:]:
        run.text = ""
    found = read(saved(document))
    part = taken(found).case_studies[0]
    assert part.scores["1A"] == replace(FULL.case_studies[0].scores["1A"], score=score)
    assert isinstance(part.scores["1B"], Judgement)


def test_a_paragraph_that_was_added_or_removed():
    document = docx.Document(BytesIO(to_docx(FULL)))
    for paragraph in document.paragraphs:
        if paragraph.text == "It saw 4,210 people last year.":
            new = parse_xml(f"<w:p {nsdecls('w')}><w:r><w:t>It opened a second door.</w:t></w:r></w:p>")
            paragraph._p.addnext(new)
        if paragraph.text == "Evening clinics began":
            paragraph._p.getparent().remove(paragraph._p)
    found = read(saved(document))
    body = taken(found).case_studies[0].sections[0].body
    assert body == "It saw **4,210 people** last year.\n\nIt opened a second door.\n\n- Self-referral is open"


def test_what_is_not_clear_is_shown_and_not_taken():
    found = read(changed(to_docx, ("Quality team", "Safety team"), ("8 to 21", "8 to 22")))
    edits = {edit.old: edit for edit in found.edits}
    assert not edits["8 to 21"].can_be_taken
    assert edits["8 to 21"].new == "8 to 22"


def test_tracked_changes_are_taken_as_accepted():
    document = docx.Document(BytesIO(to_docx(FULL)))
    paragraph = next(one for one in document.paragraphs if one.text == "Self-referral is open")
    run = paragraph.runs[0]._r
    gone = parse_xml(f'<w:del {nsdecls("w")} w:id="900" w:author="A"/>')
    run.addprevious(gone)
    gone.append(run)
    for text in list(run.iter(qn("w:t"))):
        text.tag = qn("w:delText")
    came = parse_xml(
        f'<w:ins {nsdecls("w")} w:id="901" w:author="A"><w:r><w:t>Self-referral is shut</w:t></w:r></w:ins>'
    )
    gone.addnext(came)
    (edit,) = read(saved(document)).edits
    assert (edit.old, edit.new, edit.can_be_taken) == ("Self-referral is open", "Self-referral is shut", True)


def test_an_edit_that_no_report_can_hold_is_left():
    content = to_json(FULL)
    edit = Edit(old=FULL.title, new="x" * 201, path=("title",))
    assert edited(content, [edit], FULL.edition) == FULL


@pytest.mark.parametrize(
    "part",
    [b"<report xmlns='urn:eds-portal:report:1'><content>{}</content></report>", b"<urn:eds-portal:report:1"],
)
def test_data_that_is_broken_or_of_another_edition_is_not_read(part):
    document = docx.Document(BytesIO(to_docx(FULL)))
    for relation in document.part.rels.values():
        if relation.reltype.endswith("/customXml") and b"eds-portal" in relation.target_part.blob:
            relation.target_part._blob = part
    found = read(saved(document))
    assert {one.title for one in found.content.case_studies} >= {"Diabetic Eye Screening"}


def test_a_framework_that_is_not_here_is_read_by_its_text():
    found = from_docx(to_docx(GRADED), load("EDS 2022"), lenient=True, organisation="A", year="2024")
    assert found.content.edition.name == "EDS 2022"


def test_the_data_are_found_in_the_file():
    carried = carried_by(docx.Document(BytesIO(to_docx(FULL))))
    assert json.loads(carried.content)["title"] == (FULL.title or None)
    assert "Posters went up in three mosques." in carried.lines


@pytest.mark.parametrize(
    ("old", "new", "changes"),
    [
        ("abc", "abc", []),
        ("abc", "aXc", [(1, "b", "X")]),
        ("abc", "ac", [(1, "b", "")]),
        ("ac", "abc", [(1, "", "b")]),
        ("", "ab", [(0, "", "ab")]),
        ("aaa", "aa", [(2, "a", "")]),
    ],
)
def test_lines_that_differ(old, new, changes):
    expected = [LineChange(at=at, old=tuple(was), new=tuple(now)) for at, was, now in changes]
    assert changes_between(tuple(old), tuple(new)) == expected


def test_too_much_is_not_compared():
    assert changes_between(("a",) * 3000, ("b",) * 3000) is None
