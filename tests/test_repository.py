"""What a public repository holds besides code: licence, bill of materials, CI, documents."""

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.conftest import SEEDS
from tests.test_commands import pins
from tools import sbom

ROOT = Path(__file__).resolve().parent.parent
pytestmark = pytest.mark.either
FILES = ["LICENSE", "SECURITY.md", "CHANGELOG.md", "CONTRIBUTING.md", "README.md", ".github/workflows/ci.yml"]
DOCS = ["docs/dpia.md", "docs/nhs-standards.md", "docs/security.md"]


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", [*FILES, *DOCS])
def test_it_names_no_registry_and_no_place_of_this_machine(name):
    found = re.findall(
        r"pypi\.org|npmjs|pythonhosted|files\.python|/work/|/tmp/h|/root/|/home/\w+", text(name)
    )
    assert found == []


@pytest.mark.parametrize("name", [name for name in [*FILES, *DOCS] if name.endswith(".md")])
def test_files_that_a_document_leads_to_are_there(name):
    targets = re.findall(r"\]\(([^)#:]+)\)", text(name))
    assert [one for one in targets if not ((ROOT / name).parent / one).exists()] == []


def test_the_licence_is_the_one_that_is_named():
    assert text("LICENSE").startswith("MIT License\n")
    assert tomllib.loads(text("pyproject.toml"))["project"]["license"] == "MIT"
    assert "may choose another licence" in " ".join(text("README.md").split())


def printed() -> str:
    done = subprocess.run(
        ["./dev", "sbom"], cwd=ROOT, capture_output=True, text=True, check=True, env={"PATH": "/usr/bin:/bin"}
    )
    return done.stdout


def test_the_bill_of_materials_lists_what_the_lock_files_hold():
    bill = json.loads(printed())
    assert (bill["bomFormat"], bill["specVersion"], bill["version"]) == ("CycloneDX", "1.6", 1)
    assert re.fullmatch(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", bill["serialNumber"])
    python = {one["name"] for one in bill["components"] if one["purl"].startswith("pkg:pypi/")}
    npm = {one["purl"] for one in bill["components"] if one["purl"].startswith("pkg:npm/")}
    assert python == set(pins("requirements.lock"))
    wanted = json.loads(text("package.json"))["dependencies"]
    assert npm == {f"pkg:npm/{name.replace('@', '%40')}@{version}" for name, version in wanted.items()}
    refs = [one["bom-ref"] for one in bill["components"]]
    assert len(refs) == len(set(refs))
    assert all(
        re.fullmatch(r"[0-9a-f]{64,128}", sum_["content"])
        for one in bill["components"]
        for sum_ in one["hashes"]
    )
    assert all(one["hashes"] for one in bill["components"])


def test_the_bill_of_materials_says_who_needs_whom():
    bill = json.loads(printed())
    needs = {one["ref"].split("@")[0]: one["dependsOn"] for one in bill["dependencies"]}
    assert len(needs) <= len(bill["dependencies"]) == len(bill["components"]) + 1
    own = {ref.split("@")[0].rpartition("/")[2] for ref in needs["pkg:generic/edsportal"]}
    asked = {
        line.split("[")[0].split(">")[0]
        for line in text("requirements.in").splitlines()
        if line[:1].isalpha()
    }
    assert own >= asked
    assert any(ref.startswith("pkg:pypi/pydyf@") for ref in needs["pkg:pypi/weasyprint"])


def test_the_bill_of_materials_is_the_same_each_time_and_asks_no_network():
    assert printed() == printed()
    source = text("tools/sbom.py")
    imported = set(re.findall(r"^(?:import|from) (\w+)", source, re.MULTILINE))
    assert imported <= set(sys.stdlib_module_names) - {"socket", "urllib", "http"} | {"urllib"}
    assert "urlopen" not in source
    assert sbom.bill(ROOT)["components"]


def test_ci_runs_the_two_commands_of_everybody_and_no_folder_beside():
    workflow = text(".github/workflows/ci.yml")
    commands = re.findall(r"- run: (?:sudo )?(\./dev \w+)", workflow)
    assert commands == ["./dev check", "./dev sbom", "./dev test"]
    assert "../shared" not in workflow
    assert "permissions:\n  contents: read\n" in workflow


def test_without_the_real_report_its_tests_are_skipped_with_the_reason(tmp_path):
    """In a copy of the tests that has no folder beside it."""
    if not SEEDS.is_dir():
        pytest.skip("they are skipped in this very run")
    copy = tmp_path / "project"
    copy.mkdir()
    for name in ("eds", "reports", "casestudies", "scoring", "edsportal", "templates", "static", "tools"):
        (copy / name).symlink_to(ROOT / name)
    (copy / "tests").mkdir()
    for path in (ROOT / "tests").iterdir():
        if path.name != "conftest.py":
            (copy / "tests" / path.name).symlink_to(path)
    (copy / "tests/conftest.py").write_text(text("tests/conftest.py"), encoding="utf-8")
    (copy / "pyproject.toml").write_text(text("pyproject.toml"), encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-rs"]
    command.append("tests/reports/reading/prose/test_text_seed.py")
    done = subprocess.run(command, cwd=copy, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "the folder ../shared/seeds with the real 2024 report is not here" in done.stdout
    assert " passed" not in done.stdout.splitlines()[-1]


def test_the_accessibility_statement_has_the_parts_of_the_uk_model():
    page = text("templates/accessibility.html")
    parts = [
        "How accessible this website is",
        "Feedback and contact information",
        "Reporting accessibility problems with this website",
        "Enforcement procedure",
        "Technical information about this website’s accessibility",
        "Compliance status",
        "Non-accessible content",
        "Non-compliance with the accessibility regulations",
        "Disproportionate burden",
        "Content that’s not within the scope of the accessibility regulations",
        "Preparation of this accessibility statement",
    ]
    assert re.findall(r"<h[23][^>]*>([^<]+)</h[23]>", page) == [
        *parts[:9],
        parts[9],
        "What we’re doing to improve accessibility",
        parts[10],
    ]
    for words in (
        "partially compliant with the",
        "Equality and Human Rights Commission (EHRC) enforces",
        "Equality Advisory and Support Service (EASS)",
        "This statement was prepared on",
        "It was last reviewed on",
        "This website was last tested on",
    ):
        assert words in page


def test_each_weakness_names_tests_that_exist():
    rows = re.findall(r"^\| (\d+), [^|]+\|[^|]+\| (.+) \|$", text("docs/security.md"), re.M)
    assert [int(number) for number, _ in rows] == list(range(1, 30))
    for number, tests in rows:
        named = re.findall(r"`(tests/[\w/]+\.py)::(test_\w+)`", tests)
        assert named, number
        assert [one for path, one in named if f"\ndef {one}(" not in text(path)] == []
