from django.apps import AppConfig
from django.db.backends.signals import connection_created


class EdsportalConfig(AppConfig):
    name = "edsportal"

    def ready(self) -> None:
        from edsportal import deploy_checks, table_statistics  # noqa: F401 (registers its checks)
        from edsportal.accounts.sign_in import guessing, idle, second_step  # noqa: F401 (they listen for who signs in)
        from edsportal.backup.erasures import AGAIN
        from edsportal.privacy.erase import erase_person_again

        AGAIN["account"] = erase_person_again
        connection_created.connect(table_statistics.on_connection)
