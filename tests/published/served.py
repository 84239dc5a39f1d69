"""A published folder on a web server of this computer."""

from __future__ import annotations

import http.server
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import unquote

from serving import in_background


class _Handler(http.server.BaseHTTPRequestHandler):
    """A web server as Saig's configurations make one: twins where they are wanted, 404, 410."""

    folder: Path
    statuses: dict[str, int]

    def do_GET(self) -> None:
        path = unquote(self.path).removeprefix("/web")
        beside = path.startswith(("/publications", "/allowed_signers", "/tsa_"))
        root = self.folder if beside else self.folder / "current"
        file = root / (path.lstrip("/") + ("index.html" if path.endswith("/") else ""))
        encoding = {"gzip": ".gz", "br": ".br"}.get(self.headers["Accept-Encoding"], "")
        twin = Path(f"{file}{encoding}")
        if not file.is_file():
            self.send_error(404)
            return
        self.send_response(self.statuses.get(path, 200))
        if encoding and twin.is_file():
            self.send_header("Content-Encoding", self.headers["Accept-Encoding"])
            file = twin
        self.end_headers()
        self.wfile.write(file.read_bytes())

    def log_message(self, format: str, *args: object) -> None:
        pass


@contextmanager
def served(folder: Path, **statuses: int) -> Iterator[str]:
    """A published folder; at some paths with other statuses than 200."""
    handler = type("Handler", (_Handler,), {"folder": folder, "statuses": statuses})
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        in_background(server)
        yield f"http://127.0.0.1:{server.server_address[1]}/web"
        server.shutdown()
