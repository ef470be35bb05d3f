"""What a version of a case study says, as values of a report."""

from collections.abc import Mapping
from dataclasses import fields

from eds.content import Evidence, EvidenceFile, Section

FILE = [field.name for field in fields(EvidenceFile)]
KNOWN = {field.name for field in fields(Evidence)}


def sections_of(said: Mapping) -> tuple[Section, ...]:
    """`said` is what `casestudies.writing.versions.as_it_stands` gives."""
    return tuple(
        Section(heading=one["heading"], outcome=one["outcome"], body=one["body"]) for one in said["sections"]
    )


def evidence_of(said: Mapping) -> tuple[Evidence, ...]:
    found = []
    for one in said["evidence"]:
        known = {name: value or None for name, value in one.items() if name in KNOWN}
        file = known.get("file") and EvidenceFile(**{name: known["file"][name] for name in FILE})
        groups, outcomes = tuple(one.get("groups", ())), tuple(one.get("outcomes", ()))
        found.append(Evidence(**known | {"file": file, "groups": groups, "outcomes": outcomes}))
    return tuple(found)
