"""Compares the files beside the record, its signatures and time stamps, with its lines.

A line names the files that earlier lines got since the line before it (``beside``). So it is
noticed if a signature or a time stamp is changed or removed later. And a time stamp of a later line
covers the earlier time stamps, which so remain good after their certificates have expired.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ..words import N_
from .finding import Finding
from .layout import SIGNATURE, STAMP, files_beside
from .record import Chain
from .tree import digest_of


def named_files(chain: Chain) -> dict[str, str]:
    """The files that lines name: name -> digest."""
    return {name: value for item in chain.publications for name, value in item.beside.items()}


def new_files(chain: Chain, folder: Path) -> dict[str, str]:
    """The files of lines that no line names yet: name -> digest. ``folder``: ``publications/``."""
    known = named_files(chain)
    numbers = files_beside(folder)
    found = {
        name: digest_of(folder / name)
        for name in sorted(numbers, key=lambda name: (numbers[name], name))
        if name not in known and numbers[name] <= len(chain.lines)
    }
    return {name: value for name, value in found.items() if value}


def beside_findings(chain: Chain, folder: Path, copy: Path | None = None) -> Iterator[Finding]:
    """Findings for files that are missing or changed, and for files of lines that do not exist.
    ``copy``: an earlier copy of the folder."""
    told: set[str] = set()
    for name, value in named_files(chain).items():
        found = digest_of(folder / name)
        if found != value:
            told.add(name)
            yield _differs(name, is_there=found is not None)
    for name in sorted(files_beside(copy), key=_in_order) if copy else ():
        found = digest_of(folder / name)
        if name not in told and copy and found != digest_of(copy / name):
            yield _differs(name, is_there=found is not None)
    beyond = sorted(
        (name for name, number in files_beside(folder).items() if number > len(chain.lines)),
        key=_in_order,
    )
    if beyond and not chain.broken:
        message = N_(
            "there is %(name)s, and the record ends with line %(last)d: lines were taken away"
        )
        for name in beyond:
            values = {"name": f"publications/{name}", "last": len(chain.lines)}
            yield Finding(message, values)


def _differs(name: str, *, is_there: bool) -> Finding:
    number = int(name.partition(".")[0])
    if name.endswith(SIGNATURE):
        message = (
            N_("the signature of line %(number)d is not as it was made")
            if is_there
            else N_("the signature of line %(number)d is missing")
        )
    else:
        message = (
            N_("the time stamp of line %(number)d is not as it was made")
            if is_there
            else N_("the time stamp of line %(number)d is missing")
        )
    return Finding(message, {"number": number})


def _in_order(name: str) -> tuple[int, bool]:
    return int(name.partition(".")[0]), name.endswith(STAMP)
