"""The editor's desk, and pages of other sites in the same browser that would read it or change it."""

from __future__ import annotations

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from saig.desk.answers import Desk
from saig.desk.server import DeskServer, serve
from saig.desk.state import DeskState
from serving import in_background

SECRET = "Esborrany del ple"
PAGE = f"<!doctype html><html lang='ca'><head><title>x</title></head><body>{SECRET}</body></html>"

HOSTILE = """<!doctype html><meta charset=utf-8><title>hostile</title>
<form id=form method=post action="DESK/_desk/day" target=frame><input name=day value=2031-01-01></form>
<iframe name=frame></iframe>
<script>
const desk = "DESK", found = {};
const attempt = (name, work) => Promise.race([work(), new Promise((_, no) => setTimeout(no, 5000, "late"))])
    .then((said) => { found[name] = String(said); }, () => { found[name] = "nothing"; });
const element = (name, address, key = "src") => new Promise((yes, no) => {
    const one = Object.assign(document.createElement(name), { onload: () => yes("loaded"), onerror: no });
    one[key] = desk + address;
    document.body.append(one);
});
const socket = (kind, address) => new Promise((yes, no) => {
    const one = new kind(address);
    one.onopen = () => yes("open");
    one.onmessage = () => yes("message");
    one.onerror = no;
});
const posted = (more) => fetch(desk + "/_desk/day", { method: "POST", body: new URLSearchParams({ day: "2030-01-01" }), ...more });
window.done = Promise.all([
    attempt("read", () => fetch(desk + "/_desk/").then((a) => a.text())),
    attempt("read with cookies", () => fetch(desk + "/_desk/", { credentials: "include" }).then((a) => a.text())),
    attempt("read data", () => fetch(desk + "/_desk/wait?address=/&seen=x").then((a) => a.text())),
    attempt("post", () => posted({}).then((a) => a.text())),
    attempt("post as JSON", () => posted({ headers: { "Content-Type": "application/json" } }).then((a) => a.text())),
    attempt("put", () => fetch(desk + "/_desk/day", { method: "PUT" }).then((a) => a.text())),
    attempt("post unseen", () => posted({ mode: "no-cors" }).then((a) => a.type)),
    attempt("script", () => element("script", "/_desk/live.js")),
    attempt("picture", () => element("img", "/files/planol.png")),
    attempt("style", () => { const link = element("link", "/_desk/desk.css", "href"); document.body.lastChild.rel = "stylesheet"; return link; }),
    attempt("events", () => socket(EventSource, desk + "/_desk/wait?address=/&seen=x")),
    attempt("socket", () => socket(WebSocket, desk.replace("http", "ws") + "/_desk/")),
]).then(() => new Promise((yes) => {
    document.querySelector("iframe").onload = () => yes(found);
    document.getElementById("form").submit();
}));
</script>
"""


FRAMED = """(address) => new Promise((yes) => {
    const frame = document.querySelector("iframe");
    frame.onload = () => yes();
    frame.src = address;
})"""


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[tuple[DeskServer, list[str]]]:
    """A desk with one page, and the days that it was asked to show."""
    days: list[str] = []
    preview = tmp_path / "preview"
    (preview / "files").mkdir(parents=True)
    (preview / "index.html").write_text(PAGE)
    (preview / "files/planol.png").write_bytes(b"\x89PNG\r\n")
    found = Desk(tmp_path, preview, tmp_path / "kept", "ca", days.append, lambda *_: PAGE)
    found.update(DeskState("2020-12-10", pages={"/": ("page/x", "ca")}, homes={"ca": "/"}))
    servers = serve(found, 0)
    yield servers[0], days
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture
def stranger(desk: tuple[DeskServer, list[str]]) -> Iterator[int]:
    """The port of another site's server, whose page attacks the desk."""
    port = desk[0].server_address[1]

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            page = HOSTILE.replace("DESK", f"http://localhost:{port}").encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(page)))
            self.end_headers()
            self.wfile.write(page)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    in_background(server)
    yield server.server_address[1]
    server.shutdown()
    server.server_close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context()
    context.set_default_timeout(20_000)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("host", ["localhost", "evil.localhost", "127.0.0.1"])
def test_a_page_of_another_site_reads_and_changes_nothing(
    host: str, desk: tuple[DeskServer, list[str]], stranger: int, page: Page
) -> None:
    """By requests, frames, forms, scripts, pictures, streams: of another port of this computer, of
    another name for it, of its number."""
    server, days = desk
    page.goto(f"http://{host}:{stranger}/")
    found = page.evaluate("window.done")
    unseen = found.pop("post unseen")
    assert unseen in ("opaque", "nothing")  # that an answer came, and no more
    assert set(found.values()) == {"nothing"}, found
    frames = [frame for frame in page.frames if frame != page.main_frame]
    assert not any(SECRET in frame.content() for frame in frames)
    page.evaluate(FRAMED, f"http://localhost:{server.server_address[1]}/")
    assert not any(SECRET in frame.content() for frame in page.frames)
    assert days == []


def test_a_name_that_was_made_to_lead_here_gets_nothing(
    desk: tuple[DeskServer, list[str]], page: Page
) -> None:
    """DNS rebinding: the page then has the origin of the desk's address, but for the name."""
    server, days = desk
    port = server.server_address[1]
    answer = page.goto(f"http://evil.localhost:{port}/")
    assert answer and answer.status == 421
    said = page.evaluate("fetch('/_desk/').then((answer) => answer.text())")
    assert SECRET not in said and "Refused" in said
    posted = "fetch('/_desk/day', {method: 'POST', body: new URLSearchParams({day: '2030-01-01'})})"
    assert page.evaluate(f"{posted}.then((answer) => answer.status)") == 421
    assert days == []


def test_a_form_that_takes_her_to_the_desk_changes_nothing(
    desk: tuple[DeskServer, list[str]], stranger: int, page: Page
) -> None:
    """Sent from another site's page as a whole. A link from there may be followed."""
    server, days = desk
    port = server.server_address[1]
    page.goto(f"http://evil.localhost:{stranger}/")
    form = "document.getElementById('form')"
    page.evaluate(f"setTimeout(() => {{ {form}.target = '_top'; {form}.submit() }})")
    expect(page.locator("body")).to_contain_text("Refused")
    assert days == []
    page.goto(f"http://evil.localhost:{stranger}/")
    page.evaluate(f"setTimeout(() => {{ location.href = 'http://localhost:{port}/' }})")
    expect(page.locator("body")).to_contain_text(SECRET)
    assert days == []


def test_a_window_that_another_site_opens_is_not_in_its_hand(
    desk: tuple[DeskServer, list[str]], stranger: int, page: Page
) -> None:
    server, _ = desk
    page.goto(f"http://evil.localhost:{stranger}/")
    address = f"http://localhost:{server.server_address[1]}/"
    with page.expect_popup() as opened:
        page.evaluate(f"window.opened = window.open('{address}')")
    expect(opened.value.locator("body")).to_contain_text(SECRET)
    assert opened.value.evaluate("window.opener") is None
