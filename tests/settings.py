"""The portal's settings as the tests need them. Of the environment only DATABASE_URL counts."""

import os

os.environ.update(DEBUG="0", EDS_DEMO="0", SECRET_KEY="for tests " * 6, ALLOWED_HOSTS="testserver,localhost")
for name in (
    *(
        "CSRF_TRUSTED_ORIGINS",
        "BEHIND_PROXY",
        "OIDC_SERVER_URL",
        "OIDC_HAS_SECOND_STEP",
        "OIDC_TRUSTS_ADDRESSES",
    ),
    *(
        "DATA_DIR",
        "STATIC_ROOT",
        "DEFAULT_FROM_EMAIL",
        "SESSION_IDLE_MINUTES",
        "SESSION_HOURS",
        "EVIDENCE_MAX_MB",
        "BACKUP_DIR",
        "BACKUP_DAYS",
        "SITE_ADDRESS",
        "ADMIN_SITE",
    ),
):
    os.environ.pop(name, None)

from edsportal.settings import *  # noqa: E402, F403
from edsportal.settings import DATABASES, STORAGES  # noqa: E402

# Pages are served over http here, and static files straight from their folders.
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = False
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = True
STORAGES["evidence"] = {"BACKEND": "django.core.files.storage.InMemoryStorage"}
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
SECOND_STEP_REQUIRED = False  # tests of it turn it on
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

# Which database it is says tests/database.py. A server in a thread and the test each open it.
DATABASES["default"]["CONN_MAX_AGE"] = 0
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    options = DATABASES["default"]["OPTIONS"]
    DATABASES["default"]["OPTIONS"] = options | {
        "init_command": options["init_command"].replace("synchronous=FULL", "synchronous=OFF")
    }
