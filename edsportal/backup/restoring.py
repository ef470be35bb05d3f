"""Putting a backup into an empty portal, whole or not at all."""

import zipfile
from collections.abc import Callable
from pathlib import Path

from django.core.exceptions import SuspiciousOperation, ValidationError
from django.core.files import File
from django.core.management.color import no_style
from django.db import DatabaseError, connection, transaction

from edsportal.audit.triggers import lifted
from edsportal.backup import archive, rows
from edsportal.backup.archive import BadBackup, Manifest
from edsportal.backup.taking import applied

CHANGED = (
    "This backup is damaged or was changed: its rows don’t fit the portal’s tables. Take another copy of it. "
    "Nothing was restored."
)


def restore(path: Path, say: Callable[[str], None]) -> Manifest:
    """Restore the file's rows and stored files. Raises BadBackup, having changed nothing."""
    with archive.reading(path) as (source, manifest):
        _require_same_migrations(manifest)
        _require_empty()
        say("Checking the file")
        archive.check(source, manifest)
        stored: list[tuple] = []
        try:
            with transaction.atomic(), lifted(connection):
                _rows(source, manifest, say)
                _files(source, manifest, stored, say)
                _verify()
        except BaseException as problem:
            for storage, name in stored:
                storage.delete(name)
            if isinstance(problem, (*archive.WRONG, DatabaseError, ValidationError, SuspiciousOperation)):
                raise BadBackup(CHANGED) from problem
            raise
    return manifest


def _verify() -> None:
    """Every foreign key leads somewhere. Raises IntegrityError."""
    connection.check_constraints()


def _require_same_migrations(manifest: Manifest) -> None:
    """The tables must be those that the backup was taken from."""
    ours, theirs = ({tuple(each) for each in listed} for listed in (applied(), manifest.migrations))
    if theirs - ours:
        raise BadBackup(
            "This backup was made by a newer portal than this one, or migrations have not run here. Run "
            "“manage.py migrate”; if that does not help, install the newer version. Nothing was restored."
        )
    if ours - theirs:
        raise BadBackup(
            "This backup was made by an older portal. Install the version that made it, restore it there, then "
            "install this version and run “manage.py migrate”. Nothing was restored."
        )


def _require_empty() -> None:
    for model in rows.tables():
        if rows.used(model):
            raise BadBackup(
                f"This portal is not empty ({model._meta.verbose_name_plural}). "
                "Restore into an empty database: make a new one and run “manage.py migrate”. Nothing was changed."
            )
    for label, field in rows.storages(rows.tables()).items():
        if _holds_files(field.storage):
            raise BadBackup(
                f"The file storage for {label} is not empty. Give the portal empty file storage. Nothing was changed."
            )


def _holds_files(storage, folder: str = "") -> bool:
    try:
        folders, files = storage.listdir(folder)
    except (FileNotFoundError, NotImplementedError):
        return False
    return bool(files) or any(_holds_files(storage, f"{folder}/{name}".lstrip("/")) for name in folders)


def _rows(source: zipfile.ZipFile, manifest: Manifest, say) -> None:
    models = rows.tables()
    with connection.cursor() as cursor:
        for model in models:
            cursor.execute(f'DELETE FROM "{model._meta.db_table}"')
    for model in models:
        name = f"rows/{model._meta.label}.jsonl"
        with source.open(name) as lines:
            count = rows.store(model, lines)
        if count != manifest.parts[name]["rows"]:
            raise BadBackup(f"This backup is damaged: {model._meta.label} lacks rows. Nothing was restored.")
        say(f"{model._meta.label}: {count} rows")
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)


def _files(source: zipfile.ZipFile, manifest: Manifest, stored: list, say) -> None:
    fields = rows.storages(rows.tables())
    names = [name for name in manifest.parts if name.startswith("files/")]
    for number, part in enumerate(names, start=1):
        _, field, name = part.split("/", 2)
        storage = fields[field].storage
        with source.open(part) as content:
            got = storage.save(name, File(content))
        stored.append((storage, got))
        if got != name:
            raise BadBackup(f"The file storage did not accept the name {name}. Nothing was restored.")
        say(f"file {number} of {len(names)}")
