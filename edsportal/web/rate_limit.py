"""How often something was tried in a while, counted in the cache."""

from dataclasses import dataclass

from django.core.cache import cache


@dataclass(frozen=True)
class Tries:
    """At most `limit` tries in `seconds`, counted from the first; `name` tells what is tried."""

    name: str
    limit: int
    seconds: int

    def exceeded(self, who: object) -> bool:
        return cache.get(self._key(who), 0) >= self.limit

    def count(self, who: object) -> None:
        cache.add(self._key(who), 0, self.seconds)
        try:
            cache.incr(self._key(who))
        except ValueError:  # it ran out between the two
            cache.set(self._key(who), 1, self.seconds)

    def _key(self, who: object) -> str:
        return f"{self.name}-{who}"


def address_of(request) -> str:
    """The network address of who asks."""
    from allauth.account.adapter import get_adapter  # knows how many proxies to trust

    return get_adapter().get_client_ip(request)
