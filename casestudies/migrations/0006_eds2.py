from django.db import migrations

from eds import editions
from casestudies.frameworks.store import store_edition


def load(apps, schema_editor):
    """EDS2 of 2013, for reviews of those years: no longer used for new ones."""

    def get_model(name):
        return apps.get_model("casestudies", name)

    store_edition(get_model=get_model, edition=editions.load("EDS2"), status="retired")


class Migration(migrations.Migration):
    dependencies = [("casestudies", "0005_framework_drafts")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
