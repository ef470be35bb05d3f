from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.utils import timezone


class PortalBackend(ModelBackend):
    """Sign-in with the e-mail address in `User.email` and a password.

    The only address that counts is the one that the person has now: allauth's own backend would also take
    one that they gave up. Whoever may not sign in gets the answer of a wrong password, so that none tells
    who has an account. People of the demo exist for it alone: where DEMO is off, no password and no open
    session lets them in. A guest's session ends at the hour that was set for it, whatever their browser keeps.
    """

    def authenticate(self, request, username=None, password=None, email=None, **credentials):
        return super().authenticate(request, username=email or username, password=password)

    def user_can_authenticate(self, user) -> bool:
        over = user.is_guest and user.guest_until <= timezone.now()
        return super().user_can_authenticate(user) and not over and (settings.DEMO or not user.is_demo)
