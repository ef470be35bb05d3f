from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from edsportal.accounts.models import User


@login_not_required
@require_POST
def sign_in(request):
    """Signs in as the person of the demo whose button was pressed. 404 outside it and for real people."""
    person = request.POST.get("person", "")
    if not settings.DEMO or not person.isdecimal():
        raise Http404
    user = get_object_or_404(User, pk=person, is_demo=True, is_active=True)
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    goal = request.POST.get("next", "")
    return redirect(goal if get_adapter(request).is_safe_url(goal) else settings.LOGIN_REDIRECT_URL)
