"""Would the tests notice if a guard were gone? Breaks one guard at a time in a copy of the project and runs tests.

    python -m tests.strength.guards [NAME …]

Prints a line for each guard and ends with 1 if the tests passed without one of them. `./dev test` does not run it.
"""

import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PASSED, FAILED = 0, 1  # as pytest ends
SET_UP = (".venv", "node_modules", "vendor", ".chromium")  # made by ./dev: linked, not copied


@dataclass(frozen=True, kw_only=True)
class Guard:
    """A piece of code that protects something, what it becomes, and the tests that have to fail then."""

    name: str
    file: str
    code: str
    broken: str
    tests: str


GUARDS = (
    Guard(
        name="independence",
        file="eds/policy/reading.py",
        code="may=dict.fromkeys((LEAD, SCORER), stages.REVEALED),\n        only=SCORES_OF_MEMBERS",
        broken="may=dict.fromkeys((LEAD, SCORER), ALL),\n        only=SCORES_OF_MEMBERS",
        tests="tests/test_independence.py",
    ),
    Guard(
        name="totals",
        file="eds/totals/case_study.py",
        code='return "missing" if judgement.score is None else "scored"',
        broken='return "missing" if not judgement.score else "scored"',
        tests="tests/eds/test_totals.py",
    ),
    Guard(
        name="triggers",
        file="edsportal/audit/triggers/guards.py",
        code="        if audit.fixed:\n",
        broken="        if False:\n",
        tests="tests/scoring/panel/test_places.py",
    ),
    Guard(
        name="permission",
        file="casestudies/reviews/roles.py",
        code="        require(self.why_not(action, case_study))\n",
        broken="        self.why_not(action, case_study)\n",
        tests="tests/test_actions_by_role.py",
    ),
    Guard(
        name="autosave",
        file="scoring/scores/actions.py",
        code="    _require_newest(sheet, answers, revision, page, rescoring)\n",
        broken="",
        tests="tests/scoring/scores/score_sheet/test_nothing_lost.py",
    ),
    Guard(
        name="publication",
        file="scoring/publishing/runs.py",
        code="return not waiting and not run.failure",
        broken="return not waiting",
        tests="tests/scoring/publishing/test_publication_runs.py",
    ),
    Guard(
        name="import",
        file="scoring/importing/store.py",
        code="    review.case_studies.update(imported_from=file_name[:200], imported_on=timezone.localdate())\n",
        broken="",
        tests="tests/scoring/importing",
    ),
    Guard(
        name="checks",
        file="eds/checks/figures.py",
        code="stated != total.points:\n",
        broken="stated == total.points:\n",
        tests="tests/eds/checks",
    ),
    Guard(
        name="search",
        file="scoring/search/find.py",
        code="SearchText.objects.visible_to(user)",
        broken="SearchText.objects.all()",
        tests="tests/scoring/search",
    ),
    Guard(
        name="sharing",
        file="scoring/review/sharing.py",
        code="        review = rows.get(pk=shared.review_id)\n    if refusal := why_not_take_in(review):\n",
        broken="        review = rows.get(pk=shared.review_id)\n    if refusal := None:\n",
        tests="tests/scoring/review/test_sharing.py",
    ),
    # Each case study goes its own way.
    Guard(
        name="moves",
        file="scoring/review/stages/case_studies.py",
        code="    if to not in stages.CASE_STUDY_MOVES[row.stage]:\n",
        broken="    if False:\n",
        tests="tests/scoring/review/stages",
    ),
    Guard(
        name="reveal",
        file="scoring/workshops/views.py",
        code="case_studies=[case_study], closed_by",
        broken="case_studies=list(row.review.case_studies.filter(stage=stages.SCORING)), closed_by",
        tests="tests/scoring/workshops",
    ),
    Guard(
        name="the panel at the reveal",
        file="scoring/review/stages/case_studies.py",
        code="        fix_panel(row)\n",
        broken="        pass\n",
        tests="tests/scoring/review/stages tests/scoring/panel",
    ),
    Guard(
        name="audit entries",
        file="edsportal/audit_pages/rules.py",
        code="(judged & noted)",
        broken="(judged & inside)",
        tests="tests/edsportal/audit",
    ),
    Guard(
        name="choices before approval",
        file="scoring/review/readiness.py",
        code="        *_not_chosen(review, content),\n",
        broken="",
        tests="tests/scoring/review",
    ),
    Guard(
        name="approval",
        file="scoring/review/readiness.py",
        code="    if row.sha256 != approved_sha256(content):\n",
        broken="    if False:\n",
        tests="tests/scoring/review/stages tests/scoring/publishing",
    ),
    Guard(
        name="e-mail once",
        file="edsportal/accounts/outbox.py",
        code="rows.filter(pk=pk, sent_at=None, claimed_at=None).first()",
        broken="rows.filter(pk=pk, sent_at=None).first()",
        tests="tests/edsportal/accounts/test_outbox.py",
    ),
)


def main(names: list[str]) -> int:
    """Break each guard that is named, or all of them; how many the tests did not miss."""
    with tempfile.TemporaryDirectory(prefix="edsportal-guards-") as folder:
        copy = Path(folder) / "project"
        shutil.copytree(ROOT, copy, ignore=_left_behind)
        for name in SET_UP:
            if (ROOT / name).exists():
                (copy / name).symlink_to(ROOT / name)
        unnoticed = [
            guard.name for guard in GUARDS if guard.name in names or not names if not _missed(guard, copy)
        ]
    return 1 if unnoticed else 0


def _left_behind(folder: str, names: list[str]) -> set[str]:
    """What no test needs; "data" is the demo's at the top, and our code further down."""
    at_top = {*SET_UP, ".git", "data"} if Path(folder) == ROOT else set()
    return {name for name in names if name in at_top or name == "__pycache__"}


def _missed(guard: Guard, copy: Path) -> bool:
    """True when tests failed because the guard was gone."""
    path = copy / guard.file
    text = path.read_text()
    if guard.code not in text:
        raise SystemExit(f"{guard.file} does not hold the guard “{guard.name}” any more: name it anew.")
    path.write_text(text.replace(guard.code, guard.broken))
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-p",
        "no:cacheprovider",
        "--tb=no",
        "-x",
        *guard.tests.split(),
    ]
    run = subprocess.run(command, cwd=copy, capture_output=True, text=True)
    path.write_text(text)
    if run.returncode not in (PASSED, FAILED):
        raise SystemExit(f"The tests of “{guard.name}” could not run:\n{run.stdout}{run.stderr}")
    failed = [line for line in run.stdout.splitlines() if line.startswith(("FAILED", "ERROR"))]
    print(f"{guard.name}: {failed[0] if failed else 'NOT NOTICED'}", flush=True)
    return bool(failed)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
