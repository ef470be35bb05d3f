"""Equality objectives of an organisation, progress each quarter, and what falls due under the duty."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from casestudies.models import Objective, Organisation
from casestudies.objectives import actions
from casestudies.objectives.deadlines import dues_of
from casestudies.objectives.forms import DutyPublicationForm, EndObjectiveForm, ObjectiveForm, QuarterNoteForm
from casestudies.organisations.roles import OrganisationStanding, require
from edsportal.web.addresses import url_of
from edsportal.web.form_pages import edit


def _visible(request, organisation: str) -> Organisation:
    return get_object_or_404(Organisation.objects.visible_to(request.user), slug=organisation)


def _writable(request, organisation: str) -> Organisation:
    """The door for whoever looks after objectives. 404 to who holds no role there, 403 to other roles."""
    row = _visible(request, organisation)
    OrganisationStanding(request.user, row).require("write_objectives")
    return row


def _one(organisation: Organisation, pk: int) -> Objective:
    return get_object_or_404(organisation.objectives.prefetch_related("notes__noted_by"), pk=pk)


def objectives(request, organisation: str):
    """Deadlines, the objectives with the quarters that lack a note, and those that ended."""
    row = _visible(request, organisation)
    today = timezone.localdate()
    with_quarters = [
        (one, *one.quarters_without_note(today)) for one in row.objectives.prefetch_related("notes")
    ]
    page = {
        "organisation": row,
        "dues": [(due, due.standing(today)) for due in dues_of(row, today)],
        "current": [each for each in with_quarters if each[0].ended_on is None],
        "ended": [each[0] for each in with_quarters if each[0].ended_on],
        "publications": row.duty_publications.select_related("recorded_by")[:20],
        "can_write": OrganisationStanding(request.user, row).may("write_objectives"),
    }
    return render(request, "casestudies/objectives/objectives.html", page)


def objective(request, organisation: str, pk: int):
    """One objective: its notes by quarter, the recommendations that answer it, and the form to note progress."""
    body = _visible(request, organisation)
    row = _one(body, pk)
    refusal = OrganisationStanding(request.user, body).why_not("write_objectives")
    form = None
    if request.method == "POST" or refusal is None:
        require(refusal)
        form = QuarterNoteForm(request.POST or None, objective=row)
        if form.is_valid():
            actions.note_quarter(objective=row, **form.values(), noted_by=request.user)
            messages.success(request, "Progress noted.")
            return redirect(row)
    over, running = row.quarters_without_note(timezone.localdate())
    answering = row.recommendations.visible_to(request.user).distinct()
    page = {
        "organisation": body,
        "row": row,
        "over": over,
        "running": running,
        "answering": answering.select_related("theme__review__organisation"),
        "form": form,
        "can_write": refusal is None,
    }
    return render(request, "casestudies/objectives/objective.html", page)


def objective_add(request, organisation: str):
    row = _writable(request, organisation)
    form = ObjectiveForm(request.POST or None, back=url_of(row, "objectives"))

    def save() -> str:
        actions.add_objective(organisation=row, **form.values(), added_by=request.user)
        return "The objective is added."

    return _form(request, row, form, "Add an equality objective", save)


def objective_change(request, organisation: str, pk: int):
    body = _writable(request, organisation)
    row = _one(body, pk)
    back = url_of(row)
    form = ObjectiveForm(request.POST or None, instance=row, back=back)

    def save() -> str:
        actions.change_objective(objective=row, values=form.values(), changed_by=request.user)
        return "The objective is saved."

    return _form(request, body, form, "Change the equality objective", save, to=back)


def objective_end(request, organisation: str, pk: int):
    body = _writable(request, organisation)
    row = _one(body, pk)
    back = url_of(row)
    if row.ended_on:
        messages.info(request, "This objective has ended.")
        return redirect(back)
    form = EndObjectiveForm(request.POST or None, objective=row, back=back)

    def save() -> str:
        actions.end_objective(objective=row, **form.cleaned_data, ended_by=request.user)
        return "The objective has ended."

    return _form(request, body, form, "End the equality objective", save, row=row)


def duty_publication(request, organisation: str):
    """Record when equality information or objectives were published."""
    row = _writable(request, organisation)
    form = DutyPublicationForm(request.POST or None, back=url_of(row, "objectives"))

    def save() -> str:
        actions.record_publication(organisation=row, **form.cleaned_data, recorded_by=request.user)
        return "The publication is recorded."

    return _form(request, row, form, "Record what was published", save)


def _form(request, organisation: Organisation, form, heading: str, save, *, to: str = "", row=None):
    page = {"organisation": organisation, "heading": heading, "row": row}
    to = to or url_of(organisation, "objectives")
    return edit(request, form, save, "casestudies/objectives/objective_form.html", page, to=to)
