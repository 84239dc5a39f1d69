"""A browser whose clock shows whatever it is told, and pages of a built site for it."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from playwright.sync_api import Browser, BrowserContext, Page, Route
from project import Project
from saig.outputs.hosts import HEADERS

SITE = "http://localhost:8000"
MADRID = "Europe/Madrid"
TYPES = {
    ".html": "text/html",
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
}


class Reader:
    """A browser somewhere, whose clock shows whatever it is told."""

    def __init__(self, browser: Browser, project: Project, zone: str, **more: Any) -> None:
        self.context: BrowserContext = browser.new_context(timezone_id=zone, **more)
        self.context.route(f"{SITE}/**", self._answer)
        self.context.add_init_script(
            "document.addEventListener('securitypolicyviolation',"
            " event => console.error('CSP', event.violatedDirective, event.blockedURI))"
        )
        self.output = project.output
        self.shown: tuple[Path, str] | None = None
        self.is_fixed = False
        self.page: Page = self.context.new_page()
        self.faults: list[str] = []
        self.page.on("console", lambda said: said.type == "error" and self.faults.append(said.text))
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))

    def _answer(self, route: Route) -> None:
        path = self.output / route.request.url.removeprefix(f"{SITE}/").partition("?")[0]
        path = path / "index.html" if path.is_dir() else path
        headers = {**HEADERS, "Content-Type": TYPES.get(path.suffix, "")}
        route.fulfill(body=path.read_bytes(), headers=headers)

    def open(self, address: str, at: str | None = None) -> Page:
        """Load a page. ``at``: what the clocks in Palma show."""
        if at:
            self._fix(at)
        else:
            assert not self.is_fixed, "its clock was stopped: ask for one of its own"
        self.page.goto(SITE + address)
        self.shown = (self.output, address)
        return self.page

    def turn(self, address: str, at: str) -> Page:
        """Load a page at a time, or, where it is the one that was loaded last, show it again then."""
        if self.shown != (self.output, address):
            return self.open(address, at)
        self._fix(at)
        self.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
        return self.page

    def _fix(self, at: str) -> None:
        self.page.clock.set_fixed_time(palma(at))
        self.is_fixed = True

    def now(self, channel: str | None = None) -> list[str]:
        """What is said to be open or not, in the order of the page. ``channel``: of hours of this
        one alone, '' is of those that name none."""
        of = "" if channel is None else f'[data-opening="{channel}"]'
        return [p.inner_text() for p in self.page.locator(f".opening{of}").all() if p.is_visible()]

    def words(self, form: str, **values: str) -> str:
        """Words of the page's language, as the page gives them to the script."""
        text: str = self.page.locator("script[data-open]").get_attribute(f"data-{form}") or ""
        for name, value in values.items():
            assert f"{{{name}}}" in text
            text = text.replace(f"{{{name}}}", value)
        return text


class Readers:
    """One for each place and kind of browser, kept while a module's tests run: to make one takes
    longer than to read a page."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.kept: dict[str, Reader] = {}
        self.own: list[Reader] = []

    def __call__(
        self, project: Project, zone: str = MADRID, *, own: bool = False, **more: Any
    ) -> Reader:
        """``own``: for one test, whose clock goes or who does something to the page."""
        if own:
            self.own.append(Reader(self.browser, project, zone, **more))
            return self.own[-1]
        key = repr((zone, sorted(more.items())))
        if key not in self.kept:
            self.kept[key] = Reader(self.browser, project, zone, **more)
        self.kept[key].output = project.output
        return self.kept[key]

    def done(self) -> None:
        """A test is over: nothing went wrong on any page."""
        readers = [*self.own, *self.kept.values()]
        faults = [reader.faults.pop() for reader in readers for _ in list(reader.faults)]
        while self.own:
            self.own.pop().context.close()
        assert faults == []

    def close(self) -> None:
        for reader in self.kept.values():
            reader.context.close()


def palma(at: str) -> datetime.datetime:
    return datetime.datetime.fromisoformat(at).replace(tzinfo=ZoneInfo(MADRID))
