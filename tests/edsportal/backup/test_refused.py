"""Files that are no whole backup of this portal are refused in a sentence, and nothing changes."""

import hashlib
import json
import zipfile
from pathlib import Path

import pytest

from edsportal.backup import archive
from tests.edsportal.backup.portals import manifest_with, refused, rewritten

pytestmark = pytest.mark.slow


def test_a_portal_in_use_is_not_restored_over(backup):
    assert "This portal is not empty" in refused(backup)


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
