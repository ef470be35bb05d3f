"""People who save all the time, and what must be in the database afterwards.

Each member writes the same number into all four reasons of a case study with every save. So a save that was kept in
half shows: its numbers differ; and one that was acknowledged and lost shows: the number is lower than the last answer.
"""

import contextlib
import http.client
import itertools
import json
import threading
import time
import urllib.parse
from collections.abc import Callable
from dataclasses import dataclass, field

CODES = ("1A", "1B", "1C", "1D")
TOKEN = "a" * 32


@dataclass
class Member:
    """One member at one page. `acknowledged` is the last number for which the portal said that it is saved."""

    cookie: str
    acknowledged: int = 0
    tried: int = 0
    began: int = 0  # what it had tried before this load
    saves: int = 0
    revision: int = 0
    statuses: dict[int, int] = field(default_factory=dict)  # how often which answer; 0 stands for none
    pages: list[str] = field(default_factory=list)  # what somebody was shown whose save failed
    answered_at: list[float] = field(default_factory=list)


class Load:
    """Members who save at `ports`, the next port whenever one does not answer, until `stop`."""

    def __init__(self, known: dict, ports: list[int], padding: int = 20):
        self.known, self.ports, self.padding = known, ports, padding
        *cookies, last = known["cookies"]
        self.members = [Member(cookie) for cookie in cookies]
        self.hasty = Member(last)  # who never waits for an answer
        self.address = f"/reviews/{known['slug']}/{known['year']}/case-studies/1/score/"
        self._stopped = threading.Event()
        self._threads = [threading.Thread(target=self._run, args=(member,)) for member in self.members]

    def __enter__(self) -> "Load":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *args) -> None:
        self._stopped.set()
        for thread in self._threads:
            thread.join()

    def run_for(self, seconds: float) -> None:
        """So long, and until everybody has saved, which takes longer on a busy machine."""
        time.sleep(seconds)
        self.until_all_saved()

    def until_all_saved(self, limit: float = 600) -> float:
        """Seconds from now until every member's next save is acknowledged."""
        started, before = time.monotonic(), [member.saves for member in self.members]
        while any(member.saves <= count for member, count in zip(self.members, before, strict=True)):
            if time.monotonic() - started > limit:
                raise TimeoutError(f"Not everybody could save again: {self.told()}")
            time.sleep(0.02)
        return time.monotonic() - started

    def until_refused(self, squeeze: Callable[[], object] = lambda: None, limit: float = 600) -> None:
        """Do `squeeze` again and again until as many saves were refused as there are members."""
        started, before = time.monotonic(), self.told().get(503, 0)
        while self.told().get(503, 0) < before + len(self.members):
            if time.monotonic() - started > limit:
                raise TimeoutError(f"Saves went on: {self.told()}")
            squeeze()
            time.sleep(0.1)

    def hang_up(self, port: int) -> None:
        """Send a save and hang up before it is answered."""
        self.hasty.tried += 1
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=600)
        connection.request("POST", self.address, self._form(self.hasty), self._headers(self.hasty))
        connection.close()

    def _run(self, member: Member) -> None:
        place = 0
        while not self._stopped.is_set():
            status = self._save(member, self.ports[place % len(self.ports)])
            member.statuses[status] = member.statuses.get(status, 0) + 1
            if status != 200:
                place += 1
                self._stopped.wait(0.05)

    def _save(self, member: Member, port: int) -> int:
        member.tried += 1
        body, headers = self._form(member), self._headers(member)
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=600)
        with contextlib.closing(connection):
            try:
                connection.request("POST", self.address, body, headers)
                answer = connection.getresponse()
                text = answer.read().decode()
            except (OSError, http.client.HTTPException):
                return 0
        if answer.status == 200:
            member.revision = json.loads(text)["revision"]
            member.acknowledged = member.tried
            member.saves += 1
            member.answered_at.append(time.monotonic())
        elif len(member.pages) < 20:
            member.pages.append(f"{answer.status} {text}")
        return answer.status

    def _headers(self, member: Member) -> dict[str, str]:
        return {
            "Content-Type": "application/x-www-form-urlencoded",
            "Accept": "application/json",
            "Cookie": f"sessionid={member.cookie}; csrftoken={TOKEN}",
            "X-CSRFToken": TOKEN,
        }

    def _form(self, member: Member) -> str:
        filling = f" {'x' * self.padding}"
        fields = {"revision": member.revision, "version": self.known["version"], "page": "f" * 16}
        for code in CODES:
            fields |= {f"score_{code}": "2", f"rationale_{code}": f"{member.tried}{filling}"}
        return urllib.parse.urlencode(fields)

    def told(self) -> dict[int, int]:
        """How often the portal gave which answer; 0 stands for no answer."""
        found: dict[int, int] = {}
        for member in self.members:
            for status, count in list(member.statuses.items()):
                found[status] = found.get(status, 0) + count
        return found

    def longest_wait(self) -> float:
        """The longest time in seconds for which nobody's save was acknowledged."""
        times = sorted(moment for member in self.members for moment in member.answered_at)
        return max((later - earlier for earlier, later in itertools.pairwise(times)), default=0)


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What a trial found. `lost` acknowledged saves are not there; of `half` only a part is."""

    acknowledged: int
    refused: int
    lost: int
    half: int


def outcome(load: Load, stored: list[list[str]]) -> Outcome:
    """Compare what was acknowledged with the reasons that are stored, a list of four for each member."""
    lost = half = 0
    for member, reasons in zip([*load.members, load.hasty], stored, strict=True):
        numbers = {int(reason.split()[0]) for reason in reasons if reason}
        half += len(reasons) not in (0, len(CODES)) or len(numbers) > 1
        lost += max(numbers, default=0) < member.acknowledged
    saves = sum(member.saves for member in load.members)
    return Outcome(
        acknowledged=saves,
        refused=sum(member.tried - member.began for member in load.members) - saves,
        lost=lost,
        half=half,
    )
