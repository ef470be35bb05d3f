"""Entries of the audit log in words: what was changed, and each column's old and new value as a person reads it."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import models
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.text import capfirst

from edsportal.audit import policy
from edsportal.audit.models import Entry

AREAS = {  # what models declare as their `Audit.area`, and its words
    "reviews": "Reviews and stages",
    "case studies": "Case studies and evidence",
    "panel": "Panel and workshops",
    "scores": "Scores and what was agreed",
    "objectives": "Equality objectives",
    "recommendations": "Recommendations",
    "reports": "Checks and published reports",
    "people": "People, roles and sign-in",
    "frameworks": "Outcome areas and editions",
    "organisations": "Organisations and groups",
}
NOT_SHOWN = ("id", "organisation", "review")  # where it was stands beside it
LONGEST = 300  # characters of a value on the page; the file has all
COLUMNS = (
    *("entry", "when", "who", "by", "request", "organisation", "year", "case_study"),
    *("what", "kind", "row", "done", "field", "old", "new"),
)


@dataclass(frozen=True, kw_only=True)
class Value:
    field: str
    old: str | None
    new: str | None

    @property
    def short_old(self) -> str | None:
        return _short(self.old)

    @property
    def short_new(self) -> str | None:
        return _short(self.new)


@dataclass(frozen=True, kw_only=True)
class Line:
    entry: Entry
    who: str
    what: str
    values: tuple[Value, ...]


def _short(text: str | None) -> str | None:
    return text if text is None or len(text) <= LONGEST else f"{text[:LONGEST]}…"


def in_area(rows: QuerySet[Entry], area: str) -> QuerySet[Entry]:
    """The entries of the tables that declare this area."""
    kinds = [model._meta.label_lower for model, audit in policy.logged_models() if audit.area == area]
    return rows.filter(kind__in=kinds)


def lines(entries: Iterable[Entry]) -> list[Line]:
    """These entries in words; what their numbers stand for is looked up once for each table."""
    entries = list(entries)
    names = _names(entries)
    return [_line(entry, names) for entry in entries]


def rows(entries: QuerySet[Entry], batch: int = 500) -> Iterator[dict]:
    """One row for each column of each entry, as COLUMNS names them; in batches, so that memory stays flat."""
    below = None
    while True:
        part = entries if below is None else entries.filter(pk__lt=below)
        read = list(islice(part.order_by("-pk"), batch))
        if not read:
            return
        for line in lines(read):
            yield from _rows(line)
        below = read[-1].pk


def _rows(line: Line) -> Iterator[dict]:
    entry = line.entry
    row = {
        "entry": entry.pk,
        "when": timezone.localtime(entry.at).isoformat(timespec="milliseconds"),
        "who": line.who,
        "by": entry.by_id,
        "request": entry.request,
        "organisation": entry.organisation.name if entry.organisation else "",
        "year": entry.review.year if entry.review else "",
        "case_study": entry.case_study,
        "what": line.what,
        "kind": entry.kind,
        "row": entry.row,
        "done": entry.get_did_display(),
    }
    for value in line.values or [Value(field="", old=None, new=None)]:
        yield row | {"field": value.field, "old": value.old, "new": value.new}


def _model(entry: Entry) -> type[models.Model] | None:
    try:
        return apps.get_model(entry.kind)
    except LookupError:
        return None


def _field(model: type[models.Model] | None, column: str) -> models.Field | None:
    if model is None:
        return None
    by_column = {field.column: field for field in model._meta.concrete_fields}
    return by_column.get(column)


def _names(entries: Sequence[Entry]) -> dict[type[models.Model], dict[str, str]]:
    wanted = defaultdict(set)
    for entry in entries:
        model = _model(entry)
        for values in (entry.old or {}, entry.new or {}):
            for column, value in values.items():
                field = _field(model, column)
                if field is not None and field.related_model and value is not None:
                    wanted[field.related_model].add(value)
    names = {}
    for model, keys in wanted.items():
        audit = policy.audit_of(model)
        if audit.is_named:
            related = model._default_manager.select_related(*audit.named_with or (None,))
            names[model] = {str(row.pk): str(row) for row in related.filter(pk__in=keys)}
    return names


def _line(entry: Entry, names) -> Line:
    model = _model(entry)
    old, new = entry.old or {}, entry.new or {}
    values = []
    for column in {**old, **new}:
        field = _field(model, column)
        if field is not None and field.name in NOT_SHOWN:
            continue
        before, after = (_value_text(side.get(column), field, names) for side in (old, new))
        if before or after:
            values.append(Value(field=_called(field, column), old=before, new=after))
    return Line(entry=entry, who=_who(entry), what=_what(entry, model), values=tuple(values))


def _who(entry: Entry) -> str:
    if entry.by is not None:
        return entry.by.name
    return "Someone not signed in" if entry.source == "web" else f"Command: {entry.source}"


def _what(entry: Entry, model: type[models.Model] | None) -> str:
    kind = capfirst(_kind(model)) if model else entry.kind
    return f"{kind} “{_short(entry.label)}”" if entry.label else kind


def _kind(model: type[models.Model]) -> str:
    """What a row of the table is; of a many-to-many relation both sides, as "case study: authors"."""
    owner = model._meta.auto_created
    if not owner:
        return policy.audit_of(model).noun or str(model._meta.verbose_name)
    return f"{owner._meta.verbose_name}: {_name_of(owner, policy.relation_name(model))}"


def _name_of(owner: type[models.Model], name: str) -> str:
    try:
        return str(owner._meta.get_field(name).verbose_name)
    except FieldDoesNotExist:
        return name


def _called(field: models.Field | None, column: str) -> str:
    if field is None:
        return column
    if field.model._meta.auto_created and field.related_model:  # Django names it after the class, in one word
        return capfirst(str(field.related_model._meta.verbose_name))
    return capfirst(str(field.verbose_name))


def _value_text(value, field: models.Field | None, names) -> str | None:
    """A value as a person reads it; None where there is none."""
    if value is None or value == "":
        return None
    if field is None:
        return str(value)
    if field.related_model:
        return names.get(field.related_model, {}).get(str(value), f"number {value}")
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(field, models.BooleanField) and value in (0, 1):
        return "yes" if value else "no"
    if isinstance(field, models.JSONField):
        return _json(value)
    if isinstance(field, models.DateTimeField):
        return _moment(value, field)
    return str(value)


def _json(value) -> str | None:
    value = json.loads(value) if isinstance(value, str) and value[:1] in "[{" else value
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return ", ".join(value) or None
    return json.dumps(value, ensure_ascii=False) if value else None


def _moment(value: str, field: models.Field) -> str:
    try:
        moment = field.to_python(value)
    except ValidationError:
        return str(value)
    moment = (
        timezone.make_aware(moment, timezone.get_default_timezone()) if timezone.is_naive(moment) else moment
    )
    return timezone.localtime(moment).strftime("%-d %B %Y, %H:%M:%S")
