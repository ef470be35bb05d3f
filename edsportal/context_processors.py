from django.conf import settings


def site(request) -> dict:
    """What every page's frame needs: the name of the service and whether this is the demo."""
    return {"site_name": settings.SITE_NAME, "demo": settings.DEMO}
