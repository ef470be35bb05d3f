"""Putting a backup into an empty portal, whole or not at all."""

import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.apps import apps
from django.core.exceptions import SuspiciousOperation, ValidationError
from django.core.files import File
from django.core.management.color import no_style
from django.db import DatabaseError, connection, transaction
from django.db.models import Model

from edsportal.audit.triggers import lifted
from edsportal.backup import archive, earlier, rows
from edsportal.backup.archive import BadBackup, Manifest
from edsportal.backup.taking import applied

CHANGED = (
    "This backup is damaged or was changed: its rows don’t fit the portal’s tables. Take another copy of it. "
    "Nothing was restored."
)


def restore(path: Path, say: Callable[[str], None]) -> Manifest:
    """Restore the file's rows and stored files. Raises BadBackup, having changed nothing.

    Rows of an earlier version go into the tables of that version, which are then migrated to today's with them.
    """
    with archive.reading(path) as (source, manifest):
        migrations = {(app, name) for app, name in manifest.migrations}
        known = _require_known(migrations)
        models = _models(manifest, known, migrations)
        _require_empty()
        say("Checking the file")
        archive.check(source, manifest)
        with _all_or_nothing() as stored:
            if migrations != known:
                say("Building the tables as they were when the backup was made")
                earlier.rebuild(migrations)
            with _blaming_the_backup():
                _rows(source, manifest, models, say)
                _files(source, manifest, models, stored, say)
                _verify()
            if migrations != known:
                earlier.migrate_on(say)
                _verify()
    return manifest


@contextmanager
def _all_or_nothing() -> Iterator[list[tuple]]:
    """A transaction without triggers inside; when it fails, the stored files that were listed are deleted.

    SQLite makes tables anew only while foreign keys are not checked, which no transaction can turn off.
    """
    stored: list[tuple] = []
    try:
        with connection.constraint_checks_disabled(), transaction.atomic(), lifted(connection):
            yield stored
    except BaseException:
        for storage, name in stored:
            storage.delete(name)
        raise


@contextmanager
def _blaming_the_backup() -> Iterator[None]:
    """Raises BadBackup for rows and files that can't be stored. A migration that fails later keeps its own error."""
    try:
        yield
    except (*archive.WRONG, DatabaseError, ValidationError, SuspiciousOperation) as problem:
        raise BadBackup(CHANGED) from problem


def _verify() -> None:
    """Every foreign key leads somewhere. Raises IntegrityError."""
    connection.check_constraints()


def _require_known(migrations: set[tuple[str, str]]) -> set[tuple[str, str]]:
    """All migrations of this version, which have run here; those of the backup must be among them."""
    known = earlier.known_migrations()
    if migrations - known:
        raise BadBackup(
            "This backup was made by a newer portal than this one. Install the newer version here, then restore "
            "it. Nothing was restored."
        )
    if {(app, name) for app, name in applied()} != known:
        raise BadBackup(
            "The tables here are not those of this version of the portal. Make a new, empty database, run "
            "“manage.py migrate”, then restore the backup. Nothing was restored."
        )
    return known


def _models(manifest: Manifest, known: set, migrations: set) -> list[type[Model]]:
    """The models of the tables in the backup, as they were when it was made."""
    parts = [name for name in manifest.parts if name.startswith("rows/")]
    labels = {name.removeprefix("rows/").removesuffix(".jsonl") for name in parts}
    try:
        models = rows.by_label(apps if migrations == known else earlier.models_at(migrations))
    except earlier.Incomplete:
        models = {}
    if labels - set(models) or set(models) - set(rows.NOT_IN_BACKUPS) - labels:
        raise BadBackup(
            "This backup is damaged: its tables are not those of its migrations. Take another copy of it."
        )
    return [model for label, model in models.items() if label in labels]


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


def _rows(source: zipfile.ZipFile, manifest: Manifest, models: list[type[Model]], say) -> None:
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


def _files(source: zipfile.ZipFile, manifest: Manifest, models: list[type[Model]], stored: list, say) -> None:
    fields = rows.storages(models) | rows.storages(
        rows.tables()
    )  # today's storage, where the field is still there
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
