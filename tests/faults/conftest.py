"""A full disk is tried where this account may mount a small one; elsewhere that test is left out."""

import tempfile
from pathlib import Path

import pytest

from tests import markers
from tests.faults.servers import small_disk


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if any(item.get_closest_marker("mounts") for item in items) and not _may_mount():
        markers.deselect(config, items, lambda item: not item.get_closest_marker("mounts"))


def _may_mount() -> bool:
    with tempfile.TemporaryDirectory(prefix="edsportal-disk-") as folder:
        try:
            with small_disk(Path(folder) / "disk", 1):
                return True
        except PermissionError:
            return False
