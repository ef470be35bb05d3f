"""docs/asvs.md names tests that exist, and calls nothing met without one."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
STATES = {"met", "partly", "not met", "by design", "yours", "n/a"}


def rows() -> list[list[str]]:
    lines = (ROOT / "docs/asvs.md").read_text(encoding="utf-8").splitlines()
    table = [line for line in lines if line.startswith("| ") and not line.startswith("| item")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in table]


def named_in(row: list[str]) -> list[str]:
    return re.findall(r"`(test_\w+)`", row[3])


def test_every_test_that_is_named_exists():
    files = (ROOT / "tests").rglob("test_*.py")
    known = {name for file in files for name in re.findall(r"^def (test_\w+)", file.read_text("utf-8"), re.M)}
    named = {name for row in rows() for name in named_in(row)}
    assert named - known == set()
    assert len(named) > 50


def test_each_item_stands_once_with_a_state_and_a_reason():
    items = [item for row in rows() for item in row[0].split(", ")]
    assert len(items) == len(set(items))
    assert [row for row in rows() if row[2] not in STATES or not row[3]] == []
    assert [row for row in rows() if row[2] == "met" and not named_in(row)] == []
