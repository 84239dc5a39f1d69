"""Commands run by a copy of a process that has imported all of Saig already.

Half of what a command takes on a small site is Python's own start and its imports. So one server for
all workers imports them once, and each command is a fork of it: with its own arguments, folder,
environment, umask and output, and nothing that an earlier command left behind. It finds one processor,
as other tests have the others, if it does not ask for more (`--jobs`). What Python itself reads when it
starts cannot be given to a fork: then, and where a test kills the command or limits its memory or its
time, the real one is started (`Project.run`).
"""

from __future__ import annotations

import ast
import atexit
import ctypes
import fcntl
import gc
import importlib
import locale
import os
import pkgutil
import resource
import runpy
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping
from contextlib import redirect_stderr, redirect_stdout, suppress
from functools import cache
from pathlib import Path
from typing import Any, NoReturn

from warm_client import SOCKET, STARTED_WITH, ask, bounds, of_start, status

HERE = Path(__file__).parent
SCRIPT = HERE.parent / "scripts" / "saig"
SHARED = "SAIG_TESTS_WARM"
"""The variable with the folder of a warm process for all workers."""
LOCK = "lock"
KILLED_AFTER = "SAIG_TESTS_KILLED_AFTER"
SECONDS = "SAIG_TESTS_SECONDS"
PR_CAPBSET_DROP, CAPABILITY_VERSION_3 = 24, 0x20080522
"""Of prctl(2) and capset(2)."""
MADV_COLLAPSE, LARGE = 25, 2 << 20
"""Of madvise(2), since Linux 6.1."""
PATIENCE = 10
"""How many times as long a command may take by the clock as by the processor: others use it too."""


# -- the tests' side -----------------------------------------------------------------------------


def surroundings(own: Mapping[str, str]) -> dict[str, str]:
    """The environment of a program: that of the tests but for their language, and its own."""
    inherited = {n: v for n, v in os.environ.items() if not n.startswith(("LC_", "LANG"))}
    return {**inherited, "LANG": "en_GB.UTF-8", **own}


def can_run(environment: Mapping[str, str]) -> bool:
    """Whether a command with this environment is the same in a fork."""
    return hasattr(os, "fork") and of_start(environment) == of_start(surroundings({}))


def start() -> Path:
    """Start the warm process, which ends with this one. The folder where it will listen."""
    folder = Path(tempfile.mkdtemp(prefix="saig-warm-"))
    client = f"exec '{sys.executable}' -I -S '{HERE / 'warm_client.py'}' '{folder}'"
    pelican = Path(sys.executable).with_name("pelican")
    for name, script in (("python", ""), ("saig", f" '{SCRIPT}'"), ("pelican", f" '{pelican}'")):
        (folder / name).write_text(f'#!/bin/sh\n{client}{script} "$@"\n')
        (folder / name).chmod(0o755)
    (folder / STARTED_WITH).write_text(of_start(surroundings({})))
    with (folder / LOCK).open("w") as lock:  # it keeps it until it listens
        fcntl.flock(lock, fcntl.LOCK_EX)
        process = subprocess.Popen(
            [sys.executable, __file__, str(folder), str(lock.fileno())],
            env=surroundings({}),
            stdin=subprocess.PIPE,
            pass_fds=[lock.fileno()],
        )
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    atexit.register(process.communicate)
    return folder


@cache
def _server() -> Path:
    """The folder where it listens: the one for all workers, or one that is started."""
    folder = Path(os.environ.get(SHARED) or start())
    with (folder / LOCK).open() as lock:
        fcntl.flock(lock, fcntl.LOCK_SH)
    assert (folder / SOCKET).exists()
    return folder


_starting = threading.Lock()


def programs() -> Path:
    """A folder with a ``saig``, a ``pelican`` and a ``python`` for programs that start such: they ask
    for a fork where one can do the same, and are the real ones elsewhere."""
    with _starting:
        return _server()


