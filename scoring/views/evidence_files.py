"""One file of evidence, as a download for who may read it."""

import logging

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import FileResponse, Http404
from django.views.decorators.http import require_safe

from casestudies.models import EvidenceFile
from reports.reading.file_kinds import KINDS

log = logging.getLogger(__name__)


@require_safe
@login_not_required  # files of published reports are for everybody
def evidence_file(request, file):
    """Never shown by the browser itself, never kept by anybody between, and never more than one of our kinds."""
    row = EvidenceFile.objects.visible_to(request.user).held().filter(pk=file).first()
    if row is None:
        if not request.user.is_authenticated:
            return redirect_to_login(request.path)
        raise Http404
    try:
        stored = row.stored.open("rb")
    except FileNotFoundError:
        log.exception("The bytes of evidence file %s are gone from the storage.", row.pk)
        raise Http404 from None
    kind = KINDS[row.kind].content_type if row.kind in KINDS else "application/octet-stream"
    response = FileResponse(stored, as_attachment=True, filename=row.name, content_type=kind)
    response["Content-Length"] = row.size
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
