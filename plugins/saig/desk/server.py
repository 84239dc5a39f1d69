"""The desk's server, for the editor's own browser alone."""

from __future__ import annotations

import datetime
import json
import socket
import threading
from collections.abc import Iterable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from .answers import OF_ALL, OWN, Desk, Response
from .guard import refused

SECONDS = 20
"""How long a page waits for a change at its address before it asks again."""
MOST = 1000
"""The most bytes of a form."""
PLAIN = "text/plain; charset=utf-8"


class DeskServer(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, family: socket.AddressFamily, host: str, port: int, desk: Desk) -> None:
        self.address_family = family
        self.desk = desk
        super().__init__((host, port), Handler)

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that closes the connection is not an error."""


class Handler(BaseHTTPRequestHandler):
    server: DeskServer
    server_version = "Saig"
    sys_version = ""
    timeout = 60

    def do_GET(self) -> None:
        self._answer(self._found())

    do_HEAD = do_GET

    def do_POST(self) -> None:
        self._answer(self._done(self._body()))

    def _body(self) -> bytes | None:
        """The request's body, which is read even if it is refused: a browser shows no answer if the
        connection is closed while it still sends. None if it is too long for one of the desk's
        forms."""
        length = self.headers.get("Content-Length", "")
        return self.rfile.read(int(length)) if length.isdigit() and int(length) <= MOST else None

    def log_message(self, format: str, *args: object) -> None:
        """Print nothing: the terminal only shows problems of the notes."""

    def _refused(self) -> Response | None:
        headers = {name.lower(): value for name, value in self.headers.items()}
        twice = len(self.headers.get_all("host", [])) != 1
        status = refused(self.command, headers, self.server.server_address[1])
        status = 400 if twice else status
        return (
            Response(status, b"Refused: this is for your own browser.\n", PLAIN) if status else None
        )

    def _found(self) -> Response:
        if answer := self._refused():
            return answer
        try:
            parts = urlsplit(self.path)
        except ValueError:
            return Response(400, b"", PLAIN)
        if parts.path == f"{OWN}wait":
            asked = parse_qs(parts.query)
            address, seen = asked.get("address", ["/"])[0], asked.get("seen", [""])[0]
            is_other = self.server.desk.wait(address, seen, SECONDS)
            return Response(200, json.dumps({"changed": is_other}).encode(), "application/json")
        path = parts.path if parts.path.startswith("/") else "/"
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        return self.server.desk.answer(path, query)

    def _done(self, body: bytes | None) -> Response:
        """Change the day of the preview, the only thing that can be changed."""
        if answer := self._refused():
            return answer
        if self.path != f"{OWN}day" or body is None:
            return Response(400, b"", PLAIN)
        form = parse_qs(body.decode("utf-8", "replace"))
        day = "" if form.get("today") else form.get("day", [""])[0]
        try:
            day = datetime.date.fromisoformat(day).isoformat() if day else ""
        except ValueError:
            return Response(400, b"", PLAIN)
        self.server.desk.on_day(day)
        return Response(303, headers={"Location": OWN})

    def _answer(self, answer: Response) -> None:
        self.send_response(answer.status)
        headers = {**OF_ALL, **answer.headers, "Content-Type": answer.type}
        for name, value in {**headers, "Content-Length": str(len(answer.content))}.items():
            self.send_header(name, value.replace("\r", "").replace("\n", ""))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(answer.content)


def serve(desk: Desk, port: int) -> list[DeskServer]:
    """Serve on this computer's own addresses, those that it has; raises ``OSError`` if there is
    none."""
    servers: list[DeskServer] = []
    fault: OSError | None = None
    for family, host in _addresses():
        try:
            servers.append(DeskServer(family, host, port, desk))
        except OSError as error:
            fault = fault or error
    if not servers and fault:
        raise fault
    for server in servers:
        threading.Thread(target=server.serve_forever, args=(0.1,), daemon=True).start()
    return servers


def _addresses() -> Iterable[tuple[socket.AddressFamily, str]]:
    yield socket.AF_INET, "127.0.0.1"
    if socket.has_ipv6:
        yield socket.AF_INET6, "::1"
