"""``saig serve``: the site while you write, drafts included, and the editor's desk."""

from __future__ import annotations

import contextlib
import datetime
import errno
import socket
import threading
from collections.abc import Iterable, Iterator, Set
from functools import partial
from pathlib import Path

import click

from ..builder.up_to_date import PACKS, civil_date
from ..desk.state import DeskState
from ..excerpt import lines_below
from ..notes.problem import Problem
from ..refusal import Refused
from ..report import in_brief, summary
from ..reporting.rows import Report
from ..themes import OWN
from ..words import N_, editor_language, for_editors
from . import project

HOST = "localhost"


@click.command("serve")
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True)
@project.today_option
@project.lang_option
def command(port: int, today: datetime.date | None, lang: str | None) -> None:
    """Build, serve and watch: the browser shows each change as soon as a file is saved.

    At /_desk/ are all notes with what is wrong in them; a note with an error keeps its page as it
    was last right. Drafts are shown too, marked as such. What is built stays in .saig/preview, out
    of the public's reach.

    \b
    Example: saig serve --port 8080
    """
    from ..desk.answers import Desk
    from ..desk.server import serve
    from ..desk.views import edit_link, no_report
    from ..reporting.writing import as_desk_page
    from .desk_work import Builds, Helper, Reports

    refuse_taken(port)
    root = project.root()
    language = editor_language(lang)
    builder = Helper(Builds(root, port, lang))
    reporter = Helper(Reports(root, lang))
    lock, reading = threading.Lock(), threading.Lock()
    told: set[Named] = set()
    reports: dict[tuple[int, str, str], Report | str] = {}  # the last one

    def build(day: str) -> None:
        with lock:
            last, desk.chosen = desk.state, day
            for state in builder.ask(day):
                desk.update(state)
            click.echo(news(last, desk.state, told, root, language), err=True, nl=False)
            told.update(map(_named, desk.state.problems))

    def report(until: str, department: str) -> str:
        with reading:
            asked = desk.builds, desk.chosen, until
            if asked not in reports:
                reports.clear()
                [reports[asked]] = reporter.ask((desk.chosen, until))
            found = reports[asked]
        edit = partial(edit_link, desk.edit_form, root)
        if isinstance(found, str):
            return no_report(found, language)
        return as_desk_page(found, language, department, edit)

    kept = root / ".saig" / "desk" / "pages"
    desk = Desk(root, root / ".saig" / "preview", kept, language, build, report)
    build(today.isoformat() if today else "")
    try:
        serve(desk, port)
    except OSError as error:
        raise _taken(port, error) from None
    address = f"http://{HOST}:{port}"
    where = N_("The site is at %(address)s/, the desk at %(address)s/_desk/. Ctrl-C ends it.")
    click.echo(for_editors(where, language, address=address), err=True)
    code, day = _code(root, desk.state.modules), civil_date(desk.state.time_zone)
    is_first = True  # what was saved before the folders were watched is seen too
    with contextlib.suppress(KeyboardInterrupt):
        for changed in changes(root):
            changed, is_first = changed or is_first, False
            before = code, day
            code, day = _code(root, desk.state.modules), civil_date(desk.state.time_zone)
            if changed or before != (code, day):
                build(desk.chosen)


def changes(root: Path) -> Iterator[bool]:
    """Yield each second, and at once after a change, whether anything changed. A new or removed
    folder is a change."""
    from watchfiles import watch

    folders, is_new = _watched(root), False
    while True:
        for changed in watch(
            *folders, debounce=200, step=20, rust_timeout=1000, yield_on_timeout=True
        ):
            yield bool(changed) or is_new
            is_new = False
            if (now := _watched(root)) != folders:
                folders, is_new = now, True  # told once it is watched, so that nothing is missed
                break


def _watched(root: Path) -> list[Path]:
    return [root / name for name in ("content", OWN, PACKS) if (root / name).is_dir()]


def _code(root: Path, modules: Iterable[str]) -> dict[Path, int]:
    """The Python files that settings may use, with the times of their last changes: those in the
    project's folder, and the modules that were imported. Polled, not watched, as a folder of code
    may have very many files."""
    found = {}
    for file in {*root.glob("*.py"), *(root / module for module in modules)}:
        with contextlib.suppress(OSError):
            found[file] = file.stat().st_mtime_ns
    return found


Named = tuple[str, str, str, str]


def news(last: DeskState, now: DeskState, told: Set[Named], root: Path, lang: str) -> str:
    """What the terminal shows after a build: new errors, warnings that were never shown, and how
    many problems there are."""
    known = {_named(problem) for problem in last.problems}
    new = [
        problem
        for problem in now.problems
        if _named(problem) not in (known if problem.is_error else told)
    ]
    said = in_brief(new, lang, lines_below(root))
    if now.failure and now.failure != last.failure:
        said += f"{now.failure}\n"
    if new or len(now.errors) != len(last.errors):
        said += f"{summary(now.problems, lang)}\n"
    return said


def _named(problem: Problem) -> Named:
    """A problem without its position, which changes with the lines above it."""
    return problem.path, problem.code, problem.message, str(problem.values)


def refuse_taken(port: int) -> None:
    """Refuse a port that is not available, before anything is built."""
    for family, kind, protocol, _, address in socket.getaddrinfo(
        HOST, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
    ):
        try:
            with socket.socket(family, kind, protocol) as there:
                there.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                there.bind(address)
        except OSError as error:
            if error.errno not in (errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT):
                raise _taken(port, error) from None


def _taken(port: int, error: OSError) -> Refused:
    if error.errno == errno.EADDRINUSE:
        message = N_(
            "the port %(port)d is in use, perhaps by another saig serve: end that, or write "
            "saig serve --port %(other)d"
        )
    else:
        message = N_(
            "the port %(port)d cannot be had (%(reason)s): write saig serve --port %(other)d"
        )
    other = port + 1 if 1024 <= port < 65535 else 8000
    return Refused(message, port=port, other=other, reason=error.strerror)
