"""What each number of a list means: ``34.1 y 2``, ``35 a 48``, ``49 a 49 quater``."""

from __future__ import annotations

from collections.abc import Iterator

from ..citations.latin import LATIN

MOST = 300
"""The highest number in a range: a greater one is a typing error."""

Number = tuple[str, ...]
"""The parts of a number: ``("34", "1")``, ``("16 ter", "2")``, ``("única", "m")``."""


class NotUnderstood(Exception):
    """A list that is ambiguous or unreadable."""


def resolved(before: Number, number: Number, *, many: bool, has_article: bool) -> Number:
    """What a number in a list means after another: after ``34.1`` a ``2`` is ``34.2``, but in
    *arts. 8.2, 9* the ``9`` is an article. Lists ascend. Raises ``NotUnderstood``."""
    if number[0] == "":
        letters = [place for place, part in enumerate(before) if part[:1].isalpha() and place]
        if len(before) == 1 and before[0][:1].isalpha() and len(before[0].split(" ")[0]) <= 2:
            return number[1:]
        if not letters:
            raise NotUnderstood
        return (*before[: letters[-1]], *number[1:])
    if len(before) == 1 or not number[0].isdigit():
        return number
    numeric = [place for place, part in enumerate(before) if part.isdigit() and place]
    head = int(before[0].split(" ")[0]) if before[0][:1].isdigit() else None
    mine = int(number[0])
    if head is not None and mine == head and len(number) > 1:
        return number
    is_greater = head is not None and mine > head
    if not numeric:
        if is_greater:
            return number
        raise NotUnderstood
    if len(number) > 1 and number[1][:1].isdigit():  # *arts. 26.5 y 22.2*
        if many or is_greater:
            return number
        raise NotUnderstood
    last = int(before[numeric[-1]])
    if has_article and is_greater and len(number) == 1:
        raise NotUnderstood
    if (not many and len(number) == 1) or not is_greater:
        if mine > last:
            return (*before[: numeric[-1]], *number)
        raise NotUnderstood
    return number


def between(first: Number, last: Number) -> Iterator[Number]:
    """The provisions of a range, without its ends. Raises ``NotUnderstood``."""
    if len(first) != len(last) or first[:-1] != last[:-1]:
        raise NotUnderstood
    start, end = first[-1], last[-1]
    if start.isdigit() and end.isdigit():
        middle = [str(number) for number in range(int(start) + 1, int(end))]
        ascends = int(start) < int(end)
    elif len(start) == len(end) == 1 and start.islower() and end.islower():
        middle = [chr(code) for code in range(ord(start) + 1, ord(end))]
        ascends = start < end
    elif _roman(start) and _roman(end):
        middle = [as_roman(number) for number in range(_roman(start) + 1, _roman(end))]
        ascends = _roman(start) < _roman(end)
    else:
        middle, ascends = _latin_between(start, end)
    if not ascends or len(middle) > MOST:
        raise NotUnderstood
    yield from ((*first[:-1], part) for part in middle)


def _latin_between(start: str, end: str) -> tuple[list[str], bool]:
    """``49`` to ``49 quater``."""
    order = list(dict.fromkeys(LATIN.values()))
    number, _, mark = start.partition(" ")
    other, _, last = end.partition(" ")
    if number != other or not last or not number.isdigit():
        raise NotUnderstood
    begin, stop = order.index(mark) + 1 if mark else 0, order.index(last)
    return [f"{number} {word}" for word in order[begin:stop]], begin <= stop


_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}


def _roman(text: str) -> int:
    """Its value; 0 for an invalid Roman number."""
    if not text or set(text) - _VALUES.keys():
        return 0
    values = [_VALUES[letter] for letter in text]
    total = sum(-v if v < n else v for v, n in zip(values, [*values[1:], 0], strict=True))
    return total if as_roman(total) == text else 0


def as_roman(number: int) -> str:
    written = ""
    for value, letters in (
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ):
        while number >= value:
            written, number = written + letters, number - value
    return written
