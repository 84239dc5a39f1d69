"""``saig norms check`` against a server that replays the gazette's answers, and misbehaves."""

from __future__ import annotations

import http.server
import json
import shutil
import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from in_process import checked
from norms import ANSWERS, TITLES, answer, told, town
from project import DAY, Project
from saig.catalogue.catalogue import Catalogue
from saig.gazette.compare import compared
from saig.gazette.gather import from_gazette, problems_of, wanted_in
from saig.progress import Progress
from serving import in_background

API = "/datosabiertos/api/legislacion-consolidada"
NOTES = len(TITLES)


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Server

    def do_GET(self) -> None:
        server = self.server
        with server.lock:
            server.asked[self.path] += 1
            server.active += 1
            server.most = max(server.most, server.active)
        try:
            self.reply(urlsplit(self.path).path)
        except OSError:
            self.close_connection = True
        finally:
            with server.lock:
                server.active -= 1

    def reply(self, path: str) -> None:
        if path.startswith("/eli/"):
            self.eli(path)
        elif path.startswith("/buscar/"):
            self.send(200, b"<html>", "text/html")
        elif path.endswith("/metadata-eli"):
            self.send(200, OWN.encode(), "application/xml")
        elif self.headers["Accept"] != "application/json":
            self.send(400, b"No reconocido el formato de la cabecera Accept", "text/plain")
        elif path == API:
            self.send(200, self.wrapped(self.server.changed))
        else:
            self.norm(path)

    def norm(self, path: str) -> None:
        *_, identifier, part = path.split("/")
        server = self.server
        mode = server.modes.get(identifier, server.modes.get("*", ""))
        if mode.startswith("once "):
            server.modes.pop(identifier)
            mode = mode.removeprefix("once ")
        if mode:
            getattr(self, mode)(identifier, part)
        elif not (ANSWERS / f"{identifier}.json").is_file():
            self.missing(identifier, part)
        else:
            self.send(200, self.wrapped([server.said(identifier)[part]]))

    @staticmethod
    def wrapped(data: Any) -> bytes:
        return json.dumps({"status": {"code": "200", "text": "ok"}, "data": data}).encode()

    def send(self, status: int, body: bytes, kind: str = "application/json", **more: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        for name, value in more.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    # -- ways to misbehave ----------------------------------------------------------------------

    def missing(self, *_: str) -> None:
        body = {
            "status": {"code": "404", "text": "La información solicitada no existe"},
            "data": "",
        }
        self.send(404, json.dumps(body).encode())

    def missing_inside(self, *_: str) -> None:
        self.send(200, json.dumps({"status": {"code": "404"}, "data": ""}).encode())

    def busy(self, *_: str) -> None:
        self.send(503, b"", "text/plain")

    def too_many(self, *_: str) -> None:
        self.send(429, b"", "text/plain", Retry_After="0")

    def come_back_tomorrow(self, *_: str) -> None:
        self.send(429, b"", "text/plain", Retry_After="86400")

    def broken(self, *_: str) -> None:
        self.send(500, b"oops", "text/plain")

    def forbidden(self, *_: str) -> None:
        self.send(403, b"", "text/plain")

    def page(self, *_: str) -> None:
        self.send(200, b"<!DOCTYPE html><html><body>Mantenimiento</body></html>", "text/html")

    def xml(self, *_: str) -> None:
        self.send(200, b"<?xml version='1.0'?><response/>", "application/xml")

    def empty(self, *_: str) -> None:
        self.send(200, b"")

    def cut(self, identifier: str, part: str) -> None:
        body = self.wrapped([answer(identifier)[part]])
        self.send(200, body[: len(body) // 2])

    def broken_off(self, identifier: str, part: str) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "100000")
        self.end_headers()
        self.wfile.write(b'{"data":')
        self.close_connection = True

    def latin(self, identifier: str, part: str) -> None:
        body = json.dumps({"data": [answer(identifier)[part]]}, ensure_ascii=False)
        self.send(200, body.encode("latin-1"), "application/json; charset=ISO-8859-1")

    def garbled(self, identifier: str, part: str) -> None:
        body = json.dumps({"data": [answer(identifier)[part]]}, ensure_ascii=False)
        self.send(200, body.encode("latin-1") + b"\xf3")

    def no_json(self, *_: str) -> None:
        self.send(200, b"null and void")

    def deep(self, *_: str) -> None:
        self.send(200, b"[" * 200_000)

    def other(self, identifier: str, part: str) -> None:
        self.send(200, self.wrapped([answer("BOE-A-2020-8012")[part]]))

    def shapeless(self, *_: str) -> None:
        self.send(200, b'{"data": [[["x"]]]}')

    def moved(self, identifier: str, part: str) -> None:
        self.server.modes.pop(identifier)
        self.send(302, b"", Location=f"{API}/id/{identifier}/{part}")

    def circle(self, identifier: str, part: str) -> None:
        self.send(302, b"", Location=f"{API}/id/{identifier}/{part}")

    def elsewhere(self, *_: str) -> None:
        self.send(302, b"", Location="http://example.org/")

    def huge(self, *_: str) -> None:
        self.send_response(200)
        self.send_header("Content-Length", str(1 << 30))
        self.end_headers()
        for _each in range(1 << 14):
            self.wfile.write(b" " * (1 << 16))

    def slow(self, *_: str) -> None:
        self.server.over.wait(10)
        self.close_connection = True

    def eli(self, path: str) -> None:
        found = {urlsplit(answer(one)["metadatos"]["url_eli"]).path: one for one in KNOWN}
        if path not in found:
            self.send(404, b"<html>nada</html>", "text/html")
        elif "/rd/" in path:
            self.send(302, b"", Location=f"/buscar/act.php?id={found[path]}")
        else:
            said = f'<meta property="eli:id_local" content="{found[path]}"/>'
            self.send(200, said.encode(), "text/html")

    def log_message(self, format: str, *args: Any) -> None:
        pass


OWN = """<?xml version="1.0"?><response><data><eli:LegalResource
 about="https://www.boe.es/eli/es/rd/2020/03/14/463"><eli:is_another_publication_of
 rdf:resource="https://www.caib.es/boib/eli/es-ib/dl/2020/05/25/9"/></eli:LegalResource></data></response>"""
KNOWN = [path.stem for path in sorted(ANSWERS.glob("*.json"))]


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server_port}"
        self.lock, self.over = threading.Lock(), threading.Event()
        self.asked: Counter[str] = Counter()
        self.modes: dict[str, str] = {}
        self.changed: Any = []
        self.news: dict[str, dict[str, Any]] = {}
        self.active = self.most = 0

    def said(self, identifier: str) -> dict[str, Any]:
        return self.news.get(identifier) or answer(identifier)


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as server:
        in_background(server)
        yield server
        server.over.set()
        server.shutdown()


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return town(tmp_path_factory.mktemp("norms") / "town")


@pytest.fixture
def project(whole: Project, tmp_path: Path, server: Server) -> Project:
    """The town, asking our server, without pauses."""
    return asking(whole, tmp_path, server.url)


def asking(whole: Project, folder: Path, address: str) -> Project:
    copy = folder / "town"
    shutil.copytree(whole.root, copy, symlinks=True)
    shutil.rmtree(copy / ".saig", ignore_errors=True)
    settings = copy / "pelicanconf.py"
    settings.write_text(
        f"{settings.read_text('utf-8')}\nGAZETTE = {address!r}\nGAZETTE_PAUSE = 0\n", "utf-8"
    )
    return Project(copy)


@pytest.fixture(scope="module")
def catalogue(whole: Project) -> Catalogue:
    """The town's notes, read once."""
    found = checked(whole, TODAY=DAY).all_notes
    assert found
    return found


def said_of(
    catalogue: Catalogue, server: Server, folder: Path, seconds: float = 20
) -> list[tuple[str, str, str]]:
    """Code, file and words of what the gazette did not say, and of what differs."""
    memory, progress = folder / "gazette.json", Progress("en")
    wanted = wanted_in(catalogue.every("norm"), catalogue.site.law)
    with ThreadPoolExecutor(1) as thread:  # in this one a browser of other tests may have its loop
        asked = (wanted, catalogue.day, server.url, 0, seconds, memory, progress)
        found = thread.submit(from_gazette, *asked).result()
    told = [*problems_of(catalogue, found), *compared(catalogue, found.records)]
    return [(one.code, one.path, one.said("en")[0]) for one in told]


def test_it_asks_politely_and_finds_nothing(project: Project, server: Server) -> None:
    assert told(project) == []
    assert server.asked == Counter(
        f"{API}/id/{identifier}/{part}"
        for identifier in TITLES.values()
        for part in ("metadatos", "analisis")
    )
    assert server.most <= 3


def test_a_second_run_asks_for_what_changed(project: Project, server: Server) -> None:
    """One question; then only what the gazette says is new."""
    told(project)
    server.asked.clear()
    assert told(project) == []
    # Of a norm that is not consolidated, no list tells.
    alone = f"{API}/id/BOE-A-2021-906/metadatos"
    assert sorted(server.asked) == sorted([f"{API}?from=20201209&limit=-1", alone])

    server.asked.clear()
    said = answer("BOE-A-2020-8008")
    said["metadatos"] |= {"fecha_actualizacion": "20201210T000000Z", "fecha_vigencia": "20200613"}
    server.news["BOE-A-2020-8008"] = said
    server.changed = [{"identificador": "BOE-A-2020-8008"}, {"identificador": "BOE-A-1-1"}]
    (problem,) = told(project)
    assert problem["code"] == "gazette-fact"
    assert len(server.asked) == 4


def test_only_the_norms_that_are_named_are_asked_about(project: Project, server: Server) -> None:
    """What was not asked about is not taken for unchanged the next time."""
    told(project)
    server.asked.clear()
    said = answer("BOE-A-2020-8008")
    said["metadatos"] |= {"fecha_actualizacion": "20201211T000000Z", "fecha_vigencia": "20200613"}
    server.news["BOE-A-2020-8008"] = said
    server.changed = [{"identificador": "BOE-A-2020-8008"}]
    assert told(project, "content/norms/decret-llei-8-2020.md") == []
    assert len(server.asked) == 1
    (problem,) = told(project)
    assert problem["code"] == "gazette-fact"


def test_what_was_silent_is_asked_about_again(
    catalogue: Catalogue, server: Server, tmp_path: Path
) -> None:
    """Since the day on which it was last heard, not since the last run."""
    said_of(catalogue, server, tmp_path)
    said = json.loads((tmp_path / "gazette.json").read_text("utf-8"))
    said["norms"]["BOE-A-2020-8008"]["asked"] = "2020-11-01"
    (tmp_path / "gazette.json").write_text(json.dumps(said), "utf-8")
    server.asked.clear()
    said_of(catalogue, server, tmp_path)
    assert f"{API}?from=20201031&limit=-1" in server.asked


def test_an_unchanged_record_is_not_read_again(project: Project, server: Server) -> None:
    """Where the list of changes is of no use, each norm's own day tells."""
    told(project)
    server.asked.clear()
    server.changed = {"odd": "shape"}
    assert told(project) == []
    asked = {path for path in server.asked if "/id/" in path}
    assert asked == {f"{API}/id/{identifier}/metadatos" for identifier in TITLES.values()}


@pytest.mark.parametrize("text", ["", "{", "[]", '{"version": 1, "norms": {"a": 7}, "elis": {}}'])
def test_a_damaged_memory_is_begun_again(
    catalogue: Catalogue, server: Server, tmp_path: Path, text: str
) -> None:
    (tmp_path / "gazette.json").write_text(text)
    assert said_of(catalogue, server, tmp_path) == []
    assert len(server.asked) >= 2 * NOTES
    server.asked.clear()
    assert said_of(catalogue, server, tmp_path) == []
    assert len(server.asked) == 2


GOES_ON = ["once busy", "once too_many", "once broken", "once broken_off", "moved", "latin"]


@pytest.mark.parametrize("mode", GOES_ON)
def test_what_passes_is_waited_for(
    catalogue: Catalogue, server: Server, tmp_path: Path, mode: str
) -> None:
    server.modes["BOE-A-2020-8008"] = mode
    assert said_of(catalogue, server, tmp_path) == []


SILENT = {
    "busy": "503",
    "broken": "500",
    "forbidden": "403",
    "too_many": "it is busy",
    "come_back_tomorrow": "wants to be asked again in 86400 s",
    "page": "a web page instead of data",
    "xml": "XML instead of JSON",
    "empty": "its answer is empty",
    "cut": "its answer breaks off",
    "broken_off": "it breaks off the connection",
    "garbled": "no encoding that can be read",
    "no_json": "its answer is no JSON",
    "deep": "not of the shape that is known",
    "other": "about another norm",
    "shapeless": "not of the shape that is known",
    "circle": "it redirects too often",
    "elsewhere": "an address that is not secure",
    "huge": "larger than 16 MB",
    "slow": "did not answer within 0.5 s",
}


GENERAL = ["come_back_tomorrow"]
"""Of the server, so that nothing else is asked."""


@pytest.mark.parametrize(("mode", "words"), SILENT.items(), ids=SILENT)
def test_whatever_goes_wrong_is_said_in_words(
    catalogue: Catalogue, server: Server, tmp_path: Path, mode: str, words: str
) -> None:
    """At the norm that was asked about."""
    server.modes["BOE-A-2020-8008"] = mode
    found = said_of(catalogue, server, tmp_path, 0.5 if mode == "slow" else 20)
    _code, path, message = next(one for one in found if one[0] == "gazette-silent")
    if mode not in GENERAL:
        assert path == "content/norms/llei-1-2020.md"
    assert words in message


@pytest.mark.parametrize("mode", ["missing", "missing_inside"])
def test_what_the_gazette_does_not_have_is_told_at_its_identifier(
    project: Project, server: Server, mode: str
) -> None:
    server.modes["BOE-A-2020-8008"] = mode
    (problem,) = told(project)
    assert problem["code"] == "gazette-unknown"
    lines = (project.content / "norms/llei-1-2020.md").read_text("utf-8").splitlines()
    line = lines[problem["line"] - 1]
    assert line[problem["column"] - 1 :].startswith("BOE-A-2020-8008")
    explained = 'gazette_differs:\n  - {about: record, reason: "No consolidada"}\nfirst_date'
    project.change("norms/llei-1-2020.md", "first_date", explained)
    assert told(project) == []


def test_a_gazette_that_is_down_is_said_once(
    whole: Project, server: Server, tmp_path: Path
) -> None:
    """And is asked no more; what it said before is held against the notes."""
    project = asking(whole, tmp_path, server.url)
    told(project)
    project.change("norms/llei-1-2020.md", "2020-06-12", "2020-06-13")
    server.modes["*"] = "broken"
    server.changed = {"odd": "shape"}
    server.asked.clear()
    codes = {one["code"] for one in told(project)}
    assert codes == {"gazette-fact", "gazette-silent"}
    assert sum(server.asked.values()) <= 1 + 3 * NOTES


DOWN = {
    "http://127.0.0.1:9": "it refuses the connection",
    "https://gazette.invalid": "name",
}


@pytest.mark.parametrize("address", DOWN)
def test_no_gazette_at_all(whole: Project, tmp_path: Path, address: str) -> None:
    (problem,) = told(asking(whole, tmp_path, address))
    assert problem["code"] == "gazette-silent"
    assert DOWN[address] in problem["message"]
    assert f"{NOTES} norms" in problem["message"]


def test_no_tls(whole: Project, server: Server, tmp_path: Path) -> None:
    (problem,) = told(asking(whole, tmp_path, server.url.replace("http:", "https:")))
    assert problem["code"] == "gazette-silent"
    assert "TLS" in problem["message"]


def test_a_norm_is_found_by_its_eli(project: Project, server: Server) -> None:
    """Whose page names its identifier; that is remembered."""
    project.change("norms/llei-1-2020.md", ", id: BOE-A-2020-8008}", "}")
    (problem,) = told(project)
    assert problem["code"] == "gazette-fact"
    assert "id: BOE-A-2020-8008" in problem["hint"]
    server.asked.clear()
    told(project)
    assert not [path for path in server.asked if path.startswith("/eli/")]


def test_it_speaks_the_editors_language(project: Project, server: Server) -> None:
    server.modes["BOE-A-2020-8008"] = "page"
    (problem,) = told(project, lang="ca")
    assert "respon amb una pàgina web en lloc de dades" in problem["message"]


def test_a_note_is_begun_from_the_gazette(project: Project, server: Server) -> None:
    eli = "https://www.boe.es/eli/es/rd/2020/03/14/463"
    done = project.saig("norms", "add", eli, "--today", DAY, "--lang", "en")
    assert done.returncode == 0, done.stderr
    assert "end_reason: expired" in (project.content / "norms/reial-decret-463-2020.md").read_text(
        "utf-8"
    )
    done = project.saig("norms", "add", "BOE-A-2020-8012", "--today", DAY, "--lang", "en")
    note = (project.content / "norms/decret-llei-9-2020.md").read_text("utf-8")
    own = "https://www.caib.es/boib/eli/es-ib/dl/2020/05/25/9"
    assert f'{{gazette: BOIB, number: "92", date: 2020-05-25, url: "{own}"}}' in note
    server.modes["*"] = "busy"
    done = project.saig("norms", "add", "BOE-A-2024-15575", "--lang", "en")
    assert done.returncode == 1
    assert "503" in done.stderr
