"""As much of a forge as the editor in the browser asks for, as Forgejo answers it, over a folder; and
a host of the site that gives the headers which its ``_headers`` says."""

from __future__ import annotations

import base64
import json
import mimetypes
import re
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha1
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from serving import in_background

REPOSITORY = "town/notes"
_HERE = f"/api/v1/repos/{REPOSITORY}"


class Forgejo:
    """``folder``: the tree of the branch ``main``. ``commits``: what was asked to be committed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.commits: list[dict[str, Any]] = []
        self.url = ""

    def files(self) -> dict[str, bytes]:
        found = sorted(path for path in self.folder.rglob("*") if path.is_file())
        return {path.relative_to(self.folder).as_posix(): path.read_bytes() for path in found}

    @property
    def head(self) -> str:
        """Another one for another tree."""
        said = [f"{blob(data)} {path}" for path, data in self.files().items()]
        return sha1("\n".join(said).encode()).hexdigest()

    def answer(self, path: str, query: dict[str, list[str]]) -> Any:
        """The answer to a question; None where there is none."""
        if path == f"{_HERE}/git/blobs":
            by_digest = {blob(data): data for data in self.files().values()}
            wanted = query["shas"][0].split(",")
            return [
                {"sha": one, "content": encoded(by_digest[one]), "encoding": "base64"}
                for one in wanted
            ]
        if path.startswith(f"{_HERE}/git/trees/"):
            entries = [
                {"type": "blob", "path": path, "sha": blob(data), "size": len(data)}
                for path, data in self.files().items()
            ]
            return {"tree": entries, "truncated": False}
        return {
            "/api/v1/version": {"version": "13.0.3+gitea-1.22.0"},
            "/api/v1/user": {"id": 1, "full_name": "Anna", "login": "anna", "email": "a@x.org"},
            "/api/v1/settings/api": {"default_paging_num": 30, "max_response_items": 50},
            _HERE: {"permissions": {"pull": True, "push": True}, "default_branch": "main"},
            f"{_HERE}/branches/main": {"commit": {"id": self.head, "message": "x"}},
            f"{_HERE}/commits": [],
        }.get(path)

    def commit(self, asked: dict[str, Any]) -> dict[str, Any]:
        saved = []
        for one in asked["files"]:
            file = self.folder / one["path"]
            if one["operation"] == "delete":
                file.unlink()
                saved.append(None)
                continue
            data = base64.b64decode(one["content"])
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
            saved.append({"path": one["path"], "sha": blob(data)})
        self.commits.append(asked)
        return {"commit": {"sha": self.head, "created": "2026-01-01T00:00:00Z"}, "files": saved}


def blob(data: bytes) -> str:
    return sha1(b"blob %d\0" % len(data) + data).hexdigest()


def encoded(data: bytes) -> str:
    return base64.b64encode(data).decode()


class _Api(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    forge: Forgejo

    def log_message(self, *arguments: object) -> None:
        pass

    def do_OPTIONS(self) -> None:
        self._send({})

    def do_GET(self) -> None:
        url = urlsplit(self.path)
        query = parse_qs(url.query)
        if url.path == "/login/oauth/authorize":  # she is signed in there, and lets the page in
            state = query["state"][0]
            self.send_response(302)
            self.send_header("Location", f"{query['redirect_uri'][0]}?code=c&state={state}")
            self.send_header("Content-Length", "0")
            self.end_headers()
        else:
            self._send(self.forge.answer(url.path, query))

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self.path == "/login/oauth/access_token":
            self._send({"access_token": "t", "refresh_token": "r", "token_type": "bearer"})
        else:
            self._send(self.forge.commit(asked))

    def _send(self, said: Any) -> None:
        data = json.dumps(said).encode()
        self.send_response(404 if said is None else 200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Access-Control-Allow-Origin", "*")
        self.send_header("Access-Control-Allow-Headers", "Authorization, Content-Type")
        self.end_headers()
        self.wfile.write(data)


@contextmanager
def forgejo(folder: Path) -> Iterator[Forgejo]:
    forge = Forgejo(folder)
    with _serve(type("Api", (_Api,), {"forge": forge})) as forge.url:
        yield forge


def rules(text: str) -> dict[str, dict[str, str]]:
    """The rules of a ``_headers``: headers by the addresses that they are for."""
    found: dict[str, dict[str, str]] = {}
    path = ""
    for line in text.splitlines():
        if line.startswith("  "):
            name, _, value = line.strip().partition(": ")
            found[path][name] = value
        else:
            path = line
            found[path] = {}
    return found


def fits(rule: str, path: str) -> bool:
    return bool(re.fullmatch(re.escape(rule).replace(r"\*", ".*"), path))


class _Host(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    folder: Path
    said: dict[str, dict[str, str]]

    def log_message(self, *arguments: object) -> None:
        pass

    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        file = self.folder / (path.lstrip("/") + ("index.html" if path.endswith("/") else ""))
        data = file.read_bytes() if file.is_file() else b""
        self.send_response(200 if file.is_file() else 404)
        self.send_header("Content-Type", mimetypes.guess_type(file.name)[0] or "text/plain")
        self.send_header("Content-Length", str(len(data)))
        for rule, headers in self.said.items():
            if fits(rule, path):
                for name, value in headers.items():
                    self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)


@contextmanager
def hosted(folder: Path) -> Iterator[str]:
    """The address of a built site on a host that reads ``_headers``."""
    said = rules((folder / "_headers").read_text("utf-8"))
    with _serve(type("Host", (_Host,), {"folder": folder, "said": said})) as url:
        yield url


@contextmanager
def _serve(handler: type[BaseHTTPRequestHandler]) -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        in_background(server)
        yield f"http://localhost:{server.server_address[1]}"
        server.shutdown()
