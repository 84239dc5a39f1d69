"""What readers get from a real nginx with the configuration that Saig ships (contract §8)."""

from __future__ import annotations

import gzip
import http.client
import os
import re
import shutil
import socket
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from project import REPOSITORY
from published_site import ADDRESS, NOTE, Published

NGINX = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin:/usr/local/sbin")
pytestmark = pytest.mark.skipif(NGINX is None, reason="there is no nginx here")


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes


@dataclass
class Server:
    port: int
    connection: http.client.HTTPConnection = field(init=False)

    def get(self, address: str, **headers: str) -> Answer:
        self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.connection.request("GET", address, headers=named)
        answer = self.connection.getresponse()
        found = {name.lower(): value for name, value in answer.getheaders()}
        body = answer.read()
        self.connection.close()
        return Answer(answer.status, found, body)


def serve(root: Path, folder: Path) -> Iterator[Server]:
    """nginx as it is shipped, but for the port and the root."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    shipped = (REPOSITORY / "deploy" / "nginx.conf").read_text("utf-8")
    shipped, listens = re.subn(r"listen 80;", f"listen 127.0.0.1:{port};", shipped)
    shipped, roots = re.subn(r"root /srv/saig/current;", f"root {root};", shipped)
    assert (listens, roots) == (1, 1)
    folder.mkdir()
    paths = "".join(
        f"{name}_temp_path {folder}/{name};\n"
        for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (folder / "nginx.conf").write_text(
        f"daemon off; pid {folder}/pid; error_log stderr warn; events {{}}\n"
        f"{'user root;' if os.geteuid() == 0 else ''}\n"
        f"http {{ access_log off;\n{paths}{shipped} }}\n"
    )
    command = [str(NGINX), "-p", str(folder), "-c", str(folder / "nginx.conf")]
    checked = subprocess.run([*command, "-t"], capture_output=True, text=True)
    assert checked.returncode == 0, checked.stderr
    assert "warn" not in checked.stderr
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        server = Server(port)
        while process.poll() is None:
            try:
                server.get("/")
                break
            except ConnectionRefusedError:
                continue
        yield server
    finally:
        process.terminate()
        process.wait()


@pytest.fixture
def served(town_site: Published, tmp_path: Path) -> Iterator[tuple[Published, Server]]:
    town_site.publish()
    for server in serve(town_site.current, tmp_path / "nginx"):
        yield town_site, server


def test_what_readers_get(served: tuple[Published, Server]) -> None:
    site, server = served
    home = server.get("/", Accept_Language="es")
    assert home.status == 200
    assert home.body == (site.current / "index.html").read_bytes()  # the reader chooses, not we
    policy = home.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert home.headers["x-content-type-options"] == "nosniff"
    assert "set-cookie" not in home.headers
    assert home.headers["cache-control"] == "no-cache"
    assert home.headers["content-type"] == "text/html; charset=utf-8"
    again = server.get("/", If_None_Match=home.headers["etag"])
    assert (again.status, again.body) == (304, b"")
    packed = server.get("/", Accept_Encoding="gzip")
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.headers["vary"] == "Accept-Encoding"
    assert gzip.decompress(packed.body) == home.body
    style = re.search(rb'href="[^"]*(/theme/css/[^"]+\?v=[^"]+)"', home.body)
    assert style
    kept = server.get(style[1].decode())
    assert "immutable" in kept.headers["cache-control"]
    assert kept.headers["content-type"].startswith("text/css")
    for address, kind in (
        ("/calendari.ics", "text/calendar"),
        ("/contactes/obres/contact.vcf", "text/vcard"),
        ("/feed.atom", "application/atom+xml"),
        ("/feed.json", "application/feed+json"),
        ("/index.json", "application/json"),
    ):
        found = server.get(address)
        assert found.status == 200, address
        assert found.headers["content-type"] == f"{kind}; charset=utf-8", address
    assert server.get("/index.json").headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-origin" not in home.headers


def test_what_is_not_there_is_told_in_the_readers_language(
    served: tuple[Published, Server],
) -> None:
    site, server = served
    for address, page in (
        ("/res/", "404.html"),
        ("/es/nada/", "es/404.html"),
        ("/zz/res/", "404.html"),
        ("/theme/", "404.html"),
        ("/.git/config", "404.html"),
    ):
        found = server.get(address)
        assert found.status == 404, address
        assert found.body == (site.current / page).read_bytes(), address
        assert "content-security-policy" in found.headers
    assert server.get("/.well-known/security.txt").status == 200
    there = server.get("/avisos")
    assert (there.status, there.headers["location"]) == (301, "/avisos/")


def test_one_digit_reaches_who_has_the_old_page(served: tuple[Published, Server]) -> None:
    """nginx knows a file by its time and size alone; the size is the same, the second may be."""
    site, server = served
    site.say("Telèfon 971 000 001.")
    site.publish()
    old = server.get(ADDRESS)
    text = (site.project.content / NOTE).read_text("utf-8")
    site.project.write(NOTE, text.replace("971 000 001", "971 000 002"))
    site.publish()
    new = server.get(ADDRESS, If_None_Match=old.headers["etag"])
    assert new.status == 200
    assert len(new.body) == len(old.body)
    assert b"971 000 002" in new.body


def test_no_request_fails_while_releases_are_swapped(served: tuple[Published, Server]) -> None:
    site, server = served
    first = site.release
    site.say("Una altra frase.")
    site.publish()
    wanted = {
        (site.folder / "releases" / name / ADDRESS.strip("/") / "index.html").read_bytes()
        for name in (first, site.release)
    }
    names = (first, site.release)
    for number in range(100):
        link = site.folder / "next"
        os.symlink(f"releases/{names[number % 2]}", link)
        os.replace(link, site.current)
        for _ in range(5):
            found = server.get(ADDRESS)
            assert found.status == 200
            assert found.body in wanted


def test_other_hosts_are_told_the_same(served: tuple[Published, Server]) -> None:
    """`_headers` has the headers of nginx's answers, and no others."""
    site, server = served
    rules: dict[str, dict[str, str]] = {}
    for line in (site.current / "_headers").read_text("utf-8").splitlines():
        if line.startswith("/"):
            path = line
        else:
            name, value = line.strip().split(": ", 1)
            rules.setdefault(path, {})[name.lower()] = value
    own = {
        *("accept-ranges", "connection", "content-length", "content-type", "date", "etag"),
        *("last-modified", "server", "vary"),
    }
    style = next((site.current / "theme" / "css").glob("*.css"))
    for address, paths in (
        ("/", ["/*"]),
        ("/res/", ["/*"]),
        ("/index.json", ["/*", "/*.json"]),
        ("/avisos/feed.atom", ["/*", "/*.atom"]),
        (f"/theme/css/{style.name}?v=0123456789", ["/*", "/theme/*"]),
    ):
        wanted = {name: value for path in paths for name, value in rules[path].items()}
        # These hosts ask for the rest anew by themselves; nginx must be told.
        wanted.setdefault("cache-control", "no-cache")
        found = server.get(address).headers
        assert {name: v for name, v in found.items() if name not in own} == wanted, address
