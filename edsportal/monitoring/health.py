"""Whether the portal is alive, and whether it is ready for people."""

import time

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, InterfaceError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import JsonResponse
from django.views.decorators.cache import never_cache

from edsportal.audit import triggers
from edsportal.audit.triggers import ownership

LASTS = 60  # seconds for which a process that found all in place does not look again
_found_whole = [float("-inf")]
_warnings: list[str] = []  # what was found then: people can work, and somebody should change it


@login_not_required
@never_cache
def live(request):
    """200 while the web process answers: when this fails, start it anew."""
    return JsonResponse({"status": "ok"})


@login_not_required
@never_cache
def ready(request):
    """200 when people can work, with what should be different; else 503 with what is missing: send nobody here yet."""
    wrong = problems()
    if wrong:
        return JsonResponse({"status": "not ready", "problems": wrong}, status=503)
    return JsonResponse({"status": "ok"} | ({"warnings": _warnings} if _warnings else {}))


def problems() -> list[str]:
    """What stands against people's work here, in sentences."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        if time.monotonic() - _found_whole[0] < LASTS:
            return []
        wrong = _wrong()
    except (DatabaseError, InterfaceError):
        return ["The database does not answer."]
    if not wrong:
        _found_whole[0] = time.monotonic()
        _warnings[:] = ownership.warnings(connection)
    return wrong


def _wrong() -> list[str]:
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return ["Migrations have not run: run manage.py migrate."]
    if triggers.missing(connection):
        return ["Triggers of the audit log are missing: run manage.py migrate."]
    return []
