"""The code that people type to join a workshop: eight signs that can be told apart by eye and, read aloud, by ear."""

import secrets

# Not alike to look at: no 0 O Q, 1 I L, 2 Z, 5 S, 6 G, 8 B, U V. Nor to hear: C but no D P, M but no N.
# No vowel, so that no code is a word.
SIGNS = "CFHJKMRTWXY3479"
LENGTH = 8


def new_code() -> str:
    """A code by chance, one of 15 to the power of 8: 2.6 thousand million."""
    return "".join(secrets.choice(SIGNS) for _ in range(LENGTH))


def as_typed(text: str) -> str:
    """What somebody typed, in capitals and without spaces and dashes."""
    return "".join(sign for sign in text.upper() if sign.isalnum())


def in_two(code: str) -> str:
    """The code as it is shown and read aloud: "K4CW 7RTX"."""
    return f"{code[: LENGTH // 2]} {code[LENGTH // 2 :]}"
