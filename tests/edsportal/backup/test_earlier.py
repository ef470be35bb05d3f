"""A backup of an earlier version is restored into its own tables, which are then migrated with the rows in them."""

import hashlib
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from uuid import UUID

import pytest
from django.apps import apps
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from casestudies.models import CaseStudy, Domain, EvidenceFile, Framework, Organisation
from edsportal.accounts.models import User
from edsportal.audit import triggers
from edsportal.audit.models import Entry
from edsportal.backup import archive, earlier, rows
from edsportal.backup.taking import applied
from scoring.models import Score, SearchText
from tests.edsportal.backup.portals import clear, manifest_with, rewritten, run_restore

pytestmark = pytest.mark.slow

# Before casestudies.0015_tested_domains, which marks a domain of EDS 2022 and of every copy of it.
OUR_TARGETS = [
    ("accounts", "0004_erased_at"),
    ("casestudies", "0014_evidence_files"),
    ("scoring", "0014_search"),
    ("trail", "0001_trail"),
]
MOMENT = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
STORED, DATA = "39a00339c2834b179998d99d64f0342a", b"%PDF leaflet" * 1000
FILE = f"files/casestudies.EvidenceFile.stored/{STORED}"
ROWS = {
    "accounts.User": [{"id": 501, "email": "lead@example.org", "password": "!", "name": "Sam"}],
    "casestudies.Organisation": [{"id": 601, "name": "Ambleford Trust", "slug": "ambleford-trust"}],
    "casestudies.Framework": [
        {"id": 41, "name": "EDS 2022", "status": "in_use"},
        {"id": 42, "name": "Our EDS", "status": "draft", "origin_id": 41},
        {"id": 43, "name": "EDS2", "status": "retired"},
    ],
    "casestudies.Domain": [
        {"id": 70 + 3 * at + number, "framework_id": 41 + at, "number": number, "title": "T"}
        | {"aggregation": "sum"}
        for at in range(3)
        for number in (1, 2, 3)
    ],
    "casestudies.OutcomeArea": [
        {"id": 91, "domain_id": 71, "position": 1, "code": "1A", "statement": "Patients have access"}
    ],
    "casestudies.Review": [{"id": 701, "organisation_id": 601, "framework_id": 41, "year": "2025-26"}],
    "casestudies.CaseStudy": [
        {"id": 801, "review_id": 701, "number": 1, "domain_id": 71, "title": "Maternity"}
    ],
    "casestudies.CaseStudy_authors": [{"id": 31, "casestudy_id": 801, "user_id": 501}],
    "casestudies.Version": [
        {"id": 811, "case_study_id": 801, "number": 1, "made_at": MOMENT}
        | {"content": {"sections": [{"heading": "Access", "body": "Interpreters are booked"}]}}
    ],
    "casestudies.EvidenceFile": [
        {"id": UUID(STORED), "case_study_id": 801, "stored": STORED, "name": "leaflet.pdf", "kind": "pdf"}
        | {"size": len(DATA), "sha256": hashlib.sha256(DATA).hexdigest(), "added_at": MOMENT}
    ],
    "scoring.PanelMember": [{"id": 821, "review_id": 701, "user_id": 501, "name": "Amina"}],
    "scoring.Score": [
        {"id": 831, "member_id": 821, "version_id": 811, "outcome_area_id": 91, "value": 2}
        | {"rationale": "Booked in time", "submitted_at": MOMENT, "submitted_by_id": 501}
    ],
    "trail.Entry": [{"id": 2001, "at": MOMENT, "did": "added", "kind": "Review", "row": "701"}],
    "contenttypes.ContentType": [{"id": 9001, "app_label": "scoring", "model": "score"}],
    "auth.Permission": [{"id": 9101, "content_type_id": 9001, "codename": "add_score", "name": "Can add"}],
}


def earlier_migrations() -> set[tuple[str, str]]:
    graph = MigrationLoader(None).graph
    ours = {app for app, _ in OUR_TARGETS}
    targets = OUR_TARGETS + [node for node in graph.leaf_nodes() if node[0] not in ours]
    return {each for target in targets for each in graph.forwards_plan(target) if each[0] not in ours} | {
        each for target in OUR_TARGETS for each in graph.forwards_plan(target)
    }


def write(path: Path, migrations: set[tuple[str, str]]) -> Path:
    """A backup of the rows above, as the version with these migrations wrote it."""
    registry = earlier.models_at(migrations)
    manifest = archive.Manifest(made_at=MOMENT.isoformat(), migrations=sorted(map(list, migrations)))
    with archive.writing(path, manifest) as writer:
        for label, model in rows.by_label(registry).items():
            if label not in rows.NOT_IN_BACKUPS:
                lines = [rows.line(model(**values)) for values in ROWS.get(label, ())]
                with writer.part(f"rows/{label}.jsonl", rows=len(lines)) as write_part:
                    write_part(b"".join(lines))
        with writer.part(FILE) as write_part:
            write_part(DATA)
    return path


@pytest.fixture
def backup(transactional_db, tmp_path) -> Iterator[Path]:
    storage = EvidenceFile._meta.get_field("stored").storage
    clear(storage)
    yield write(tmp_path / "earlier.zip", earlier_migrations())
    clear(storage)


STRUCTURE = {
    "sqlite": "SELECT name, tbl_name, sql FROM sqlite_master",
    "postgresql": """
        SELECT table_name, column_name, concat_ws(' ', data_type, is_nullable, column_default, identity_generation)
        FROM information_schema.columns WHERE table_schema = current_schema()
        UNION SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = current_schema()
        UNION SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
            WHERE connamespace = current_schema()::regnamespace
        UNION SELECT tgrelid::regclass::text, tgname, pg_get_functiondef(tgfoid) FROM pg_trigger
            WHERE NOT tgisinternal
    """,
}


