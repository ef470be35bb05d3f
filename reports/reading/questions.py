"""What a person may be asked about a file, by the words that it has there."""

import re
from dataclasses import dataclass, field

MOST_WORDS = 60  # of one kind that are asked about; a table of figures is not a table of ratings


@dataclass(frozen=True, kw_only=True)
class AskedColumn:
    """A column that the person may name. `role` is as what it was read."""

    key: str
    name: str
    role: str
    samples: tuple[str, ...]
    is_sure: bool


@dataclass(frozen=True, kw_only=True)
class AskedWords:
    """Words that stand where a rating or an outcome area should; `meaning` is how they were read, "" for not."""

    text: str
    meaning: str = ""


@dataclass
class Questions:
    """What the file does not say, by the words that it has there."""

    columns: dict[str, AskedColumn] = field(default_factory=dict)
    ratings: dict[str, AskedWords] = field(default_factory=dict)
    outcomes: dict[str, AskedWords] = field(default_factory=dict)

    def ask_rating(self, text: str) -> None:
        if text and len(self.ratings) < MOST_WORDS:
            self.ratings.setdefault(plainest(text) or text, AskedWords(text=text))

    def ask_outcome(self, text: str, guess: str) -> None:
        if text and len(self.outcomes) < MOST_WORDS:
            self.outcomes.setdefault(plainest(text) or text, AskedWords(text=text, meaning=guess))


# Zero-width spaces, soft hyphens and the like, which are part of no word.
INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200e\u200f\u2060\ufeff"))


def plainest(text: str) -> str:
    """For comparing words: letters and figures alone."""
    return " ".join(re.findall(r"\w+", text.translate(INVISIBLE).casefold()))
