from django.apps import AppConfig


class EdsportalConfig(AppConfig):
    name = "edsportal"

    def ready(self) -> None:
        from edsportal import deploy_checks  # noqa: F401 (registers them)
        from edsportal.accounts import guessing, idle, second_step  # noqa: F401 (they listen for who signs in)
