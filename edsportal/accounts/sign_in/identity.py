"""Sign-in by an identity provider that speaks OpenID Connect: NHSmail, Microsoft Entra ID, CIS2.

It says who somebody is; whether they may come in is ours to say. Nobody gets an account by it: an address that the
provider has verified must be that of a person who may sign in. From then on the provider's own mark for the person
(`sub`) counts, for addresses are given to others in time. Every refusal is the same page, so that none tells who has
an account.
"""

import logging

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.base import AuthProcess
from allauth.socialaccount.providers.openid_connect import views as openid_connect
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from requests import RequestException

from edsportal.accounts.backends import PortalBackend
from edsportal.accounts.models import User

logger = logging.getLogger(__name__)


def refused(request: HttpRequest) -> HttpResponse:
    return render(request, "socialaccount/authentication_error.html", status=403)


def refusal(request: HttpRequest) -> ImmediateHttpResponse:
    return ImmediateHttpResponse(refused(request))


@login_not_required
def login(request: HttpRequest, provider_id: str) -> HttpResponse:
    """On to the provider; the same answer as any refusal where it can't be reached."""
    try:
        return openid_connect.login(request, provider_id)
    except RequestException:
        logger.exception("The identity provider can't be reached.")
        return refused(request)


def verified_addresses(claims: dict) -> list[str]:
    """The person's address, where the provider says that it is theirs, in lower case.

    Microsoft Entra ID says nothing about it: OIDC_TRUSTS_ADDRESSES takes its silence for a yes. A no is a no.
    """
    verified = claims.get("email_verified")
    if (
        verified is True
        or str(verified).lower() == "true"
        or (verified is None and settings.OIDC_TRUSTS_ADDRESSES)
    ):
        return [str(claims["email"]).strip().lower()] if claims.get("email") else []
    return []


def claims_of(sociallogin: SocialLogin) -> dict:
    """What the provider's answers say about the person; what it says in both places counts from the first."""
    data = sociallogin.account.extra_data
    return (data.get("id_token") or {}) | (data.get("userinfo") or {})


class IdentityAdapter(DefaultSocialAccountAdapter):
    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Signs in whom the provider names, or refuses."""
        if sociallogin.state.get("process") != AuthProcess.LOGIN:
            raise refusal(request)
        known = sociallogin.is_existing
        user = sociallogin.user if known else self.person(claims_of(sociallogin))
        if user is None or user.is_guest or not PortalBackend().user_can_authenticate(user):
            raise refusal(request)
        sociallogin.account.extra_data = {}  # nothing of it is needed again
        sociallogin.email_addresses = []
        if known:
            sociallogin.account.save(update_fields=["extra_data"])
        else:
            sociallogin.connect(request, user)

    def person(self, claims: dict) -> User | None:
        return User.objects.filter(email__in=verified_addresses(claims), is_active=True).first()

    def is_open_for_signup(self, request, sociallogin) -> bool:
        return False

    def on_authentication_error(
        self, request, provider, error=None, exception=None, extra_context=None
    ) -> None:
        raise refusal(request)
