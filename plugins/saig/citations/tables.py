"""The words of packs by which norms are cited, of all languages together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

Table = Mapping[str, Any]
"""What a pack has under ``citations`` for a language: words, lists of words, and maps of these."""


class Tables:
    """Several of them, asked by the names of what stands in each. What one lacks it does not
    say."""

    def __init__(self, tables: Iterable[Table]) -> None:
        self._tables = tuple(tables)

    def __iter__(self) -> Iterator[Table]:
        return iter(self._tables)

    def below(self, name: str) -> Tables:
        """What stands under a name in each."""
        found = (table.get(name) for table in self._tables)
        return Tables(one for one in found if isinstance(one, Mapping))

    def words(self, *names: str) -> list[str]:
        """All words under these names, each once."""
        found = (table.get(name) for table in self._tables for name in names)
        return list(dict.fromkeys(word for one in found for word in _flat(one)))

    def by_code(self, name: str) -> dict[str, list[str]]:
        """Words by the code that they stand for."""
        found: dict[str, dict[str, None]] = {}
        for table in self.below(name):
            for code, words in table.items():
                found.setdefault(code, {}).update(dict.fromkeys(_flat(words)))
        return {code: list(words) for code, words in found.items()}

    def numbers(self, name: str) -> dict[str, int]:
        """Words by their place in their list, the first of which is 1: months, ordinals. Several
        words for one place are a list."""
        found: dict[str, int] = {}
        for table in self._tables:
            places = table.get(name)
            for number, words in enumerate(places if isinstance(places, list) else (), 1):
                found.update(dict.fromkeys(_flat(words), number))
        return found


def _flat(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from _flat(one)
    elif isinstance(value, Sequence):
        for one in value:
            yield from _flat(one)
