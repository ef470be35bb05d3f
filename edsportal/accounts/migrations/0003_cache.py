from django.core.management.commands.createcachetable import Command
from django.db import migrations


def make_table(apps, schema_editor):
    """The table in which wrong passwords are counted, for every process and host together."""
    command = Command()
    command.verbosity = 0
    command.create_table(schema_editor.connection.alias, "cache", dry_run=False)


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0002_guests'),
    ]

    operations = [
        migrations.RunPython(make_table, migrations.RunPython.noop),
    ]
