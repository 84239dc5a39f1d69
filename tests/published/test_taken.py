"""What the account that publishes does with what is handed to it, where it is killed meanwhile, or has
no room."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from project import REPOSITORY, tree
from published_site import PAGE
from pushed_site import Pushed
from saig.receiving.handover import Handover, finished_site, pieces
from test_killed import FINISHED, KILLER

TAKE = """
import runpy, sys
sys.argv[0] = sys.argv.pop(1)
runpy.run_path(sys.argv[0], run_name="__main__")
"""


def built(site: Pushed, words: str) -> bytes:
    """A newer site, as it comes through the pipe."""
    site.say(words)
    commit = site.commit()
    output = site.project.root.parent / "built"
    site.project.build("--production", "--output", str(output))
    return b"".join(pieces(Handover(site=finished_site(output, commit)), output))


def take(
    site: Pushed, given: bytes, *, largest: int | None = None, **environment: str
) -> subprocess.CompletedProcess[bytes]:
    """Let a process of its own take it. ``largest``: bytes that a file may have."""

    def limit() -> None:
        if largest is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (largest, largest))

    program = [sys.executable, "-c", KILLER + TAKE, str(REPOSITORY / "scripts/saig")]
    done = subprocess.run(
        [*program, "hook", "take", str(site.folder)],
        input=given,
        env={**os.environ, "LANG": "en_GB.UTF-8", **environment},
        capture_output=True,
        timeout=60,
        preexec_fn=limit,
    )
    assert b"Traceback" not in done.stderr, done.stderr.decode()
    return done


@pytest.mark.parametrize("moment", [(3, ""), (2, FINISHED), (7, FINISHED)])
def test_killed_while_it_publishes(moment: tuple[int, str], site: Pushed, tmp_path: Path) -> None:
    """The public meets the old site or the new one, whole; the next publication puts all right."""
    before, public = tree(site.current), site.release
    given = built(site, "Nou.")
    number, start = moment
    kill = {"KILL_IN": str(site.folder), "KILL_FROM": start, "KILL_AT": str(number)}
    assert take(site, given, **kill, KILL_LOG=str(tmp_path / "log")).returncode == -signal.SIGKILL
    is_new = "Nou." in (site.current / PAGE).read_text("utf-8")
    assert is_new == (site.release != public)
    assert is_new or tree(site.current) == before
    assert take(site, built(site, "Encara.")).returncode == 0
    assert "Encara." in (site.current / PAGE).read_text("utf-8")
    assert site.verify()[0] == 0
    assert set(site.releases) <= {line["release"] for line in site.record}


def test_cut_off_or_without_room(site: Pushed) -> None:
    """It says so, and all is as it was; the next one is published."""
    before = tree(site.folder)
    given = built(site, "Nou.")
    done = take(site, given[: len(given) // 2])
    assert done.returncode == 1 and b"ended before its end" in done.stderr
    done = take(site, given, largest=2048)
    assert done.returncode == 1 and b"File too large" in done.stderr
    assert tree(site.folder) == before
    assert take(site, given).returncode == 0
    assert "Nou." in (site.current / PAGE).read_text("utf-8")
    assert site.verify()[0] == 0
