"""A browser whose clock shows whatever it is told, and pages of a built site for it."""

from __future__ import annotations

import datetime
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
        """``at``: what the clocks in Palma show."""
        if at:
            self.page.clock.set_fixed_time(palma(at))
        self.page.goto(SITE + address)
        return self.page

    def now(self) -> list[str]:
        """What is said to be open or not, in the order of the page."""
        return [p.inner_text() for p in self.page.locator(".opening").all() if p.is_visible()]

    def words(self, form: str, **values: str) -> str:
        """Words of the page's language, as the page gives them to the script."""
        text: str = self.page.locator("script[data-time-zone]").get_attribute(f"data-{form}") or ""
        for name, value in values.items():
            assert f"{{{name}}}" in text
            text = text.replace(f"{{{name}}}", value)
        return text


def palma(at: str) -> datetime.datetime:
    return datetime.datetime.fromisoformat(at).replace(tzinfo=ZoneInfo(MADRID))
