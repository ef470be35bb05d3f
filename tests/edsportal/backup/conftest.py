"""An empty store of files, and a backup of a whole portal."""

from io import StringIO

import pytest
from django.core.management import call_command

from casestudies.models import EvidenceFile
from tests.cast import make_cast
from tests.edsportal.audit.test_triggers import whole
from tests.edsportal.backup.portals import clear


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
