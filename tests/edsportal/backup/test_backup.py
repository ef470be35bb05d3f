"""A backup and what is restored from it say the same, row by row; what can't be restored changes nothing."""

import gc
import hashlib
import json
import tracemalloc
import zipfile
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

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
from tests.edsportal.audit.test_triggers import whole

pytestmark = pytest.mark.slow


def everything() -> dict[str, list[dict]]:
    """Every row of every table that a backup holds."""
    return {
        model._meta.label: [
            {name: bytes(value) if isinstance(value, memoryview) else value for name, value in row.items()}
            for row in model._base_manager.order_by("pk").values()
        ]
        for model in rows.tables()
    }


def empty() -> None:
    """As after `migrate` on a new database, but for what migrations load."""
    with triggers.lifted(connection), connection.cursor() as cursor:
        for model in rows.tables():
            if model._meta.label not in rows.FROM_MIGRATIONS:
                cursor.execute(f'DELETE FROM "{model._meta.db_table}"')


def clear(storage, folder: str = "") -> None:
    folders, files = storage.listdir(folder)
    for name in files:
        storage.delete(f"{folder}/{name}".lstrip("/"))
    for name in folders:
        clear(storage, f"{folder}/{name}".lstrip("/"))
        storage.delete(f"{folder}/{name}".lstrip("/"))


@pytest.fixture(autouse=True)
def _empty_store():
    storage = EvidenceFile._meta.get_field("stored").storage
    clear(storage)
    yield
    clear(storage)


@pytest.fixture
def backup(db, tmp_path):
    whole(make_cast())
    path = tmp_path / "backup.zip"
    out = StringIO()
    call_command("backup", str(path), stdout=out)
    assert "scoring.Score: 4 rows" in out.getvalue()
    return path


MADE: list[bytes] = []  # by this process, once


@pytest.fixture
def file_alone(db, tmp_path):
    """A backup beside a database that is empty again, as whoever restores it finds them."""
    path = tmp_path / "backup.zip"
    if not MADE:
        whole(make_cast())
        call_command("backup", str(path), stdout=StringIO())
        MADE.append(path.read_bytes())
        empty()
    path.write_bytes(MADE[0])
    return path


def run_restore(path) -> str:
    out = StringIO()
    call_command("restore", str(path), stdout=out)
    return out.getvalue()


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


def refused(path) -> str:
    before = everything()
    with pytest.raises(CommandError) as told:
        run_restore(path)
    assert everything() == before
    assert triggers.missing(connection) == []
    return str(told.value)


def test_a_portal_in_use_is_not_restored_over(backup):
    assert "This portal is not empty" in refused(backup)


def rewritten(backup, change):
    """A copy of the backup whose parts `change(name, data)` gives; None leaves a part out."""
    copy = backup.with_name("copy.zip")
    with zipfile.ZipFile(backup) as source, zipfile.ZipFile(copy, "w") as target:
        for name in source.namelist():
            data = change(name, source.read(name))
            if data is not None:
                target.writestr(name, data)
    return copy


def manifest_with(**changes):
    def change(name, data):
        return json.dumps(json.loads(data) | changes).encode() if name == archive.MANIFEST else data

    return change


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda name, data: data.replace(b"Ambleford", b"Amblefort"), "This backup is damaged (in rows/"),
        (lambda name, data: None if name == "rows/scoring.Score.jsonl" else data, "parts are missing"),
        (lambda name, data: None if name == archive.MANIFEST else data, "not a backup of the portal"),
        (lambda name, data: b"[]" if name == archive.MANIFEST else data, "not a backup of the portal"),
        (manifest_with(format="other"), "not a backup of the portal"),
        (manifest_with(version=2), "made by a newer portal, in a form that this one can’t read"),
        (manifest_with(migrations=[["scoring", "9999_later"]]), "made by a newer portal than this one"),
        (manifest_with(migrations=[]), "its tables are not those of its migrations"),
    ],
)
def test_a_file_that_is_damaged_or_of_another_portal_is_refused(file_alone, change, words):
    assert words in refused(rewritten(file_alone, change))


