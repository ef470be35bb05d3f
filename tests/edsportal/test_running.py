"""Running the portal: settings are read and never run, commands use the service's, and a day's tasks."""

import json
import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core import mail
from django.core.exceptions import ImproperlyConfigured
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.utils import timezone

from casestudies.models import EvidenceFile
from edsportal import deploy_checks
from edsportal.accounts.models import User
from edsportal.management.commands import daily
from tools.with_settings import Unreadable, settings_in

ROOT = Path(__file__).resolve().parents[2]
SHOW = "import json, os, sys; json.dump(dict(os.environ), sys.stdout)"


def with_settings(path: Path, *command: str, **environment: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, ROOT / "tools/with_settings.py", path, *command],
        env={"PATH": os.environ["PATH"]} | environment,
        cwd=path.parent,
        capture_output=True,
        text=True,
        check=False,
    )


def shown(path: Path, **environment: str) -> dict[str, str]:
    done = with_settings(path, sys.executable, "-c", SHOW, **environment)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.either
@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("A=b", "b"),
        ("A=", ""),
        ("A=b c # d", "b c # d"),
        ("  A=b  ", "b"),
        ("A='b $c \\ \"d\"'", 'b $c \\ "d"'),
        ('A="b c"', "b c"),
        ("A=postgresql://u:p@h/db?a=1&b=2", "postgresql://u:p@h/db?a=1&b=2"),
        ("A=$(touch ran)`touch ran`;touch ran", "$(touch ran)`touch ran`;touch ran"),
        ("A=b\r", "b"),
        ("A=first\nA=second", "second"),
    ],
)
def test_a_value_is_what_stands_there(line, value):
    assert settings_in(f"# comment\n; comment\n\n{line}\n") == {"A": value}


@pytest.mark.either
@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("A", "Line 1 is no setting"),
        ("\nexport A=b", "Line 2 is no setting"),
        ("A =b", "Line 1 is no setting"),
        ("1A=b", "Line 1 is no setting"),
        ("A=b\\", "Line 1 has a backslash"),
        ('A="b\\n"', "Line 1 has a backslash"),
        ("A='b", "the quotes must go around the whole value"),
        ("A='b' c", "the quotes must go around the whole value"),
        ("A='b'c'", "the quotes must go around the whole value"),
        ('A="', "the quotes must go around the whole value"),
    ],
)
def test_a_line_that_others_might_read_in_another_way_is_refused(text, words):
    with pytest.raises(Unreadable, match=words):
        settings_in(text)


@pytest.mark.either
def test_a_file_of_settings_is_read_and_never_run(tmp_path):
    path = tmp_path / "portal.env"
    path.write_text(
        "A=$(touch ran)\nDATABASE_URL=postgresql://u@h/db?sslmode=require&connect_timeout=3\nDATA_DIR=/of/the/service\n",
        encoding="utf-8",
    )
    values = shown(path, DATA_DIR="/of/the/shell", EDS_DEMO="1", LANG="C.UTF-8")
    assert values["DATABASE_URL"] == "postgresql://u@h/db?sslmode=require&connect_timeout=3"
    assert (values["A"], values["DATA_DIR"]) == ("$(touch ran)", "/of/the/service")
    assert "EDS_DEMO" not in values  # nothing but the file's settings reaches the command
    assert values["LANG"] == "C.UTF-8"
    assert not (tmp_path / "ran").exists()


@pytest.mark.either
def test_a_file_that_is_wrong_runs_nothing(tmp_path):
    path = tmp_path / "portal.env"
    path.write_text("A=b\nnonsense\n", encoding="utf-8")
    done = with_settings(path, sys.executable, "-c", "print('ran')")
    assert (done.returncode, done.stdout) == (1, "")
    assert "Line 2 is no setting" in done.stderr


