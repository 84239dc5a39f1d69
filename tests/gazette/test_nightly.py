"""``deploy/ci/gazette``: who is told each night, and once of each difference."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import warm
from forge_api import Api, serving_api
from norms import ANSWERS, town
from project import REPOSITORY, Project

SCRIPT = REPOSITORY / "deploy/ci/gazette"


@pytest.fixture(params=["github", "gitlab", "forgejo"])
def api(request: pytest.FixtureRequest) -> Iterator[tuple[type[Api], dict[str, str]]]:
    with serving_api(request.param, "gazette") as found:
        yield found


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return town(tmp_path_factory.mktemp("norms") / "town")


@pytest.fixture
def project(whole: Project, tmp_path: Path) -> Project:
    """A clone with an origin, whose gazette's answers lie in a folder."""
    copy = tmp_path / "town"
    shutil.copytree(whole.root, copy, symlinks=True)
    shutil.rmtree(copy / ".saig", ignore_errors=True)
    shutil.rmtree(copy / "theme")
    (copy / "theme").symlink_to(REPOSITORY / "theme")
    origin = tmp_path / "origin.git"
    run("git", "init", "-q", "--bare", str(origin), cwd=tmp_path)
    for command in (
        ("init", "-q", "-b", "main"),
        ("config", "user.name", "E"),
        ("config", "user.email", "e@example.org"),
        ("add", "."),
        ("commit", "-qm", "Begin"),
        ("remote", "add", "origin", str(origin)),
        ("push", "-q", "origin", "main"),
    ):
        run("git", *command, cwd=copy)
    return Project(copy)


