"""Slips of spelling: which words that are known are so near to one that is not that it may be meant.

The databases offer words with the same groups of three letters (pg_trgm, FTS5's trigram). Which of them come first is
decided here, so both databases give the same answer.
"""

from collections.abc import Iterable

SHORTEST, LONGEST = 4, 50  # letters of a word that is looked for by its likeness
LONG_WORD = 7  # from here on two slips are forgiven, before that one
MOST = 10  # words that are tried for one


def slips_between(word: str, other: str) -> int:
    """How many letters were left out, added, changed or swapped with a neighbour (optimal string alignment)."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(word, start=1):
        older, before, row = before, row, [i]
        for j, its in enumerate(other, start=1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != its))
            if i > 1 and j > 1 and letter == other[j - 2] and word[i - 2] == its:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
    return row[-1]


def nearest(word: str, known: Iterable[str]) -> list[str]:
    """The known words that differ by a slip, or by two in a long word: nearest first, at most ten."""
    most = 2 if len(word) >= LONG_WORD else 1
    if not SHORTEST <= len(word) <= LONGEST or not word.isalpha():
        return []
    alike = {other for other in known if other != word and abs(len(other) - len(word)) <= most}
    near = sorted((slips_between(word, other), other) for other in alike)
    return [other for slips, other in near if slips <= most][:MOST]
