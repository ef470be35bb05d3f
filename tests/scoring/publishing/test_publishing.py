"""A publication: its files are made once and never change; a correction is a new edition."""

import hashlib
import re
from io import BytesIO

import docx
import pytest
from pypdf import PdfReader

from casestudies.models import StageMove
from eds import stages
from reports.formats import FORMATS
from reports.writing.pdf.report import PDFUnavailableError
from scoring.models import Publication, PublicationFile
from scoring.review.stages.reviews import MoveRefused, move_review
from tests.prepare import record_agreed_score, record_commentary

pytestmark = pytest.mark.slow


def agree_all(cast, value: int) -> None:
    for case_study in cast.case_studies:
        for area in case_study.domain.outcome_areas.all():
            record_agreed_score(
                case_study=case_study,
                outcome_area=area,
                value=value,
                rationale="Agreed",
                recorded_by=cast.lead,
            )


@pytest.fixture
def agreed(cast):
    agree_all(cast, 2)
    cast.move(stages.APPROVAL)
    return cast


def address(cast, more: str) -> str:
    return f"/reports/{cast.organisation.slug}/2026{more}"


def test_every_form_of_the_report_is_kept_with_its_checksum(agreed):
    agreed.publish(formats=tuple(FORMATS))
    files = PublicationFile.objects.all()
    assert [file.format for file in files] == list(FORMATS)
    for file in files:
        assert hashlib.sha256(bytes(file.data)).hexdigest() == file.sha256
        assert bytes(file.data) == FORMATS[file.format].of(
            file.publication.as_content(), file.publication.audit_head
        )


def test_web_page_pdf_and_word_file_print_the_head_of_the_audit_log_and_a_preview_none(client, agreed):
    agreed.publish(formats=("html", "pdf", "pdf-large", "docx", "json"))
    publication = agreed.review.publications.get()
    page, pdf, large, word, _ = (bytes(file.data) for file in publication.files.order_by("pk"))
    texts = [
        page.decode(),
        *("".join(each.extract_text() for each in PdfReader(BytesIO(data)).pages) for data in (pdf, large)),
        "".join(each.text for each in docx.Document(BytesIO(word)).paragraphs),
    ]
    printed = "".join(f"Audit log, just before this edition was published: {publication.audit_head}".split())
    assert publication.audit_head.count(":") == 2
    assert [printed in "".join(text.split()) for text in texts] == [True] * 4
    client.force_login(agreed.lead)
    preview = client.get(f"/reviews/{agreed.organisation.slug}/2026/report/html/").content.decode()
    assert (preview.count('<h2 id="other-forms">'), preview.count("Audit log, just before")) == (1, 0)


def test_a_correction_is_a_new_edition_and_the_old_one_keeps_its_bytes(client, agreed):
    agreed.publish(formats=("html", "json"))
    before = {
        more: client.get(address(agreed, more)).content for more in ("/editions/1.json", "/editions/1.html")
    }
    move_review(review=agreed.review, to=stages.OPEN, moved_by=agreed.lead)
    agree_all(agreed, 3)
    agreed.publish(formats=("html", "json"), note="1A was read out wrongly")
    after = {more: client.get(address(agreed, more)).content for more in before}
    assert after == before
    assert (
        client.get(address(agreed, ".json")).content
        == client.get(address(agreed, "/editions/2.json")).content
    )
    old = client.get(address(agreed, "/editions/1/")).content.decode()
    assert "This is an older edition of the report." in old
    assert "8/12" in old
    new = client.get(address(agreed, "/")).content.decode()
    assert "What changed: 1A was read out wrongly" in new
    assert "12/12" in new
    assert "This is an older edition" not in new


def test_a_file_is_asked_for_once_and_then_known_by_its_tag(client, agreed):
    agreed.publish()
    first = client.get(address(agreed, "/editions/1.json"))
    assert first["Cache-Control"] == "public, max-age=31536000, immutable"
    again = client.get(address(agreed, "/editions/1.json"), headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get(address(agreed, ".json"))["Cache-Control"] == "public, no-cache"


def test_one_file_that_fails_publishes_nothing(agreed, monkeypatch):
    def fail(content, audit_head):
        raise PDFUnavailableError("The PDF can’t be made.")

    agreed.write_evidence()
    agreed.approve()
    agreed.accept_warnings()
    broken = type(FORMATS["pdf"])(**vars(FORMATS["pdf"]) | {"make": fail})
    monkeypatch.setitem(FORMATS, "pdf", broken)
    with pytest.raises(MoveRefused, match="Nothing was published"):
        move_review(review=agreed.review, to=stages.PUBLISHED, moved_by=agreed.lead)
    agreed.review.refresh_from_db()
    assert (agreed.review.stage, Publication.objects.count(), StageMove.objects.count()) == (
        stages.APPROVAL,
        0,
        0,
    )


def test_what_was_changed_while_the_files_were_made_is_not_published(agreed, monkeypatch):
    def change(content):
        agreed.review.case_studies.update(title="Another title")
        return b"{}"

    agreed.write_evidence()
    agreed.approve()
    agreed.accept_warnings()
    slow = type(FORMATS["json"])(**vars(FORMATS["json"]) | {"make": change})
    for name in FORMATS:
        monkeypatch.setitem(FORMATS, name, slow)
    with pytest.raises(MoveRefused, match="Someone changed the report"):
        move_review(review=agreed.review, to=stages.PUBLISHED, moved_by=agreed.lead)
    assert Publication.objects.count() == 0


@pytest.mark.parametrize("more", ["/editions/2/", "/editions/2.json", "/editions/1.exe", ".exe"])
def test_an_edition_or_a_form_that_is_not_there_is_not_found(client, agreed, more):
    agreed.publish()
    assert client.get(address(agreed, more)).status_code == 404


def test_the_lead_previews_it_at_any_stage_with_what_they_may_see(client, cast):
    """Scores and commentary of what is revealed, and none of it where they declared an interest."""
    first, second, third = cast.case_studies
    for case_study in (first, second, third):
        for area in case_study.domain.outcome_areas.all():
            given = {"outcome_area": area, "value": 2, "rationale": f"PLANTED {case_study.number}"}
            record_agreed_score(case_study=case_study, recorded_by=cast.lead, **given)
        record_commentary(case_study=case_study, text=f"SAID {case_study.number}", recorded_by=cast.lead)
    address = f"/reviews/{cast.organisation.slug}/2026/report/"
    client.force_login(cast.lead)

    def told() -> set[str]:
        page = client.get(address)
        assert page.status_code == 200
        file = client.get(f"{address}json/").getvalue().decode()
        assert set(re.findall("SAID [123]", page.content.decode())) == set(re.findall("SAID [123]", file))
        return set(re.findall("(?:PLANTED|SAID) ([123])", file))

    for stage in (stages.WRITING, stages.SCORING):
        cast.move(stage)
        assert told() == set()
    cast.review.case_studies.filter(number__lt=3).update(stage=stages.MEETING)
    assert told() == {"1", "2"}
    member = cast.review.panel_members.create(user=cast.lead, name="Lena Lead")
    member.declared_interests.create(case_study=first, reason="My sister runs it")
    assert told() == {"2"}
    assert "not for those in which you declared an interest" in client.get(address).content.decode()
    client.force_login(cast.reader)
    assert client.get(address).status_code == 403