def run(*command: str, cwd: Path, **given: str) -> str:
    done = subprocess.run(
        command, cwd=cwd, env=warm.surroundings(given), capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture
def programs(tmp_path: Path) -> Path:
    """A ``saig`` that reads the gazette's answers from the folder beside it."""
    folder = tmp_path / "bin"
    folder.mkdir()
    shutil.copytree(ANSWERS, tmp_path / "answers")
    program = folder / "saig"
    real = warm.programs() / "saig"
    program.write_text(
        f'#!/bin/sh\nexec {real} "$@" --offline {tmp_path / "answers"} --today 2020-12-10\n'
    )
    program.chmod(0o755)
    return folder


@pytest.fixture
def canned(tmp_path: Path) -> Path:
    """A ``saig`` that says what stands in two files, for what forges are told of it; with ``--write``
    it mends one day."""
    folder = tmp_path / "canned"
    folder.mkdir()
    program = folder / "saig"
    program.write_text(
        '#!/bin/sh\ncase "$*" in *--write*) sed -i s/2020-06-13/2020-06-12/ content/norms/llei-1-2020.md ;; esac\n'
        f'case "$*" in *markdown*) cat "{folder}/markdown" ;; *) cat "{folder}/json" ;; esac\n'
    )
    program.chmod(0o755)
    says(folder)
    return folder


def says(folder: Path, *messages: str, code: str = "gazette-fact") -> None:
    """What differs by that ``saig``."""
    told = [{"path": "content/norms/a.md", "code": code, "message": one} for one in messages]
    (folder / "json").write_text("".join(json.dumps(one) + "\n" for one in told))
    (folder / "markdown").write_text("\n".join(messages))


def tell(project: Project, programs: Path, *arguments: str, **given: str) -> str:
    surroundings = {"SAIG_BIN": str(programs), "LANG": "en_US.UTF-8", **given}
    return run(str(SCRIPT), *arguments, cwd=project.root, **surroundings)


def differ(project: Project, path: str, old: str, new: str) -> None:
    project.change(path, old, new)
    run("git", "commit", "-qam", "Change", cwd=project.root)


LAW = "norms/llei-1-2020.md"


def test_one_issue_is_kept(
    api: tuple[type[Api], dict[str, str]], project: Project, canned: Path
) -> None:
    """Opened for the first difference, told once of each, closed when nothing differs; an issue that
    only looks like it is left alone."""
    handler, given = api
    night = lambda: tell(project, canned, handler.kind, **given)  # noqa: E731
    text = "description" if handler.kind == "gitlab" else "body"
    night()
    assert len(handler.issues) == 1
    says(canned, "the day differs")
    night()
    night()
    ours = handler.issues[1]
    assert ours["title"] == "The gazette and the notes of norms differ"
    assert "the day differs" in ours[text]
    assert handler.comments == []
    says(canned, "the day differs", "the number differs")
    night()
    assert "the number differs" in ours[text]
    (comment,) = handler.comments
    assert "the number differs" in comment and "the day" not in comment
    says(canned)
    night()
    assert ours["state"] == "closed"
    assert handler.issues[0]["state"] == "open"


def test_an_answer_that_fails_closes_nothing(
    api: tuple[type[Api], dict[str, str]], project: Project, canned: Path
) -> None:
    handler, given = api
    says(canned, "the day differs")
    tell(project, canned, handler.kind, **given)
    says(canned, "it did not answer", code="gazette-silent")
    tell(project, canned, handler.kind, **given)
    says(canned, "it did not answer", code="gazette-silent")
    with (canned / "json").open("a") as file:
        file.write(json.dumps({"path": "b", "code": "gazette-fact", "message": "new"}) + "\n")
    tell(project, canned, handler.kind, **given)
    tell(project, canned, handler.kind, **given)
    assert handler.issues[1]["state"] == "open"
    assert len(handler.comments) == 1


def test_a_merge_request_has_the_lines(
    api: tuple[type[Api], dict[str, str]], project: Project, canned: Path, tmp_path: Path
) -> None:
    """On a branch of its own, one at a time; the clone stays as it was, and what somebody else put on
    the branch too."""
    handler, given = api
    given["GAZETTE_TELL"] = "merge-request"
    differ(project, LAW, "2020-06-12", "2020-06-13")
    says(canned, "the day differs")
    run("git", "push", "-q", "origin", "main", cwd=project.root)
    tell(project, canned, handler.kind, **given)
    tell(project, canned, handler.kind, **given)
    assert len(handler.requests) == 1
    assert run("git", "status", "--porcelain", cwd=project.root) == ""
    origin = tmp_path / "origin.git"
    changed = run("git", "diff", "main", "saig-gazette", cwd=origin)
    assert "\n+first_date_entry_in_force: 2020-06-12\n" in changed
    assert changed.count("\n+") == 2  # with the name of the file

    run("git", "fetch", "-q", "origin", "saig-gazette", cwd=project.root)
    run("git", "checkout", "-qb", "mine", "FETCH_HEAD", cwd=project.root)
    differ(project, LAW, "Canvia un article", "Canvia l'article 51")
    run("git", "push", "-q", "origin", "HEAD:saig-gazette", cwd=project.root)
    run("git", "checkout", "-q", "main", cwd=project.root)
    before = run("git", "rev-parse", "saig-gazette", cwd=origin)
    differ(project, LAW, 'number: "106"', 'number: "107"')
    assert "Somebody went on" in tell(project, canned, handler.kind, **given)
    assert run("git", "rev-parse", "saig-gazette", cwd=origin) == before


def test_mail_is_sent_once(project: Project, programs: Path, tmp_path: Path) -> None:
    sendmail = tmp_path / "sendmail"
    sendmail.write_text(f'#!/bin/sh\ncat >> "{tmp_path / "sent"}"\n')
    sendmail.chmod(0o755)
    given = {"GAZETTE_TELL": "mail", "GAZETTE_MAIL": "editors@example.org"}
    given["SENDMAIL"] = str(sendmail)
    tell(project, programs, LANGUAGE="ca", **given)
    assert not (tmp_path / "sent").exists()
    differ(project, LAW, "2020-06-12", "2020-06-13")
    tell(project, programs, **given)
    tell(project, programs, **given)
    sent = (tmp_path / "sent").read_text("utf-8")
    assert sent.count("To: editors@example.org") == 1
    assert "gazette-fact" in sent


def test_without_a_forge_it_is_shown(project: Project, programs: Path) -> None:
    differ(project, LAW, "2020-06-12", "2020-06-13")
    assert "gazette-fact" in tell(project, programs)
    assert "gazette-fact" in tell(project, programs, "github", COMMENT_TOKEN="")


def test_a_forge_that_does_not_answer_is_told_in_a_line(project: Project, canned: Path) -> None:
    says(canned, "the day differs")
    given = {"COMMENT_API": "http://127.0.0.1:9", "COMMENT_PROJECT": "a/b", "COMMENT_TOKEN": "t"}
    done = subprocess.run(
        [SCRIPT, "github"],
        cwd=project.root,
        env=warm.surroundings({"SAIG_BIN": str(canned), **given}),
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].startswith("Editors could not be told: URLError")
