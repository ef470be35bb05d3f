"""What the demo's files say: our own words, nobody's data, no figure that the portal works out itself."""

import json
import re
from collections import Counter

from edsportal.demo.building import FOLDER

TEXTS = {path.stem: path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*/*.json"))}
REPORTS = [json.loads(path.read_bytes()) for path in sorted(FOLDER.glob("reports/*.json"))]


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
