"""Stops reading an upload once it is longer than any that we take, before it fills a disk."""

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, SkipFile


class BoundedUploadHandler(FileUploadHandler):
    """Drops a file that is too long; the rest of the form arrives. `was_too_long` tells of which field."""

    read = 0

    def new_file(self, *args, **kwargs):
        super().new_file(*args, **kwargs)
        self.read = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        self.read += len(raw_data)
        if self.read > settings.EVIDENCE_MAX_BYTES:
            self.request.META.setdefault("edsportal.too_long", {})[self.field_name] = self.file_name
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None


def was_too_long(request, field: str) -> str | None:
    """The name of the file that was dropped from this field of the form, or None."""
    return request.META.get("edsportal.too_long", {}).get(field)
