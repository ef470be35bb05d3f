"""One row of the table in tests/pages.py."""

from dataclasses import dataclass, field

from tests.answers import Row, Rows
from tests.cast import STAGES


@dataclass(frozen=True)
class Cost:
    """So many queries for that person at that stage; in a `workshop`, or with one and three case studies."""

    who: str
    stage: str
    queries: int


@dataclass(frozen=True, kw_only=True)
class Page:
    get: Rows | Row | None = None
    post: Rows | Row | None = None
    takes: dict[str, list[str]] = field(default_factory=dict)
    costs: Cost | None = None

    @property
    def reads(self) -> Rows:
        """What it answers to whom, by stage; None stands for whatever stage."""
        return self.get if set(self.get or {}) <= set(STAGES) else {None: self.get}

    @property
    def has_stages(self) -> bool:
        return set(self.post) == set(STAGES)


FORMATS = {"format": ["html", "pdf", "json"]}
