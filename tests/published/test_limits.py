"""What is pushed cannot reach beyond its tree, nor use up the server or other people's time."""

from __future__ import annotations

import ast
import os
import shutil
import socket
import subprocess
from pathlib import Path

import pytest
import warm
from project import SAIG, tree
from published_site import git, make_key
from pushed_site import Pushed, clone, install
from saig.receiving.sandbox import sandbox

needs_bubblewrap = pytest.mark.skipif(not sandbox("auto").program, reason="no bubblewrap here")


def push_settings(site: Pushed, code: str, **limits: str) -> str:
    """Push settings that do more than set. What the pusher reads, who must be refused."""
    for name, value in limits.items():
        git(site.repository, "config", f"saig.limit.{name}", value)
    settings = site.project.root / "publishconf.py"
    settings.write_text(f"{settings.read_text('utf-8')}\n{code}\n", "utf-8")
    site.commit()
    before = tree(site.folder), git(site.repository, "show-ref")
    code_of_push, said = site.push()
    assert code_of_push != 0, said
    assert (tree(site.folder), git(site.repository, "show-ref")) == before
    return said


TRIED = """
import os, socket, subprocess, sys
def tried(name, do):
    try:
        print(name, "reached", do())
    except Exception as error:
        print(name, type(error).__name__)
tried("key", lambda: open({key!r}).read())
tried("home", lambda: os.listdir({home!r}))
tried("repository", lambda: os.listdir({repository!r}))
tried("hook", lambda: open({repository!r} + "/hooks/post-receive", "w"))
tried("site", lambda: open({site!r} + "/current/index.html", "w"))
tried("git", lambda: open(".git/config", "a"))
tried("object", lambda: open({repository!r} + "/objects/x", "w"))
tried("program", lambda: open(sys.executable, "a"))
tried("network", lambda: socket.create_connection(("127.0.0.1", {port}), 1))
tried("socket", lambda: socket.socket(socket.AF_UNIX).connect({unix!r}))
tried("accounts", lambda: open("/etc/passwd").read())
tried("processes", lambda: [pid for pid in os.listdir("/proc") if pid.isdecimal()])
tried("variable", lambda: os.environ["SECRET"])
tried("own", lambda: [open("own", "w").write("x"), os.listdir("content")])
sys.exit("all tried")
"""


@needs_bubblewrap
def test_what_pushed_settings_reach(site: Pushed, tmp_path: Path) -> None:
    """Their own tree: no key, no repository, no site, no home, no network, no other process."""
    key, unix, home = make_key(tmp_path), tmp_path / "agent", tmp_path / "home"
    home.mkdir()
    git(site.repository, "config", "saig.sandbox", "required")
    git(site.repository, "config", "saig.program", str(SAIG))
    with socket.create_server(("127.0.0.1", 0)) as server, socket.socket(socket.AF_UNIX) as agent:
        agent.bind(str(unix))
        agent.listen()
        places = {"key": key, "home": home, "repository": site.repository}
        said = push_settings(
            site,
            TRIED.format(
                **{name: str(path) for name, path in places.items()},
                site=str(site.folder),
                unix=str(unix),
                port=server.getsockname()[1],
            ),
        )
    reached = {
        line.split()[1]: line.partition("reached")[2].strip()
        for line in said.splitlines()
        if "reached" in line
    }
    assert reached.keys() == {"own", "processes", "repository"}, said
    assert sorted(ast.literal_eval(reached["repository"])) == ["objects", "saig"]
    assert len(reached["processes"].split(",")) < 6
    assert "all tried" in said and "sandbox" not in said


FORKS = """
import os, time
if not os.fork():
    os.setsid()
    if os.fork():
        os._exit(0)
time.sleep(999)
"""

TOO_MUCH = [
    (FORKS, {"seconds": "2"}, "longer than 2 seconds"),
    ("x = []\nwhile True: x.append(bytes(1 << 24))", {"memory": "400m"}, "MemoryError"),
    ("open('x', 'wb').write(bytes(30 << 20))", {"file": "20m"}, "File too large"),
]


@pytest.mark.parametrize("code, limits, words", TOO_MUCH, ids=[words for _, _, words in TOO_MUCH])
def test_too_much_is_ended_and_told(
    code: str, limits: dict[str, str], words: str, site: Pushed
) -> None:
    """Whatever it started is gone with it."""
    if sandbox("auto").program:
        git(site.repository, "config", "saig.sandbox", "required")
    git(site.repository, "config", "saig.program", str(SAIG))
    said = push_settings(site, code, **limits)
    assert words in said and "The push is refused" in said
    checked = str(site.repository / "saig/check")
    left = [pid for pid in filter(str.isdecimal, os.listdir("/proc")) if folder_of(pid) == checked]
    assert not left


def folder_of(pid: str) -> str | None:
    try:
        return os.readlink(f"/proc/{pid}/cwd")
    except OSError:
        return None


def test_a_push_that_hangs_holds_up_nobody(site: Pushed, tmp_path: Path) -> None:
    """Who pushes meanwhile is told, waits as long as that push may take, and is published."""
    git(site.repository, "config", "saig.program", str(SAIG))
    git(site.repository, "config", "saig.limit.seconds", "8")
    other = clone(site, tmp_path / "other")
    other.say("Al seu temps.")
    head = other.commit()
    settings = site.project.root / "publishconf.py"
    with settings.open("a", encoding="utf-8") as file:
        file.write("\nprint('It hangs', flush=True)\nimport time\ntime.sleep(999)\n")
    site.commit()
    hanging = site.start()
    assert any("It hangs" in line for line in hanging.stdout or ())
    git(site.repository, "config", "saig.limit.seconds", "600")  # for the other, on a slow computer
    git(site.repository, "config", "saig.program", str(warm.programs() / "saig"))
    said = other.pushed()
    assert "Another push is being checked; waiting for it" in said
    assert "longer than 8 seconds" in hanging.communicate(timeout=60)[0]
    assert hanging.returncode != 0
    assert site.head() == site.record[-1]["commit"] == head


