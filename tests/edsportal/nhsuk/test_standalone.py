"""The template pack works in a project that has nothing of the portal."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django import forms

from edsportal.nhsuk.forms import NhsukForm

pytestmark = pytest.mark.either  # its processes ask no database
ROOT = Path(__file__).resolve().parents[3]
README = ROOT / "edsportal/nhsuk/README.md"
SETTINGS = "tests.edsportal.nhsuk.settings"
SHOW = """
from django.template import Context, Template
import sys
print(Template("{% load crispy_forms_tags %}{% crispy form %}").render(Context({"form": VisitForm()})))
project = ("eds", "reports", "casestudies", "scoring", "edsportal")
print("LOADED", *sorted(name for name in sys.modules if name.split(".")[0] in project))
"""


def run(*arguments: str) -> str:
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": SETTINGS, "PYTHONPATH": str(ROOT)}
    result = subprocess.run(
        [sys.executable, *arguments], capture_output=True, text=True, cwd=ROOT, env=environment, check=False
    )
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout


def example() -> str:
    """The form in the README, the second block of code in it."""
    return re.findall(r"```python\n(.*?)```", README.read_text(encoding="utf-8"), flags=re.DOTALL)[1]


def test_the_readmes_example_is_shown_without_anything_of_the_portal():
    assert len([line for line in example().splitlines() if line]) == 10
    html, loaded = run("-c", f"import django\ndjango.setup()\n{example()}\n{SHOW}").split("LOADED")
    for words in (
        "Falls clinic",
        "When did you visit?",
        "nhsuk-date-input",
        "What happened?",
        "Send your story",
    ):
        assert words in html
    assert {name for name in loaded.split() if not name.startswith("edsportal.nhsuk")} == {"edsportal"}


def test_its_tests_need_no_settings_but_these():
    files = [f"tests/edsportal/nhsuk/test_{name}.py" for name in ("dates", "fields", "forms")]
    options = ["-p", "no:cacheprovider", "--noconftest", f"--ds={SETTINGS}"]
    assert "passed" in run("-m", "pytest", *options, *files)


def test_what_a_project_kept_unsaved_is_shown(settings):
    class Form(NhsukForm):
        title = forms.CharField(initial="saved")
        other = forms.CharField(initial="saved")

    assert 'value="saved"' in str(Form()["title"])
    settings.NHSUK_UNSAVED_VALUE = f"{__name__}.kept_title"
    assert 'value="typed"' in str(Form()["title"])
    assert 'value="saved"' in str(Form()["other"])


def kept_title(form, field_name: str) -> tuple[bool, object]:
    return field_name == "title", "typed"
