"""Writes of evidence and of the files that it is made of."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from casestudies.models import CaseStudy, Evidence, EvidenceFile, Review
from casestudies.notes import note_change
from casestudies.reviews.locks import lock_for
from edsportal.accounts.models import User
from edsportal.backup.erasures import Erasure, note_erasure
from edsportal.web.ordering import move_row, number_rows
from edsportal.web.refusals import ChangedMeanwhile, NotPossible, mark_of

MANY = ("outcome_areas", "groups")
TELLING = ("title", "text", "url", "source", "date")  # what tells one item from another


@dataclass(frozen=True)
class Upload:
    """A file that was looked into: its bytes, its cleaned name and its kind (a code of `file_kinds.KINDS`)."""

    data: bytes
    name: str
    kind: str


def mark_of_evidence(evidence: Evidence, names: tuple[str, ...]) -> str:
    """The mark of what these fields say."""
    values = [(name, getattr(evidence, name)) for name in names]
    return mark_of(
        *(sorted(row.pk for row in value.all()) if name in MANY else str(value) for name, value in values)
    )


def add_evidence(
    *, case_study: CaseStudy, kind: str, values: Mapping[str, object], upload: Upload | None = None, added_by
) -> Evidence:
    """Add an item of evidence at the end. `values` are fields of its row by name.

    The same item is not added twice, for example after "Back": it is given again, with these outcome areas and groups.
    """
    own = {name: value for name, value in values.items() if name not in MANY}
    with _files_too() as written:
        rows = _locked(case_study)
        row = next((row for row in rows if _is_same(row, kind, own, upload)), None)
        if row is None:
            file = _keep(case_study, upload, added_by, written) if upload else None
            position = rows[-1].position + 1 if rows else 1
            row = Evidence(case_study=case_study, position=position, kind=kind, file=file, **own)
            row.save()
            _note(row, f"Added evidence “{row}”", added_by)
        _set(row, values)
        row.save()
    return row


def _is_same(row: Evidence, kind: str, values: Mapping[str, object], upload: Upload | None) -> bool:
    """Does the row say this already? What type of evidence it is does not tell it from another."""
    if row.kind != kind or any(getattr(row, name) != values.get(name, "") for name in TELLING):
        return False
    sha256 = row.file.sha256 if row.file else None
    return sha256 == (hashlib.sha256(upload.data).hexdigest() if upload else None)


def _set(row: Evidence, values: Mapping[str, object]) -> None:
    for name, value in values.items():
        if name in MANY:
            getattr(row, name).set(value)
        else:
            setattr(row, name, value)


def change_evidence(
    *,
    evidence: Evidence,
    values: Mapping[str, object],
    seen: tuple[tuple[str, ...], str],
    upload: Upload | None = None,
    changed_by,
) -> None:
    """Change what these fields say, and the file if there is another.

    `seen` holds names of fields and what `mark_of_evidence` gave for them. Raises ChangedMeanwhile where they
    say something else now.
    """
    with _files_too() as written:
        row = next(row for row in _locked(evidence.case_study) if row.pk == evidence.pk)
        names, mark = seen
        if mark_of_evidence(row, names) != mark:
            raise ChangedMeanwhile("Someone else changed this evidence after you opened it.", current=row)
        old = row.file
        _set(row, values)
        if upload:
            row.file = _keep(row.case_study, upload, changed_by, written)
        row.save()
        if upload and old:
            old.let_go()


@transaction.atomic
def move_evidence(*, evidence: Evidence, up: bool) -> None:
    """Change places with the piece before or after; at the end nothing happens."""
    move_row(_locked(evidence.case_study), evidence, up=up)


@transaction.atomic
def remove_evidence(*, evidence: Evidence, for_good: bool = False, removed_by) -> None:
    """Take a piece of evidence away. Its file goes too, unless a version or a published report names it.

    `for_good` deletes the file even then, for one that should never have been added.
    """
    rows = [row for row in _locked(evidence.case_study) if row.pk != evidence.pk]
    file = evidence.file
    what = f"Removed evidence “{evidence}”"
    if file is not None:
        gone = file.let_go(for_good=for_good)
        what += (
            f"; its file {file.name} (SHA-256 {file.sha256}) was {'deleted' if gone else 'kept in versions'}"
        )
    _note(evidence, what, removed_by)
    evidence.delete()
    number_rows(rows)


def publish_files(*, review: Review, hashes: Sequence[str]) -> None:
    """Let everybody fetch the files of evidence that a report names by their SHA-256 and publishes now."""
    told = CaseStudy.objects.standing_in(review).values("pk")
    files = EvidenceFile.objects.filter(evidence__case_study__in=told, published_at=None)
    files.filter(sha256__in=hashes).update(published_at=timezone.now())


@transaction.atomic
def withdraw_file(*, file: EvidenceFile, reason: str, withdrawn_by) -> None:
    """Take the bytes of a published file away for good; its row says when, why, and their SHA-256."""
    study = CaseStudy.objects.get(pk=file.case_study_id)
    review = lock_for("withdraw_publication", review=study.review_id)
    row = EvidenceFile.objects.select_for_update(of=("self",)).get(pk=file.pk)
    if not row.stored:
        raise NotPossible("This file is withdrawn already.")
    name = row.stored.name
    row.stored, row.withdrawn_at, row.withdrawn_because = "", timezone.now(), reason
    row.save(update_fields=["stored", "withdrawn_at", "withdrawn_because"])
    transaction.on_commit(lambda: EvidenceFile.storage().delete(name), robust=True)
    if withdrawn_by is not None:
        what = f"Withdrew the file {row.name} (SHA-256 {row.sha256}): {reason}"
        note_change(review=review, what=what, changed_by=withdrawn_by)
    by = getattr(withdrawn_by, "pk", None)
    note_erasure("evidence file", str(row.pk), same=row.sha256, reason=reason, by=by)


def withdraw_file_again(erasure: Erasure) -> bool:
    """After a backup from before it was restored."""
    row = EvidenceFile.objects.held().filter(pk=erasure.row, sha256=erasure.same).first()
    if row is not None:
        by = User.objects.filter(pk=erasure.by).first()
        withdraw_file(file=row, reason=erasure.reason, withdrawn_by=by)
    return row is not None


def _keep(case_study: CaseStudy, upload: Upload, added_by, written: list[str]) -> EvidenceFile:
    row = EvidenceFile(
        case_study=case_study,
        name=upload.name,
        kind=upload.kind,
        size=len(upload.data),
        sha256=hashlib.sha256(upload.data).hexdigest(),
        added_by=added_by,
    )
    row.stored.save(upload.name, ContentFile(upload.data), save=False)
    written.append(row.stored.name)
    row.save()
    return row


@contextmanager
def _files_too() -> Iterator[list[str]]:
    """A transaction; the files that were written in it (their names in the list) are deleted if it fails."""
    written: list[str] = []
    try:
        with transaction.atomic():
            yield written
    except BaseException:
        for name in written:
            EvidenceFile.storage().delete(name)
        raise


def _note(evidence: Evidence, what: str, changed_by) -> None:
    case_study = evidence.case_study
    note_change(review=case_study.review, what=f"{case_study.title}: {what}", changed_by=changed_by)


def _locked(case_study: CaseStudy) -> list[Evidence]:
    """The evidence in order; nobody else changes it until the transaction ends."""
    lock_for("write", case_study=case_study)
    return list(Evidence.objects.filter(case_study=case_study).order_by("position"))
