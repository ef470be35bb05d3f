from django.db import migrations

from eds import editions
from eds.lists import national_groups
from casestudies.frameworks.store import store_edition


def load(apps, schema_editor):
    def get_model(name):
        return apps.get_model("casestudies", name)

    store_edition(get_model=get_model, edition=editions.load("EDS 2022"), status="in_use")
    for kind, source, pairs in (
        ("protected", national_groups.PROTECTED_SOURCE, national_groups.PROTECTED),
        ("inclusion", national_groups.INCLUSION_SOURCE, national_groups.INCLUSION),
    ):
        get_model("Group").objects.bulk_create(
            get_model("Group")(code=code, name=name, kind=kind, position=position, source=source)
            for position, (code, name) in enumerate(pairs, start=1)
        )


class Migration(migrations.Migration):
    dependencies = [("casestudies", "0001_initial")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
