"""A file that is anything like an EDS report gets a preview: it asks what it can't know, and remembers the answers."""

from dataclasses import replace
from io import BytesIO

import docx
import pytest
from django.core.management import call_command

from casestudies.models import ReportUpload, Review, TableMeanings
from eds.editions import load
from edsportal.audit.models import Entry
from reports.writing.docx.report import to_docx
from tests.reports.reading.docx.docx_files import saved
from tests.reports.reading.template.template_files import CODES, domain_table, report, statement, table
from tests.reports.samples import FULL
from tests.scoring.importing.test_uploads import brought_in, lead, send, sent  # noqa: F401 (a fixture)

pytestmark = pytest.mark.slow
OWN_HEAD = ("Standard", "What we found", "Our view", "Who leads")


def own_words(view="Good") -> bytes:
    """Two services without names, in a table each, with columns and ratings in the organisation's own words."""
    document = report()
    for service in "MD":
        document.add_paragraph("")
        rows = [(statement(code), f"{service} did {code}.", view, "Jo") for code in CODES[1]]
        table(document, [OWN_HEAD, *rows])
    return saved(document)


def answers(form, **changes) -> dict:
    """What a browser sends of the form as it is shown, but for what the person changed."""
    sent_by = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    return {name: "" if value is None else value for name, value in sent_by.items()} | changes


def by_label(form) -> dict[str, str]:
    return {field.label: name for name, field in form.fields.items()}


def content_of(review):
    from scoring.review.content import report_content

    return report_content(review)


def test_what_the_file_does_not_say_is_asked_and_remembered(lead, cast):  # noqa: F811
    address = sent(lead, own_words())
    page = lead.get(address).content.decode()
    assert "Which services are these?" in page
    assert "Which column is the rating?" in page

    form = lead.get(f"{address}questions/").context["form"]
    labels = by_label(form)
    said = answers(form, service_1="Maternity", service_2="Dental", **{labels["“Our view”"]: "rating"})
    assert lead.post(f"{address}questions/", said).url == address
    page = lead.get(address).content.decode()
    assert "Which scores do these ratings mean?" in page
    assert "Case study 2: Dental" in page

    form = lead.get(f"{address}questions/").context["form"]
    said = answers(form, **{by_label(form)["“Good”"]: "2"})
    lead.post(f"{address}questions/", said)
    assert "Answer these questions" not in lead.get(address).content.decode()
    lead.post(f"{address}confirm/")
    studies = content_of(brought_in()).case_studies
    assert [(one.title, {one.score for one in one.scores.values()}) for one in studies] == [
        ("Maternity", {2}),
        ("Dental", {2}),
    ]
    assert studies[0].owners == dict.fromkeys(CODES[1], "Jo")

    kept = TableMeanings.objects.get(organisation=cast.organisation)
    assert (kept.columns, kept.ratings) == ({"our view": "rating"}, {"good": "2"})
    again = lead.get(sent(lead, own_words(), year="2023")).content.decode()
    assert "1A: 2" in again
    assert "Which column is the rating?" not in again


def test_what_was_said_once_can_be_changed(lead, cast):  # noqa: F811
    TableMeanings.objects.create(
        organisation=cast.organisation, columns={"our view": "rating"}, ratings={"good": "2"}
    )
    address = sent(lead, own_words())
    form = lead.get(f"{address}questions/").context["form"]
    said = answers(form, **{by_label(form)["“good”"]: "3"})
    lead.post(f"{address}questions/", said)
    assert "1A: 3" in lead.get(address).content.decode()
    assert TableMeanings.objects.get().ratings == {"good": "3"}


def test_columns_without_names_are_remembered_for_the_file_alone(lead):  # noqa: F811
    document = report()
    table(document, [(statement(code), f"For {code}.", "2", "Jo") for code in CODES[1]])
    address = sent(lead, saved(document))
    form = lead.get(f"{address}questions/").context["form"]
    name = by_label(form)["Column 4 of 4, without a name"]
    lead.post(f"{address}questions/", answers(form, **{name: "owner"}))
    assert "1A: Jo" in lead.get(address).content.decode()
    assert TableMeanings.objects.get().columns == {}


