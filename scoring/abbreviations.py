"""What short words stand for: explained where a text uses them first."""

import re
from collections.abc import Iterator, Mapping

from markdown_it.token import Token


class Abbreviations:
    """Explains each abbreviation once in all the texts that it is given, in their order; `used` tells which.

    `meanings` holds what each stands for. Capitals count, and a part of a word is none.
    """

    def __init__(self, meanings: Mapping[str, str]):
        self.meanings = meanings
        self.used: dict[str, str] = {}
        longest_first = sorted(map(re.escape, meanings), key=len, reverse=True)
        self._pattern = re.compile(rf"(?<!\w)(?:{'|'.join(longest_first)})(?!\w)") if meanings else None

    def explain(self, tokens: list[Token]) -> list[Token]:
        """The parts of a line of Markdown, with <abbr> around what is explained."""
        if self._pattern is None:
            return tokens
        return [
            part for token in tokens for part in (self._split(token) if token.type == "text" else [token])
        ]

    def _split(self, token: Token) -> Iterator[Token]:
        rest = 0
        for match in self._pattern.finditer(token.content):
            short = match[0]
            if short in self.used:
                continue
            self.used[short] = self.meanings[short]
            yield _text(token.content[rest : match.start()])
            yield Token("abbr_open", "abbr", 1, attrs={"title": self.meanings[short]})
            yield _text(short)
            yield Token("abbr_close", "abbr", -1)
            rest = match.end()
        yield _text(token.content[rest:])


def _text(content: str) -> Token:
    return Token("text", "", 0, content=content)
