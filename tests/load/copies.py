"""How many saves a second one copy of the portal takes, and two behind a proxy; for docs/scaling.md.

python -m tests.load.copies [--database sqlite|postgresql] [--seconds 10] [--members 12]
"""

import argparse
import sys
import tempfile
from pathlib import Path

from tests.faults.proxy import proxy
from tests.faults.trial import Trial, trial


def saves_a_second(running: Trial, seconds: float) -> tuple[float, float]:
    """Saves acknowledged in a second, and the mean time in milliseconds that a member waited for one."""
    with proxy([copy.port for copy in running.copies]) as port, running.load([port]) as load:
        load.run_for(1)  # everybody has saved once
        load.until_all_saved()
        before = sum(member.saves for member in load.members)
        load.run_for(seconds)
        saves = sum(member.saves for member in load.members) - before
    running.members = load.members
    return saves / seconds, 1000 * seconds * len(load.members) / max(saves, 1)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="postgresql")
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--members", type=int, default=12, choices=range(2, 51), metavar="2 to 50")
    asked = parser.parse_args(arguments)
    print("| copies | saves a second | milliseconds for a save |\n|---|---|---|")
    with (
        tempfile.TemporaryDirectory(prefix="edsportal-copies-") as folder,
        trial(Path(folder), database=asked.database, members=asked.members) as running,
    ):
        for _ in range(2):
            rate, wait = saves_a_second(running, asked.seconds)
            print(f"| {len(running.copies)} | {rate:.0f} | {wait:.0f} |")
            if len(running.copies) == 1:
                running.copy()
    return 0


if __name__ == "__main__":
    sys.exit(main())
