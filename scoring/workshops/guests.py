"""What somebody who joined a workshop by its code may open: the pages on which they score, and what is public."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect

from edsportal.web.rate_limit import Taken, Tries, browser_of
from scoring.models import Joining

# Names of addresses. Of an address that is not here a guest is told that it is not for them.
PAGES = {
    "case_study",
    "declare_interest",
    "interest_take_back",
    "practice",
    "score",
    "score_step",
    "check_scores",
    "submit_scores",
    "change_scores",
    "confirm_scores",
    "workshop_now",
    "workshop_state",
    "moderation",
    "moderate",
    "moderate_now",
    "paper_sheet",
    "evidence",
    "evidence_map",
    "versions",
}
REFUSAL = "You joined with a workshop code, so you can only score its case studies."
WRONG_CODES = (
    5  # of one browser in a minute. A workshop often shares one network address, so that is not counted
)
WRONG = Tries("wrong-workshop-codes", WRONG_CODES, 60)


class GuestMiddleware:
    """Keeps guests to their pages. After `LoginRequiredMiddleware`; every page that needs no sign-in stays open."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if not getattr(request.user, "is_guest", False) or not getattr(view, "login_required", True):
            return None
        name = request.resolver_match.view_name
        if name == "my_work":
            return redirect("join")  # which leads on to the workshop
        if name not in PAGES:
            raise PermissionDenied(REFUSAL)
        return None


def joining_of(user) -> Joining | None:
    """How this guest came to their panel."""
    rows = Joining.objects.present().filter(member__user=user)
    return rows.select_related("workshop__review__organisation").order_by("-pk").first()


def count_code(request) -> Taken | None:
    """Count a code before it is looked at; None where this browser sent too many wrong ones."""
    return WRONG.take(browser_of(request))
