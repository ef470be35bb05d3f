"""The editions of the EDS that the portal holds, to read. Drafts are for administrators alone."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404, render

from casestudies.frameworks import rules
from casestudies.frameworks.actions import order_of
from casestudies.models import Framework
from eds.edition_completeness import missing_in

GROUPS = {  # the heading of each group of the list
    Framework.Status.IN_USE: "In use for new reviews",
    Framework.Status.DRAFT: "Drafts",
    Framework.Status.RETIRED: "No longer used for new reviews",
}


def framework_door(request: HttpRequest, pk: int) -> Framework:
    """The edition, with everything it says; 404 for a draft unless an administrator asks."""
    return get_object_or_404(Framework.objects.visible_to(request.user).whole(), pk=pk)


def frameworks(request):
    """The editions by what they are used for."""
    rows = list(Framework.objects.visible_to(request.user))
    groups = [(words, [row for row in rows if row.status == status]) for status, words in GROUPS.items()]
    return render(
        request, "casestudies/frameworks.html", {"groups": [(words, some) for words, some in groups if some]}
    )


def framework(request, pk: int):
    """One edition: its outcome areas and what each grade means; for administrators what they can do with it."""
    row = framework_door(request, pk)
    domains = [(domain, order_of(domain)) for domain in row.domains.all()]
    page = {"framework": row, "domains": domains, "grades": row.grade_words()}
    if rules.why_not_manage(request.user) is None:
        page |= {
            "can_edit": rules.why_not_edit(request.user, row) is None,
            "can_put_in_use": rules.why_not_put_in_use(request.user, row) is None,
            "is_administrator": True,
            "missing": missing_in(row.as_edition()) if row.is_draft else [],
            "changes": row.changes.select_related("changed_by")[:20],
        }
    return render(request, "casestudies/framework.html", page)
