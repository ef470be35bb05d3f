"""What somebody may have meant who mistyped a word: a word of the texts that they may read, never of any other."""

from dataclasses import dataclass

from eds.text import spelling
from scoring.models import SearchText
from scoring.search.find import engine


@dataclass(frozen=True, kw_only=True)
class Correction:
    typed: str
    meant: str


def corrections(user, words: tuple[str, ...]) -> tuple[Correction, ...]:
    """For each word that nothing holds which this person may read, the nearest that something does."""
    rows = SearchText.objects.visible_to(user)
    unknown = [word for word in words if not _is_in(rows, word)]
    return tuple(Correction(typed=word, meant=meant) for word in unknown if (meant := _meant(rows, word)))


def corrected(words: tuple[str, ...], found: tuple[Correction, ...]) -> tuple[str, ...]:
    """The words with what was meant, each once."""
    meant = {one.typed: one.meant for one in found}
    return tuple(dict.fromkeys(meant.get(word, word) for word in words))


def _meant(rows, word: str) -> str | None:
    near = spelling.nearest(word, engine().alike(word))
    return next((other for other in near if _is_in(rows, other)), None)


def _is_in(rows, word: str) -> bool:
    return engine().matching(rows, (word,)).exists()
