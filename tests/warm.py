"""Commands run by a copy of a process that has imported all of Saig already.

Half of what a command takes on a small site is Python's own start and its imports. So one server for
each process of pytest imports them once, and each command is a fork of it: with its own arguments,
folder, environment, umask and output, and nothing that an earlier command left behind. What Python
itself reads when it starts cannot be given to a fork: then, and where a test kills the command or
limits what it may use, the real one is started (`Project.run`).
"""

from __future__ import annotations

import atexit
import gc
import importlib
import json
import os
import pkgutil
import runpy
import select
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any, NoReturn

SCRIPT = Path(__file__).parents[1] / "scripts" / "saig"


# -- the tests' side -----------------------------------------------------------------------------


def surroundings(own: Mapping[str, str]) -> dict[str, str]:
    """The environment of a program: that of the tests but for their language, and its own."""
    inherited = {n: v for n, v in os.environ.items() if not n.startswith(("LC_", "LANG"))}
    return {**inherited, "LANG": "en_GB.UTF-8", **own}


def can_run(environment: Mapping[str, str]) -> bool:
    """Whether a command with this environment is the same in a fork."""
    return hasattr(os, "fork") and _of_start(environment) == _of_start(_starts_with())


def _of_start(environment: Mapping[str, str]) -> tuple[dict[str, str], str]:
    """What Python reads before it runs a line: its own variables, and how texts are encoded."""
    own = {name: v for name, v in environment.items() if name.startswith("PYTHON")}
    locale = next(filter(None, map(environment.get, ("LC_ALL", "LC_CTYPE", "LANG"))), "")
    return own, locale.partition(".")[2].partition("@")[0]


@cache
def _starts_with() -> dict[str, str]:
    return surroundings({})


