"""All that the template pack needs of a project's settings; see test_standalone.py."""

SECRET_KEY = "for tests only"
USE_TZ = True
INSTALLED_APPS = ["crispy_forms", "edsportal.nhsuk"]
CRISPY_ALLOWED_TEMPLATE_PACKS = ("nhsuk",)
CRISPY_TEMPLATE_PACK = "nhsuk"
TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "DIRS": [], "APP_DIRS": True}]
ROOT_URLCONF = __name__
urlpatterns = []
