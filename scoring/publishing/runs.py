"""Publishing step by step: each step makes one file, so that somebody can watch, and the last one publishes.

A step is short, needs no worker and may fail: then nothing is published. See docs/decisions/0024.
"""

import logging

from django.db import transaction

from casestudies.models import Review
from eds import stages
from eds.content import ReportContent
from eds.editions import edition_from_dict, edition_to_dict
from edsportal.audit.chain import head_text
from reports.formats import FORMATS
from reports.writing.data.json_report import from_json, to_json
from reports.writing.pdf.report import PDFUnavailableError
from scoring.models import PublicationRun, RunFile
from scoring.publishing.actions import MadeFile, make_file
from scoring.review.content import report_content
from scoring.review.stages.reviews import MoveRefused, move_with_files, require_move

log = logging.getLogger(__name__)


@transaction.atomic
def start_run(*, review: Review, note: str, started_by) -> PublicationRun:
    """Begin to publish the report as it stands now; a run that failed or was left makes way.

    Raises MoveRefused, changing nothing, where the review can't be published now.
    """
    fresh = (
        Review.objects.select_for_update(of=("self",)).select_related("organisation__ics").get(pk=review.pk)
    )
    require_move(fresh, stages.PUBLISHED)
    content = report_content(fresh)
    PublicationRun.objects.filter(review=fresh).delete()
    return PublicationRun.objects.create(
        review=fresh,
        content=to_json(content),
        edition=edition_to_dict(content.edition),
        note=note,
        started_by=started_by,
        audit_head=head_text(),
    )


def waiting_formats(run: PublicationRun) -> list[str]:
    """The forms of the report that are still to be made, in their order."""
    made = set(run.files.values_list("format", flat=True))
    return [name for name in FORMATS if name not in made]


def take_step(*, run: PublicationRun) -> bool:
    """Make the next file, or publish once all are made; True once it is published.

    What goes wrong is kept as the run's failure, in words for the person who watches.
    """
    waiting = waiting_formats(run)
    try:
        if waiting:
            _keep(run, make_file(_content(run), waiting[0], run.audit_head))
        else:
            _publish(run)
    except (PDFUnavailableError, MoveRefused) as refused:
        _fail(run, str(refused))
    except Exception:
        log.exception("Publishing %s failed", run)
        what = f"The file “{FORMATS[waiting[0]].name}”" if waiting else "The publication"
        _fail(run, f"{what} could not be created. Ask the person who runs this portal to read its log.")
    return not waiting and not run.failure


def _content(run: PublicationRun) -> ReportContent:
    edition = edition_from_dict(run.edition)
    return from_json(run.content, {edition.name: edition})


@transaction.atomic
def _keep(run: PublicationRun, file: MadeFile) -> None:
    """Two pages that watch one run may make a file twice: the first counts, and none once the run has ended."""
    if PublicationRun.objects.select_for_update().filter(pk=run.pk).exists():
        values = {"name": file.name, "content_type": file.content_type, "data": file.data}
        RunFile.objects.get_or_create(run=run, format=file.format, defaults=values)


def _fail(run: PublicationRun, why: str) -> None:
    run.failure = why
    PublicationRun.objects.filter(pk=run.pk).update(failure=why)


@transaction.atomic
def _publish(run: PublicationRun) -> None:
    files = [
        MadeFile(format=row.format, name=row.name, content_type=row.content_type, data=bytes(row.data))
        for row in run.files.all()
    ]
    move_with_files(
        review=run.review,
        content=_content(run),
        files=files,
        moved_by=run.started_by,
        note=run.note,
        audit_head=run.audit_head,
    )
    PublicationRun.objects.filter(pk=run.pk).delete()
