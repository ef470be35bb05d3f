"""What tests of the pages of evidence share."""

import re

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from casestudies.models import EvidenceFile
from tests.reports.reading.made_files import CSV

QUOTE = {"kind": "quote", "text": "They rang me back.", "source": "Carer, survey", "date": "March 2026"}


def at(cast, name="evidence", *more):
    return reverse(name, args=[*cast.address, 1, *more])


def upload(data=CSV, name="waits.csv"):
    return SimpleUploadedFile(name, data, content_type="application/x-anything")


def stored() -> set[str]:
    try:
        return set(EvidenceFile.storage().listdir("")[1])
    except FileNotFoundError:
        return set()


def errors_of(response) -> list[str]:
    page = response.content.decode()
    (summary,) = re.findall(r'<ul class="nhsuk-list nhsuk-error-summary__list">(.*?)</ul>', page, re.DOTALL)
    return [
        re.sub(r"<[^>]+>", "", line).strip() for line in re.findall(r"<li>(.*?)</li>", summary, re.DOTALL)
    ]
