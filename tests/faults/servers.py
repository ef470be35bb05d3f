"""The servers of a trial: copies of the portal and a PostgreSQL, each in a process of its own that only we end."""

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

from tools.with_postgres import programs

ROOT = Path(__file__).resolve().parents[2]
STARTS = 600  # seconds that a busy machine may take to start something


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def environment(folder: Path, database: str = "") -> dict[str, str]:
    """The settings of a portal with its files in the folder; without `database` on SQLite there."""
    left = ("DJANGO_SETTINGS_MODULE", "DATABASE_URL", "SECRET_KEY", "DEBUG")
    own = {name: value for name, value in os.environ.items() if name not in left}
    own |= {"EDS_DEMO": "1", "DATA_DIR": str(folder), "ALLOWED_HOSTS": "127.0.0.1", "LOG_LEVEL": "ERROR"}
    own |= {"DJANGO_SETTINGS_MODULE": "edsportal.settings", "WEB_WORKERS": "1"}
    return own | ({"DATABASE_URL": database} if database else {})


def prepare(own: dict[str, str], members: int) -> dict:
    command = [sys.executable, "-m", "tests.faults.prepare", str(members)]
    done = subprocess.run(command, cwd=ROOT, env=own, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return json.loads(done.stdout.splitlines()[-1])


class Copy:
    """One copy of the portal, served as deploy/gunicorn.conf.py says, on a port of its own."""

    def __init__(self, own: dict[str, str], log: Path):
        self.port = free_port()
        self.own = own | {"BIND": f"127.0.0.1:{self.port}"}
        self.log = log
        self.process: subprocess.Popen | None = None

    @property
    def site(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        command = [sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py", "edsportal.wsgi"]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                command, cwd=ROOT, env=self.own, stdout=log, stderr=log, start_new_session=True
            )
        wait_for(self.is_ready, "the portal", self.log)

    def is_ready(self) -> bool:
        with contextlib.suppress(OSError), urllib.request.urlopen(f"{self.site}/health/ready/", timeout=5):
            return True
        return False

    def kill(self) -> None:
        """End it at once with all its processes, as a power cut would: nothing is finished or tidied."""
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None


class Postgres:
    """A PostgreSQL that keeps what it acknowledged, on a socket in its folder and no network port.

    `wal` puts its log elsewhere than its data, so that the data's disk can be full while the log's is not.
    """

    def __init__(self, folder: Path, data: Path | None = None, wal: Path | None = None):
        self.bin, self.user = programs(folder)
        self.home = folder / "run"
        self.home.mkdir()
        self.data = (data or self.home) / "data"
        for place in filter(None, (self.home, data, wal)):
            if self.user:
                os.chown(place, self.user["user"], self.user["group"])
        more = ["--waldir", str(wal / "wal")] if wal else []
        self._call("initdb", "--username=eds", "--auth=trust", "--encoding=UTF8", "--wal-segsize=1", *more)

    @property
    def address(self) -> str:
        return f"postgresql://eds@{quote(str(self.home), safe='')}/postgres"

    def _call(self, program: str, *arguments: str) -> None:
        command = [self.bin / program, "-D", self.data, *arguments]
        own = {**os.environ, "LC_ALL": "C.UTF-8"}
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=own, cwd="/", **self.user)

    def start(self) -> None:
        options = f"-c listen_addresses='' -k {self.home} -c shared_buffers=16MB"
        self._call("pg_ctl", "start", "-w", "-l", str(self.home / "log"), "-o", options)

    def stop(self, how: str = "immediate") -> None:
        """ "immediate" is a crash: nothing is written out; "fast" is how it is restarted."""
        with contextlib.suppress(subprocess.CalledProcessError):
            self._call("pg_ctl", "stop", "-w", "-m", how)


def wait_for(is_so, what: str, log: Path | None = None) -> float:
    """Seconds until `is_so()`. Raises TimeoutError with the end of the log."""
    started = time.monotonic()
    while not is_so():
        if time.monotonic() - started > STARTS:
            raise TimeoutError(f"{what} did not start. {log.read_text()[-3000:] if log else ''}")
        time.sleep(0.05)
    return time.monotonic() - started


@contextlib.contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[Path]:
    """A file system of so many megabytes at the folder. Raises PermissionError where this account may mount none."""
    folder.mkdir(exist_ok=True)
    command = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "edsportal-trial", str(folder)]
    if not shutil.which("mount") or subprocess.run(command, capture_output=True, check=False).returncode:
        raise PermissionError("this account may not mount a small file system")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def fill(folder: Path) -> Path:
    """Fill the file system of the folder with a file of ours, which grows when there is room again."""
    ballast = folder / "ballast"
    with ballast.open("ab", buffering=0) as stream, contextlib.suppress(OSError):
        while room := shutil.disk_usage(folder).free:
            stream.write(b"\0" * min(room, 65536))
    return ballast
