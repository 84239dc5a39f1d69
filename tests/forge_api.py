"""As much of the interfaces of three forges as the scripts in ``deploy/ci`` ask for."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

from serving import in_background


class Api(BaseHTTPRequestHandler):
    """As much of three forges as the script asks for."""

    kind: str
    issues: list[dict[str, Any]]
    comments: list[str]
    requests: list[dict[str, Any]]

    def log_message(self, *arguments: object) -> None:
        pass

    def answer(self, data: object, status: int = 200) -> None:
        self.send_response(status)
        self.end_headers()
        self.wfile.write(json.dumps(data).encode())

    def do_GET(self) -> None:
        url = urlsplit(self.path)
        is_mine = "t" in (
            (self.headers.get("Authorization") or "").removeprefix("Bearer "),
            self.headers.get("PRIVATE-TOKEN"),
        )
        if not is_mine:
            self.answer({}, 401)
        elif url.path.endswith("/user"):
            self.answer({"username": "project_bot"})
        elif url.path.endswith("/issues"):
            first = "page=1" in url.query or self.kind == "forgejo"
            self.answer([one for one in self.issues if one["state"] != "closed"] if first else [])
        else:
            self.answer(self.requests)

    def do_POST(self) -> None:
        data = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        *_, before, last = urlsplit(self.path).path.split("/")
        if last in ("comments", "notes"):
            self.comments.append(data["body"])
        elif last == "issues":
            number = 8 + len(self.issues)
            self.issues.append({"id": number, "state": "open", **self.numbered(number), **data})
        elif last in ("pulls", "merge_requests"):
            self.requests.append({**data, **self.numbered(40), "head": {"ref": data.get("head")}})
        elif before == "issues":
            (one,) = (one for one in self.issues if str(one["id"]) == last)
            one |= {"state": "closed"} if "close" in str(data.get("state_event")) else data
        else:
            self.requests[0] |= data
        self.answer({})

    def numbered(self, number: int) -> dict[str, Any]:
        if self.kind == "gitlab":
            return {"iid": number, "author": {"username": "project_bot"}}
        bot = {"github": "github-actions[bot]", "forgejo": "forgejo-actions"}[self.kind]
        return {"number": number, "user": {"login": bot}}

    do_PUT = do_PATCH = do_POST


@contextmanager
def serving_api(kind: str, subject: str) -> Iterator[tuple[type[Api], dict[str, str]]]:
    """A forge of that kind, with an issue of a stranger's that only looks like one of the script's, and
    the variables that lead the script to it."""
    mark = f"<!-- saig {subject} -->"
    stranger = {"id": 1, "number": 1, "iid": 1, "state": "open", "title": "x"}
    pretends = {"body": mark, "description": mark}
    who = {"user": {"login": "x"}, "author": {"username": "x"}}
    handler = type(
        "Handler",
        (Api,),
        {
            "kind": kind,
            "issues": [{**stranger, **pretends, **who}],
            "comments": [],
            "requests": [],
        },
    )
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        in_background(server)
        yield (
            handler,
            {
                "COMMENT_API": f"http://127.0.0.1:{server.server_port}/api",
                "COMMENT_PROJECT": "our/site",
                "COMMENT_TOKEN": "t",
            },
        )
        server.shutdown()