def test_where_there_is_no_sandbox_that_is_told(site: Pushed, tmp_path: Path) -> None:
    """Or, where it is required, nothing runs."""
    bare = tmp_path / "bin"
    bare.mkdir()
    for name in ("git", "sh"):
        (bare / name).symlink_to(str(shutil.which(name)))
    git(site.repository, "config", "saig.sandbox", "auto")
    site.say("x")
    site.commit()
    said = site.pushed("main:estiu", PATH=str(bare))
    assert "bubblewrap is not installed on this server" in said
    assert "what is pushed may read and write all that this account may" in said
    git(site.repository, "config", "saig.sandbox", "required")
    (bare / "bwrap").write_text("#!/bin/sh\necho No permissions >&2; exit 1\n")
    (bare / "bwrap").chmod(0o755)
    code, said = site.push(PATH=str(bare))
    assert code != 0 and "Nothing that is pushed runs here without a sandbox" in said
    assert "bubblewrap does not work on this server: No permissions" in said
    git(site.repository, "config", "saig.sandbox", "perhaps")
    code, said = site.push()
    assert code != 0 and "must be one of: auto, required, off" in said


@pytest.mark.parametrize("value", ["many", "0", "-1", "9g9", "99999999999"])
def test_a_limit_that_is_none_is_told(value: str, site: Pushed) -> None:
    git(site.repository, "config", "saig.limit.memory", value)
    site.say("x")
    site.commit()
    code, said = site.push()
    assert code != 0 and f"saig.limit.memory is “{value}”, and must be a whole number" in said


def test_git_looks_at_what_is_pushed(site: Pushed) -> None:
    """At each object, and at how large a push is; what an operator says instead stays."""
    assert git(site.repository, "config", "receive.fsckObjects") == "true"
    assert git(site.repository, "config", "receive.maxInputSize") == "512m"
    git(site.repository, "config", "receive.maxInputSize", "9k")
    assert install(site.repository, site.folder).returncode == 0
    git(site.repository, "config", "saig.sandbox", "off")
    site.project.write("files/gran.bin", os.urandom(20_000))
    site.commit()
    code, said = site.push()
    assert code != 0 and "exceeds maximum allowed size" in said

    root = site.project.root
    blob = git(root, "hash-object", "-w", "publishconf.py")
    entry = b"100644 .git\0" + bytes.fromhex(blob)
    literally = ["git", "hash-object", "-t", "tree", "-w", "--stdin", "--literally"]
    made = subprocess.run(literally, cwd=root, input=entry, capture_output=True, check=True)
    commit = git(root, "commit-tree", "-m", "x", made.stdout.decode().strip())
    code, said = site.push(f"{commit}:refs/heads/odd")
    assert code != 0 and "hasDotgit" in said


def test_a_little_push_that_grows_is_refused(site: Pushed) -> None:
    """Before it fills the disk or the memory: a file of nothing but zeros, a folder of the same folders."""
    before = tree(site.folder), git(site.repository, "show-ref")
    git(site.repository, "config", "saig.limit.file", "20m")
    root = site.project.root
    zeros = site.project.write("files/zeros.bin", bytes(30 << 20))
    site.commit()
    _, said = site.push("main:estiu")
    assert "content/files/zeros.bin has 30 MiB, and may have 20 (saig.limit.file)" in said

    blob = git(root, "hash-object", "-w", "publishconf.py")
    folder = made_tree(root, "".join(f"100644 blob {blob}\tf{n}\n" for n in range(10)))
    for _ in range(9):
        folder = made_tree(root, "".join(f"040000 tree {folder}\td{n}\n" for n in range(10)))
    zeros.unlink()
    git(root, "reset", "-q", "--hard", "HEAD~1")
    top = git(root, "ls-tree", "HEAD").splitlines()
    notes = made_tree(root, f"040000 tree {folder}\tfiles\n")
    entries = [line for line in top if not line.endswith("\tcontent")]
    new = made_tree(root, "\n".join([*entries, f"040000 tree {notes}\tcontent\n"]))
    commit = git(root, "commit-tree", "-m", "x", "-p", "HEAD", new)
    _, said = site.push(f"{commit}:refs/heads/estiu")
    assert f"{commit} has too many files" in said
    assert (tree(site.folder), git(site.repository, "show-ref")) == before


def made_tree(root: Path, entries: str) -> str:
    done = subprocess.run(
        ["git", "mktree"], cwd=root, input=entries, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def test_previews_have_a_quota(site: Pushed) -> None:
    """What is beyond it is told, with what can be deleted; those that are there may change."""
    git(site.repository, "config", "saig.previews.number", "1")
    site.say("x")
    site.commit()
    site.pushed("main:u")
    _, said = site.push("main:dos")
    assert "Other previews: 1, which is as many as may be" in said
    assert "dos was accepted, but its preview is as it was" in said
    assert "Longest unchanged: u" in said
    assert site.previews() == ["u"]
    site.say("y")
    site.commit()
    assert "Preview of u" in site.pushed("main:u")
    assert "Preview of tres" in site.pushed(":u", "main:tres")
    git(site.repository, "config", "saig.previews.number", "9")
    git(site.repository, "config", "saig.previews.disk", "1k")
    _, said = site.push("main:quatre")
    assert "The other previews fill" in said and "Longest unchanged: tres" in said
    assert site.previews() == ["tres"]
