"""On a phone: joining a workshop by its code, and what the room scores now."""

from hashlib import sha256
from uuid import uuid4

from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.db.models import OuterRef, Subquery
from django.http import HttpRequest, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import condition

from casestudies.models import PanelMember
from casestudies.reviews.doors import review_door
from eds import stages
from edsportal.web.addresses import url_of
from edsportal.web.form_pages import posted
from edsportal.web.refusals import NotPossible
from scoring.models import Joining, Workshop
from scoring.my_work.tasks import practice_before, scoring_tasks
from scoring.workshops.actions import join_workshop
from scoring.workshops.forms import JoinForm
from scoring.workshops.guests import count_code, joining_of
from scoring.workshops.join_code import as_typed, in_two

TOO_OFTEN = "There were too many wrong codes. Wait a minute, then try again"


@login_not_required
@never_cache
def join(request: HttpRequest, code: str = ""):
    """Give the code and a name, and get a seat. The page never says whether a code exists until it is sent."""
    if request.user.is_authenticated:
        return _signed_in_already(request)
    initial = {"code": in_two(as_typed(code)), "page": uuid4()}
    form = JoinForm(posted(request), initial=initial)
    status = 200
    if request.method == "POST" and form.is_valid():
        counted = count_code(request)
        if counted is None:
            form.add_error("code", TOO_OFTEN)
            status = 429
        elif (joining := _joined(request, form)) is not None:
            counted.give_back()
            return redirect("workshop_now", *joining.workshop.review.url_args)
        elif "code" not in form.errors:
            counted.give_back()
    return render(request, "scoring/workshops/join.html", {"form": form}, status=status)


def _joined(request: HttpRequest, form: JoinForm) -> Joining | None:
    """The new seat, with its person signed in until the workshop ends; None where it was refused."""
    try:
        joining = join_workshop(**form.seat())
    except NotPossible as refused:
        form.add_error(refused.field, str(refused))
        return None
    user = joining.member.user
    login(request, user, backend="edsportal.accounts.backends.PortalBackend")
    request.session.set_expiry(user.guest_until)  # kept when the browser is closed, so they can come back
    return joining


def _signed_in_already(request: HttpRequest):
    joining = joining_of(request.user) if request.user.is_guest else None
    if joining is not None:
        return redirect("workshop_now", *joining.workshop.review.url_args)
    return render(request, "scoring/workshops/join_signed_in.html")


def _now(request: HttpRequest, organisation: str, year: str) -> dict:
    review, standing = review_door(request, organisation, year)
    standing.require("follow_workshop")
    workshop = review.workshops.running().select_related("now_scoring").last()
    now = workshop.now_scoring if workshop else None
    return {
        "review": review,
        "standing": standing,
        "workshop": workshop,
        "now": now,
        "state": f"{review.stage} {now.stage if now else ''} {now.number if now else 0} {standing.is_counted}",
        "closed": standing.why_not("score_in_workshop"),
    }


@never_cache
def workshop_now(request: HttpRequest, organisation: str, year: str):
    """What this member scores now in the workshop, and what they have scored."""
    page = _now(request, organisation, year)
    base = url_of(page["review"])
    tasks = [task for task in scoring_tasks(request.user) if task.address.startswith(base)]
    address = _score_address(page)
    done = any(task.is_done and task.address == address for task in tasks)
    more = {"tasks": tasks, "address": address, "done": done, "practice": practice_before(tasks)}
    return render(request, "scoring/workshops/workshop_now.html", page | more)


def _state_tag(request: HttpRequest, organisation: str, year: str) -> str | None:
    """Another one whenever `workshop_state` may answer something else; None for people who have no place on the panel.

    Read in one query of the person's own place, for a hundred phones ask every few seconds.
    """
    running = Workshop.objects.running().filter(review=OuterRef("review")).order_by("-opened_at", "-pk")
    now = {
        f"now_{name}": Subquery(running.values(f"now_scoring__{name}")[:1])
        for name in ("pk", "stage", "number", "title")
    }
    rows = PanelMember.objects.active().filter(
        user=request.user.pk, review__organisation__slug=organisation, review__year=year
    )
    names = ("user", "review", "review__stage", "joining__pk", "joining__confirmed_at")
    row = rows.order_by().values_list(*names).annotate(**now).first()
    return f'"{sha256(repr(row).encode()).hexdigest()}"' if row else None


@condition(etag_func=_state_tag)
def workshop_state(request: HttpRequest, organisation: str, year: str):
    """The same for a script that asks every few seconds."""
    page = _now(request, organisation, year)
    return JsonResponse(
        {
            "state": page["state"],
            "address": _score_address(page),
            "words": str(page["now"]) if page["now"] else "",
        }
    )


def _score_address(page: dict) -> str:
    """Where the case study that is scored now is scored; empty while there is none."""
    if page["now"] is None or page["closed"] or page["now"].stage != stages.SCORING:
        return ""
    return url_of(page["review"], "score", page["now"].number)
