import atexit

from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate


class AuditConfig(AppConfig):
    name = "edsportal.audit"
    label = "trail"

    def ready(self) -> None:
        from edsportal.audit import chain, triggers
        from edsportal.audit.triggers import ownership  # noqa: F401 (registers its check)

        atexit.register(chain.flush_all)
        connection_created.connect(triggers.on_connection)
        post_migrate.connect(triggers.after_migrations, sender=self)
