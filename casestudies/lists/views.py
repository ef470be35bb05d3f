"""Where administrators keep the groups that panel members represent, and the kinds of sources of evidence."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from casestudies.lists import actions
from casestudies.lists.forms import EntryForm
from casestudies.lists.models import ListEntry
from casestudies.organisations.roles import OrganisationStanding
from edsportal.web.form_pages import attempt, confirm, edit

TEMPLATES = "casestudies/lists/"


@dataclass(frozen=True)
class Words:
    """What the pages of one list say."""

    title: str
    about: str
    add: str


WORDS = {
    ListEntry.Kind.REPRESENTED_GROUP: Words(
        title="Groups that panel members represent",
        about="Equality leads choose from this list when they add panel members. Reports show how many members "
        "represented each group.",
        add="Add a group",
    ),
    ListEntry.Kind.EVIDENCE_SOURCE: Words(
        title="Kinds of sources of evidence",
        about="Authors choose from this list when they add evidence. Reports show it beside where the evidence is "
        "from.",
        add="Add a kind of source",
    ),
}
LISTS = {
    ListEntry.Kind.REPRESENTED_GROUP: "represented_groups",
    ListEntry.Kind.EVIDENCE_SOURCE: "evidence_sources",
}


def _require(request: HttpRequest) -> None:
    OrganisationStanding(request.user).require("manage_lists")


def _list(kind: str) -> str:
    return reverse(LISTS[ListEntry.Kind(kind)])


def _entry(request: HttpRequest, pk: int) -> ListEntry:
    _require(request)
    return get_object_or_404(ListEntry, pk=pk)


def entries(request, kind: ListEntry.Kind):
    """All entries of a list: those in use in their order, then those out of use."""
    _require(request)
    rows = ListEntry.objects.filter(kind=kind)
    page = {
        "words": WORDS[kind],
        "add": reverse(f"{LISTS[kind]}_add"),
        "rows": [row for row in rows if row.retired_at is None],
        "retired": [row for row in rows if row.retired_at],
    }
    return render(request, TEMPLATES + "entries.html", page)


def add(request, kind: ListEntry.Kind):
    _require(request)
    return _edit(request, ListEntry(kind=kind), WORDS[kind].add)


def change(request, pk: int):
    row = _entry(request, pk)
    return _edit(request, row, f"Edit “{row}”")


def _edit(request: HttpRequest, row: ListEntry, heading: str) -> HttpResponse:
    back = _list(row.kind)
    form = EntryForm(request.POST or None, instance=row, back=back)

    def save() -> str:
        return f"“{actions.save_entry(entry=form.instance)}” is saved."

    page = {"heading": heading, "words": WORDS[row.kind], "up": back, "is_new": row.pk is None}
    return edit(request, form, save, TEMPLATES + "entry.html", page, to=back)


def delete(request, pk: int):
    """Asks first, or says why it has to stay."""
    row = _entry(request, pk)
    back = _list(row.kind)

    def act() -> str:
        actions.delete_entry(entry=row)
        return f"“{row}” is deleted."

    page = {"row": row, "reason": actions.why_in_use(row), "words": WORDS[row.kind], "up": back}
    return confirm(request, act, TEMPLATES + "entry_delete.html", page, to=back)


@require_POST
def move(request, pk: int):
    up = request.POST.get("way") == "up"
    return _act(request, pk, lambda row: actions.move_entry(entry=row, up=up), "is moved")


@require_POST
def retire(request, pk: int):
    return _act(request, pk, lambda row: actions.retire_entry(entry=row), "is out of use")


@require_POST
def use_again(request, pk: int):
    return _act(request, pk, lambda row: actions.use_entry_again(entry=row), "is in use again")


def _act(request: HttpRequest, pk: int, write: Callable[[ListEntry], None], done: str) -> HttpResponse:
    row = _entry(request, pk)

    def act() -> str:
        write(row)
        return f"“{row}” {done}."

    return attempt(request, act, to=_list(row.kind))
