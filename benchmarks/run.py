"""Build a town with Saig, and say what that takes."""

from __future__ import annotations

import argparse
import shutil
import tempfile
from pathlib import Path
from statistics import median

import tools
from measure import MIB
from rounds import Size, measure, say


def main() -> None:
    options = parser().parse_args()
    folder = Path(tempfile.mkdtemp(prefix="saig-benchmark-"))
    try:
        for notes in options.sizes:
            size = measure(
                [tools.saig()],
                None,
                notes,
                folder / str(notes),
                seed=options.seed,
                rounds=options.runs,
                timeout=options.timeout,
            )
            show(size)
    finally:
        if options.keep:
            say(f"Kept: {folder}")
        else:
            shutil.rmtree(folder)


def show(size: Size) -> None:
    for (tool, scenario), runs in size.runs.items():
        walls = sorted(run.wall for run in runs)
        peak = size.memory[tool, scenario].tree or max(run.largest for run in runs)
        print(
            f"{size.notes:>7,} notes  {tool:8} {scenario:10} {median(walls):7.2f} s "
            f"[{walls[0]:.2f} {walls[-1]:.2f}]  {peak / MIB:6.0f} MiB"
        )


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(
        description=__doc__,
        epilog="Example: .venv/bin/python benchmarks/run.py --sizes 1000,10000 --runs 3",
    )
    made.add_argument("--sizes", type=numbers, default=[1000, 10000], help="notes: 1000,10000")
    made.add_argument("--runs", type=int, default=3, help="rounds; the median counts")
    made.add_argument("--seed", type=int, default=1, help="of the town")
    made.add_argument("--timeout", type=float, default=600, help="seconds that a build may take")
    made.add_argument("--keep", action="store_true", help="do not remove the temporary folder")
    return made


def numbers(text: str) -> list[int]:
    return [int(part) for part in text.split(",")]


if __name__ == "__main__":
    main()
