"""``saig publish``: whole or not at all, and only what differs."""

from __future__ import annotations

import fcntl
import gzip
import json
import os
import re
import shutil
import subprocess
from hashlib import sha256
from itertools import pairwise
from pathlib import Path

import brotli
import pytest
import warm
from project import DAY, SAIG, tree
from published_site import ADDRESS, NOTE, PAGE, Published, git, small_project

NO_MORE_THAN_OTHERS = "" if os.geteuid() else "setpriv --bounding-set=-all --inh-caps=-all "
"""Root may read and write everywhere, unless it gives that up."""


def stat(path: Path) -> tuple[int, int]:
    """A file's identity, and its time in the seconds that a web server tells."""
    found = path.stat()
    return found.st_ino, int(found.st_mtime)


WRITTEN_BY_PUBLISH = ("api/v1/changes/1.json", "api/v1/changes/index.json")
"""What tells of a publication: a build knows of none."""


def test_a_release_is_the_production_build(town_site: Published, tmp_path: Path) -> None:
    """The same bytes as `saig build --production`, with compressed twins, and a line that says so."""
    town_site.publish()
    town_site.project.build("--production", "--output", str(tmp_path / "built"))
    (tmp_path / "built" / ".saig").unlink()
    built = tree(tmp_path / "built")
    published = tree(town_site.current)
    twins = {path for path in published if path.endswith((".gz", ".br"))}
    written = {path: published[path] for path in published if path not in twins}
    of_publication = {path: written[path] for path in WRITTEN_BY_PUBLISH}
    assert written == {**built, **of_publication}

    assert len(twins) > 2 * 0.8 * len(built)
    for path in twins:
        data = (town_site.current / path).read_bytes()
        plain = (town_site.current / path[:-3]).read_bytes()
        assert (gzip.decompress if path.endswith(".gz") else brotli.decompress)(data) == plain
        assert len(data) < len(plain)
        if path.endswith(".gz"):
            assert data[4:8] == bytes(4)  # no time: equal files have equal twins

    assert os.readlink(town_site.current) == f"releases/{town_site.releases[0]}"
    (line,) = town_site.record
    assert line["number"] == 1 and line["kind"] == "publish" and line["previous"] is None
    assert line["release"] == town_site.release
    assert line["commit"] is None and line["signer"] is None
    assert line["changed"] == line["removed"] == {}
    addresses = {
        "/" + path.removesuffix("index.html") if path.endswith("index.html") else "/" + path: value
        for path, value in {**built, **of_publication}.items()
    }
    assert line["added"] == addresses
    whole = "".join(f"{path}\0{value}\n" for path, value in sorted(written.items()))
    assert line["tree"] == sha256(whole.encode()).hexdigest()
    assert line["gone"] == ["/avisos/grip-2019/"]
    assert line["moved"] == ["/es/playa-vieja/", "/platja/"]
    assert town_site.verify()[0] == 0


def test_what_is_public_is_not_built_again(town_site: Published, tmp_path: Path) -> None:
    """Only what an edit changes is; and the release is what a build of everything would give."""
    town_site.publish()
    first = town_site.folder / "releases" / town_site.release
    before = tree(first)
    town_site.say("Una frase més.")
    done = town_site.publish()
    assert re.search(r"^1 page made; .* 0 removed$", done.stderr, re.MULTILINE), done.stderr
    assert tree(first) == before
    town_site.project.build("--production", "--clean", "--output", str(tmp_path / "built"))
    (tmp_path / "built" / ".saig").unlink()
    built, published = tree(tmp_path / "built"), tree(town_site.current)
    differing = {path for path, value in built.items() if published.get(path) != value}
    assert differing == {"api/v1/changes/index.json"}


