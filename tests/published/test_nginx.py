"""What readers get from a real nginx with the configuration that Saig ships (docs/operators.md)."""

from __future__ import annotations

import gzip
import http.client
import json
import os
import re
import shutil
import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import brotli
import pytest
from playwright.sync_api import Browser, Page
from project import REPOSITORY, Project, new_project
from published_site import ADDRESS, NOTE, PAGE, Published, small_project
from saig.publishing import durable
from towns import speaking

NGINX = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin:/usr/local/sbin")
WRK = shutil.which("wrk")
SWITCHES = 300
pytestmark = pytest.mark.skipif(NGINX is None, reason="there is no nginx here")


def brotli_module() -> Path | None:
    """The module that Debian has in a package of its own."""
    built = subprocess.run([str(NGINX), "-V"], capture_output=True, text=True).stderr
    folder = re.search(r"--modules-path=(\S+)", built)
    module = Path(folder[1] if folder else "/") / "ngx_http_brotli_static_module.so"
    return module if module.is_file() else None


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def words(self) -> bytes:
        """The body, whatever it was compressed with."""
        opened = {"gzip": gzip.decompress, "br": brotli.decompress}
        unpack = opened.get(self.headers.get("content-encoding", ""), bytes)
        return bytes(unpack(self.body))


@dataclass
class Server:
    port: int

    def get(self, address: str, **headers: str) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request("GET", address, headers=named)
        answer = connection.getresponse()
        found = {name.lower(): value for name, value in answer.getheaders()}
        body = answer.read()
        connection.close()
        return Answer(answer.status, found, body)


@contextmanager
def serve(
    site: Published, home: Path, below: str = "", module: Path | None = None
) -> Iterator[Server]:
    """nginx as it is shipped, but for the port and the folder. ``home``: a folder for it.
    ``below``: a sub-path; its line is written as the file says. ``module``: brotli's."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    shipped = (REPOSITORY / "deploy" / "nginx.conf").read_text("utf-8")
    shipped, listens = re.subn(r"listen 80;", f"listen 127.0.0.1:{port};", shipped)
    shipped, roots = re.subn(r"root /srv/saig", f"root {site.folder}", shipped)
    shipped, logs = re.subn(r"/var/log/nginx/", f"{home}/", shipped)
    assert (listens, roots, logs) == (1, 1, 2)
    if below:
        shipped, lines = re.subn(r'# ("~\^)/avisos\(', rf"\1{below}(", shipped)
        assert lines == 1
    home.mkdir()
    paths = "".join(
        f"{name}_temp_path {home}/{name};\n"
        for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (home / "nginx.conf").write_text(
        f"{f'load_module {module};' if module else ''}\n"
        f"daemon off; pid {home}/pid; error_log stderr warn; events {{}}\n"
        f"{'user root;' if os.geteuid() == 0 else ''}\n"
        f"http {{ access_log off;\n{'brotli_static on;' if module else ''}\n{paths}{shipped} }}\n"
    )
    command = [str(NGINX), "-p", str(home), "-c", str(home / "nginx.conf")]
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


GONE = [
    "/files/fora.pdf",
    "/Portal/Fora.aspx",
    "/portal/node.jsp?id=8",
    "/arxiu.doc",
    "/arxiu.tar.gz",
]
OLD = {
    "contacts/obres.md": [
        *("/antic", "/antic.html", "/Portal/Obres.aspx", "/urbanisme/obres.php", "/~urb/obres.htm"),
        *("/avisos/llicències/", "/l'obra(1),2;a/", '/a"b', "/a+b~c[1]", "/obra%20nova.asp"),
        *("/portal/node.jsp?id=123", "/portal/node.jsp?id=7&nom=b%20c", "/?p=5"),
    ],
    "services/llicencia.md": ["/portal/node.jsp?id=9", "/portal/un.jsp?id=1", "/files/vell.pdf"],
}
"""Addresses of a former portal."""


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Published, Server]]:
    """The town, to be read. Of what is gone, one was a file, and one is written without its slash."""
    root = tmp_path_factory.mktemp("served")
    site = Published(new_project(root / "project"), root / "site")
    with (site.project.content / "gone.yaml").open("a", encoding="utf-8") as file:
        for address in ("/es/fuera.html", "/fora"):
            file.write(f"- {{address: {address}, title: {{ca: A}}, date: 2020-12-01, ")
            file.write("reason: {ca: B}}\n")
        for address in GONE:
            entry = {"address": address, "title": {"ca": "Fora"}, "date": "2020-12-01"}
            file.write(f"- {json.dumps(entry | {'reason': {'ca': 'Ja no.'}})}\n")
    for note, addresses in OLD.items():
        line = f"\nold_addresses: {json.dumps(addresses)}\ntitle"
        site.project.change(note, "\ntitle", line)
    site.publish()
    with serve(site, root / "nginx") as server:
        yield site, server


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    """A reader's browser."""
    page = browser.new_page()
    yield page
    page.close()


