"""Published results across years and bodies, for everybody."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404, render

from casestudies.models import IntegratedCareSystem
from eds.comparison import differences, picture, told
from scoring.models import Publication

YEARS = 10  # of an organisation: the newest


@login_not_required
def organisation_years(request, organisation: str):
    """One body's results by year, and what changed since the year before."""
    rows = Publication.objects.listed().filter(review__organisation__slug=organisation)[:YEARS]
    publications = list(rows)
    if not publications:
        raise Http404
    contents = [row.as_content() for row in publications]
    figures = [told(content) for content in contents]
    same = [one for one in figures if one.edition == figures[0].edition]
    page = {
        "organisation": publications[0].review.organisation,
        "rows": list(zip(publications, figures, strict=True)),
        "editions": sorted({one.edition for one in figures}),
        "picture": picture(f"Total by year, {figures[0].edition}", same),
        "before": figures[1] if len(figures) > 1 else None,
        "now": figures[0],
        "differences": differences(contents[1], contents[0]) if len(contents) > 1 else None,
    }
    return render(request, "scoring/organisation_years.html", page)


@login_not_required
def system(request, pk: int):
    """The bodies of an integrated care system side by side: the newest published results of each."""
    row = get_object_or_404(IntegratedCareSystem, pk=pk)
    newest = {}
    listed = Publication.objects.listed().filter(review__organisation__ics=row)
    for organisation, publication in listed.values_list("review__organisation", "pk"):
        newest.setdefault(organisation, publication)  # the newest year comes first
    publications = listed.filter(pk__in=newest.values()).order_by("review__organisation__name")
    if not publications:
        raise Http404
    figures = [told(publication.as_content()) for publication in publications]
    editions = sorted({(one.edition, one.year) for one in figures})
    page = {
        "system": row,
        "rows": list(zip(publications, figures, strict=True)),
        "is_like": len(editions) == 1,
    }
    return render(request, "scoring/system.html", page)
