"""A small report as text, in our own words, and how to read one."""

from eds.editions import load
from reports.reading.prose.text import from_text

EDS = load("EDS 2022")

FRONT = "Equality Delivery System 2023\n\nDomain 1: Commissioned or provided services\n"
STUDY = """
Case study 1: Walk-in clinic
Background
We opened in May.
Panel Scoring
1A: 2/3
1B: 1/3
1C: 0/3
1D: 3/3
Total: 6/12
Additional commentary: A good start.
"""


def read(text, **given):
    return from_text(text, EDS, **{"organisation": "NHS Westmoor", **given})


def study(text):
    """The one case study of a report with this text below its heading."""
    (found,) = read(f"{FRONT}Case study 1: Walk-in clinic\n{text}").content.case_studies
    return found


def whys(found):
    return [(line.number, line.why) for line in found.skipped]
