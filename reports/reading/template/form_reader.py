"""What the template's tables say of the whole report: header, actions, third parties, stated figures."""

from collections.abc import Mapping

from eds.content import Action, PreviousAction, Theme
from eds.edition import Edition
from reports.reading.blocks import Block, Notes
from reports.reading.template.cells.labels import labelled
from reports.reading.template.forms import ActionPlan, Labels, OutOfCaseStudy, PreviousActions, StatedDomain
from reports.reading.template.header import Stating

WITHOUT_DOMAIN = "Action plan"  # a theme needs a title


class FormReader:
    """Gathers them block by block."""

    def __init__(self, edition: Edition, notes: Notes):
        self._edition, self._notes = edition, notes
        self._stating = Stating(edition, notes)
        self._previous: list[PreviousAction] = []
        self._actions: list[tuple[int | None, Action]] = []
        self._domains: dict[int, int | float] = {}

    @property
    def is_empty(self) -> bool:
        return self._stating.is_empty and not (self._previous or self._actions)

    @property
    def ics(self) -> str | None:
        return self._stating.fields.get("ics")

    def read(self, block: Block) -> bool:
        """Reads a block with a form; False for any other."""
        form = block.form
        if isinstance(form, Labels):
            self._stating.add(form)
        elif isinstance(form, PreviousActions):
            self._previous += form.actions
        elif isinstance(form, ActionPlan):
            self._actions += form.actions
        elif isinstance(form, StatedDomain):
            if self._domains.setdefault(form.domain, form.points) != form.points:
                self._notes.skip(block, "a second rating of the domain, other than the first")
        elif isinstance(form, OutOfCaseStudy):
            self._notes.skip(block, "the heading of a table of the template")
        else:
            return False
        return True

    def read_line(self, block: Block) -> bool:
        """Reads a line like "EDS Lead: Head of Inclusion"."""
        found = None if block.is_only_text else labelled(block.text)
        if found is None:
            return False
        self._stating.add(Labels(values=[(found[0], block, found[1])]))
        return True

    def labels(self, known: Mapping[str, tuple[str, Block]]) -> dict[str, tuple[str, Block]]:
        """The organisation, where a table names it and no line does."""
        stated = self._stating.fields.get("organisation")
        if stated is None:
            return {}
        if "organisation" in known:
            self._notes.skip(stated[1], "stated a second time")
            return {}
        return {"organisation": stated}

    def fields(self) -> dict:
        """The fields of `ReportContent` that these tables fill."""
        return {
            "header": self._stating.header(),
            "previous_actions": tuple(self._previous),
            "third_parties": self._stating.third_parties(),
            "stated": self._stating.stated(self._domains),
        }

    def themes(self) -> tuple[Theme, ...]:
        """The actions by domain, in the order of the file."""
        by_domain: dict[str, list[Action]] = {}
        for number, action in self._actions:
            by_domain.setdefault(self._theme(number), []).append(action)
        return tuple(Theme(theme=theme, actions=tuple(actions)) for theme, actions in by_domain.items())

    def _theme(self, number: int | None) -> str:
        if number is None:
            return WITHOUT_DOMAIN
        domain = self._edition.domain(number)
        return f"{domain.name}: {domain.title}"
