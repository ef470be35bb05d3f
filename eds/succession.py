"""Organisations that follow one another: a merger, a split or a new name. Pure: links in, refusals and orders out."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from eds.text import labels

OBJECTIVES, ACTIONS, PANEL, YEARS = "objectives", "actions", "panel", "years"
# What may follow, and what may follow to one successor alone: two would report on the same action.
CHOICES = {
    OBJECTIVES: "Equality objectives",
    ACTIONS: "Open actions",
    PANEL: "The panel",
    YEARS: "Results by year",
}
ONLY_ONCE = (OBJECTIVES, ACTIONS)
EARLIEST = date(2011, 1, 1)  # the EDS began in 2011
YEARS_AHEAD = 5


@dataclass(frozen=True, kw_only=True)
class Link:
    """One organisation follows another from a day. Organisations are named; `takes` holds codes of CHOICES."""

    successor: str
    predecessor: str
    starts_on: date
    takes: frozenset[str] = frozenset()


def why_not(new: Link, known: Collection[Link], *, today: date) -> tuple[str, str] | None:
    """Why this link can’t be recorded beside the known ones: a field of the form and a sentence."""
    return _wrong_day(new, today) or _wrong_pair(new, known) or _wrong_order(new, known) or _taken(new, known)


def day_words(day: date) -> str:
    """For example "1 April 2026"."""
    return labels.day(day.isoformat())


def _wrong_day(new: Link, today: date) -> tuple[str, str] | None:
    if new.starts_on < EARLIEST:
        return "starts_on", f"EDS reports began in {EARLIEST.year}. Enter a later date"
    if new.starts_on.year > today.year + YEARS_AHEAD:
        return "starts_on", f"Enter a date no more than {YEARS_AHEAD} years from now"
    return None


def _wrong_pair(new: Link, known: Collection[Link]) -> tuple[str, str] | None:
    if new.predecessor == new.successor:
        return "predecessors", f"{new.successor} can’t follow itself. Enter another organisation"
    if any((each.predecessor, each.successor) == (new.predecessor, new.successor) for each in known):
        return "predecessors", f"{new.successor} already follows {new.predecessor}. Remove it from the list"
    if new.successor in ancestors(new.predecessor, known):
        sentence = f"{new.predecessor} itself follows {new.successor}, so it can’t be the other way round"
        return "predecessors", sentence
    return None


def _wrong_order(new: Link, known: Collection[Link]) -> tuple[str, str] | None:
    for each in known:
        day = day_words(each.starts_on)
        if each.predecessor == new.predecessor and each.starts_on != new.starts_on:
            return "starts_on", f"{each.successor} follows {new.predecessor} from {day}. Enter the same date"
        if each.successor == new.predecessor and each.starts_on >= new.starts_on:
            return "starts_on", f"{new.predecessor} began on {day}. Enter a later date"
        if each.predecessor == new.successor and each.starts_on <= new.starts_on:
            return "starts_on", f"{new.successor} ended on {day}. Enter an earlier date"
    return None


def _taken(new: Link, known: Collection[Link]) -> tuple[str, str] | None:
    for each in known:
        both = [code for code in ONLY_ONCE if code in each.takes & new.takes]
        if each.predecessor == new.predecessor and both:
            what = CHOICES[both[0]].lower()
            return (
                "takes",
                f"{each.successor} takes over the {what} of {new.predecessor}. Clear “{CHOICES[both[0]]}”",
            )
    return None


def ancestors(organisation: str, known: Collection[Link]) -> set[str]:
    """All that it follows, directly or through others."""
    return {each.predecessor for each in upwards(organisation, known)}


def upwards(organisation: str, known: Collection[Link]) -> Iterator[Link]:
    """The links to all that it follows, the nearest first; each once."""
    seen, names = set(), [organisation]
    while names:
        links = [each for each in known if each.successor in names and each not in seen]
        links.sort(key=lambda each: (-each.starts_on.toordinal(), each.predecessor, each.successor))
        seen.update(links)
        yield from links
        names = list(dict.fromkeys(each.predecessor for each in links))
