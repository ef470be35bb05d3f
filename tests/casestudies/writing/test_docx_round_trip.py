"""A case study as Word for colleagues, and back: what changed is shown, and only what is chosen is taken."""

from io import BytesIO

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from casestudies.models import Group, ReportUpload
from eds import stages
from eds.content import Section
from eds.editions import load
from reports.case_study_docx import from_docx, read_back, to_docx
from tests.prepare import mark_ready
from tests.reports.reading.docx.docx_files import deleted, saved
from tests.reports.reading.docx.test_docx_hostile import FILES
from tests.reports.writing.docx.docx_reading import MARKDOWN

pytestmark = pytest.mark.slow

EDS = load("EDS 2022")
SECTIONS = (
    Section(heading="Background", body=MARKDOWN),
    Section(heading="1A", outcome="1A", body="- Open on Saturdays\n- Interpreters\n\n1. one\n1. two"),
    Section(heading="Care", outcome="1B", body="1A: not a score: 2/3\n\nTotal: 4/12\n\n*whole* **line**"),
    Section(heading="1C: Safe", outcome="1C", body="**All bold**"),
    Section(heading="Background", body=""),
)


def out(sections=SECTIONS) -> bytes:
    return to_docx(title="Case study 1: Falls clinic", about="NHS Ambleford, 2026", sections=sections)


def document(data):
    return docx.Document(BytesIO(data))


def test_a_file_that_nobody_changed_changes_nothing():
    returned, changes = read_back(out(), EDS, SECTIONS)
    assert changes == []
    assert returned.skipped == ()
    assert [(one.heading, one.outcome) for one in returned.sections] == [
        (one.heading, one.outcome) for one in SECTIONS
    ]


def test_markdown_comes_back_as_it_was_apart_from_what_word_has_not():
    bodies = {
        "plain": "It is **open** to *everyone*, see [the figures](<https://example.org/a>).",
        "lists": "1. one\n1. two\n   - inner\n   - more\n1. three",
        "from four": "4. four\n4. five",
        "going on": "- point\n\n  more of it\n\n- next",
        "quote": "> They listened.",
        "table": "| Group | Share |\n|---|---|\n| Women | 51% |",
        "heading": "## Sub\n\ntext\n\n### Deeper\n\nmore",
        "break": "a\\\nb",
        "signs": "1\\. no list, \\*no star\\*, # no heading",
    }
    sections = [Section(heading=name, body=body) for name, body in bodies.items()]
    returned = from_docx(out(sections), EDS, sections)
    assert {one.heading: one.body for one in returned.sections} == bodies


@given(st.lists(st.sampled_from([line for line in MARKDOWN.splitlines() if line]), max_size=8))
@settings(max_examples=8)
def test_whatever_was_written_comes_back_unchanged(lines):
    sections = [Section(heading="Background", body="\n\n".join(lines))]
    assert read_back(out(sections), EDS, sections)[1] == []


def test_changes_new_and_missing_sections_are_told():
    changed = document(out())
    for paragraph in changed.paragraphs:
        if paragraph.text == "Open on Saturdays":
            paragraph.add_run(" and Sundays")
    changed.add_heading("1D: What people say", 1)
    changed.add_paragraph("They like it.")
    found = [
        (one.kind, one.heading, one.place, one.section and one.section.outcome)
        for one in read_back(saved(changed), EDS, SECTIONS)[1]
    ]
    assert found == [("changed", "1A", 1, "1A"), ("new", "What people say", None, "1D")]
    pieces = read_back(saved(changed), EDS, SECTIONS)[1][0].pieces
    assert [piece.text for piece in pieces if piece.kind == "added"] == [" and Sundays"]
    fewer = read_back(out(SECTIONS[:3]), EDS, SECTIONS)[1]
    assert [(one.kind, one.heading, one.place) for one in fewer] == [
        ("gone", "1C: Safe", 3),
        ("gone", "Background", 4),
    ]


def test_tracked_changes_are_accepted_and_comments_listed():
    changed = document(out([Section(heading="Background", body="We opened in May.")]))
    paragraph = changed.paragraphs[-1]
    paragraph._p.append(deleted("DELETED WORDS"))
    changed.add_comment(paragraph.runs, "Was it not June?", author="Rita Reader")
    returned, changes = read_back(
        saved(changed), EDS, [Section(heading="Background", body="We opened in May.")]
    )
    assert changes == []
    (remark,) = returned.remarks
    assert (remark.author, remark.text, remark.about) == (
        "Rita Reader",
        "Was it not June?",
        "We opened in May.",
    )
    assert [(line.text, line.why) for line in returned.skipped] == [
        ("DELETED WORDS", "deleted text (a tracked change)")
    ]


def test_a_file_without_our_title_is_read_and_text_above_the_first_section_named():
    loose = docx.Document()
    loose.add_paragraph("For the board.")
    loose.add_paragraph("Not ours.")
    loose.add_heading("Background", 1)
    loose.add_paragraph("We opened.")
    returned, _ = read_back(saved(loose), EDS, SECTIONS)
    assert [one.body for one in returned.sections] == ["We opened."]
    assert [line.text for line in returned.skipped] == ["For the board.", "Not ours."]


# The pages


@pytest.fixture
def author(client, cast):
    cast.move(stages.WRITING)
    client.force_login(cast.author)
    return client


ADDRESS = "/reviews/nhs-ambleford/2026/case-studies/1/"


def download(client) -> bytes:
    response = client.get(f"{ADDRESS}word/")
    assert response["Content-Disposition"] == 'attachment; filename="1-falls-clinic-2026.docx"'
    return response.content


