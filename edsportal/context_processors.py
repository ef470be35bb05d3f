from django.conf import settings
from django.urls import reverse

from edsportal.web.site_address import site_address


def site(request) -> dict:
    """What every page's frame needs: the name of the service, whether this is the demo, and the main navigation."""
    return {
        "site_name": settings.SITE_NAME,
        "site_root": site_address(),
        "demo": settings.DEMO,
        "nav": navigation(request),
        "identity_provider": settings.OIDC_NAME,
        "idle_minutes": settings.SESSION_IDLE_MINUTES,
    }


def navigation(request) -> list[tuple[str, str, bool]]:
    """The main pages that this person can use: words, address, whether it is this page or one below."""
    pages = [("Published reports", reverse("reports")), ("Search", reverse("search"))]
    if getattr(request, "user", None) and getattr(request.user, "is_guest", False):
        pages.insert(0, ("Workshop", reverse("join")))
    elif getattr(request, "user", None) and request.user.is_authenticated:
        own = [("My work", "my_work"), ("Reviews", "reviews"), ("Outcome areas", "frameworks")]
        pages = [(text, reverse(name)) for text, name in own] + pages
        if request.user.is_administrator:
            pages.insert(-2, ("Administration", reverse("administration")))
            pages.insert(-2, ("Organisations", reverse("organisations")))
    path = reverse("my_work") if _is_scoring(request.path) else request.path
    return [(text, address, path.startswith(address)) for text, address in pages]


def _is_scoring(path: str) -> bool:
    """Whether this is a page on which panel members score or practise: they come from My work, and go back there."""
    return "/score/" in path or "/practice/" in path
