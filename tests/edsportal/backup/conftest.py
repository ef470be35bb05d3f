"""An empty store of files, and a backup of a whole portal."""

from io import StringIO

import pytest
from django.core.management import call_command

from casestudies.models import EvidenceFile
from tests.cast import make_cast
from tests.edsportal.audit.test_triggers import whole
from tests.edsportal.backup.portals import clear, empty


@pytest.fixture(autouse=True)
def _empty_store():
    storage = EvidenceFile._meta.get_field("stored").storage
    clear(storage)
    yield
    clear(storage)


@pytest.fixture
def backup(db, tmp_path):
    whole(make_cast())
    path = tmp_path / "backup.zip"
    out = StringIO()
    call_command("backup", str(path), stdout=out)
    assert "scoring.Score: 4 rows" in out.getvalue()
    return path


MADE: list[bytes] = []  # by this process, once


@pytest.fixture
def file_alone(db, tmp_path):
    """A backup beside a database that is empty again, as whoever restores it finds them."""
    path = tmp_path / "backup.zip"
    if not MADE:
        whole(make_cast())
        call_command("backup", str(path), stdout=StringIO())
        MADE.append(path.read_bytes())
        empty()
    path.write_bytes(MADE[0])
    return path