def test_what_readers_get(served: tuple[Published, Server]) -> None:
    site, server = served
    home = server.get("/")
    assert home.status == 200
    assert home.body == (site.current / "index.html").read_bytes()
    policy = home.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert home.headers["x-content-type-options"] == "nosniff"
    assert "set-cookie" not in home.headers
    assert "x-robots-tag" not in home.headers
    assert home.headers["cache-control"] == "no-cache"
    assert home.headers["content-type"] == "text/html; charset=utf-8"
    again = server.get("/", If_None_Match=home.headers["etag"])
    assert (again.status, again.body) == (304, b"")
    style = re.search(rb'href="[^"]*(/theme/css/[^"]+\.[0-9a-f]{16}\.css)"', home.body)
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


def test_the_reader_chooses_the_language(served: tuple[Published, Server]) -> None:
    """`/` is the same whatever a browser, or a cookie, says that its owner prefers."""
    site, server = served
    home = server.get("/", Accept_Language="es,en;q=0.5", Cookie="lang=es", Accept_Encoding="gzip")
    assert home.status == 200
    assert home.words == (site.current / "index.html").read_bytes()
    assert home.headers["vary"] == "Accept-Encoding"


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
        ("/_preview/", "404.html"),
        ("/_preview/.hidden/", "404.html"),
    ):
        found = server.get(address)
        assert found.status == 404, address
        assert found.body == (site.current / page).read_bytes(), address
        assert "content-security-policy" in found.headers
    assert server.get("/_preview/none/").status == 404
    # Nothing of the folder but what is current; nothing of the disk where nothing is.
    for address in ("/../publications.jsonl", "/_preview/..%2f..%2f..%2f..%2fetc/passwd"):
        assert server.get(address).status in (400, 404)
    assert server.get("/_preview/none/etc/passwd").status == 404
    assert server.get("/.well-known/security.txt").status == 200
    there = server.get("/avisos")
    assert (there.status, there.headers["location"]) == (301, "/avisos/")


def test_the_log_knows_no_reader(small_site: Published, tmp_path: Path) -> None:
    """What the page on privacy says: neither her address nor her browser, nor what she asked for
    behind a question mark, nor where she came from. In the log of errors there is nothing, as none
    happened."""
    small_site.publish()
    with serve(small_site, tmp_path / "nginx") as server:
        told = {"User_Agent": "Telltale/1", "Referer": "https://telltale.test/", "From": "telltale"}
        server.get("/?telltale=1", **told)
        server.get("/no-hi-es/?q=telltale", X_Forwarded_For="192.0.2.7", **told)
    logs = sorted((tmp_path / "nginx").glob("saig*.log"))
    kept = [log.read_text("utf-8") for log in logs]
    assert [log.name for log in logs] == ["saig-error.log", "saig.log"]
    assert '"/no-hi-es/" 404' in kept[1]
    assert not re.search(r"127\.0\.0\.1|192\.0\.2\.7|[Tt]elltale|q=", "".join(kept))


def test_what_is_not_there_is_told_in_any_language(tmp_path: Path) -> None:
    """Its code may have three letters, a region, a script or a variant."""
    languages = ["ca", "ast", "pt-BR", "zh-Hant", "es-419", "oc-aranes"]
    site = Published(speaking(tmp_path / "town", languages), tmp_path / "site")
    site.publish()
    with serve(site, tmp_path / "nginx") as server:
        for lang in languages[1:]:
            found = server.get(f"/{lang}/no-hi-es/")
            assert found.status == 404
            assert found.body == (site.current / lang / "404.html").read_bytes()
            assert server.get(f"/{lang}/").status == 200
        assert server.get("/oc-aranes/vell/").status == 410
        assert server.get("/oc/no-hi-es/").body == (site.current / "404.html").read_bytes()


