"""What a write raises where it stores nothing: it can't be done, or somebody else was there first."""

import hashlib


class NotPossible(Exception):
    """It can't be done; the sentence says why and what to do. `field` names the field of the form that it is about."""

    def __init__(self, sentence: str, *, field: str | None = None):
        super().__init__(sentence)
        self.field = field


class ChangedMeanwhile(Exception):
    """Somebody else changed it since the page was opened. `current` is what is stored now, `by` who changed it."""

    def __init__(self, sentence: str, *, current=None, by=None):
        super().__init__(sentence)
        self.current, self.by = current, by


def mark_of(*values) -> str:
    """A short mark that tells one state from another: the page carries it, and the write compares it."""
    return hashlib.sha256(repr(values).encode()).hexdigest()[:16]
