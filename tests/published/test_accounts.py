"""Two accounts, real keys and a real OpenSSH: what each role, and each account, can do and cannot."""

from __future__ import annotations

import json
import os
import pwd
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from project import REPOSITORY
from published_site import NOTE, PAGE, git
from server import Person, Server, lacking, person, running

pytestmark = pytest.mark.skipif(bool(lacking()), reason=lacking())


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with running() as server:
        yield server


@pytest.fixture(scope="module")
def marta(server: Server) -> Person:
    """Whose first push is public, signed."""
    marta = person(server, "marta", "maintainer")
    marta.site.commit()
    assert "remote: Published: https://poble.cat/web/" in marta.pushed()
    return marta


@pytest.fixture(scope="module")
def enric(server: Server, marta: Person) -> Person:
    return person(server, "enric", "editor")


@pytest.fixture
def maintainer(marta: Person) -> Person:
    marta.catch_up()
    return marta


@pytest.fixture
def editor(enric: Person) -> Person:
    enric.catch_up()
    return enric


def owners(folder: Path) -> set[str]:
    found = [folder, *folder.rglob("*")]
    return {pwd.getpwuid(os.lstat(path).st_uid).pw_name for path in found}


def test_notes_are_published_and_previewed(server: Server, editor: Person) -> None:
    """By the one account, from what the other built; the record is signed, and all of it holds."""
    editor.site.say("Amb dos comptes.")
    commit = editor.site.commit()
    said = editor.pushed("main", "main:estiu")
    assert "Published: https://poble.cat/web/sobre-aquest-web/" in said
    assert "Preview of estiu: https://poble.cat/web/_preview/estiu/" in said
    assert "Amb dos comptes." in (server.folder / "current" / PAGE).read_text("utf-8")
    line = editor.site.record[-1]
    assert (line["commit"], line["differs"]) == (commit, False) and line["signer"]
    assert "are as published" in server.done(server.program, "verify", server.folder)
    assert owners(server.folder) == {server.publisher}
    assert owners(server.repository) == {server.receiver}
    assert owners(server.checkout) == {"root"} == owners(server.repository.parent / ".ssh")
    code, said = editor.push(":estiu")
    assert code == 0 and "The preview estiu is removed" in said
    assert not (server.folder / "previews/estiu").exists()
    again = (server.program, "hook", "publish", server.repository)
    server.done(*again, account=server.receiver)
    code, said = server.run(*again)
    assert code == 1 and f"runuser -u {server.receiver}" in said


def test_a_broken_note_changes_nothing(server: Server, editor: Person) -> None:
    before = (server.folder / "publications.jsonl").read_bytes()
    editor.site.project.write(NOTE, "---\ntitle: x\n---\n")
    editor.site.commit()
    code, said = editor.push()
    assert code != 0 and "error[missing-field]" in said
    assert (server.folder / "publications.jsonl").read_bytes() == before


@pytest.mark.parametrize(
    "asked",
    [
        *("", "id", "sh", "git-upload-archive 'site.git'", "git-receive-pack 'site.git'; id"),
        *("git-receive-pack 'site.git/saig/public'", "git-receive-pack '../git/site.git'"),
        *("git-receive-pack '/etc'", "git-receive-pack 'site.git' --x", "git-shell -c id"),
        *("git-receive-pack '$(id)'", "scp -t /tmp", "git receive-pack 'site.git\nid'"),
    ],
)
def test_a_key_is_for_one_thing(asked: str, server: Server, enric: Person, marta: Person) -> None:
    for who in (enric, marta):
        code, said = server.ask(who.key, command=asked)
        assert code != 0 and "This key is for one thing alone: git push and git fetch" in said
        assert "uid=" not in said and "it runs" not in said


def test_no_file_transfer_no_forwarding_no_other_role(server: Server, editor: Person) -> None:
    code, said = server.ask(editor.key, "-s", command="sftp")
    assert code == 1 and said == ""
    code, said = server.ask(editor.key, "-W", f"127.0.0.1:{server.port}")
    assert code != 0 and "administratively prohibited" in said
    for path in (f"{server.repository}/saig/public", "other.git"):
        git(
            editor.site.project.root,
            "config",
            "remote.other.url",
            f"{server.receiver}@127.0.0.1:{path}",
        )
        command = ["git", "push", "other", "HEAD:refs/heads/x"]
        done = subprocess.run(command, cwd=editor.site.project.root, capture_output=True, text=True)
        assert done.returncode != 0 and "for one thing alone" in done.stderr
    (editor.site.project.root / "README.md").write_text("x")
    editor.site.commit()
    ssh = "".join(f" -o SendEnv={name}" for name in ("SAIG_ROLE", "GIT_DIR", "PATH"))
    command = " ".join(server.ssh(editor.key)) + ssh
    code, said = editor.push(GIT_SSH_COMMAND=command, SAIG_ROLE="maintainer")
    assert code != 0 and "only content/ may be changed" in said


EVIL = """
import os, subprocess
def read(path): open(path).read(1)
def write(path): open(path, "a")
def sudo(command):
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    if done.returncode and "no new privileges" in done.stderr: raise PermissionError(done.stderr)
for name, action, arguments in {actions!r}:
    try:
        globals()[action](arguments)
    except OSError as error:
        print("tried", name, type(error).__name__)
    else:
        print("tried", name, "and did it")
"""