def test_the_audit_log_holds_what_was_remembered(lead, cast):  # noqa: F811
    address = sent(lead, own_words())
    form = lead.get(f"{address}questions/").context["form"]
    lead.post(f"{address}questions/", answers(form, **{by_label(form)["“Our view”"]: "rating"}))
    entry = Entry.objects.filter(kind="scoring.tablemeanings").latest("pk")
    assert entry.by == cast.lead


def test_scores_owners_and_text_are_corrected_beside_the_original(lead):  # noqa: F811
    document = report()
    document.add_heading("Domain 3: Inclusive leadership", 1)
    domain_table(document, ["2", "Splendid", "1"], domain=3)
    address = sent(lead, saved(document))
    page = lead.get(f"{address}case-studies/1/")
    assert "Splendid (not a rating of 3B that we understand)" in page.content.decode()
    form = page.context["form"]
    said = answers(form, text_0="Corrected.", heading_1="", text_1="", score_3B="3", owner_3A="Sam")
    assert lead.post(f"{address}case-studies/1/", said).url == address
    again = lead.get(f"{address}case-studies/1/").content.decode()
    assert "What we did for 3A." in again  # the original
    assert "Corrected." in again
    lead.post(f"{address}confirm/")
    (part,) = content_of(brought_in()).case_studies
    assert [(one.outcome, one.body) for one in part.sections] == [
        ("3A", "Corrected."),
        ("3C", "What we did for 3C."),
    ]
    assert {code: one.score for code, one in part.scores.items()} == {"3A": 2, "3B": 3, "3C": 1}
    assert part.owners == {"3A": "Sam", "3B": "Lead of 3B", "3C": "Lead of 3C"}


def test_a_section_with_text_needs_a_heading(lead):  # noqa: F811
    document = report()
    domain_table(document, "222", domain=3)
    address = sent(lead, saved(document))
    form = lead.get(f"{address}case-studies/1/").context["form"]
    refused = lead.post(f"{address}case-studies/1/", answers(form, heading_0=""))
    assert "Enter a heading, or empty the text too" in refused.content.decode()


def test_a_file_without_a_case_study_has_one_added_and_filled(lead):  # noqa: F811
    document = report()
    document.add_heading("Equality Delivery System 2024", 1)
    document.add_paragraph("Staff can see a nurse.")
    document.add_paragraph("Open the gym.")
    address = sent(lead, saved(document))
    page = lead.get(address).content.decode()
    assert "We found no case study in the file." in page
    assert "Import this report" not in page
    assert "First, add a case study." in lead.post(f"{address}confirm/", follow=True).content.decode()

    to = lead.post(f"{address}case-studies/add/", {"title": "Our workforce", "domain": "2"}).url
    assert to == f"{address}case-studies/1/"
    form = lead.get(to).context["form"]
    lead.post(to, answers(form, score_2A="1", new_2D="They like it here."))
    places = lead.get(f"{address}lines/").context["form"]
    names = by_label(places)
    chosen = answers(
        places, **{names["Staff can see a nurse."]: "1:+2A", names["Open the gym."]: "recommendation"}
    )
    lead.post(f"{address}lines/", chosen)
    lead.post(f"{address}confirm/")
    content = content_of(brought_in())
    (part,) = content.case_studies
    assert (part.title, part.domain, part.scores["2A"].score) == ("Our workforce", 2, 1)
    assert {one.outcome: one.body for one in part.sections} == {
        "2D": "They like it here.",
        "2A": "Staff can see a nurse.",
    }
    assert content.recommendations[0].actions[0].action == "Open the gym."


