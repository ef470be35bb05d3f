"""The panel of a review: the equality lead looks after it, and a member may leave it."""

from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from casestudies.models import DeclaredInterest, Domain, PanelMember, PanelMessage, Review
from casestudies.reviews.doors import case_study_door, review_door
from casestudies.reviews.roles import Standing
from eds import stages
from eds.text import labels
from edsportal.web.addresses import url_of
from edsportal.web.form_pages import confirm, edit
from edsportal.web.refusals import NotPossible
from scoring.panel import actions
from scoring.panel.actions import declare_interest, take_back_interest
from scoring.panel.forms import InterestForm, MemberForm, TakeBackForm
from scoring.panel.many_members import has_earlier_panel
from scoring.panel.progress import Seat, seats

OF_MEMBER = (
    *("domains", "declared_interests__case_study"),
    *("past_interests__case_study", "past_interests__taken_back_by"),
)


def _door(request: HttpRequest, organisation: str, year: str) -> Review:
    """The door to changing the panel. Answers 403 with the reason."""
    review, standing = review_door(request, organisation, year)
    standing.require("change_panel")
    return review


def panel(request, organisation: str, year: str):
    """Who sits on the panel, who has joined, and how far each has come: never what anybody scored."""
    review, standing = review_door(request, organisation, year)
    standing.require("see_panel")
    found = seats(review)
    page = {
        "review": review,
        "seats": found,
        "refusal": standing.why_not("change_panel"),
        "from_last_year": has_earlier_panel(review),
        "shows_progress": review.all_stages() != {stages.OPEN, stages.WRITING},
        "to_invite": [seat for seat in found if seat.can_be_invited and not seat.invitation],
        "to_remind": [seat for seat in found if seat.can_be_reminded],
    }
    return render(request, "scoring/panel/panel.html", page)


def add(request, organisation: str, year: str):
    review = _door(request, organisation, year)
    form = MemberForm(request.POST or None, domains=_domains(review), back=url_of(review, "panel"))

    def save() -> str:
        member = actions.add_member(review=review, **form.values())
        return f"{member.name} is on the panel. Send them an invitation next."

    to = url_of(review, "panel")
    return edit(request, form, save, "scoring/panel/panel_member.html", {"review": review}, to=to)


def change(request, organisation: str, year: str, pk: int):
    review = _door(request, organisation, year)
    member = _member(review, pk)
    form = MemberForm(
        request.POST or None,
        domains=_domains(review),
        back=url_of(review, "panel"),
        has_account=member.user_id is not None,
        initial=MemberForm.initial_of(member),
    )

    def save() -> str:
        actions.change_member(member=member, **form.values())
        return f"The place on the panel of {form.cleaned_data['name']} is changed."

    page = {"review": review, "member": member}
    return edit(request, form, save, "scoring/panel/panel_member.html", page, to=url_of(review, "panel"))


def remove(request, organisation: str, year: str, pk: int):
    """Asks first, then takes the seat away."""
    review = _door(request, organisation, year)
    member = _member(review, pk)
    (seat,) = seats(review, [member])

    def act() -> str:
        gone = actions.remove_member(member=member)
        words = "is no longer on the panel." if gone else "has left the panel. What they wrote is kept."
        return f"{member.name} {words}"

    page = {"review": review, "member": member, "seat": seat}
    return confirm(request, act, "scoring/panel/panel_remove.html", page, to=url_of(review, "panel"))


@require_POST
def put_back(request, organisation: str, year: str, pk: int):
    review = _door(request, organisation, year)
    member = _member(review, pk)
    actions.return_to_panel(member=member)
    messages.success(request, f"{member.name} is on the panel again.")
    return redirect(url_of(review, "panel"))


@require_POST
def send(request, organisation: str, year: str, kind: str):
    """Sends an invitation or a reminder to one member, or to all who are due one."""
    review, standing = review_door(request, organisation, year)
    standing.require("change_panel")
    if kind == PanelMessage.Kind.REMINDER:
        standing.require("remind")
    chosen = [
        seat.member for seat in seats(review) if _is_due(seat, review, kind, request.POST.get("member"))
    ]
    sent, refusals = [], {}
    for member in chosen:
        try:
            actions.write_to_member(
                member=member, kind=kind, asked_by=request.user, site=request.build_absolute_uri("/")[:-1]
            )
        except NotPossible as refused:
            refusals[str(refused)] = None
        else:
            sent.append(member.name)
    if sent:
        what = PanelMessage.Kind(kind).label
        messages.success(request, f"{what} for {labels.listed(sent)}: on its way.")
    if refusals:
        messages.warning(request, " ".join(refusals))
    if not chosen:
        messages.info(request, "There is no one to send this to.")
    return redirect(url_of(review, "panel"))


