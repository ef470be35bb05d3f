"""A published report's JSON file, imported where nobody knows its organisation, and exported again."""

import json
from pathlib import Path

from django.core.management import call_command

from casestudies.models import Organisation, Review


def unmarked(file: bytes) -> dict:
    """What a JSON file says, but for where its scores came from: an import marks them as imported."""
    values = json.loads(file)
    for part in values["case_studies"]:
        for key in ("origin", "from", "on"):
            part.pop(key, None)
    return values


def exported_elsewhere(file: bytes, folder: Path) -> bytes:
    """What `export_report` writes after `import_report` read the file, once the portal has forgotten its review."""
    said = json.loads(file)
    organisation = Organisation.objects.get(name=said["organisation"]["name"])
    slug, first = organisation.slug, organisation.reviews.get(year=said["year"])
    organisation.name, organisation.slug, organisation.ods_code = "Somebody else", "somebody-else", ""
    organisation.save()
    (folder / "in.json").write_bytes(file)
    call_command("import_report", str(folder / "in.json"))
    again = Review.objects.get(organisation__slug=slug, year=said["year"])
    assert again.pk != first.pk
    out = folder / "out.json"
    call_command("export_report", organisation=slug, year=said["year"], format="json", output=out)
    return out.read_bytes()
