"""The list of guards speaks of code that is there; `python -m tests.strength.guards` breaks each."""

import pytest

from tests.strength.guards import GUARDS, ROOT, _left_behind


@pytest.mark.parametrize("guard", GUARDS, ids=lambda guard: guard.name)
def test_the_guard_stands_once_in_its_file_and_its_tests_are_there(guard):
    assert (ROOT / guard.file).read_text().count(guard.code) == 1
    assert [path for path in guard.tests.split() if not (ROOT / path).exists()] == []


@pytest.mark.either
def test_a_copy_has_all_code_of_the_project_and_nothing_that_was_set_up():
    assert _left_behind(str(ROOT), ["data", "eds", ".venv", ".git"]) == {"data", ".venv", ".git"}
    assert _left_behind(str(ROOT / "reports/writing"), ["data", "docx", "__pycache__"]) == {"__pycache__"}
