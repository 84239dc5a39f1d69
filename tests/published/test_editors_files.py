"""Web pages, drawings and data among the editors' files: published as they are, and harmless."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import pairwise

import pytest
from playwright.sync_api import Browser
from published_site import ADDRESS, Published, small_project
from test_nginx import NGINX, Server, serve

pytestmark = pytest.mark.skipif(NGINX is None, reason="there is no nginx here")

RUN = "document.documentElement.dataset.ran = 'yes'; new Image().src = '/ran'"
PAGE = f"""<!doctype html><html><head><title>Informe</title>
<style>h1 {{ color: rgb(1, 2, 3) }}</style>
<script>{RUN}</script><script src="../acte.js"></script></head>
<body onload="{RUN}"><h1>Informe</h1><img src="x" onerror="{RUN}">
<a href="no-hi-es.htm">un altre full</a> <a href="#no-hi-es">enlloc</a>
<form action="/x"><button>Envia</button></form></body></html>
"""
XHTML = f"""<html xmlns="http://www.w3.org/1999/xhtml"><head><title>Informe</title>
<style>h1 {{ color: rgb(1, 2, 3) }}</style><script>{RUN}</script></head>
<body onload="{RUN}"><h1>Informe</h1></body></html>
"""
SVG = f"""<svg xmlns="http://www.w3.org/2000/svg"><title>Plànol</title>
<script>{RUN}</script><rect width="9" height="9"/></svg>
"""
PDF = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj
trailer<</Root 1 0 R>>
%%EOF"""
LIKE_A_STYLE = "a.0123456789abcdef.css"
KINDS = {
    "csv": "text/csv; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
    "vtt": "text/vtt; charset=utf-8",
    "json": "application/json; charset=utf-8",
    "geojson": "application/geo+json; charset=utf-8",
    "gif": "image/gif",
    "avif": "image/avif",
    "webp": "image/webp",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "kml": "application/vnd.google-earth.kml+xml",
    "mp4": "video/mp4",
    "mp3": "audio/mpeg",
    "zip": "application/zip",
    "dwg": "application/octet-stream",
}
FILES: dict[str, str | bytes] = {
    **{f"tipus/poblacio.{ending}": "Població,dàda\n" for ending in KINDS},
    LIKE_A_STYLE: "p {}",
    "index.html": PAGE,
    "mapa/index.html": PAGE,
    "informe.html": PAGE,
    "full.htm": PAGE,
    "full.xhtml": XHTML,
    "planol.svg": SVG,
    "acte.js": RUN,
    "dades/index.json": '{"kind": "gone", "url": "/"}',
    "dades/llista.json": "[1,",
    "acta-2.PDF": PDF,
    "acta.pdf": PDF,
}


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Published, Server]]:
    """The small site with all these files, and links to them."""
    root = tmp_path_factory.mktemp("files")
    site = Published(small_project(root / "project"), root / "site")
    for path, text in FILES.items():
        site.project.write(f"files/{path}", text)
    site.say(
        "[tots](../files/) [mapa](../files/mapa/) [informe](/files/informe.html#x) "
        "[mapa](/files/mapa/)"
    )
    site.publish()
    with serve(site, root / "nginx") as server:
        yield site, server


def test_they_are_published_as_they_are(served: tuple[Published, Server]) -> None:
    """And are no pages of the site: for the index, the site map, the record or what is gone."""
    site, server = served
    for path, text in FILES.items():
        wanted = text.encode() if isinstance(text, str) else text
        assert (site.current / "files" / path).read_bytes() == wanted
        assert server.get(f"/files/{path}").words == wanted
    for folder in ("/files/", "/files/mapa/"):
        assert server.get(folder).words == PAGE.encode()
        assert f'href="{folder}"' in server.get(ADDRESS).words.decode()
    assert "files/" not in (site.current / "sitemap.xml").read_text("utf-8")
    index = json.loads((site.current / "api/v1/index.json").read_bytes())
    assert not any("/files/" in document["url"] for document in index["documents"])
    named = {file["url"].partition("/files/")[2] for file in index["files"]}
    assert named >= FILES.keys(), "they have addresses, which must last"
    assert site.record[-1]["gone"] == []
    assert site.verify()[0] == 0
    evidence = site.saig("evidence", "/files/mapa/")
    assert evidence.returncode == 0, evidence.stderr


