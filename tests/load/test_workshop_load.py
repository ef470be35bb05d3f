"""The bounded load of tests/load/workshop.py with a few phones, each time the tests run."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
pytestmark = [pytest.mark.both, pytest.mark.slow]


def test_twelve_phones_at_once_lose_nothing():
    environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    done = subprocess.run(
        [sys.executable, "-m", "tests.load.workshop", "--phones", "12"],
        cwd=ROOT,
        env=environment | {"DEBUG": "0", "SECRET_KEY": ""},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert "12 phones: 12 joined, 48 scores stored, 0 failures" in done.stdout, done.stdout + done.stderr
    assert done.returncode == 0
