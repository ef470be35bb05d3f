"""Case studies that stand in the reports of several bodies: offered, accepted, read, ended."""

from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from casestudies.models import Framework, Review, SharedCaseStudy
from casestudies.organisations.roles import require
from casestudies.reviews.doors import case_study_door, review_door
from casestudies.reviews.roles import Standing, why_not_take_in, why_not_with_shared
from casestudies.writing.reading import reading_of
from eds import stages
from eds.totals import results
from edsportal.web.addresses import url_of
from edsportal.web.form_pages import attempt, confirm
from scoring.models import AgreedScore, Commentary
from scoring.review import sharing as actions
from scoring.review.content import scored_content
from scoring.review.sharing import OfferForm


def share(request, organisation: str, year: str, number: int):
    """With whom a case study is shared, and the form that offers it to another body."""
    row, standing = case_study_door(request, organisation, year, number)
    standing.require("share", row)
    back = url_of(row)
    form = OfferForm(request.POST or None, case_study=row, back=back)
    if request.method == "POST" and form.is_valid():
        body = form.cleaned_data["organisation"]
        actions.offer_case_study(case_study=row, organisation=body, offered_by=request.user)
        messages.success(
            request, f"Offered to {body}. Its equality lead can accept it on the page of their review."
        )
        return redirect(url_of(row, "share_case_study"))
    page = {"review": row.review, "case_study": row, "form": form, "shares": row.shares.shown()}
    return render(request, "scoring/review/share.html", page)


def offers(request, organisation: str, year: str):
    """What other bodies offer for this review, and what of theirs stands in it."""
    row, standing = review_door(request, organisation, year)
    standing.require("see_offers")
    shared = list(SharedCaseStudy.objects.visible_to(request.user).offered_in(row).shown())
    page = {
        "review": row,
        "waiting": [one for one in shared if not one.is_accepted],
        "accepted": [one for one in shared if one.is_accepted],
        "fixed": why_not_take_in(row),
    }
    return render(request, "scoring/review/offers.html", page)


def _door(request: HttpRequest, pk: int) -> SharedCaseStudy:
    return get_object_or_404(SharedCaseStudy.objects.visible_to(request.user).shown(), pk=pk)


def _back(user, shared: SharedCaseStudy) -> str:
    """The page on which this person looks after it: that of the one body, else of the other."""
    home = shared.home
    if Standing(user, home).may("share", shared.case_study):
        return url_of(shared.case_study, "share_case_study")
    if shared.review or Review.objects.filter(organisation=shared.organisation, year=home.year).exists():
        return reverse("offers", args=[shared.organisation.slug, home.year])
    return reverse("reviews")


def shared_case_study(request, pk: int):
    """Read what another body shares; its agreed scores once its panel has agreed them and that is approved."""
    shared = _door(request, pk)
    home, version = shared.home, shared.case_study.versions.order_by("number").last()
    page = {
        "shared": shared,
        "review": home if Standing(request.user, home).is_lead else shared.review,
        "reading": reading_of(shared.case_study, version) if version else None,
        "can_accept": not shared.is_accepted
        and why_not_with_shared("accept_shared", request.user, shared) is None,
        "can_end": why_not_with_shared("end_sharing", request.user, shared) is None,
    }
    return render(request, "scoring/review/shared_case_study.html", page | _agreed(request.user, shared))


def _agreed(user, shared: SharedCaseStudy) -> dict:
    """What the panel of the other body agreed; nothing before it has."""
    if shared.case_study.stage != stages.AGREED:
        return {"is_agreed": False}
    grades = Framework.objects.prefetch_related("grades").get(pk=shared.home.framework_id).grade_words()
    rows = AgreedScore.objects.visible_to(user).filter(case_study=shared.case_study).current()
    rows = rows.select_related("outcome_area").order_by("outcome_area__position")
    result = next(
        each
        for each in results(scored_content(shared.home)).case_studies
        if each.number == shared.case_study.number
    )
    return {
        "is_agreed": True,
        "scores": [(row, grades.get(row.value)) for row in rows],
        "total": result.total.words,
        "commentary": Commentary.objects.filter(case_study=shared.case_study).current().first(),
    }


@require_POST
def accept(request, pk: int):
    shared = _door(request, pk)
    require(why_not_with_shared("accept_shared", request.user, shared))

    def act() -> str:
        row = actions.accept_case_study(shared=shared, accepted_by=request.user)
        return f"It is in your report now: {row}."

    return attempt(request, act, to=_back(request.user, shared))


def end(request, pk: int):
    """Asks first; ends on POST."""
    shared = _door(request, pk)
    require(why_not_with_shared("end_sharing", request.user, shared))
    back = _back(request.user, shared)

    def act() -> str:
        actions.end_sharing(shared=shared, ended_by=request.user)
        return f"“{shared.case_study.title}” is no longer shared."

    page = {"shared": shared, "back": back}
    return confirm(request, act, "scoring/review/share_end.html", page, to=back)
