"""A publication that is killed at any moment, and what the next one makes of it."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from project import DAY, SAIG, Project, tree
from published_site import ADDRESS, PAGE, Published

KILLER = """
def kill_at(folder, log, start, count):
    import os, signal, sys
    watched = {"open", "os.rename", "os.remove", "os.link", "os.mkdir", "os.rmdir", "os.symlink",
               "os.truncate", "os.utime"}
    begun, done = not start, 0
    def watch(event, arguments):
        nonlocal begun, done
        names = [os.fspath(one) for one in arguments if isinstance(one, (str, os.PathLike))]
        if event not in watched or not any(name.startswith(folder) for name in names):
            return
        begun = begun or (event == "os.rename" and names[0].endswith(start))
        done += begun
        if count and done == count:
            os.kill(os.getpid(), signal.SIGKILL)
        if not count:
            with open(log, "w") as file:
                print(done, file=file)
    sys.addaudithook(watch)

import os
if "KILL_IN" in os.environ:
    kill_at(*(os.environ[f"KILL_{name}"] for name in ("IN", "LOG", "FROM")), int(os.environ["KILL_AT"]))
"""
"""Settings that kill their own process right before the n-th time that it touches a file of a
folder, counted from when they are read: once the lock is held."""

FINISHED = "/site"
"""What is renamed when a release is whole: from there on it becomes public."""

ANYWHERE = 4
"""How often to kill it elsewhere."""


def killed(site: Published, log: Path, moment: int, start: str) -> int:
    """Publish, and kill the publication at its n-th touch (never if 0). How many there are."""
    done = site.saig(
        "publish",
        "--today",
        DAY,
        KILL_IN=str(site.folder),
        KILL_FROM=start,
        KILL_AT=str(moment),
        KILL_LOG=str(log),
    )
    assert done.returncode == (0 if moment == 0 else -signal.SIGKILL), done.stderr
    return 0 if moment else int(log.read_text())


def test_killed_at_any_moment(three: Published, tmp_path: Path) -> None:
    """The public meets the old site or the new one, whole; the next publication tidies up, the
    record says what happened, and all can be verified."""
    with (three.project.root / "publishconf.py").open("a") as settings:
        settings.write(KILLER)
    twin = Published(Project(tmp_path / "twin"), tmp_path / "twin site")
    shutil.copytree(three.project.root, twin.project.root, symlinks=True)
    shutil.copytree(three.folder, twin.folder, symlinks=True)
    three.say("Counted.")
    late = killed(three, tmp_path / "log", 0, FINISHED)
    assert late >= 10
    when = [(moment + 1, FINISHED) for moment in range(late)]
    when += [(moment, "") for moment in random.Random(1).sample(range(1, 700), ANYWHERE)]
    with ThreadPoolExecutor(2) as pool:
        one = pool.submit(die_and_go_on, three, tmp_path / "log", when[::2])
        two = pool.submit(die_and_go_on, twin, tmp_path / "twin log", when[1::2])
        assert one.result() + two.result() >= 1, "no moment between line and switch was met"


def die_and_go_on(site: Published, log: Path, when: list[tuple[int, str]]) -> int:
    """How often a line was left without its switch."""
    found = 0
    for moment, start in when:
        before, public = tree(site.current), site.release
        site.say(f"Killed at {moment}{start}.")
        killed(site, log, moment, start)
        is_new = f"Killed at {moment}{start}." in (site.current / PAGE).read_text("utf-8")
        assert is_new == (site.release != public)
        assert is_new or tree(site.current) == before
        lines = site.record
        stopped = lines[-1]["release"] != site.release

        site.say("And on.")
        site.publish()
        assert site.record[: len(lines)] == lines
        if stopped:
            found += 1
            between = site.record[len(lines)]
            assert (between["kind"], between["release"]) == ("found", public)
            assert between["since"] <= lines[-1]["time"]
        code, said = site.verify()
        assert code == 0, (moment, said)
        assert set(site.releases) <= {line["release"] for line in site.record}
        assert not list(site.folder.glob(".*.new"))
        numbers = sorted(int(path.stem) for path in (site.folder / "publications").iterdir())
        assert numbers == [line["number"] for line in site.record]
    return found


def test_a_line_without_effect_is_told(three: Published) -> None:
    """`verify` says so before the next publication does, and no evidence counts it as public."""
    _, second, third = three.releases
    back(three, second)  # as a power cut leaves it: the line is there, the switch is not
    os.utime(three.current, (0, 0), follow_symlinks=False)
    code, said = three.verify()
    assert code == 1
    assert f"publication 3 made {third} current, but current is {second}" in said

    done = three.saig("rollback", second)
    assert "current already" in done.stdout
    assert [line["kind"] for line in three.record] == ["publish"] * 3 + ["found"]
    assert three.verify()[0] == 0
    evidence = json.loads(three.saig("evidence", ADDRESS, "--format", "json").stdout)
    whats = [event["what"] for event in evidence["events"]]
    assert whats == ["published", "changed", "changed", "without-effect"]
    digests = [
        line.get("added", {}).get(ADDRESS) or line["changed"][ADDRESS] for line in three.record
    ]
    assert [span["digest"] for span in evidence["spans"]] == digests[:2]


def test_a_line_without_effect_leaves_what_was_rolled_back_to(three: Published) -> None:
    """A release that was current twice has the pages of both times."""
    second = three.releases[1]
    assert three.saig("rollback", second).returncode == 0
    three.say("And on.")
    three.publish()
    back(three, second)
    assert "current already" in three.saig("rollback", second).stdout
    assert [line["kind"] for line in three.record[3:]] == ["rollback", "publish", "found"]
    code, said = three.verify()
    assert code == 0, said


def back(site: Published, release: str) -> None:
    """Move the link by hand."""
    site.current.unlink()
    site.current.symlink_to(f"releases/{release}")


def test_a_line_without_end_is_cut_off(three: Published) -> None:
    """Half a line is none; a whole one that lacks its line end gets it."""
    record = three.folder / "publications.jsonl"
    whole = record.read_bytes()
    record.write_bytes(whole + whole[:100])
    assert three.verify()[0] == 1
    three.publish()
    assert record.read_bytes() == whole
    record.write_bytes(whole[:-1])
    three.publish()
    assert record.read_bytes() == whole


def test_children_of_a_killed_publication_do_not_keep_the_lock(
    small_site: Published, tmp_path: Path
) -> None:
    """Neither a forked one nor a program that it started."""
    log = tmp_path / "children"
    (small_site.project.root / "orphans.py").write_text(
        "import os, signal, subprocess, time\n"
        "from pelican import signals\n"
        "def leave(path, context):\n"
        "    children = [subprocess.Popen(['sleep', '60']).pid, os.fork()]\n"
        "    if not children[1]:\n"
        "        time.sleep(60)\n"
        "        os._exit(0)\n"
        f"    open({str(log)!r}, 'w').write(' '.join(map(str, children)))\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
        "def register():\n"
        "    signals.content_written.connect(leave)\n"
    )
    settings = small_site.project.root / "publishconf.py"
    text = settings.read_text("utf-8")
    plugin = "import os\nPLUGIN_PATHS = [*PLUGIN_PATHS, os.path.dirname(__file__)]\n"
    settings.write_text(f'{text}\n{plugin}PLUGINS = [*PLUGINS, "orphans"]\n', "utf-8")
    with subprocess.Popen(
        [str(SAIG), "publish", str(small_site.folder), "--today", DAY],
        cwd=small_site.project.root,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as first:
        assert first.wait(timeout=30) == -signal.SIGKILL
    children = [int(number) for number in log.read_text().split()]
    try:
        assert all(Path(f"/proc/{child}").exists() for child in children) or not os.path.isdir(
            "/proc/self"
        )
        settings.write_text(text, "utf-8")
        done = small_site.publish()  # within the time that a command may take
        assert "waiting" not in done.stderr
        assert small_site.verify()[0] == 0
    finally:
        for child in children:
            os.kill(child, signal.SIGKILL)


def test_the_link_is_found_again(three: Published) -> None:
    """A back-up may leave symbolic links out."""
    release = three.release
    three.current.unlink()
    done = three.publish()
    assert "it is there again" in done.stderr
    assert three.release == release
    assert len(three.record) == 3


@pytest.mark.parametrize("lost", ["record", "line"])
def test_a_lost_record_is_not_begun_anew(lost: str, three: Published) -> None:
    """Nothing is published, nothing is removed, until the record is back."""
    record = three.folder / "publications.jsonl"
    kept = record.read_bytes()
    lines = kept.splitlines(True)
    record.write_bytes(b"" if lost == "record" else lines[1] + lines[2])
    before = tree(three.folder)
    for command in ("publish", "rollback"):
        done = three.saig(command)
        assert done.returncode == 1 and "record" in done.stderr
    assert tree(three.folder) == before
    record.write_bytes(kept)
    assert three.verify()[0] == 0


def test_a_removed_release_is_made_again(three: Published) -> None:
    """Someone tidied up too much."""
    shutil.rmtree(three.current.resolve())
    three.publish()
    assert three.verify()[0] == 0