def test_a_build_reaches_neither_key_nor_site(server: Server, maintainer: Person) -> None:
    """Be its code a maintainer's; where there is no sandbox, too. In it, nothing of the account that
    receives either."""
    folder, home, root = server.folder, server.repository.parent, maintainer.site.project.root
    take = [
        "sudo",
        "-n",
        "-u",
        server.publisher,
        "--",
        str(server.program),
        "hook",
        "take",
        str(folder),
    ]
    never = {
        "key": ("read", server.key),
        "page": ("write", folder / "current" / PAGE),
        "release": ("write", folder / "releases/x"),
        "record": ("write", folder / "publications.jsonl"),
        "settings": ("write", folder / "settings.json"),
        "keys": ("write", home / ".ssh/authorized_keys"),
        "signers": ("write", home / ".ssh/allowed_signers"),
        "code": ("write", server.checkout / "plugins/saig/__init__.py"),
    }
    boxed = {
        "hook": ("write", server.repository / "hooks/pre-receive"),
        "head": ("write", server.repository / "HEAD"),
        "tree": ("write", server.repository / "saig/public/.git/config"),
    }
    actions = [(name, action, str(path)) for name, (action, path) in (never | boxed).items()]
    settings = root / "pelicanconf.py"
    settings.write_text(
        settings.read_text() + EVIL.format(actions=[*actions, ("sudo", "sudo", take)])
    )
    maintainer.site.commit()
    said = maintainer.pushed()
    for name in (*never, *boxed, "sudo"):
        assert f"tried {name} " in said and f"tried {name} and did it" not in said, said

    server.configure("saig.sandbox", "off")
    maintainer.site.say("Sense capsa.")
    maintainer.site.commit()
    said = maintainer.pushed()
    for name in never:
        assert f"tried {name} PermissionError" in said, said
    server.configure("--unset", "saig.sandbox")
    assert "are as published" in server.done(server.program, "verify", folder)


def test_what_is_no_site_is_not_taken(server: Server, maintainer: Person) -> None:
    """By the account that publishes, whatever the other hands over."""
    listed = sorted(os.listdir(server.folder / "releases"))
    before = (server.folder / "publications.jsonl").read_bytes()
    sudo = ("sudo", "-n", "-u", server.publisher, "--")
    take = (*sudo, server.program, "hook", "take", server.folder)
    site = {"commit": "a" * 40, "url": "https://poble.cat/web", "files": [["../x", 1]]}
    given = json.dumps({"site": site}).encode() + b"\nx"
    code, said = server.run(*take, account=server.receiver, given=given)
    assert code == 1 and "no finished site" in said and "Traceback" not in said, said
    assert (server.folder / "publications.jsonl").read_bytes() == before
    assert sorted(os.listdir(server.folder / "releases")) == listed
    assert not (server.folder / "x").exists()


def test_one_command_is_allowed(server: Server, maintainer: Person) -> None:
    """With these very words."""
    for command in (
        ("sh", "-c", "id"),
        (server.program, "hook", "take", "/etc"),
        (server.program, "hook", "take", server.folder, "--help"),
        (server.program, "rollback", server.folder),
    ):
        sudo = ("sudo", "-n", "-u", server.publisher, "--", *command)
        code, said = server.run(*sudo, account=server.receiver)
        assert code != 0 and "password is required" in said
    code, said = server.run("sudo", "-n", "id", account=server.receiver)
    assert code != 0 and "uid=" not in said


def test_going_back(server: Server, maintainer: Person) -> None:
    """As the account that publishes, whose folder knows the key."""
    said = server.done(server.program, "rollback", server.folder, account=server.publisher)
    assert " again (publication " in said
    said = server.done(
        server.program, "hook", "publish", server.repository, account=server.receiver
    )
    assert "was rolled back to" in said
    assert "are as published" in server.done(server.program, "verify", server.folder)


def test_ten_commands_are_documented() -> None:
    """From an empty Debian to a live site. The fixture runs those that set up accounts and people."""
    text = (REPOSITORY / "docs/operators.md").read_text("utf-8")
    section = text[text.index("## From an empty server") : text.index("It ends with the addresses")]
    commands = [block.strip().splitlines() for block in section.split("```")[1::2]]
    assert sum(map(len, commands)) <= 10


def test_what_stands_in_the_way_of_installation(server: Server, maintainer: Person) -> None:
    """It is told plainly, with what to do, and changes nothing: keys from before roles, a checkout that
    builds could write, a key that they could read."""
    keys = server.repository.parent / ".ssh/authorized_keys"
    before = keys.read_text()
    keys.write_text(before + "restrict ssh-ed25519 AAAA old\n")
    code, said = server.install()
    assert code == 1 and "is a key without a role" in said and f"mv {keys} {keys}.old" in said
    keys.write_text(before)

    os.chown(server.checkout, pwd.getpwnam(server.receiver).pw_uid, -1)
    code, said = server.install()
    assert code == 1 and "install Saig anew as root" in said
    os.chown(server.checkout, 0, -1)

    key = server.root / "old-key"
    key.write_text("x")
    code, said = server.install("--key", key)
    assert code == 1 and f"chown {server.publisher} {key}" in said
    code, said = server.install("--accounts", "git")
    assert code == 1 and "are not two accounts" in said
    script = server.checkout / "deploy/install-hooks"
    code, said = server.run(script, server.repository, server.folder, account=server.receiver)
    assert code == 1 and "can only be set up by root" in said
    code, said = server.install()
    assert code == 0, said
