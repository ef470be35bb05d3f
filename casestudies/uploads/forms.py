"""The form with which somebody uploads a file: which kinds, how large, and what is said where it isn't so."""

from pathlib import PurePath

from django import forms
from django.conf import settings

from edsportal.nhsuk.forms import NhsukForm
from reports.reading.docx.guard import LARGEST_FILE

MEGABYTE = 1024**2
SAVE_AS = "If yours has another ending, open it in Word, choose “Save as”, “Word Document (.docx)”, and use that file"


def largest() -> int:
    """Bytes of the largest file that is taken: no more than the server lets in."""
    return min(LARGEST_FILE, settings.EVIDENCE_MAX_BYTES)


def too_long(most: int) -> str:
    return f"The file must be at most {most // MEGABYTE} MB. Remove pictures, or import it in parts"


def say_how_large(field: forms.FileField, kinds: tuple[str, ...], most: int, *, is_too_long: bool) -> None:
    """`is_too_long` says that the server dropped the file, so that it seems as if none was chosen."""
    words = "A Word document (.docx)"
    if len(kinds) > 1:
        words += ", plain text (.txt) or a file from this portal (.json)"
    field.help_text = f"{words}, at most {most // MEGABYTE} MB."
    field.widget.attrs["accept"] = ",".join(kinds)
    if is_too_long:
        field.error_messages["required"] = too_long(most)


def upload_field(label: str) -> forms.FileField:
    return forms.FileField(label=label, allow_empty_file=True, error_messages={"required": "Choose a file"})


class FileForm(NhsukForm):
    """The base of a form with one field `file`; `kinds` are the endings that its name may have.

    `most` bytes are taken, and no more than the server lets in.
    """

    kinds: tuple[str, ...]
    most = LARGEST_FILE

    def __init__(self, *args, is_too_long: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        self.most = min(self.most, largest())
        say_how_large(self.fields["file"], self.kinds, self.most, is_too_long=is_too_long)

    def clean_file(self):
        file = self.cleaned_data["file"]
        if PurePath(file.name).suffix.lower() not in self.kinds:
            wanted = f"Choose a file whose name ends in {', '.join(self.kinds)}"
            raise forms.ValidationError(f"{wanted}. {SAVE_AS}")
        if file.size > self.most:
            raise forms.ValidationError(too_long(self.most))
        if not file.size:
            raise forms.ValidationError("The file is empty. Choose the one that contains the report")
        return file
