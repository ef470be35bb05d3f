"""The way to publication: the lead's words in the report, who approved it, and the making of its files."""

from time import monotonic

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from casestudies.reviews.actions import change_header
from casestudies.reviews.doors import review_door
from eds import stages
from eds.text import figures_in_text
from eds.text.markdown import to_html
from edsportal.web.addresses import url_of
from edsportal.web.form_pages import posted
from reports.formats import FORMATS
from reports.writing import easy_read
from scoring.models import Approval, PublicationRun
from scoring.publishing.actions import record_approval
from scoring.publishing.forms import ApprovalForm, EasyReadForm, ReportWordsForm
from scoring.publishing.runs import start_run, take_step, waiting_formats
from scoring.review.content import report_content
from scoring.review.stages.reviews import MoveRefused
from scoring.review.withheld import without_scores

SECONDS_OF_A_PAGE = 20  # after which no other file is begun: a person waits, and so does the proxy
WRITTEN = ("summary", "panel_work", "contact", "omitted_parts")


def report_words(request, organisation: str, year: str):
    """The summary, how the panel worked, who to ask for other forms, and which parts the report leaves out."""
    review, standing = review_door(request, organisation, year)
    standing.require("write_report")
    content = report_content(review)
    if not standing.may("see_report"):
        content = without_scores(content)
    if request.POST.get("add"):
        form = ReportWordsForm(instance=review, content=content, initial=_with_figure(request.POST))
    else:
        form = ReportWordsForm(request.POST or None, instance=review, content=content)
    if form.is_bound and form.is_valid():
        values = {name: form.cleaned_data[name] for name in WRITTEN}
        change_header(review=review, values=values, changed_by=request.user, action="write_report")
        messages.success(request, "Your text is saved.")
        return redirect("report_words", organisation, year)
    page = {"review": review, "form": form, "can": standing.can} | _as_printed(review, content)
    return render(request, "scoring/publishing/report_words.html", page)


def _with_figure(posted) -> dict:
    """What was typed, with the chosen figure at the end of the summary."""
    typed = {name: posted.get(name, "") for name in WRITTEN} | {
        "omitted_parts": posted.getlist("omitted_parts")
    }
    end = f"{typed['summary'].rstrip()} {posted.get('figure', '')}".strip()
    return typed | {"summary": end}


def _as_printed(review, content) -> dict:
    """What is saved, as the report prints it, and what in it was typed and looks like a figure."""
    texts = {name: getattr(review, name) for name in ("summary", "panel_work")}
    return {
        "printed": {
            name: to_html(figures_in_text.filled(text, content), heading_level=3) if text.strip() else ""
            for name, text in texts.items()
        },
        "typed": [said for text in texts.values() for said in figures_in_text.typed(text, content)],
        "figures": figures_in_text.figures(content),
    }


def easy_read_words(request, organisation: str, year: str):
    """The sentences of the easy-read report: the lead's where they wrote some, and how the report looks with them."""
    review, standing = review_door(request, organisation, year)
    standing.require("write_report")
    form = EasyReadForm(posted(request), sentences=review.easy_read)
    if form.is_bound and form.is_valid():
        values = {"easy_read": form.sentences}
        change_header(review=review, values=values, changed_by=request.user, action="write_report")
        messages.success(request, "Your sentences are saved.")
        return redirect("easy_read_words", organisation, year)
    content = report_content(review)
    if not standing.may("see_report"):
        content = without_scores(content)
    page = {"review": review, "form": form, "parts": easy_read.parts(content)}
    return render(request, "scoring/publishing/easy_read_words.html", page)


def approval(request, organisation: str, year: str):
    """Who approved the report, and recording it."""
    review, standing = review_door(request, organisation, year)
    standing.require("record_approval")
    rows = Approval.objects.filter(review=review).select_related("recorded_by")
    holding = rows.holding().last()
    form = ApprovalForm(posted(request), initial=ApprovalForm.initial_of(holding))
    if form.is_bound and form.is_valid():
        record_approval(review=review, **form.cleaned_data, recorded_by=request.user)
        messages.success(request, "The approval is recorded.")
        return redirect("stage", organisation, year)
    page = {"review": review, "form": form, "holding": holding, "rows": rows}
    page["matches"] = holding is not None and report_content(review).approval is not None
    return render(request, "scoring/publishing/approval.html", page)


@never_cache
def publishing(request, organisation: str, year: str):
    """Making the files. The page shows how far it is; to send its form makes the next files, and then publishes.

    A script sends it for one file at a time, a person for as many as take no longer than a page may. Where making one
    failed, to send it starts anew.
    """
    review, standing = review_door(request, organisation, year)
    standing.require("publish")
    run = (
        PublicationRun.objects.filter(review=review)
        .select_related("review__organisation__ics", "started_by")
        .first()
    )
    if run is None:
        return redirect(review if review.stage == stages.PUBLISHED else url_of(review, "stage"))
    if request.method == "POST":
        if run.failure:
            return _start_again(request, review, run)
        if _take_steps(run, only_one=request.POST.get("steps") == "one"):
            messages.success(request, "The report is published. Anyone can read it now.")
            return redirect(review)
    waiting = waiting_formats(run)
    files = [(made.name, name not in waiting, waiting[:1] == [name]) for name, made in FORMATS.items()]
    page = {"review": review, "run": run, "files": files, "made": len(files) - len(waiting)}
    return render(request, "scoring/publishing/publishing.html", page)


def _take_steps(run: PublicationRun, *, only_one: bool) -> bool:
    """Make one file, or files for some seconds; True once the report is published."""
    began = monotonic()
    while True:
        is_published = take_step(run=run)
        if is_published or run.failure or only_one or monotonic() - began > SECONDS_OF_A_PAGE:
            return is_published


def _start_again(request, review, run):
    try:
        start_run(review=review, note=run.note, started_by=request.user)
    except MoveRefused as refused:
        messages.warning(request, str(refused))
        return redirect(url_of(review, "stage"))
    return redirect(url_of(review, "publishing"))
