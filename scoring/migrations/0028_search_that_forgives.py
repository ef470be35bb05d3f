import django.contrib.postgres.operations
from django.db import migrations, models

from scoring.search import postgres, sqlite


def index(apps, schema_editor):
    """Titles are looked through too; `migrate` then makes the index of all texts anew, with their anchors."""
    texts, words = (apps.get_model("scoring", name) for name in ("SearchText", "SearchWord"))
    texts.objects.all().delete()
    if schema_editor.connection.vendor == "postgresql":
        postgres.put_in_place(schema_editor, texts)
        postgres.put_letters_in_place(schema_editor, words)
    elif schema_editor.connection.vendor == "sqlite":
        sqlite.make_anew()
        sqlite.put_letters_in_place()


class Trigrams(django.contrib.postgres.operations.TrigramExtension):
    """Also backwards nothing on SQLite, which knows trigrams by itself."""

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        if schema_editor.connection.vendor == "postgresql":
            super().database_backwards(app_label, schema_editor, from_state, to_state)


class Migration(migrations.Migration):

    dependencies = [
        ('scoring', '0027_sent_reports_and_asked_again'),
    ]

    operations = [
        Trigrams(),
        migrations.AddField(
            model_name='searchtext',
            name='anchor',
            field=models.CharField(blank=True, default='', max_length=250),
            preserve_default=False,
        ),
        migrations.CreateModel(
            name='SearchWord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('word', models.CharField(max_length=50, unique=True)),
            ],
            options={
                'ordering': ['word'],
            },
        ),
        migrations.RunPython(index, migrations.RunPython.noop),
    ]
