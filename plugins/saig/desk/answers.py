"""The desk's answer at an address: a page of the preview, a kept one, or a redirect."""

from __future__ import annotations

import datetime
import mimetypes
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from ..notes.address import decoded, encoded, file_of, whole, with_slash
from ..notes.files import own_file
from ..notes.problem import Problem
from ..outputs.hosts import FOR_FILES, HEADERS, TYPES
from . import memory, views
from .changes import last_changes
from .state import DeskState, NoteRow

HERE = Path(__file__).parent
OWN = "/_desk/"
REPORT = f"{OWN}report/"
FURTHEST = datetime.timedelta(days=730)
"""How far ahead the report looks at most: each day on which something changes takes a check of its
own."""
OWN_FILES = {
    f"{OWN}report.css": "text/css; charset=utf-8",
    f"{OWN}desk.css": "text/css; charset=utf-8",
    f"{OWN}live.js": "text/javascript; charset=utf-8",
}
HTML = "text/html; charset=utf-8"
NEVER = "Strict-Transport-Security"
OF_ALL = {
    **{name: value for name, value in HEADERS.items() if name != NEVER},
    "Cache-Control": "no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",  # with none, a form's Origin would be null (Fetch, 4.6)
    "X-Frame-Options": "DENY",
}
_HEAD = (
    '<link rel="stylesheet" href="/_desk/desk.css"><meta name="saig-desk" content="{seen}">'
    '<script type="module" src="/_desk/live.js"></script>'
)
_EMPTY = (
    '<!doctype html><html lang="{lang}"><head><meta charset="utf-8">'
    '<meta name="viewport" content="width=device-width"><title>404</title></head>'
    "<body><main><h1>404</h1></main></body></html>"
)


