"""Rows as lines of JSON and back, whatever the database: which tables, in which order, and how values are written."""

import base64
import datetime
import decimal
import json
import uuid
from collections.abc import Iterable, Iterator

from django.apps import apps
from django.apps.registry import Apps
from django.db import models
from django.db.models.fields.files import FieldFile

NOT_IN_BACKUPS = ("sessions.Session", "scoring.ReportUpload")  # people sign in again, and upload again
# What `migrate` puts into an empty database by itself.
FROM_MIGRATIONS = (
    *("contenttypes.ContentType", "auth.Permission", "casestudies.Framework", "casestudies.Grade"),
    *("casestudies.Band", "casestudies.Domain", "casestudies.OutcomeArea", "casestudies.RatingDescriptor"),
    *("casestudies.Group", "casestudies.ListEntry", "trail.Head"),
)
A_BATCH, A_BATCH_WITH_FILES = 500, 10


def tables() -> list[type[models.Model]]:
    """Every model whose rows a backup holds, many-to-many relations too, by their labels."""
    return [model for label, model in by_label(apps).items() if label not in NOT_IN_BACKUPS]


def by_label(registry: Apps) -> dict[str, type[models.Model]]:
    """Every model with rows of its own in this registry, of today's models or of those at some migrations."""
    known = registry.get_models(include_auto_created=True)
    own = [model for model in known if model._meta.managed and not model._meta.proxy]
    return {model._meta.label: model for model in sorted(own, key=lambda model: model._meta.label)}


def used(model: type[models.Model]) -> bool:
    """Does the table hold anything that migrations alone did not put there?"""
    return model._meta.label not in FROM_MIGRATIONS and model._base_manager.exists()


def batch_of(model: type[models.Model]) -> int:
    binary = any(isinstance(field, models.BinaryField) for field in model._meta.concrete_fields)
    return A_BATCH_WITH_FILES if binary else A_BATCH


def lines(model: type[models.Model]) -> Iterator[tuple[models.Model, bytes]]:
    """Each row with its line, in the order in which rows came."""
    for row in model._base_manager.order_by("pk").iterator(chunk_size=batch_of(model)):
        yield row, line(row)


def line(row: models.Model) -> bytes:
    """One object of JSON with the value of each column, and a line feed."""
    values = {field.attname: _plain(field.value_from_object(row)) for field in row._meta.concrete_fields}
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _plain(value):
    if isinstance(value, datetime.datetime | datetime.date | datetime.time):
        return value.isoformat()
    if isinstance(value, decimal.Decimal | uuid.UUID | datetime.timedelta):
        return str(value)
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(bytes(value)).decode()
    return value.name if isinstance(value, FieldFile) else value


def store(model: type[models.Model], lines: Iterable[bytes]) -> int:
    """Insert the rows of these lines as they are: no default, no signal, no time of now. Gives how many."""
    count, batch = 0, []
    for line in lines:
        batch.append(_row(model, json.loads(line)))
        if len(batch) == batch_of(model):
            count += _insert(model, batch)
            batch = []
    return count + (_insert(model, batch) if batch else 0)


def _row(model: type[models.Model], values: dict) -> models.Model:
    row = model()
    for field in model._meta.concrete_fields:
        value = values[field.attname]
        if isinstance(field, models.FileField | models.JSONField):
            setattr(row, field.attname, value)
        elif field.remote_field:
            setattr(row, field.attname, field.target_field.to_python(value))
        else:
            setattr(row, field.attname, field.to_python(value))
    return row


def _insert(model: type[models.Model], batch: list[models.Model]) -> int:
    model._base_manager.all()._insert(
        batch, fields=model._meta.concrete_fields, using=model._base_manager.db, raw=True
    )
    return len(batch)


def files_of(row: models.Model) -> Iterator[FieldFile]:
    """The stored files that the row names."""
    for field in row._meta.concrete_fields:
        if isinstance(field, models.FileField):
            file = field.value_from_object(row)
            if file:
                yield file


def storages(models_: Iterable[type[models.Model]]) -> dict[str, models.FileField]:
    """Every field that names stored files, by its own name, as "casestudies.Evidence.file"."""
    return {
        f"{model._meta.label}.{field.name}": field
        for model in models_
        for field in model._meta.concrete_fields
        if isinstance(field, models.FileField)
    }