@pytest.mark.either
def test_commands_by_hand_have_the_files_of_the_service(tmp_path):
    """The units name no DATA_DIR of their own: it stands in the file that the service and deploy/manage read."""
    for unit in (ROOT / "deploy").glob("*.service"):
        text = unit.read_text(encoding="utf-8")
        assert "EnvironmentFile=/etc/edsportal.env" in text
        assert "DATA_DIR" not in text
    path = tmp_path / "portal.env"
    path.write_text(f"DATA_DIR={tmp_path}/files\nDEBUG=1\n", encoding="utf-8")
    done = subprocess.run(
        [
            ROOT / "deploy/manage",
            "shell",
            "-v0",
            "-c",
            "from django.conf import settings; print(settings.DATA_DIR)",
        ],
        env={
            "PATH": os.environ["PATH"],
            "EDSPORTAL_SETTINGS": str(path),
            "EDSPORTAL_ACCOUNT": "root",
            "DATA_DIR": "/of/the/shell",
        },
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
    )
    assert (done.returncode, done.stdout) == (0, f"{tmp_path}/files\n"), done.stderr


@pytest.mark.either
@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another account")
def test_commands_run_as_the_account_of_the_service(tmp_path):
    path = tmp_path / "portal.env"
    path.write_text("A=b\n", encoding="utf-8")
    tmp_path.chmod(0o755)
    done = with_settings(path, "--as", "nobody", "sh", "-c", "id -u; id -G; echo ${HOME-none}", HOME="/root")
    assert (done.returncode, done.stdout.split()) == (0, ["65534", "65534", "none"]), done.stderr
    unknown = with_settings(path, "--as", "no-such-account", "true")
    assert unknown.returncode == 1
    assert "There is no account no-such-account" in unknown.stderr


@pytest.mark.either
def test_install_sources_nothing():
    script = (ROOT / "dev").read_text(encoding="utf-8")
    assert '. "$1"' not in script
    assert "source " not in script


# E-mail on a server.


@pytest.mark.either
@pytest.mark.parametrize(
    ("name", "value", "found"),
    [
        ("EMAIL_HOST", "", "edsportal.E001"),
        ("DEFAULT_FROM_EMAIL", "eds-portal@localhost", "edsportal.W002"),
        ("SITE_ADDRESS", "", "edsportal.W003"),
        ("SITE_ADDRESS", "http://eds.example.nhs.uk", "edsportal.W003"),
        ("DATA_DIR_IS_SET", False, "edsportal.W004"),
        ("DATA_DIR", Path("data"), "edsportal.W004"),
        ("BACKUP_DIR", "", "edsportal.W005"),
    ],
)
def test_the_check_before_serving_notices(settings, name, value, found):
    good = {
        "DEBUG": False,
        "DEMO": False,
        "EMAIL_HOST": "mail.example.nhs.uk",
        "DEFAULT_FROM_EMAIL": "eds@example.nhs.uk",
        "SITE_ADDRESS": "https://eds.example.nhs.uk",
        "DATA_DIR_IS_SET": True,
        "DATA_DIR": Path("/var/lib/edsportal"),
        "BACKUP_DIR": "/var/lib/edsportal-backups",
    }
    for each, given in good.items():
        setattr(settings, each, given)
    assert deploy_checks.settings_of_a_server(None) == []
    setattr(settings, name, value)
    assert [message.id for message in deploy_checks.settings_of_a_server(None)] == [found]
    settings.DEMO = True
    assert deploy_checks.settings_of_a_server(None) == []


@pytest.mark.either
def test_a_server_without_a_mail_server_serves_nobody(settings):
    settings.DEBUG, settings.DEMO, settings.EMAIL_HOST = False, False, ""
    with pytest.raises(ImproperlyConfigured, match="Set EMAIL_HOST"):
        deploy_checks.require_mail_server()
    settings.DEMO = True
    deploy_checks.require_mail_server()


# What happens once a day.


def run_daily(**options) -> str:
    out = StringIO()
    call_command("daily", stdout=out, stderr=out, **options)
    return out.getvalue()


@pytest.fixture
def backups(settings, tmp_path) -> Path:
    settings.BACKUP_DIR = str(tmp_path / "backups")
    settings.SITE_ADDRESS = "https://eds.example.nhs.uk"
    return tmp_path / "backups"


