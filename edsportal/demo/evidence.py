"""Evidence of the demo that a report can't hold: files, made here, and what evidence rests on."""

from io import BytesIO

from openpyxl import Workbook

from casestudies.evidence.actions import Upload, add_evidence
from casestudies.models import CaseStudy, Group, Review
from casestudies.reviews.actions import mark_ready
from edsportal.demo.people import ICB
from edsportal.demo.story_time import moved
from reports.reading.file_kinds import clean_name, kind_of

# File of the demo: of its case studies by number: name, source, date, outcome areas, groups, table.
FILES = {
    "fenbridge-2026": {
        1: (
            "Who comes to balance classes, by age and ethnic group",
            "Falls service",
            "2026-06",
            ("1A", "1B"),
            ("age", "race"),
            (
                ("Group", "Invited", "Came"),
                ("75 to 84", 412, 268),
                ("85 and over", 205, 97),
                ("Asian", 61, 22),
            ),
        ),
    },
    "fenbridge-2027": {
        1: (
            "Waits for a first appointment, by place",
            "Primary care team",
            "2026-10",
            ("1A",),
            ("age", "disability"),
            (("Place", "Median wait in days"), ("Fenbridge", 4), ("Great Ossing", 9), ("Marsh villages", 16)),
        ),
    },
}
LOCAL_GROUPS = {
    ICB: (("farm-workers-from-abroad", "Farm workers from abroad", "Fenbridge joint needs assessment 2022"),),
}


def add_evidence_of(review: Review, files: dict, added_by, *, is_gathered: bool, years: int) -> None:
    """The groups of its body; and where evidence was gathered here, what it rests on, and these files."""
    for code, name, source in LOCAL_GROUPS.get(review.organisation.slug, ()):
        Group.objects.get_or_create(
            code=code,
            organisation=review.organisation,
            defaults={"name": name, "source": moved(source, years), "kind": "local"},
        )
    for row in review.case_studies.all() if is_gathered else ():
        row.evidence.filter(kind="link").update(strength="figures")
        row.evidence.filter(kind="quote").update(strength="feedback")
        if row.number in files:
            _add_file(row, *files[row.number], added_by=added_by, years=years)
        if row.versions.exists():
            mark_ready(case_study=row, made_by=added_by)


def _add_file(row: CaseStudy, title, source, date, codes, groups, table, *, added_by, years) -> None:
    data = workbook(table)
    kind = kind_of(data, "")
    evidence = add_evidence(
        case_study=row,
        kind="file",
        values={"title": title, "source": source, "date": moved(date, years), "strength": "figures"},
        upload=Upload(data=data, name=clean_name(f"{title}.xlsx", kind), kind=kind),
        added_by=added_by,
    )
    evidence.outcome_areas.set(row.domain.outcome_areas.filter(code__in=codes))
    evidence.groups.set(Group.objects.of(row.review.organisation).filter(code__in=groups))


def workbook(table) -> bytes:
    """A small Excel file of these rows."""
    book = Workbook()
    for line in table:
        book.active.append(line)
    out = BytesIO()
    book.save(out)
    return out.getvalue()
