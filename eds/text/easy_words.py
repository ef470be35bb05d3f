"""Easy words: what an outcome area asks and what each score means, for easy read. No ORM.

A sentence is short, as easy read asks, and a picture stands beside the words. The pictures are drawn by us:
static/pictures/.
"""

import re

LONGEST = 15  # words in a sentence
# What the picture beside a question shows, by its name.
PICTURES = {
    "door": "An open door",
    "heart": "A heart",
    "shield": "A shield",
    "speech": "Two speech bubbles",
}
# The picture beside each score of the scale: a plant that grows.
GROWTH = ("seed", "shoot", "leaves", "flower")


def long_sentences(text: str) -> list[str]:
    """The sentences of more than `LONGEST` words."""
    sentences = re.split(r"(?<=[.!?])\s+", text.strip())
    return [sentence for sentence in sentences if len(sentence.split()) > LONGEST]


def growth(score: int, highest: int) -> str:
    """The picture beside a score: the highest of any scale is the flower, 0 the seed."""
    return GROWTH[round(score * (len(GROWTH) - 1) / highest)] if highest else GROWTH[0]
