"""Making a publication: its content and all its files, made once and never changed."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from casestudies.evidence.actions import publish_files
from casestudies.models import Review
from casestudies.notes import note_change
from casestudies.reviews.locks import lock_for
from eds.content import ReportContent
from eds.editions import edition_to_dict
from edsportal.accounts.models import User
from edsportal.audit.chain import head_text
from edsportal.audit.chain.canonical import hash_in_chain
from edsportal.backup.erasures import Erasure, note_erasure
from edsportal.web.refusals import NotPossible
from reports.formats import FORMATS, file_name
from reports.writing.data.json_report import approved_sha256, to_json
from scoring.models import Approval, Publication, PublicationFile, SearchText, Withdrawal
from scoring.publishing.models import WITHDRAWN
from scoring.review.content import report_content


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


def make_file(content: ReportContent, format: str, audit_head: str = "") -> MadeFile:
    """One form of the report, with the head of the audit log where that form prints one.

    Raises KeyError for a format that is not one of `FORMATS`.
    """
    made = FORMATS[format]
    return MadeFile(
        format=format,
        name=file_name(content, format),
        content_type=made.content_type,
        data=made.of(content, audit_head),
    )


def make_files(content: ReportContent, audit_head: str = "") -> list[MadeFile]:
    """Every form of the report. It takes seconds, so it is done before anything is locked."""
    return [make_file(content, name, audit_head) for name in FORMATS]


@transaction.atomic
def publish(
    *,
    review: Review,
    content: ReportContent,
    files: list[MadeFile],
    published_by,
    note: str = "",
    published_at: datetime | None = None,
    audit_head: str = "",
) -> Publication:
    """Store the next publication of the review, published now if nothing else is said.

    `note` says what a correction changed. `audit_head` is what its files print; else it is the head of now.
    """
    text = to_json(content)
    publication = Publication.objects.create(
        review=review,
        number=review.publications.count() + 1,
        content=text,
        edition=edition_to_dict(content.edition),
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        note=note,
        published_by=published_by,
        published_at=published_at or timezone.now(),
        audit_head=audit_head or head_text(),
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


# Withdrawing what must not be public.


@transaction.atomic
def withdraw_publication(*, publication: Publication, reason: str, withdrawn_by) -> Withdrawal:
    """Take the content and the files of a publication away for good. What is left says when, why, and their hashes.

    Raises NotPossible where it is withdrawn already.
    """
    locked = lock_for("withdraw_publication", review=publication.review_id)
    row = Publication.objects.get(pk=publication.pk)
    if Withdrawal.objects.filter(publication=row).exists():
        raise NotPossible("This edition is withdrawn already.")
    files = {file.format: hash_in_chain(file, "data") for file in row.files.all()}
    withdrawal = Withdrawal.objects.create(
        publication=row,
        reason=reason,
        hashes={"content": hash_in_chain(row, "content"), "files": files},
        withdrawn_by=withdrawn_by,
    )
    Publication.objects.filter(pk=row.pk).update(content=WITHDRAWN)
    row.files.update(data=b"")
    SearchText.objects.filter(publication=row).delete()
    what = f"Withdrew publication {row.number}: {reason}"
    if withdrawn_by is not None:
        note_change(review=locked, what=what, changed_by=withdrawn_by)
    note_erasure("publication", row.pk, same=row.sha256, reason=reason, by=getattr(withdrawn_by, "pk", None))
    return withdrawal


def withdraw_publication_again(erasure: Erasure) -> bool:
    """After a backup from before it was restored."""
    row = Publication.objects.filter(pk=erasure.row, sha256=erasure.same, withdrawal=None).first()
    if row is not None:
        by = User.objects.filter(pk=erasure.by).first()
        withdraw_publication(publication=row, reason=erasure.reason, withdrawn_by=by)
    return row is not None


# Recording who approved a report for publication.


@transaction.atomic
def record_approval(
    *, review: Review, approved_by: str, committee: str, approved_on: date, recorded_by
) -> Approval:
    """Keep who approved the report as it stands now. The header's date of authorisation becomes the same day."""
    locked = lock_for("record_approval", review=review)
    locked.authorised_on = review.authorised_on = approved_on
    locked.save(update_fields=["authorised_on"])
    row = Approval.objects.create(
        review=locked,
        approved_by=approved_by,
        committee=committee,
        approved_on=approved_on,
        sha256=approved_sha256(report_content(locked)),
        recorded_by=recorded_by,
    )
    note_change(
        review=locked, what=f"Recorded the approval by {approved_by}, {committee}", changed_by=recorded_by
    )
    return row