def forged(backup, name: str, change) -> Path:
    """A copy with a part that `change` made anew, and a manifest whose sums fit it."""
    copy = backup.with_name("forged.zip")
    with zipfile.ZipFile(backup) as source:
        parts = {each: source.read(each) for each in source.namelist()}
    manifest = json.loads(parts[archive.MANIFEST])
    if name == archive.MANIFEST:
        parts[name] = json.dumps(change(manifest)).encode()
    else:
        parts[name] = change(parts[name])
        part = manifest["parts"][name]
        part["sha256"], part["bytes"] = hashlib.sha256(parts[name]).hexdigest(), len(parts[name])
        part["rows"] = parts[name].count(b"\n")
        parts[archive.MANIFEST] = json.dumps(manifest).encode()
    with zipfile.ZipFile(copy, "w") as target:
        for each, data in parts.items():
            target.writestr(each, data)
    return copy


SCORES = "rows/scoring.Score.jsonl"


def row_with(**values):
    def change(data: bytes) -> bytes:
        first, *others = data.splitlines(keepends=True)
        return json.dumps(json.loads(first) | values).encode() + b"\n" + b"".join(others)

    return change


CRAFTED = {
    "no JSON": (SCORES, lambda data: b"{" + data),
    "no object": (SCORES, lambda data: b"[1]\n"),
    "a word": (SCORES, lambda data: b'"x"\n'),
    "nothing of a row": (SCORES, lambda data: b"{}\n"),
    "very deep": (SCORES, lambda data: b"[" * 200_000 + b"\n"),
    "no text": (SCORES, lambda data: b"\xff\xfe\n"),
    "a number that none is": (SCORES, row_with(value="x")),
    "a number too large": (SCORES, row_with(value=10**40)),
    "a key too large": (SCORES, row_with(id=10**40)),
    "an object for a number": (SCORES, row_with(value={})),
    "a day that none is": (SCORES, row_with(submitted_at="yesterday")),
    "somebody who is not there": (SCORES, row_with(member_id=987654)),
    "the same row twice": (SCORES, lambda data: data + data.splitlines(keepends=True)[0]),
    "what the table forbids": (SCORES, row_with(value=99)),
    "no text where text must be": (SCORES, row_with(rationale=None)),
    "parts that are none": (archive.MANIFEST, lambda manifest: manifest | {"parts": []}),
    "a part without its sum": (archive.MANIFEST, lambda manifest: manifest | {"parts": {SCORES: {}}}),
    "a part that is a number": (archive.MANIFEST, lambda manifest: manifest | {"parts": {SCORES: 1}}),
    "migrations that are none": (archive.MANIFEST, lambda manifest: manifest | {"migrations": [[1]]}),
    "a list for the form": (archive.MANIFEST, lambda manifest: [manifest]),
    "a version in words": (archive.MANIFEST, lambda manifest: manifest | {"version": "new"}),
    **{
        f"a part called {name}": (
            archive.MANIFEST,
            lambda manifest, name=name: (
                manifest | {"parts": manifest["parts"] | {name: {"sha256": "", "rows": 0}}}
            ),
        )
        for name in (
            "files/casestudies.EvidenceFile.stored/../../x",
            "/etc/passwd",
            "files/x",
            "rows/../x",
            "a\\b",
        )
    },
}


@pytest.mark.parametrize("kind", CRAFTED)
def test_a_file_that_somebody_made_up_is_refused_in_a_sentence(file_alone, kind):
    name, change = CRAFTED[kind]
    made = forged(file_alone, name, change)
    words = refused(made)
    assert words.startswith(
        ("This backup is damaged", "This file is not a backup", "This backup was made by")
    )


def test_a_file_with_a_password_is_refused(file_alone):
    data = bytearray(file_alone.read_bytes())
    for place in range(len(data) - 4):  # the mark "encrypted" in every head of a part
        if data[place : place + 4] == b"PK\x01\x02":
            data[place + 8] |= 1
    file_alone.write_bytes(bytes(data))
    assert "not a backup of the portal" in refused(file_alone)


@pytest.mark.parametrize("how", ["half", "flipped", "text", "empty", "none"])
def test_a_broken_file_is_refused(file_alone, how):
    data = file_alone.read_bytes()
    middle = len(data) // 2
    broken = {
        "half": data[:middle],
        "flipped": data[:middle] + bytes([data[middle] ^ 255]) + data[middle + 1 :],
        "text": b"This is no archive",
        "empty": b"",
        "none": None,
    }[how]
    if broken is None:
        file_alone.unlink()
    else:
        file_alone.write_bytes(broken)
    words = refused(file_alone)
    assert "There is no file" in words if how == "none" else "damaged" in words


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