def test_the_record_is_written_in_one_way(history: Published) -> None:
    """Sorted keys, no spaces, UTF-8; and each line holds the digest of the one before."""
    before = None
    for line in (history.folder / "publications.jsonl").read_bytes().splitlines(True):
        plain = json.loads(line)
        written = json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        assert written.encode() + b"\n" == line
        assert plain["previous"] == before
        before = sha256(line).hexdigest()
    assert "/files/Plànol nou.txt" in history.record[0]["added"]


def test_nothing_new_is_no_publication(three: Published) -> None:
    """Not on the same day, nor on another that changes nothing but the date of the build."""
    before = tree(three.folder)
    for day in (DAY, "2020-12-11"):
        done = three.publish(today=day)
        assert "Nothing differs" in done.stdout
        assert tree(three.folder) == before


def test_releases_share_what_is_equal(history: Published) -> None:
    """One changed page costs a page; what stays the same keeps its time, what differs gets a later
    one, however quickly one follows the other."""
    releases = [history.folder / "releases" / name for name in history.releases]
    trees = dict(zip(releases, map(tree, releases), strict=True))
    for number, (old, new) in enumerate(pairwise(releases), start=2):
        same = {path for path, value in trees[new].items() if trees[old].get(path) == value}
        differing = set(trees[new]) - same
        assert {path for path in differing if not path.endswith((".gz", ".br"))} == {
            PAGE,
            PAGE.replace("html", "json"),
            "api/v1/index.json",
            "api/v1/all.ndjson",
            "api/v1/changes/index.json",
            f"api/v1/changes/{number}.json",
        }
        assert all(stat(new / path) == stat(old / path) for path in same)
    for path in (PAGE, f"{PAGE}.gz", f"{PAGE}.br"):
        times = [stat(release / path)[1] for release in releases]
        assert times == sorted(set(times)), path


def test_what_becomes_again_what_it_was_gets_a_new_time(three: Published) -> None:
    """Or a browser that has the page of between would be told that it is still good."""
    page = three.current / PAGE
    later = int(page.stat().st_mtime) + 1000  # as if the clock had been set back since
    for name in (PAGE, f"{PAGE}.gz", f"{PAGE}.br"):
        os.utime(three.current / name, (later, later))
    three.project.change(NOTE, "\nText 2.\n", "")
    three.publish()
    assert tree(three.current)[PAGE] == tree(three.folder / "releases" / three.releases[1])[PAGE]
    for name in (PAGE, f"{PAGE}.gz", f"{PAGE}.br"):
        assert int((three.current / name).stat().st_mtime) == later + 1


def test_an_error_leaves_all_as_it_was(small_site: Published) -> None:
    """An error in a note, and an address that vanished: told, exit 1, nothing touched."""
    small_site.publish()
    before = tree(small_site.folder)
    small_site.project.write("notices/wrong.md", "---\ntitle: x\n---\n")
    done = small_site.saig("publish", "--today", DAY)
    assert done.returncode == 1
    assert "content/notices/wrong.md:" in done.stderr
    assert "error[missing-field]" in done.stderr
    (small_site.project.content / "notices/wrong.md").unlink()

    (small_site.project.content / NOTE).unlink()
    done = small_site.saig("publish", "--today", DAY)
    assert done.returncode == 1
    assert "error[vanished-address] /sobre-aquest-web/" in done.stderr
    assert tree(small_site.folder) == before


def test_links_of_the_finished_pages_are_followed(town_site: Published) -> None:
    """Fragments too, wherever they come from; every one that leads nowhere is told."""
    base = town_site.project.root / "theme/templates/base.html"
    wrong = (
        '<a href="/no/">1</a><a href="https://example.org/contactes/#no">2</a>'
        '<img src="no.png" alt=""><a href="/theme/css/site.css?x=1#x">fine</a>'
        '<a href="#main_content">fine</a><a href="https://other.test/no/">fine</a>'
    )
    text = base.read_text("utf-8")
    base.write_text(text.replace("</body>", f"{wrong}</body>"), "utf-8")
    done = town_site.saig("publish", "--today", DAY)
    assert done.returncode == 1
    lines = [line for line in done.stderr.splitlines() if line.startswith("index.html: error")]
    assert len(lines) == 3
    for part in ("/no/", "https://example.org/contactes/#no", "no.png"):
        assert any(part in line for line in lines), part
    assert not town_site.current.exists()
    assert town_site.releases == []


