"""What a build of a push may use of the server, and whether it used more."""

from __future__ import annotations

import os
import re
import resource
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields, replace

from ..git import Tracked
from ..notes.file_names import shown
from ..refusal import Refused
from ..words import N_
from .usage import Usage

Line = tuple[str, dict[str, object]]
"""A message marked with ``N_``, and its values."""

MIB = 1 << 20


def memory_by_default() -> int:
    """The default limit of memory, in bytes: half of the computer's, as the web server needs the
    rest; at least 512 MiB, which a build needs, and at most 4 GiB."""
    try:
        whole = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError):
        whole = 4096 * MIB
    return max(512 * MIB, min(whole // 2, 4096 * MIB))


@dataclass(frozen=True)
class Limits:
    """The limits of one run, with all processes that it starts. ``seconds``: by the clock;
    ``processor``: seconds of all processors together; ``memory``: bytes; ``disk``: bytes that it
    writes; ``file``: bytes of one file; ``said``: bytes of its output that the pusher gets."""

    seconds: int = 600
    processor: int = 1200
    memory: int = 2048 * MIB
    disk: int = 4096 * MIB
    file: int = 1024 * MIB
    processes: int = 64
    said: int = 1 * MIB


@dataclass(frozen=True)
class Quota:
    """The limits of all previews together. ``number``: of previews; ``disk``: bytes, with the caches
    of their builds."""

    number: int = 30
    disk: int = 4096 * MIB


BEYOND = {
    "seconds": N_("The build was ended: it took longer than %(most)d seconds (saig.limit.seconds)"),
    "processor": N_(
        "The build was ended: it took more than %(most)d seconds of the processors (saig.limit.processor)"
    ),
    "processes": N_(
        "The build was ended: it ran more than %(most)d processes at once (saig.limit.processes)"
    ),
    "memory": N_(
        "The build was ended: it needed more than %(most)d MiB of memory (saig.limit.memory)"
    ),
    "disk": N_("The build was ended: it wrote more than %(most)d MiB (saig.limit.disk)"),
}
OF_BYTES = ("memory", "disk")

_NUMBER = re.compile(r"([1-9][0-9]{0,8})([kmg]?)")
_UNITS = {"": 0, "k": 10, "m": 20, "g": 30}

NAMES = tuple(field.name for field in fields(Limits))


def limits(setting: Callable[[str], str | None]) -> Limits:
    """The limits that an operator set, and defaults for the others. ``setting``: returns the value
    of a setting by its name. Raises ``Refused`` if a value is not a number."""
    processes = Limits.processes + (os.cpu_count() or 1)  # a build has one for each processor
    default = replace(Limits(), memory=memory_by_default(), processes=processes)
    return Limits(
        **{name: number(setting, f"limit.{name}", getattr(default, name)) for name in NAMES}
    )


def quota(setting: Callable[[str], str | None]) -> Quota:
    """The quota that an operator set, or the default. Raises ``Refused`` as ``limits`` does."""
    return Quota(
        number(setting, "previews.number", Quota.number),
        number(setting, "previews.disk", Quota.disk),
    )


def number(setting: Callable[[str], str | None], name: str, default: int) -> int:
    """The value of a setting: a whole number above zero, with Git's units ``k``, ``m`` and ``g``.
    Raises ``Refused`` if it is not one."""
    text = setting(name)
    if text is None:
        return default
    found = _NUMBER.fullmatch(text.strip().lower())
    if not found:
        raise Refused(
            N_("saig.%(name)s is “%(text)s”, and must be a whole number, such as 600 or 512m"),
            name=name,
            text=text,
        )
    return int(found[1]) << _UNITS[found[2]]


def exceeded(used: Usage, limits: Limits) -> Line | None:
    """The limit that was exceeded, in words; None if none was."""
    for name, message in BEYOND.items():
        most = getattr(limits, name)
        if getattr(used, name) > most:
            return message, {"most": most // MIB if name in OF_BYTES else most}
    return None


def too_large(files: Iterable[Tracked], sizes: Mapping[str, int], limits: Limits) -> Line | None:
    """Which limit the files of a commit would exceed, in words; None if none. A push is compressed,
    and may be a thousand times smaller than its files. ``sizes``: object -> bytes."""
    whole = 0
    for file in files:
        size = sizes.get(file.content, 0)
        whole += size
        if size > limits.file:
            message = N_("%(path)s has %(size)d MiB, and may have %(most)d (saig.limit.file)")
            most = limits.file // MIB
            return message, {"path": shown(file.path), "size": size // MIB, "most": most}
    if whole > limits.disk:
        message = N_("All files have %(size)d MiB, and may have %(most)d (saig.limit.disk)")
        return message, {"size": whole // MIB, "most": limits.disk // MIB}
    return None


LATER = 5
"""Seconds by which the system's limit of processor time is higher than Saig's."""

UNUSED = 512 * MIB
"""Bytes of address space that a program with its libraries has beside the memory that it uses."""


def restrict(limits: Limits, running: int) -> None:
    """Let the system limit this process and each one that it starts, as far as it limits single
    processes. Limits that Saig watches itself are set higher here, so that Saig ends the build
    first, and can say why. ``running``: how many threads the account has already, as Linux counts
    them too."""
    for what, most in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_CPU, limits.processor + LATER),
        (resource.RLIMIT_AS, limits.memory + UNUSED),
        (resource.RLIMIT_FSIZE, limits.file),
        (resource.RLIMIT_NPROC, 2 * limits.processes + running),
    ):
        _, hard = resource.getrlimit(what)
        least = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (least, least))
