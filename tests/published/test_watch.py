"""The watching computer: its script, and the files that run it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
import warm
from project import REPOSITORY
from published_site import PAGE, Published, git
from served import served
from tsa import Certifier

WATCH = REPOSITORY / "deploy" / "watch"
BIN = Path(sys.executable).parent


@dataclass(frozen=True)
class Watcher:
    """A computer that watches a site at an address. ``source``: where it fetches the record."""

    site: Published
    url: str
    folder: Path
    source: str
    path: str = os.environ["PATH"]

    def look(self) -> tuple[int, str]:
        done = subprocess.run(
            [WATCH / "saig-watch", self.url, self.source, self.folder],
            env=warm.surroundings({"SAIG": str(warm.programs() / "saig"), "PATH": self.path}),
            capture_output=True,
            text=True,
        )
        return done.returncode, done.stdout + done.stderr

    @property
    def kept(self) -> bytes:
        return (self.folder / "kept/publications.jsonl").read_bytes()


@pytest.fixture
def watcher(three: Published, tmp_path: Path) -> Iterator[Watcher]:
    folder = tmp_path / "watch"
    folder.mkdir()
    shutil.copy(three.folder / "allowed_signers", folder / "signers")
    with served(three.folder) as url:
        yield Watcher(three, url, folder, str(three.folder))


def test_all_is_well(watcher: Watcher) -> None:
    """The copy grows with the record."""
    site = watcher.site
    code, said = watcher.look()
    assert code == 0, said
    assert "signed with the key" in said and "not looked at: previews" in said
    site.say("More.")
    site.publish()
    code, said = watcher.look()
    assert code == 0, said
    assert watcher.kept == (site.folder / "publications.jsonl").read_bytes()
    names = {path.name for path in watcher.folder.iterdir()}
    assert names == {"kept", "said", "signers"}


def test_what_is_wrong_is_told(watcher: Watcher) -> None:
    """A page, the record, a signature; and the copy stays as it was."""
    assert watcher.look()[0] == 0
    kept = watcher.kept
    site = watcher.site.folder
    for path, data, words in (
        (f"current/{PAGE}", b"Altered", "differs from what was published"),
        ("publications/1.sig", b"", "publications/1.sig is not as in the copy that is kept"),
        ("publications.jsonl", kept[:-1], "does not begin with the copy that is kept"),
        ("publications.jsonl", kept.replace(b'"number":2', b'"number":4'), "does not begin with"),
        ("publications.jsonl", kept + b"{}\n", "line 4 of the record breaks the chain"),
        ("publications.jsonl", None, "publications.jsonl"),
    ):
        file = site / path
        before = file.read_bytes()
        file.unlink()
        if data is not None:
            file.write_bytes(data)
        code, said = watcher.look()
        assert code == 1 and words in said, said
        assert watcher.kept == kept
        file.write_bytes(before)
    assert watcher.look()[0] == 0


def test_before_it_is_set_up(watcher: Watcher) -> None:
    (watcher.folder / "signers").unlink()
    code, said = watcher.look()
    assert code == 1 and f"{watcher.folder}/signers" in said
    assert not (watcher.folder / "kept").exists()


def test_time_stamps_are_relied_on_where_there_are_certificates(
    watcher: Watcher, tmp_path: Path
) -> None:
    shutil.copy(Certifier(tmp_path / "tsa").trusted(), watcher.folder / "tsa.pem")
    code, said = watcher.look()
    assert code == 1 and "no line of the record has a time stamp" in said


def test_a_branch(watcher: Watcher, tmp_path: Path) -> None:
    """The record as hosted Git keeps it; links in it are followed nowhere."""
    branch = tmp_path / "branch"
    shutil.copytree(watcher.site.folder, branch, symlinks=True)
    git(branch, "init", "-q", "-b", "published")
    git(branch, "add", "publications.jsonl", "publications")
    git(branch, "commit", "-qm", "One")
    from_git = Watcher(watcher.site, watcher.url, watcher.folder, f"git+{branch.as_uri()}")
    code, said = from_git.look()
    assert code == 0, said
    (branch / "publications/1.sig").unlink()
    (branch / "publications/1.sig").symlink_to("/etc/passwd")
    git(branch, "commit", "-qam", "Two")
    code, said = from_git.look()
    assert code == 1 and "publications/1.sig is not as in" in said


def test_over_ssh(watcher: Watcher, tmp_path: Path) -> None:
    """The server's key for it can do one thing, the one that the manual says."""
    manual = (REPOSITORY / "docs/operators.md").read_text("utf-8")
    (command,) = re.findall(r'command="(tar [^"]+)",restrict ssh-ed25519', manual)
    command = command.replace("/srv/saig", str(watcher.site.folder))
    ssh = tmp_path / "bin/ssh"
    ssh.parent.mkdir()
    ssh.write_text(
        f'#!/bin/sh\n[ "$*" = "-o BatchMode=yes watch@vila.test record" ] && {command}\n'
    )
    ssh.chmod(0o755)
    far = replace(watcher, source="watch@vila.test", path=f"{ssh.parent}:{os.environ['PATH']}")
    code, said = far.look()
    assert code == 0, said
    ssh.write_text("#!/bin/sh\nexit 255\n")
    assert far.look()[0] == 1
    assert far.kept == (watcher.site.folder / "publications.jsonl").read_bytes()


def test_links_are_no_record(watcher: Watcher) -> None:
    file = watcher.site.folder / "publications.jsonl"
    file.rename(watcher.folder / "elsewhere")
    file.symlink_to(watcher.folder / "elsewhere")
    code, said = watcher.look()
    assert code == 1 and "gives links, and no files" in said


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="there is no systemd here")
def test_units(tmp_path: Path) -> None:
    """As systemd reads them, with the program where it is here."""
    for path in WATCH.glob("saig-watch*.*"):
        text = path.read_text("utf-8").replace("/opt/saig", str(REPOSITORY))
        (tmp_path / path.name).write_text(text, "utf-8")
    units = sorted(tmp_path.iterdir())
    assert [path.suffix for path in units] == [".service", ".service", ".timer"]
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *units],
        env={**os.environ, "SYSTEMD_UNIT_PATH": f"{tmp_path}:"},
        capture_output=True,
        text=True,
    )
    ours = [line for line in done.stderr.splitlines() if "saig-watch" in line]
    assert ours == [] and done.returncode == 0, done.stderr
