"""Correcting a case study after its scoring has opened: a version that says what was corrected, and why."""

from collections.abc import Collection, Mapping

from django.db import transaction

from casestudies.models import CaseStudy, Evidence, Version
from casestudies.notes import note_change
from casestudies.reviews.locks import lock_for
from casestudies.writing.versions import PERSONAL_DATA, as_it_stands
from edsportal.web.ordering import number_rows
from edsportal.web.refusals import NotPossible

REASONS = {
    "spelling": "Spelling",
    "fact": "A fact",
    "personal_data": PERSONAL_DATA,
}
CORRECTED = ("title", "text", "source")  # of evidence


@transaction.atomic
def correct_text(
    *,
    case_study: CaseStudy,
    texts: Mapping[int, str],
    kind: str,
    what: str,
    seen: int,
    corrected_by,
    title: str = "",
    evidence: Mapping[int, Mapping[str, str]] | None = None,
    removed: Collection[int] = (),
) -> Version:
    """Give the case study other words, as a new version that the report prints.

    `texts` are those of sections by their keys, `title` is "" where it stays, `evidence` the fields of `CORRECTED` by
    the evidence's key, `removed` the keys of evidence that goes. Scores stay with the version that was read. `kind` is
    one of `REASONS`; `what` is printed. `seen` is the number of the version that the page showed. After a correction of
    personal data no page shows the versions before it, and a file that goes is deleted for good. Raises NotPossible,
    storing nothing, where nothing differs or somebody corrected the case study since; MovedOn before scoring and from
    approval on.
    """
    lock_for("correct_text", case_study=case_study)
    number = _require_newest(case_study, seen)
    before = as_it_stands(CaseStudy.objects.get(pk=case_study.pk))
    _correct_sections(case_study, texts)
    _correct_evidence(case_study, evidence or {}, removed, for_good=kind == "personal_data")
    if title:
        CaseStudy.objects.filter(pk=case_study.pk).update(title=title)
        case_study.title = title
    said = as_it_stands(CaseStudy.objects.get(pk=case_study.pk))
    if said == before:
        raise NotPossible("You have not changed the text.")
    correction = f"{REASONS[kind]}: {what}"
    what = f"Corrected case study “{case_study.title}”. {correction}"
    note_change(review=case_study.review, what=what, changed_by=corrected_by)
    values = {"content": said, "made_by": corrected_by, "correction": correction}
    return case_study.versions.create(number=number + 1, **values)


def _require_newest(case_study: CaseStudy, seen: int) -> int:
    """The number of the newest version. Raises NotPossible where it is another than the one that was seen."""
    newest = case_study.versions.order_by("number").last()
    if newest is None or newest.number != seen:
        raise NotPossible(
            "Someone else corrected this case study while you were editing. Open the page again."
        )
    return newest.number


def _correct_sections(case_study: CaseStudy, texts: Mapping[int, str]) -> None:
    for row in case_study.sections.all():
        if texts.get(row.pk, row.body) != row.body:
            row.body = texts[row.pk]
            row.save(update_fields=["body"])


def _correct_evidence(
    case_study: CaseStudy,
    values: Mapping[int, Mapping[str, str]],
    removed: Collection[int],
    *,
    for_good: bool,
) -> None:
    rows = list(Evidence.objects.filter(case_study=case_study).order_by("position"))
    for row in rows:
        if row.pk in removed:
            file = row.file
            row.delete()
            if file is not None:
                file.let_go(for_good=for_good)
            continue
        changed = {name: text for name, text in values.get(row.pk, {}).items() if getattr(row, name) != text}
        for name, text in changed.items():
            setattr(row, name, text)
        if changed:
            row.save(update_fields=list(changed))
    if removed:
        number_rows([row for row in rows if row.pk])
