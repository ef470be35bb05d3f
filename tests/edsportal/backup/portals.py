"""What tests of backups do with a portal and with the file of a backup."""

import json
import zipfile
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from edsportal.audit import triggers
from edsportal.backup import archive, rows


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


def run_restore(path) -> str:
    out = StringIO()
    call_command("restore", str(path), stdout=out)
    return out.getvalue()


def refused(path) -> str:
    before = everything()
    with pytest.raises(CommandError) as told:
        run_restore(path)
    assert everything() == before
    assert triggers.missing(connection) == []
    return str(told.value)


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
