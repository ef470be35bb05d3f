"""What the chain covers of a row, as bytes that are the same on each database.

Each link covers two parts. `facts` go into its hash as they are: numbers, times and kinds, which are not personal.
`values` may hold what somebody typed: the link has only a commitment to them, made with the portal's key, so that
they can be taken away for good and the chain still holds.
"""

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import models

from edsportal.audit.chain import keys
from edsportal.audit.models import Entry
from edsportal.audit.policy import all_models, audit_of

# Named one by one: a field that a later version adds must not change the bytes of rows from before.
ENTRY_FACTS = (
    *("id", "at", "by", "source", "request", "organisation", "review"),
    *("of_case_study", "did", "kind", "row", "written_in"),
)
ENTRY_VALUES = ("case_study", "label", "old", "new")


@dataclass(frozen=True, kw_only=True)
class Record:
    """A row as the chain sees it: `kind` is its model's label, `row` its number."""

    kind: str
    row: int
    facts: bytes
    values: bytes

    def commitment(self, key: bytes | None = None) -> str:
        return keys.sign(self._committed, key)

    def is_committed(self, commitment: str) -> bool:
        return keys.is_signed(self._committed, commitment)

    @property
    def _committed(self) -> bytes:
        return canonical([self.kind, self.row]) + self.values


def canonical(value) -> bytes:
    """JSON in one way only: keys sorted, no spaces, UTF-8, times in UTC."""
    text = json.dumps(value, default=_plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode("utf-8", "surrogatepass")


def _plain(value):
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, bytes | memoryview):
        return hashlib.sha256(value).hexdigest()
    return str(value)


def link_hash(*, position: int, before: str, record: Record, commitment: str) -> str:
    """The hash of a link, which holds that of the link before it."""
    head = canonical([position, before, record.kind, record.row, commitment])
    return hashlib.sha256(head + record.facts).hexdigest()


def chained_models() -> dict[str, type[models.Model]]:
    """The tables whose rows are in the chain themselves, beside the entries of the audit log; by label."""
    return {model._meta.label_lower: model for model in all_models() if audit_of(model).chained}


def record_of(row: models.Model) -> Record:
    """An entry of the audit log, or a row of `chained_models`."""
    if isinstance(row, Entry):
        return _record(row, ENTRY_FACTS, ENTRY_VALUES)
    names = audit_of(type(row)).chained
    typed = [name for name in names if _is_typed(row._meta.get_field(name), row)]
    return _record(row, [name for name in names if name not in typed], typed)


def _record(row: models.Model, facts, values) -> Record:
    def held(names) -> bytes:
        fields = (row._meta.get_field(name) for name in names)
        return canonical({field.attname: _value(field, row) for field in fields})

    return Record(kind=row._meta.label_lower, row=row.pk, facts=held(facts), values=held(values))


def _value(field: models.Field, row: models.Model):
    """Files and long contents count by their hash, also once they were withdrawn."""
    value = field.value_from_object(row)
    if isinstance(row, Entry):
        return value
    audit = audit_of(type(row))
    if field.name in audit.emptied and (kept := row.hash_of_emptied(field.name)) is not None:
        return kept
    return hashlib.sha256(canonical(value)).hexdigest() if field.name in audit.skipped else value


def hash_in_chain(row: models.Model, name: str) -> str:
    """The hash by which the chain has this field of a row: a file or a long content."""
    value = _value(row._meta.get_field(name), row)
    return value if isinstance(value, str) else _plain(value)


def _is_typed(field: models.Field, row: models.Model) -> bool:
    """Is it a text that a person wrote, and no long content, which counts by its hash?"""
    is_text = isinstance(field, models.TextField | models.CharField)
    return is_text and field.name not in audit_of(type(row)).skipped
