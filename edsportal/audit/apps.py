from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate, pre_migrate


class AuditConfig(AppConfig):
    name = "edsportal.audit"
    label = "trail"

    def ready(self) -> None:
        from edsportal.audit import triggers

        connection_created.connect(triggers.on_connection)
        pre_migrate.connect(triggers.before_migrations, sender=self)
        post_migrate.connect(triggers.after_migrations, sender=self)
