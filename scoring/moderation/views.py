"""The panel's meeting: every member's scores side by side, and the agreed score recorded."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import redirect, render
from django.utils import timezone

from casestudies.models import CaseStudy, Framework, OutcomeArea
from casestudies.organisations.roles import require
from casestudies.reviews.doors import case_study_door, review_door
from eds import stages
from eds.edition import Edition
from scoring.models import AgreedScore, Commentary
from scoring.moderation.actions import RecordedMeanwhile, record_meeting
from scoring.moderation.forms import AgreedScoresForm
from scoring.moderation.meeting import Meeting, meeting
from scoring.review.overview import overview
from scoring.review.stages.case_studies import move_case_study
from scoring.review.stages.reviews import MoveRefused


def moderation(request, organisation: str, year: str):
    """The case studies of the review with their agreed totals so far."""
    row, standing = review_door(request, organisation, year)
    standing.require("see_meeting")
    return render(
        request, "scoring/moderation/moderation.html", {"review": row} | overview(row, standing, request.user)
    )


@dataclass(frozen=True, kw_only=True)
class Place:
    """One case study before the panel, for one person; `refusal` is why they do not record, or None."""

    case_study: CaseStudy
    areas: list[OutcomeArea]
    edition: Edition
    refusal: str | None
    can_recommend: bool
    can_end: bool
    can_change_own: bool
    user: object

    def meeting(self) -> Meeting:
        return meeting(user=self.user, case_study=self.case_study, areas=self.areas, edition=self.edition)

    def recorded(self) -> dict[str, str]:
        """What the form holds at first: what is recorded now."""
        agreed = AgreedScore.objects.visible_to(self.user).filter(case_study=self.case_study).current()
        said = Commentary.objects.filter(case_study=self.case_study).current().first()
        return AgreedScoresForm.initial_of(
            list(agreed.select_related("outcome_area")), said.text if said else ""
        )

    def form(self, data=None, **more) -> AgreedScoresForm:
        return AgreedScoresForm(data, areas=self.areas, edition=self.edition, **more)


def _door(request: HttpRequest, organisation: str, year: str, number: int) -> Place:
    """The door to the meeting. Answers 403 with the reason where the person may know of the case study only."""
    case_study, standing = case_study_door(request, organisation, year, number)
    standing.require("see_scores", case_study)
    return Place(
        case_study=case_study,
        areas=list(case_study.domain.outcome_areas.all()),
        edition=Framework.objects.whole().get(pk=case_study.review.framework_id).as_edition(),
        refusal=standing.why_not("record_agreed_scores", case_study),
        can_recommend=standing.may("recommend"),
        can_change_own=standing.may("change_scores", case_study),
        can_end=case_study.stage == stages.MEETING and standing.may("finish_meeting", case_study),
        user=request.user,
    )


def moderate(request, organisation: str, year: str, number: int):
    """One case study: what each member scored and why, and the form for what the panel agrees."""
    place = _door(request, organisation, year, number)
    if request.method != "POST":
        form = place.form(initial=place.recorded())
    elif "refresh" in request.POST:
        form = place.form(initial=request.POST.dict())
    else:
        require(place.refusal)
        form = place.form(request.POST, only=_only(request, place))
        if form.is_valid() and _record(form, place):
            if not form.only and "end" in request.POST:
                return _ended(request, place)
            if not form.only:
                messages.success(request, f"Agreed scores saved for {place.case_study.title}.")
                return redirect("moderation", organisation, year)
            messages.success(request, f"Agreed score saved for {form.only}.")
            now = {f"seen_{form.only}": place.recorded()[f"seen_{form.only}"]}
            form = place.form(initial=request.POST.dict() | now)  # what else was typed stays
    page = _page(place)
    pairs = zip(page["meeting"].outcomes, _fields(form), strict=True)
    return render(request, "scoring/moderation/moderate.html", page | {"form": form, "pairs": list(pairs)})


def _ended(request: HttpRequest, place: Place):
    """What is recorded was saved; end the meeting too, or say what is missing for it."""
    saved = f"Agreed scores saved for {place.case_study.title}."
    try:
        move_case_study(case_study=place.case_study, to=stages.AGREED, moved_by=request.user)
    except MoveRefused as refused:
        messages.warning(request, f"{saved} We did not end the meeting. {refused}")
        return redirect(request.path)
    messages.success(request, f"{saved} Its meeting has ended.")
    return redirect("moderation", *place.case_study.review.url_args)


def moderate_now(request, organisation: str, year: str, number: int):
    """The parts of that page that others change, as they are now: the open page asks for them."""
    return render(
        request, "scoring/moderation/moderate_now.html", _page(_door(request, organisation, year, number))
    )


def _only(request: HttpRequest, place: Place) -> str:
    """The code of the outcome area whose own button was pressed, or "" for all."""
    code = request.POST.get("only", "")
    return code if code in {area.code for area in place.areas} else ""


def _page(place: Place) -> dict:
    return {
        "case_study": place.case_study,
        "review": place.case_study.review,
        "refusal": place.refusal,
        "meeting": place.meeting(),
        "commentaries": list(
            place.case_study.commentaries.select_related("recorded_by").order_by("-sequence")
        ),
        "can_recommend": place.can_recommend,
        "can_end": place.can_end,
        "can_change_own": place.can_change_own,
        "now": timezone.now(),
    }


def _fields(form: AgreedScoresForm) -> list[dict]:
    """For each outcome area the fields that answer it."""
    return [
        {part: form[f"{part}_{area.code}"] for part in ("score", "rationale", "seen")} for area in form.areas
    ]


def _record(form: AgreedScoresForm, place: Place) -> bool:
    """Whether it was stored; if not, the form says what somebody else recorded."""
    try:
        record_meeting(
            case_study=place.case_study,
            answers=form.answers(),
            commentary=form.commentary(),
            recorded_by=place.user,
        )
    except RecordedMeanwhile as refused:
        form.show_recorded_meanwhile(refused, place.edition)
        return False
    return True
