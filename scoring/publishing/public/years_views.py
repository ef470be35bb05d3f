"""Published results across years and organisations, for everybody."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404, render

from casestudies.models import IntegratedCareSystem, Organisation
from eds.comparison import Told, differences, told
from reports.writing.comparison_tables import picture_of_organisations, picture_of_years
from scoring.models import Publication
from scoring.publishing.forms import SystemYearForm
from scoring.publishing.public.both_sides import (
    YEARS,
    Line,
    followed_by,
    has_reports,
    lines_before,
    without_followed,
)


@login_not_required
def organisation_years(request, organisation: str):
    """One body's results by year, what changed since the year before, and those of organisations that it follows."""
    row = get_object_or_404(Organisation, slug=organisation)
    publications = list(Publication.objects.listed().filter(review__organisation=row)[:YEARS])
    lines = lines_before(row)
    if not publications and not has_reports(lines):
        raise Http404
    shown = [(each, told(each.as_content())) for each in publications]
    every = shown + [pair for line in lines for pair in line.rows]
    page = {
        "organisation": row,
        "rows": shown,
        "lines": lines,
        "followed_by": followed_by(row),
        "editions": sorted({figures.edition for _, figures in every}),
        "picture": _picture([figures for _, figures in shown]),
        **_change(shown, lines),
    }
    return render(request, "scoring/publishing/public/organisation_years.html", page)


def _picture(figures: list[Told]):
    same = [one for one in figures if one.edition == figures[0].edition]
    return picture_of_years(f"Total by year, {figures[0].edition}", same) if figures else None


def _change(shown: list[tuple[Publication, Told]], lines: list[Line]) -> dict:
    """The newest year beside the one before it, which can be that of the one organisation that this one follows."""
    pairs = shown[:2]
    if len(shown) == 1 and len(lines) == 1 and len(lines[0].organisations) == 1:
        pairs = shown + lines[0].rows[:1]
    if len(pairs) < 2:
        return {"before": None}
    (now_published, now), (published, before) = pairs
    changed = differences(published.as_content(), now_published.as_content())
    return {"before": before, "now": now, "differences": changed}


@login_not_required
def system(request, pk: int):
    """The organisations of an integrated care system side by side: of one year and edition, or the newest of each."""
    row = get_object_or_404(IntegratedCareSystem, pk=pk)
    newest = {}
    listed = every = Publication.objects.listed().filter(review__organisation__ics=row)
    form = SystemYearForm(request.GET or None, rows=every)
    if form.is_valid() and form.cleaned_data["of"]:
        listed = form.chosen(every)
    for organisation, publication in without_followed(listed).values_list("review__organisation", "pk"):
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
        "form": form,
        "picture": picture_of_organisations(f"Totals of {row}", figures) if len(editions) == 1 else "",
    }
    return render(request, "scoring/publishing/public/system.html", page)