def test_a_demonstration_may_be_on_the_host_of_its_placeholders(town_site: Published) -> None:
    """As the site that comes with Saig is: nobody knows its booking addresses."""
    project = town_site.project
    project.change("site.yaml", "https://cita.vila.test/", "https://example.org/cita-previa-aqui")
    with (project.root / "publishconf.py").open("a") as settings:
        settings.write("\nALLOW_PLACEHOLDERS = True\n")
    town_site.publish()
    assert (
        b"https://example.org/cita-previa-aqui" in (town_site.current / "index.html").read_bytes()
    )


def test_a_file_that_a_server_would_take_for_a_twin_is_refused(small_site: Published) -> None:
    """A page's `.gz` is served in its place."""
    small_site.project.write("files/a.txt", "a" * 999)
    small_site.project.write("files/a.txt.gz", "b")
    small_site.say("[a](../files/a.txt) [b](../files/a.txt.gz)")
    done = small_site.saig("publish", "--today", DAY)
    assert done.returncode == 1
    assert "content/files/a.txt.gz:1:1: error[file-name]" in done.stderr
    assert "1 error" in done.stderr


def test_a_site_below_a_path(town_site: Published) -> None:
    """Its links are followed, and its record has addresses from the site's own root."""
    settings = town_site.project.root / "publishconf.py"
    settings.write_text(
        settings.read_text("utf-8") + '\nSITEURL = "https://vila.test/web"\n', "utf-8"
    )
    town_site.publish()
    (line,) = town_site.record
    assert line["site"] == "https://vila.test/web"
    assert ADDRESS in line["added"]


def test_the_commit_is_named(small_site: Published, tmp_path: Path) -> None:
    """Even when a hook of another repository runs us, and when what is published lies inside."""
    root = small_site.project.root
    (root / ".gitignore").write_text("__pycache__\n")
    git(root, "init", "-q")
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "One")
    head = git(root, "rev-parse", "HEAD")
    git(tmp_path, "init", "-q", "--bare", "other.git")
    hook = {"GIT_DIR": str(tmp_path / "other.git"), "GIT_QUARANTINE_PATH": "/nowhere"}

    inside = Published(small_site.project, root / "public")
    inside.publish(**hook)
    (line,) = inside.record
    assert (line["commit"], line["differs"], line["day"]) == (head, False, DAY)
    assert inside.release.endswith(f"Z-{head[:7]}")

    inside.say("Not committed.")
    inside.publish(**hook)
    assert inside.record[-1]["commit"] == head
    assert inside.record[-1]["differs"] is True
    listed = [
        json.loads(line) for line in inside.saig("releases", "--format", "json").stdout.splitlines()
    ]
    assert [(item["differs"], item["current"]) for item in listed] == [(True, True), (False, False)]
    assert listed[0]["pages"] == len([a for a in line["added"] if a.endswith("/")])
    text = inside.saig("releases").stdout.splitlines()
    assert [line[0] for line in text] == ["*", " "] and head[:10] in text[0]


COMMITS = """\
import pathlib, subprocess

def register():
    root = pathlib.Path(__file__).parent
    if (root / "busy").exists():
        with open(root / "content/pages/sobre.md", "a") as file:
            file.write("Meanwhile.\\n")
        who = ("-c", "user.name=A", "-c", "user.email=a@vila.test")
        subprocess.run(["git", "-C", str(root), *who, "commit", "-qam", "x"], check=True)
        if (root / "busy").read_text() == "once":
            (root / "busy").unlink()
"""
"""An editor who commits when a publication has begun, and before the notes are read."""


