"""Every file and folder that a document, a comment or a docstring of ours names is there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ARCHITECTURE = ROOT / "docs/architecture.md"
OURS = (
    "casestudies",
    "deploy",
    "docs",
    "eds",
    "edsportal",
    "reports",
    "scoring",
    "templates",
    "tests",
    "tools",
)
TEXTS = sorted(
    path
    for pattern in ("*.md", "*.toml", "dev", "compose.yaml", *(f"{folder}/**/*" for folder in OURS))
    for path in ROOT.glob(pattern)
    if path.is_file()
    and path.suffix in (".py", ".md", ".html", ".toml", ".yaml", "")
    and path != Path(__file__)
)
FILE = re.compile(r"(?<![\w/.<>{}$*-])((?:[\w-]+/)+[\w-]+(?:\.[\w-]+)*\.(?:py|md|html|js|css|toml|txt))\b")
FOLDER = re.compile(rf"(?<![\w/.<>{{}}$*-])((?:{'|'.join(OURS)})/[\w/-]*)(?![\w.*<{{-])")
MADE = {  # named where they are no files of the project
    "edsportal/nhsuk/forms.py": {"shop/help.html"},  # an example
    "templates/mfa/webauthn/snippets/scripts.html": {"mfa/js/webauthn-json.js"},  # of django-allauth
    "tests/test_commands.py": {"shared/seeds/000_report.txt"},  # lies beside the project
}
BELOW = ("", "templates", "static", "edsportal/nhsuk/templates", "edsportal/demo/templates")


def exists(name: str, beside: Path) -> bool:
    return (beside / name).exists() or any((ROOT / folder / name).exists() for folder in BELOW)


def missing_files(path: Path, text: str) -> set[str]:
    named = set(FILE.findall(text)) - MADE.get(path.relative_to(ROOT).as_posix(), set())
    if path.suffix == ".md":
        named |= {name for quoted in re.findall(r"`([^`\n]+)`", text) for name in FOLDER.findall(quoted)}
    return {name for name in named if not exists(name, path.parent)}


def test_what_is_named_exists():
    missing = {
        path.relative_to(ROOT).as_posix(): names
        for path in TEXTS
        if (names := missing_files(path, path.read_text(encoding="utf-8")))
    }
    assert missing == {}


def test_what_does_not_exist_is_noticed():
    text = "See scoring/report.py, `edsportal/trail/`, docs/word.md and `scoring/scores/`."
    assert missing_files(ROOT / "docs/word.md", text) == {"scoring/report.py", "edsportal/trail/"}


def sections() -> list[tuple[str, str]]:
    """The storeys that docs/architecture.md describes, each with its text."""
    parts = re.split(r"^### `(\w+)/`", ARCHITECTURE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return [(name, text.split("\n## ")[0]) for name, text in zip(parts[1::2], parts[2::2], strict=True)]


@pytest.mark.parametrize(("storey", "text"), sections(), ids=lambda value: value if len(value) < 20 else "")
def test_the_architecture_names_every_part_of_a_storey_and_no_other(storey, text):
    first_cells = re.findall(r"^\| (`.*?) \|", text, flags=re.MULTILINE)
    named = {name.rstrip("/") for cell in first_cells for name in re.findall(r"`([\w./]+)`", cell)}
    assert {name for name in named if not (ROOT / storey / name).exists()} == set()
    usual = {"__init__", "__pycache__", "admin", "apps", "management", "migrations", "models", "urls"}
    usual |= {"context_processors", "model_constraints", "views", "wsgi"}
    parts = {
        path.name
        for path in (ROOT / storey).iterdir()
        if path.stem not in usual and path.suffix in ("", ".py")
    }
    assert parts - named == set()


@pytest.mark.parametrize("heading", ["One score", "One Word file"])
def test_a_walk_is_at_most_fifteen_files_in_four_folders(heading):
    section = ARCHITECTURE.read_text(encoding="utf-8").split(f"\n## {heading}")[1].split("\n## ")[0]
    files = re.findall(r"^\d+\. `([^`]+)`", section, flags=re.MULTILINE)
    assert len(files) == 15
    assert all((ROOT / file).is_file() for file in files)
    assert len({file.split("/")[0] for file in files}) <= 4
    functions = re.findall(r"^\d+\. `([^`]+)`(.*)$", section, flags=re.MULTILINE)
    for file, words in functions:
        source = (ROOT / file).read_text(encoding="utf-8")
        for name in re.findall(r"`(\w+)`", words):
            assert re.search(rf"\b{name}\b", source), (file, name)
