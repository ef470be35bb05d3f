"""Making a publication: its content and all its files, made once and never changed."""

import hashlib
from dataclasses import dataclass

from django.db import transaction

from casestudies.evidence.actions import publish_files
from casestudies.models import Review
from eds.content import ReportContent
from eds.editions import edition_to_dict
from reports.formats import FORMATS, file_name
from reports.writing.json_report import to_json
from scoring.models import Publication, PublicationFile


@dataclass(frozen=True, kw_only=True)
class MadeFile:
    """One form of a report, with the SHA-256 of its bytes."""

    format: str
    name: str
    content_type: str
    data: bytes

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()


def make_file(content: ReportContent, format: str) -> MadeFile:
    """One form of the report. Raises KeyError for a format that is not one of `FORMATS`."""
    made = FORMATS[format]
    return MadeFile(
        format=format,
        name=file_name(content, format),
        content_type=made.content_type,
        data=made.make(content),
    )


def make_files(content: ReportContent) -> list[MadeFile]:
    """Every form of the report. It takes seconds, so it is done before anything is locked."""
    return [make_file(content, name) for name in FORMATS]


@transaction.atomic
def publish(
    *, review: Review, content: ReportContent, files: list[MadeFile], published_by, note: str = ""
) -> Publication:
    """Store the next publication of the review. `note` says what a correction changed."""
    text = to_json(content)
    publication = Publication.objects.create(
        review=review,
        number=review.publications.count() + 1,
        content=text,
        edition=edition_to_dict(content.edition),
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        note=note,
        published_by=published_by,
    )
    PublicationFile.objects.bulk_create(
        PublicationFile(
            publication=publication,
            format=file.format,
            name=file.name,
            content_type=file.content_type,
            data=file.data,
            sha256=file.sha256,
        )
        for file in files
    )
    named = [item.file.sha256 for study in content.case_studies for item in study.evidence if item.file]
    publish_files(review=review, hashes=named)
    return publication
