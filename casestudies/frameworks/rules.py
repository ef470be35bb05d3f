"""Who may change a framework, as reasons: each function gives None where it is allowed, else a sentence to show."""

from django.core.exceptions import PermissionDenied

from casestudies.models import Framework


def require(reason: str | None) -> None:
    """Raise PermissionDenied with the reason, if there is one."""
    if reason is not None:
        raise PermissionDenied(reason)


def why_not_manage(user) -> str | None:
    return None if user.is_administrator else "Only administrators can change outcome areas."


def why_frozen(framework: Framework) -> str | None:
    """Why its wording can't change, for anybody. A draft can change until a review uses it."""
    copy = "Make a draft copy and change that."
    if not framework.is_draft:
        return f"{framework} has been put in use, so its wording is fixed. {copy}"
    if framework.reviews.exists():
        return f"A review uses {framework}, so its wording is fixed. {copy}"
    return None


def why_not_edit(user, framework: Framework) -> str | None:
    return why_not_manage(user) or why_frozen(framework)


def why_not_put_in_use(user, framework: Framework) -> str | None:
    if framework.status == Framework.Status.IN_USE:
        return why_not_manage(user) or f"{framework} is in use already."
    return why_not_manage(user)
