"""Sending a case study for review, and the lead's answer: accepted for the panel, or returned with comments."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from casestudies.evidence.presenting import shown
from casestudies.models import CaseStudy, Comment, Handover
from casestudies.reviews.doors import case_study_door
from casestudies.writing.forms import SAY_WHAT, AnswerForm, DecisionForm, ExplainForm
from casestudies.writing.handover import actions
from casestudies.writing.handover.actions import comments_before, handover_state
from casestudies.writing.handover.gaps import gaps_of
from casestudies.writing.personal_data import Found, found_in, still_to_do
from casestudies.writing.reading import Reading
from casestudies.writing.views import writing_door
from eds.text.text_diff import changes
from edsportal.web.addresses import url_of
from edsportal.web.form_pages import edit
from edsportal.web.pending_forms import give_back, may_wait
from edsportal.web.script_requests import answers_scripts

NOTHING_NEW = "Nothing has changed since it was last sent."


def send(request: HttpRequest, organisation: str, year: str, number: int):
    """Shows what is missing and what may identify someone, and asks before the case study is sent for review.

    What the equality lead sends is accepted at once.
    """
    case_study, standing = case_study_door(request, organisation, year, number)
    standing.require("write", case_study)
    check = _check(case_study)
    if request.method == "POST" and check["can_send"]:
        return _sent(request, case_study, accepts=standing.is_lead)
    if request.method == "POST":
        first = "Fix the points on this page first." if check["handover"].can_hand_over else NOTHING_NEW
        messages.warning(request, f"We did not send it. {first}")
    page = {"case_study": case_study, "review": case_study.review, "accepts": standing.is_lead}
    return render(request, "casestudies/writing/handover/send.html", page | check)


def _check(case_study: CaseStudy) -> dict:
    """What a case study lacks, what in it may identify someone, and whether it can be sent."""
    handover, found = handover_state(case_study), found_in(case_study)
    gaps, to_do = gaps_of(case_study, handover), still_to_do(found)
    return {
        "handover": handover,
        "gaps": gaps,
        "found": to_do,
        "explained": [each for each in found if each.explanation],
        "can_send": handover.can_hand_over and not to_do and not gaps.is_empty,
    }


def _sent(request: HttpRequest, case_study: CaseStudy, *, accepts: bool) -> HttpResponse:
    handover = actions.hand_over(case_study=case_study, marked_by=request.user)
    if handover is None:
        messages.success(request, "This version is accepted already.")
    elif accepts:
        version = actions.accept(handover=handover, accepted_by=request.user)
        messages.success(
            request, f"Version {version.number} is accepted. The panel can read it once scoring opens."
        )
        return redirect(case_study)
    else:
        messages.success(
            request,
            "You sent it for review. The equality lead will read it next, and we will tell you what they decide.",
        )
    return redirect(url_of(case_study, "write"))


@require_POST
def withdraw(request: HttpRequest, organisation: str, year: str, number: int):
    """An author withdraws what they sent for review, while nobody has decided."""
    case_study = writing_door(request, organisation, year, number)
    handover = case_study.handovers.filter(state=Handover.State.WAITING).first()
    try:
        if handover is None:
            raise actions.NotWaiting
        actions.withdraw(handover=handover, withdrawn_by=request.user)
        messages.success(request, "You withdrew it from review. Send it again when it is ready.")
    except actions.NotWaiting:
        messages.warning(request, "It is not waiting for review, so there is nothing to withdraw.")
    return redirect(url_of(case_study, "write"))


@may_wait
@answers_scripts
def decide(request: HttpRequest, organisation: str, year: str, number: int):
    """The equality lead reads what was sent for review, and accepts it or returns it with comments."""
    case_study, standing = case_study_door(request, organisation, year, number)
    standing.require("accept_text", case_study)
    handover = case_study.handovers.filter(state=Handover.State.WAITING).select_related("marked_by").first()
    if handover is None:
        messages.warning(request, f"“{case_study.title}” is not waiting for review.")
        return redirect(case_study)
    given = {"handover": handover, "sections": case_study.sections.order_by("position")}
    if request.method != "POST":
        waiting = give_back(request)
        form = DecisionForm(initial=waiting.dict() if waiting is not None else None, **given)
        return _page(request, case_study, form, handover, waiting=waiting)
    form = DecisionForm(request.POST, **given)
    if form.is_valid() and "accept" not in request.POST and not form.remarks():
        form.add_error("whole", SAY_WHAT)
    if request.POST.get("handover") != str(handover.pk):
        form.add_error(
            None,
            "The case study was sent again while you were reading. Read it again. We kept your comments.",
        )
    if not form.is_valid():
        return _page(request, case_study, form, handover)
    return _decided(request, case_study, form, handover)


def _decided(
    request: HttpRequest, case_study: CaseStudy, form: DecisionForm, handover: Handover
) -> HttpResponse:
    try:
        if "accept" in request.POST:
            version = actions.accept(handover=handover, accepted_by=request.user, remarks=form.remarks())
            messages.success(
                request, f"Version {version.number} is accepted. The panel can read it once scoring opens."
            )
        else:
            site = f"{request.scheme}://{request.get_host()}"
            actions.return_to_authors(
                handover=handover, remarks=form.remarks(), returned_by=request.user, site=site
            )
            messages.success(request, f"“{case_study.title}” is returned with your comments.")
    except actions.NotWaiting:
        messages.warning(request, "Someone else has already decided, so we did not save your decision.")
    following = _next_waiting(case_study) if request.POST.get("accept") == "next" else None
    return redirect(url_of(following, "decide") if following else case_study)


def _next_waiting(case_study: CaseStudy) -> CaseStudy | None:
    """Another case study of the review that waits for the equality lead, the first by its number."""
    waiting = Handover.objects.filter(case_study__review=case_study.review_id, state=Handover.State.WAITING)
    rows = CaseStudy.objects.filter(pk__in=waiting.values("case_study")).exclude(pk=case_study.pk)
    return rows.select_related("review__organisation").order_by("number").first()


def _page(request: HttpRequest, case_study: CaseStudy, form: DecisionForm, handover: Handover, **more):
    version = case_study.versions.order_by("number").last()
    reading = Reading.of(handover.content, heading_level=4)
    page = {
        "case_study": case_study,
        "review": case_study.review,
        "handover": handover,
        "form": form,
        "lines": list(zip(reading.sections, form.by_section(), strict=True)),
        "evidence": shown(case_study, [(None, item) for item in handover.content["evidence"]]),
        "version": version,
        "parts": changes(version.content, handover.content) if version else (),
        "before": comments_before(handover),
        "next": _next_waiting(case_study),
    }
    return render(request, "casestudies/writing/handover/decide.html", page | more)


def answer(request: HttpRequest, organisation: str, year: str, number: int, comment: int):
    """An author answers a comment on the whole, or on a section that has gone."""
    case_study = writing_door(request, organisation, year, number)
    rows = Comment.objects.filter(handover__case_study=case_study).select_related("handover__decided_by")
    row = get_object_or_404(rows, pk=comment)
    form = AnswerForm(request.POST or None, comment=row, back=url_of(case_study, "write"))

    def save() -> str:
        actions.answer_comment(comment=row, answer=form.cleaned_data["answer"], answered_by=request.user)
        return "Your reply is saved. The equality lead will see it when you send the case study for review again."

    page = {"case_study": case_study, "review": case_study.review, "comment": row}
    to = url_of(case_study, "write")
    return edit(request, form, save, "casestudies/writing/handover/comment_answer.html", page, to=to)


def explain(request: HttpRequest, organisation: str, year: str, number: int, digest: str):
    case_study = writing_door(request, organisation, year, number)
    found = _found(case_study, digest)
    if found is None:
        messages.success(request, "These words are no longer in the case study.")
        return redirect("send_for_review", organisation, year, number)
    form = ExplainForm(request.POST or None, back=url_of(case_study, "send_for_review"))

    def save() -> str:
        given = {"reason": form.cleaned_data["reason"], "explained_by": request.user}
        actions.explain(case_study=case_study, found=found, **given)
        return "Your explanation is saved."

    page = {"case_study": case_study, "review": case_study.review, "each": found}
    to = url_of(case_study, "send_for_review")
    return edit(request, form, save, "casestudies/writing/handover/explain.html", page, to=to)


def _found(case_study: CaseStudy, digest: str) -> Found | None:
    return next((each for each in found_in(case_study) if each.digest == digest), None)
