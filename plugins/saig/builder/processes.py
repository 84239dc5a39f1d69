"""Distributes work over forked processes; results are returned in the order of the items.

A fork inherits all data of its parent, so nothing is sent to it. If the parent is killed, the fork
ends at its next result, as the pipe is closed.
"""

from __future__ import annotations

import gc
import os
import pickle
import struct
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from functools import cache, partial
from io import FileIO
from select import select
from typing import Any, TypeVar

T = TypeVar("T")
R = TypeVar("R")

CHUNK = 16
"""Items per chunk: few, so that processes finish at about the same time."""

FEW = 3 * CHUNK
"""With fewer items forking takes longer than it saves."""

MOST = 4000
"""The most chunks: their numbers have to fit into a pipe's buffer."""

_LENGTH = struct.Struct("<Q")
_NUMBER = struct.Struct("<L")


def processors() -> int:
    """The number of processors that this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # macOS
        return os.cpu_count() or 1


def parallel_map(work: Callable[[T], R], items: Sequence[T], jobs: int) -> Iterator[R]:
    """The results of ``work(item)`` in the order of the items, computed by ``jobs`` processes. The
    parent is one of them, as one that only waited would take memory. Each takes the next chunk when
    it has finished one. Raises what any of them raises."""
    jobs = min(jobs, len(items) // CHUNK)
    if len(items) >= FEW:
        gc.enable()  # commands that build disable it until there is this much to do
    if jobs < 2 or len(items) < FEW or not hasattr(os, "fork"):
        yield from map(work, items)
        return
    size = max(CHUNK, len(items) // MOST)
    chunks = [items[start : start + size] for start in range(0, len(items), size)]
    numbers = _chunk_numbers(len(chunks))

    def take() -> int | None:
        taken = os.read(numbers, _NUMBER.size)
        return _NUMBER.unpack(taken)[0] if taken else None

    def do(number: int) -> list[R]:
        return [work(item) for item in chunks[number]]

    def serve(out: FileIO) -> None:
        while (number := take()) is not None:
            _send(out, (number, *_result(partial(do, number))))
        _send(out, None)

    gc.freeze()  # otherwise the collector writes to all objects, which unshares their memory
    workers: list[tuple[int, FileIO]] = []
    try:
        for _ in range(jobs - 1):
            workers.append(_fork(serve, [pipe for _, pipe in workers]))
        working = {pipe for _, pipe in workers}
        done: dict[int, list[R]] = {}
        for following in range(len(chunks)):
            while following not in done:
                came = select(working, [], [], 0)[0]
                number = None if came else take()
                if number is not None:
                    done[number] = do(number)
                    continue
                for pipe in came or select(working, [], [])[0]:
                    if (message := _receive(pipe)) is None:
                        working.remove(pipe)
                        continue
                    number, results, error = message
                    if error:
                        raise error
                    done[number] = results
            yield from done.pop(following)
    finally:
        os.close(numbers)
        for _, pipe in workers:
            pipe.close()
        for process, _ in workers:
            with suppress(ChildProcessError):
                os.waitpid(process, 0)
        gc.unfreeze()


def in_background(work: Callable[[], R]) -> Callable[[], R]:
    """Begin work in a forked process, if there is more than one processor. The returned function
    waits for the result, and raises what the work raised."""
    if processors() < 2 or not hasattr(os, "fork"):
        return work
    process, pipe = _fork(lambda out: _send(out, _result(work)), [])

    def result() -> R:
        with pipe:
            found, error = _receive(pipe)
        os.waitpid(process, 0)
        if error:
            raise error
        return found  # type: ignore[no-any-return]

    return cache(result)


def _chunk_numbers(count: int) -> int:
    """A pipe with the numbers from 0 to ``count``: a process takes a chunk by reading one."""
    reading, writing = os.pipe()
    os.write(writing, b"".join(map(_NUMBER.pack, range(count))))
    os.close(writing)
    return reading


def _fork(work: Callable[[FileIO], None], others: Iterable[FileIO]) -> tuple[int, FileIO]:
    """Fork a process for this work. Returns its id and the pipe for its results."""
    reading, writing = os.pipe()
    _widen(writing)
    process = os.fork()
    if process:
        os.close(writing)
        return process, FileIO(reading)
    status = 1
    try:
        os.close(reading)
        for pipe in others:
            os.close(pipe.fileno())  # else the others would not notice that the parent died
        with FileIO(writing, "w") as out:
            work(out)
        status = 0
    except BaseException:  # the parent is gone, or stopped reading
        status = 1
    finally:
        os._exit(status)  # without running the parent's exit handlers or flushing its files


def _widen(pipe: int) -> None:
    """Enlarge a pipe's buffer (Linux), so that a process can go on while the parent is busy."""
    with suppress(ImportError, OSError):
        from fcntl import F_SETPIPE_SZ, fcntl

        fcntl(pipe, F_SETPIPE_SZ, 1 << 20)


def _result(work: Callable[[], R]) -> tuple[R | None, Exception | None]:
    try:
        return work(), None
    except Exception as error:
        return None, error


def _send(out: FileIO, message: Any) -> None:
    data = pickle.dumps(message, protocol=pickle.HIGHEST_PROTOCOL)
    rest = memoryview(_LENGTH.pack(len(data)) + data)
    while rest:
        rest = rest[out.write(rest) :]


def _receive(pipe: FileIO) -> Any:
    (length,) = _LENGTH.unpack(_read(pipe, _LENGTH.size))
    return pickle.loads(_read(pipe, length))


def _read(pipe: FileIO, size: int) -> bytearray:
    found = bytearray(size)
    rest = memoryview(found)
    while rest:
        count = pipe.readinto(rest)
        if not count:
            raise OSError("a process that worked for this build was ended from outside")
        rest = rest[count:]
    return found