def test_a_commit_while_it_is_built_is_published(small_site: Published) -> None:
    """The record names the commit that the pages were made from. If commits keep coming, nothing
    is published; a commit that changes no page is, for the record is to name it."""
    root = small_site.project.root
    (root / "commits.py").write_text(COMMITS)
    with (root / "publishconf.py").open("a") as settings:
        settings.write("\nimport os\nPLUGIN_PATHS = [*PLUGIN_PATHS, os.path.dirname(__file__)]\n")
        settings.write('PLUGINS = [*PLUGINS, "commits"]\n')
    (root / ".gitignore").write_text("__pycache__\n.saig\nbusy\n")
    git(root, "init", "-q")
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "One")
    first = git(root, "rev-parse", "HEAD")

    (root / "busy").write_text("once")
    small_site.publish()
    [line] = small_site.record
    assert line["commit"] == git(root, "rev-parse", "HEAD") != first
    assert line["differs"] is False
    assert "Meanwhile." in (small_site.current / PAGE).read_text("utf-8")

    (root / "busy").write_text("always")
    done = small_site.saig("publish", "--today", DAY)
    assert done.returncode == 1 and "commits keep coming" in done.stderr
    assert small_site.record == [line] and small_site.releases == [line["release"]]
    (root / "busy").unlink()

    small_site.publish()
    git(root, "commit", "-q", "--allow-empty", "-m", "No page")
    small_site.publish()
    last = small_site.record[-1]
    assert last["commit"] == git(root, "rev-parse", "HEAD")
    assert set(last["changed"]) == {"/version.json", "/api/v1/changes/index.json"}
    assert set(last["added"]) == {"/api/v1/changes/3.json"} and last["removed"] == {}


def test_old_releases_are_pruned(three: Published) -> None:
    """But never the one that a rollback would go to."""
    third = three.release
    three.say("More.")
    three.publish("--keep", "1")
    assert three.releases == [third, three.release]
    assert three.saig("rollback").returncode == 0
    assert three.release == third
    assert three.verify()[0] == 0


