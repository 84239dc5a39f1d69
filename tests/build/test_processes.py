"""Work spread over processes: what comes of it does not depend on how many there are."""

from __future__ import annotations

import os
import signal
from multiprocessing import get_context

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from project import SECONDS
from saig.builder.processes import FEW, parallel_map


@settings(max_examples=20)
@given(st.integers(0, 4 * FEW), st.integers(1, 5))
def test_results_come_in_the_order_of_the_items(count: int, jobs: int) -> None:
    """Long ones and short ones, which take a pipe more than one step."""
    items = list(range(count))
    found = list(parallel_map(lambda item: [item] * (item % 7 * 5000), items, jobs))
    assert found == [[item] * (item % 7 * 5000) for item in items]


def test_so_many_processes_work_as_are_asked_for_this_one_too() -> None:
    meeting = get_context("fork").Barrier(3)
    here: list[int] = []

    def work(item: int) -> int:
        if not here:
            here.append(os.getpid())
            meeting.wait(SECONDS)  # until each of them has a chunk
        return here[0]

    assert len({os.getpid(), *parallel_map(work, range(10 * FEW), 3)}) == 3


@pytest.mark.parametrize("at", [0, 5 * FEW, 10 * FEW - 1])
def test_an_exception_in_any_process_is_raised(at: int) -> None:
    def work(item: int) -> int:
        if item == at:
            raise KeyError(item)
        return item

    with pytest.raises(KeyError, match=str(at)):
        list(parallel_map(work, range(10 * FEW), 3))


def test_a_process_that_is_killed_is_missed() -> None:
    """As by a system that has no more memory."""
    parent, has_begun = os.getpid(), get_context("fork").Event()

    def work(item: int) -> int:
        if os.getpid() != parent:
            has_begun.set()
            os.kill(os.getpid(), signal.SIGKILL)
        has_begun.wait(SECONDS)
        return item

    with pytest.raises(OSError, match="ended from outside"):
        list(parallel_map(work, range(10 * FEW), 2))


def test_nothing_is_left_where_nobody_wants_the_rest() -> None:
    def want_one() -> None:
        before = set(os.listdir("/dev/fd"))
        came = parallel_map(str, range(100 * FEW), 3)
        assert next(came) == "0"
        came.close()  # type: ignore[attr-defined]
        assert set(os.listdir("/dev/fd")) == before
        with pytest.raises(ChildProcessError):
            os.waitpid(-1, os.WNOHANG)

    # In a process of its own, which has no other children.
    process = get_context("fork").Process(target=want_one)
    process.start()
    process.join()
    assert process.exitcode == 0
