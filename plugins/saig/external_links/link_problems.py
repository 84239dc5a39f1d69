"""Links to other servers, and what is wrong with them: warnings, for nobody here can mend them."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from ..catalogue.uses import UrlOccurrence
from ..notes.problem import Problem
from ..progress import Progress
from ..words import N_, for_editors
from . import last_good
from .requests import LinkVerdict, answers, verdict

MESSAGES = {
    "gone": (
        "link-gone",
        N_("%(address)s is no more (%(reason)s)%(since)s"),
        N_("look for the address where it stands now, or remove it"),
    ),
    "slow": (
        "link-slow",
        N_("%(address)s did not answer within %(seconds)g s%(since)s"),
        N_("try it in a browser; if readers have to wait too, tell them of another way"),
    ),
    "refused": (
        "link-refused",
        N_("%(address)s cannot be reached (%(reason)s)%(since)s"),
        N_("try it in a browser; if it is closed to readers too, tell them of another way"),
    ),
}
"""Failure to code, message and hint."""


def check_links(
    uses: Mapping[str, Sequence[UrlOccurrence]],
    file: Path,
    day: datetime.date,
    seconds: float,
    progress: Progress,
) -> list[Problem]:
    """Ask for each address once; what is wrong, at each of its uses.

    ``file``: the file with the last good dates, which is brought up to date.
    """
    try:
        good = last_good.read(file)
    except (OSError, ValueError):
        progress.step(N_("%(file)s cannot be read; it is begun again"), file=file)
        good = {}
    known = answers(uses, seconds, progress)
    if known and not any(answer.status for answer in known.values()):
        progress.step(N_("No server answered. Is this computer on the network?"))
    found: list[Problem] = []
    for address, places in uses.items():
        became = verdict(address, known)
        if not became.failure:
            good[address] = day.isoformat()
        values = {
            "reason": became.reason and for_editors(became.reason, progress.lang),
            "seconds": seconds,
            "since": _since(good.get(address), progress.lang),
        }
        found += [problem for use in places for problem in _problem(use, became, values)]
    try:
        last_good.write(file, good)
    except OSError as error:
        message = N_("%(file)s cannot be written: %(reason)s")
        progress.step(message, file=file, reason=error.strerror)
    return found


def _since(day: str | None, lang: str) -> str:
    return for_editors(N_("; on %(date)s it was still good"), lang, date=day) if day else ""


def _problem(
    use: UrlOccurrence, became: LinkVerdict, values: Mapping[str, object]
) -> Iterator[Problem]:
    values = {**values, "address": use.address[:200]}
    if became.failure:
        code, message, hint = MESSAGES[became.failure]
        yield Problem(use.path, *use.place, code, message, hint, values)
    elif became.to:
        # RFC 9110 §10.2.2: without a fragment of its own, a new address takes that of the old one.
        kept = "#" not in became.to and "#" in use.address
        fragment = use.address[use.address.index("#") :] if kept else ""
        yield Problem(
            use.path,
            *use.place,
            "link-moved",
            N_("%(address)s has moved for good"),
            N_("write %(to)s"),
            {**values, "to": became.to + fragment},
        )