def test_lines_that_we_could_not_understand_are_left_out_at_once(lead):  # noqa: F811
    document = report()
    document.add_heading("Case study 1: Maternity", 1)
    document.add_paragraph("Open on Saturdays.")
    for code in CODES[1]:
        document.add_paragraph(f"{code}: two/3")
    address = sent(lead, saved(document))
    page = lead.get(address).content.decode()
    assert "Case study 1: Maternity" in page
    assert "Open on Saturdays." in page
    assert lead.get(f"{address}leave-out/").status_code == 405
    lead.post(f"{address}leave-out/")
    page = lead.get(address).content.decode()
    assert page.count("You left it out") == 4
    assert "Import this report" in page


def test_what_was_assumed_is_said(lead):  # noqa: F811
    document = report()
    table(document, [("EDS Lead", "Head of Inclusion"), ("Date completed", "January 2025")])
    document.add_heading("Completed actions from previous year", 1)
    table(document, [("Action/activity", "Related equality objectives"), ("Bought loops", "Access")])
    domain_table(document, "2222")
    page = lead.get(sent(lead, saved(document))).content.decode()
    assert "What we assumed" in page
    assert "the date completed has no day; it is read as the last of the month" in page
    assert "actions of last year without a status are read as complete" in page


def test_the_file_can_be_downloaded_as_it_was_sent(lead):  # noqa: F811
    data = own_words()
    address = sent(lead, data, "Über.docx")
    response = lead.get(f"{address}file/")
    assert response.content == data
    assert response["Content-Type"] == "application/octet-stream"
    assert response["Content-Disposition"].startswith("attachment;")


def test_a_file_is_read_once(lead, monkeypatch):  # noqa: F811
    from scoring.importing import corrections

    calls = []
    read = corrections.read_data
    monkeypatch.setattr(
        corrections, "read_data", lambda *given, **more: calls.append(1) or read(*given, **more)
    )
    address = sent(lead, own_words())
    for page in ("", "case-studies/1/", "questions/", "lines/", "about/"):
        lead.get(address + page)
    form = lead.get(f"{address}case-studies/1/").context["form"]
    lead.post(f"{address}case-studies/1/", answers(form))
    assert calls == [1]
    assert ReportUpload.objects.get().reading


def test_a_file_that_is_no_report_is_refused(lead):  # noqa: F811
    document = report("Holidays")
    document.add_paragraph("We went to the sea.")
    response = send(lead, saved(document))
    assert "No case study" in response.context["form"].errors["file"][0]


def test_our_own_report_comes_back_and_changes_are_taken_or_left(lead, cast):  # noqa: F811
    content = replace(
        FULL, organisation=replace(FULL.organisation, name=cast.organisation.name), edition=load("EDS 2022")
    )
    document = docx.Document(BytesIO(to_docx(content)))
    for paragraph in document.paragraphs:
        if paragraph.text == "Evening clinics began":
            paragraph.runs[0].text = "Evening clinics ended"
        if paragraph.text == "Self-referral is open":
            paragraph.runs[0].text = "Self-referral is shut"
    address = sent(lead, saved(document))
    page = lead.get(address).content.decode()
    assert "“Self-referral is open” is now “Self-referral is shut”" in page
    assert page.count(">Taken<") == 2
    lead.post(f"{address}edits/", {"taken": ["0"]})
    page = lead.get(address).content.decode()
    assert (page.count(">Taken<"), page.count(">Left<")) == (1, 1)
    lead.post(f"{address}confirm/")
    body = content_of(Review.objects.get(year=FULL.year)).case_studies[0].sections[0].body
    assert "Self-referral is shut" in body
    assert "Evening clinics began" in body


def test_the_command_takes_what_was_changed_in_word(tmp_path, capsys, db):
    content = replace(FULL, edition=load("EDS 2022"))
    document = docx.Document(BytesIO(to_docx(content)))
    for paragraph in document.paragraphs:
        if paragraph.text == "Evening clinics began":
            paragraph.runs[0].text = "Evening clinics ended"
    path = tmp_path / "own.docx"
    path.write_bytes(saved(document))
    call_command("import_report", str(path))
    out = capsys.readouterr().out
    assert "“Evening clinics began” → “Evening clinics ended”" in out
    assert "Evening clinics ended" in content_of(Review.objects.get()).case_studies[0].sections[0].body
