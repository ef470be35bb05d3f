"""Which tables the audit log follows, and which rows nobody may ever change: read from each model's declaration."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import models

from edsportal.audit.declaration import Audit
from edsportal.audit.libraries import LIBRARIES

Path = tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class LoggedTable:
    """A table that the audit log follows. A path is the columns from a row to another, as (table, column)."""

    kind: str
    table: str
    key: str
    hidden: tuple[str, ...]
    skipped: tuple[str, ...]
    label: str
    to_organisation: Path
    to_review: Path
    to_case_study: Path
    case_study_title: tuple[str, str]  # table and column


def all_models() -> list[type[models.Model]]:
    """Every model with a table of its own, and those of many-to-many relations."""
    known = apps.get_models(include_auto_created=True)
    return [model for model in known if model._meta.managed and not model._meta.proxy]


def audit_of(model: type[models.Model]) -> Audit:
    """What the model declares; the table of a many-to-many field is logged as the model that has the field.

    Raises ImproperlyConfigured for a model that declares nothing.
    """
    if owner := model._meta.auto_created:
        audit = audit_of(owner)
        reason = audit.not_logged or audit.relations_not_logged.get(relation_name(model), "")
        return Audit(area=audit.area, not_logged=reason)
    audit = vars(model).get("audit") or LIBRARIES.get(model._meta.label)
    if audit is None:
        raise ImproperlyConfigured(
            f"Declare what the audit log keeps of {model._meta.label}: `audit = Audit(…)`."
        )
    return audit


def relation_name(through: type[models.Model]) -> str:
    """The name of the many-to-many field to which this table belongs."""
    fields = through._meta.auto_created._meta.many_to_many
    return next(field.name for field in fields if field.remote_field.through is through)


def logged_models() -> Iterator[tuple[type[models.Model], Audit]]:
    for model in all_models():
        audit = audit_of(model)
        if not audit.not_logged:
            yield model, audit


def logged_tables() -> Iterator[LoggedTable]:
    case_study = apps.get_model(settings.AUDIT_PLACES["case_study"])
    title = (case_study._meta.db_table, audit_of(case_study).label)
    for model, audit in logged_models():
        yield _logged_table(model, audit, title)


def frozen() -> Iterator[tuple[str, str]]:
    """Table and operation (UPDATE or DELETE) of everything that is refused."""
    for model in all_models():
        for operation in audit_of(model).frozen:
            yield model._meta.db_table, operation


def let_through(table: str) -> str:
    """The SQL condition under which the database lets an update of a frozen row of this table through; "" for none.

    It may only empty what the model declares as `emptied`, and only where it says `emptied_when`.
    """
    model = next(model for model in all_models() if model._meta.db_table == table)
    audit = audit_of(model)
    if not audit.emptied:
        return ""
    columns = [field.column for field in model._meta.concrete_fields if field.name not in audit.emptied]
    same = (
        f'(NEW."{column}" = OLD."{column}" OR (NEW."{column}" IS NULL AND OLD."{column}" IS NULL))'
        for column in columns
    )
    return " AND ".join((audit.emptied_when, *audit.emptied.values(), *same))


def _logged_table(model: type[models.Model], audit: Audit, title: tuple[str, str]) -> LoggedTable:
    columns = {field.name: field.column for field in model._meta.concrete_fields}
    binary = [field.name for field in model._meta.concrete_fields if isinstance(field, models.BinaryField)]
    places = {name: path(model, target) for name, target in settings.AUDIT_PLACES.items()}
    return LoggedTable(
        kind=model._meta.label_lower,
        table=model._meta.db_table,
        key=model._meta.pk.column,
        hidden=tuple(columns[name] for name in audit.hidden),
        skipped=tuple(columns[name] for name in (*audit.skipped, *binary)),
        label=columns[audit.label] if audit.label else "",
        to_organisation=places["organisation"],
        to_review=places["review"],
        to_case_study=places["case_study"],
        case_study_title=title,
    )


def path(model: type[models.Model], target: str) -> Path:
    """The shortest path over foreign keys, preferring those that are always set; () where there is none."""
    waiting = deque([(model, ())])
    seen = {model}
    if model._meta.label == target:
        return ((model._meta.db_table, model._meta.pk.column),)
    while waiting:
        here, steps = waiting.popleft()
        fields = [field for field in here._meta.concrete_fields if field.remote_field]
        for field in sorted(fields, key=lambda field: field.null):
            further = field.related_model
            longer = (*steps, (here._meta.db_table, field.column))
            if further._meta.label == target:
                return longer
            if further not in seen and further._meta.label != settings.AUTH_USER_MODEL:
                seen.add(further)
                waiting.append((further, longer))
    return ()
