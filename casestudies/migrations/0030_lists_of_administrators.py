from django.db import migrations, models

from eds.lists import evidence_sources, national_groups, represented_groups


def fill(apps, schema_editor):
    entries, groups = apps.get_model("casestudies", "ListEntry"), apps.get_model("casestudies", "Group")
    for position, group in enumerate(represented_groups.SHIPPED, start=1):
        entries.objects.create(
            kind="represented_group",
            code=group.code,
            name=group.name,
            outside_nhs=group.outside_nhs,
            position=position,
        )
    for position, (code, name) in enumerate(evidence_sources.NAMES.items(), start=1):
        entries.objects.create(kind="evidence_source", code=code, name=name, position=position)
    for position, (code, name) in enumerate(national_groups.CORE20PLUS5, start=1):
        own = {"kind": "core20plus5", "position": position, "source": national_groups.CORE20PLUS5_SOURCE}
        groups.objects.get_or_create(code=code, organisation=None, defaults={"name": name, **own})


def without_core20plus5(apps, schema_editor):
    """The kind is not known before this migration."""
    apps.get_model("casestudies", "Group").objects.filter(kind="core20plus5").delete()
    if schema_editor.connection.vendor == "postgresql":  # else the table can't be changed next
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")


class Migration(migrations.Migration):
    dependencies = [("casestudies", "0029_withdrawn_files")]

    operations = [
        migrations.AddField(
            "evidence",
            "source_kind",
            models.CharField("kind of source", blank=True, db_default="", default="", max_length=200),
        ),
        migrations.CreateModel(
            "ListEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("represented_group", "Group that panel members represent"),
                            ("evidence_source", "Kind of source of evidence"),
                        ],
                        max_length=20,
                    ),
                ),
                ("code", models.CharField(max_length=30)),
                ("name", models.CharField(max_length=100)),
                ("outside_nhs", models.BooleanField("it is outside the NHS", default=False)),
                ("position", models.PositiveSmallIntegerField()),
                ("retired_at", models.DateTimeField("out of use since", blank=True, null=True)),
            ],
            options={
                "verbose_name_plural": "list entries",
                "ordering": ["kind", "position", "name"],
                "constraints": [
                    models.UniqueConstraint(fields=("kind", "code"), name="list_entry_code_once"),
                    models.UniqueConstraint(fields=("kind", "name"), name="list_entry_name_once"),
                    models.CheckConstraint(
                        condition=models.Q(kind__in=["represented_group", "evidence_source"]),
                        name="list_entry_kind_known",
                    ),
                    models.CheckConstraint(condition=~models.Q(code=""), name="list_entry_code_has_text"),
                    models.CheckConstraint(condition=~models.Q(name=""), name="list_entry_name_has_text"),
                ],
            },
        ),
        migrations.AlterField(
            "group",
            "kind",
            models.CharField(
                choices=[
                    ("protected", "Protected characteristic"),
                    ("inclusion", "Inclusion health group"),
                    ("core20plus5", "Core20PLUS5 group"),
                    ("local", "Local group"),
                ],
                max_length=20,
            ),
        ),
        migrations.RemoveConstraint("group", "group_local_has_organisation"),
        migrations.AddConstraint(
            "group",
            models.CheckConstraint(
                condition=models.Q(kind="local", organisation__isnull=False)
                | models.Q(kind__in=["protected", "inclusion", "core20plus5"], organisation__isnull=True),
                name="group_local_has_organisation",
            ),
        ),
        migrations.RunPython(fill, without_core20plus5, elidable=False),
    ]
