"""What was erased, beside the backups: a backup from before is restored without it.

Each erasure is a line of `erasures.jsonl` in BACKUP_DIR: which row, and something that tells that it is the same one.
It names nobody. What does it again registers itself in `AGAIN`, by its kind.
"""

import json
import logging
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

logger = logging.getLogger(__name__)
NAME = "erasures.jsonl"


@dataclass(frozen=True, kw_only=True)
class Erasure:
    """`same` must be what the row says of itself, so that no other row with that number is erased; `by` who did it."""

    kind: str
    row: int | str
    at: str
    same: str
    reason: str = ""
    by: int | None = None


AGAIN: dict[str, Callable[[Erasure], bool]] = {}


def folder() -> Path | None:
    """Where backups are; None where somebody else makes them."""
    return Path(settings.BACKUP_DIR) if settings.BACKUP_DIR not in ("", "none") else None


def note_erasure(kind: str, row: int | str, *, same: str, reason: str = "", by: int | None = None) -> None:
    """Write it down once the transaction is stored."""
    now = timezone.now().isoformat()
    erasure = Erasure(kind=kind, row=row, at=now, same=same, reason=reason, by=by)
    transaction.on_commit(lambda: _append(erasure), robust=True)


def _append(erasure: Erasure) -> None:
    if (place := folder()) is None:
        return
    try:
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        with (place / NAME).open("a", encoding="utf-8") as lines:
            lines.write(json.dumps(asdict(erasure), ensure_ascii=False) + "\n")
    except OSError:
        logger.exception(
            "An erasure could not be written to BACKUP_DIR: a restored backup would bring it back."
        )


def written_down(*folders: Path | None) -> Iterator[Erasure]:
    """Those in these folders, each once."""
    lines: dict[str, None] = {}
    for place in folders:
        if place is not None and (place / NAME).exists():
            lines |= dict.fromkeys((place / NAME).read_text(encoding="utf-8").splitlines())
    for line in lines:
        yield Erasure(**json.loads(line))


def erase_again(backup: Path) -> int:
    """After a backup was restored: erase what was erased since it was made; gives how many rows it was.

    It looks beside the backup and in BACKUP_DIR.
    """
    return sum(AGAIN[one.kind](one) for one in list(written_down(backup.parent, folder())))
