"""Headers of every answer that neither Django nor django-csp sets, and a page for a wrong method."""

from functools import wraps

from csp.constants import NONCE, SELF
from csp.decorators import csp_update
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.cache import patch_cache_control

# Nothing here films, listens, locates or pays, so no script may ask for it.
REFUSED = (
    "accelerometer",
    "autoplay",
    "camera",
    "display-capture",
    "encrypted-media",
    "geolocation",
    "gyroscope",
)
REFUSED += ("magnetometer", "microphone", "midi", "payment", "usb", "xr-spatial-tracking")
LICENCE = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
PERMISSIONS = ", ".join(f"{name}=()" for name in REFUSED)

# For pages that show an organisation's logo, which is in the page itself, and its colour, in a style of the page.
branded = csp_update({"img-src": [SELF, "data:"], "style-src": [SELF, NONCE]})


def open_to_other_sites(view):
    """Let pages of other sites read what this view answers to GET: public data, the same for everybody.

    No cookies come along with such a request, for the answer allows no credentials.
    """

    @wraps(view)
    def answer(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        if request.method in ("GET", "HEAD"):
            response["Access-Control-Allow-Origin"] = "*"
            response["Access-Control-Expose-Headers"] = "Content-Disposition, ETag"
            response["Cross-Origin-Resource-Policy"] = "cross-origin"
            response["Link"] = f'<{LICENCE}>; rel="license"'
        return response

    return answer


class HeadersMiddleware:
    """Refuses what browsers would let a page ask for, and keeps pages of signed-in people out of shared caches.

    `no-store` is not said: browsers would then lose what somebody typed when they go back a page.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if response.status_code == 405 and not response.content:
            allowed = {"Allow": response.headers.get("Allow", "")}
            response = HttpResponse(render_to_string("405.html"), status=405, headers=allowed)
        response.setdefault("Permissions-Policy", PERMISSIONS)
        response.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        user = getattr(request, "_cached_user", None)
        if user is not None and user.is_authenticated and "Cache-Control" not in response:
            patch_cache_control(response, private=True, no_cache=True)
        return response
