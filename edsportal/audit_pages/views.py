"""The audit log as a page and a file: for administrators, and for equality leads what is about their organisations."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from casestudies.models import Organisation
from edsportal.audit.models import Entry
from edsportal.audit_pages import presenting
from edsportal.audit_pages.forms import AuditSearch
from edsportal.audit_pages.rules import entries_visible_to, without_copied_parts
from reports.writing.data import csv_report

A_PAGE = 50


def audit_log(request):
    rows, form = _asked(request)
    if not request.GET.get("parts"):
        rows = without_copied_parts(rows)
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    shown = {"page": page, "form": form, "lines": presenting.lines(page), "query": query.urlencode()}
    return render(request, "audit_pages/audit_log.html", shown)


def audit_log_file(request):
    """The same as CSV, one line for each column that changed, streamed."""
    rows, form = _asked(request)
    if form.is_bound and not form.is_valid():
        return redirect(f"{reverse('trail')}?{request.GET.urlencode()}")
    made = csv_report.lines(presenting.COLUMNS, presenting.rows(rows))
    response = StreamingHttpResponse(made, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="changes.csv"'
    return response


def _asked(request) -> tuple[QuerySet[Entry], AuditSearch]:
    """The entries that this person may see and asked for, newest first."""
    leads = Organisation.objects.led_by(request.user)
    if not request.user.is_administrator and not leads.exists():
        raise PermissionDenied("Only equality leads and administrators can see who changed what.")
    rows = entries_visible_to(request.user).select_related("by", "organisation", "review")
    form = AuditSearch(request.GET or None)
    return (form.narrow(rows) if form.is_valid() else rows), form
