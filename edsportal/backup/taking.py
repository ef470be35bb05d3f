"""Taking a backup while the portal runs: one moment of the database, and the files that its rows name."""

from collections.abc import Callable
from pathlib import Path

from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from edsportal.audit.chain import head_text
from edsportal.audit.chain.snapshot import one_moment
from edsportal.backup import archive, rows

EVERY = 10_000  # rows between two words about progress


def applied() -> list[list[str]]:
    return sorted([app, name] for app, name in MigrationRecorder(connection).applied_migrations())


def take(path: Path, say: Callable[[str], None]) -> archive.Manifest:
    """Write everything to the file. Raises FileExistsError, and OSError where it can't be written."""
    with one_moment():
        manifest = archive.Manifest(
            made_at=timezone.now().isoformat(), migrations=applied(), audit_head=head_text()
        )
        with archive.writing(path, manifest) as writer:
            files: set[tuple[str, str]] = set()
            for model in rows.tables():
                count = _table(writer, model, files, say)
                say(f"{model._meta.label}: {count} rows")
            for number, (field, name) in enumerate(sorted(files), start=1):
                _file(writer, field, name)
                say(f"file {number} of {len(files)}")
    return manifest


def _table(writer: archive.Writer, model, files: set, say) -> int:
    label, count = model._meta.label, 0
    known: dict = {}
    with writer.part(f"rows/{label}.jsonl", **known) as write:
        for row, line in rows.lines(model):
            write(line)
            count += 1
            files |= {(f"{label}.{file.field.name}", file.name) for file in rows.files_of(row)}
            if count % EVERY == 0:
                say(f"{label}: {count} rows so far")
    writer.manifest.parts[f"rows/{label}.jsonl"]["rows"] = count
    return count


def _file(writer: archive.Writer, field: str, name: str) -> None:
    storage = rows.storages(rows.tables())[field].storage
    try:
        source = storage.open(name)
    except FileNotFoundError:
        writer.manifest.missing.append(f"{field}/{name}")
        return
    with source, writer.part(f"files/{field}/{name}") as write:
        for piece in archive.pieces(source):
            write(piece)
