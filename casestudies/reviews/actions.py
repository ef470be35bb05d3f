"""Writes of case studies and their sections."""

from collections.abc import Iterable, Mapping

from django.db import transaction

from casestudies.messages import sending
from casestudies.models import (
    CaseStudy,
    Domain,
    Review,
    Section,
    SharedCaseStudy,
    Version,
)
from casestudies.notes import note_change
from casestudies.reviews.locks import lock_for
from casestudies.writing.suggestions import first_sections
from casestudies.writing.versions import as_it_stands
from edsportal.accounts.models import User
from edsportal.web.addresses import url_of
from edsportal.web.refusals import NotPossible


@transaction.atomic
def mark_ready(*, case_study: CaseStudy, made_by) -> Version:
    """Make an immutable version of what the case study says now; the newest one again where nothing changed."""
    lock_for("accept_text", case_study=case_study)
    return keep_version(case_study, as_it_stands(case_study), made_by)


def keep_version(case_study: CaseStudy, said: dict, made_by) -> Version:
    """The version that says this: the newest one where it does, else a new one. Needs the review to be locked."""
    CaseStudy.objects.select_for_update(of=("self",)).get(pk=case_study.pk)
    newest = case_study.versions.order_by("number").last()
    if newest is not None and newest.content == said:
        return newest
    number = newest.number + 1 if newest else 1
    return case_study.versions.create(number=number, content=said, made_by=made_by)


@transaction.atomic
def add_case_study(*, review: Review, domain: Domain, title: str, authors: Iterable, added_by) -> CaseStudy:
    """Add a case study after those of its domain, with an empty section for each of its outcome areas.

    The ones of later domains move on by one number.
    """
    locked = lock_for("add_case_study", review=review)
    number = next_number(locked)
    row = CaseStudy.objects.create(review=locked, domain=domain, title=title, number=number)
    row.authors.set(authors)
    Section.objects.bulk_create(first_sections(row))
    number_by_domain(locked)
    row.refresh_from_db()
    note_change(review=locked, what=f"Added case study “{title}”", changed_by=added_by)
    _tell_authors(locked, row, row.authors.all(), added_by)
    return row


@transaction.atomic
def change_case_study(*, case_study: CaseStudy, title: str, authors: Iterable, changed_by) -> None:
    """Give the case study another title and other authors."""
    lock_for("change_case_study", case_study=case_study)
    if case_study.title != title:
        what = f"Renamed case study “{case_study.title}”: “{title}”"
        note_change(review=case_study.review, what=what, changed_by=changed_by)
        case_study.title = title
        case_study.save(update_fields=["title"])
    authors, before = list(authors), set(case_study.authors.all())
    if before != set(authors):
        names = ", ".join(author.name for author in authors) or "nobody"
        what = f"Authors of “{title}”: {names}"
        note_change(review=case_study.review, what=what, changed_by=changed_by)
        case_study.authors.set(authors)
        _tell_authors(case_study.review, case_study, set(authors) - before, changed_by)


def _tell_authors(review: Review, row: CaseStudy, authors: Iterable[User], sender: User | None) -> None:
    """Tell new authors of a case study; once each, also where they were taken off it and put back."""
    sending.tell(
        "assigned",
        review,
        sending.people(set(authors) - {sender}),
        url_of(row, "write"),
        sending.about(row, sender),
        once=f"case study {row.pk}",
    )


def next_number(review: Review) -> int:
    """The number after the last case study that stands in the review; the review is locked."""
    last = CaseStudy.objects.standing_in(review).last()
    return last.place + 1 if last else 1


def number_by_domain(review: Review) -> None:
    """Number the case studies from 1 in the order of their domains, and within one as they were."""
    rows = list(CaseStudy.objects.standing_in(review).order_by("domain__number", "place"))
    highest = max((row.place for row in rows), default=0)
    for first in (highest + 1, 1):  # out of the way first: a number stands once in a review
        for number, row in enumerate(rows, start=first):
            CaseStudy.objects.filter(pk=row.pk, review=review).update(number=number)
            SharedCaseStudy.objects.filter(case_study=row.pk, review=review).update(number=number)


# Writes of a review's own fields.


@transaction.atomic
def change_header(
    *, review: Review, values: Mapping[str, object], changed_by, action: str = "change_header"
) -> None:
    """Set fields of the review, by default of its header; only those named in `values`, and their names are noted."""
    locked = lock_for(action, review=review)
    changed = [name for name, value in values.items() if getattr(locked, name) != value]
    if not changed:
        return
    for name in changed:
        setattr(locked, name, values[name])
    locked.save(update_fields=changed)
    names = ", ".join(Review._meta.get_field(name).verbose_name for name in changed)
    note_change(review=locked, what=f"Changed: {names}", changed_by=changed_by)


# Taking case studies out of a review.


@transaction.atomic
def remove_case_study(*, case_study: CaseStudy, removed_by) -> None:
    """Take a case study out of its review. Raises NotPossible once its scoring was open."""
    review = lock_for("change_case_study", case_study=case_study)
    scored = case_study.sheets.exists() or case_study.agreed_scores.exists()
    if scored or case_study.versions.filter(scores__isnull=False).exists():
        raise NotPossible(
            "The panel has started scoring this case study, so you can’t remove it from the review."
        )
    if case_study.stage_moves.exists():
        raise NotPossible(
            "Scoring of this case study was open, so you can’t remove it. You can leave its domain out of the report."
        )
    if shared := case_study.shares.accepted().select_related("organisation").first():
        raise NotPossible(
            f"It is also in the report of {shared.organisation}. Stop sharing it with them first."
        )
    title = case_study.title
    case_study.delete()
    number_by_domain(review)
    note_change(review=review, what=f"Removed case study “{title}”", changed_by=removed_by)