def with_more(data: bytes, words: str) -> bytes:
    changed = document(data)
    next(one for one in changed.paragraphs if one.text == "Open on Saturdays").add_run(words)
    changed.add_heading("What people say", 1)
    changed.add_paragraph("They like it.")
    return saved(changed)


def send(client, data, name="back.docx"):
    return client.post(f"{ADDRESS}write/word/", {"file": SimpleUploadedFile(name, data)})


def texts(cast) -> list[tuple[str, str]]:
    rows = cast.case_studies[0].sections.order_by("position")
    return [(row.heading, row.body) for row in rows]


def test_an_author_takes_what_they_choose(author, cast):
    before = texts(cast)
    address = send(author, with_more(download(author), " and Sundays")).url
    page = author.get(address)
    assert '<ins><span class="nhsuk-u-visually-hidden"> [added:] </span> and Sundays' in page.content.decode()
    assert texts(cast) == before
    seen = page.context["form"].initial["seen"]
    assert author.post(address, {"take": ["0", "1"], "seen": seen}).url == f"{ADDRESS}write/"
    assert texts(cast) == [
        before[0],
        ("1A", "- Open on Saturdays and Sundays\n- Interpreters"),
        ("What people say", "They like it."),
    ]
    assert cast.case_studies[0].sections.get(heading="1A").saved_by == cast.author
    assert author.get(address).status_code == 404


def test_what_is_not_chosen_stays(author, cast):
    before = texts(cast)
    address = send(author, with_more(download(author), " and Sundays")).url
    seen = author.get(address).context["form"].initial["seen"]
    assert "Choose which changes to save" in author.post(address, {"seen": seen}).content.decode()
    author.post(address, {"take": ["1"], "seen": seen})
    assert texts(cast) == [*before, ("What people say", "They like it.")]


def test_a_change_by_somebody_else_meanwhile_is_not_lost(author, cast):
    address = send(author, with_more(download(author), " and Sundays")).url
    seen = author.get(address).context["form"].initial["seen"]
    cast.case_studies[0].sections.filter(heading="Background").update(body="Theirs.")
    response = author.post(address, {"take": ["0"], "seen": seen})
    assert "Someone changed the case study while you were editing" in response.content.decode()
    assert texts(cast)[0] == ("Background", "Theirs.")
    page = author.get(address).context
    again = response.context["form"]
    assert (again["take"].value(), again["seen"].value()) == (["0"], page["form"].initial["seen"])
    assert [one.heading for one in page["changes"]] == ["Background", "1A", "What people say"]
    author.post(address, {"take": ["1"], "seen": page["form"].initial["seen"]})
    assert texts(cast)[0] == ("Background", "Theirs.")
    assert texts(cast)[1] == ("1A", "- Open on Saturdays and Sundays\n- Interpreters")


def test_a_file_that_says_the_same_says_so_and_can_be_thrown_away(author, cast):
    address = send(author, download(author)).url
    assert "The file and the case study are the same." in author.get(address).content.decode()
    assert author.post(address, {"discard": "yes"}).status_code == 302
    assert ReportUpload.objects.count() == 0


@pytest.mark.parametrize("name", ["words", "macros", "a zip bomb", "a billion laughs", "an encrypted file"])
def test_a_harmful_file_is_refused_and_not_kept(author, name):
    response = send(author, FILES[name][0])
    assert FILES[name][1][1:40] in response.context["form"].errors["file"][0]
    assert ReportUpload.objects.count() == 0
    assert "Choose a file whose name ends in .docx" in send(author, b"x", "a.txt").content.decode()


def test_a_file_is_only_the_persons_own(author, client, cast):
    address = send(author, with_more(download(author), " and Sundays")).url
    for user, status in ((cast.lead, 404), (cast.reader, 403), (cast.stranger, 404)):
        client.force_login(user)
        assert client.get(address).status_code == status
        assert client.post(address, {"discard": "yes"}).status_code == status
    client.force_login(cast.author)
    assert client.get(f"{address.replace('/case-studies/1/', '/case-studies/2/')}").status_code == 404
    cast.move(stages.SCORING)
    assert client.get(address).status_code == 403
    assert ReportUpload.objects.count() == 1


def test_who_reads_gets_the_last_version_and_not_the_draft(client, cast):
    row = cast.case_studies[0]
    row.sections.filter(heading="Background").update(body="A draft.")
    client.force_login(cast.member)
    (section, *_) = from_docx(download(client), EDS, ()).sections
    assert section == Section(heading="Background", body="Why we chose Falls clinic.")
    cast.move(stages.WRITING)
    client.force_login(cast.author)
    (section, *_) = from_docx(download(client), EDS, ()).sections
    assert section.body == "A draft."
    row.versions.all().delete()
    client.force_login(cast.reader)
    assert client.get(f"{ADDRESS}word/").status_code == 404


def test_evidence_goes_out_with_the_names_of_its_groups(client, cast):
    row = cast.case_studies[0]
    row.evidence.create(position=1, kind="quote", text="They listened").groups.set(
        Group.objects.filter(code="age")
    )
    mark_ready(case_study=row, made_by=cast.lead)
    client.force_login(cast.member)
    answer = client.get(reverse("word_out", args=[*cast.address, 1]))
    said = [paragraph.text for paragraph in docx.Document(BytesIO(answer.content)).paragraphs]
    assert "They listened" in said
    assert any("Groups: Age" in text for text in said)
