"""What was understood of a file, as text beside it, so that a file is read once and not for every page."""

import json
from dataclasses import asdict

from reports.reading.blocks import Skipped
from reports.reading.docx.edits import Edit
from reports.reading.problems import Problem
from reports.reading.prose.report import TextImport
from reports.reading.questions import AskedColumn, AskedWords, Questions
from reports.writing.data.json_report import from_json, to_json
from scoring.importing.read import edition_named


def as_text(found: TextImport) -> str:
    """One JSON object; `from_text` gives an equal value. Raises ImportProblem for content that can't be kept."""
    content = to_json(found.content)
    from_json(content, {found.content.edition.name: found.content.edition})
    values = {
        "content": content,
        "skipped": [asdict(line) for line in found.skipped],
        "unnamed": found.unnamed,
        "problems": [asdict(problem) for problem in found.problems],
        "questions": asdict(found.questions),
        "edits": [asdict(edit) for edit in found.edits],
    }
    return json.dumps(values, ensure_ascii=False)


def from_text(text: str) -> TextImport:
    values = json.loads(text)
    asked = values["questions"]
    columns = {
        key: AskedColumn(**one | {"samples": tuple(one["samples"])}) for key, one in asked["columns"].items()
    }
    words = {
        kind: {key: AskedWords(**one) for key, one in asked[kind].items()} for kind in ("ratings", "outcomes")
    }
    return TextImport(
        content=from_json(values["content"], edition_named),
        skipped=tuple(Skipped(**line) for line in values["skipped"]),
        unnamed=tuple(values["unnamed"]),
        problems=tuple(Problem(**problem) for problem in values["problems"]),
        questions=Questions(columns=columns, **words),
        edits=tuple(Edit(**edit | {"path": tuple(edit["path"])}) for edit in values["edits"]),
    )
