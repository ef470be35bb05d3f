"""The way to publication on its pages: the lead's words, the approval, and the making of the files one by one."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from casestudies.models import Change
from eds import stages
from reports.formats import FORMATS
from reports.writing.pdf.report import PDFUnavailableError
from scoring.models import Approval, Publication, PublicationRun, RunFile
from scoring.publishing import views
from scoring.publishing.runs import start_run, take_step
from scoring.review.content import report_content
from tests.scoring.publishing.test_publishing import agree_all

SOME = ("html", "json", "csv")
ONE = {"steps": "one"}  # as the script of the page sends


@pytest.fixture
def ready(cast, monkeypatch, client):
    """Approved and ready to be published, in three forms that are quickly made."""
    for name in [name for name in FORMATS if name not in SOME]:
        monkeypatch.delitem(FORMATS, name)
    agree_all(cast, 2)
    cast.move(stages.APPROVAL)
    cast.write_evidence()
    cast.approve()
    cast.accept_warnings()
    client.force_login(cast.lead)
    return cast


def address(cast, name: str) -> str:
    return f"/reviews/{cast.organisation.slug}/2026/{name}/"


def said(response) -> str:
    return " ".join(response.content.decode().split())


# Publishing


def test_each_time_one_file_is_made_and_at_the_end_all_are_published(client, ready):
    response = client.post(address(ready, "stage"), {"to": "published", "note": ""})
    assert response.url == address(ready, "publishing")
    for made in (1, 2, 3):
        page = client.post(response.url, ONE)
        assert f"{made} of 3 files are made." in said(page)
        assert Publication.objects.count() == 0
    last = client.post(response.url, ONE)
    assert last.url == ready.review.get_absolute_url()
    publication = Publication.objects.get()
    assert {file.format for file in publication.files.all()} == set(SOME)
    for file in publication.files.all():
        assert bytes(file.data) == FORMATS[file.format].of(publication.as_content(), publication.audit_head)
    ready.review.refresh_from_db()
    assert (ready.review.stage, PublicationRun.objects.count()) == (stages.PUBLISHED, 0)
    assert client.get(response.url).url == last.url


def test_reading_the_page_makes_and_publishes_nothing(client, ready):
    page = client.post(address(ready, "stage"), {"to": "published", "note": ""}).url
    for _ in range(5):
        assert "0 of 3 files are made." in said(client.get(page))
    assert (RunFile.objects.count(), Publication.objects.count()) == (0, 0)


def test_without_the_script_one_button_makes_all_that_a_page_has_time_for(client, ready, monkeypatch):
    page = client.post(address(ready, "stage"), {"to": "published", "note": ""}).url
    monkeypatch.setattr(views, "SECONDS_OF_A_PAGE", -1)
    assert "1 of 3 files are made." in said(client.post(page))
    monkeypatch.setattr(views, "SECONDS_OF_A_PAGE", 600)
    assert client.post(page).url == ready.review.get_absolute_url()
    assert Publication.objects.count() == 1


@pytest.mark.parametrize(
    ("fails", "words"),
    [
        (PDFUnavailableError("A PDF can’t be made on this machine."), "A PDF can’t be made on this machine."),
        (ValueError("secret"), "The file “Scores (CSV)” could not be created. Ask the person who runs"),
    ],
)
def test_a_file_that_fails_publishes_nothing_says_so_and_can_be_tried_again(
    client, ready, monkeypatch, fails, words
):
    def fail(content):
        raise fails

    right = FORMATS["csv"]
    monkeypatch.setitem(FORMATS, "csv", replace(right, make=fail))
    page = address(ready, "publishing")
    client.post(address(ready, "stage"), {"to": "published", "note": "Kept"})
    client.post(page, ONE)
    failed = said(client.post(page, ONE))
    for text in (failed, said(client.get(page))):
        assert "Nothing was published" in text
        assert words in text
        assert "secret" not in text
    ready.review.refresh_from_db()
    assert (ready.review.stage, Publication.objects.count()) == (stages.APPROVAL, 0)
    monkeypatch.setitem(FORMATS, "csv", right)
    assert client.post(page).url == page
    client.post(page)
    assert Publication.objects.get().note == "Kept"


def test_a_report_that_was_changed_meanwhile_is_not_published(client, ready):
    run = start_run(review=ready.review, note="", started_by=ready.lead)
    for _ in SOME:
        assert take_step(run=run) is False
    ready.change_text(1, "Something else")
    assert take_step(run=run) is False
    assert run.failure == "Someone changed the report while we were creating its files. Publish it again."
    assert Publication.objects.count() == 0


def test_what_is_missing_is_told_before_anything_is_made(client, ready):
    ready.change_text(1, "Something else")
    page = client.post(address(ready, "stage"), {"to": "published", "note": ""})
    assert "The report was changed after its approval by The board was recorded." in said(page)
    assert PublicationRun.objects.count() == 0


def test_two_pages_that_watch_one_run_publish_once(ready):
    start_run(review=ready.review, note="", started_by=ready.lead)
    first, second = PublicationRun.objects.get(), PublicationRun.objects.get()
    for _ in SOME:
        take_step(run=first)
    assert take_step(run=first) is True
    assert take_step(run=second) is False
    assert Publication.objects.count() == 1


# The approval


def test_the_approval_is_recorded_with_who_committee_and_day(client, cast):
    cast.move(stages.APPROVAL)
    client.force_login(cast.lead)
    data = {"approved_by": "Bea Board, chair", "committee": "The board"}
    day = {"approved_on_day": "2", "approved_on_month": "11", "approved_on_year": "2026"}
    assert client.post(address(cast, "approval"), data | day).url == address(cast, "stage")
    row = Approval.objects.get()
    assert (row.approved_by, row.committee, row.approved_on) == (
        "Bea Board, chair",
        "The board",
        date(2026, 11, 2),
    )
    assert (row.recorded_by, row.review.authorised_on) == (cast.lead, row.approved_on)
    assert Change.objects.filter(what="Recorded the approval by Bea Board, chair, The board").count() == 1
    page = said(client.get(address(cast, "approval")))
    assert "Approved by Bea Board, chair for The board on 2 November 2026." in page


def test_an_approval_needs_all_three_and_no_day_to_come(client, cast):
    cast.move(stages.APPROVAL)
    client.force_login(cast.lead)
    day = timezone.localdate() + timedelta(days=1)
    typed = {"approved_by": "Bea Board", "approved_on_day": day.day, "approved_on_month": day.month}
    page = said(client.post(address(cast, "approval"), typed | {"approved_on_year": day.year}))
    assert "Enter which meeting approved it" in page
    assert "The date of the approval can’t be in the future" in page
    assert 'value="Bea Board"' in page
    assert Approval.objects.count() == 0


# The lead's words


def test_the_summary_is_saved_and_shown_with_its_figures_filled_in(client, cast):
    agree_all(cast, 2)
    cast.move(stages.MEETING)
    client.force_login(cast.lead)
    text = "Falls clinic got **{total of case study 1}**; somebody typed 8/12."
    response = client.post(address(cast, "words"), {"summary": text, "contact": "The equality team"})
    assert response.url == address(cast, "words")
    page = said(client.get(response.url))
    assert "Falls clinic got <strong>8/12</strong>" in page
    assert "<li>8/12</li>" in page  # what was typed
    assert "{total of case study 1} is now: 8/12" in page
    report = said(client.get(address(cast, "report")))
    assert "Falls clinic got <strong>8/12</strong>" in report
    assert "please ask: The equality team" in report


def test_a_figure_is_added_to_what_was_typed_and_nothing_is_saved(client, cast):
    client.force_login(cast.lead)
    typed = {"summary": "We got", "figure": "{overall total}", "panel_work": "We met.", "add": "figure"}
    page = said(client.post(address(cast, "words"), typed))
    assert "We got {overall total}</textarea>" in page
    assert "We met.</textarea>" in page
    cast.review.refresh_from_db()
    assert cast.review.summary == ""


def test_the_lead_chooses_what_every_form_leaves_out(client, cast):
    agree_all(cast, 2)
    cast.move(stages.MEETING)
    client.force_login(cast.lead)
    assert cast.member.name in said(client.get(address(cast, "report")))
    chosen = ["panel_names", "methods"]
    client.post(address(cast, "words"), {"summary": "", "omitted_parts": chosen})
    cast.review.refresh_from_db()
    assert cast.review.omitted_parts == chosen
    page = said(client.get(address(cast, "words")))
    assert page.count(" checked") == 2
    assert address(cast, "report") in page
    preview = said(client.get(address(cast, "report")))
    assert cast.member.name not in preview
    assert "How this report was made" not in preview
    content = report_content(cast.review)
    assert {member.name.rpartition(" ")[0] for member in content.panel} == {"Panel member"}
    refused = said(client.post(address(cast, "words"), {"summary": "", "omitted_parts": ["glossary"]}))
    assert "There is a problem" in refused


def test_an_unknown_figure_is_refused_and_what_was_typed_stays(client, cast):
    client.force_login(cast.lead)
    page = said(client.post(address(cast, "words"), {"summary": "Typed {score of 9Z} here"}))
    assert "{score of 9Z} is not a figure of this report." in page
    assert "Typed {score of 9Z} here</textarea>" in page
    cast.review.refresh_from_db()
    assert cast.review.summary == ""


def test_no_score_is_among_the_figures_before_the_panel_has_closed_scoring(client, cast):
    agree_all(cast, 2)  # from a first round
    client.force_login(cast.lead)
    page = said(client.get(address(cast, "words")))
    assert "{total of case study 1} is now: No outcomes scored yet" in page
    assert "8/12" not in page


def test_an_approval_that_is_recorded_never_changes(cast):
    cast.move(stages.APPROVAL)
    cast.approve()
    with pytest.raises(DatabaseError), transaction.atomic():
        Approval.objects.update(committee="Another")
    assert Approval.objects.get().committee == "The board"
