"""The file of a backup: a ZIP archive of the rows of each table, the stored files, and a manifest with their sums."""

import hashlib
import json
import os
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

FORMAT = "edsportal-backup"
VERSION = 1
MANIFEST = "manifest.json"
A_PIECE = 1024 * 1024  # bytes
MOST_MANIFEST = 64 * 1024 * 1024  # bytes: a line for each stored file
# What a file that was made by hand, or changed, makes go wrong where ours is read.
WRONG = (
    *(
        KeyError,
        ValueError,
        TypeError,
        AttributeError,
        IndexError,
        OverflowError,
        RecursionError,
        ArithmeticError,
    ),
    *(NotImplementedError, RuntimeError, EOFError, zipfile.BadZipFile, zipfile.zlib.error),
)


class BadBackup(Exception):
    """The file can't be restored; the sentence says why and what to do."""


@dataclass
class Manifest:
    """What a backup holds: the SHA-256 and the count of rows of each part, and the migrations that had run."""

    made_at: str
    migrations: list[list[str]]
    parts: dict[str, dict] = field(default_factory=dict)
    audit_head: str = (
        ""  # that of the audit log, signed: `verify_audit --head` finds what was rewritten since
    )
    missing: list[str] = field(default_factory=list)  # stored files that rows name and the store lacked

    def as_json(self) -> bytes:
        values = {"format": FORMAT, "version": VERSION} | vars(self)
        return json.dumps(values, indent=1, sort_keys=True).encode()


class Writer:
    """Writes the parts of a backup, one after another; nobody but the account that runs it may read the file."""

    def __init__(self, archive: zipfile.ZipFile, manifest: Manifest):
        self.archive, self.manifest = archive, manifest

    @contextmanager
    def part(self, name: str, **known) -> Iterator[Callable[[bytes], None]]:
        """Yields what writes the next bytes of the part."""
        summed, counted = hashlib.sha256(), {"bytes": 0}
        with self.archive.open(name, "w", force_zip64=True) as target:

            def write(piece: bytes) -> None:
                target.write(piece)
                summed.update(piece)
                counted["bytes"] += len(piece)

            yield write
        self.manifest.parts[name] = {"sha256": summed.hexdigest(), **counted, **known}


@contextmanager
def writing(path: Path, manifest: Manifest) -> Iterator[Writer]:
    """A backup that appears under its name only when it is whole. Raises FileExistsError."""
    if path.exists():
        raise FileExistsError
    unfinished = path.with_name(f"{path.name}.unfinished")
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
                yield Writer(archive, manifest)
                archive.writestr(MANIFEST, manifest.as_json())
            stream.flush()
            os.fsync(stream.fileno())
        unfinished.rename(path)
    finally:
        unfinished.unlink(missing_ok=True)


def pieces(source) -> Iterator[bytes]:
    while piece := source.read(A_PIECE):
        yield piece


def read_manifest(archive: zipfile.ZipFile) -> Manifest:
    """Raises BadBackup for what is no backup of ours, and for one of a newer form."""
    try:
        if archive.getinfo(MANIFEST).file_size > MOST_MANIFEST:
            raise BadBackup("This file is not a backup of the portal.")
        values = json.loads(archive.read(MANIFEST))
        if values["format"] != FORMAT:
            raise BadBackup("This file is not a backup of the portal.")
        if values["version"] > VERSION:
            raise BadBackup(
                "This backup was made by a newer portal, in a form that this one can’t read. "
                "Install the newer version here, then restore it."
            )
        names = ("made_at", "migrations", "parts", "missing")
        manifest = Manifest(**{name: values[name] for name in names}, audit_head=values.get("audit_head", ""))
        _require_shape(manifest)
        return manifest
    except WRONG:
        raise BadBackup("This file is not a backup of the portal.") from None


def _require_shape(manifest: Manifest) -> None:
    """Raises ValueError where the manifest doesn't say what ours say."""
    parts = manifest.parts.items()
    is_ours = (
        isinstance(manifest.made_at, str)
        and all(
            len(each) == 2 and all(isinstance(name, str) for name in each) for each in manifest.migrations
        )
        and all(isinstance(part["sha256"], str) for _, part in parts)
        and all(isinstance(part["rows"], int) for name, part in parts if name.startswith("rows/"))
        and all(name.startswith(("rows/", "files/")) and _is_inside(name) for name, _ in parts)
        and isinstance(manifest.missing, list)
    )
    if not is_ours:
        raise ValueError("not of our form")


def _is_inside(name: str) -> bool:
    """No name of a part leads out of its folder."""
    steps = name.split("/")
    least = 3 if steps[0] == "files" else 2
    return "\\" not in name and not {"", ".", ".."} & set(steps) and len(steps) >= least


@contextmanager
def reading(path: Path) -> Iterator[tuple[zipfile.ZipFile, Manifest]]:
    """A backup whose every part has the sum that its manifest tells. Raises BadBackup."""
    try:
        archive = zipfile.ZipFile(path)
    except FileNotFoundError:
        raise BadBackup(f"There is no file {path}.") from None
    except (OSError, *WRONG):
        raise BadBackup(
            "This file is damaged, or no backup of the portal. Take another copy of it."
        ) from None
    with archive:
        manifest = read_manifest(archive)
        yield archive, manifest


def check(archive: zipfile.ZipFile, manifest: Manifest) -> None:
    """Read every part once. Raises BadBackup where one is missing, damaged, or not told of."""
    there = set(archive.namelist()) - {MANIFEST}
    if there != set(manifest.parts):
        raise BadBackup("This backup is damaged: parts are missing. Take another copy of it.")
    for name, part in manifest.parts.items():
        summed = hashlib.sha256()
        try:
            with archive.open(name) as source:
                for piece in pieces(source):
                    summed.update(piece)
        except (OSError, *WRONG):
            raise _damaged(name) from None
        if summed.hexdigest() != part["sha256"]:
            raise _damaged(name)


def _damaged(name: str) -> BadBackup:
    return BadBackup(f"This backup is damaged (in {name}). Take another copy of it. Nothing was restored.")