def test_nothing_is_served_before_anything_is_published(tmp_path: Path) -> None:
    """And nothing else of the disk either."""
    site = Published(Project(tmp_path), tmp_path / "site")
    with serve(site, tmp_path / "nginx") as server:
        for address in ("/", "/etc/passwd", "/index.html"):
            assert server.get(address).status == 404


def test_what_is_gone_answers_so(served: tuple[Published, Server]) -> None:
    """410, with the page that says why, or its document; all else about it is as ever."""
    site, server = served
    for address, file in (
        ("/avisos/grip-2019/", "avisos/grip-2019/index.html"),
        ("/avisos/grip-2019/index.html", "avisos/grip-2019/index.html"),
        ("/avisos/grip-2019/index.json", "avisos/grip-2019/index.json"),
        ("/es/fuera.html", "es/fuera.html/index.html"),
        ("/fora/", "fora/index.html"),
    ):
        for coding in ("identity", "gzip"):
            found = server.get(address, Accept_Encoding=coding)
            assert found.status == 410, address
            assert found.words == (site.current / file).read_bytes()
            assert "content-security-policy" in found.headers
            assert found.headers["cache-control"] == "no-cache"
    assert server.get("/avisos/grip-2019").headers["location"] == "/avisos/grip-2019/"
    assert server.get("/avisos/").status == 200


def test_an_old_address_leads_on(served: tuple[Published, Server]) -> None:
    """However it is written in the note."""
    _, server = served
    assert server.get("/antic").headers["location"] == "/antic/"
    for address in ("/antic/", "/antic.html/", "/platja/"):
        found = server.get(address)
        assert found.status == 200
        assert b'http-equiv="refresh" content="0; url=/' in found.body


@pytest.mark.parametrize(
    "address",
    [
        *(
            "/antic.html",
            "/Portal/Obres.aspx",
            "/urbanisme/obres.php",
            "/~urb/obres.htm",
            "/a+b~c[1]",
        ),
        *(
            "/avisos/llicències/",
            "/avisos/llic%c3%a8ncies",
            "/l'obra(1),2;a",
            '/a"b',
            "/obra nova.asp",
        ),
        *("/portal/node.jsp?id=123", "/portal/node.jsp?id=7&nom=b c", "/?p=5"),
    ],
)
def test_an_old_address_is_shown_by_a_browser(
    address: str, served: tuple[Published, Server], page: Page
) -> None:
    """Whatever it ends in: nothing is downloaded, and the reader stands on the new page."""
    _, server = served
    page.goto(f"http://127.0.0.1:{server.port}{address}")
    page.wait_for_url("**/contactes/obres/")
    assert page.title().startswith("Secció d'Obres")


