"""Who acts now: the person of the web request, or the command that runs and the machine account it runs under."""

import getpass
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ODD = re.compile(r"[^\w .:()/@-]")  # what has no place in a statement's text
LONGEST = 100


@dataclass(frozen=True, kw_only=True)
class Actor:
    """`by` is a user's number, or None: then `source` says what acted. `request` is the request's id in the log, and
    `written_in` the token of the transaction (edsportal/audit/chain/)."""

    by: int | None = None
    source: str = ""
    request: str = ""
    written_in: str = ""

    def as_text(self) -> str:
        return f"{self.by or ''}|{self.request}|{self.source}|{self.written_in}"


_now: ContextVar[Callable[[], Actor] | None] = ContextVar("edsportal-actor", default=None)


def current() -> Actor:
    find = _now.get()
    return find() if find else Actor(source=_command())


@contextmanager
def acting(find: Callable[[], Actor]) -> Iterator[None]:
    """Within it, whoever `find` gives when something is written is the one who acts."""
    token = _now.set(find)
    try:
        yield
    finally:
        _now.reset(token)


@cache
def _command() -> str:
    """For example "manage.py import_report (deploy)": the command and the machine's account."""
    program, *arguments = sys.argv or [""]
    words = [Path(program).name]
    if words == ["manage.py"]:
        words += arguments[:1]
    try:
        account = getpass.getuser()
    except (KeyError, OSError):
        account = "unknown"
    return ODD.sub("", f"{' '.join(words)} ({account})")[:LONGEST]


class ActorMiddleware:
    """Whoever is signed in acts, and what they did is chained before they are answered.

    It stands after the middleware that finds `request.user`.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        def find() -> Actor:
            return Actor(by=request.user.pk, source="web", request=getattr(request, "id", ""))

        from edsportal.audit import chain  # which needs the models

        with acting(find):
            response = self.get_response(request)
        chain.flush_all()
        return response