def run(
    arguments: list[str],
    *,
    cwd: Path,
    environment: Mapping[str, str],
    timeout: float,
    killed_after: float | None = None,
) -> subprocess.CompletedProcess[str]:
    """What ``subprocess.run`` gives for the command ``saig`` with these arguments. ``timeout``: seconds
    of processor time that each of its processes may take; ``killed_after``: after which it is killed."""
    address = str(programs() / SOCKET)
    with (
        tempfile.TemporaryFile() as stdout,
        tempfile.TemporaryFile() as stderr,
        open(os.devnull) as nothing,
    ):
        files = [file.fileno() for file in (nothing, stdout, stderr)]
        given = {**environment, SECONDS: str(round(timeout))}
        if killed_after:
            given[KILLED_AFTER] = str(killed_after)
        connection = ask(address, str(SCRIPT), arguments, str(cwd), given, files)
        connection.settimeout(PATIENCE * timeout)
        try:
            code = status(connection)
        except TimeoutError:
            code = -signal.SIGXCPU
        if code == -signal.SIGXCPU:
            raise subprocess.TimeoutExpired(["saig", *arguments], timeout)
        said = []
        for file in (stdout, stderr):
            file.seek(0)
            said.append(file.read().decode("utf-8", "replace"))
    return subprocess.CompletedProcess(["saig", *arguments], code, *said)


# -- the server's side ---------------------------------------------------------------------------


def serve(folder: Path, lock: int) -> tuple[dict[str, Any], list[int]]:
    """Fork for each request, once ``lock`` is let go of; it returns in the forks alone, with what was asked, and the files that
    came with it."""
    running: dict[int, socket.socket] = {}
    wanted: dict[socket.socket, int] = {}
    woken, wake = os.pipe()
    os.set_blocking(wake, False)
    signal.set_wakeup_fd(wake)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(folder / SOCKET))
        listener.listen(100)
        os.close(lock)
        waiting = [listener, woken, sys.stdin]
        while True:
            ready, _, _ = select.select([*waiting, *wanted], [], [])
            if sys.stdin in ready:  # the tests are over
                os._exit(0)
            for one in wanted.keys() & set(ready):  # who asked is gone
                os.killpg(wanted.pop(one), signal.SIGKILL)
            if woken in ready:
                os.read(woken, 4096)
                _tell_ended(running, wanted)
            if listener in ready:
                connection, _ = listener.accept()
                request, files = _asked(connection)
                pid = os.fork()
                if not pid:
                    break
                os.setpgid(pid, pid)
                running[pid] = connection
                wanted[connection] = pid
                for file in files:
                    os.close(file)
    signal.set_wakeup_fd(-1)
    for fd in (woken, wake):
        os.close(fd)
    for one in (connection, *running.values()):
        one.close()
    return request, files


def _tell_ended(running: dict[int, socket.socket], wanted: dict[socket.socket, int]) -> None:
    while running:
        pid, status = os.waitpid(-1, os.WNOHANG)
        if not pid:
            return
        with running.pop(pid) as connection, suppress(OSError):
            wanted.pop(connection, None)
            connection.sendall(b"%d\n" % status)


