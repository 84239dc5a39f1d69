"""The real site, built once, served on this machine, and a browser to read it with."""

from __future__ import annotations

import functools
import http.server
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from for_all import made_once
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize
from project import REPOSITORY, Project, new_project
from reader import Readers
from saig.outputs.hosts import HEADERS
from serving import in_background

DAY = "2026-11-23"


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The repository's own notes, built as on one day: to be read, not changed."""

    def make(root: Path) -> None:
        new_project(root / "project", REPOSITORY / "content").build(today=DAY, timeout=60)

    return Project(made_once(tmp_path_factory, "site", make) / "project")


class _Handler(http.server.SimpleHTTPRequestHandler):
    def end_headers(self) -> None:
        for name, value in HEADERS.items():  # what a page does beyond them fails here too
            self.send_header(name, value)
        super().end_headers()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        page = Path(self.directory) / "404.html"
        if code != 404 or not page.is_file():
            super().send_error(code, message, explain)
            return
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(page.read_bytes())

    def log_message(self, format: str, *args: object) -> None:
        pass


def serve(folder: Path) -> tuple[str, http.server.ThreadingHTTPServer]:
    """Serve a folder on a free port; the caller shuts the server down."""
    handler = functools.partial(_Handler, directory=str(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    in_background(server)
    return f"http://127.0.0.1:{server.server_address[1]}", server


@pytest.fixture(scope="session")
def base_url(site: Project) -> Iterator[str]:
    url, server = serve(site.output)
    yield url
    server.shutdown()
    server.server_close()


@dataclass
class Reader:
    """One page that is shared by the tests that only read, and what went wrong while it loaded."""

    page: Page
    base_url: str
    faults: list[str]

    def open(self, address: str, *, width: int = 1280) -> Page:
        """Load a page."""
        self._set(width)
        self.faults.clear()
        self.page.goto(self.base_url + address)
        return self.page

    def look(self, address: str, *, width: int = 1280) -> Page:
        """A page to be looked at, as it is; it is loaded if it is not there."""
        if self.page.url != self.base_url + address:
            return self.open(address, width=width)
        self._set(width)
        return self.page

    def _set(self, width: int) -> None:
        size: ViewportSize = {"width": width, "height": 800}
        if self.page.viewport_size != size:
            self.page.set_viewport_size(size)


@pytest.fixture(scope="module")
def reader(browser: Browser, base_url: str) -> Iterator[Reader]:
    context: BrowserContext = browser.new_context(locale="ca-ES", timezone_id="Europe/Madrid")
    context.add_init_script(
        "document.addEventListener('securitypolicyviolation',"
        " event => console.error('CSP', event.violatedDirective, event.blockedURI))"
    )
    page = context.new_page()
    faults: list[str] = []
    page.on("console", lambda message: message.type == "error" and faults.append(message.text))
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on(
        "request",
        lambda request: request.url.startswith(base_url) or faults.append(f"asked {request.url}"),
    )
    yield Reader(page, base_url, faults)
    context.close()


@pytest.fixture(scope="module")
def readers(browser: Browser) -> Iterator[Readers]:
    """To read pages at any time, anywhere."""
    readers = Readers(browser)
    yield readers
    readers.close()
