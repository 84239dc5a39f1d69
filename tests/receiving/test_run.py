"""A program of a push: what it sees, what it may use, and that nothing of it is left."""

from __future__ import annotations

import os
import sys
import time
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from saig.git import Tracked
from saig.receiving.limits import BEYOND, Limits, exceeded, memory_by_default, too_large
from saig.receiving.run import Ended, run
from saig.receiving.sandbox import Place, Sandbox, python, sandbox
from saig.receiving.usage import Usage

BARE = Sandbox(None)
MIB = 1 << 20
FEW = Limits(seconds=30, processor=20, memory=256 * MIB, disk=64 * MIB, file=32 * MIB, processes=20)

needs_bubblewrap = pytest.mark.skipif(not sandbox("auto").program, reason="no bubblewrap here")
either = pytest.mark.parametrize(
    "within", [BARE, pytest.param(sandbox("auto"), marks=needs_bubblewrap)], ids=["bare", "sandbox"]
)


def ran(
    code: str, folder: Path, within: Sandbox, limits: Limits = FEW, *readable: Path
) -> tuple[Ended, list[str]]:
    """How Python code in a folder of its own ended, and what it said."""
    lines: list[str] = []
    place = Place(folder, (*python(), *readable), (folder,))
    ended = run([sys.executable, "-I", "-S", "-c", code], place, limits, within, lines.append)
    return ended, lines


def limit(ended: Ended) -> str:
    """The setting that it went beyond."""
    assert ended.beyond and ended.code
    return ended.beyond[0].rpartition("saig.limit.")[2].rstrip(")")


def test_what_is_allowed_may_be_used() -> None:
    """To the last byte; what goes beyond is told with the setting that allows it."""
    most = {name: getattr(FEW, name) for name in BEYOND}
    assert exceeded(Usage(**most), FEW) is None
    for name, value in most.items():
        line = exceeded(Usage(**{**most, name: value + 1}), FEW)
        assert line and f"saig.limit.{name})" in line[0]


def test_files_that_are_small_each_may_be_too_much_together() -> None:
    """One object may be many files: each is laid out."""
    files = [Tracked("100644", f"content/files/{number}.bin", "same") for number in range(4)]
    limits = replace(FEW, file=10 * MIB, disk=30 * MIB)
    assert too_large(files[:3], {"same": 8 * MIB}, limits) is None
    beyond = too_large(files, {"same": 8 * MIB}, limits)
    assert beyond and "saig.limit.disk" in beyond[0] and beyond[1] == {"size": 32, "most": 30}


