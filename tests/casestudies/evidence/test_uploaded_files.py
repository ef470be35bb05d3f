"""Files of evidence on their way in and out: what is stored, refused, replaced and deleted."""

import re

import pytest
from django.core.files.uploadhandler import FileUploadHandler
from django.urls import reverse

from casestudies.models import Change, Evidence, EvidenceFile
from eds import stages
from tests.casestudies.evidence.pages import at, errors_of, stored, upload
from tests.cast import quote_of
from tests.prepare import add_evidence, hand_over, mark_ready
from tests.reports.reading.made_files import CSV


def test_a_file_is_stored_under_a_random_name_with_its_hash(author, gathering):
    before = stored()
    author.post(
        at(gathering, "evidence_add"),
        {
            "kind": "file",
            "title": "Waits",
            "source": "Clinic",
            "date": "",
            "file": upload(name="../../Waits by group.csv"),
        },
    )
    file = Evidence.objects.get().file
    assert (file.name, file.kind, file.size) == ("Waits by group.csv", "csv", len(CSV))
    assert file.sha256 == "a2cab99441997af67d6ba717e80888715913ba43c1c8a94d7716d94f07acaeeb"
    assert stored() - before == {file.stored.name}
    assert re.fullmatch(r"[0-9a-f]{32}", file.stored.name)
    assert file.stored.open().read() == CSV


def test_what_was_typed_stays_when_the_file_is_refused(author, gathering, settings):
    before = stored()
    typed = {"kind": "file", "title": "Waits by group", "source": "Clinic", "date": "March 2026"}
    address = at(gathering, "evidence_add")
    refused = author.post(address, typed | {"file": upload(b"<svg/>", "waits.png")})
    (said,) = errors_of(refused)
    assert said == (
        "We can’t use waits.png. Its content must be PDF, Word (.docx), Excel (.xlsx), PowerPoint (.pptx), CSV, PNG "
        "or JPEG, whatever its name says"
    )
    assert {name: refused.context["form"][name].value() for name in typed} == typed
    wrong_date = author.post(address, typed | {"date": "soon", "file": upload()})
    assert "Choose the file again: waits.csv was not kept." in wrong_date.content.decode()
    assert errors_of(author.post(address, typed)) == ["Choose a file"]
    assert errors_of(author.post(address, typed | {"file": upload(b"")})) == [
        "We can’t use waits.csv. The file is empty"
    ]
    assert (Evidence.objects.count(), stored()) == (0, before)


def test_a_file_of_the_largest_size_is_taken_and_one_byte_more_is_not(author, gathering, settings):
    settings.EVIDENCE_MAX_BYTES = 2048
    address = at(gathering, "evidence_add")
    assert "at most 2.0\xa0KB" in author.get(address).content.decode()
    typed = {"kind": "file", "title": "Waits", "source": "Clinic"}
    refused = author.post(address, typed | {"file": upload(b"a," + b"b" * 2047)})
    assert errors_of(refused) == ["waits.csv is larger than 2.0\xa0KB. Choose a smaller file"]
    assert refused.context["form"]["title"].value() == "Waits"
    assert author.post(address, typed | {"file": upload(b"a," + b"b" * 2046)}).status_code == 302
    assert Evidence.objects.get().file.size == 2048


def test_an_upload_without_end_is_dropped_before_it_fills_the_disk(author, gathering, settings):
    """Three megabytes would be written to a temporary file; only what is within the limit is looked at."""
    settings.EVIDENCE_MAX_BYTES = 1024
    seen = []
    settings.FILE_UPLOAD_HANDLERS = [*settings.FILE_UPLOAD_HANDLERS[:1], f"{__name__}.Counting"]
    Counting.seen = seen
    refused = author.post(
        at(gathering, "evidence_add"),
        {"kind": "file", "title": "Waits", "source": "Clinic", "file": upload(b"a," * 1_500_000)},
    )
    assert errors_of(refused) == ["waits.csv is larger than 1.0\xa0KB. Choose a smaller file"]
    assert sum(seen) == 0


