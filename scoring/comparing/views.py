"""Published results of organisations side by side as distributions: for everybody, without signing in."""

from collections import Counter
from collections.abc import Iterator

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, StreamingHttpResponse
from django.shortcuts import render

from casestudies.models import IntegratedCareSystem, Organisation
from eds.distribution import FEW, Spread, outcome_spreads, total_spreads
from edsportal.nhsuk.forms import Button, NhsukForm
from edsportal.web.headers import open_to_other_sites
from reports.writing.data import csv_report
from scoring.comparing.figures import Figures, figures_of
from scoring.models import Publication
from scoring.publishing.forms import of_year_and_edition, years_and_editions

ALL = "all"
COLUMNS = ("record", "code", "title", "points", "organisations")


class CompareForm(NhsukForm):
    """A year and edition of which there are reports, whose reports, and one organisation to show among them."""

    of = forms.ChoiceField(label="Year and edition")
    among = forms.ChoiceField(label="Which organisations?", required=False)
    own = forms.ChoiceField(label="Show one organisation among them (optional)", required=False)
    method = "get"
    buttons = [Button("Compare")]

    def __init__(self, *args, rows, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["of"].choices = years_and_editions(rows)
        published = Organisation.objects.filter(pk__in=rows.order_by().values("review__organisation"))
        systems = IntegratedCareSystem.objects.filter(organisations__in=published).distinct()
        self.fields["among"].choices = [
            (ALL, "All organisations"),
            *((f"kind:{kind}", words) for kind, words in Organisation.Kind.choices),
            *((f"system:{system.pk}", str(system)) for system in systems),
        ]
        self.fields["own"].choices = [("", "None"), *published.values_list("slug", "name")]

    def chosen(self, rows):
        """The publications that were chosen; only for a valid form."""
        rows = of_year_and_edition(rows, self.cleaned_data["of"])
        kind, _, value = self.cleaned_data["among"].partition(":")
        if kind == "kind":
            return rows.filter(review__organisation__kind=value)
        return rows.filter(review__organisation__ics=value) if kind == "system" else rows


def _figures(request: HttpRequest) -> tuple[CompareForm, Figures | None]:
    """The form, and the figures of what it asks for; without an answer, those of the newest year."""
    rows = Publication.objects.listed()
    blank = CompareForm(rows=rows)
    choices = blank.fields["of"].choices
    if not choices:
        return blank, None
    form = CompareForm({"of": choices[0][0], "among": ALL} | request.GET.dict(), rows=rows)
    if not form.is_valid():
        return form, None
    return form, figures_of(form.chosen(rows), own_slug=form.cleaned_data["own"])


@login_not_required
def compare(request):
    form, figures = _figures(request)
    page = {"form": form, "figures": figures, "few": FEW}
    if figures:
        page["imported"] = sum(one.imported for one in figures.reports)
        page["stated"] = Counter(sentence for one in figures.reports for sentence in one.stated).items()
    if figures and figures.edition:
        outcomes = outcome_spreads(figures.edition, figures.reports, figures.own)
        values = sorted({value for spread in outcomes for value, _ in spread.counts})
        names = {grade.score: grade.name for grade in figures.edition.grades}
        page |= {
            "outcomes": [(spread, _cells(spread, values)) for spread in outcomes],
            "grades": [(f"{value:g}", names.get(value, "")) for value in values],
            "totals": total_spreads(figures.edition, figures.reports, figures.own),
        }
    return render(request, "scoring/comparing/compare.html", page)


def _cells(spread: Spread, values: list) -> list[tuple[str, int]]:
    """How many organisations have each of the values, with the value in words."""
    counts = dict(spread.counts)
    return [(f"{value:g}", counts.get(value, 0)) for value in values]


@login_not_required
@open_to_other_sites
def compare_csv(request):
    """The same figures as a file; it names no organisation."""
    _, figures = _figures(request)
    spreads: list[tuple[str, Spread]] = []
    if figures and figures.edition:
        given = (figures.edition, figures.reports, None)
        spreads += [("outcome", spread) for spread in outcome_spreads(*given)]
        spreads += [("total", spread) for spread in total_spreads(*given)]
    lines = csv_report.lines(COLUMNS, _rows(spreads))
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="eds-comparison.csv"'
    return response


def _rows(spreads: list[tuple[str, Spread]]) -> Iterator[dict]:
    for record, spread in spreads:
        of = {"record": record, "code": spread.code, "title": spread.title}
        for points, count in spread.counts:
            yield of | {"points": points, "organisations": count}
        yield of | {"points": None, "organisations": spread.without}
