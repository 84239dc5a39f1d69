"""``saig check --links``, against a server that misbehaves in every way that servers do."""

from __future__ import annotations

import http.server
import json
import os
import re
import socket
import ssl
import struct
import subprocess
import threading
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from project import DAY, SAIG, Project
from published_site import small_project
from serving import in_background

AT_ONCE = 8
HOSTS = [f"127.0.0.{number}" for number in range(1, 13)]
NOTE = "pages/enllacos.md"


def certificate(folder: Path) -> Path:
    """A certificate that vouches for itself, with its key in the same file."""
    names = ",".join(f"IP:{host}" for host in HOSTS)
    file = folder / "server.pem"
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "ec", "-nodes", "-days", "2"),
            *("-pkeyopt", "ec_paramgen_curve:prime256v1", "-subj", "/CN=vila"),
            *("-addext", f"subjectAltName={names}"),
            *("-addext", "keyUsage=critical,digitalSignature,keyCertSign"),
            *("-keyout", str(folder / "key"), "-out", str(folder / "certificate")),
        ],
        check=True,
        capture_output=True,
    )
    file.write_text((folder / "certificate").read_text() + (folder / "key").read_text())
    return file


@dataclass
class Seen:
    """What reached the server."""

    requests: Counter[tuple[str, str]] = field(default_factory=Counter)
    active: int = 0
    most_active: int = 0
    sent: int = 0
    together: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)
    released: threading.Event = field(default_factory=threading.Event)
    over: threading.Event = field(default_factory=threading.Event)

    def of(self, path: str) -> list[str]:
        """The methods with which a path was asked for."""
        return sorted(method for method, asked in self.requests.elements() if asked == path)


