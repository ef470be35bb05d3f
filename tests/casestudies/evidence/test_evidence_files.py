"""Who may fetch a file of evidence, how it is served, and where it is stored."""

import threading
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, storages
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from casestudies.evidence.actions import Upload
from casestudies.models import CaseStudy, EvidenceFile, Review
from eds import stages
from eds.normal_form import without_origin
from edsportal.settings import evidence_storage as storage_setting
from reports.reading.file_kinds import KINDS
from reports.writing.data.json_report import from_json, to_json
from scoring.importing.store import import_report
from scoring.review.content import report_content
from tests.cast import file_of
from tests.prepare import add_evidence, mark_ready, record_agreed_score
from tests.reports.reading.made_files import every_kind

FILES = every_kind()


def at(file) -> str:
    return reverse("evidence_file", args=[file.pk])


def stored(cast, name: str, kind: str, data: bytes) -> EvidenceFile:
    upload = Upload(data=data, name=name, kind=kind)
    values = {"title": name, "source": "Clinic"}
    return add_evidence(
        case_study=cast.case_studies[0], kind="file", values=values, upload=upload, added_by=cast.author
    ).file


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_is_a_download_of_its_own_kind_that_nobody_keeps(client, cast, kind):
    file = stored(cast, "Größe “A”.x", kind, FILES[kind])
    client.force_login(cast.lead)
    answer = client.get(at(file))
    assert b"".join(answer.streaming_content) == FILES[kind]
    assert answer["Content-Type"] == KINDS[kind].content_type
    assert answer["Content-Disposition"] == (
        "attachment; filename*=utf-8''Gr%C3%B6%C3%9Fe%20%E2%80%9CA%E2%80%9D.x"
    )
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert int(answer["Content-Length"]) == len(FILES[kind])


def answers(client, cast, file) -> dict[str, int]:
    got = {}
    for who, user in cast.people.items():
        client.logout()
        if user is not None:
            client.force_login(user)
        got[who] = client.get(at(file)).status_code
    return got


WRITERS = {"lead": 200, "author": 200}
NOBODY = {**dict.fromkeys(("reader", "chair", "member", "other", "stranger", "administrator", "guest"), 404)}


def test_until_a_version_names_it_only_its_writers_fetch_a_file(client, cast):
    file = file_of(cast, ready=False)
    expected = {who: (NOBODY | WRITERS).get(who, 302) for who in cast.people} | {"public": 302, "guest": 302}
    assert answers(client, cast, file) == expected
    cast.case_studies[0].authors.clear()
    client.force_login(cast.author)
    assert client.get(at(file)).status_code == 404


def test_once_ready_a_member_of_another_domain_does_not_fetch_it(client, cast):
    file = file_of(cast)
    client.force_login(cast.member)
    assert client.get(at(file)).status_code == 200
    cast.members[cast.member].domains.set(cast.review.framework.domains.filter(number=2))
    assert client.get(at(file)).status_code == 404


def test_another_bodys_file_is_not_found_by_its_address(client, cast):
    review = Review.objects.create(
        organisation=cast.stranger.roles.get().organisation, framework=cast.review.framework, year="2026"
    )
    theirs = CaseStudy.objects.create(
        review=review, number=1, domain=cast.case_studies[0].domain, title="Theirs"
    )
    upload = Upload(data=b"a,b", name="a.csv", kind="csv")
    values = {"title": "a"}
    row = add_evidence(case_study=theirs, kind="file", values=values, upload=upload, added_by=cast.stranger)
    for who in ("lead", "author", "member", "reader", "administrator"):
        client.force_login(cast.people[who])
        assert client.get(at(row.file)).status_code == 404
        # nor is it reached as a piece of our own case study
        mine = reverse("evidence_item", args=[*cast.address, 1, row.pk])
        cast.move(stages.WRITING)
        assert client.get(mine).status_code == (403 if who == "reader" else 404)
    client.force_login(cast.stranger)
    assert client.get(at(row.file)).status_code == 200


def test_bytes_that_are_gone_answer_404_and_are_told_to_who_runs_the_portal(client, cast, caplog):
    file = file_of(cast)
    EvidenceFile.storage().delete(file.stored.name)
    client.force_login(cast.lead)
    assert client.get(at(file)).status_code == 404
    assert f"The bytes of evidence file {file.pk} are gone from the storage." in caplog.text


def test_a_report_names_its_files_and_an_import_only_describes_them(client, cast):
    file = file_of(cast)
    mark_ready(case_study=cast.case_studies[0], made_by=cast.lead)
    said = report_content(cast.review)
    ((item,),) = [study.evidence for study in said.case_studies if study.evidence]
    assert (item.file.name, item.file.sha256) == (file.name, file.sha256)
    text = to_json(said)
    assert str(file.pk) not in text
    text = text.replace('"year": "2026"', '"year": "2031"')
    again, _ = import_report(report=from_json(text, {said.edition.name: said.edition}), imported_by=cast.lead)
    assert to_json(without_origin(report_content(again))) == text
    client.force_login(cast.lead)
    described = EvidenceFile.objects.get(case_study__review=again)
    assert (described.sha256, client.get(at(described)).status_code) == (file.sha256, 404)
    page = client.get(reverse("evidence", args=[cast.organisation.slug, "2031", 1])).content.decode()
    assert "waits.csv" in page
    assert "which is no longer available" in page


