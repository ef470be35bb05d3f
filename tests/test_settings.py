"""The settings as a server reads them: each test starts the portal's own settings in a process of its own."""

import ast
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command

from edsportal.env import flag, number
from edsportal.settings import S3_OPTIONS

ROOT = Path(__file__).resolve().parent.parent
pytestmark = [pytest.mark.either, pytest.mark.slow]
SERVER = {
    "SECRET_KEY": "k7" * 30 + "-Zq_",
    "ALLOWED_HOSTS": "eds.example.nhs.uk",
    "SITE_ADDRESS": "https://eds.example.nhs.uk",
    "EMAIL_HOST": "mail.example.nhs.uk",
    "DEFAULT_FROM_EMAIL": "eds@example.nhs.uk",
    "DATA_DIR": "/nowhere/edsportal",
    "BACKUP_DIR": "/nowhere/backups",
}


def python(*arguments: str, **environment: str) -> subprocess.CompletedProcess:
    """Runs Python in the project with PATH and `environment` alone as its environment."""
    known = {"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "edsportal.settings"}
    command = [sys.executable, *arguments]
    return subprocess.run(
        command, cwd=ROOT, env=known | environment, capture_output=True, text=True, check=False
    )


def setting(expression: str, **environment: str):
    """The value of a Python expression about `settings`, as JSON knows it."""
    script = f"import json; from django.conf import settings; print(json.dumps({expression}))"
    result = python("-c", script, **environment)
    assert result.returncode == 0, result.stderr
    return json.loads(result.stdout)


def test_a_server_needs_a_secret_key_and_is_told_how_to_make_one():
    result = python("manage.py", "check")
    assert result.returncode != 0
    assert "Set SECRET_KEY to a long random text that only this server knows" in result.stderr


@pytest.mark.parametrize(
    "secret", ["short", "only-for-development-" + "x" * 50, "django-insecure-" + "a1" * 30]
)
def test_a_server_takes_no_secret_key_that_others_know(secret):
    result = python("manage.py", "check", **SERVER | {"SECRET_KEY": secret})
    assert result.returncode != 0
    assert "The SECRET_KEY is too short, or one that others know. Set SECRET_KEY to a long" in result.stderr


def test_a_server_has_nothing_to_mend_before_it_is_deployed():
    result = python("manage.py", "check", "--deploy", "--fail-level", "WARNING", **SERVER)
    assert (result.returncode, result.stdout) == (0, "System check identified no issues (0 silenced).\n"), (
        result.stderr
    )


def test_a_server_prints_no_e_mail():
    """Without a mail server sending fails; a link for a new password never reaches the log."""
    without = SERVER | {"EMAIL_HOST": ""}
    assert setting("settings.EMAIL_BACKEND", **without).endswith(".smtp.EmailBackend")
    assert setting("settings.EMAIL_BACKEND", EDS_DEMO="1").endswith(".console.EmailBackend")
    served = python("-c", "import edsportal.wsgi", **without)
    assert served.returncode != 0
    assert "Set EMAIL_HOST to your mail server." in served.stderr
    checked = python("manage.py", "check", "--deploy", **without)
    assert checked.returncode != 0
    assert "edsportal.E001" in checked.stderr


@pytest.mark.parametrize("environment", [{"EDS_DEMO": "1"}, {"DEBUG": "1"}])
def test_the_demo_and_development_need_no_settings(environment):
    assert setting("settings.ALLOWED_HOSTS", **environment) == ["localhost", "127.0.0.1", "[::1]"]


def test_a_server_answers_only_to_the_names_it_is_given():
    secret = SERVER["SECRET_KEY"]
    assert setting("settings.ALLOWED_HOSTS", SECRET_KEY=secret) == []
    assert setting("settings.ALLOWED_HOSTS", SECRET_KEY=secret, ALLOWED_HOSTS="a.uk, b.uk") == [
        "a.uk",
        "b.uk",
    ]


def test_sqlite_keeps_what_it_acknowledged(tmp_path):
    script = (
        "import django, json; django.setup(); from django.db import connection as c; k = c.cursor(); "
        "print(json.dumps([k.execute(f'PRAGMA {name}').fetchone()[0] for name in "
        "('journal_mode', 'synchronous', 'foreign_keys', 'busy_timeout')]), c.transaction_mode)"
    )
    result = python("-c", script, **SERVER | {"DATA_DIR": str(tmp_path)})
    full = 2
    assert result.stdout == f'["wal", {full}, 1, 30000] IMMEDIATE\n', result.stderr
    assert (tmp_path / "edsportal.sqlite3").exists()


def test_database_url_selects_postgresql():
    database = setting(
        "settings.DATABASES['default']", DATABASE_URL="postgresql://eds@db:5433/portal", **SERVER
    )
    chosen = {name: database[name] for name in ("ENGINE", "HOST", "PORT", "NAME", "USER")}
    assert chosen == {
        "ENGINE": "django.db.backends.postgresql",
        "HOST": "db",
        "PORT": 5433,
        "NAME": "portal",
        "USER": "eds",
    }
    assert "OPTIONS" not in database


@pytest.mark.both
def test_this_run_tests_the_database_that_it_names(django_db_setup, settings):
    engine = "postgresql" if os.environ.get("DATABASE_URL") else "sqlite3"
    assert settings.DATABASES["default"]["ENGINE"] == f"django.db.backends.{engine}"


@pytest.mark.parametrize(
    ("word", "value"), [("1", True), ("Yes", True), ("off", False), (" 0 ", False), ("", True)]
)
def test_a_flag_is_on_or_off(monkeypatch, word, value):
    monkeypatch.setenv("BEHIND_PROXY", word)
    assert flag("BEHIND_PROXY", default=True) is value


def test_a_flag_that_is_neither_says_what_to_do(monkeypatch):
    monkeypatch.setenv("BEHIND_PROXY", "maybe")
    with pytest.raises(ImproperlyConfigured, match=re.escape("Set BEHIND_PROXY to 1 or 0. It is 'maybe'.")):
        flag("BEHIND_PROXY")


def test_static_files_get_hashed_names_down_to_the_images_of_the_style_sheet(tmp_path):
    result = python("manage.py", "collectstatic", "--no-input", STATIC_ROOT=str(tmp_path), **SERVER)
    assert result.returncode == 0, result.stderr
    (css,) = tmp_path.glob("vendor/nhsuk/nhsuk-frontend.min.????????????.css")
    images = set(re.findall(r"url\(\"?([^)\"]*)\"?\)", css.read_text(encoding="utf-8")))
    assert len(images) > 3
    for image in images:
        assert re.search(r"\.[0-9a-f]{12}\.svg$", image)
        assert (css.parent / image).is_file()


@pytest.mark.django_db
def test_every_change_of_a_model_has_its_migration(capsys):
    call_command("makemigrations", check=True, dry_run=True)
    assert capsys.readouterr().out == "No changes detected\n"


READERS = {
    "flag",
    "text",
    "number",
    "listed",
    "get",
    "getenv",
    "setdefault",
}  # of edsportal/env.py, and of os.environ


def names_read() -> list[str]:
    """Every setting that the code reads from the environment."""
    found = ["DATABASE_URL", *S3_OPTIONS.values()]  # the first by dj_database_url.config
    apps = ("edsportal", "casestudies", "scoring", "deploy")
    for file in (file for app in apps for file in [*ROOT.glob("*.py"), *ROOT.glob(f"{app}/**/*.py")]):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            function, first = node.func, node.args[0]
            name = function.id if isinstance(function, ast.Name) else getattr(function, "attr", "")
            of_environment = isinstance(function, ast.Name) or "environ" in ast.unparse(function)
            if name in READERS and of_environment and isinstance(first, ast.Constant):
                found.append(first.value)
    return [name for name in found if name.isupper() and name != "DJANGO_SETTINGS_MODULE"]


def test_the_table_lists_each_setting_once_and_no_other():
    lines = (ROOT / "docs/settings.md").read_text(encoding="utf-8").splitlines()
    listed = [line.split("`")[1] for line in lines if re.match(r"\| `[A-Z]", line)]
    assert len(set(listed)) == len(listed)
    assert sorted(listed) == sorted(set(names_read()))


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        (
            "SESSION_IDLE_MINUTES",
            "soon",
            "Set SESSION_IDLE_MINUTES to a whole number, 5 or more. It is 'soon'.",
        ),
        ("SESSION_IDLE_MINUTES", "1", "Set SESSION_IDLE_MINUTES to a whole number, 5 or more. It is '1'."),
        ("EMAIL_PORT", "-1", "Set EMAIL_PORT to a whole number, 1 or more. It is '-1'."),
    ],
)
def test_a_number_that_is_none_says_what_to_do(monkeypatch, name, value, words):
    monkeypatch.setenv(name, value)
    with pytest.raises(ImproperlyConfigured, match=re.escape(words)):
        number(name, 30, least=1 if name == "EMAIL_PORT" else 5)