ANSWERS = {
    "/good": 200,
    "/good?lang=es": 200,
    "/carrer-d%C3%B3/": 200,
    "/missing": 404,
    "/withdrawn": 410,
    "/forbidden": 403,
    "/too-many": 429,
    "/broken": 500,
    "/busy": 503,
}
REDIRECTS = {
    "/old": (301, "/good"),
    "/older": (308, "/old"),
    "/for-now": (302, "/good"),
    "/for-now-then-for-good": (307, "/old"),
    "/to-nothing": (301, "/missing"),
    "/circle": (302, "/circle-2"),
    "/circle-2": (301, "/circle"),
    "/accents": (301, "/carrer-dó/"),
    "/parts": (301, "/good#part-2"),
    "/insecure": (301, "http://127.0.0.1/"),
    **{f"/long-{number}": (302, f"/long-{number + 1}") for number in range(9)},
}


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    seen: Seen

    def handle_any(self) -> None:
        with self.seen.lock:
            self.seen.requests[self.command, self.path] += 1
            self.seen.active += 1
            self.seen.most_active = max(self.seen.most_active, self.seen.active)
        try:
            self.reply()
        except OSError:
            self.close_connection = True
        finally:
            with self.seen.lock:
                self.seen.active -= 1

    do_HEAD = do_GET = handle_any

    def reply(self) -> None:
        if self.path in REDIRECTS:
            status, target = REDIRECTS[self.path]
            self.plain(status, Location=target.encode().decode("latin-1"))
        elif self.path == "/no-head":
            self.plain(405 if self.command == "HEAD" else 200)
        elif self.path == "/head-is-not-found":
            self.plain(404 if self.command == "HEAD" else 200)
        elif self.path == "/reset" or (self.path == "/head-resets" and self.command == "HEAD"):
            linger = struct.pack("ii", 1, 0)
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
            socket.socket.close(self.connection)
            self.close_connection = True
        elif self.path == "/head-resets":
            self.plain(200)
        elif self.path == "/huge":
            self.huge()
        elif self.path == "/slow":
            self.seen.over.wait(30)
        elif self.path.startswith("/lingers"):
            self.seen.over.wait(0.2)
            self.plain(200)
        elif self.path == "/together":
            self.wait_for_others()
            self.plain(200)
        elif self.path == "/drips":
            self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
            while not self.seen.over.wait(0.1):
                self.wfile.write(b"x")
                self.wfile.flush()
        else:
            self.plain(ANSWERS[self.path])

    def plain(self, status: int, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def wait_for_others(self) -> None:
        """All answer when AT_ONCE have come, and none more comes."""
        with self.seen.lock:
            self.seen.together += not self.seen.released.is_set()
            last = self.seen.together == AT_ONCE
        if last:
            self.seen.over.wait(0.5)
            self.seen.released.set()
        self.seen.released.wait(20)

    def huge(self) -> None:
        """A gigabyte to who asks with GET, and HEAD is not allowed."""
        if self.command == "HEAD":
            self.plain(405)
            return
        self.send_response(200)
        self.send_header("Content-Length", str(1 << 30))
        self.end_headers()
        part = b"x" * (1 << 16)
        for _ in range(1 << 14):
            self.wfile.write(part)
            self.seen.sent += len(part)

    def log_message(self, format: str, *args: object) -> None:
        pass


class Server(http.server.ThreadingHTTPServer):
    request_queue_size = 50

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Broken connections are what is tested here."""

    def shutdown_request(self, request: Any) -> None:
        try:
            super().shutdown_request(request)
        except OSError:
            request.close()


class Site:
    """A small project whose notes link to a server on this machine."""

    def __init__(self, project: Project, port: int, trusted: Path, seen: Seen) -> None:
        self.project, self.port, self.trusted, self.seen = project, port, trusted, seen
        self.url = f"https://127.0.0.1:{port}"
        self.remembered = project.root / ".saig" / "links.json"
        for old, new in (("https://cita.poble.cat/", "/good"), ("https://seu.poble.cat/", "/good")):
            project.change("site.yaml", old, self.url + new)

    def link(self, *addresses: str) -> None:
        """A note with a link on each line, the first on line 5."""
        lines = [
            f"- [x]({self.url + address if address.startswith('/') else address})"
            for address in addresses
        ]
        front = "---\ntitle: Enllaços\nsummary: S.\n---\n"
        self.project.write(NOTE, front + "\n".join(lines) + "\n")

    def check(self, *arguments: str, timeout: int = 40) -> tuple[list[dict[str, Any]], str]:
        """The problems with links, and what was told beside them."""
        done = self.project.saig(
            *("check", "--links", "--format", "json", "--today", DAY, *arguments),
            timeout=timeout,
            SSL_CERT_FILE=str(self.trusted),
            no_proxy="*",
        )
        assert done.returncode == 0, done.stderr
        found = [json.loads(line) for line in done.stdout.splitlines()]
        return [problem for problem in found if problem["code"].startswith("link-")], done.stderr

    def codes(self, *arguments: str) -> dict[str, str]:
        """Path on the server to code."""
        found, _ = self.check(*arguments)
        return {re.sub(rf"{self.url}|[ ,].*", "", p["message"]): p["code"] for p in found}


@pytest.fixture(scope="session")
def pem(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return certificate(tmp_path_factory.mktemp("certificate"))


@pytest.fixture
def site(tmp_path: Path, pem: Path) -> Iterator[Site]:
    seen = Seen()
    with served(pem, seen) as server:
        project = small_project(tmp_path / "project")
        yield Site(project, server.server_address[1], pem, seen)
        seen.over.set()
        server.shutdown()


def served(pem: Path, seen: Seen) -> Server:
    """A server on all of this machine's own addresses."""
    server = Server(("", 0), type("Own", (Handler,), {"seen": seen}))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    server.socket = context.wrap_socket(
        server.socket, server_side=True, do_handshake_on_connect=False
    )
    in_background(server)
    return server


def test_what_is_good_is_not_mentioned(site: Site) -> None:
    """Temporary redirects too, and servers that dislike HEAD in one of several ways."""
    site.link("/good", "/for-now", "/no-head", "/head-is-not-found", "/head-resets", "/huge")
    found, told = site.check()
    assert found == []
    assert "Asking other servers: 6" in told
    for path in ("/no-head", "/head-is-not-found", "/head-resets", "/huge"):
        assert site.seen.of(path) == ["GET", "HEAD"], path
    assert site.seen.sent < 1 << 28, "a huge body was read"


def test_each_address_is_asked_once(site: Site) -> None:
    """However many notes name it, with whatever fragment, or redirect to it; one at a time."""
    for number in range(5):
        site.project.write(
            f"notices/{number}.md",
            f"---\ntitle: N{number}\nsummary: S.\ndate: 2020-01-01\n---\n[x]({site.url}/good)\n",
        )
    site.link("/good", "/good#lloc", "/for-now", "/old", "/good?lang=es", "/lingers", "/lingers?2")
    site.check()
    assert site.seen.of("/good") == ["HEAD"]
    assert set(site.seen.requests.values()) == {1}
    assert site.seen.most_active == 1


def test_few_servers_are_asked_at_a_time(site: Site) -> None:
    site.link(*(f"https://{host}:{site.port}/together" for host in HOSTS))
    found, _ = site.check()
    assert found == []
    assert site.seen.of("/together") == ["HEAD"] * len(HOSTS)
    assert site.seen.together == AT_ONCE


def test_gone_moved_slow_and_refused_are_told_apart(site: Site, tmp_path: Path) -> None:
    """A warning each, and what is wrong in it; the exit code stays 0."""
    with socket.socket() as closed, served(_other(tmp_path), Seen()) as stranger:
        closed.bind(("127.0.0.1", 0))
        plain = Server(("127.0.0.1", 0), type("Own", (Handler,), {"seen": Seen()}))
        in_background(plain)
        ports = {
            "closed": closed.getsockname()[1],
            "stranger": stranger.server_address[1],
            "plain": plain.server_address[1],
        }
        elsewhere = {name: f"https://127.0.0.1:{port}/" for name, port in ports.items()}
        wanted = {
            "/missing": ("gone", "404 Not Found"),
            "/withdrawn": ("gone", "410"),
            "/to-nothing": ("gone", "404"),
            "https://no-such-host.invalid/": ("gone", "no server of that name"),
            "/old": ("moved", ""),
            "/older": ("moved", ""),
            "/accents": ("moved", ""),
            "/slow": ("slow", "1 s"),
            "/drips": ("slow", "1 s"),
            "/forbidden": ("refused", "403 Forbidden"),
            "/too-many": ("refused", "429"),
            "/broken": ("refused", "500"),
            "/busy": ("refused", "503"),
            "/reset": ("refused", "breaks off"),
            "/circle": ("refused", "in a circle"),
            "/long-0": ("refused", "too often"),
            "/insecure": ("refused", "not secure"),
            elsewhere["closed"]: ("refused", "refuses the connection"),
            elsewhere["stranger"]: ("refused", "TLS: self-signed certificate"),
            elsewhere["plain"]: ("refused", "TLS: "),
        }
        site.link(*wanted)
        found, _ = site.check("--timeout", "1")
        stranger.shutdown()
        plain.shutdown()
        plain.server_close()
    by_line = {problem["line"]: problem for problem in found}
    assert len(found) == len(by_line) == len(wanted)
    for line, (address, (code, words)) in enumerate(wanted.items(), start=5):
        problem = by_line[line]
        assert problem["code"] == f"link-{code}", problem
        assert words in problem["message"], problem
        whole = site.url + address if address.startswith("/") else address
        assert problem["message"].startswith(whole)
        assert problem["severity"] == "warning"
        assert problem["path"] == f"content/{NOTE}"
        assert problem["column"] == 7
        assert problem["hint"]
    for path in ("/too-many", "/busy"):
        assert site.seen.of(path) == ["HEAD"], "who has too much to do is not asked twice"


def _other(folder: Path) -> Path:
    (folder / "other").mkdir()
    return certificate(folder / "other")


def test_the_new_address_of_what_moved_is_the_hint(site: Site) -> None:
    """As far as it moved for good, and with the fragment that readers keep."""
    site.link("/old", "/older#lloc", "/for-now-then-for-good", "/accents", "/parts#lloc")
    found, _ = site.check()
    assert {(problem["line"], problem["code"], problem["hint"]) for problem in found} == {
        (5, "link-moved", f"write {site.url}/good"),
        (6, "link-moved", f"write {site.url}/good#lloc"),
        (8, "link-moved", f"write {site.url}/carrer-dó/"),
        (9, "link-moved", f"write {site.url}/good#part-2"),
    }


EVERYWHERE = """\
---
title: Servei
summary: S.
departments: [ajuntament]
channels:
  - channel: online
    appointment: none
    url: {url}/missing
---
[x]({url}/missing) i <{url}/missing>
"""
NORM = """\
---
title: Norma
summary: S.
date: 2020-01-01
jurisdiction: es
type: l
number: "1"
published_in:
  - {{gazette: BOE, url: "{url}/missing"}}
checked: {{on: 2020-01-01, source: "{url}/missing"}}
---
"""


def test_every_use_is_told_at_its_place(site: Site) -> None:
    """In texts, channels, websites, gazettes, ``site.yaml`` and ``gone.yaml``; drafts too."""
    url = site.url
    project = site.project
    project.change(
        "site.yaml", f'register: {{ca: "{url}/good"}}', f'register: {{ca: "{url}/missing"}}'
    )
    project.change("contacts/ajuntament.md", "summary:", f"website: {url}/missing\nsummary:")
    project.write("services/servei.md", EVERYWHERE.format(url=url))
    draft = EVERYWHERE.replace("title: Servei", "title: Un altre\nstatus: draft")
    project.write("services/esborrany.md", draft.format(url=url))
    project.write("norms/norma.md", NORM.format(url=url))
    project.write(
        "gone.yaml",
        "- {address: /res/, title: {ca: Res}, date: 2020-01-01, reason: {ca: Res.}, "
        f'see: "{url}/missing"}}\n',
    )
    found, _ = site.check()
    assert {(p["path"].removeprefix("content/"), p["line"]) for p in found} == {
        ("site.yaml", 14),
        ("contacts/ajuntament.md", 3),
        ("services/servei.md", 8),
        ("services/servei.md", 10),
        ("services/esborrany.md", 9),
        ("services/esborrany.md", 11),
        ("norms/norma.md", 9),
        ("norms/norma.md", 10),
        ("gone.yaml", 1),
    }
    assert len(found) == 11
    for problem in found:
        line = (project.root / problem["path"]).read_text("utf-8").splitlines()[problem["line"] - 1]
        assert line[problem["column"] - 1 :].lstrip('"').startswith(url), problem
    assert site.seen.of("/missing") == ["GET", "HEAD"]

    site.seen.requests.clear()
    found, _ = site.check("content/services/servei.md")
    assert {p["path"] for p in found} == {"content/services/servei.md"}
    assert site.seen.of("/good") == []


def test_placeholders_are_not_asked(site: Site) -> None:
    site.link("https://example.org/cita", "https://www.example.com/", "mailto:a@poble.cat")
    found, told = site.check()
    assert found == []
    assert "Asking other servers: 1\n" in told


def test_the_last_good_day_is_remembered(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """And told once an address fails, also after many failures."""
    site.link("/good", "/missing")
    found, _ = site.check("--today", "2020-11-02")
    [never] = found
    assert "still good" not in never["message"]
    assert json.loads(site.remembered.read_text()) == {f"{site.url}/good": "2020-11-02"}

    monkeypatch.setitem(ANSWERS, "/good", 410)
    for day in ("2020-11-03", "2020-11-04"):
        found, _ = site.check("--today", day, f"content/{NOTE}")
        assert "/good is no more (410 Gone); on 2020-11-02 it was still good" in found[0]["message"]
    monkeypatch.setitem(ANSWERS, "/good", 200)
    site.check("--today", "2020-11-05")
    assert json.loads(site.remembered.read_text()) == {f"{site.url}/good": "2020-11-05"}
    assert [path.name for path in site.remembered.parent.glob("*links*")] == ["links.json"]


@pytest.mark.parametrize("text", ["", "[]", "{", '{"https://x/": 5}', '{"https://x/": "ahir"}'])
def test_a_damaged_memory_is_told_and_begun_again(site: Site, text: str) -> None:
    site.link("/good")
    site.remembered.parent.mkdir()
    site.remembered.write_text(text)
    found, told = site.check()
    assert found == []
    assert "links.json cannot be read; it is begun again" in told
    assert json.loads(site.remembered.read_text()) == {f"{site.url}/good": DAY}


def test_a_memory_that_cannot_be_written_spoils_nothing(site: Site) -> None:
    site.link("/missing")
    site.remembered.mkdir(parents=True)
    found, told = site.check()
    assert [problem["code"] for problem in found] == ["link-gone"]
    assert "links.json cannot be written" in told


def test_other_formats_and_languages(site: Site) -> None:
    """As any other problem."""
    site.link("/missing")
    place = f"content/{NOTE}:5:7: "
    for arguments, words in {
        ("--lang", "en"): f"{place}warning[link-gone] {site.url}/missing is no more (404",
        ("--lang", "ca"): f"{place}warning[link-gone] {site.url}/missing ja no hi és (404",
        ("--format", "github"): f"::warning file=content/{NOTE},line=5,col=7,title=link-gone::",
        ("--format", "sarif"): '"ruleId": "link-gone"',
    }.items():
        done = site.project.saig(
            *("check", "--links", "--today", DAY, *arguments),
            SSL_CERT_FILE=str(site.trusted),
            no_proxy="*",
        )
        assert done.returncode == 0
        assert words in done.stdout


def test_without_links_nobody_is_asked(site: Site) -> None:
    site.link("/missing")
    assert all(not p["code"].startswith("link-") for p in site.project.check())
    assert not site.seen.requests
    assert not site.remembered.exists()


def test_a_computer_without_a_network_is_told_so(site: Site) -> None:
    for name in ("booking", "register"):
        site.project.change(
            "site.yaml", f'{name}: {{ca: "{site.url}/good"}}', f"{name}: {{ca: https://a.invalid/}}"
        )
    site.link("https://b.invalid/")
    found, told = site.check()
    assert {problem["code"] for problem in found} == {"link-gone"}
    assert "No server answered. Is this computer on the network?" in told


def test_a_terminal_shows_a_bar(site: Site) -> None:
    """While servers are asked; what is found stays clean on the other output."""
    site.link("/good", "/missing")
    terminal, end = os.openpty()
    done = subprocess.run(
        [str(SAIG), "check", "--links", "--lang", "en", "--format", "json", "--today", DAY],
        cwd=site.project.root,
        env={**os.environ, "SSL_CERT_FILE": str(site.trusted), "no_proxy": "*", "TERM": "xterm"},
        stdout=subprocess.PIPE,
        stderr=end,
        timeout=40,
    )
    os.close(end)
    shown = os.read(terminal, 1 << 16).decode()
    os.close(terminal)
    assert "Asking other servers" in shown and "100%" in shown
    assert [json.loads(line)["code"] for line in done.stdout.splitlines()] == ["link-gone"]
