"""Whatever stands in a report, in whatever order: each line is in the content, named as skipped, or refused."""

from hypothesis import event, given, settings
from hypothesis import strategies as st

from reports.reading.problems import ImportProblem
from reports.writing.data.json_report import to_json
from tests.reports.reading.prose.text_example import read

WAYS = [
    *[
        "{word}",
        "{word} and more.",
        "## {word}",
        "[bookmark: _Toc1]{word}",
        "· {word}",
        "1. {word}",
        "7) {word}",
    ],
    *[
        "1a) {word}",
        "1B: {word}: 2/3",
        "1c. {word} 1/3",
        "## 1D: {word}",
        "· 1A: {word}: 1/3",
        "2A: {word}",
        "1A: 2/3",
    ],
    *[
        "Total: {word}",
        "Total: 5/12",
        "Additional commentary: {word}",
        "Commentary",
        "Background",
        "Panel Scoring",
    ],
    *[
        "Case study 1: {word}",
        "Case study 2: {word} – 4/12",
        "Case study 3 – {word}",
        "Case studies and scores",
    ],
    *[
        "Domain 1: {word}",
        "Domain 2: {word}",
        "Contents",
        "{word} ..... 7",
        "Recommendations",
        "EDS 2023 {word}",
    ],
    *["Organisation: {word}", "# *{word}* _a_ [b](c)", "", "  {word}  "],
]


@settings(max_examples=300)
@given(st.lists(st.sampled_from(WAYS), max_size=25))
def test_no_line_is_lost(ways):
    front = ["EDS report 2023", "Case study 9: Clinic"]
    words = [f"word{number}x" for number in range(len(ways))]
    lines = [*front, *(way.format(word=word) for way, word in zip(ways, words, strict=True))]
    try:
        found = read("\n".join(lines))
    except ImportProblem:
        event("refused")
        return
    event("read")
    kept = to_json(found.content)
    skipped = {line.number: line.text for line in found.skipped if line.why != "a bookmark tag"}
    for number, (way, word) in enumerate(zip(ways, words, strict=True), start=len(front) + 1):
        if "{word}" in way:
            assert word in kept or word in skipped.get(number, ""), (number, way)
