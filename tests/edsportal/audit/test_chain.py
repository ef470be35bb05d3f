"""The chain over the audit log: what is added to it and when, what it covers, and what the command says."""

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta, timezone
from io import StringIO

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import CommandError, call_command
from django.db import DatabaseError, IntegrityError, connection, transaction

from casestudies.models import Section
from edsportal.accounts.models import User
from edsportal.audit import chain, triggers
from edsportal.audit.actor import ActorMiddleware
from edsportal.audit.chain import keys
from edsportal.audit.chain.canonical import canonical, record_of
from edsportal.audit.chain.verify import verify
from edsportal.audit.models import Entry, Head, Link
from edsportal.privacy.erase import erase_person
from scoring.models import Publication
from tests.cast import make_cast
from tests.edsportal.audit.test_triggers import whole as whole_record

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def section() -> Section:
    with transaction.atomic():
        cast = make_cast(services=1)
    chain.flush(connection)
    return cast.case_studies[0].sections.first()


def change(section: Section, text: str) -> Entry:
    with transaction.atomic():
        Section.objects.filter(pk=section.pk).update(body=text)
    return Entry.objects.latest("pk")


def whole() -> bool:
    return verify().problems == []


def test_a_transaction_adds_its_entries_in_their_order_and_signs_the_head(section):
    before = Head.objects.get().position
    with transaction.atomic():
        for text in ("one", "two"):
            Section.objects.filter(pk=section.pk).update(body=text)
    one, two = Entry.objects.order_by("pk").reverse()[:2][::-1]
    rows = Link.objects.filter(position__gt=before).values_list("position", "kind", "row")
    assert list(rows) == [(before + 1, "trail.entry", one.pk), (before + 2, "trail.entry", two.pk)]
    assert one.written_in == two.written_in != ""
    head = Head.objects.get()
    assert chain.is_head_signed(head.position, head.hash, head.signature)
    assert not chain.is_head_signed(head.position, head.hash, "0" * 64)
    assert whole()


def test_what_is_undone_adds_nothing(section):
    before = str(Head.objects.get())
    with transaction.atomic():
        Section.objects.filter(pk=section.pk).update(body="x")
        transaction.set_rollback(True)
    assert str(Head.objects.get()) == before
    with transaction.atomic():
        mark = transaction.savepoint()
        Section.objects.filter(pk=section.pk).update(body="x")
        transaction.savepoint_rollback(mark)
        Section.objects.filter(pk=section.pk).update(body="y")
    assert Head.objects.get().position == int(before.split(":")[0]) + 1
    assert whole()


def test_a_chain_that_can_not_be_written_undoes_the_transaction(section, monkeypatch):
    def fail(*args):
        raise ValueError("broken")

    monkeypatch.setattr(chain, "append", fail)
    with pytest.raises(DatabaseError, match="could not be chained"):
        change(section, "x")
    monkeypatch.undo()
    assert not Section.objects.filter(body="x").exists()
    change(section, "y")
    assert whole()


def test_a_single_statement_is_chained_before_its_request_is_answered(section, rf):
    def view(request):
        Section.objects.filter(pk=section.pk).update(body="x")
        assert (verify().waiting, verify().problems) == (1, [])

    request = rf.get("/")
    request.user = AnonymousUser()
    ActorMiddleware(view)(request)
    assert (verify().waiting, verify().problems) == (0, [])
    Section.objects.filter(pk=section.pk).update(body="y")
    change(section, "z")  # or with the next transaction
    assert (verify().waiting, verify().problems) == (0, [])


def test_what_a_killed_process_left_is_adopted_and_what_copies_its_token_is_not(section):
    Section.objects.filter(pk=section.pk).update(body="x")
    connection.edsportal_pending = chain.Pending()  # as if the process had gone
    assert verify().waiting == 1
    assert chain.adopt(connection) == 1
    assert (verify().waiting, verify().problems) == (0, [])
    entry = Entry.objects.latest("pk")
    entry.pk += 1
    with triggers.lifted(connection):
        entry.save(force_insert=True)
    assert chain.adopt(connection) == 0
    assert [(each.kind, each.row) for each in verify().problems] == [("trail.entry", entry.pk)]


def test_nobody_writes_an_entry_by_hand(section):
    entry = Entry.objects.latest("pk")
    entry.pk += 1
    entry.written_in = ""
    with pytest.raises(IntegrityError, match="written by the database itself"), transaction.atomic():
        entry.save(force_insert=True)


@pytest.mark.parametrize("statement", ["DELETE FROM trail_link", "UPDATE trail_link SET hash = ''"])
def test_links_are_never_changed(section, statement):
    with pytest.raises(IntegrityError, match="are a record"), transaction.atomic():
        connection.cursor().execute(statement)


def test_tokens_and_signatures_need_the_key(settings):
    token, signature = keys.new_token(), keys.sign(b"data")
    assert (len(token), keys.is_token(token), keys.is_signed(b"data", signature)) == (48, True, True)
    assert not keys.is_token(token[::-1])
    assert not keys.is_token("")
    old, settings.SECRET_KEY = settings.SECRET_KEY, "another secret " * 4
    assert (keys.is_token(token), keys.is_signed(b"data", signature)) == (False, False)
    settings.AUDIT_KEY_FALLBACKS = [old]
    assert (keys.is_token(token), keys.is_signed(b"data", signature)) == (True, True)