def test_what_only_a_query_told_apart_is_told_apart(served: tuple[Published, Server]) -> None:
    """Without one, and with another, the page names all that were there; nothing else is looked for."""
    site, server = served
    found = server.get("/portal/node.jsp?id=9")
    assert (found.status, found.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert b"url=/serveis/" in found.body
    assert server.get("/portal/node.jsp?id=8").status == 410
    assert server.get("/portal/node.jsp/?id=9").body == found.body
    for address in ("/portal/node.jsp/", "/portal/node.jsp/?id=77", "/portal/node.jsp/?.."):
        other = server.get(address)
        assert other.status == 200
        assert other.body == (site.current / "portal/node.jsp/index.html").read_bytes()
        assert b"/contactes/obres/" in other.body
        assert b"/serveis/" in other.body
    assert b"url=/serveis/" in server.get("/portal/un.jsp/?id=2").body, "they were all of one note"
    home = (site.current / "index.html").read_bytes()
    for query in ("p=6", "..", "../../../../etc/passwd", "%2e%2e%2f", "x" * 500, "a/b"):
        assert server.get(f"/?{query}").body == home


def test_a_page_leads_on_from_a_file_that_moved(
    served: tuple[Published, Server], page: Page
) -> None:
    """Below ``/files/`` too, where a browser heeds no refresh of what editors put there."""
    _, server = served
    page.goto(f"http://127.0.0.1:{server.port}/files/vell.pdf")
    page.wait_for_url("**/serveis/*/")


@pytest.mark.parametrize(
    "address", ["/files/fora.pdf", "/Portal/Fora.aspx", "/arxiu.doc", "/arxiu.tar.gz"]
)
def test_what_is_gone_is_shown_by_a_browser(
    address: str, served: tuple[Published, Server], page: Page
) -> None:
    """With its document, and 410 for itself, its folder and that document."""
    _, server = served
    answer = page.goto(f"http://127.0.0.1:{server.port}{address}")
    assert answer
    assert answer.status == 410
    assert page.locator("h1").inner_text() == "Fora"
    assert "sandbox" not in answer.headers["content-security-policy"], "it is no editors' file"
    for end in ("", "/", "/index.json"):
        found = server.get(address + end, Accept_Encoding="gzip")
        assert found.status == 410
        kind = "application/json" if end == "/index.json" else "text/html"
        assert found.headers["content-type"] == f"{kind}; charset=utf-8"
    document = json.loads(server.get(f"{address}/index.json").body)
    assert document["gone"]["address"].endswith(address)


def test_a_server_can_be_held_against_the_record(served: tuple[Published, Server]) -> None:
    """Every file, in every form; gone ones and those for other hosts too."""
    site, server = served
    record = str(site.folder / "publications.jsonl")
    url = f"http://127.0.0.1:{server.port}"
    done = site.project.saig("verify", url, "--record", record)
    assert done.returncode == 0, done.stdout + done.stderr


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
    style = next((site.current / "theme" / "css").glob("site.*.css"))
    for address, paths in (
        ("/", ["/*"]),
        ("/res/", ["/*"]),
        ("/files/planol.png", ["/*", "/files/*"]),
        ("/index.json", ["/*", "/*.json"]),
        ("/avisos/feed.atom", ["/*", "/*.atom"]),
        (f"/theme/css/{style.name}", ["/*", f"/theme/css/{style.name}"]),
        ("/theme/css/site.css", ["/*"]),
    ):
        wanted = {
            name: value for path in paths for name, value in rules[path].items() if name not in own
        }
        # These hosts ask for the rest anew by themselves; nginx must be told.
        wanted.setdefault("cache-control", "no-cache")
        found = server.get(address).headers
        assert {name: v for name, v in found.items() if name not in own} == wanted, address


def withdraw(site: Published) -> None:
    """The small site with a note, published; and again, with the note withdrawn."""
    site.project.write("pages/vell.md", "---\ntitle: Vell\nsummary: Un text.\n---\nText.\n")
    site.publish()
    (site.project.content / "pages/vell.md").unlink()
    site.project.write(
        "gone.yaml",
        "- {address: /vell/, title: {ca: Vell}, date: 2020-12-01, reason: {ca: Ja no cal.}}\n",
    )
    site.say("Una altra frase.")
    site.publish()


def test_a_site_below_a_path(small_site: Published, tmp_path: Path) -> None:
    settings = small_site.project.root / "publishconf.py"
    settings.write_text(f'{settings.read_text()}\nSITEURL = "https://example.org/el-poble"\n')
    withdraw(small_site)
    with serve(small_site, tmp_path / "nginx", below="/el-poble") as server:
        home = server.get("/el-poble/")
        assert (home.status, home.body) == (200, (small_site.current / "index.html").read_bytes())
        assert server.get("/el-poble/vell/").status == 410
        assert server.get("/el-poble/avisos").headers["location"] == "/el-poble/avisos/"
        missing = server.get("/el-poble/res/")
        assert missing.status == 404
        assert missing.body == (small_site.current / "404.html").read_bytes()
    assert "\n/el-poble/vell/ /el-poble/vell/index.html 410!\n" in "\n" + (
        small_site.current / "_redirects"
    ).read_text("utf-8")
    assert (small_site.current / "_headers").read_text("utf-8").startswith("/el-poble/*\n")


def test_a_preview_is_like_the_site_but_not_to_be_found(
    served: tuple[Published, Server], tmp_path: Path
) -> None:
    site, server = served
    preview = Published(small_project(tmp_path / "branch"), site.folder / "previews" / "nova")
    settings = preview.project.root / "publishconf.py"
    settings.write_text(f'{settings.read_text()}\nSITEURL = "https://vila.test/_preview/nova"\n')
    withdraw(preview)
    for address, status, file in (
        ("/", 200, "index.html"),
        (ADDRESS, 200, PAGE),
        ("/feed.json", 200, "feed.json"),
        ("/vell/", 410, "vell/index.html"),
        ("/vell/index.json", 410, "vell/index.json"),
        ("/avisos/grip-2019/", 404, "404.html"),
        ("/.git/config", 404, "404.html"),
    ):
        found = server.get(f"/_preview/nova{address}")
        assert (found.status, found.body) == (status, (preview.current / file).read_bytes())
        assert found.headers["x-robots-tag"] == "noindex, nofollow"
        assert "default-src 'none'" in found.headers["content-security-policy"]
    style = next((preview.current / "theme/css").glob("site.*.css")).name
    kept = server.get(f"/_preview/nova/theme/css/{style}").headers
    assert "immutable" in kept["cache-control"] and kept["x-robots-tag"] == "noindex, nofollow"
    missing = server.get("/_preview/nova/theme/css/site.0123456789abcdef.css")
    assert (missing.status, missing.headers["cache-control"]) == (404, "no-cache")
    there = server.get("/_preview/nova/avisos")
    assert (there.status, there.headers["location"]) == (301, "/_preview/nova/avisos/")
    assert server.get("/vell/").status == 404
    assert server.get("/avisos/grip-2019/").status == 410


@pytest.mark.parametrize("with_brotli", [False, True])
def test_one_digit_reaches_who_has_the_old_page(
    with_brotli: bool, small_site: Published, tmp_path: Path
) -> None:
    """nginx knows a file by its time and size alone; the size is the same, the second may be.
    Neither the page nor a twin of it may stay."""
    module = brotli_module()
    if with_brotli and not module:
        pytest.skip("this nginx has no brotli_static")
    site = small_site
    site.say("Telèfon 971 000 001.")
    site.publish()
    with serve(site, tmp_path / "nginx", module=module if with_brotli else None) as server:
        codings = ("identity", "gzip", "br")
        old = {coding: server.get(ADDRESS, Accept_Encoding=coding) for coding in codings}
        said = "br" if with_brotli else None
        assert old["gzip"].headers["content-encoding"] == "gzip"
        assert old["br"].headers.get("content-encoding") == said
        for coding in codings:
            etag = old[coding].headers["etag"]
            again = server.get(ADDRESS, Accept_Encoding=coding, If_None_Match=etag)
            assert again.status == 304
        text = (site.project.content / NOTE).read_text("utf-8")
        site.project.write(NOTE, text.replace("971 000 001", "971 000 002"))
        site.publish()
        for coding in codings:
            etag = old[coding].headers["etag"]
            new = server.get(ADDRESS, Accept_Encoding=coding, If_None_Match=etag)
            assert new.status == 200
            assert new.words == (site.current / PAGE).read_bytes()
            assert b"971 000 002" in new.words
            assert len(new.words) == len(old[coding].words)


def answers(release: Path, addresses: list[str]) -> set[tuple[int, Path]]:
    """What a release may answer at these addresses: a status, and the file of the body."""
    found = set()
    for address in addresses:
        page = release / address.strip("/") / "index.html"
        status = 410 if (page.parent / "index.html.gone").exists() else 200
        found |= {
            (status, file) for file in page.parent.glob("index.html*") if file.suffix != ".gone"
        }
    return found


@pytest.mark.skipif(WRK is None, reason="there is no wrk here")
def test_no_request_fails_while_releases_are_swapped(small_site: Published, tmp_path: Path) -> None:
    """By the very switch of `saig publish`: each answer is one of a release, its status too, and
    after a switch only of the new one."""
    site = small_site
    withdraw(site)
    releases = [site.folder / "releases" / name for name in site.releases]
    addresses = ["/", ADDRESS, "/vell/"]
    module = brotli_module()
    known = {answer for release in releases for answer in answers(release, addresses)}
    arguments = [
        *addresses,
        *["/vell/"] * 6,  # the one whose status changes with its page
        *(f"{status} {file}" for status, file in sorted(known)),
        *(["coding gzip", "coding br"] if module else ["coding gzip"]),
    ]
    with serve(site, tmp_path / "nginx", module=module) as server:
        script = str(Path(__file__).with_name("answers.lua"))
        url = f"http://127.0.0.1:{server.port}"
        # It ends when it is told to: how many switches a second there are is the machine's affair.
        command = [str(WRK), "-t1", "-c16", "-d600s", "-s", script, url, "--", *arguments]
        wrk = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        try:
            for number in range(SWITCHES):
                release = releases[number % 2]
                durable.replace_link(site.current, f"releases/{release.name}")
                for address in addresses:
                    found = server.get(address)
                    wanted = {(s, f.read_bytes()) for s, f in answers(release, [address])}
                    assert (found.status, found.body) in wanted
        finally:
            wrk.send_signal(signal.SIGINT)
            output = wrk.communicate()[0]
    counted = json.loads(output.splitlines()[-1])
    assert counted["answered"] > SWITCHES
    assert counted["failed"] == counted["wrong"] == 0, output