@pytest.mark.parametrize(("whole", "most"), [(600, 512), (3000, 1500), (64_000, 4096)])
def test_a_build_leaves_half_of_the_memory_to_others(
    whole: int, most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As far as it can run at all, and no more than it can use."""
    size = os.sysconf("SC_PAGE_SIZE")
    sysconf = {"SC_PAGE_SIZE": size, "SC_PHYS_PAGES": whole * MIB // size}
    monkeypatch.setattr(os, "sysconf", sysconf.__getitem__)
    assert memory_by_default() == most * MIB


@either
def test_what_it_says_and_ends_with(within: Sandbox, tmp_path: Path) -> None:
    """Bytes that are no text, a line without an end and a long one too."""
    code = "import os; os.write(1, b'a\\xff\\n\\nb' + 50_000 * b'x'); os._exit(3)"
    ended, lines = ran(code, tmp_path, within)
    assert ended == Ended(3)
    assert lines[:2] == ["a\ufffd", ""]
    assert lines[2].startswith("bxx") and len(lines[2]) <= 10_000


TOO_MUCH = {
    "seconds": "import time; time.sleep(99)",
    "processor": "while True: pass",
    "processes": "import os, time\nfor _ in range(30): os.fork() or time.sleep(99)\ntime.sleep(99)",
    "memory": """
import os, time
for _ in range(3):
    if not os.fork():
        kept = b"x" * (100 << 20)
        time.sleep(99)
time.sleep(99)
""",
    "disk": """
import os
for number in range(9):
    with open(str(number), "wb") as file:
        file.write(os.urandom(20 << 20))
import time; time.sleep(99)
""",
}


@either
@pytest.mark.parametrize("name", TOO_MUCH)
def test_beyond_a_limit_it_is_ended(name: str, within: Sandbox) -> None:
    """And it is known which one it was. Linux counts what is written to disks, not to memory."""
    least = {name: 1} if name in ("seconds", "processor") else {}
    with TemporaryDirectory(dir="/var/tmp") as folder:
        ended, _ = ran(TOO_MUCH[name], Path(folder), within, replace(FEW, **least))
    assert limit(ended) == name


@either
def test_what_one_process_may_use_is_said_to_it(within: Sandbox, tmp_path: Path) -> None:
    """So that the program can say in its own words what failed."""
    code = """
try:
    kept = bytes(1 << 30)
except MemoryError:
    print("memory")
try:
    with open("big", "wb") as file:
        file.write(bytes(40 << 20))
except OSError as error:
    print(error.strerror)
"""
    assert ran(code, tmp_path, within) == (Ended(0), ["memory", "File too large"])


LEFT_BEHIND = """
import os, time
if not os.fork():
    os.setsid()
    if not os.fork():
        with open("left", "w") as file:
            file.write("x")
        time.sleep(99)
    os._exit(0)
while not os.path.exists("left"):
    time.sleep(0.01)
"""


@either
@pytest.mark.parametrize("end", ["", "\ntime.sleep(99)"], ids=["by-itself", "ended"])
def test_nothing_is_left_behind(end: str, within: Sandbox, tmp_path: Path) -> None:
    """Of what left its group and lost its parent, be it that it holds the output."""
    begun = time.monotonic()
    limits = replace(FEW, seconds=1 if end else 30)
    ended, _ = ran(LEFT_BEHIND + end, tmp_path, within, limits)
    assert (tmp_path / "left").exists() and bool(ended.code) == bool(end)
    assert time.monotonic() - begun < 20
    assert not running_in(tmp_path)


@either
def test_what_is_left_cannot_go_on_talking(within: Sandbox, tmp_path: Path) -> None:
    """It would be listened to for ever."""
    code = """
import os
if not os.fork():
    os.setsid()
    while True:
        os.write(1, 4096 * b"x")
"""
    ended, _ = ran(code, tmp_path, within)
    assert ended == Ended(0)
    assert not running_in(tmp_path)


def running_in(folder: Path) -> list[str]:
    """The processes whose folder it is."""
    found = []
    for pid in filter(str.isdecimal, os.listdir("/proc")):
        try:
            found += [pid] if os.readlink(f"/proc/{pid}/cwd") == str(folder) else []
        except OSError:
            continue
    return found


@either
def test_only_so_much_is_told(within: Sandbox, tmp_path: Path) -> None:
    """And what says more than that does not wait for ever."""
    limits = replace(FEW, said=1000)
    ended, lines = ran("for _ in range(100_000): print(50 * 'x')", tmp_path, within, limits)
    assert ended == Ended(0)
    assert len(lines) == 20 and lines[-1] == "…"


@needs_bubblewrap
def test_what_a_sandbox_shows(tmp_path: Path) -> None:
    """The tree, but not what is Git's in it; nothing of others, no other process, no variable."""
    tree, other = tmp_path / "tree", tmp_path / "key"
    (tree / ".git/.saig").mkdir(parents=True)
    other.write_text("secret")
    code = f"""
import os, socket
def tried(do):
    try:
        do()
        print("done")
    except OSError as error:
        print(error.strerror)
tried(lambda: open({str(other)!r}))
tried(lambda: os.listdir({str(Path.home())!r} + "/.ssh"))
tried(lambda: open("/etc/passwd"))
for path in ("new", ".git/.saig/new", ".git/new", "/usr/new", "/new", "/dev/shm/new"):
    tried(lambda: open(path, "w"))
tried(lambda: socket.create_connection(("127.0.0.1", {_port()})))
tried(lambda: os.kill({os.getpid()}, 0))
tried(lambda: os.unshare(os.CLONE_NEWUSER) if hasattr(os, "unshare") else print("done"))
print(sorted(os.environ))
"""
    place = Place(tree, (*python(), tree / ".git"), (tree, tree / ".git/.saig"))
    lines: list[str] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SECRET", "x")
        program = [sys.executable, "-I", "-S", "-c", code]
        assert run(program, place, FEW, sandbox("auto"), lines.append).code == 0
    read_only = "Read-only file system"
    assert lines[:3] == ["No such file or directory"] * 3
    assert lines[3:9] == ["done", "done", *[read_only] * 4]
    assert lines[9] == "Connection refused"
    assert lines[10] == "No such process"
    assert "SECRET" not in lines[-1]
    assert not list(tmp_path.rglob("shm"))


def _port() -> int:
    return 9
