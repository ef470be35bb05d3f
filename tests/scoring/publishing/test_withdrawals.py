"""What must not be public goes for good, leaves when, why and its hash, and does not come back with a backup."""

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.test import Client

from casestudies.models import EvidenceFile
from edsportal.accounts.models import User
from edsportal.audit.chain.verify import verify
from edsportal.audit.triggers import lifted
from edsportal.privacy.erase import erase_person
from scoring.models import Publication, PublicationFile, SearchText
from tests.cast import file_of
from tests.edsportal.backup.portals import clear, empty
from tests.page_addresses import make_everything

SECRET = "Xanthe Patient"
WHY = "It held a patient’s data"
ASKED = {"reason": WHY, "sure": "on"}
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture
def published():
    """A report and a file that name somebody, published."""
    with transaction.atomic():
        cast = make_everything()
        cast.review.title = f"Report about {SECRET}"
        cast.review.save()
        cast.publish()
        EvidenceFile.objects.filter(pk=file_of(cast).pk).update(
            published_at=cast.review.publications.get().published_at
        )
    yield cast
    clear(EvidenceFile.storage())


def address(cast, end: str = "") -> str:
    return f"/reports/{cast.organisation.slug}/2026{end}"


def withdraw(who, cast, what: str):
    client = Client()
    client.force_login(who)
    return client.post(address(cast, "/withdraw/"), ASKED | {"what": what})


def test_a_withdrawn_edition_leaves_why_and_its_hash(client, published):
    row = Publication.objects.get()
    assert withdraw(published.lead, published, "edition-1").status_code == 302
    for end in ("/", ".json", "/editions/1/", "/editions/1.json", "/easy-read/"):
        page = client.get(address(published, end))
        text = page.content.decode()
        assert (page.status_code, WHY in text, row.sha256 in text, SECRET in text) == (410, True, True, False)
    for other in ("/reports/", "/reports/results.json", "/reports/feed.xml", f"/search/?q={SECRET}"):
        assert SECRET not in client.get(other).getvalue().decode().replace(f'value="{SECRET}"', "")
    assert client.get(f"/reports/{published.organisation.slug}/").status_code == 404
    assert not SearchText.objects.filter(publication=row).exists()
    assert {bytes(file.data) for file in PublicationFile.objects.all()} == {b""}
    assert verify().problems == []


def test_a_withdrawn_file_leaves_why_and_its_hash(client, published):
    file = file_of(published)
    stored = EvidenceFile.objects.get(pk=file.pk).stored.name
    assert client.get(f"/evidence/{file.pk}/").status_code == 200
    assert withdraw(published.administrator, published, f"file-{file.pk}").status_code == 302
    page = client.get(f"/evidence/{file.pk}/")
    assert (page.status_code, WHY in page.content.decode(), file.sha256 in page.content.decode()) == (
        410,
        True,
        True,
    )
    assert not EvidenceFile.storage().exists(stored)
    assert verify().problems == []


def test_nothing_else_of_a_record_is_changed_and_nothing_without_a_withdrawal(published):
    def changes(**values) -> bool:
        try:
            with transaction.atomic():
                return bool(Publication.objects.update(**values))
        except IntegrityError:
            return False

    assert not changes(content="withdrawn")
    withdraw(published.lead, published, "edition-1")
    assert not changes(content="Something else")
    assert not changes(content="withdrawn", note="Another")
    with transaction.atomic(), lifted(connection):
        PublicationFile.objects.update(data=b"Something else")
    assert [problem.kind for problem in verify().problems] == ["scoring.publicationfile"]


@pytest.mark.parametrize("who", ["author", "reader", "member", "chair", "stranger"])
def test_only_the_lead_and_administrators_withdraw(published, who):
    assert withdraw(published.people[who], published, "edition-1").status_code == 403
    assert Publication.objects.get().content != "withdrawn"


def test_a_backup_from_before_is_restored_without_what_was_erased_since(
    published, tmp_path, settings, client
):
    settings.BACKUP_DIR = str(tmp_path / "backups")
    call_command("backup", str(tmp_path / "backups.zip"), verbosity=0)
    withdraw(published.lead, published, "edition-1")
    withdraw(published.lead, published, f"file-{file_of(published).pk}")
    erase_person(user=published.reader)
    written = (tmp_path / "backups" / "erasures.jsonl").read_text()
    assert (written.count("\n"), SECRET in written, "Rita" in written) == (3, False, False)
    with transaction.atomic():
        empty()
    clear(EvidenceFile.storage())
    call_command("restore", str(tmp_path / "backups.zip"), verbosity=0)
    assert client.get(address(published, "/")).status_code == 410
    assert client.get(f"/evidence/{file_of(published).pk}/").status_code == 410
    assert User.objects.get(pk=published.reader.pk).name.startswith("Former")
    assert verify().problems == []
