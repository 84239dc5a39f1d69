"""What processes use, as Linux tells it in ``/proc`` (proc(5)). Elsewhere nothing is known of
them."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

PROC = Path("/proc")

_PER_SECOND = os.sysconf("SC_CLK_TCK")
_PAGE = os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True)
class Process:
    """``processor``: seconds, with those of its children that are over; ``memory``: bytes, with
    what it shares with others; ``is_over``: only its parent has not taken note yet."""

    pid: int
    parent: int
    processor: float
    memory: int
    is_over: bool


@dataclass(frozen=True)
class Usage:
    """Of several processes together. ``seconds``: since they were begun; ``disk``: bytes that they
    wrote."""

    seconds: float
    processor: float
    memory: int
    disk: int
    processes: int


def processes() -> dict[int, Process]:
    """All that can be seen, by their numbers."""
    names = os.listdir(PROC) if PROC.is_dir() else []
    found = (_process(int(name)) for name in names if name.isdecimal())
    return {process.pid: process for process in found if process}


def _process(pid: int) -> Process | None:
    try:
        text = (PROC / str(pid) / "stat").read_bytes()
    except OSError:
        return None
    # Behind the name, which may hold anything: the fields from the third on.
    found = text.rpartition(b")")[2].split()
    ticks = sum(map(int, found[11:15]))
    is_over = found[0] in (b"Z", b"X")
    return Process(pid, int(found[1]), ticks / _PER_SECOND, int(found[21]) * _PAGE, is_over)


def below(pids: Collection[int], seen: Mapping[int, Process]) -> set[int]:
    """The processes with these numbers, and all that they started."""
    children: dict[int, list[int]] = {}
    for process in seen.values():
        children.setdefault(process.parent, []).append(process.pid)
    found: set[int] = set()
    waiting = [pid for pid in pids if pid in seen]
    while waiting:
        pid = waiting.pop()
        found.add(pid)
        waiting += children.get(pid, ())
    return found


def usage(found: Collection[Process], seconds: float, enough: int) -> Usage:
    """What these processes use. ``enough``: bytes of memory; only beyond them it is asked how much
    of it is shared, which takes longer."""
    memory = sum(process.memory for process in found)
    if memory > enough:
        memory = sum(_own_memory(process) for process in found)
    return Usage(
        seconds=seconds,
        processor=sum(process.processor for process in found),
        memory=memory,
        disk=sum(_written(process.pid) for process in found),
        processes=len(found),
    )


def _own_memory(process: Process) -> int:
    """Its proportional set size: what it shares counts in parts."""
    for name, value in _lines(process.pid, "smaps_rollup"):
        if name == "Pss":
            return int(value.split()[0]) << 10
    return process.memory


def _written(pid: int) -> int:
    """Bytes that it, and its children that are over, had written to disks."""
    said = {name: int(value) for name, value in _lines(pid, "io")}
    return max(0, said.get("write_bytes", 0) - said.get("cancelled_write_bytes", 0))


def _lines(pid: int, file: str) -> Iterator[tuple[str, str]]:
    with suppress(OSError):
        for line in (PROC / str(pid) / file).read_text("ascii", "replace").splitlines():
            name, colon, value = line.partition(":")
            if colon:
                yield name, value.strip()


def threads_of_account() -> int:
    """How many threads this account runs."""
    found, own = 0, os.geteuid()
    for pid in processes():
        with suppress(OSError):
            if (PROC / str(pid)).stat().st_uid == own:
                found += len(os.listdir(PROC / str(pid) / "task"))
    return found
