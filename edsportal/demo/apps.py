from django.apps import AppConfig


class DemoConfig(AppConfig):
    """Data and sign-in for showing the portal. Installed only where the setting DEMO is on."""

    name = "edsportal.demo"
    label = "demo"
    verbose_name = "Demonstration"
