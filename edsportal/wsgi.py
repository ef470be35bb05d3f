import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "edsportal.settings")
application = get_wsgi_application()

from edsportal.deploy_checks import require_mail_server  # noqa: E402 (it asks the settings)

require_mail_server()
