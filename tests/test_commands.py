"""What `./dev`, `.ci/run` and the scripts in tools/ do, seen from outside."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from itertools import pairwise
from pathlib import Path

import pytest

from tools import vendor

ROOT = Path(__file__).resolve().parent.parent
pytestmark = [pytest.mark.either, pytest.mark.slow]
SHARED_OUT = "-n 3 --dist loadgroup"
SYSTEM = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"}
STAND_IN = """#!/bin/sh
case "$1" in -c | -e) exit 0 ;; esac
[ "$1" = tools/with_postgres.py ] && shift && export DATABASE_URL=theirs && exec "$@"
echo "${EDS_DEMO:+demo on }${DATABASE_URL:-sqlite} $(basename "$0") $*" >>calls
case "$*" in *pytest*) exit "${PYTEST_STATUS:-0}" ;; esac
"""


def call(*command: str | Path, cwd: Path = ROOT, **environment: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        command, cwd=cwd, env=SYSTEM | environment, capture_output=True, text=True, check=False
    )


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    """A copy of `dev` and the files it compares, without anything installed."""
    for name in ("dev", "requirements.lock", "requirements-test.lock", "package-lock.json"):
        shutil.copy(ROOT / name, tmp_path)
    shutil.copytree(ROOT / "tools", tmp_path / "tools")
    return tmp_path


@pytest.fixture
def stand_ins(elsewhere: Path) -> Path:
    """`elsewhere` with programs that only write into the file `calls` how they were called."""
    programs = elsewhere / ".venv/bin"
    programs.mkdir(parents=True)
    for name in ("python", "python3", "pip", "npm", "node"):
        (programs / name).write_text(STAND_IN, encoding="utf-8")
        (programs / name).chmod(0o755)
    for name in ("node_modules", "vendor", ".chromium"):
        (elsewhere / name).mkdir()
    return elsewhere


def calls(folder: Path) -> list[str]:
    """What the stand-ins wrote since the last time."""
    lines = (folder / "calls").read_text(encoding="utf-8").splitlines()
    (folder / "calls").unlink()
    return lines


def test_dev_alone_prints_its_commands():
    result = call("./dev")
    assert (result.returncode, result.stderr) == (0, "")
    assert re.findall(r"^\./dev (\w+)", result.stdout, re.MULTILINE) == [
        "run",
        "test",
        "test",
        "test",
        "test",
        "check",
        "manage",
        "install",
        "sbom",
        "lock",
    ]


def test_an_unknown_command_prints_them_too_and_fails():
    result = call("./dev", "serve")
    assert (result.returncode, result.stdout, result.stderr) == (2, "", call("./dev").stdout)


@pytest.mark.parametrize("address", ["8000", ":8000", "127.0.0.1:", "localhost"])
def test_run_says_what_an_address_looks_like(elsewhere, address):
    result = call("./dev", "run", address, cwd=elsewhere)
    assert result.returncode == 1
    assert result.stderr == "Say where to listen as ADDRESS:PORT, for example 127.0.0.1:8000.\n"


def test_somebody_who_may_not_install_is_told_the_one_line(elsewhere):
    bin_folder = elsewhere / "bin"
    bin_folder.mkdir()
    for name, script in {
        "id": "echo 1000",
        "python3": 'case "$2" in *version*) ;; *) exit 1 ;; esac',
    }.items():
        (bin_folder / name).write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        (bin_folder / name).chmod(0o755)
    result = call("./dev", "run", cwd=elsewhere, PATH=f"{bin_folder}:{SYSTEM['PATH']}")
    assert result.returncode == 1
    packages = "python3-venv libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
    assert result.stderr.splitlines() == [
        "Please run this line, then ./dev again:",
        f"  sudo apt-get update && sudo apt-get install -y --no-install-recommends {packages}",
    ]
    assert not (elsewhere / ".venv").exists()


def test_what_was_set_up_is_not_set_up_again(stand_ins):
    assert call("./dev", "manage", "check", cwd=stand_ins).returncode == 0
    assert calls(stand_ins) == [
        "sqlite python -m pip install --quiet --require-hashes -r requirements.lock",
        "sqlite npm ci --loglevel=error --omit=dev",
        "sqlite python tools/vendor.py",
        "demo on sqlite python manage.py check",
    ]
    again = call("./dev", "manage", "check", cwd=stand_ins)
    assert (again.returncode, again.stdout, again.stderr) == (0, "", "")
    assert calls(stand_ins) == ["demo on sqlite python manage.py check"]


def test_manage_is_about_somebodys_own_portal_where_there_is_a_secret_key(stand_ins):
    assert call("./dev", "manage", "check", cwd=stand_ins, SECRET_KEY="theirs").returncode == 0
    assert calls(stand_ins)[-1] == "sqlite python manage.py check"


def test_a_changed_lock_is_installed(stand_ins):
    call("./dev", "manage", "check", cwd=stand_ins)
    calls(stand_ins)
    with (stand_ins / "requirements.lock").open("a", encoding="utf-8") as lock:
        lock.write("# changed\n")
    call("./dev", "manage", "check", cwd=stand_ins)
    assert calls(stand_ins) == [
        "sqlite python -m pip install --quiet --require-hashes -r requirements.lock",
        "demo on sqlite python manage.py check",
    ]


def test_run_after_test_keeps_what_tests_need(stand_ins):
    call("./dev", "test", cwd=stand_ins)
    calls(stand_ins)
    assert call("./dev", "run", cwd=stand_ins).returncode == 0
    assert [line for line in calls(stand_ins) if "npm" in line] == []


@pytest.mark.parametrize(
    ("address", "shown"),
    [("eds.local:81", "eds.local:81"), ("0.0.0.0:81", "localhost:81"), ("[::]:81", "localhost:81")],
)
def test_run_serves_the_demo_and_says_where(stand_ins, address, shown):
    result = call("./dev", "run", address, cwd=stand_ins)
    assert (result.returncode, result.stderr.splitlines()[-1]) == (
        0,
        f"==> Serving on http://{shown}/ (Ctrl-C stops it)",
    )
    *_, migrate, demo, serve = calls(stand_ins)
    assert (migrate, demo) == (
        "demo on sqlite python manage.py migrate -v0",
        "demo on sqlite python manage.py demo",
    )
    assert serve.startswith(f"demo on sqlite python -m gunicorn --bind {address} --workers 2 --threads 4 ")


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (
            [],
            [f"sqlite python -m pytest {SHARED_OUT}", f"theirs python -m pytest {SHARED_OUT}"],
        ),
        (
            ["tests/scoring", "-k", "a b"],
            ["sqlite python -m pytest tests/scoring -k a b", "theirs python -m pytest tests/scoring -k a b"],
        ),
        (["--sqlite"], [f"sqlite python -m pytest {SHARED_OUT}"]),
        (["--fast"], [f"sqlite python -m pytest {SHARED_OUT} --fast"]),
        (["--postgres", "-x"], ["theirs python -m pytest -x"]),
    ],
)
def test_tests_run_on_both_databases_unless_one_is_named(stand_ins, arguments, expected):
    assert call("./dev", "test", *arguments, cwd=stand_ins, DATABASE_URL="ours").returncode == 0
    assert [line for line in calls(stand_ins) if "pytest" in line] == expected


@pytest.mark.parametrize(("status", "databases"), [("1", ["sqlite"]), ("5", ["sqlite", "theirs"])])
def test_failing_tests_and_no_tests_are_failures(stand_ins, status, databases):
    """Tests that were asked for may all be meant for one of the databases: only none on either is a failure."""
    result = call("./dev", "test", cwd=stand_ins, PYTEST_STATUS=status)
    assert result.returncode == int(status)
    assert [line.split()[0] for line in calls(stand_ins) if "pytest" in line] == databases


def test_servers_for_tests_come_from_apt(stand_ins):
    """Here the only one who may not install them is told what to."""
    (stand_ins / ".venv/bin/id").write_text("#!/bin/sh\necho 1000\n", encoding="utf-8")
    (stand_ins / ".venv/bin/id").chmod(0o755)
    result = call("./dev", "test", "--servers", cwd=stand_ins)
    lines = [line for line in calls(stand_ins) if "pytest" in line]
    if result.returncode == 0:  # they are installed here
        assert lines == ["sqlite python -m pytest --servers"]
    else:
        assert "apt-get install -y --no-install-recommends" in result.stderr
        assert lines == []


def test_continuous_integration_demands_the_real_report(tmp_path):
    (tmp_path / "project/.ci").mkdir(parents=True)
    shutil.copy(ROOT / ".ci/run", tmp_path / "project/.ci")
    (tmp_path / "project/dev").write_text('#!/bin/sh\necho "$@" >>calls\n', encoding="utf-8")
    (tmp_path / "project/dev").chmod(0o755)
    without = call(tmp_path / "project/.ci/run")
    assert without.returncode == 1
    assert without.stderr.startswith("The real 2024 report is missing: put the folder ../shared/seeds beside")
    (tmp_path / "shared/seeds").mkdir(parents=True)
    (tmp_path / "shared/seeds/000_report.txt").touch()
    assert call(tmp_path / "project/.ci/run").returncode == 0
    assert calls(tmp_path / "project") == ["check", "test", "test --servers"]


def test_locks_name_no_registry():
    for path in [*ROOT.glob("*.lock"), ROOT / "package-lock.json", ROOT / ".npmrc"]:
        text = path.read_text(encoding="utf-8")
        text = re.sub(r'"funding": \{[^}]*\}|"funding": \[[^]]*\]', "", text)
        assert re.findall(r"https?://\S+|--\S*index\S*|registry *=|.resolved.:", text) == [], path.name


def pins(name: str) -> dict[str, str]:
    """The packages of a lock file with version and marker; each of them must carry a hash."""
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    found = {}
    for line, following in pairwise(lines):
        if line[:1].isalnum():
            package, version = line.removesuffix("\\").strip().split("==", 1)
            assert following.strip().startswith("--hash=sha256:"), line
            found[re.sub(r"\[.*\]", "", package)] = version
    return found


def test_tests_run_with_the_packages_that_the_portal_runs_with():
    run, test = pins("requirements.lock"), pins("requirements-test.lock")
    assert run["django"].startswith("5.2.")
    assert {name: test.get(name) for name in run} == run


@pytest.mark.parametrize("name", ["requirements", "requirements-test", "requirements-node"])
def test_locks_hold_what_was_asked_for(name):
    lines = (ROOT / f"{name}.in").read_text(encoding="utf-8").splitlines()
    asked = {match[0] for line in lines if (match := re.match(r"[a-z][\w-]*", line))}
    assert asked - set(pins(f"{name}.lock")) == set()


def test_with_postgres_serves_one_command_and_leaves_nothing():
    script = (
        "import os, psycopg; server = psycopg.connect(os.environ['DATABASE_URL']); "
        "print(server.info.server_version); raise SystemExit(7)"
    )
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)  # PostgreSQL runs as another user when this is root
        command = [sys.executable, "tools/with_postgres.py", sys.executable, "-c", script]
        result = call(*command, TMPDIR=folder)
        assert list(Path(folder).iterdir()) == []
    assert (result.returncode, result.stderr) == (7, "")
    assert int(result.stdout) >= 180_000


def test_with_postgres_keeps_a_database_that_is_named():
    show = [sys.executable, "-c", "import os; print(os.environ['DATABASE_URL'])"]
    result = call(sys.executable, "tools/with_postgres.py", *show, DATABASE_URL="postgresql://db/eds")
    assert (result.returncode, result.stdout, result.stderr) == (0, "postgresql://db/eds\n", "")


def test_the_style_sheet_loads_nothing_from_elsewhere():
    css = (
        "@font-face{font-family:F;src:url(https://assets.nhs.uk/fonts/F.woff2)}p{color:red}"
        "a{background:url(/assets/images/x.svg)}\n/*# sourceMappingURL=a.css.map */\n"
    )
    assert vendor.css_for_our_server(css) == "p{color:red}a{background:url(assets/images/x.svg)}\n\n"


@pytest.mark.parametrize("address", ["https://elsewhere.example/x.svg", "/images/x.svg"])
def test_an_address_that_nobody_serves_stops_the_copy(address):
    with pytest.raises(ValueError, match=re.escape(address)):
        vendor.css_for_our_server(f"a{{background:url({address})}}")


def test_what_was_copied_is_whole():
    css = (ROOT / "vendor/nhsuk/nhsuk-frontend.min.css").read_text(encoding="utf-8")
    images = set(re.findall(r"url\((assets/[^)]*)\)", css))
    assert len(images) > 3
    assert [image for image in images if not (ROOT / "vendor/nhsuk" / image).is_file()] == []
    assert len(list((ROOT / "vendor/fonts").glob("*.woff2"))) == 8
    assert os.access(ROOT / "dev", os.X_OK)
    assert os.access(ROOT / ".ci/run", os.X_OK)
