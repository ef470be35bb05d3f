"""Settings, each from the environment; docs/settings.md lists them all."""

from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from edsportal.env import DEBUG, DEMO, ONLY_FOR_DEVELOPMENT, flag, listed, number, text, why_no_secret
from edsportal.monitoring import logs
from edsportal.sign_in_settings import *  # noqa: F403
from edsportal.storing import evidence_storage

BASE_DIR = Path(__file__).resolve().parent.parent

SECRET_KEY = text("SECRET_KEY")
SECRET_KEY_FALLBACKS = listed("SECRET_KEY_FALLBACKS")  # older ones, which still open what they closed
if DEBUG or DEMO:
    SECRET_KEY = SECRET_KEY or ONLY_FOR_DEVELOPMENT
elif why := why_no_secret(SECRET_KEY):
    raise ImproperlyConfigured(why)

ALLOWED_HOSTS = listed("ALLOWED_HOSTS") or (["localhost", "127.0.0.1", "[::1]"] if DEBUG or DEMO else [])
CSRF_TRUSTED_ORIGINS = listed("CSRF_TRUSTED_ORIGINS")
SITE_ADDRESS = text("SITE_ADDRESS")  # for links in e-mails that nobody asked for on a page

INSTALLED_APPS = [
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "edsportal",
    "edsportal.nhsuk",
    "edsportal.accounts",
    "casestudies",
    "scoring",
    "edsportal.audit",
    "edsportal.backup",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "crispy_forms",
    "csp",
]
if DEMO:
    INSTALLED_APPS.append("edsportal.demo")

MIDDLEWARE = [
    "edsportal.monitoring.logs.RequestMiddleware",
    "edsportal.monitoring.metrics.MetricsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "edsportal.web.headers.HeadersMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "edsportal.audit.actor.ActorMiddleware",
    "edsportal.accounts.idle.IdleMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "edsportal.web.pending_forms.SignInMiddleware",
    "edsportal.accounts.second_step.SecondStepMiddleware",
    "scoring.workshops.guests.GuestMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "edsportal.urls"
WSGI_APPLICATION = "edsportal.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["edsportal.web.csrf_tag"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "edsportal.context_processors.site",
            ],
        },
    }
]

# A save that was acknowledged survives a power cut (synchronous FULL); writers queue instead of failing.
SQLITE_OPTIONS = {
    "timeout": 30,
    "transaction_mode": "IMMEDIATE",
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
}
DATA_DIR = Path(text("DATA_DIR", str(BASE_DIR / "data")))
DATABASES = {
    "default": dj_database_url.config(
        default=f"sqlite:///{DATA_DIR / 'edsportal.sqlite3'}", conn_max_age=60, conn_health_checks=True
    )
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = SQLITE_OPTIONS
# Where wrong passwords are counted: shared by every process and host.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},  # with few, somebody could push a count out by making others
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

EMAIL_HOST = text("EMAIL_HOST")  # without one, e-mails are printed on the console
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'console'}.EmailBackend"
EMAIL_PORT = number("EMAIL_PORT", 587, least=1)
EMAIL_HOST_USER = text("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = text("EMAIL_HOST_PASSWORD")
EMAIL_USE_TLS = flag("EMAIL_USE_TLS", default=True)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = text("DEFAULT_FROM_EMAIL", "eds-portal@localhost")

BEHIND_PROXY = flag("BEHIND_PROXY")
METRICS_TOKEN = text("METRICS_TOKEN")
LOG_LEVEL = text("LOG_LEVEL", "INFO").upper()
if LOG_LEVEL not in ("DEBUG", "INFO", "WARNING", "ERROR"):
    raise ImproperlyConfigured(f"Set LOG_LEVEL to DEBUG, INFO, WARNING or ERROR. It is {LOG_LEVEL!r}.")
LOGGING = logs.configuration(as_json=flag("LOG_JSON", default=not (DEBUG or DEMO)), level=LOG_LEVEL)

# After so many months without use an account is erased by `manage.py retention`; 0: never.
RETENTION_MONTHS = number("RETENTION_MONTHS", 36)
GUEST_RETENTION_DAYS = number("GUEST_RETENTION_DAYS", 180, least=1)  # after the workshop that they joined

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = True
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = Path(text("STATIC_ROOT", str(BASE_DIR / "staticfiles")))
STATICFILES_DIRS = [BASE_DIR / "static", ("vendor", BASE_DIR / "vendor")]  # vendor/ is made by ./dev
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = DEBUG or DEMO  # files as they are, without collectstatic
EVIDENCE_MAX_BYTES = number("EVIDENCE_MAX_MB", 20, least=1) * 1024 * 1024  # of one file
FILE_UPLOAD_HANDLERS = [
    "edsportal.web.upload_limit.BoundedUploadHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
STORAGES = {
    "evidence": evidence_storage(DATA_DIR),
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if WHITENOISE_USE_FINDERS
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

CRISPY_ALLOWED_TEMPLATE_PACKS = ("nhsuk",)
CRISPY_TEMPLATE_PACK = "nhsuk"
CRISPY_FAIL_SILENTLY = False

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_REDIRECT_EXEMPT = [r"^health/", r"^metrics/"]  # asked for from inside, where there is no https
CSRF_FAILURE_VIEW = "edsportal.web.pending_forms.form_refused"
if not (DEBUG or DEMO):
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_SSL_REDIRECT = flag("SECURE_SSL_REDIRECT", default=True)
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True
