"""The sentences of the easy-read report that the lead may write anew, and the rules that each must keep. Pure.

Sentences with a figure are none of these: the figures come from the scores, and nobody types them.
"""

import re

MOST_WORDS = 15
MOST_LINES = 4  # sentences of the lead's own in one place
SENTENCES = {
    "purpose": "The NHS must be fair to everyone.",
    "yearly": "Each year we check how fair we are.",
    "domain_1": "This part is about services that people use.",
    "domain_2": "This part is about people who work for us.",
    "domain_3": "This part is about our leaders.",
    "missing": "We need to find out more about them.",
    "report": "You can read the full report on our website.",
    "ask": "You can also ask us about it:",
}
OWN = {
    "panel_said": "What the panel said",
    "next": "What happens next",
}  # several lines, empty unless the lead writes
NAMES = (*SENTENCES, *OWN)
END = re.compile(r"[.!?:](?=\s+\S)")


def problems(text: str) -> list[str]:
    """What to change in the text, in which each line is a sentence; [] where it is easy to read."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    listed = [problem for line in lines for problem in _problems_of(line)]
    if len(lines) > MOST_LINES:
        listed.append(f"Write at most {MOST_LINES} sentences. You have written {len(lines)}")
    return listed


def _problems_of(line: str) -> list[str]:
    listed, words = [], len(line.split())
    if END.search(line):
        listed.append(f"Put each sentence on a line of its own: “{line}”")
    elif words > MOST_WORDS:
        listed.append(f"Use at most {MOST_WORDS} words in a sentence. This one has {words}: “{line}”")
    if number := re.search(r"\d(?:[\d.,/]*\d)?", line):
        listed.append(f"Remove “{number[0]}”. The report fills in years and figures itself")
    return listed
