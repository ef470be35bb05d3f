"""Reading evidence, and the groups that it speaks of, from the JSON form."""

from collections.abc import Sequence

from eds.content import Evidence, EvidenceFile, Group
from reports.reading.json_fields import LONG, Fields, described

WEB_ADDRESS = r"https?://\S+"
EVIDENCE_KINDS = ("file", "link", "quote")
STRENGTHS = ("figures", "feedback", "narrative")
LARGEST = 10**12  # bytes of a file
GROUP_KINDS = ("protected", "inclusion", "local")


def evidence(fields: Fields, codes: Sequence[str]) -> Evidence:
    """One piece of evidence; `codes` are the outcome areas of its case study's domain."""
    return Evidence(
        kind=fields.one_of("kind", EVIDENCE_KINDS, required=True) or "",
        title=fields.text("title"),
        text=fields.text("text", longest=LONG),
        url=fields.text(
            "url", longest=500, pattern=WEB_ADDRESS, expected="an address that starts with https://"
        ),
        source=fields.text("source"),
        date=fields.day("date", or_month=True),
        strength=fields.one_of("strength", STRENGTHS),
        file=None if fields.value("file") is None else fields.object("file", _file),
        outcomes=fields.members("outcomes", codes),
        groups=fields.texts("groups", longest=100),
    )


def _file(fields: Fields) -> EvidenceFile:
    size = fields.value("size")
    if isinstance(size, bool) or not isinstance(size, int) or not 0 <= size <= LARGEST:
        fields.refuse(fields.place("size"), described(size), "a number of bytes")
        size = 0
    return EvidenceFile(
        name=fields.text("name", required=True) or "",
        size=size,
        sha256=fields.text("sha256", required=True, pattern="[0-9a-f]{64}", expected="a SHA-256 in hex")
        or "",
    )


def group(fields: Fields) -> Group:
    return Group(
        code=fields.text("code", required=True, longest=100) or "",
        name=fields.text("name", required=True) or "",
        kind=fields.one_of("kind", GROUP_KINDS) or "local",
        source=fields.text("source", longest=LONG),
    )
