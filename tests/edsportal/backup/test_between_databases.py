"""From PostgreSQL to SQLite and back: nothing is lost on either way."""

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from edsportal.backup.restoring import restore
from edsportal.backup.taking import take
from tests.cast import make_cast
from tests.edsportal.audit.test_triggers import whole
from tests.edsportal.backup.portals import empty, everything

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[3]


def on_sqlite(folder: Path, *command: str) -> str:
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE")
    }
    environment |= {"EDS_DEMO": "1", "DATA_DIR": str(folder)}
    done = subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def said(path: Path) -> dict[str, list]:
    """The rows of a backup by table, whatever the order of the keys in a JSON column."""
    with zipfile.ZipFile(path) as source:
        return {
            name: [json.loads(line) for line in source.read(name).splitlines()]
            for name in source.namelist()
            if name.startswith("rows/")
        }


@pytest.mark.postgresql
def test_from_postgresql_to_sqlite_and_back(db, tmp_path):
    whole(make_cast())
    before = everything()
    first, second = tmp_path / "first.zip", tmp_path / "second.zip"
    take(first, lambda words: None)
    on_sqlite(tmp_path, "migrate", "-v0")
    assert "Restored to" in on_sqlite(tmp_path, "restore", str(first))
    on_sqlite(tmp_path, "backup", str(second))
    assert said(second) == said(first)
    empty()
    restore(second, lambda words: None)
    assert everything() == before
