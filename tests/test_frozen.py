"""``saig.frozen.dataclass`` is as the standard library's, as far as Saig asks anything of it."""

from __future__ import annotations

import dataclasses
import pickle
from dataclasses import field
from typing import Any

import pytest
from saig.frozen import dataclass


@dataclass(frozen=True)
class Office:
    name: str
    floor: int = 0
    asked: list[str] = field(default_factory=list, compare=False, repr=False)


@dataclass(frozen=True)
class Room:
    name: str


def test_it_is_told_as_the_standard_librarys() -> None:
    """Digests are made of it."""
    standard = dataclasses.make_dataclass("Office", [("name", str), ("floor", int, 0)], frozen=True)
    assert repr(Office("obres")) == repr(standard("obres")) == "Office(name='obres', floor=0)"


def test_equal_ones_are_one() -> None:
    one, same = Office("obres"), Office("obres", asked=["x"])
    assert one == same and len({one, same, Office("obres", 1)}) == 2
    assert one != Office("llicències") and Room("obres") != Office("obres")
    assert dataclasses.replace(one, floor=1) == Office("obres", 1)
    assert pickle.loads(pickle.dumps(one)) == one


def test_names_that_are_not_there_are_refused() -> None:
    wrong: dict[str, Any] = {"colour": "red"}
    with pytest.raises(TypeError):
        Office("obres", **wrong)
