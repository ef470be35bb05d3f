"""A hundred phones at once in a workshop: they join, follow, score, submit and ask what is new.

    python -m tests.load.workshop [--phones 100]                            SQLite
    python tools/with_postgres.py python -m tests.load.workshop             PostgreSQL

It serves the portal itself, as `./dev run` does, on a free port of this machine, with a database of its own that is
gone afterwards; it speaks to nothing else and ends only the server that it started. It prints how long each request
took and ends with status 1 if any failed or any score is missing.
"""

import argparse
import contextlib
import http.cookiejar
import json
import os
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CODES = ("1A", "1B", "1C", "1D")
POLLS = 5


class Phone:
    """One visitor with cookies of its own. `seconds` collects how long each kind of request took."""

    def __init__(self, number: int, site: str, seconds: dict[str, list[float]]):
        self.number, self.site, self.seconds = number, site, seconds
        jar = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self.opener = urllib.request.build_opener(jar)

    def ask(self, step: str, address: str, data: dict | None = None) -> tuple[str, str]:
        """The page's text and the address at which one ended. Raises urllib.error.HTTPError and OSError."""
        body = urllib.parse.urlencode(data).encode() if data is not None else None
        started = time.monotonic()
        with self.opener.open(urllib.parse.urljoin(self.site, address), body, timeout=600) as answer:
            text, ended_at = answer.read().decode(), answer.geturl()
        self.seconds[step].append(time.monotonic() - started)
        return text, ended_at

    def join(self, code: str) -> str:
        """Join and give the address of the page that follows the workshop."""
        page, _ = self.ask("open the joining page", f"/join/{code}/")
        data = hidden(page) | {"code": code, "kind": "person", "interest": "carer", "agrees": "on"}
        _, ended_at = self.ask("join", f"/join/{code}/", data | {"name": f"Person {self.number}"})
        if not ended_at.endswith("/workshop/now/"):
            raise OSError(f"Joining ended at {ended_at}")
        return ended_at

    def score(self, address: str) -> None:
        page, _ = self.ask("open the scoring page", address)
        answers = {f"score_{code}": str(self.number % 4) for code in CODES}
        answers |= {f"rationale_{code}": f"Reason {self.number} for {code}" for code in CODES}
        page, ended_at = self.ask("check the answers", address, hidden(page) | answers | {"check": "yes"})
        if not ended_at.endswith("/check/"):
            raise OSError(f"Checking ended at {ended_at}")
        _, ended_at = self.ask("submit", f"{address}submit/", hidden(page))
        if not ended_at.endswith("/workshop/now/"):
            raise OSError(f"Submitting ended at {ended_at}")

    def poll(self, now: str) -> str:
        """Ask what is scored now, a few times; gives the address where it is scored."""
        for _ in range(POLLS):
            state = json.loads(self.ask("ask what is new", f"{now}state/")[0])
        return state["address"]


def hidden(page: str) -> dict[str, str]:
    """The hidden fields of a page's forms."""
    found = {}
    for tag in re.findall(r"<input[^>]*type=\"hidden\"[^>]*>", page):
        name = re.search(r'name="([^"]*)"', tag)
        value = re.search(r'value="([^"]*)"', tag)
        if name:
            found[name[1]] = value[1] if value else ""
    return found


@contextlib.contextmanager
def own_database() -> Iterator[None]:
    """Points DATABASE_URL and DATA_DIR at an empty database, which is removed afterwards."""
    with tempfile.TemporaryDirectory(prefix="edsportal-load-") as folder:
        os.environ["DATA_DIR"] = folder
        address = os.environ.get("DATABASE_URL", "")
        if not address:
            yield
            return
        import psycopg
        from psycopg import sql

        name = f"load_{os.getpid()}"
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
            os.environ["DATABASE_URL"] = address.rsplit("/", 1)[0] + f"/{name}"
            try:
                yield
            finally:
                os.environ["DATABASE_URL"] = address
                connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@contextlib.contextmanager
def server() -> Iterator[str]:
    """Serves the portal as `./dev run` does; yields its address, and ends it afterwards."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", "--workers", "2"]
    command += ["--threads", "4", "--log-level", "warning", "edsportal.wsgi"]
    process = subprocess.Popen(command, cwd=ROOT)
    try:
        site = f"http://127.0.0.1:{port}"
        for _ in range(100):
            with contextlib.suppress(OSError), urllib.request.urlopen(f"{site}/health/", timeout=5):
                break
            time.sleep(0.1)
        yield site
    finally:
        process.terminate()
        process.wait(timeout=30)


def prepare() -> tuple[str, object]:
    """A review that is being scored and an open workshop for it: its code, and the workshop."""
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    from scoring.workshops.actions import move_on
    from tests.cast import make_cast, open_a_workshop

    cast = make_cast(services=1)
    workshop = open_a_workshop(cast)
    move_on(workshop=workshop, case_study=cast.case_studies[0])
    return workshop.code, workshop


def phones_at_once(count: int, site: str, code: str) -> tuple[dict[str, list[float]], list[str]]:
    """Let so many phones go through a workshop together: seconds by kind of request, and what failed."""
    seconds: dict[str, list[float]] = defaultdict(list)
    failures: list[str] = []
    start = threading.Barrier(count)

    def one(number: int) -> None:
        phone = Phone(number, site, seconds)
        start.wait()
        try:
            now = phone.join(code)
            phone.score(phone.poll(now))
            phone.poll(now)
        except (OSError, ValueError, KeyError) as error:
            failures.append(f"Person {number}: {error!r}")

    threads = [threading.Thread(target=one, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return seconds, failures


def stored(workshop) -> tuple[int, int]:
    """How many people joined, and how many scores they submitted."""
    from django.db import connection

    from scoring.models import Score

    found = workshop.joinings.count(), Score.objects.filter(member__joining__workshop=workshop).count()
    connection.close()
    return found


def report(seconds: dict[str, list[float]], whole: float) -> None:
    print(f"{'':24}{'requests':>10}{'median ms':>12}{'95 of 100':>12}{'longest':>12}")
    for step, times in seconds.items():
        ordered = sorted(times)
        high = ordered[max(int(len(ordered) * 0.95) - 1, 0)]
        figures = (statistics.median(ordered), high, ordered[-1])
        print(f"{step:24}{len(times):>10}" + "".join(f"{1000 * each:>12.0f}" for each in figures))
    requests = sum(len(times) for times in seconds.values())
    print(f"{requests} requests in {whole:.1f} s: {requests / whole:.0f} a second")


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--phones", type=int, default=100, choices=range(1, 151), metavar="1 to 150")
    count = parser.parse_args(arguments).phones
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "edsportal.settings",
        "EDS_DEMO": "1",
        "ALLOWED_HOSTS": "127.0.0.1",
    }
    with own_database():
        code, workshop = prepare()
        started = time.monotonic()
        with server() as site:
            seconds, failures = phones_at_once(count, site, code)
            whole = time.monotonic() - started
        people, scores = stored(workshop)
    report(seconds, whole)
    print(f"{count} phones: {people} joined, {scores} scores stored, {len(failures)} failures")
    print(*failures[:10], sep="\n", end="")
    return int(bool(failures) or (people, scores) != (count, 4 * count))


if __name__ == "__main__":
    sys.exit(main())
