"""The log: one line of JSON for each event, with the request's id and without anything that tells who somebody is.

Addresses hold names, links that open accounts, and numbers of people, so a line names the page (its route), never the
address. Of an error it tells the kind and the place, never the message: a database's message quotes what was typed.
Who did what is in the audit log, which has the same request id.
"""

import json
import logging
import re
import time
import traceback
import uuid
from contextvars import ContextVar
from datetime import UTC, datetime
from http.client import responses

from django.conf import settings

logger = logging.getLogger("edsportal.request")
GIVEN_ID = re.compile(r"[A-Za-z0-9-]{8,64}")
E_MAIL = re.compile(r"[^\s@<>\"'(),:;]+@[^\s@<>\"'(),:;]+")
BY_DJANGO = ("django.request", "django.security", "django.server")  # their messages quote addresses
FRAMES = 12  # the last places of an error that a line tells
_request_id: ContextVar[str] = ContextVar("edsportal-request-id", default="")


class RequestMiddleware:
    """Gives each request an id (a trusted proxy's own, if it sends one), answers with it, and logs one line."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        given = request.headers.get("X-Request-ID", "") if settings.BEHIND_PROXY else ""
        request.id = given if GIVEN_ID.fullmatch(given) else uuid.uuid4().hex
        token, started = _request_id.set(request.id), time.perf_counter()
        try:
            response = self.get_response(request)
            seconds = time.perf_counter() - started
            response.headers["X-Request-ID"] = request.id
            self._log(request, response, seconds)
        finally:
            _request_id.reset(token)
        return response

    def _log(self, request, response, seconds: float) -> None:
        route = route_of(request)
        if route.startswith("health/"):
            return
        answer = {"method": method_of(request), "route": route, "status": response.status_code}
        logger.info("answered", extra={"answer": answer | {"milliseconds": round(seconds * 1000)}})


def route_of(request) -> str:
    """The pattern of the page’s address, as "reviews/<slug:organisation>/"; "" where there is no such page."""
    match = getattr(request, "resolver_match", None)
    return match.route if match else ""


def method_of(request) -> str:
    """GET, POST and so on; a made-up method is "other"."""
    known = ("GET", "POST", "HEAD", "OPTIONS", "PUT", "PATCH", "DELETE", "TRACE")
    return request.method if request.method in known else "other"


class JsonFormatter(logging.Formatter):
    """One line of JSON for each record."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": message_of(record),
            "request": _request_id.get() or getattr(getattr(record, "request", None), "id", ""),
        }
        line |= getattr(record, "answer", {})
        if record.exc_info and record.exc_info[1] is not None:
            line |= error_of(record.exc_info[1])
        return json.dumps(line, ensure_ascii=False)


def message_of(record: logging.LogRecord) -> str:
    if not record.name.startswith(BY_DJANGO):
        return E_MAIL.sub("(e-mail address)", record.getMessage())
    status = getattr(record, "status_code", None)
    return f"{responses.get(status, '')} {status}".strip() if status else str(record.msg).split("%")[0]


def error_of(error: BaseException) -> dict:
    """The kind of an error and where it happened, with the errors from which it came."""
    kinds, seen = [], error
    while seen is not None and len(kinds) < 5:
        kinds.append(f"{type(seen).__module__}.{type(seen).__qualname__}")
        seen = seen.__cause__ or seen.__context__
    frames = traceback.extract_tb(error.__traceback__)[-FRAMES:]
    places = [f"{_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames]
    return {"error": kinds, "where": places}


def _short(path: str) -> str:
    """A file's path without the folder of the project or of the packages."""
    return path.rpartition("/site-packages/")[2].removeprefix(f"{settings.BASE_DIR}/")


def configuration(*, as_json: bool, level: str) -> dict:
    """Django's LOGGING: all on standard error, where the service manager or the container's engine collects it."""
    formatter = "json" if as_json else "text"
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "json": {"()": "edsportal.monitoring.logs.JsonFormatter"},
            "text": {"format": "{levelname} {name}: {message}", "style": "{"},
        },
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": formatter}},
        "root": {"handlers": ["console"], "level": level},
        "loggers": {
            "django": {"handlers": [], "level": level, "propagate": True},
            "django.server": {"handlers": ["console"], "level": level, "propagate": False},
            "edsportal.request": {"level": "INFO" if as_json else "WARNING"},
            **{  # they tell each font and each step of a PDF
                name: {"level": "ERROR"} for name in ("fontTools", "weasyprint", "pikepdf", "PIL")
            },
        },
    }
