"""What `manage.py check --deploy` says about the settings of a server, and what keeps one from serving."""

from pathlib import Path

from django.conf import settings
from django.core import checks
from django.core.exceptions import ImproperlyConfigured

NO_MAIL_SERVER = "Set EMAIL_HOST to your mail server. Without one nobody gets invitations or links."
NO_SENDER = "Set DEFAULT_FROM_EMAIL to the sender of e-mails, an address of your organisation."
NO_SITE_ADDRESS = "Set SITE_ADDRESS to the portal’s own address, such as https://eds.example.nhs.uk."
NO_DATA_DIR = (
    "Set DATA_DIR to a folder outside the portal’s own, such as /var/lib/edsportal, in the file with the settings. "
    "Then the service and its commands use the same files."
)
NO_BACKUP_DIR = "Set BACKUP_DIR to a folder for daily backups, or to none if your organisation makes its own."


def is_server() -> bool:
    return not (settings.DEBUG or settings.DEMO)


def require_mail_server() -> None:
    """For the process that serves. Raises ImproperlyConfigured on a server that can send no e-mail."""
    if is_server() and not settings.EMAIL_HOST:
        raise ImproperlyConfigured(NO_MAIL_SERVER)


@checks.register(checks.Tags.compatibility, deploy=True)
def settings_of_a_server(app_configs, **kwargs) -> list[checks.CheckMessage]:
    """`check --deploy` refuses a server that can't send e-mail, and warns of what makes commands and links wrong."""
    if not is_server():
        return []
    found = [] if settings.EMAIL_HOST else [checks.Error(NO_MAIL_SERVER, id="edsportal.E001")]
    warnings = {
        "edsportal.W002": settings.DEFAULT_FROM_EMAIL == settings.NO_SENDER and NO_SENDER,
        "edsportal.W003": not settings.SITE_ADDRESS.startswith("https://") and NO_SITE_ADDRESS,
        "edsportal.W004": _has_no_data_dir() and NO_DATA_DIR,
        "edsportal.W005": not settings.BACKUP_DIR and NO_BACKUP_DIR,
    }
    return found + [checks.Warning(words, id=name) for name, words in warnings.items() if words]


def _has_no_data_dir() -> bool:
    return not settings.DATA_DIR_IS_SET or not Path(settings.DATA_DIR).is_absolute()
