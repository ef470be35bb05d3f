"""Settings, each from the environment; docs/settings.md lists them all."""

from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from edsportal.env import DEBUG, DEMO, ONLY_FOR_DEVELOPMENT, flag, listed, number, text, why_no_secret
from edsportal.monitoring import logs

# Where files of evidence are stored: a folder outside the web root, or a store that speaks S3 (docs/evidence.md).

S3_OPTIONS = {  # what django-storages calls it, and the setting
    "bucket_name": "EVIDENCE_S3_BUCKET",
    "endpoint_url": "EVIDENCE_S3_ENDPOINT",
    "region_name": "EVIDENCE_S3_REGION",
    "access_key": "EVIDENCE_S3_ACCESS_KEY",
    "secret_key": "EVIDENCE_S3_SECRET_KEY",
    "location": "EVIDENCE_S3_FOLDER",
}


def evidence_storage(data_dir: Path) -> dict:
    """The entry "evidence" of Django's STORAGES: S3 where a bucket is named, else a folder only we can read."""
    if not text("EVIDENCE_S3_BUCKET"):
        folder = text("EVIDENCE_DIR", str(data_dir / "evidence"))
        options = {
            "location": folder,
            "file_permissions_mode": 0o600,
            "directory_permissions_mode": 0o700,
        }
        return {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": options}
    options = {name: text(setting) for name, setting in S3_OPTIONS.items() if text(setting)}
    options |= {"default_acl": None, "file_overwrite": False, "signature_version": "s3v4"}
    return {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options}


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
    "edsportal.privacy",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
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
    "edsportal.web.site_address.SiteAddressMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "edsportal.audit.actor.ActorMiddleware",
    "edsportal.accounts.sign_in.idle.IdleMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "edsportal.web.pending_forms.SignInMiddleware",
    "edsportal.accounts.sign_in.guessing.KnownBrowserMiddleware",
    "edsportal.accounts.sign_in.second_step.SecondStepMiddleware",
    "scoring.workshops.guests.GuestMiddleware",
    "casestudies.administration.former_addresses.FormerAddressMiddleware",
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
            "builtins": ["edsportal.web.addresses", "edsportal.web.csrf_tag"],
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
DATA_DIR_IS_SET = bool(text("DATA_DIR"))
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

EMAIL_HOST = text("EMAIL_HOST")
if EMAIL_HOST or not (DEBUG or DEMO):  # a server without one sends none: a printed link would be in its log
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
else:
    EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
EMAIL_PORT = number("EMAIL_PORT", 587, least=1)
EMAIL_HOST_USER = text("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = text("EMAIL_HOST_PASSWORD")
EMAIL_USE_TLS = flag("EMAIL_USE_TLS", default=True)
EMAIL_TIMEOUT = 10
NO_SENDER = "eds-portal@localhost"
DEFAULT_FROM_EMAIL = text("DEFAULT_FROM_EMAIL", NO_SENDER)
NHS_ENGLAND_ADDRESS = text(
    "NHS_ENGLAND_ADDRESS", "england.eandhi@nhs.net"
)  # where published reports are sent

BEHIND_PROXY = flag("BEHIND_PROXY")
METRICS_TOKEN = text("METRICS_TOKEN")
LOG_LEVEL = text("LOG_LEVEL", "INFO").upper()
if LOG_LEVEL not in ("DEBUG", "INFO", "WARNING", "ERROR"):
    raise ImproperlyConfigured(f"Set LOG_LEVEL to DEBUG, INFO, WARNING or ERROR. It is {LOG_LEVEL!r}.")
LOGGING = logs.configuration(as_json=flag("LOG_JSON", default=not (DEBUG or DEMO)), level=LOG_LEVEL)

# After so many months without use an account is erased by `manage.py retention`; 0: never.
RETENTION_MONTHS = number("RETENTION_MONTHS", 36)
GUEST_RETENTION_DAYS = number("GUEST_RETENTION_DAYS", 180, least=1)  # after the workshop that they joined
BACKUP_DIR = text("BACKUP_DIR")  # where `manage.py daily` puts backups; "none": somebody else makes them
BACKUP_DAYS = number("BACKUP_DAYS", 35, least=1)  # after which it deletes them

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
NHSUK_UNSAVED_VALUE = "edsportal.web.pending_forms.waiting_for"  # for people who were signed out

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


# Settings of how people sign in, by which they stay signed in. A part of edsportal/settings.py.

AUDIT_KEY = text("AUDIT_KEY")  # signs the chain over the audit log; "": a key made from SECRET_KEY
AUDIT_KEY_FALLBACKS = listed("AUDIT_KEY_FALLBACKS")
ADMIN_SITE = flag("ADMIN_SITE")  # Django's admin site, which only shows: see edsportal/web/shown_admin.py
SITE_NAME = "Equality Delivery System portal"
AUTH_USER_MODEL = "accounts.User"
AUDIT_PLACES = {  # where an entry of the audit log belongs: its models, by the columns of edsportal.audit.models.Entry
    "organisation": "casestudies.Organisation",
    "review": "casestudies.Review",
    "case_study": "casestudies.CaseStudy",
}
AUTHENTICATION_BACKENDS = ["edsportal.accounts.backends.PortalBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]
AUTH_PASSWORD_VALIDATORS[1]["OPTIONS"] = {"min_length": 12}
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "my_work"
LOGOUT_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "edsportal.accounts.sign_in.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_SESSION_REMEMBER = False  # a shared computer forgets the person when the browser is closed
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_FORMS = {
    "reauthenticate": "edsportal.accounts.sign_in.forms.ReauthenticateForm",
    "login": "edsportal.accounts.sign_in.forms.LoginForm",
    "reset_password": "edsportal.accounts.sign_in.forms.ResetPasswordForm",
    "reset_password_from_key": "edsportal.accounts.sign_in.forms.ResetPasswordKeyForm",
    "change_password": "edsportal.accounts.sign_in.forms.ChangePasswordForm",
    "set_password": "edsportal.accounts.sign_in.forms.SetPasswordForm",
}

ACCOUNT_EMAIL_NOTIFICATIONS = True  # a changed password or second step is told by e-mail
ACCOUNT_RATE_LIMITS = {
    "login": None,  # guesses are counted in edsportal/accounts/sign_in/guessing.py, never by network address
    "login_failed": None,
    "reset_password": "120/m/ip,3/5m/key",
    "reset_password_from_key": "120/m/ip",  # the key can't be guessed
    "reauthenticate": "10/m/user",
    "change_password": "5/m/user",
}
ALLAUTH_TRUSTED_PROXY_COUNT = number("TRUSTED_PROXIES", 1) if flag("BEHIND_PROXY") else 0

# A second step after the password. Who runs a review or the portal can't do without one.
SECOND_STEP_REQUIRED = flag("SECOND_STEP_REQUIRED", default=not DEMO)
SECOND_STEP_REQUIRED_OF = "casestudies.organisations.roles.leads_an_organisation"  # and of administrators
MFA_ADAPTER = "edsportal.accounts.sign_in.adapter.SecondStepAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEBUG or DEMO
MFA_ALLOW_UNVERIFIED_EMAIL = True  # an address counts because the invitation reached it
MFA_TOTP_ISSUER = SITE_NAME
MFA_TOTP_TOLERANCE = 1  # a telephone's clock may be half a minute wrong
MFA_FORMS = {
    "authenticate": "edsportal.accounts.sign_in.second_step_forms.AuthenticateForm",
    "reauthenticate": "edsportal.accounts.sign_in.second_step_forms.ReauthenticateForm",
    "activate_totp": "edsportal.accounts.sign_in.second_step_forms.ActivateTOTPForm",
    "deactivate_totp": "edsportal.accounts.sign_in.second_step_forms.DeactivateTOTPForm",
    "generate_recovery_codes": "edsportal.accounts.sign_in.second_step_forms.GenerateRecoveryCodesForm",
    "add_webauthn": "edsportal.accounts.sign_in.second_step_forms.AddWebAuthnForm",
    "edit_webauthn": "edsportal.accounts.sign_in.second_step_forms.EditWebAuthnForm",
}

# Sign-in by the organisation's own identity provider (NHSmail, Microsoft Entra ID, CIS2), where one is named.
OIDC_SERVER_URL = text("OIDC_SERVER_URL")
OIDC_NAME = text("OIDC_NAME", "your organisation’s account") if OIDC_SERVER_URL else ""
OIDC_TRUSTS_ADDRESSES = flag("OIDC_TRUSTS_ADDRESSES")
OIDC_HAS_SECOND_STEP = flag("OIDC_HAS_SECOND_STEP")
SOCIALACCOUNT_ADAPTER = "edsportal.accounts.sign_in.identity.IdentityAdapter"
SOCIALACCOUNT_LOGIN_ON_GET = True  # docs/decisions/0019: a form may not lead to another site
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": []}}
if OIDC_SERVER_URL:
    SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"] = [
        {
            "provider_id": "organisation",
            "name": OIDC_NAME,
            "client_id": text("OIDC_CLIENT_ID"),
            "secret": text("OIDC_CLIENT_SECRET"),
            "settings": {"server_url": OIDC_SERVER_URL, "oauth_pkce_enabled": True},
        }
    ]

# Nobody stays signed in for longer than a working day, nor when they left: see edsportal/accounts/sign_in/idle.py.
SESSION_IDLE_MINUTES = number("SESSION_IDLE_MINUTES", 30, least=5)
SESSION_HOURS = number("SESSION_HOURS", 12, least=1)
SESSION_COOKIE_AGE = SESSION_HOURS * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
