"""Correcting the text of a case study after its scoring has opened: a version that says what was corrected, and why."""

from collections.abc import Mapping

from django.db import transaction

from casestudies.models import CaseStudy, Version
from casestudies.notes import note_change
from casestudies.reviews.locks import lock_for
from casestudies.writing.versions import as_it_stands
from edsportal.web.refusals import NotPossible

REASONS = {
    "spelling": "Spelling",
    "fact": "A fact",
    "personal_data": "Personal data",
}


@transaction.atomic
def correct_text(
    *, case_study: CaseStudy, texts: Mapping[int, str], kind: str, what: str, seen: int, corrected_by
) -> Version:
    """Give sections of the case study another text, by their keys, as a new version that the report prints.

    Scores stay with the version that was read. `kind` is one of `REASONS`; `what` is printed. `seen` is the number of
    the version that the page showed. Raises NotPossible, storing nothing, where the texts are the same or somebody
    corrected the case study since; MovedOn before scoring and from approval on.
    """
    lock_for("correct_text", case_study=case_study)
    newest = case_study.versions.order_by("number").last()
    if newest is None or newest.number != seen:
        raise NotPossible(
            "Someone else corrected this case study while you were editing. Open the page again."
        )
    changed = [row for row in case_study.sections.all() if texts.get(row.pk, row.body) != row.body]
    if not changed:
        raise NotPossible("You have not changed the text.")
    for row in changed:
        row.body = texts[row.pk]
        row.save(update_fields=["body"])
    correction = f"{REASONS[kind]}: {what}"
    note_change(
        review=case_study.review,
        what=f"Corrected case study “{case_study.title}”. {correction}",
        changed_by=corrected_by,
    )
    said = as_it_stands(CaseStudy.objects.get(pk=case_study.pk))
    return case_study.versions.create(
        number=newest.number + 1, content=said, made_by=corrected_by, correction=correction
    )
