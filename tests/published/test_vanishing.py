"""Notes renamed, removed and brought back over several releases: no address ever vanishes."""

from __future__ import annotations

import http.server
import re
import shutil
import urllib.request
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from project import DAY, new_project
from published_site import SMALL, Published
from serving import in_background

NOTE = "notices/estiu.md"


class Reader:
    """Someone with bookmarks of all that was ever public."""

    def __init__(self, site: Published, url: str) -> None:
        self.site, self.url = site, url

    def read(self, address: str) -> str:
        with urllib.request.urlopen(self.url + address, timeout=20) as answer:
            assert answer.status == 200
            return str(answer.read().decode())

    def end(self, address: str) -> str:
        """Where an address leads, in one step at most."""
        moved = re.search(r'http-equiv="refresh" content="0; url=([^"]+)"', self.read(address))
        if not moved:
            return address
        assert "http-equiv" not in self.read(moved[1]), "a redirect to a redirect"
        return moved[1]

    def ends(self) -> dict[str, str]:
        """Every page that was ever public, and where it leads now."""
        ever = {address for line in self.site.record for address in line["added"]}
        return {address: self.end(address) for address in ever if address.endswith("/")}


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def reader(tmp_path: Path) -> Iterator[Reader]:
    """Of a site with few notes, as it is published many times, in the pages of the real theme."""
    site = Published(new_project(tmp_path / "project", None), tmp_path / "site")
    for path, text in SMALL.items():
        site.project.write(path, text)
    handler = partial(_Quiet, directory=str(site.current))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        in_background(server)
        yield Reader(site, f"http://127.0.0.1:{server.server_address[1]}")
        server.shutdown()


def write(site: Published, slug: str, *old: str, name: str = NOTE) -> None:
    redirects = f"old_addresses: [{', '.join(old)}]\n" if old else ""
    front = f"title: Estiu\nslug: {slug}\nsummary: S.\ndate: 2020-06-01\n{redirects}"
    site.project.write(name, f"---\n{front}---\nText de l'estiu.\n")


def gone(site: Published, *addresses: str) -> None:
    with (site.project.content / "gone.yaml").open("a", encoding="utf-8") as file:
        for address in addresses:
            file.write(
                f"- {{address: {address}, title: {{ca: Estiu}}, date: 2020-10-01, "
                "reason: {ca: Ha passat}}\n"
            )


def refused(site: Published, code: str, words: str) -> None:
    current = site.release
    done = site.saig("publish", "--today", DAY, "--keep", "1")
    assert done.returncode == 1
    assert f"error[{code}] {words}" in done.stderr, done.stderr
    assert site.release == current


def test_addresses_over_several_releases(reader: Reader) -> None:
    site = reader.site
    one, two, three = "/avisos/un/", "/avisos/dos/", "/avisos/tres/"
    write(site, "un")
    site.publish()
    assert reader.end(one) == one

    write(site, "dos")
    refused(site, "vanished-address", f"{one} was published")
    write(site, "dos", one)
    site.publish()
    write(site, "tres", one, two)
    site.publish("--keep", "1")
    ends = reader.ends()
    assert {ends[address] for address in (one, two, three)} == {three}

    # Old redirects are remembered by the record, though no release that is kept lists them.
    site.saig("publish", "--today", DAY, "--keep", "1")
    write(site, "tres", two)
    refused(site, "vanished-address", f"{one} was published")

    # Back at its first address, the others lead there; and it cannot redirect to itself.
    write(site, "un", one, two, three)
    refused(site, "duplicate-address", f"{one} leads to itself")
    write(site, "un", two, three)
    site.publish()
    ends = reader.ends()
    assert {ends[address] for address in (one, two, three)} == {one}

    # Removed: each of its addresses says why.
    (site.project.content / NOTE).unlink()
    gone(site, one, two)
    refused(site, "vanished-address", f"{three} was published")
    gone(site, three)
    site.publish()
    for address in (one, two, three):
        assert "Ha passat" in reader.read(address)

    # Brought back: what lives is not gone.
    write(site, "dos", three)
    refused(site, "duplicate-address", f"the address {two} is that of a page")
    file = site.project.content / "gone.yaml"
    lines = file.read_text("utf-8").splitlines(keepends=True)
    file.write_text("".join(x for x in lines if two not in x and three not in x), "utf-8")
    site.publish()
    ends = reader.ends()
    assert (ends[two], ends[three]) == (two, two)
    assert "Ha passat" in reader.read(one)

    # Another note may not take an address that leads on, until it leads on no more.
    write(site, "tres", name="notices/altre.md")
    refused(site, "duplicate-address", f"{three} is that of a page that is there")
    write(site, "dos")
    site.publish()
    ends = reader.ends()
    assert (ends[two], ends[three]) == (two, three)
    assert site.verify()[0] == 0


def test_a_hidden_note_does_not_vanish_either(town_site: Published) -> None:
    """It is in no index, but who has its address had a page."""
    site = town_site
    site.publish()
    (site.project.content / "notices/2020/amagat.md").unlink()
    refused(site, "vanished-address", "/avisos/avis-amagatall/ was published")


def test_files_and_addresses_of_a_former_portal_do_not_vanish_either(town_site: Published) -> None:
    """The record knows what each was, and the note is told on its own lines."""
    site, portal = town_site, ("/Portal/Estiu.aspx", "'/node.jsp?id=1'", "/estiu/llicències/")
    site.project.write("files/acta.pdf", b"x")
    write(site, "un", *portal)
    site.publish()
    (site.project.content / "files/acta.pdf").unlink()
    write(site, "un")
    done = site.saig("publish", "--today", DAY)
    assert done.returncode == 1
    assert "content/gone.yaml:1:1: error[vanished-address] /files/acta.pdf was" in done.stderr
    for address in portal:
        told = f"content/{NOTE}:2:8: error[vanished-address] {address.strip(chr(39))} was published"
        assert told in done.stderr
    line = f"old_addresses: [/Portal/Estiu.aspx, /estiu/llicències/, {portal[1]}]"
    assert f"write here: {line}" in done.stderr
    gone(site, "/files/acta.pdf")
    write(site, "un", *portal)
    site.publish()
    for address, word in (("/files/acta.pdf", "withdrawn"), ("/Portal/Estiu.aspx", "moved")):
        said = site.saig("evidence", address)
        assert said.returncode == 0, said.stderr
        assert word in said.stdout.lower(), said.stdout


def test_what_only_the_record_knows_does_not_vanish_either(three: Published) -> None:
    """No release is left that says what stood there: told all the same, with what to add."""
    shutil.rmtree(three.folder / "releases")
    three.current.unlink()
    (three.project.content / "pages/sobre.md").unlink()
    done = three.saig("publish", "--today", DAY)
    assert done.returncode == 1
    assert "error[vanished-address]" in done.stderr and "/sobre-aquest-web/" in done.stderr
    assert "Saig failed" not in done.stderr
