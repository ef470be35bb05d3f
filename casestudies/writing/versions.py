"""What a version of a case study holds: everything that it says, as plain values."""

from collections.abc import Mapping, Sequence
from dataclasses import fields

from casestudies.models import CaseStudy, Version
from eds.content import Evidence, EvidenceFile, Section

PERSONAL_DATA = "Personal data"  # how the correction of a version that took some out begins


def shown(versions: Sequence[Version]) -> list[Version]:
    """Those that a page may show, of all versions of a case study, oldest first.

    Not those from before personal data was taken out of it.
    """
    last = max((place for place, row in enumerate(versions) if takes_out_personal_data(row)), default=0)
    return list(versions[last:])


def takes_out_personal_data(version: Version) -> bool:
    """Was it made to correct personal data in the one before?"""
    return version.correction.startswith(f"{PERSONAL_DATA}:")


def as_it_stands(case_study: CaseStudy) -> dict:
    """What the case study says now. Prefetch its sections and evidence where many are asked."""
    return {
        "title": case_study.title,
        "sections": [_section(section) for section in case_study.sections.all()],
        "evidence": [evidence_as_it_stands(item) for item in case_study.evidence.all()],
    }


def has_changed(case_study: CaseStudy) -> bool:
    """Does it say something else than when it was last accepted? True where it never was."""
    newest = max(case_study.versions.all(), key=lambda version: version.number, default=None)
    return newest is None or newest.content != as_it_stands(case_study)


def _section(section) -> dict:
    outcome = section.outcome_area.code if section.outcome_area else None
    return {"heading": section.heading, "outcome": outcome, "body": section.body}


def evidence_as_it_stands(item) -> dict:
    """What one piece of evidence says now."""
    return {
        "kind": item.kind,
        "title": item.title,
        "text": item.text,
        "url": item.url,
        **({"source_kind": item.source_kind} if item.source_kind else {}),
        "source": item.source,
        "date": item.date,
        **({"strength": item.strength} if item.strength else {}),
        **({"file": _file(item.file)} if item.file else {}),
        "outcomes": [area.code for area in item.outcome_areas.all()],
        "groups": [group.code for group in item.groups.all()],
    }


def _file(row) -> dict:
    return {"id": str(row.pk), "name": row.name, "size": row.size, "sha256": row.sha256}


# What a version of a case study says, as values of a report.

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
