"""``scripts/release``: what a tag of Saig's becomes, and where a forge keeps it."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from project import REPOSITORY
from saig import __version__


def release(root: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, root / "scripts/release", *arguments],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
    )


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Saig's repository, with a version that is to be released."""
    root = tmp_path_factory.mktemp("source") / "saig"
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=REPOSITORY,
        check=True,
        capture_output=True,
        text=True,
    )
    for path in filter(None, listed.stdout.split("\0")):
        if not path.startswith(("content/", "tests/", "benchmarks/", "docs/")):
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(REPOSITORY / path, root / path)
    changelog = (
        f"# Changelog\n\n## Unreleased\n\nNo.\n\n## {__version__} (2027-01-31)\n\nWhat is new.\n"
    )
    (root / "CHANGELOG.md").write_text(f"{changelog}\n## {__version__}.1\n\nNo.\n", "utf-8")
    return root


def test_a_tag_becomes_a_wheel_its_requirement_and_notes(source: Path, tmp_path: Path) -> None:
    done = release(source, "build", f"v{__version__}", str(tmp_path / "dist"))
    assert done.returncode == 0, done.stderr
    (wheel,) = (tmp_path / "dist").glob("*.whl")
    line = (tmp_path / "dist/requirements.txt").read_text()
    assert line == f"saig=={__version__} --hash=sha256:{sha256(wheel.read_bytes()).hexdigest()}\n"
    assert (tmp_path / "dist/notes.md").read_text() == "What is new."


def test_what_is_no_release_is_refused(source: Path, tmp_path: Path) -> None:
    """Another version than the code's; one of which the changelog says nothing."""
    done = release(source, "build", "v99.0.0", str(tmp_path / "dist"))
    assert done.returncode == 1 and f"plugins/saig/__init__.py, {__version__}" in done.stderr
    changelog = (source / "CHANGELOG.md").read_text("utf-8")
    (source / "CHANGELOG.md").write_text(changelog.replace(f"## {__version__} ", "## 7 "), "utf-8")
    done = release(source, "build", f"v{__version__}", str(tmp_path / "dist"))
    (source / "CHANGELOG.md").write_text(changelog, "utf-8")
    assert done.returncode == 1 and "say there what a town must do" in done.stderr
    assert not (tmp_path / "dist").exists()


@pytest.fixture
def forge() -> Iterator[tuple[str, list[tuple[str, str, bytes]]]]:
    """A forge's API: its address, and what it was sent."""
    sent: list[tuple[str, str, bytes]] = []

    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            data = self.rfile.read(int(self.headers["Content-Length"]))
            sent.append((self.command, self.path, data))
            token = self.headers.get("Authorization") or self.headers.get("JOB-TOKEN") or ""
            self.send_response(201 if "secret" in token else 401)
            self.end_headers()
            upload = f"http://{self.headers['Host']}/uploads/7{{?name,label}}"
            self.wfile.write(json.dumps({"id": 7, "upload_url": upload}).encode())

        do_POST = do_PUT = answer

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}", sent
        server.shutdown()


WHERE = {
    "github": ["POST /repos/o/n/releases", "POST /uploads/7?name={}"],
    "forgejo": ["POST /repos/o/n/releases", "POST /repos/o/n/releases/7/assets?name={}"],
    "gitlab": [
        "PUT /projects/o%2Fn/packages/generic/saig/9.1.0/{}",
        "POST /projects/o%2Fn/releases",
    ],
}


@pytest.mark.parametrize("name", WHERE)
def test_a_forge_gets_the_release(
    name: str, forge: tuple[str, list[tuple[str, str, bytes]]], tmp_path: Path
) -> None:
    """The tag, the notes, and each file by its name; a forge that refuses is told."""
    address, sent = forge
    files = {"requirements.txt": b"saig==9.1.0\n", "saig-9.1.0-py3-none-any.whl": b"wheel"}
    for path, data in {**files, "notes.md": b"What is new."}.items():
        (tmp_path / path).write_bytes(data)
    known = {"RELEASE_API": address, "RELEASE_PROJECT": "o/n", "RELEASE_TOKEN": "secret"}
    done = release(REPOSITORY, "publish", name, "v9.1.0", str(tmp_path), **known)
    assert done.returncode == 0, done.stderr
    wanted = [
        line.format(file) for line in WHERE[name] for file in (files if "{}" in line else [""])
    ]
    assert [f"{method} {path}" for method, path, _ in sent] == wanted
    assert {data for _, _, data in sent} > set(files.values())
    (made,) = (json.loads(data) for _, path, data in sent if re.search(r"/releases$", path))
    assert made["tag_name"] == "v9.1.0" and made["name"] == "Saig 9.1.0"
    assert "What is new." in (made.get("body"), made.get("description"))
    known["RELEASE_TOKEN"] = "other"
    done = release(REPOSITORY, "publish", name, "v9.1.0", str(tmp_path), **known)
    assert done.returncode == 1 and "answers 401" in done.stderr