@pytest.mark.parametrize(
    "path", ["", "mapa/", "informe.html", "full.htm", "full.xhtml", "planol.svg"]
)
def test_what_is_in_them_does_not_act(
    path: str, served: tuple[Published, Server], browser: Browser
) -> None:
    """A browser shows them as they look, and runs nothing."""
    _, server = served
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    answer = page.goto(f"http://127.0.0.1:{server.port}/files/{path}")
    assert answer is not None
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")
    assert answer.headers["content-security-policy"].endswith("sandbox")
    assert page.evaluate("document.documentElement.dataset.ran") is None
    assert not [url for url in asked if url.endswith("/ran")]
    assert page.evaluate("window.origin") == "null"
    if path.endswith(".svg"):
        assert page.locator("rect").count() == 1
    else:
        assert page.locator("h1").evaluate("e => getComputedStyle(e).color") == "rgb(1, 2, 3)"
    page.close()


def test_each_answer_has_one_policy(served: tuple[Published, Server]) -> None:
    """A PDF is not sandboxed, for browsers would not show it; pages of the site have theirs."""
    _, server = served
    for path in ("/files/acta.pdf", "/files/acta-2.PDF"):
        policy = server.get(path).headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "sandbox" not in policy
    assert "sandbox" not in server.get("/").headers["content-security-policy"]
    assert server.get("/files/acta.pdf").headers["content-type"] == "application/pdf"
    assert server.get("/files/acta.pdf").headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in server.get("/files/acte.js").headers["content-security-policy"]


@pytest.mark.parametrize("ending", KINDS)
def test_each_file_says_what_it_is(ending: str, served: tuple[Published, Server]) -> None:
    """And in which signs its text is: a spreadsheet would else take "à" for two others."""
    _, server = served
    found = server.get(f"/files/tipus/poblacio.{ending}")
    assert (found.status, found.headers["content-type"]) == (200, KINDS[ending])
    assert found.headers["x-content-type-options"] == "nosniff"
    assert found.headers["content-security-policy"].endswith("; sandbox")


def test_other_hosts_are_told_the_same(served: tuple[Published, Server]) -> None:
    """What `_headers` says of an ending is what nginx answers."""
    site, _ = served
    lines = (site.current / "_headers").read_text("utf-8").splitlines()
    said = {
        path.removeprefix("/*."): line.partition(": ")[2]
        for path, line in pairwise(lines)
        if "Content-Type" in line
    }
    assert said.keys() >= {"csv", "gif", "avif", "odt", "docx", "kml", "mp4"}
    for ending in said.keys() & KINDS.keys():
        assert said[ending] == KINDS[ending]


def test_only_the_themes_files_are_kept_for_a_year(served: tuple[Published, Server]) -> None:
    """A digest behind any other address would keep a page, or that there is none, from changing."""
    site, server = served
    style = next((site.current / "theme/css").glob("site.*.css")).name
    for headers in ({}, {"Range": "bytes=0-9"}, {"Accept_Encoding": "gzip"}, {"Cookie": "a=b"}):
        kept = server.get(f"/theme/css/{style}", **headers)
        assert kept.status == (206 if "Range" in headers else 200)
        assert "immutable" in kept.headers["cache-control"]
    again = server.get(
        f"/theme/css/{style}", If_None_Match=server.get(f"/theme/css/{style}").headers["etag"]
    )
    assert again.status == 304 and "immutable" in again.headers["cache-control"]
    for address, status in (
        ("/?v=01", 200),
        ("/theme/css/site.css", 200),
        ("/theme/css/site.css?v=0123456789abcdef", 200),
        (f"/files/{LIKE_A_STYLE}", 200),
        (f"/files/{LIKE_A_STYLE}?/theme/css/{style}", 200),
        (f"/theme/../files/{LIKE_A_STYLE}", 200),
        ("/theme/css/site.0123456789abcdef.css", 404),
        (f"/theme/css/{style}/", 404),
        (f"/theme/css/{style}x", 404),
        (f"/{style}", 404),
        (f"/theme/css/./../{style}", 404),
    ):
        found = server.get(address)
        assert (found.status, found.headers["cache-control"]) == (status, "no-cache"), address
    asked = server.get(f"/theme/css/{style}", Range="bytes=99999999-")
    assert (asked.status, asked.headers["cache-control"]) == (416, "no-cache")


def test_the_address_of_a_preview_as_it_is_typed(served: tuple[Published, Server]) -> None:
    _, server = served
    answer = server.get("/_preview/estiu-1")
    assert (answer.status, answer.headers["location"]) == (301, "/_preview/estiu-1/")
    assert server.get("/_preview/a%0d%0ax").status == 404
