"""Headers of every answer that neither Django nor django-csp sets, and a page for a wrong method."""

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
PERMISSIONS = ", ".join(f"{name}=()" for name in REFUSED)


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
