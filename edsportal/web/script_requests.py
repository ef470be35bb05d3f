"""Requests that a script of a page sends: it asks for JSON by `Accept: application/json`, and is refused in JSON."""

from collections.abc import Callable
from functools import wraps

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, JsonResponse
from django.utils import formats, timezone

from edsportal.web.pending_forms import ANOTHER, is_typed_by_another


def wants_json(request: HttpRequest) -> bool:
    return request.get_preferred_type(["text/html", "application/json"]) == "application/json"


def answers_scripts(view: Callable) -> Callable:
    """Refuse what another person typed; tell a script in JSON why it is refused."""

    @wraps(view)
    def answer(request: HttpRequest, *args, **kwargs):
        if request.method == "POST" and is_typed_by_another(request):
            if wants_json(request):
                return JsonResponse({"another": ANOTHER}, status=409)
            raise PermissionDenied(ANOTHER)
        try:
            return view(request, *args, **kwargs)
        except PermissionDenied as refused:
            if wants_json(request):
                return JsonResponse({"refused": str(refused)}, status=403)
            raise

    return answer


def clock(moment) -> str:
    return formats.time_format(timezone.localtime(moment), "H:i")
