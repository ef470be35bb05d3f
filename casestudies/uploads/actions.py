"""Writes of uploads: a file waits until the person who uploaded it confirms what was understood."""

from django.db import transaction

from casestudies.models import CaseStudy, Organisation, ReportUpload
from casestudies.reviews.locks import lock_for

MOST = 5  # uploads of one person that wait at once


@transaction.atomic
def keep_upload(
    *,
    user,
    organisation: Organisation,
    name: str,
    data: bytes,
    year: str = "",
    case_study: CaseStudy | None = None,
    reading: str = "",
) -> ReportUpload:
    """Put a file by for a day: a whole report, with what was understood of it, or one case study.

    The person's oldest uploads make room, and all that expired are deleted.
    """
    if case_study is not None:
        lock_for("write", case_study=case_study)
    ReportUpload.objects.expired().delete()
    row = ReportUpload.objects.create(
        user=user,
        organisation=organisation,
        name=name[-200:],
        data=data,
        year=year,
        case_study=case_study,
        reading=reading,
    )
    newest = ReportUpload.objects.filter(user=user).order_by("-uploaded_at").values("pk")[:MOST]
    ReportUpload.objects.filter(user=user).exclude(pk__in=list(newest.values_list("pk", flat=True))).delete()
    return row


def discard_upload(*, upload: ReportUpload) -> None:
    upload.delete()