def test_two_at_once_wait_for_each_other(small_site: Published, tmp_path: Path) -> None:
    """Both are published, one after the other."""
    other = small_project(tmp_path / "other")
    other.write(NOTE, "---\ntitle: Sobre aquest web\nsummary: Un altre.\n---\n")
    running = [
        subprocess.Popen(
            [str(warm.programs() / "saig"), "publish", str(small_site.folder), "--today", DAY],
            cwd=project.root,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for project in (small_site.project, other)
    ]
    for process in running:
        out, err = process.communicate(timeout=60)
        assert process.returncode == 0, err
        assert "Published" in out
    assert [line["number"] for line in small_site.record] == [1, 2]
    assert small_site.verify()[0] == 0


def test_what_is_published_is_read_once_the_lock_is_held(three: Published) -> None:
    """A publication that waited publishes what stands there then, not what stood there before."""
    with (three.folder / ".lock").open("r+") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        waiting = subprocess.Popen(
            [
                str(warm.programs() / "saig"),
                "publish",
                str(three.folder),
                "--today",
                DAY,
                "--lang",
                "en",
            ],
            cwd=three.project.root,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert waiting.stderr
        assert "waiting" in waiting.stderr.readline()
        three.say("Written meanwhile.")
        fcntl.flock(lock, fcntl.LOCK_UN)
        _, err = waiting.communicate(timeout=60)
    assert waiting.returncode == 0, err
    assert "Written meanwhile." in (three.current / PAGE).read_text("utf-8")


def test_a_full_disk_leaves_all_as_it_was(three: Published) -> None:
    """Told in a line; the next publication goes on as if nothing had been."""
    before = tree(three.folder)
    three.say("More.")
    done = limited(three, 8)
    assert done.returncode == 1
    assert "File too large" in done.stderr
    assert tree(three.folder) == before
    three.publish()
    assert three.verify()[0] == 0


def test_a_record_without_room_is_not_half_written(small_site: Published) -> None:
    """Where the last step fails, there is no line, no release, and nothing current."""
    for number in range(330):  # so that no file is as long as the record's line
        (small_site.project.root / f"theme/static/{number}.txt").write_text("x")
    done = limited(small_site, 48)
    assert done.returncode == 1
    assert "publications.jsonl" in done.stderr or "File too large" in done.stderr
    assert small_site.releases == []
    assert (small_site.folder / "publications.jsonl").read_bytes() == b""
    assert not small_site.current.exists()
    small_site.publish()
    assert small_site.verify()[0] == 0


def limited(site: Published, kibibytes: int) -> subprocess.CompletedProcess[str]:
    """Publish where no file may grow beyond a limit: each write then fails as on a full disk."""
    command = f'exec "{warm.programs()}/saig" publish "{site.folder}" --today {DAY}'
    return bash(site, f"ulimit -f {kibibytes}; {command}")


@pytest.mark.parametrize("what", ["file", "project", "stranger"])
def test_a_folder_that_cannot_be_is_told_in_a_line(
    what: str, small_site: Published, tmp_path: Path
) -> None:
    """A file, the project itself, a folder whose `current` is not ours."""
    (tmp_path / "file").write_text("x")
    (tmp_path / "stranger").mkdir()
    (tmp_path / "stranger/current").symlink_to("/var/www")
    where = small_site.project.root if what == "project" else tmp_path / what
    done = Published(small_site.project, where).saig("publish", "--today", DAY)
    assert done.returncode in (1, 2)
    assert str(where) in done.stderr.replace("\n", "")
    assert not (where / "releases").exists() or not os.listdir(where / "releases")


def test_everyone_can_read_it_whatever_the_umask(small_site: Published) -> None:
    """The web server runs under another account."""
    small_site.publish()
    small_site.say("More.")
    bash(
        small_site,
        f'umask 077; exec "{warm.programs()}/saig" publish "{small_site.folder}" --today {DAY}',
    )
    assert len(small_site.record) == 2
    for path in small_site.folder.rglob("*"):
        if not path.is_symlink():
            needed = 0o055 if path.is_dir() else 0o044
            assert path.stat().st_mode & needed == needed, path


def test_a_folder_of_another_account_is_told_before_anything_is_done(
    small_site: Published,
) -> None:
    small_site.publish()
    before = tree(small_site.folder)
    commands = ("publish", "rollback", "publish", "publish")
    for command, name in zip(
        commands, (".", "releases", "publications.jsonl", ".lock"), strict=True
    ):
        path = small_site.folder / name
        mode = path.stat().st_mode
        path.chmod(0o555)
        done = bash(
            small_site,
            f'exec {NO_MORE_THAN_OTHERS}"{warm.programs()}/saig" {command} "{small_site.folder}"',
        )
        path.chmod(mode)
        assert done.returncode == 1
        assert f"may not write to {path}" in done.stderr
        assert tree(small_site.folder) == before


def test_a_folder_that_may_not_be_looked_into(small_site: Published, tmp_path: Path) -> None:
    """Of root's own, where a command is given for another account."""
    (tmp_path / "root").mkdir()
    command = f'cd "{tmp_path}/root"; chmod 0 .; {NO_MORE_THAN_OTHERS}"{SAIG}" due /nowhere'
    done = bash(small_site, f"{command}; code=$?; chmod 700 .; exit $code")
    assert done.returncode == 1 and "go into a Saig project" in done.stderr


def bash(site: Published, *command: str) -> subprocess.CompletedProcess[str]:
    return site.project.run(Path(shutil.which("bash") or "bash"), "-c", *command)


def test_help_has_an_example(small_site: Published) -> None:
    for command in ("publish", "rollback", "releases", "verify", "evidence"):
        done = small_site.project.saig(command, "--help")
        assert done.returncode == 0
        assert f"Example: saig {command}" in done.stdout
