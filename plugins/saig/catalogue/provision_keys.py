"""Provisions as a kind and a number: what is a part of what, and what stands between two.

``68 bis`` is an article of its own, that was put in behind all of 68. So it is no part of 68, but
it is in the range ``68 a 70``, as it stands between its ends.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import takewhile

from ..citations.latin import LATIN

Number = tuple[str, ...]
"""A number with what is below it: ``("5", "2", "a")``, ``("68 bis", "2")``."""

Key = tuple[str, Number]
"""Kind of provision, and its number: ``("article", ("5", "2"))``."""

TO = "…"
"""Between two numbers in the key of what is between them: ``("article", ("35", TO, "37"))``."""

MOST = 499
"""Numbers that a range may have: a greater one is a slip."""

Place = list[list[tuple[int, int, str]]]


def named(keys: Iterable[Key]) -> list[Key]:
    """Those that are named, without what stands between two: nobody knows whether anything does."""
    return [key for key in keys if TO not in key[1]]


def between(first: Key, last: Key) -> list[Key]:
    """What a range has between its ends: the numbers that must be there, and whatever else is
    there, as 36 bis may be in ``35 a 37``."""
    (kind, begin), (_, end) = first, last
    above = [one for one, _ in takewhile(_is_pair, zip(begin, end, strict=False))]
    rest = [number[len(above) : len(above) + 1] for number in (begin, end)]
    single = _counted(rest[0][0], rest[1][0]) if all(rest) else []
    return [*((kind, (*above, one)) for one in single), (kind, (*begin, TO, *end))]


def _is_pair(two: tuple[str, str]) -> bool:
    return two[0] == two[1]


def _counted(first: str, last: str) -> list[str]:
    """The numbers, or letters, between two. What bears more, as ``37a`` and ``37 bis``, comes
    behind that number; what stands between ``L111-1`` or ``511-1`` and another is not known."""
    if len(first) == len(last) == 1 and first.isalpha():
        return [chr(code) for code in range(ord(first) + 1, ord(last))]
    begin, end = leading_number(first), leading_number(last)
    if begin is None or end is None or "-" in first + last:
        return []
    end += str(end) != last
    return [str(number) for number in range(begin + 1, min(end, begin + MOST + 1))]


def leading_number(part: str) -> int | None:
    """37 of ``37a`` and of ``37 bis``."""
    found = re.match(r"\d+", part)
    return int(found[0]) if found else None


def is_within(provision: Key, other: Key) -> bool:
    """Whether a provision is another, or a part of it, or stands in it where it is a range."""
    (kind, own), (other_kind, number) = provision, other
    if kind != other_kind:
        return False
    if TO not in number:
        return own[: len(number)] == number
    first, last = _ends(number)
    is_above_last = last[: len(own)] == own
    return place_of(first) < place_of(own) < place_of(last) and not is_above_last


def articles(key: Key) -> list[tuple[str, int | None]]:
    """The articles, or the like, in which a provision is to be looked for, by kind and number:
    those of the letters and of the Latin words behind a number are there too."""
    kind, number = key
    first, last = _ends(number) if TO in number else (number, number)
    begin, end = leading_number(first[0]), leading_number(last[0])
    if begin is None or end is None:
        return [(kind, None)]
    return [(kind, one) for one in range(begin, min(end, begin + MOST) + 1)]


def _ends(number: Number) -> tuple[Number, Number]:
    at = number.index(TO)
    return number[:at], number[at + 1 :]


def place_of(number: Number) -> Place:
    """Where a number stands among others: 68 bis after all of 68, and before 69."""
    return [list(map(_place_of_sign, _SIGNS.findall(part))) for part in number]


_SIGNS = re.compile(r"\d+|[^\d\s-]+")
_NAMES = list(dict.fromkeys(LATIN.values()))


def _place_of_sign(sign: str) -> tuple[int, int, str]:
    if sign.isdigit():
        return (0, int(sign), "")
    return (2, _NAMES.index(LATIN[sign]), "") if sign in LATIN else (1, 0, sign)
