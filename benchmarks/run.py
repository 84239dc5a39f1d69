"""Build the same town with Saig, plain Pelican and Hugo, side by side, and say how they compare.

Whole processes are measured, each from a cold start: with nothing left of an earlier build, with
nothing changed since, and with a text changed since; Saig after each other kind of change too. The
programs take turns.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import chart
import peers
import table
import tools
from changes import KINDS as CHANGES
from measure import Failed
from rounds import CHANGED, CLEAN, UNCHANGED, Size, measure, say, warm_up
from tools import Tool


def main() -> None:
    options = parser().parse_args()
    known = {"saig": tools.saig, "pelican": peers.pelican, "hugo": peers.hugo}
    found = {name: known[name]() for name in options.tools}
    for name in [name for name, tool in found.items() if tool is None]:
        say(f"Without {name}, which is not in .venv-bench: `make bench` installs it.")
    present = {name: tool for name, tool in found.items() if tool}
    folder = Path(tempfile.mkdtemp(prefix="saig-benchmark-"))
    try:
        sizes = measured(present, folder, options)
    except Failed as failed:
        sys.exit(f"A small town cannot be built: {failed}")
    finally:
        if options.keep:
            say(f"Kept: {folder}")
        else:
            shutil.rmtree(folder)
    if not sizes:
        sys.exit("Nothing was measured.")
    about = said_of(list(present.values()), options.runs)
    print(table.report(sizes, about), end="")
    if options.json:
        text = json.dumps(table.as_data(sizes, about), indent=1, ensure_ascii=False)
        options.json.write_text(text + "\n", "utf-8")
    if options.svg:
        options.svg.write_text(chart.chart(sizes), "utf-8")
    if any(size.failed for size in sizes):
        sys.exit(1)


def measured(present: dict[str, Tool], folder: Path, options: argparse.Namespace) -> list[Size]:
    """Each size in turn; what was measured before someone stops it is kept."""
    how = {
        "seed": options.seed,
        "timeout": options.timeout,
        "keep": options.keep,
        "scenarios": options.kinds,
    }
    sizes: list[Size] = []
    try:
        warm_up(list(present.values()), folder / "warm-up", options.timeout)
        for notes in options.sizes:
            among = [
                tool
                for name, tool in present.items()
                if name == "saig" or notes <= options.peers_up_to
            ]
            unit = present.get("pelican") if len(among) > 1 else None
            sizes.append(
                measure(among, unit, notes, folder / str(notes), rounds=options.runs, **how)
            )
    except KeyboardInterrupt:
        say("Stopped. What was measured before:")
    return sizes


def said_of(present: Sequence[Tool], rounds: int) -> dict[str, str]:
    """What a reader must know of the machine and the programs."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return {
        "Programs": ", ".join(f"{tool.name} {tool.version}" for tool in present),
        "Machine": f"{os.cpu_count()} processors, {memory:.0f} GiB, {platform.system()}, "
        f"Python {platform.python_version()}",
        "Rounds": str(rounds),
    }


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(
        description=__doc__,
        epilog="Examples: .venv/bin/python benchmarks/run.py --sizes 1000,10000,100000 --runs 3 "
        "--timeout 1800 --svg docs/img/performance.svg\n"
        "          .venv/bin/python benchmarks/run.py --tools saig --sizes 10000 --kinds text,title "
        "--runs 1",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    made.add_argument(
        "--sizes", type=numbers, default=[1000, 10000], help="notes (default: 1000,10000)"
    )
    made.add_argument("--runs", type=number, default=3, help="rounds; medians count (default: 3)")
    made.add_argument(
        "--tools",
        type=names,
        default=list(NAMES),
        help=f"which programs (default: {','.join(NAMES)})",
    )
    made.add_argument(
        "--peers-up-to",
        type=number,
        default=table.COMPARED,
        help="Saig alone in larger towns (default: %(default)s)",
    )
    made.add_argument(
        "--kinds",
        type=kinds,
        default=list(KINDS.values()),
        help=f"which kinds of build, of {','.join(KINDS)} (default: all)",
    )
    made.add_argument("--seed", type=int, default=1, help="of the town (default: 1)")
    made.add_argument(
        "--timeout", type=seconds, default=900, help="seconds a build may take (default: 900)"
    )
    made.add_argument("--json", type=Path, metavar="FILE", help="write every run there, as data")
    made.add_argument("--svg", type=Path, metavar="FILE", help="write a chart there")
    made.add_argument("--keep", action="store_true", help="leave the projects and sites behind")
    return made


NAMES = ("saig", "pelican", "hugo")
KINDS = {"clean": CLEAN, "nothing": UNCHANGED, "text": CHANGED, **{name: name for name in CHANGES}}
"""What the kinds of build are called here, and the scenario of each."""


def number(text: str) -> int:
    value = int(text)
    if value < 1:
        raise argparse.ArgumentTypeError("write a number from 1 up")
    return value


def seconds(text: str) -> float:
    value = float(text)
    if not value > 0:
        raise argparse.ArgumentTypeError("write seconds, more than 0")
    return value


def numbers(text: str) -> list[int]:
    return sorted({number(part) for part in text.split(",")})


def kinds(text: str) -> list[str]:
    wrong = set(text.split(",")) - KINDS.keys()
    if wrong:
        raise argparse.ArgumentTypeError(f"write some of {','.join(KINDS)}")
    return [KINDS[name] for name in text.split(",")]


def names(text: str) -> list[str]:
    wrong = set(text.split(",")) - set(NAMES)
    if wrong:
        raise argparse.ArgumentTypeError(f"write some of {','.join(NAMES)}")
    return text.split(",")


if __name__ == "__main__":
    main()
