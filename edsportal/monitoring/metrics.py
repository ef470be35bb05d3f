"""Figures for Prometheus: how many requests, how long they took, how many failed, and whether the database answers."""

import os
import time

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, InterfaceError, connection
from django.http import Http404, HttpResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    REGISTRY,
    CollectorRegistry,
    Counter,
    Histogram,
    generate_latest,
)
from prometheus_client.multiprocess import MultiProcessCollector

from edsportal.monitoring.logs import method_of

REQUESTS = Counter("edsportal_requests_total", "Requests answered", ["page", "method", "status"])
SECONDS = Histogram(
    "edsportal_request_seconds",
    "Seconds until an answer began",
    ["page"],
    buckets=(0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30),
)


class MetricsMiddleware:
    """Counts every answer by the page's name, never by its address, which may tell who somebody is."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        started = time.perf_counter()
        response = self.get_response(request)
        match = getattr(request, "resolver_match", None)
        page = (match.view_name if match else None) or "other"
        REQUESTS.labels(page, method_of(request), response.status_code).inc()
        SECONDS.labels(page).observe(time.perf_counter() - started)
        return response


@login_not_required
@never_cache
def metrics(request):
    """For who sends the token of the setting METRICS_TOKEN; without that setting there is no such page."""
    expected = f"Bearer {settings.METRICS_TOKEN}"
    if not settings.METRICS_TOKEN or not constant_time_compare(
        request.headers.get("Authorization", ""), expected
    ):
        raise Http404
    return HttpResponse(generate_latest(_registry()) + _database(), content_type=CONTENT_TYPE_LATEST)


def _registry() -> CollectorRegistry:
    """Of this process, or of all processes of this machine where PROMETHEUS_MULTIPROC_DIR names their folder."""
    if not os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        return REGISTRY
    registry = CollectorRegistry()
    MultiProcessCollector(registry)
    return registry


def _database() -> bytes:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        answers = 1
    except (DatabaseError, InterfaceError):
        answers = 0
    name = "edsportal_database_answers"
    return f"# HELP {name} Whether the database answers\n# TYPE {name} gauge\n{name} {answers}\n".encode()
