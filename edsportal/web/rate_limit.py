"""How often something was tried in a while, counted in the cache that all processes share.

Every try takes a place of its own, which is free again when its time is over. So no try makes another last longer,
and tries at the very same moment take different places. The cache holds no address and no name, only a keyed hash.
"""

from dataclasses import dataclass
from time import monotonic

from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac


@dataclass(frozen=True)
class Taken:
    """A try that was counted; `give_back` uncounts it, because it was right."""

    key: str

    def give_back(self) -> None:
        cache.delete(self.key)


@dataclass(frozen=True)
class Tries:
    """At most `limit` tries in any `seconds`; `name` says what is tried."""

    name: str
    limit: int
    seconds: int

    def take(self, who: object) -> Taken | None:
        """Count a try of `who` before it is looked at; None where there were too many."""
        keys = self._keys(who)
        taken = cache.get_many(keys)
        for key in keys:
            if key not in taken and cache.add(key, monotonic(), self.seconds):
                return Taken(key)
        return None

    def exceeded(self, who: object) -> bool:
        return len(cache.get_many(self._keys(who))) >= self.limit

    def forget(self, who: object) -> None:
        cache.delete_many(self._keys(who))

    def _keys(self, who: object) -> list[str]:
        hashed = salted_hmac("edsportal.web.rate_limit", repr(who)).hexdigest()[:32]
        return [f"{self.name}-{hashed}-{place}" for place in range(self.limit)]


def address_of(request: HttpRequest) -> str:
    """The network address of who asks."""
    from allauth.account.adapter import get_adapter  # knows how many proxies to trust

    return get_adapter().get_client_ip(request)


def browser_of(request: HttpRequest) -> str:
    """What tells one browser from others behind the same network address: its secret against forged forms.

    A browser without one, which no page of ours gave it, is told by its address alone.
    """
    return request.META.get("CSRF_COOKIE") or address_of(request)