def test_after_a_change_of_the_key_the_chain_holds_with_the_old_one_beside_it(section, settings):
    settings.AUDIT_KEY, settings.AUDIT_KEY_FALLBACKS = "a new key of its own " * 3, []
    assert whole()  # SECRET_KEY, from which it was made before, is still there
    change(section, "x")
    assert whole()
    old, settings.SECRET_KEY = settings.SECRET_KEY, "another secret " * 4
    assert not whole()
    settings.SECRET_KEY_FALLBACKS = [old]
    assert whole()


def test_the_bytes_of_a_row_are_written_out_here(section):
    """So that they stay the same, on both databases and in later versions."""
    at = datetime(2026, 3, 8, 12, 0, 0, 120, tzinfo=timezone(timedelta(hours=1)))
    entry = Entry(pk=7, at=at, source="web", request="r", did="changed", kind="a.b", row="1")
    entry.label, entry.old, entry.new = "É", {"b": True, "a": None}, {"b": 1.5, "a": "ﬁ"}
    record = record_of(entry)
    assert record.facts.decode() == (
        '{"at":"2026-03-08T11:00:00.000120+00:00","by_id":null,"did":"changed","id":7,"kind":"a.b",'
        '"of_case_study_id":null,"organisation_id":null,"request":"r","review_id":null,"row":"1",'
        '"source":"web","written_in":""}'
    )
    assert record.values.decode() == (
        '{"case_study":"","label":"É","new":{"a":"ﬁ","b":1.5},"old":{"a":null,"b":true}}'
    )
    assert canonical(datetime(2026, 1, 1, tzinfo=UTC)) == b'"2026-01-01T00:00:00.000000+00:00"'


def test_erasing_a_person_leaves_the_chain_whole():
    with transaction.atomic():
        cast = make_cast(services=1)
        cast.score(cast.member, 1, 3, 2, 1, 0)
    name = erase_person(user=User.objects.get(pk=cast.member.pk))
    assert name == "Former panel member 1"
    chain.flush(connection)
    assert whole()
    assert "Mona" not in str(list(Link.objects.values())) + str(
        list(Entry.objects.values("old", "new", "label"))
    )


def test_a_publication_prints_the_head_and_is_in_the_chain_with_its_files(client):
    with transaction.atomic():
        cast = make_cast(services=3)
    before = chain.head_text()
    with transaction.atomic():
        whole_record(cast)
    publication = Publication.objects.get()
    assert publication.audit_head == before
    rows = Link.objects.exclude(kind="trail.entry").values_list("kind", "row")
    assert set(rows) == {
        ("scoring.publication", publication.pk),
        *(("scoring.publicationfile", pk) for pk in publication.files.values_list("pk", flat=True)),
    }
    page = client.get(publication.get_absolute_url()).content.decode()
    assert f"Audit log: {before}" in page
    assert whole()


def test_rows_from_before_are_its_start_and_a_chain_that_was_deleted_is_not_begun_anew(section):
    with triggers.lifted(connection):
        Link.objects.all()._raw_delete("default")
        Head.objects.all()._raw_delete("default")
    chain.start(connection, is_new=False)
    assert Head.objects.count() == 0
    assert [each.what for each in verify().problems] == ["The audit log has no chain: run migrate."]
    chain.start(connection, is_new=True)  # as its migration does, once
    assert whole()
    assert Link.objects.count() == Entry.objects.count()


def said(*arguments: str) -> str:
    out = StringIO()
    call_command("verify_audit", *arguments, stdout=out)
    return out.getvalue()


def test_the_command_says_that_all_is_whole_and_names_the_row_that_is_not(section):
    head = chain.head_text()
    assert said("--head", head) == f"The chain is whole: {Link.objects.count()} links.\nAudit log: {head}\n"
    entry = change(section, "x")
    with triggers.lifted(connection):
        Entry.objects.filter(pk=entry.pk).update(source="somebody else")
    link = Link.objects.latest("position").position
    with pytest.raises(CommandError) as refused:
        said()
    assert str(refused.value) == (
        f"trail.entry {entry.pk}: The row or the order was changed: link {link} of the chain does not fit."
    )


def test_a_head_that_is_not_ours_is_said(section):
    for head in ("nonsense", "1:2", f"5:{'0' * 64}:{'0' * 64}"):
        with pytest.raises(CommandError, match="not readable"):
            said("--head", head)


@pytest.mark.sqlite
def test_a_command_chains_what_it_stored_before_it_ends(tmp_path):
    environment = {
        **os.environ,
        "DATA_DIR": str(tmp_path),
        "EDS_DEMO": "1",
        "DJANGO_SETTINGS_MODULE": "edsportal.settings",
    }
    environment.pop("DATABASE_URL", None)
    code = "from edsportal.accounts.models import User; User.objects.create_user(email='a@example.org', name='A')"

    def run(*arguments: str) -> str:
        command = [sys.executable, "manage.py", *arguments]
        return subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout

    run("migrate", "-v0")
    run("shell", "-v0", "-c", code)
    assert "The chain is whole: 1 links." in run("verify_audit")
