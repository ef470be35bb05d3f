"""One or two words for each outcome area of a national edition, for headings of narrow columns.

The official statements are sentences. A report prints each once in full; everywhere else it prints these.
"""

from eds.edition import Edition

NAMES = {
    "EDS 2022": {
        "1A": "Access",
        "1B": "Health needs",
        "1C": "Safety",
        "1D": "Experience",
        "2A": "Staff health",
        "2B": "Free from abuse",
        "2C": "Staff support",
        "2D": "Place to work",
        "3A": "Commitment",
        "3B": "Board papers",
        "3C": "Monitoring",
    }
}


def short_name(edition: Edition, code: str) -> str:
    """For example "Access"; "" for an outcome area of an edition that has no short names."""
    return NAMES.get(edition.name, {}).get(code, "")


def named(edition: Edition, code: str) -> str:
    """For example "1A Access", or the code alone."""
    return " ".join(part for part in (code, short_name(edition, code)) if part)
