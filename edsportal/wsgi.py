import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "edsportal.settings")
application = get_wsgi_application()

from edsportal.audit.ownership import log_at_start  # noqa: E402 (needs the application)

log_at_start()
