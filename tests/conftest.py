"""Fixtures for every test."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

# A busy machine is slow, which says nothing about the code: no test fails for the time that it takes.
hypothesis_settings.register_profile("portal", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis_settings.load_profile("portal")

SEEDS = Path(__file__).resolve().parents[2] / "shared/seeds"


@pytest.fixture(scope="session")
def seed_report_path() -> Path:
    """The real annual report of 2024 as text; it isn't ours to give away, so it lies beside the project."""
    if not SEEDS.is_dir():
        pytest.skip("the folder ../shared/seeds with the real 2024 report is not here")
    (path,) = SEEDS.glob("000_*.txt")
    return path


@pytest.fixture(scope="session")
def verapdf() -> Callable[[Path, str], dict[str, int]]:
    """`verapdf(path, "PDFUA-1")` is what veraPDF finds wrong in a PDF; see tests/verapdf.py."""
    from tests.verapdf import failures  # Java starts with it, so only where it is used

    return failures


@pytest.fixture
def cast(db):
    """The fixed cast, with the review at the stage of scoring; see tests/cast.py."""
    from tests.cast import make_cast

    return make_cast()
