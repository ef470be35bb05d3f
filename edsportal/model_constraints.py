"""Constraints that more than one model uses, so that rules stand in the database too."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.dateparse import parse_date


def has_text(*, model: str, field: str) -> models.CheckConstraint:
    """The field of this model is never empty."""
    return models.CheckConstraint(condition=~Q(**{field: ""}), name=f"{model}_{field}_has_text")


def both_or_neither(*, model: str, first: str, second: str) -> models.CheckConstraint:
    """Two fields are set together or not at all: a time and the person who acted then."""
    neither = Q(**{f"{first}__isnull": True, f"{second}__isnull": True})
    both = Q(**{f"{first}__isnull": False, f"{second}__isnull": False})
    return models.CheckConstraint(condition=neither | both, name=f"{model}_{first}_with_{second}")


def validate_day_or_month(value: str) -> None:
    """Accept "2025-02-28" and "2025-02". Raises ValidationError for anything else."""
    try:
        day = parse_date(value if len(value) == 10 else f"{value}-01")
    except ValueError:
        day = None
    if day is None or len(value) not in (7, 10):
        raise ValidationError("Enter a date like 2025-02-28, or a month like 2025-02.")


class DayOrMonthField(models.CharField):
    """A date, or a month where the day isn't known, as ISO 8601 text; sorts as text."""

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("max_length", 10)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)
        self.validators.append(validate_day_or_month)
