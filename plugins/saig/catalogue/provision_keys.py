"""Provisions as kind and number: which is part of which, and which are in a range.

``68 bis`` is an article of its own that was inserted after all of 68. So it is not part of 68, but
it is in the range ``68 a 70``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import takewhile

from ..citations.latin import LATIN
from ..languages import value_of

Number = tuple[str, ...]
"""A number with its subdivisions: ``("5", "2", "a")``, ``("68 bis", "2")``."""

Key = tuple[str, Number]
"""Kind of provision, and its number: ``("article", ("5", "2"))``."""

TO = "…"
"""Between two numbers in a key, for what is between them: ``("article", ("35", TO, "37"))``."""

MOST = 499
"""The most numbers in a range: a longer one is a mistake."""

NumberOrder = list[list[tuple[int, int, str]]]


def named(keys: Iterable[Key]) -> list[Key]:
    """The keys without those for what is between two: nothing may be there."""
    return [key for key in keys if TO not in key[1]]


def between(first: Key, last: Key) -> list[Key]:
    """What is in a range between its ends: the numbers that must exist, and a key for others that
    may, such as 36 bis in ``35 a 37``."""
    (kind, begin), (_, end) = first, last
    above = [one for one, _ in takewhile(_is_pair, zip(begin, end, strict=False))]
    rest = [number[len(above) : len(above) + 1] for number in (begin, end)]
    single = _counted(rest[0][0], rest[1][0]) if all(rest) else []
    return [*((kind, (*above, one)) for one in single), (kind, (*begin, TO, *end))]


def _is_pair(two: tuple[str, str]) -> bool:
    return two[0] == two[1]


def _counted(first: str, last: str) -> list[str]:
    """The numbers, or letters, between two. A suffixed number such as ``37a`` or ``37 bis`` comes
    after its number; between numbers like ``L111-1`` and ``511-1`` nothing is known."""
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
    return value_of(found[0]) if found else None


def is_within(provision: Key, other: Key) -> bool:
    """Whether a provision is another one, part of it, or in it if that is a range."""
    (kind, own), (other_kind, number) = provision, other
    if kind != other_kind:
        return False
    if TO not in number:
        return own[: len(number)] == number
    first, last = _ends(number)
    is_above_last = last[: len(own)] == own
    return (
        order_of_number(first) < order_of_number(own) < order_of_number(last) and not is_above_last
    )


def articles(key: Key) -> list[tuple[str, int | None]]:
    """The articles (or the like) in which to look for a provision, by kind and number. Those with a
    letter or a Latin suffix after the number are included."""
    kind, number = key
    first, last = _ends(number) if TO in number else (number, number)
    begin, end = leading_number(first[0]), leading_number(last[0])
    if begin is None or end is None:
        return [(kind, None)]
    return [(kind, one) for one in range(begin, min(end, begin + MOST) + 1)]


def _ends(number: Number) -> tuple[Number, Number]:
    at = number.index(TO)
    return number[:at], number[at + 1 :]


def order_of_number(number: Number) -> NumberOrder:
    """The sort key of a number: 68 bis after all of 68, and before 69."""
    return [list(map(_order_of_sign, _SIGNS.findall(part))) for part in number]


_SIGNS = re.compile(r"\d+|[^\d\s-]+")
_NAMES = list(dict.fromkeys(LATIN.values()))


def _order_of_sign(sign: str) -> tuple[int, int, str]:
    if sign.isdecimal():
        return (0, value_of(sign), "")
    return (2, _NAMES.index(LATIN[sign]), "") if sign in LATIN else (1, 0, sign)
