"""Reads settings from the environment; one that can't be read stops the portal with a sentence that says what to do."""

import os

from django.core.exceptions import ImproperlyConfigured


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, "").strip() or default


def flag(name: str, default: bool = False) -> bool:
    """An on/off setting. Raises ImproperlyConfigured for anything but 1, 0, true, false, yes, no, on, off."""
    value = text(name).lower()
    if value == "":
        return default
    if value in ("1", "true", "yes", "on"):
        return True
    if value in ("0", "false", "no", "off"):
        return False
    raise ImproperlyConfigured(f"Set {name} to 1 or 0. It is {value!r}.")


def number(name: str, default: int, *, least: int = 0) -> int:
    """A whole number. Raises ImproperlyConfigured for anything else, and for less than `least`."""
    value = text(name) or str(default)
    if not value.isdecimal() or int(value) < least:
        raise ImproperlyConfigured(f"Set {name} to a whole number, {least} or more. It is {value!r}.")
    return int(value)


def listed(name: str) -> list[str]:
    """Values with commas between them."""
    return [part.strip() for part in os.environ.get(name, "").split(",") if part.strip()]


ONLY_FOR_DEVELOPMENT = "only-for-development-" + "x" * 50
HOW_TO_MAKE_ONE = (
    "Set SECRET_KEY to a long random text that only this server knows, for example the output of: "
    "python3 -c 'import secrets; print(secrets.token_urlsafe(50))'"
)


def why_no_secret(value: str) -> str:
    """What to do about a SECRET_KEY that is missing, short, or known from examples; empty where it will do."""
    if not value:
        return HOW_TO_MAKE_ONE
    if value.startswith(("only-for-development", "django-insecure-", "change")) or len(value) < 50:
        return f"The SECRET_KEY is too short, or one that others know. {HOW_TO_MAKE_ONE}"
    return ""


DEBUG = flag("DEBUG")
DEMO = flag("EDS_DEMO")  # demo data and sign-in without a password: never where real people's data are