def test_everybody_fetches_the_files_that_a_published_report_names(client, cast):
    file = file_of(cast)
    later = stored(cast, "later.csv", "csv", b"x,y\n")
    later.evidence.delete()
    cast.move(stages.MEETING)
    for case_study in cast.case_studies:
        for area in case_study.domain.outcome_areas.all():
            record_agreed_score(
                case_study=case_study, outcome_area=area, value=2, rationale="Agreed", recorded_by=cast.lead
            )
    cast.publish()
    page = client.get(reverse("report", args=cast.address)).content.decode()
    assert "Files of evidence" in page
    assert at(file) in page
    assert "File: waits.csv, 12\xa0bytes" in page
    assert at(later) not in page
    assert b"".join(client.get(at(file)).streaming_content) == b"Group,Waits\n"
    assert client.get(at(later)).status_code == 302
    # a file that is added while the report is corrected is not public before it is published again
    new = stored(cast, "new.csv", "csv", b"new,one\n")
    assert client.get(at(new)).status_code == 302


def test_removing_a_case_study_removes_its_files(cast, django_capture_on_commit_callbacks):
    file = file_of(cast)
    with django_capture_on_commit_callbacks(execute=True):
        CaseStudy.objects.filter(pk=cast.case_studies[0].pk).delete()
    assert not EvidenceFile.storage().exists(file.stored.name)


def test_clean_evidence_deletes_what_a_crash_left_behind_and_nothing_else(cast, capsys, monkeypatch):
    file = file_of(cast)
    left = EvidenceFile.storage().save("0" * 32, ContentFile(b"left behind"))
    call_command("clean_evidence")
    assert EvidenceFile.storage().exists(left)  # it may belong to a save that is under way
    soon = timezone.now() + timedelta(hours=25)
    monkeypatch.setattr("casestudies.management.commands.clean_evidence.timezone.now", lambda: soon)
    call_command("clean_evidence")
    assert not EvidenceFile.storage().exists(left)
    assert EvidenceFile.storage().exists(file.stored.name)


def test_a_folder_that_only_the_portal_reads(monkeypatch, tmp_path):
    for name in ("EVIDENCE_DIR", "EVIDENCE_S3_BUCKET"):
        monkeypatch.delenv(name, raising=False)
    setting = storage_setting(tmp_path)
    storage = FileSystemStorage(**setting["OPTIONS"])
    name = storage.save("a" * 32, ContentFile(b"x"))
    assert Path(storage.path(name)) == tmp_path / "evidence" / name
    assert Path(storage.path(name)).stat().st_mode & 0o777 == 0o600
    assert Path(storage.location).stat().st_mode & 0o777 == 0o700
    monkeypatch.setenv("EVIDENCE_DIR", "/srv/eds")
    assert storage_setting(tmp_path)["OPTIONS"]["location"] == "/srv/eds"


class Bucket(BaseHTTPRequestHandler):
    """As much of S3 as one bucket needs to keep, give and delete objects."""

    objects: dict[str, bytes] = {}
    asked: list[tuple[str, str]] = []

    def do_PUT(self):
        data = self.rfile.read(int(self.headers["Content-Length"]))
        if "aws-chunked" in self.headers.get("Content-Encoding", ""):
            data = data.split(b"\r\n")[1]
        self.objects[self.path] = data
        self.answer(200)

    def do_GET(self):
        self.answer(200, self.objects[self.path]) if self.path in self.objects else self.answer(404)

    def do_HEAD(self):
        self.do_GET()

    def do_DELETE(self):
        self.objects.pop(self.path, None)
        self.answer(204)

    def answer(self, status, data=b""):
        self.asked.append((self.command, self.headers.get("Authorization", "")))
        self.send_response(status)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("ETag", '"x"')
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    def log_message(self, *args):
        pass


@pytest.fixture
def bucket(monkeypatch, settings, tmp_path):
    """A store that speaks S3, on this machine alone, reached by nothing but the settings that name it."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Bucket)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    Bucket.objects, Bucket.asked = {}, []
    known = {
        "BUCKET": "eds",
        "ENDPOINT": f"http://127.0.0.1:{server.server_port}",
        "REGION": "eu-west-2",
        "ACCESS_KEY": "KEY-ID",
        "SECRET_KEY": "not a secret",
        "FOLDER": "evidence",
    }
    for name, value in known.items():
        monkeypatch.setenv(f"EVIDENCE_S3_{name}", value)
    settings.STORAGES = settings.STORAGES | {"evidence": storage_setting(tmp_path)}
    monkeypatch.setattr(EvidenceFile._meta.get_field("stored"), "storage", storages["evidence"])
    yield Bucket
    storages["evidence"].connection.meta.client.close()
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_store_that_speaks_s3_works_by_settings_alone(
    client, cast, bucket, django_capture_on_commit_callbacks
):
    file = stored(cast, "waits.pdf", "pdf", FILES["pdf"])
    file = EvidenceFile.objects.get(pk=file.pk)  # with a storage of its own
    assert bucket.objects == {f"/eds/evidence/{file.stored.name}": FILES["pdf"]}
    assert all(signed.startswith("AWS4-HMAC-SHA256 Credential=KEY-ID/") for _, signed in bucket.asked)
    client.force_login(cast.lead)
    assert b"".join(client.get(at(file)).streaming_content) == FILES["pdf"]
    with django_capture_on_commit_callbacks(execute=True):
        file.delete()
    assert bucket.objects == {}
