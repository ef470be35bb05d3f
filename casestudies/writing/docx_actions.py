"""Writes of what came back from Word into a case study."""

from collections.abc import Sequence

from django.db import transaction

from casestudies.models import CaseStudy, OutcomeArea, ReportUpload
from casestudies.reviews.locks import lock_for
from casestudies.writing import sections as actions
from edsportal.web.refusals import ChangedMeanwhile
from reports.case_study_docx import Change


@transaction.atomic
def take_changes(
    *, upload: ReportUpload, case_study: CaseStudy, changes: Sequence[Change], seen: Sequence[str], saved_by
) -> None:
    """Write these changes and delete the upload. `seen` marks the sections as the page showed them.

    Raises ChangedMeanwhile where they say something else now.
    """
    lock_for("write", case_study=case_study)
    rows = list(case_study.sections.order_by("position"))
    if [row.mark for row in rows] != list(seen):
        raise ChangedMeanwhile("Somebody changed the case study since you opened it.")
    areas = {area.code: area for area in OutcomeArea.objects.filter(domain=case_study.domain_id)}
    for change in changes:
        said = change.section
        if said is None:
            actions.remove_section(section=rows[change.place])
            continue
        text = {"heading": said.heading, "outcome_area": areas.get(said.outcome), "body": said.body}
        if change.place is None:
            actions.add_section(case_study=case_study, **text, saved_by=saved_by)
        else:
            row = rows[change.place]
            actions.change_section(section=row, **text, seen=row.mark, saved_by=saved_by)
    upload.delete()