@pytest.mark.django_db
def test_a_day_makes_a_backup_and_cleans_up(cast, backups, settings):
    guest = User.objects.create_guest(name="Greta", until=timezone.now() - timedelta(days=181))
    storage = EvidenceFile.storage()
    storage.save("left-over", ContentFile(b"x"))
    backups.mkdir()
    kept, old, other = (
        backups / name for name in ("2026-01-02T053000.zip", "2026-01-01T053000.zip", "mine.zip")
    )
    for path, days in ((kept, 34), (old, 36), (other, 400)):
        path.touch()
        then = (timezone.now() - timedelta(days=days)).timestamp()
        os.utime(path, (then, then))
    run_daily()
    guest.refresh_from_db()
    assert guest.erased_at
    (made,) = set(backups.iterdir()) - {kept, other}
    assert made.stat().st_size > 1000
    assert made.stat().st_mode & 0o077 == 0


@pytest.mark.django_db
def test_one_task_that_fails_stops_no_other_and_the_command_fails(cast, backups, settings):
    guest = User.objects.create_guest(name="Greta", until=timezone.now() - timedelta(days=181))
    settings.SITE_ADDRESS = ""
    with pytest.raises(CommandError, match=r"^Failed: send_reminders\."):
        run_daily()
    guest.refresh_from_db()
    assert guest.erased_at
    assert len(list(backups.iterdir())) == 1
    assert mail.outbox == []


@pytest.mark.django_db
def test_earlier_backups_stay_where_todays_lacks_files(cast, backups, monkeypatch):
    backups.mkdir()
    old = backups / "2026-01-01T053000.zip"
    old.touch()
    os.utime(old, (0, 0))

    def fail(*args, **options):
        raise CommandError("files are missing")

    real = daily.call_command
    monkeypatch.setattr(
        daily, "call_command", lambda name, *a, **k: fail() if name == "backup" else real(name, *a, **k)
    )
    with pytest.raises(CommandError, match=r"^Failed: backup\."):
        run_daily()
    assert old.exists()


@pytest.mark.either
def test_it_asks_where_backups_go(settings):
    settings.BACKUP_DIR = ""
    with pytest.raises(CommandError, match="Set BACKUP_DIR"):
        run_daily()


@pytest.mark.django_db
def test_an_organisation_may_make_its_own_backups(cast, settings):
    settings.BACKUP_DIR, settings.SITE_ADDRESS = "none", "https://eds.example.nhs.uk"
    assert "BACKUP_DIR is none." in run_daily()


@pytest.mark.either
@pytest.mark.parametrize(
    ("now", "hours"),
    [
        (datetime(2026, 1, 10, 5, 0, tzinfo=UTC), 0.5),
        (datetime(2026, 1, 10, 5, 30, tzinfo=UTC), 24),
        (datetime(2026, 7, 10, 5, 0, tzinfo=UTC), 23.5),  # 06:00 in summer
        (datetime(2026, 3, 28, 12, 0, tzinfo=UTC), 16.5),  # the night in which the clock goes forward
        (datetime(2026, 10, 24, 12, 0, tzinfo=UTC), 17.5),  # and back
    ],
)
def test_the_next_time_is_by_the_clock_on_the_wall(now, hours):
    assert daily.seconds_until(5, 30, now) == hours * 3600


@pytest.mark.either
def test_each_way_to_run_it_has_a_timer():
    timer = (ROOT / "deploy/edsportal-daily.service").read_text(encoding="utf-8")
    assert "manage.py daily\n" in timer
    compose = (ROOT / "compose.yaml").read_text(encoding="utf-8")
    assert 'command: [python, manage.py, daily, --at, "05:30"]' in compose
    assert "deploy/manage daily" in (ROOT / "docs/running.md").read_text(encoding="utf-8")
    assert set(daily.TASKS) == {
        "backup",
        "start_successions",
        "send_emails",
        "send_reminders",
        "retention",
        "clean_evidence",
        "clear_uploads",
    }