def become(request: dict[str, Any], files: list[int]) -> None:
    """Make this process what it would be, had it been started as was asked."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    for fd, given in enumerate(files):
        os.dup2(given, fd)
        os.close(given)
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(line_buffering=True)  # type: ignore[union-attr]
    os.environ.clear()
    os.environ.update(request["environment"])
    if seconds := os.environ.pop(SECONDS, None):
        _, most = resource.getrlimit(resource.RLIMIT_CPU)
        resource.setrlimit(resource.RLIMIT_CPU, (int(seconds), most))
    if seconds := os.environ.pop(KILLED_AFTER, None):
        # The signal ends a process that does not wait for it, as a kill does.
        signal.setitimer(signal.ITIMER_PROF, float(seconds))
    time.tzset()
    tempfile.tempdir = None
    os.umask(request["umask"])
    keep_within(request["bounds"])
    os.chdir(request["cwd"])
    sys.path[0] = request["path"]
    sys.argv = [request["script"], *request["arguments"]]
    find_processors(processors(sys.argv))


def keep_within(given: Mapping[str, int]) -> None:
    """Let this process do no more than the one that asked for it. ``given``: its `bounds`."""
    own = bounds()
    if given["largest"] != own["largest"]:
        _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (given["largest"], most))
    if given != {**own, "largest": given["largest"]}:
        libc = ctypes.CDLL(None, use_errno=True)
        for capability in range(64):
            if (own["bounding"] & ~given["bounding"]) >> capability & 1:
                assert libc.prctl(PR_CAPBSET_DROP, capability, 0, 0, 0) == 0
        effective = given["effective"] & (1 << 32) - 1, given["effective"] >> 32
        header = (ctypes.c_uint32 * 2)(CAPABILITY_VERSION_3, 0)
        data = (ctypes.c_uint32 * 6)(*(half for part in effective for half in (part, part, 0)))
        assert libc.capset(header, data) == 0, os.strerror(ctypes.get_errno())


def find_processors(number: int) -> None:
    """Have this process find so many."""
    if hasattr(os, "sched_getaffinity"):
        os.sched_getaffinity = lambda process: set(range(number))


def processors(arguments: list[str]) -> int:
    """How many a command may use: one, as other tests have the others, if it does not ask for more."""
    return int(arguments[arguments.index("--jobs") + 1]) if "--jobs" in arguments else 1


def _asked(connection: socket.socket) -> tuple[dict[str, Any], list[int]]:
    text, files, _, _ = socket.recv_fds(connection, 1, 3)
    while not text.endswith(b"\n"):
        text += connection.recv(1 << 16)
    return ast.literal_eval(text.decode()), files


def run_script() -> int:
    """Run the command. What it exits with."""
    try:
        runpy.run_path(sys.argv[0], run_name="__main__")
    except SystemExit as ended:
        if isinstance(ended.code, int | None):
            return ended.code or 0
        print(ended.code, file=sys.stderr)
        return 1
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
    *("phonenumbers", "phonenumbers.data.region_ES", "segno"),
    *("anyio._backends._asyncio", "anyio.streams.tls", "anyio.to_thread", "certifi", "h11"),
    *("httpcore", "httpcore._backends.auto", "httpcore._backends.anyio"),
    *("encodings.unicode_escape", "click._textwrap"),
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
    from saig.publishing import record

    models = [BaseModel]
    while models:
        below = models.pop().__subclasses__()
        models += below
        for model in below:
            if model.__module__.startswith("saig."):
                model.model_rebuild()
    schemas("")
    record._adapter()
    for lang in ("ca", "es", "en"):
        localedata.load(lang)


PURE = (
    ("saig.po", "read"),
    ("saig.outputs.stylesheet", "shortened"),
    ("saig.outputs.html", "qr"),
    ("saig.outputs.data", "schemas"),
    ("saig.builder.database", "code"),
    ("saig.publishing.compress", "twins"),
    ("saig.publishing.tree", "original"),
)
"""Functions of what is the same in nearly all projects that tests build: the theme's words and styles,
the addresses of the small town's sheets, the schemas below a site's address, Saig's own files, and
files of all these as they are compressed."""

ADDRESSES = ("https://example.org", "https://poble.cat/web", "https://poble.test")
"""Of the sites that many tests publish."""


def remember() -> None:
    """Have these give again what they came to of the same text, of the shipped theme at once."""
    for module, name in PURE:
        there = importlib.import_module(module)
        setattr(there, name, cache(getattr(there, name)))
    from saig import languages, po, themes, words
    from saig.outputs import stylesheet
    from saig.publishing import compress

    compress.QUALITY = 4  # no test asks how small it gets, and this takes a tenth of the time
    os.sync = lambda: None  # no test cuts the power, and others' files would be waited for too
    theme = SCRIPT.parents[1] / "theme"
    stylesheet.shortened(stylesheet.joined(themes.Theme((theme,))))
    for path in theme.glob("translations/*/LC_MESSAGES/*.po"):
        po.read(path.read_bytes(), languages.locale(path.parts[-3]))
    po.read((theme / "translations/messages.pot").read_bytes(), None)
    for lang in ("ca", "es"):
        words.of_editors(lang)


def remember_validators() -> None:
    """Have those of the same schema made but once: they are a tenth of what it takes to publish."""
    import jsonschema_rs

    anew = jsonschema_rs.Draft202012Validator
    known: dict[str, jsonschema_rs.Draft202012Validator] = {}

    def validator(schema: Any, **options: Any) -> jsonschema_rs.Draft202012Validator:
        key = repr((schema, options))
        if key not in known:
            known[key] = anew(schema, **options)
        return known[key]

    jsonschema_rs.Draft202012Validator = validator  # type: ignore


def remember_templates() -> None:
    """Have templates that were compiled for one project at hand for others, whose settings say
    otherwise what does not concern Jinja."""
    from jinja2 import Environment
    from jinja2.bccache import Bucket
    from saig.outputs import templating

    compiled: dict[tuple[object, ...], Bucket] = {}

    def options(environment: Environment) -> tuple[object, ...]:
        said = vars(environment).items()
        names = (environment.filters, environment.tests, environment.extensions)
        plain = sorted((name, value) for name, value in said if isinstance(value, str | bool))
        return (*plain, *map(frozenset, names))

    class Remembered(templating._BySource):
        def get_bucket(
            self, environment: Environment, name: str, filename: str | None, source: str
        ) -> Bucket:
            key = (name, source, *options(environment))
            known = compiled.get(key)
            if known is None or known.code is None:
                compiled[key] = super().get_bucket(environment, name, filename, source)
                return compiled[key]
            bucket = Bucket(environment, known.key, known.checksum)
            bucket.code = known.code.replace(co_filename=filename or name)
            return bucket

    templating._BySource = Remembered  # type: ignore[misc]


def remember_certificates() -> None:
    """Have those of this computer read but once: OpenSSL takes 20 ms for them, each command that asks
    other servers anew."""
    import ssl

    anew = ssl.create_default_context
    known = cache(lambda *trusted: anew())

    def default_context(*arguments: Any, **options: Any) -> ssl.SSLContext:
        if arguments or options:
            return anew(*arguments, **options)
        return known(*map(os.environ.get, ("SSL_CERT_FILE", "SSL_CERT_DIR")))

    ssl.create_default_context = default_context
    default_context()


def compress(theme: Path) -> None:
    """The files that are in many sites as they are."""
    from saig.outputs import data
    from saig.publishing import compress, tree

    files = [path.read_bytes() for path in theme.rglob("*") if compress.is_compressible(str(path))]
    for address in ADDRESSES:
        files += [text.encode() for text in data.schemas(address).files.values()]
    for file in files:
        for ending, twin in compress.twins(file).items():
            tree.original(ending, twin)


def rehearse() -> None:
    """Build the small town, and publish a site of few notes at two addresses: what is made when it is
    first needed, such as the patterns of citations, takes a third of a build."""
    from project import DAY, forget_settings, new_project

    sys.path.append(str(HERE / "published"))
    from published_site import small_project
    from saig.commands import main

    path, before, here = list(sys.path), locale.setlocale(locale.LC_ALL), os.getcwd()
    with (
        tempfile.TemporaryDirectory() as folder,
        open(os.devnull, "w") as nothing,
        redirect_stdout(nothing),
        redirect_stderr(nothing),
    ):

        def run(root: Path, *command: str) -> None:
            os.chdir(root)
            try:
                main([*command, "--today", DAY], "saig")
            except SystemExit as ended:
                assert not ended.code
            forget_settings(path)

        town, small = new_project(Path(folder, "town")), small_project(Path(folder, "small"))
        run(town.root, "build", "--jobs", "1")
        compress(town.output / "theme")
        for number, address in enumerate(ADDRESSES[:2]):
            with (small.root / "publishconf.py").open("a") as file:
                file.write(f'\nSITEURL = "{address}"\n')
            run(small.root, "publish", f"{folder}/site-{number}")
        os.chdir(here)
    locale.setlocale(locale.LC_ALL, before)
    sys.path.remove(str(HERE / "published"))


def use_large_pages() -> None:
    """Have Linux keep this process's memory in pages of 2 MiB, where it can: to fork, and to end a fork,
    takes a third less where there are no tens of thousands of small ones to be shared."""
    libc = ctypes.CDLL(None)
    with suppress(OSError):
        for line in Path("/proc/self/maps").read_text().splitlines():
            span, access, _, _, inode, *_ = line.split()
            if access == "rw-p" and inode == "0":
                start, end = (int(address, 16) for address in span.split("-"))
                start, end = -(-start // LARGE) * LARGE, end // LARGE * LARGE
                if start < end:
                    libc.madvise(
                        ctypes.c_void_p(start), ctypes.c_size_t(end - start), MADV_COLLAPSE
                    )


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    import_all()
    prepare()
    remember()
    remember_templates()
    remember_validators()
    remember_certificates()
    rehearse()
    gc.collect()
    gc.freeze()
    use_large_pages()
    become(*serve(folder, int(sys.argv[2])))
    sys.executable = str(folder / "python")  # for what it may start
    end(run_script())
