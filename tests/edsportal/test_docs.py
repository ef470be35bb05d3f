"""What the documents for administrators name is there: commands, files, settings, addresses."""

import re
from pathlib import Path

import pytest
from django.core.management import get_commands
from django.urls import resolve

ROOT = Path(__file__).resolve().parents[2]
NAMES = ("architecture.md", "running.md", "reliability.md", "scaling.md")
DOCS = [ROOT / "docs" / name for name in NAMES]
SOURCES = "\n".join(
    path.read_text(encoding="utf-8")
    for pattern in (
        "edsportal/*.py",
        "edsportal/monitoring/*.py",
        "deploy/*",
        "compose.yaml",
        "Dockerfile",
        "dev",
        "tests/**/*.py",
    )
    for path in ROOT.glob(pattern)
    if path.is_file()
)
OF_OTHERS = {"PGUSER", "PGOPTIONS", "INFO", "ADDRESS", "OF", "THE", "PORTAL"}  # PostgreSQL's own, and words


def text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


pytestmark = pytest.mark.parametrize("doc", DOCS, ids=lambda path: path.name)


def test_commands_are_there(doc):
    named = set(re.findall(r"manage\.py ([a-z_]+)", text(doc)))
    assert named <= set(get_commands())
    usage = text(ROOT / "dev")
    for command in re.findall(r"\./dev ([a-z]+)", text(doc)):
        assert f"./dev {command}" in usage


def test_files_are_there(doc):
    named = re.findall(r"(?<![\w/.-])((?:deploy|tests|docs|edsportal|tools)/[\w./-]*\w)", text(doc))
    beside = re.findall(r"\]\(([\w./-]+\.md)\)", text(doc))
    assert [name for name in named if not (ROOT / name).exists()] == []
    assert [name for name in beside if not (doc.parent / name).exists()] == []


def test_modules_are_there(doc):
    for name in re.findall(r"python -m ([a-z][\w.]*)", text(doc)):
        path = ROOT / name.replace(".", "/")
        assert (
            path.with_suffix(".py").exists() or (path / "__main__.py").exists() or name in ("pytest", "venv")
        ), name


def test_settings_are_read_somewhere(doc):
    named = set(re.findall(r"`?\b([A-Z]{3,}(?:_[A-Z]+)+)\b", text(doc))) - OF_OTHERS
    assert {name for name in named if name not in SOURCES} == set()


def test_addresses_are_answered(doc):
    for address in set(re.findall(r"`(/(?:health|metrics|changes)/[a-z/]*)`", text(doc))):
        assert resolve(address)


def test_every_file_of_deploy_is_told_of(doc):
    told = " ".join(text(each) for each in DOCS)
    assert {
        path.name for path in (ROOT / "deploy").iterdir() if path.is_file() and path.name not in told
    } == set()
