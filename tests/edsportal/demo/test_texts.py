"""What the demo's files say: our own words, nobody's data, no figure that the portal works out itself."""

import json
import re
from collections import Counter
from datetime import date

import pytest

from edsportal.demo.building import FOLDER
from edsportal.demo.story_time import TOLD_ON, moved, years_on

TEXTS = {path.stem: path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*/*.json"))}
REPORTS = [json.loads(path.read_bytes()) for path in sorted(FOLDER.glob("reports/*.json"))]


DAYS = re.compile(r"20[0-9]{2}-[0-9]{2}(?:-[0-9]{2})?")


@pytest.mark.parametrize(("today", "years"), [((2026, 11, 1), 0), ((2026, 10, 31), -1), ((2030, 2, 1), 3)])
def test_the_story_moves_by_whole_years_and_stays_the_same_story(today, years):
    """What was past when it was told is past whenever it is told, and no edition changes its name."""
    assert years_on(date(*today)) == years
    files = TEXTS | {"neighbours": (FOLDER / "neighbours.json").read_text(encoding="utf-8")}
    for name, text in files.items():
        told = moved(text, years)
        assert moved(told, -years) == text, name
        assert told.count("EDS 2022") == text.count("EDS 2022")
        days = zip(DAYS.findall(text), DAYS.findall(told), strict=True)
        assert all(int(now[:4]) - int(then[:4]) == years and now[4:] == then[4:] for then, now in days), name


def test_nothing_that_happened_lies_ahead_of_the_telling():
    for report in REPORTS:
        header, evidence = (
            report["header"],
            [item for study in report["case_studies"] for item in study["evidence"]],
        )
        past = [header["completed_on"], header["authorised_on"], header["published"]]
        past += [*(item["date"] for item in evidence), *header["engagement_dates"]]
        assert [day for day in past if day and day > TOLD_ON.isoformat()] == [], report["title"]


def test_no_two_case_studies_share_a_sentence():
    sections = [
        section for report in REPORTS for study in report["case_studies"] for section in study["sections"]
    ]
    text = " ".join(section["body"] for section in sections)
    sentences = [part for part in re.split(r"(?<=[.!?])\s+", text) if len(part.split()) >= 6]
    assert len(sentences) > 300
    assert [sentence for sentence, count in Counter(sentences).items() if count > 1] == []


def test_no_two_commentaries_or_rationales_are_the_same():
    said = []
    for study in [study for report in REPORTS for study in report["case_studies"]]:
        judgements = [*study["scores"].values(), *study["self_assessment"].values()]
        said += [study["commentary"] or "", *(one["rationale"] for one in judgements)]
    assert [text for text, count in Counter(said).items() if text and count > 1] == []


def test_no_personal_data_and_no_address_of_a_real_site():
    for name, text in TEXTS.items():
        assert "@" not in text, name
        undated = re.sub(r"\d{4}-\d{2}(-\d{2})?", "", text)
        assert re.findall(r"(?:\d[ -]?){10}", undated) == [], name  # an NHS or a telephone number
        hosts = set(re.findall(r"https?://([^/\"]+)", text))
        assert all(host.endswith(".example") for host in hosts), (name, hosts)


def test_no_total_is_written_in_a_text():
    for name, text in TEXTS.items():
        assert re.findall(r"\d+\s?/\s?(?:3|9|12|33)\b", text) == [], name
