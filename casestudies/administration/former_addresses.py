"""Old addresses of an organisation lead to its new ones for ever: published links outlive a new name."""

from django.http import HttpRequest, HttpResponsePermanentRedirect

from casestudies.models import FormerAddress, Organisation, Review

PUBLIC = "reports"
PLACES = (PUBLIC, "reviews", "organisations")  # the first part of an address, before an organisation's slug


class FormerAddressMiddleware:
    """Where nothing is found, look for an organisation that had this slug, as far as the person may know of it."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        is_missing = response.status_code == 404 and request.method in ("GET", "HEAD")
        address = new_address(request) if is_missing else None
        return HttpResponsePermanentRedirect(address) if address else response


def new_address(request: HttpRequest) -> str | None:
    """The same address with the organisation's slug of today, or None."""
    _, place, slug, *rest = [*request.get_full_path().split("/"), "", ""]
    if place not in PLACES or not rest:
        return None
    former = FormerAddress.objects.select_related("organisation").filter(slug=slug).first()
    if former is None or not _may_know(request, place, former.organisation):
        return None
    return request.get_full_path().replace(f"/{place}/{slug}", f"/{place}/{former.organisation.slug}", 1)


def _may_know(request: HttpRequest, place: str, organisation: Organisation) -> bool:
    if place == PUBLIC:
        return organisation.reviews.filter(publications__isnull=False).exists()
    user = request.user
    rows = Organisation.objects.filter(pk=organisation.pk)
    reviews = Review.objects.filter(organisation=organisation)
    return user.is_authenticated and (rows.visible_to(user).exists() or reviews.visible_to(user).exists())
