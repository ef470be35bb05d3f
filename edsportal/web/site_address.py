"""The portal's own address, such as https://eds.example.nhs.uk, for links in e-mails."""

from contextvars import ContextVar

from django.conf import settings

_of_request: ContextVar[str] = ContextVar("edsportal-site-address", default="")


def site_address() -> str:
    """That of the web request which is being answered; else the setting SITE_ADDRESS."""
    return _of_request.get() or settings.SITE_ADDRESS.rstrip("/")


class SiteAddressMiddleware:
    """Stands after the middleware that refuses requests for other hosts."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        token = _of_request.set(request.build_absolute_uri("/")[:-1])
        try:
            return self.get_response(request)
        finally:
            _of_request.reset(token)
