"""Long trials under faults, whose figures stand in docs/reliability.md.

    python -m tests.faults [--database sqlite|postgresql] [--seconds 5] [--rounds 5] [--members 12]

Everything runs on this machine, in folders and on ports of its own, and is ended and removed afterwards. It ends with
status 1 if an acknowledged save was lost or one was kept in part.
"""

import argparse
import statistics
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

from tests.faults.proxy import proxy
from tests.faults.trial import Figure, Trial, trial


def faults(running: Trial, database: str, seconds: float) -> list:
    """The trials that this database and this account allow."""
    found = [running.server_killed, running.connections_cut]
    if database == "postgresql":
        found += [running.database_crashed, lambda seconds: running.database_crashed(seconds, "fast")]
    if running.disk is not None:
        found.append(running.disk_full)
    return found


def two_copies(running: Trial, seconds: float) -> Figure:
    second = running.copy()
    with proxy([running.copies[0].port, second.port]) as port:
        return running.one_of_two_killed(seconds, port)


def told(figures: list[Figure]) -> str:
    """One line of the table: sums of all rounds, and the median and longest recovery."""
    all_of = [figure.outcome for figure in figures]
    sums = [
        sum(getattr(each, name) for each in all_of) for name in ("acknowledged", "refused", "lost", "half")
    ]
    recovered = [figure.recovered for figure in figures]
    numbers = [
        *(f"{each:,}" for each in sums),
        f"{statistics.median(recovered):.1f}",
        f"{max(recovered):.1f}",
    ]
    return f"| {figures[0].fault} | {len(figures)} | {' | '.join(numbers)} |"


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--seconds", type=float, default=5, help="of saves before each fault")
    parser.add_argument("--rounds", type=int, default=5, choices=range(1, 101), metavar="1 to 100")
    parser.add_argument("--members", type=int, default=12, choices=range(2, 51), metavar="2 to 50")
    asked = parser.parse_args(arguments)
    found: dict[str, list[Figure]] = defaultdict(list)
    with (
        tempfile.TemporaryDirectory(prefix="edsportal-faults-") as folder,
        trial(Path(folder), database=asked.database, members=asked.members) as running,
    ):
        for _ in range(asked.rounds):
            for fault in faults(running, asked.database, asked.seconds):
                figure = fault(asked.seconds)
                found[figure.fault].append(figure)
                print(
                    figure.fault, figure.outcome, f"{figure.recovered:.1f} s", figure.answers, file=sys.stderr
                )
            figure = two_copies(running, asked.seconds)
            found[figure.fault].append(figure)
    print(
        "| fault | times | acknowledged | refused or unanswered | lost | in part | recovered (s, median) | longest |"
    )
    print("|---|---|---|---|---|---|---|---|")
    print(*(told(figures) for figures in found.values()), sep="\n")
    return int(not all(figure.is_good for figures in found.values() for figure in figures))


if __name__ == "__main__":
    sys.exit(main())