def test_a_failed_save_leaves_no_file_behind(gathering, monkeypatch):
    from casestudies.evidence import actions

    before = stored()
    monkeypatch.setattr(actions, "_note", lambda *args: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        add_evidence(
            case_study=gathering.case_studies[0],
            kind="file",
            values={"title": "Waits"},
            upload=actions.Upload(data=CSV, name="waits.csv", kind="csv"),
            added_by=gathering.author,
        )
    assert (Evidence.objects.count(), EvidenceFile.objects.count(), stored()) == (0, 0, before)


def with_file(cast, client) -> Evidence:
    values = {"kind": "file", "title": "Waits", "source": "Clinic", "file": upload()}
    client.post(at(cast, "evidence_add"), values)
    return Evidence.objects.get(kind="file")


def test_a_removed_file_is_deleted_once_the_removal_is_sure(
    author, gathering, django_capture_on_commit_callbacks
):
    before = stored()
    row = with_file(gathering, author)
    assert (
        "Its file will be deleted too"
        in author.get(at(gathering, "evidence_remove", row.pk)).content.decode()
    )
    with django_capture_on_commit_callbacks() as sure:
        author.post(at(gathering, "evidence_remove", row.pk))
    assert EvidenceFile.objects.count() == 0
    assert stored() - before == {row.file.stored.name}
    for callback in sure:
        callback()
    assert stored() == before
    assert "was deleted" in Change.objects.first().what


def test_another_file_takes_the_place_of_the_first(author, gathering, django_capture_on_commit_callbacks):
    before = stored()
    row = with_file(gathering, author)
    address = at(gathering, "evidence_item", row.pk)
    seen = author.get(address).context["form"].initial["seen"]
    values = {"kind": "file", "title": "Waits", "source": "Clinic", "seen": seen}
    with django_capture_on_commit_callbacks(execute=True):
        assert author.post(address, values).status_code == 302
    assert Evidence.objects.get().file == row.file
    with django_capture_on_commit_callbacks(execute=True):
        changed = author.post(address, values | {"file": upload(b"x,y\n", "new.csv")})
    assert changed.status_code == 302, errors_of(changed)
    file = EvidenceFile.objects.get()
    assert (file.name, Evidence.objects.get().file) == ("new.csv", file)
    assert stored() - before == {file.stored.name}


def test_a_version_keeps_its_file_unless_the_lead_deletes_it_for_good(
    client, gathering, django_capture_on_commit_callbacks
):
    client.force_login(gathering.author)
    row = with_file(gathering, client)
    version = mark_ready(case_study=gathering.case_studies[0], made_by=gathering.lead)
    (said,) = version.content["evidence"]
    assert said["file"] == {
        "id": str(row.file.pk),
        "name": "waits.csv",
        "size": len(CSV),
        "sha256": row.file.sha256,
    }
    page = client.get(at(gathering, "evidence_remove", row.pk)).content.decode()
    assert "Accepted versions keep this evidence and its file" in page
    assert "Delete its file too" not in page
    client.post(at(gathering, "evidence_remove", row.pk), {"for_good": "on"})
    assert EvidenceFile.objects.get() == row.file  # an author can't
    client.force_login(gathering.reader)
    assert client.get(reverse("evidence_file", args=[row.file.pk])).status_code == 200
    client.force_login(gathering.member)
    assert client.get(reverse("evidence_file", args=[row.file.pk])).status_code == 404  # until scoring opens
    gathering.move(stages.SCORING)
    assert client.get(reverse("evidence_file", args=[row.file.pk])).status_code == 200
    again = quote_of(gathering)
    again.file = row.file
    again.save()
    gathering.move(stages.WRITING)
    client.force_login(gathering.lead)
    assert "Delete its file too" in client.get(at(gathering, "evidence_remove", again.pk)).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(at(gathering, "evidence_remove", again.pk), {"for_good": "on"})
    assert EvidenceFile.objects.count() == 0
    gathering.move(stages.SCORING)
    client.force_login(gathering.member)
    page = client.get(at(gathering)).content.decode()
    assert "waits.csv, 18 bytes, which is no longer available" in " ".join(page.split())


def test_a_file_stays_while_a_text_that_names_it_waits_to_be_accepted(
    client, gathering, django_capture_on_commit_callbacks
):
    client.force_login(gathering.author)
    row = with_file(gathering, client)
    hand_over(case_study=gathering.case_studies[0], marked_by=gathering.author)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(at(gathering, "evidence_remove", row.pk))
    assert EvidenceFile.objects.get() == row.file
    assert EvidenceFile.storage().exists(row.file.stored.name)
    client.force_login(gathering.member)
    assert client.get(reverse("evidence_file", args=[row.file.pk])).status_code == 404


class Counting(FileUploadHandler):
    """Counts the bytes that the handlers before it let through."""

    seen: list[int] = []

    def receive_data_chunk(self, raw_data, start):
        self.seen.append(len(raw_data))

    def file_complete(self, file_size):
        return None
