"""Numbers of norms and the years in them, as they are written."""

from __future__ import annotations


def full_year(written: str) -> int:
    """``90`` is 1990, ``15`` is 2015."""
    year = int(written)
    return year if year >= 100 else year + (1900 if year >= 50 else 2000)


def union_number(
    code: str, first: str, second: str, *, has_sign: bool = False
) -> tuple[str, int | None]:
    """Number and year of an act of the Union: of regulations, the year was the last until 2015.
    ``has_sign``: whether *number* is said before it, as only of those."""
    last_is_year = len(second) == 4 and int(second) >= 1950
    first_is_year = len(first) == 4 and int(first) >= 1950
    if code == "reg" and last_is_year and (has_sign or not (first_is_year and int(first) >= 2015)):
        return first, int(second)
    if first_is_year:
        return second, int(first)
    if len(first) == 2 and int(first) >= 50:
        return second, 1900 + int(first)
    return first, int(second) if last_is_year else None
