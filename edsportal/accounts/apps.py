from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "edsportal.accounts"
    label = "accounts"
    verbose_name = "People who sign in"

    def ready(self) -> None:
        from edsportal.accounts import checks  # noqa: F401 (registers them)
