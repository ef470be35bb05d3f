"""The files in deploy/, the Dockerfile and compose.yaml, as far as can be seen without the servers they are for."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.either
SERVER = {
    "SECRET_KEY": "k7" * 30 + "-Zq_",
    "ALLOWED_HOSTS": "eds.example.nhs.uk",
    "SITE_ADDRESS": "https://eds.example.nhs.uk",
    "EMAIL_HOST": "mail.example.nhs.uk",
    "DEFAULT_FROM_EMAIL": "eds@example.nhs.uk",
    "DATA_DIR": "/nowhere/edsportal",
    "BACKUP_DIR": "/nowhere/backups",
}


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.server
def test_nginx_takes_its_configuration(tmp_path):
    nginx, openssl = "/usr/sbin/nginx", "/usr/bin/openssl"
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    command = [openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=eds.example.nhs.uk"]
    subprocess.run([*command, "-keyout", key, "-out", certificate], check=True, capture_output=True)
    site = text("deploy/nginx.conf")
    site = re.sub(r"ssl_certificate_key .*;", f"ssl_certificate_key {key};", site)
    site = re.sub(r"ssl_certificate .*;", f"ssl_certificate {certificate};", site)
    site = site.replace("listen 80;", "listen 127.0.0.1:1080;").replace("listen 443", "listen 127.0.0.1:1443")
    whole = tmp_path / "nginx.conf"
    whole.write_text(f"pid {tmp_path}/pid; error_log stderr; events {{}} http {{ {site} }}", encoding="utf-8")
    done = subprocess.run([nginx, "-t", "-c", whole], capture_output=True, text=True, check=False)
    assert (done.returncode, "test is successful" in done.stderr) == (0, True), done.stderr


def test_gunicorn_takes_its_configuration():
    command = [sys.executable, "-m", "gunicorn", "--check-config", "--config", "deploy/gunicorn.conf.py"]
    done = subprocess.run(
        [*command, "edsportal.wsgi"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "edsportal.settings", **SERVER},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_image_holds_all_that_serving_needs_and_runs_without_rights():
    lines = text("Dockerfile").replace("\\\n", " ").splitlines()
    copied = [words.split()[1:-1] for words in lines if words.startswith("COPY ") and "--from" not in words]
    let_in = [line[1:] for line in text(".dockerignore").splitlines() if line.startswith("!")]
    for name in {name for names in copied for name in names}:
        assert (ROOT / name).exists(), name
        assert any(name == allowed or name.startswith(f"{allowed}/") for allowed in let_in), name
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"tests", "tools"}
    assert packages > {"eds", "reports"}
    assert packages | {"templates", "static", "docs", "manage.py"} <= {
        name for names in copied for name in names
    }
    users = [line.split()[1] for line in lines if line.startswith("USER ")]
    assert users[-1:] == ["eds"]
    assert not [line for line in lines if re.match(r"(ENV|ARG) .*SECRET", line)]


def test_what_the_image_copies_is_enough_to_start(tmp_path):
    lines = text("Dockerfile").splitlines()
    copied = [line.split()[1:] for line in lines if line.startswith("COPY ") and "--from" not in line]
    for *names, target in copied[2:]:
        for name in names:
            there = tmp_path / (target if target != "./" else name)
            there.parent.mkdir(exist_ok=True)
            (shutil.copytree if (ROOT / name).is_dir() else shutil.copy)(ROOT / name, there)
    (tmp_path / "vendor").symlink_to(ROOT / "vendor")
    environment = {"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "edsportal.settings", **SERVER}
    for command in (["manage.py", "check"], ["-c", "import edsportal.wsgi, edsportal.urls"]):
        done = subprocess.run(
            [sys.executable, *command],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr


def test_the_image_installs_the_same_libraries_as_dev():
    named = set(re.findall(r"lib(?:pango|harfbuzz)[\w.-]+", text("dev")))
    assert named
    assert named <= set(re.findall(r"lib(?:pango|harfbuzz)[\w.-]+", text("Dockerfile")))


def test_containers_can_write_nowhere_but_where_they_must():
    compose = text("compose.yaml")
    for line in ("read_only: true", "tmpfs: [/tmp]", "cap_drop: [ALL]", "no-new-privileges:true"):
        assert line in compose
    assert "127.0.0.1:8000:8000" in compose


def test_settings_that_the_example_names_are_read():
    names = re.findall(r"^([A-Z_]+)=", text("deploy/example.env"), re.MULTILINE)
    sources = text("docs/settings.md") + text("compose.yaml")
    assert [name for name in names if name not in sources] == []
