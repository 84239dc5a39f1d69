"""Work spread over processes, its results in the order of the items.

Each process is a fork: it has all that the parent had, and gets nothing more, so it waits for
nobody. If the parent is killed its next result meets a closed pipe, and it ends.
"""

from __future__ import annotations

import gc
import os
import pickle
import struct
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from functools import cache
from typing import Any, BinaryIO, TypeVar

T = TypeVar("T")
R = TypeVar("R")

CHUNK = 16
"""Items between two messages: few enough for no process to wait long for another."""

FEW = 3 * CHUNK
"""Items for which forking takes longer than it saves."""

_LENGTH = struct.Struct("<Q")


def processors() -> int:
    """How many processors this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # macOS
        return os.cpu_count() or 1


def parallel_map(work: Callable[[T], R], items: Sequence[T], jobs: int) -> Iterator[R]:
    """``work(item)`` of each item, in their order. An exception in a process is raised here."""
    jobs = min(jobs, len(items) // CHUNK)
    if len(items) >= FEW:
        gc.enable()  # a command that builds puts it off until there is this much to do
    if jobs < 2 or len(items) < FEW or not hasattr(os, "fork"):
        yield from map(work, items)
        return
    chunks = [items[start : start + CHUNK] for start in range(0, len(items), CHUNK)]
    gc.freeze()  # the collector would write into all objects, and the processes share no page then
    workers: list[tuple[int, BinaryIO]] = []
    try:
        for number in range(jobs):
            workers.append(_fork(work, chunks[number::jobs], workers))
        for number in range(len(chunks)):
            yield from _receive(workers[number % jobs][1])
    finally:
        for _, pipe in workers:
            pipe.close()
        for process, _ in workers:
            with suppress(ChildProcessError):
                os.waitpid(process, 0)
        gc.unfreeze()


def in_background(work: Callable[[], R]) -> Callable[[], R]:
    """Begin work in a process of its own, where there is a processor for it; what is returned waits
    for what it came to."""
    if processors() < 2 or not hasattr(os, "fork"):
        return work
    process, pipe = _fork(lambda _: work(), [[None]], [])

    def result() -> R:
        with pipe:
            found: R = _receive(pipe)[0]
        os.waitpid(process, 0)
        return found

    return cache(result)


def _fork(
    work: Callable[[T], R], chunks: Sequence[Sequence[T]], others: Sequence[tuple[int, BinaryIO]]
) -> tuple[int, BinaryIO]:
    reading, writing = os.pipe()
    _widen(writing)
    process = os.fork()
    if process:
        os.close(writing)
        return process, os.fdopen(reading, "rb")
    status = 1
    try:
        os.close(reading)
        for _, pipe in others:
            os.close(pipe.fileno())  # else the death of the parent would not be noticed
        with os.fdopen(writing, "wb") as out:
            for chunk in chunks:
                _send(out, _result(work, chunk))
        status = 0
    except BaseException:  # the parent is gone, or stopped listening: nobody to tell
        status = 1
    finally:
        os._exit(status)  # without the ends and the files of the parent


def _widen(pipe: int) -> None:
    """Have a pipe hold several messages where it can (Linux), so that a process goes on working while
    the parent listens to another."""
    with suppress(ImportError, OSError):
        from fcntl import F_SETPIPE_SZ, fcntl

        fcntl(pipe, F_SETPIPE_SZ, 1 << 20)


def _result(work: Callable[[T], R], chunk: Sequence[T]) -> tuple[list[R] | None, Exception | None]:
    try:
        return [work(item) for item in chunk], None
    except Exception as error:
        return None, error


def _send(out: BinaryIO, message: Any) -> None:
    data = pickle.dumps(message, protocol=pickle.HIGHEST_PROTOCOL)
    out.write(_LENGTH.pack(len(data)))
    out.write(data)
    out.flush()


def _receive(pipe: BinaryIO) -> list[Any]:
    head = pipe.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        raise OSError("a process that worked for this build was ended from outside")
    results, error = pickle.loads(pipe.read(*_LENGTH.unpack(head)))
    if error:
        raise error
    return results  # type: ignore[no-any-return]
