"""The editions that ship with the portal, as JSON files in this folder: adding an edition is adding a file.

`edition_to_dict` and `edition_from_dict` are the way in and out of JSON for any edition, so that one can be
stored with a publication and never change afterwards.
"""

import json
from dataclasses import asdict
from functools import cache
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from eds.edition import Edition

EDITION = TypeAdapter(Edition)
FOLDER = Path(__file__).parent


def names() -> tuple[str, ...]:
    """The names of the editions that ship, for example ("EDS 2022", "EDS2"), the newest first."""
    return tuple(_shipped())


def load(name: str) -> Edition:
    """The edition of that name. Raises KeyError for a name that is not among `names()`."""
    return _shipped()[name]


@cache
def _shipped() -> dict[str, Edition]:
    """By name, newest first: the file names end in the year."""
    files = sorted(FOLDER.glob("*.json"), key=lambda file: file.stem.split("_")[-1], reverse=True)
    editions = [edition_from_dict(json.loads(file.read_text(encoding="utf-8"))) for file in files]
    return {edition.name: edition for edition in editions}


def edition_to_dict(edition: Edition) -> dict:
    """The edition as values that JSON can hold. `edition_from_dict` makes an equal edition of them."""
    values = asdict(edition)
    for domain in values["domains"]:
        for outcome in domain["outcomes"]:
            for name in ("descriptors", "easy_descriptors", "practice_reasons"):
                outcome[name] = {str(score): text for score, text in outcome[name]}
    return values


def edition_from_dict(values: dict) -> Edition:
    """An edition from what `edition_to_dict` made, or a file of this folder holds.

    Raises ValueError where a value is missing, unknown or of the wrong kind.
    """
    try:
        return EDITION.validate_python(values)
    except ValidationError as error:
        raise ValueError(f"This is not an edition of the EDS: {error}") from error