def test_a_server_keeps_cookies_and_pages_to_itself():
    wanted = {
        "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_SECURE": True,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "CSRF_COOKIE_SAMESITE": "Lax",
        "SECURE_HSTS_SECONDS": 31_536_000,
        "SECURE_HSTS_INCLUDE_SUBDOMAINS": True,
        "SECURE_SSL_REDIRECT": True,
        "SECURE_CONTENT_TYPE_NOSNIFF": True,
        "X_FRAME_OPTIONS": "DENY",
        "SECOND_STEP_REQUIRED": True,
        "MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN": False,
        "ALLAUTH_TRUSTED_PROXY_COUNT": 0,
    }
    names = sorted(wanted)
    got = setting(f"{{name: getattr(settings, name) for name in {names!r}}}", **SERVER)
    assert got == wanted


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/account/login/", "/reports/", "/no-such-page/", "/reports/results.csv"])
def test_every_answer_has_its_headers(client, path):
    headers = client.get(path).headers
    policy = headers["Content-Security-Policy"]
    for part in ("default-src 'self'", "object-src 'none'", "frame-ancestors 'none'", "base-uri 'self'"):
        assert part in policy.split("; ")
    assert "unsafe" not in policy
    assert "*" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    is_open_data = path.endswith(".csv")  # which any site may read
    assert headers["Cross-Origin-Resource-Policy"] == ("cross-origin" if is_open_data else "same-origin")
    assert "camera=()" in headers["Permissions-Policy"].split(", ")


def test_pages_of_signed_in_people_are_kept_by_no_shared_cache(client, cast):
    client.force_login(cast.member)
    kept = client.get("/my-work/").headers["Cache-Control"].split(", ")
    assert {"private", "no-cache"} <= set(kept)


def test_a_server_stretches_passwords():
    first = setting("settings.PASSWORD_HASHERS[0]", **SERVER)
    assert first == "django.contrib.auth.hashers.PBKDF2PasswordHasher"
    rounds = "from django.contrib.auth.hashers import PBKDF2PasswordHasher as P; print(P.iterations)"
    assert int(python("-c", rounds, **SERVER).stdout) >= 600_000