@dataclass(frozen=True)
class Response:
    status: int
    content: bytes = b""
    type: str = HTML
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass
class Desk:
    """``kept``: the folder with pages that are no more. ``lang``: the editor's. ``on_day``: builds
    the preview of a day, or of today. ``report``: the page of the report up to a day, of a
    department or of all. ``chosen``: the day of the preview, if it is not today. ``builds``: how many
    there were."""

    project: Path
    preview: Path
    kept: Path
    lang: str
    on_day: Callable[[str], None]
    report: Callable[[str, str], str]
    chosen: str = ""
    state: DeskState = field(default_factory=DeskState)
    pages: memory.Pages = field(default_factory=dict)
    changed: threading.Condition = field(default_factory=threading.Condition)
    builds: int = 0
    _own_page: tuple[DeskState, str] | None = None

    @property
    def memory_file(self) -> Path:
        return self.kept.parent / "addresses.json"

    def update(self, state: DeskState) -> None:
        """Show the result of a build."""
        before = self.pages or memory.remembered(self.memory_file)
        pages = memory.with_renamed(before, self.state, state)
        if pages != self.pages:
            memory.keep(self.memory_file, pages)
        with self.changed:
            self.state, self.pages = state, pages
            self.builds += state.is_done
            self.changed.notify_all()

    def wait(self, address: str, seen: str, seconds: float) -> bool:
        """Wait until the answer at an address differs from the one that was seen; whether it
        does."""
        with self.changed:
            return self.changed.wait_for(lambda: self.seen(address) != seen, seconds)

    def seen(self, address: str) -> str:
        """A digest of the answer at an address, without what the desk adds to reload it."""
        if address == REPORT:  # it takes long to make, and may be another after each build
            return f"report-{self.builds}"
        answer = self._plain(address)
        return sha256(answer.content + str(answer.headers).encode()).hexdigest()[:16]

    def answer(self, address: str, asked: Mapping[str, str] | None = None) -> Response:
        """``asked``: the query, which only the report uses."""
        if address == REPORT:
            return self._report(asked or {})
        found = self._plain(address)
        if found.type != HTML or not found.content or _is_file(address):
            return found
        seen = sha256(found.content + str(found.headers).encode()).hexdigest()[:16]
        page = views.into(found.content.decode("utf-8", "replace"), "", _HEAD.format(seen=seen))
        return Response(found.status, page.encode(), HTML, found.headers)

    def _report(self, asked: Mapping[str, str]) -> Response:
        until, seen = asked.get("until", ""), self.seen(REPORT)
        try:
            last = datetime.date.fromisoformat(until) if until else None
        except ValueError:
            last = None
        today = datetime.date.fromisoformat(self.state.day) if self.state.day else None
        if last and today:
            until = min(max(last, today), today + FURTHEST).isoformat()
        page = self.report(until if last else "", asked.get("department", ""))
        return Response(200, views.into(page, "", _HEAD.format(seen=seen)).encode())

    # -- without what shows it again ----------------------------------------------------------------

    def _plain(self, address: str) -> Response:
        if address in OWN_FILES:
            name = address.removeprefix(OWN)
            return Response(200, (HERE / name).read_bytes(), OWN_FILES[address])
        if address == OWN:
            return Response(200, self._desk().encode())
        if address == OWN.rstrip("/"):
            return Response(302, headers={"Location": OWN})
        found = self._file(self.preview, address)
        if found is not None:
            if with_slash(address) != address:
                return Response(302, headers={"Location": encoded(decoded(with_slash(address)))})
            kind = _type(found)
            headers = FOR_FILES if _is_file(address) else {}
            content = found.read_bytes()
            if kind == HTML and not _is_file(address):
                own = self._wrong_with(whole(address))
                content = self._with_panel(content, own, is_stale=bool(own))
            return Response(200, content, kind, headers)
        return self._missing(whole(address))

    def _wrong_with(self, address: str) -> list[Problem]:
        """The errors because of which an address has the last right page."""
        name, lang = self.state.pages.get(address) or self.pages.get(address, ("", ""))
        note = self.state.by_name.get(name)
        files = {note.path, note.files.get(lang)} if note else set()
        return [problem for problem in self.state.errors if problem.path in files]

    def _missing(self, address: str) -> Response:
        """If the preview has nothing: the last right page, a redirect to the note's new address, or
        the site's own page for missing ones."""
        name, _ = self.pages.get(address, ("", ""))
        note = self.state.by_name.get(name)
        files = set(note.files.values()) if note else set()
        own = [problem for problem in self.state.errors if problem.path in files]
        if own and (kept := self._file(self.kept, address)):
            return Response(200, self._with_panel(kept.read_bytes(), own, is_stale=True))
        if there := memory.leads_on(address, self.pages, self.state):
            return Response(302, headers={"Location": there})
        homes = sorted(self.state.homes.values(), key=len, reverse=True)
        home = next((one for one in homes if address.startswith(one)), "/")
        file = self._file(self.preview, f"{home}404.html")
        page = file.read_bytes() if file else _EMPTY.format(lang=self.lang).encode()
        return Response(404, self._with_panel(page, own))

    def _with_panel(
        self, page: bytes, own: Sequence[Problem] = (), *, is_stale: bool = False
    ) -> bytes:
        panel = views.panel(
            self.state,
            own,
            self.project,
            self.lang,
            self.edit_form,
            self._today,
            is_stale=is_stale,
        )
        return views.into(page.decode("utf-8", "replace"), panel, "").encode()

    def _desk(self) -> str:
        """The desk's own page: of thousands of notes it takes a second, so it is made once for each
        state."""
        state = self.state
        if self._own_page is None or self._own_page[0] is not state:
            page = views.desk(
                state,
                last_changes(self.project, "content"),
                self.project,
                self.lang,
                self.edit_form,
                self._today,
                self._last_good,
            )
            self._own_page = state, page
        return self._own_page[1]

    @property
    def edit_form(self) -> str:
        return self.state.edit or views.EDIT

    @property
    def _today(self) -> str:
        return "" if self.chosen else self.state.day

    def _last_good(self, note: NoteRow) -> str | None:
        found = (there for there, (name, _) in self.pages.items() if name == note.name)
        return next((there for there in found if self._file(self.kept, there)), None)

    def _file(self, root: Path, address: str) -> Path | None:
        """The file at an address, if it belongs to the site: not hidden, nor elsewhere."""
        path = file_of(address)
        parts = path.split("/")
        inner = parts[1:] if parts[0] == ".well-known" else parts
        if any(not part or part.startswith(".") for part in inner):
            return None
        file = root / path
        try:
            return file if own_file(file, root) else None
        except (OSError, ValueError):  # a name that no file can have
            return None


def _is_file(address: str) -> bool:
    """Whether it is one of the editors' files, which are shown as they are."""
    return decoded(address).startswith("/files/")


def _type(file: Path) -> str:
    ending = file.suffix.lstrip(".").lower()
    if ending == "html":
        return HTML
    if ending in TYPES:
        return TYPES[ending]
    kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    is_text = kind.startswith("text/") or kind in ("application/json", "application/xml")
    return f"{kind}; charset=utf-8" if is_text else kind
