"""The scripts that hosted Git runs: nothing is lost between runs that each begin with nothing."""

from __future__ import annotations

import base64
import io
import json
import shutil
import subprocess
import tarfile
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from hosted import Forge, Run, new_forge
from project import files_with, tree
from published_site import ADDRESS, NOTE, git
from serving import in_background

WRONG = "---\ntitle: Wrong\n---\n"


@pytest.fixture
def forge(tmp_path: Path) -> Forge:
    return new_forge(tmp_path / "forge")


def say(forge: Forge, words: str) -> str:
    text = (forge.project.content / NOTE).read_text("utf-8")
    forge.project.write(NOTE, f"{text}\n{words}\n")
    return forge.push(words)


TWINS = (".gz", ".br")


def publish(run: Run, commit: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    """What the run built."""
    commit = commit or git(run.folder, "rev-parse", "HEAD")
    return run("publish", "site.tar", "public", commit, **environment)


def packed_names(packed: Path) -> set[str]:
    """The files in a packed site."""
    with tarfile.open(packed) as found:
        return {member.name.removeprefix("./") for member in found if member.isfile()}


def test_the_record_goes_on_from_run_to_run(forge: Forge, key: Path) -> None:
    """Check, build, publish: each run in a clone of its own, and the record is one chain."""
    signed = {"SAIG_SIGNING_KEY_TEXT": key.read_text()}
    first = forge.run("first")
    for done in (first("check"), first("build", "site.tar"), publish(first, **signed)):
        assert done.returncode == 0, done.stdout + done.stderr
    assert (first.public / "index.html").is_file()
    built = packed_names(first.folder / "site.tar")
    public = {name for name in tree(first.public) if name[-3:] not in TWINS}
    assert built - {".saig"} == public - {"api/v1/changes/1.json"}

    later = say(forge, "More.")
    second = forge.run("second")
    second.public.mkdir()
    (second.public / "old.html").write_text("Left by a run before, on the same computer")
    for done in (second("build", "site.tar"), publish(second, **signed)):
        assert done.returncode == 0, done.stdout + done.stderr
    record = forge.record()
    assert [line["number"] for line in record.record] == [1, 2]
    assert record.record[1]["commit"] == later and record.record[1]["differs"] is False
    assert ADDRESS in record.record[1]["changed"] and len(record.record[1]["changed"]) < 8
    code, said = record.verify()
    assert code == 0 and "signed with the key" in said
    assert tree(second.public) == tree(record.current)
    assert not any(path.is_symlink() for path in second.public.rglob("*"))

    # No push has sent what was there already: a publication costs what it changed.
    counted = dict(
        line.split(": ") for line in git(forge.repository, "count-objects", "-v").splitlines()
    )
    held = git(forge.repository, "rev-list", "--all", "--objects").splitlines()
    assert int(counted["in-pack"]) < 1.1 * len(held)

    # Another run of the same commit, after a deployment that failed, say: laid out, not said again.
    before = forge.head("published")
    again = forge.run("again")
    assert again("build", "site.tar").returncode == 0
    assert publish(again, **signed).returncode == 0
    assert forge.head("published") == before
    assert tree(again.public) == tree(second.public)

    # And one of an old commit, though its branch has gone on: what is public stays.
    old = forge.run("old", commit=f"{later}~1")
    assert old("build", "site.tar").returncode == 0
    done = publish(old, **signed)
    assert done.returncode == 0 and later in done.stdout
    assert forge.head("published") == before
    assert tree(old.public) == tree(second.public)


def test_an_error_publishes_nothing(forge: Forge) -> None:
    forge.project.write("notices/wrong.md", WRONG)
    forge.push()
    run = forge.run("run")
    done = run("check", "github")
    assert done.returncode == 1 and "::error file=content/notices/wrong.md" in done.stdout
    done = run("build", "site.tar")
    assert done.returncode == 1 and "error[missing-field]" in done.stderr
    assert not (run.folder / "site.tar").exists()
    assert publish(run).returncode != 0
    assert not run.public.exists()
    assert git(forge.repository, "branch") == "* main"


def test_what_would_vanish_is_told_where_it_is_built(forge: Forge) -> None:
    """By the record, which the job that builds can read and not write."""
    run = forge.run("run")
    assert run("build", "site.tar").returncode == 0
    assert publish(run).returncode == 0
    (forge.project.content / NOTE).unlink()
    forge.push()
    done = forge.run("later")("build", "site.tar")
    assert done.returncode == 1 and f"error[vanished-address] {ADDRESS}" in done.stderr


def test_a_key_in_a_file_of_the_forge(forge: Forge, key: Path, tmp_path: Path) -> None:
    """Runners write variables of the type File for anyone to read."""
    there = tmp_path / "variable"
    there.write_bytes(key.read_bytes())
    there.chmod(0o666)
    run = forge.run("run")
    assert run("build", "site.tar").returncode == 0
    done = publish(run, SAIG_SIGNING_KEY=str(there))
    assert done.returncode == 0, done.stderr
    assert forge.record().record[-1]["signer"]


def test_who_publishes_runs_nothing_of_what_was_built(forge: Forge, key: Path) -> None:
    """Neither settings nor theme nor plugins of the commit that is published, nor its scripts."""
    trusted = forge.run("trusted")
    with (forge.project.root / "publishconf.py").open("a") as settings:
        settings.write("\nimport sys\nsys.stderr.write('RAN')\n")
    (forge.project.root / "deploy/ci/branch").write_text("#!/bin/sh\necho RAN\n")
    commit = forge.push("Of someone whom nobody trusts")
    git(trusted.folder, "fetch", "-q", "origin")
    build = forge.run("build")
    shutil.copy(trusted.folder / "deploy/ci/branch", build.folder / "deploy/ci/branch")
    done = build("build", "site.tar")
    assert done.returncode == 0 and "RAN" in done.stderr
    shutil.copy(build.folder / "site.tar", trusted.folder)
    done = publish(trusted, commit, SAIG_SIGNING_KEY_TEXT=key.read_text())
    assert done.returncode == 0, done.stderr
    assert "RAN" not in done.stdout + done.stderr
    assert forge.record().record[-1]["commit"] == commit


@pytest.mark.parametrize(
    ("name", "link"), [("x", "/etc/passwd"), ("files/x", "../../key"), ("../out", ""), ("/out", "")]
)
def test_what_was_built_leads_nowhere(name: str, link: str, forge: Forge) -> None:
    """Who publishes follows no link of it, and unpacks nothing beside it."""
    run = forge.run("run")
    assert run("build", "site.tar").returncode == 0
    with tarfile.open(run.folder / "site.tar", "a") as packed:
        member = tarfile.TarInfo(name)
        member.type, member.linkname = (tarfile.SYMTYPE, link) if link else (tarfile.REGTYPE, "")
        packed.addfile(member, io.BytesIO())
    done = publish(run)
    assert not Path("/out").exists()
    if name != "/out":  # which stands for "out"
        assert done.returncode != 0
        assert not run.public.exists() and git(forge.repository, "branch") == "* main"


def test_without_a_token_nothing_is_begun(forge: Forge) -> None:
    """A forge gives an empty text for a secret that is not there."""
    run = forge.run("run")
    done = publish(run, GIT_TOKEN="")
    assert done.returncode == 1 and "There is no token that may write" in done.stderr


def test_two_that_publish_at_once_do_not_overwrite_each_other(forge: Forge) -> None:
    """Should a forge not keep them apart: the second is refused, and nothing is laid out."""
    for number in (1, 2):  # a branch that is not there yet, and one that is
        runs = [forge.run(f"{name}{number}") for name in ("a", "b")]
        for run in runs:
            assert run("branch", "restore", "published", "kept").returncode == 0
            (run.folder / "kept/file").write_text(run.folder.name)
        assert runs[0]("branch", "store", "published", "kept").returncode == 0
        assert runs[1]("branch", "store", "published", "kept").returncode != 0
        assert git(forge.repository, "show", "published:file") == f"a{number}"
    assert runs[1]("branch", "replace", "published", "kept").returncode == 0
    assert git(forge.repository, "show", "published:file") == "b2"
    assert git(forge.repository, "rev-list", "--count", "published") == "3"


def test_a_forge_that_does_not_answer_is_no_empty_record(forge: Forge) -> None:
    """Else the record would begin anew whenever the network fails."""
    run = forge.run("run")
    assert run("build", "site.tar").returncode == 0
    git(run.folder, "remote", "set-url", "origin", str(forge.root / "nowhere.git"))
    assert run("build", "other.tar").returncode != 0
    assert publish(run).returncode != 0
    assert not run.public.exists() and not (run.folder / "other.tar").exists()


def test_a_merge_request_is_told_of_problems_and_pages(forge: Forge) -> None:
    """Two pages that change, and one whose title wants to be more than that."""
    forge.project.change(NOTE, "De què va.", "De què va tot.")
    forge.project.write(
        "pages/nova.md",
        "---\ntitle: '](https://evil.test) ` @all <b>'\nslug: nova\nsummary: S.\n---\nText.\n",
    )
    forge.push("Two pages", branch="change")
    git(forge.project.root, "reset", "-q", "--hard", "HEAD~1")
    forge.project.write("pages/altra.md", "---\ntitle: Altra\nsummary: S.\n---\nText.\n")
    forge.push("What another wrote meanwhile is not of this change")

    run = forge.run("run", commit="origin/change")
    done = run("review", "origin/main", 'a"b $(c)', "review", "--download", "https://f.test/1")
    assert done.returncode == 0, done.stderr
    text = (run.folder / "review/comment.md").read_text("utf-8")
    assert done.stdout == text
    assert text.startswith("**0 errors, 1 warning**\n"), "the title is shown as it is typed"
    assert "\n**Pages added: 1**\n" in text
    assert "- `` ](https://evil.test) ` @all <b> `` `/nova/`\n" in text
    assert f"- `Sobre aquest web` `{ADDRESS}`\n" in text
    assert "Pages removed" not in text
    assert text.endswith("<https://f.test/1>\n")
    page = (run.folder / "review/site/sobre-aquest-web/index.html").read_text("utf-8")
    assert 'href="../files/' in page  # links work without a server
    assert git(run.folder, "worktree", "list").count("\n") == 0


def test_a_merge_request_that_breaks_a_note_is_told_so(forge: Forge) -> None:
    """The problems as in a terminal; where it can be, the preview is there without that note."""
    forge.project.write("notices/wrong.md", WRONG)
    forge.push(branch="change")
    run = forge.run("run", commit="origin/change")
    done = run("review", "origin/main", "change", "review", "--preview", "https://p.test/x")
    assert done.returncode == 0
    assert "content/notices/wrong.md:2:1: error[missing-field]" in done.stdout
    assert done.stdout.endswith(
        "No page changes.\n\nThe site with this change: <https://p.test/x/index.html>\n"
    )
    assert (run.folder / "review/site/index.html").is_file()

    (run.folder / "content/site.yaml").write_text("name: [")
    done = run("review", "origin/main", "change", "review")
    assert done.returncode == 0
    assert done.stdout.startswith("**") and "content/site.yaml:" in done.stdout


class Guarded(BaseHTTPRequestHandler):
    """A server that wants to know who asks."""

    told: list[str | None]

    def log_message(self, *arguments: object) -> None:
        pass

    def do_GET(self) -> None:
        self.told.append(self.headers.get("Authorization"))
        self.send_response(403 if self.told[-1] else 401)
        self.send_header("WWW-Authenticate", 'Basic realm="forge"')
        self.end_headers()


def test_the_token_is_given_to_the_forge_alone(forge: Forge) -> None:
    """And stands in nothing that Git keeps or says."""
    run = forge.run("run")
    handler = type("Handler", (Guarded,), {"told": []})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        in_background(server)
        url = f"http://127.0.0.1:{server.server_port}/site.git"
        git(run.folder, "remote", "set-url", "origin", url)
        secret = {"GIT_TOKEN": "s3cret", "GIT_USER": "me"}
        done = run("branch", "restore", "published", "kept", **secret)
        anonymous = run("branch", "restore", "published", "kept")
        server.shutdown()
    assert done.returncode not in (0, 2) and anonymous.returncode not in (0, 2)
    assert f"Basic {base64.b64encode(b'me:s3cret').decode()}" in handler.told
    assert "s3cret" not in done.stdout + done.stderr
    assert files_with(run.folder / ".git", "s3cret") == []


class Api(BaseHTTPRequestHandler):
    """As much of three forges as the script asks for."""

    comments: list[dict[str, Any]]
    kind: str
    asked: list[str]

    def log_message(self, *arguments: object) -> None:
        pass

    def answer(self, data: object, status: int = 200) -> None:
        self.send_response(status)
        self.end_headers()
        self.wfile.write(json.dumps(data).encode())

    def do_GET(self) -> None:
        url = urlsplit(self.path)
        self.asked.append(url.path)
        if (
            self.headers.get("Authorization") != "Bearer t"
            and self.headers.get("PRIVATE-TOKEN") != "t"
        ):
            self.answer({}, 401)
        elif url.path.endswith("/user"):
            self.answer({"username": "project_bot"})
        elif url.path.endswith("/pulls"):
            assert parse_qs(url.query)["head"] == ["them:branch&x"]
            self.answer([{"number": 6, "head": {"sha": "b"}}, {"number": 7, "head": {"sha": "a"}}])
        else:
            page = int(parse_qs(url.query)["page"][0])
            pages = self.kind != "forgejo"  # which does not know of pages
            self.answer(self.comments[100 * (page - 1) : 100 * page] if pages else self.comments)

    def do_POST(self) -> None:
        data = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.asked.append(f"{self.command} {self.path}")
        if self.command == "POST":
            who = {"github": "github-actions[bot]", "forgejo": "forgejo-actions"}
            name = who.get(self.kind, "project_bot")
            author = (
                {"author": {"username": name}}
                if self.kind == "gitlab"
                else {"user": {"login": name}}
            )
            self.comments.append({"id": 1000 + len(self.comments), "body": data["body"], **author})
        else:
            number = int(self.path.rpartition("/")[2])
            next(c for c in self.comments if c["id"] == number)["body"] = data["body"]
        self.answer({})

    do_PUT = do_PATCH = do_POST


@pytest.fixture(params=["github", "gitlab", "forgejo"])
def api(request: pytest.FixtureRequest) -> Iterator[tuple[type[Api], dict[str, str]]]:
    """A forge with 150 comments, one of which pretends to be ours; and the script's variables."""
    stranger = {"user": {"login": "x"}, "author": {"username": "x"}}
    comments = [
        {"id": n, "body": "<!-- saig -->" if n == 9 else "", **stranger} for n in range(150)
    ]
    kind = request.param
    handler = type("Handler", (Api,), {"comments": comments, "kind": kind, "asked": []})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        in_background(server)
        find = {"OWNER": "them", "BRANCH": "branch&x", "COMMIT": "a"}
        given = {
            "API": f"http://127.0.0.1:{server.server_port}/api/v1/",
            "PROJECT": "our/site",
            "TOKEN": "t",
            **(find if kind == "github" else {"NUMBER": "7"}),
        }
        yield handler, {f"COMMENT_{name}": value for name, value in given.items()}
        server.shutdown()


def test_one_comment_is_kept(api: tuple[type[Api], dict[str, str]], tmp_path: Path) -> None:
    """The first time it is written, then it is changed; those of others are left alone."""
    handler, given = api
    run = Run(Path(__file__).parents[2])
    file = tmp_path / "comment.md"
    for text in ("One\n/merge `x`", "Two" * 100_000):
        file.write_text(text)
        done = run("comment", handler.kind, str(file), **given)
        assert done.returncode == 0, done.stderr
    assert len(handler.comments) == 151
    assert handler.comments[9]["body"] == "<!-- saig -->"
    body = handler.comments[150]["body"]
    assert body.startswith("<!-- saig -->\nTwo") and len(body) < 65_536
    project = "projects/our%2Fsite/merge_requests/7/notes" if handler.kind == "gitlab" else ""
    project = project or "repos/our/site/issues/7/comments"
    assert f"POST /api/v1/{project}" in handler.asked


def test_no_comment_is_told_in_a_line(tmp_path: Path) -> None:
    """A wrong token, no token, a link instead of a text, a commit that is not the newest."""
    run = Run(Path(__file__).parents[2])
    file, link = tmp_path / "comment.md", tmp_path / "link.md"
    file.write_text("Text")
    link.symlink_to("/etc/passwd")
    done = run("comment", "gitlab", str(file), COMMENT_TOKEN="")
    assert (done.returncode, done.stdout) == (0, "Text\n")
    done = run("comment", "gitlab", str(link), COMMENT_TOKEN="")
    assert done.returncode == 1 and "root" not in done.stdout
    given = {"COMMENT_API": "http://127.0.0.1:9", "COMMENT_PROJECT": "a/b", "COMMENT_NUMBER": "1"}
    done = run("comment", "gitlab", str(file), COMMENT_TOKEN="secret", **given)
    assert done.returncode == 1 and "No comment could be written" in done.stderr
    assert "secret" not in done.stderr
    assert run("comment", "svn", str(file)).returncode == 1


def test_due_tells_the_next_job(forge: Forge) -> None:
    """By its exit, or in a line for its forge; that it cannot be told is a failure."""
    told = forge.root / "told"
    run = Run(forge.project.root)
    with (run.folder / "publishconf.py").open("a") as settings:  # where nothing answers
        settings.write('\nSITEURL = "https://poble.invalid"\n')
    assert run("due").returncode == 2
    assert run("due", str(told)).returncode == 1
    assert not told.exists()

    bin_ = forge.root / "bin"
    bin_.mkdir()
    saig = bin_ / "saig"
    for code, line in ((0, "due=true\n"), (1, "due=false\n")):
        saig.write_text(f"#!/bin/sh\nexit {code}\n")
        saig.chmod(0o755)
        told.write_text("")
        assert run("due", str(told), SAIG_BIN=str(bin_)).returncode == 0
        assert told.read_text() == line
        assert run("due", SAIG_BIN=str(bin_)).returncode == code