@cache
def _server() -> tuple[str, subprocess.Popen[str]]:
    """Where it listens, and its process, which ends with this one."""
    address = os.path.join(tempfile.mkdtemp(prefix="saig-warm-"), "socket")
    process = subprocess.Popen(
        [sys.executable, __file__, address],
        env=_starts_with(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    atexit.register(process.communicate)
    assert process.stdout
    assert process.stdout.readline() == "ready\n"
    return address, process


_starting = threading.Lock()


def run(
    arguments: list[str],
    *,
    cwd: Path,
    environment: Mapping[str, str],
    timeout: float,
    killed_after: float | None = None,
) -> subprocess.CompletedProcess[str]:
    """What ``subprocess.run`` gives for the command ``saig`` with these arguments. ``killed_after``:
    seconds, after which it and the processes that it started are killed."""
    with _starting:
        address, _ = _server()
    with tempfile.TemporaryDirectory(prefix="saig-said-") as said:
        os.umask(umask := os.umask(0))
        request = {
            "arguments": arguments,
            "cwd": os.fspath(cwd),
            "environment": dict(environment),
            "umask": umask,
            "said": said,
        }
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(10)
            connection.connect(address)
            connection.sendall(json.dumps(request).encode() + b"\n")
            answers = connection.makefile("r")
            pid = int(answers.readline())
            if killed_after is not None:
                time.sleep(killed_after)
                with suppress(ProcessLookupError):  # it was done before
                    os.killpg(pid, signal.SIGKILL)
            connection.settimeout(timeout)
            try:
                code = os.waitstatus_to_exitcode(int(answers.readline()))
            except TimeoutError:
                os.kill(pid, signal.SIGKILL)
                raise subprocess.TimeoutExpired(["saig", *arguments], timeout) from None
        stdout, stderr = (
            Path(said, name).read_text("utf-8", "replace") for name in ("stdout", "stderr")
        )
    return subprocess.CompletedProcess(["saig", *arguments], code, stdout, stderr)


# -- the server's side ---------------------------------------------------------------------------


def serve(address: str) -> dict[str, Any]:
    """Fork for each request; it returns in the forks alone, with what was asked."""
    running: dict[int, socket.socket] = {}
    woken, wake = os.pipe()
    os.set_blocking(wake, False)
    signal.set_wakeup_fd(wake)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(address)
        listener.listen()
        print("ready", flush=True)
        while True:
            ready, _, _ = select.select([listener, woken, sys.stdin], [], [])
            if sys.stdin in ready:  # whoever asked is gone
                os.unlink(address)
                os.rmdir(os.path.dirname(address))
                os._exit(0)
            if woken in ready:
                os.read(woken, 4096)
                _tell_ended(running)
            if listener in ready:
                connection, _ = listener.accept()
                with connection.makefile("r") as lines:
                    request: dict[str, Any] = json.loads(lines.readline())
                pid = os.fork()
                if not pid:
                    break
                os.setpgid(pid, pid)
                running[pid] = connection
                connection.sendall(b"%d\n" % pid)
    signal.set_wakeup_fd(-1)
    for fd in (woken, wake):
        os.close(fd)
    for one in (connection, *running.values()):
        one.close()
    return request


def _tell_ended(running: dict[int, socket.socket]) -> None:
    while running:
        pid, status = os.waitpid(-1, os.WNOHANG)
        if not pid:
            return
        with running.pop(pid) as connection, suppress(OSError):  # who asked may have gone
            connection.sendall(b"%d\n" % status)


def become(request: dict[str, Any]) -> None:
    """Make this process what it would be, had it been started as was asked."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND
    for fd, path, how in (
        (0, os.devnull, os.O_RDONLY),
        (1, os.path.join(request["said"], "stdout"), flags),
        (2, os.path.join(request["said"], "stderr"), flags),
    ):
        opened = os.open(path, how, 0o600)
        os.dup2(opened, fd)
        os.close(opened)
    os.environ.clear()
    os.environ.update(request["environment"])
    time.tzset()
    tempfile.tempdir = None
    os.umask(request["umask"])
    os.chdir(request["cwd"])
    sys.argv = [str(SCRIPT), *request["arguments"]]


def run_script() -> int:
    """Run the command. What it exits with."""
    try:
        runpy.run_path(str(SCRIPT), run_name="__main__")
    except SystemExit as ended:
        assert ended.code is None or isinstance(ended.code, int)
        return ended.code or 0
    except BaseException:
        sys.excepthook(*sys.exc_info())
        return 1
    return 0


def end(code: int) -> NoReturn:
    """End as Python does, but for taking apart all that was imported, which takes longer than many a
    command."""
    for thread in threading.enumerate():
        if thread is not threading.current_thread() and not thread.daemon:
            thread.join()
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


IMPORTED_LATE = (
    *("_strptime", "babel.lists", "babel.messages.mofile", "babel.messages.pofile"),
    *("icalendar", "phonenumbers", "phonenumbers.data.region_ES", "segno"),
)
"""What commands import only where they need it."""


def import_all() -> None:
    sys.path.insert(0, str(SCRIPT.parents[1] / "plugins"))
    import saig

    modules = [module.name for module in pkgutil.walk_packages(saig.__path__, "saig.")]
    for module in (*modules, *IMPORTED_LATE):
        importlib.import_module(module)


def prepare() -> None:
    """Have Pydantic make of a model what it makes when it is first used, and the JSON Schemas, which
    are a third of what a small site takes; and Babel read what CLDR says of most sites' languages."""
    from babel import localedata
    from pydantic import BaseModel
    from saig.outputs.data import schemas

    models = [BaseModel]
    while models:
        below = models.pop().__subclasses__()
        models += below
        for model in below:
            if model.__module__.startswith("saig."):
                model.model_rebuild()
    schemas("")
    for lang in ("ca", "es", "en"):
        localedata.load(lang)


def compile_once() -> None:
    """Let all projects share what Jinja keeps of compiled templates: it would keep each by the path
    of its file, and each test has its own copy of the same theme. Jinja looks whether the source is
    the same."""
    from jinja2 import FileSystemBytecodeCache

    by_path = FileSystemBytecodeCache.get_bucket

    def by_name(self: Any, environment: Any, name: str, filename: str | None, source: str) -> Any:
        bucket = by_path(self, environment, name, None, source)
        if bucket.code and filename:
            bucket.code = bucket.code.replace(co_filename=filename)
        return bucket

    FileSystemBytecodeCache.get_bucket = by_name


if __name__ == "__main__":
    sys.path[0] = str(SCRIPT.parent)
    import_all()
    prepare()
    compile_once()
    gc.collect()
    gc.freeze()
    become(serve(sys.argv[1]))
    end(run_script())