def structure() -> set[tuple]:
    """Every table, index, constraint and trigger, with its definition."""
    with connection.cursor() as cursor:
        cursor.execute(STRUCTURE[connection.vendor])
        return set(cursor.fetchall())


def test_an_earlier_backup_is_restored_and_its_rows_are_migrated(backup, tmp_path):
    """One restore for all that is looked at, as it takes most of a minute."""
    before = structure()
    text = run_restore(backup)
    assert structure() == before
    data_migrations_ran(text)
    rows_and_files_are_there(tmp_path / "again.zip")
    records_are_frozen_and_numbers_go_on()


def data_migrations_ran(text: str) -> None:
    assert {
        (domain.framework_id, domain.number) for domain in Domain.objects.filter(tested_by_third_parties=True)
    } == {(41, 3), (42, 3)}
    assert Domain.objects.count() == 9
    assert "Building the tables as they were when the backup was made" in text
    assert "scoring.Score: 1 rows" in text
    assert "Running the migration casestudies.0015_tested_domains" in text
    assert {tuple(each) for each in applied()} == earlier.known_migrations()


def rows_and_files_are_there(again: Path) -> None:
    """And in the next backup, which is made at this path."""
    score = Score.objects.get()
    assert (score.pk, score.value, score.rationale, score.submitted_at) == (831, 2, "Booked in time", MOMENT)
    assert score.member.user == User.objects.get()
    assert [author.name for author in CaseStudy.objects.get().authors.all()] == ["Sam"]
    assert list(Framework.objects.order_by("pk").values_list("pk", "origin")) == [
        (41, None),
        (42, 41),
        (43, None),
    ]
    assert list(Entry.objects.values_list("pk", "row")) == [(2001, "701")]
    with EvidenceFile.objects.get().stored.open() as file:
        assert file.read() == DATA
    assert [piece.text for piece in SearchText.objects.filter(case_study=801)] == ["Interpreters are booked"]
    call_command("migrate", check_unapplied=True, verbosity=0)
    call_command("backup", str(again), verbosity=0)
    with archive.reading(again) as (source, manifest):
        archive.check(source, manifest)
        assert {tuple(each) for each in manifest.migrations} == earlier.known_migrations()
        assert source.read(FILE) == DATA


def records_are_frozen_and_numbers_go_on() -> None:
    assert triggers.missing(connection) == []
    with pytest.raises(IntegrityError, match="are a record"), transaction.atomic():
        Score.objects.all().delete()
    assert Organisation.objects.create(name="Next Trust", slug="next-trust").pk > 601
    assert Entry.objects.latest("pk").pk > 2001
    assert ContentType.objects.get(app_label="scoring", model="score").pk == 9001
    assert Permission.objects.get(codename="add_score", content_type=9001).pk == 9101
    kinds = set(ContentType.objects.values_list("app_label", "model"))
    assert {(model._meta.app_label, model._meta.model_name) for model in apps.get_models()} <= kinds


def test_a_migration_that_fails_on_the_rows_leaves_nothing(backup, monkeypatch):
    before = structure(), list(Framework.objects.values())

    def fail(apps, schema_editor):
        assert apps.get_model("scoring", "Score").objects.count() == 1
        raise ValueError("these rows can't be changed")

    migration = import_module("casestudies.migrations.0015_tested_domains").Migration
    monkeypatch.setattr(migration.operations[1], "code", fail)
    with pytest.raises(ValueError, match="these rows"):
        run_restore(backup)
    assert (structure(), list(Framework.objects.values())) == before
    assert {tuple(each) for each in applied()} == earlier.known_migrations()
    assert not User.objects.exists()
    assert not EvidenceFile._meta.get_field("stored").storage.exists(STORED)


def refusal(path: Path) -> str:
    before = structure()
    with pytest.raises(CommandError) as refused:
        run_restore(path)
    assert structure() == before
    assert not User.objects.exists()
    return str(refused.value)


def test_migrations_that_this_version_does_not_know_are_refused(backup):
    listed = [*map(list, earlier_migrations()), ["scoring", "9999_later"]]
    assert "made by a newer portal than this one" in refusal(
        rewritten(backup, manifest_with(migrations=listed))
    )


@pytest.mark.parametrize(
    "left_out",
    [("casestudies", "0002_editions_and_groups"), ("trail", "0001_trail")],
    ids=["needed", "table"],
)
def test_migrations_that_do_not_fit_the_tables_are_refused(backup, left_out):
    listed = sorted(map(list, earlier_migrations() - {left_out}))
    text = refusal(rewritten(backup, manifest_with(migrations=listed)))
    assert "its tables are not those of its migrations" in text


def test_a_table_that_is_missing_from_an_earlier_backup_is_noticed(backup):
    part = "rows/scoring.Score.jsonl"

    def change(name: str, data: bytes) -> bytes | None:
        if name == archive.MANIFEST:
            values = json.loads(data)
            del values["parts"][part]
            return json.dumps(values).encode()
        return None if name == part else data

    assert "its tables are not those of its migrations" in refusal(rewritten(backup, change))


def test_tables_that_are_not_migrated_are_refused(backup):
    MigrationRecorder(connection).record_unapplied("casestudies", "0016_change_about")
    assert "The tables here are not those of this version" in refusal(backup)


@pytest.mark.either
def test_every_migration_can_run_inside_the_transaction_of_a_restore():
    nodes = MigrationLoader(None).graph.nodes
    assert [node for node, migration in nodes.items() if not migration.atomic] == []
