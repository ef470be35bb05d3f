"""A backup and what is restored from it say the same, row by row; what can't be restored changes nothing."""

import gc
import hashlib
import tracemalloc
import zipfile
from datetime import UTC, datetime
from io import StringIO

import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction

from casestudies.models import EvidenceFile, Framework, Organisation, Review
from edsportal.accounts.models import User
from edsportal.audit import triggers
from edsportal.audit.models import Entry
from edsportal.backup import archive, rows
from edsportal.backup.archive import BadBackup
from edsportal.backup.restoring import restore
from edsportal.backup.taking import take
from scoring.models import PublicationFile, Score
from tests.cast import make_cast
from tests.edsportal.backup.portals import (
    empty,
    everything,
    run_restore,
)

pytestmark = pytest.mark.slow


def test_what_is_restored_is_what_was_there(backup):
    before = everything()
    assert {
        len(before[label]) > 0 for label in ("scoring.PublicationFile", "trail.Entry", "casestudies.Version")
    } == {True}
    empty()
    assert not User.objects.exists()
    said = run_restore(backup)
    assert "scoring.Score: 4 rows" in said
    assert "People sign in again" in said
    assert everything() == before
    assert triggers.missing(connection) == []
    with pytest.raises(IntegrityError, match="are a record"), transaction.atomic():
        Score.objects.all().delete()
    again = Organisation.objects.create(name="Next Trust", slug="next-trust")  # numbers go on after the last
    assert again.pk > max(row["id"] for row in before["casestudies.Organisation"])
    assert Entry.objects.latest("pk").pk > max(row["id"] for row in before["trail.Entry"])


def test_only_the_account_that_made_it_can_read_it(backup):
    assert oct(backup.stat().st_mode & 0o777) == "0o600"


def test_what_fails_in_the_middle_leaves_nothing(backup, monkeypatch):
    empty()
    frameworks = list(Framework.objects.values())

    def fail(*args):
        raise OSError("no space left")

    monkeypatch.setattr("edsportal.backup.restoring._files", fail)
    with pytest.raises(OSError, match="no space"):
        restore(backup, print)
    assert not User.objects.exists()
    assert list(Framework.objects.values()) == frameworks
    assert triggers.missing(connection) == []


def test_a_backup_overwrites_nothing_and_an_unfinished_one_has_no_name(backup, tmp_path, monkeypatch):
    with pytest.raises(CommandError, match="already exists"):
        call_command("backup", str(backup), stdout=StringIO())
    with pytest.raises(CommandError, match="could not be written"):
        call_command("backup", str(tmp_path / "nowhere/backup.zip"), stdout=StringIO())

    def fail(*args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("edsportal.backup.taking._table", fail)
    with pytest.raises(CommandError, match="No space left on device"):
        call_command("backup", str(tmp_path / "second.zip"), stdout=StringIO())
    assert sorted(path.name for path in tmp_path.iterdir()) == ["backup.zip"]


def test_times_bytes_and_decimals_come_back_exactly(db, tmp_path):
    cast = make_cast()
    moment = datetime(2026, 2, 28, 23, 59, 59, 999_999, tzinfo=UTC)
    cast.organisation.changes.create(
        what="Ünïcode “words”, 'quotes' \\ and 100 %", changed_by=cast.lead, changed_at=moment
    )
    Review.objects.filter(pk=cast.review.pk).update(partners=["A", "Ł"], stated={"domains": {"1": 4.5}})
    before = everything()
    take(tmp_path / "b.zip", lambda words: None)
    empty()
    restore(tmp_path / "b.zip", lambda words: None)
    assert everything() == before
    assert cast.organisation.changes.model.objects.get().changed_at == moment


def test_memory_stays_flat_as_rows_grow(cast, tmp_path):
    version = cast.case_studies[0].versions.get()

    def grow(first: int, last: int) -> None:
        type(version).objects.bulk_create(
            type(version)(case_study=version.case_study, number=number, content={"text": f"{number} " * 2000})
            for number in range(first, last)
        )

    def peak(name: str) -> int:
        """Bytes that Python handed out: the same on every machine, as its collector takes no part."""
        gc.collect()
        gc.disable()
        tracemalloc.start()
        try:
            take(tmp_path / name, lambda words: None)
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
            gc.enable()

    grow(10, 1010)
    first = peak("first.zip")
    grow(1010, 3010)
    assert peak("second.zip") < first * 1.3


def test_every_table_is_in_a_backup_or_left_out_by_name(backup):
    with zipfile.ZipFile(backup) as source:
        parts = {
            name.removeprefix("rows/").removesuffix(".jsonl") for name in source.namelist() if "rows/" in name
        }
    models = {
        model._meta.label
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy
    }
    assert parts == models - set(rows.NOT_IN_BACKUPS)


def test_published_files_are_in_it(backup):
    before = {row.pk: bytes(row.data) for row in PublicationFile.objects.all()}
    empty()
    restore(backup, lambda words: None)
    assert {row.pk: bytes(row.data) for row in PublicationFile.objects.all()} == before
    assert all(before.values())


def add_file(cast, data: bytes) -> EvidenceFile:
    given = {
        "name": "leaflet.pdf",
        "kind": "pdf",
        "size": len(data),
        "sha256": hashlib.sha256(data).hexdigest(),
    }
    row = EvidenceFile(case_study=cast.case_studies[0], added_by=cast.lead, **given)
    row.stored.save("leaflet.pdf", ContentFile(data))
    return row


def test_stored_files_come_back_under_their_names(cast, tmp_path):
    data = bytes(range(256)) * 10_000
    row = add_file(cast, data)
    storage, name = row.stored.storage, row.stored.name
    take(tmp_path / "b.zip", lambda words: None)
    empty()
    with pytest.raises(BadBackup, match=r"The file storage for .* is not empty"):
        restore(tmp_path / "b.zip", lambda words: None)
    storage.delete(name)
    restore(tmp_path / "b.zip", lambda words: None)
    assert EvidenceFile.objects.get().stored.name == name
    with storage.open(name) as file:
        assert file.read() == data


def test_files_of_a_restore_that_fails_are_taken_away_again(cast, tmp_path, monkeypatch):
    row = add_file(cast, b"x")
    take(tmp_path / "b.zip", lambda words: None)
    empty()
    row.stored.storage.delete(row.stored.name)

    def fail(*args):
        raise OSError("gone")

    monkeypatch.setattr("edsportal.backup.restoring._verify", fail)
    with pytest.raises(OSError, match="gone"):
        restore(tmp_path / "b.zip", lambda words: None)
    assert not row.stored.storage.exists(row.stored.name)
    assert not User.objects.exists()


def test_a_file_that_the_store_lost_is_told_and_the_rest_is_kept(cast, tmp_path, capsys):
    row = add_file(cast, b"x")
    row.stored.storage.delete(row.stored.name)
    with pytest.raises(CommandError, match="holds every row, but 1 files are missing from it"):
        call_command("backup", str(tmp_path / "b.zip"), stdout=StringIO())
    assert f"casestudies.EvidenceFile.stored/{row.stored.name}" in capsys.readouterr().err
    assert (tmp_path / "b.zip").exists()


def test_reading_says_what_is_wrong_in_one_sentence(tmp_path):
    with (
        pytest.raises(BadBackup, match=r"There is no file .*none\.zip\."),
        archive.reading(tmp_path / "none.zip"),
    ):
        pass
