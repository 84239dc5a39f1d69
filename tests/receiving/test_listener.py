"""A pusher who does not read holds up nobody."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress

import pytest
from saig.receiving.listener import Listener


@pytest.fixture
def pipe() -> Iterator[tuple[int, int]]:
    reading, writing = os.pipe()
    yield reading, writing
    for end in (reading, writing):
        with suppress(OSError):
            os.close(end)


def test_lines_come_whole(pipe: tuple[int, int]) -> None:
    """Long ones, and what is no text, too."""
    reading, writing = pipe
    listener = Listener(writing)
    listener.tell("curt ·")
    listener.tell(20_000 * "x")
    listener.tell("a\udcff")
    os.close(writing)
    with os.fdopen(os.dup(reading), "rb") as file:
        assert file.read() == "curt ·\n".encode() + 20_000 * b"x" + b"\na?\n"


def test_who_does_not_read_is_waited_for_once(pipe: tuple[int, int]) -> None:
    """All lines together, not each."""
    ticks = iter(range(1000))
    listener = Listener(pipe[1], patience=0.05, clock=lambda: next(ticks))
    for _ in range(1000):
        listener.tell(1000 * "x")
    assert next(ticks) < 200


def test_who_has_hung_up(pipe: tuple[int, int]) -> None:
    reading, writing = pipe
    os.close(reading)
    listener = Listener(writing)
    listener.tell("x")
    listener.tell("x")
