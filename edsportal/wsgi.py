import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "edsportal.settings")
application = get_wsgi_application()

# They ask the application and its settings.
from edsportal.audit.triggers.ownership import log_at_start  # noqa: E402
from edsportal.deploy_checks import require_mail_server  # noqa: E402

require_mail_server()
log_at_start()
