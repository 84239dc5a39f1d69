"""What processes use, from Linux's ``/proc`` (proc(5)). On other systems nothing is known."""

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
    """A process. ``processor``: seconds, with those of its ended children; ``memory``: bytes, with
    those that it shares with others; ``is_over``: whether it has ended, and its parent has not read
    its exit code yet."""

    pid: int
    parent: int
    processor: float
    memory: int
    is_over: bool


@dataclass(frozen=True)
class Usage:
    """What several processes use together. ``seconds``: since the start; ``processor``: seconds;
    ``memory``: bytes; ``disk``: bytes that they wrote; ``processes``: their number."""

    seconds: float
    processor: float
    memory: int
    disk: int
    processes: int


def processes() -> dict[int, Process]:
    """All processes that this account can see, by their numbers."""
    names = os.listdir(PROC) if PROC.is_dir() else []
    found = (_process(int(name)) for name in names if name.isdecimal())
    return {process.pid: process for process in found if process}


def _process(pid: int) -> Process | None:
    try:
        text = (PROC / str(pid) / "stat").read_bytes()
    except OSError:
        return None
    # The fields from the third on follow the name, which may contain anything.
    found = text.rpartition(b")")[2].split()
    ticks = sum(map(int, found[11:15]))
    is_over = found[0] in (b"Z", b"X")
    return Process(pid, int(found[1]), ticks / _PER_SECOND, int(found[21]) * _PAGE, is_over)


def below(pids: Collection[int], seen: Mapping[int, Process]) -> set[int]:
    """The numbers of these processes, and of all processes below them."""
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
    """What processes use together. ``seconds``: since the start; ``enough``: bytes of memory. Shared
    memory is counted only once if they use more than that, as finding out takes longer."""
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
    """The proportional set size, in bytes: shared memory is divided among those that share it."""
    for name, value in _lines(process.pid, "smaps_rollup"):
        if name == "Pss":
            return int(value.split()[0]) << 10
    return process.memory


def _written(pid: int) -> int:
    """The bytes that a process and its ended children wrote to disks."""
    said = {name: int(value) for name, value in _lines(pid, "io")}
    return max(0, said.get("write_bytes", 0) - said.get("cancelled_write_bytes", 0))


def _lines(pid: int, file: str) -> Iterator[tuple[str, str]]:
    """The names and values in a file of a process; none if it cannot be read."""
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