def _is_due(seat: Seat, review: Review, kind: str, pk: str | None) -> bool:
    due = seat.can_be_invited if kind == PanelMessage.Kind.INVITATION else seat.can_be_reminded
    if pk is not None:
        return due and str(seat.member.pk) == pk
    return due and (kind == PanelMessage.Kind.REMINDER or seat.invitation is None)


def leave(request, organisation: str, year: str):
    """A member declines, after being asked whether they mean it."""
    review, standing = review_door(request, organisation, year)
    standing.require("leave_panel")

    def act() -> str:
        actions.leave_panel(member=standing.member)
        return f"You have left the panel of {review}."

    page = {"review": review, "member": standing.member}
    return confirm(request, act, "scoring/panel/panel_leave.html", page, to="my_work")


def _member(review: Review, pk: int) -> PanelMember:
    rows = review.panel_members.select_related("user")
    return get_object_or_404(rows.prefetch_related(*OF_MEMBER), pk=pk)


def _domains(review: Review) -> list[Domain]:
    return list(review.framework.domains.order_by("number"))


# An interest in one case study: declared by a member, and taken back by them or by the equality lead.


def declare(request, organisation: str, year: str, number: int):
    """Says what follows, asks for the reason; afterwards shows what was declared."""
    case_study, standing = case_study_door(request, organisation, year, number)
    declared = DeclaredInterest.objects.filter(member=standing.member, case_study=case_study).first()
    if declared is None:
        standing.require("declare_interest", case_study)
    form = InterestForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and declared is None:
        declare_interest(member=standing.member, case_study=case_study, **form.cleaned_data)
        messages.success(request, f"You declared an interest in {case_study.title}. You do not score it.")
        return redirect(case_study)
    page = {
        "case_study": case_study,
        "review": case_study.review,
        "form": form,
        "declared": declared,
        "refusal": standing.why_not("withdraw_interest", case_study),
        "still_counts": case_study.fixed_places.filter(member=standing.member, counts=True).exists(),
    }
    return render(request, "scoring/panel/interest.html", page)


def take_back(request, organisation: str, year: str, number: int):
    """The member takes back what they declared, while scoring is not closed."""
    case_study, standing = case_study_door(request, organisation, year, number)
    standing.require("withdraw_interest", case_study)
    declared = get_object_or_404(DeclaredInterest, member=standing.member, case_study=case_study)
    back = url_of(case_study)
    return _take_back(request, declared, back)


def take_back_for(request, organisation: str, year: str, pk: int, number: int):
    """The equality lead or an administrator takes back what another declared, until the report is approved."""
    rows = Review.objects.all() if request.user.is_administrator else Review.objects.visible_to(request.user)
    review = get_object_or_404(rows, organisation__slug=organisation, year=year)
    standing = Standing(request.user, review)
    standing.require("withdraw_interest_of_other")
    rows = DeclaredInterest.objects.select_related("member__review", "case_study__review__organisation")
    declared = get_object_or_404(rows, member=pk, member__review=review, case_study__number=number)
    is_lead = standing.may("change_panel")
    back = url_of(declared.member) if is_lead else url_of(review.organisation, "organisation")
    return _take_back(request, declared, back)


def _take_back(request, declared: DeclaredInterest, back: str):
    form = TakeBackForm(request.POST or None, back=back)

    def save() -> str:
        take_back_interest(interest=declared, why=form.cleaned_data["why"], taken_back_by=request.user)
        return f"The interest in {declared.case_study.title} is withdrawn."

    page = {
        "declared": declared,
        "review": declared.case_study.review,
        "up": back,
        "is_revealed": declared.case_study.stage in stages.REVEALED,
    }
    return edit(request, form, save, "scoring/panel/interest_take_back.html", page, to=back)
