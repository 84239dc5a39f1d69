"""A server as docs/operators.md sets it up: two accounts of its own, OpenSSH on the loopback, and people
who push. For root alone, on Linux."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from project import REPOSITORY
from published_site import git, make_key
from pushed_site import Pushed, push, pushed_project, sign_with

PROGRAMS = ("sshd", "sudo", "visudo", "useradd", "runuser", "bwrap")
PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
NOBODY = 65534
LEFT_OUT = (".*", "content", "docs", "tests", "output", "benchmarks")
HEAVY = (
    "playwright*",
    "mypy*",
    "*mypyc*",
    "pip*",
    "setuptools*",
    "ruff*",
    "hypothesis*",
    "actionlint*",
)


def lacking() -> str:
    """Why there can be no such server here; nothing if there can."""
    if sys.platform != "linux" or os.geteuid() != 0:
        return "only root can make accounts"
    missing = [name for name in PROGRAMS if not shutil.which(name, path=PATH)]
    return (
        f"there is no {', '.join(missing)}" if missing else "" if python() else "no Python for all"
    )


def may_read(path: Path | str) -> bool:
    """Whether any account may."""
    done = subprocess.run(["test", "-r", path], user=NOBODY, group=NOBODY, extra_groups=[])
    return done.returncode == 0


def python() -> str | None:
    """A Python of this version that any account may run."""
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    found = (os.path.realpath(sys.executable), shutil.which(version, path=PATH))
    return next((path for path in found if path and may_read(path)), None)


@dataclass(frozen=True)
class Server:
    """``root``: all that is made but for the accounts, and the home of the one that publishes."""

    root: Path
    receiver: str
    publisher: str
    port: int

    @property
    def checkout(self) -> Path:
        return self.root / "checkout"

    @property
    def program(self) -> Path:
        return self.checkout / ".venv/bin/saig"

    @property
    def repository(self) -> Path:
        return self.root / "git/site.git"

    @property
    def folder(self) -> Path:
        return self.root / "site"

    @property
    def key(self) -> Path:
        return Path("/var/lib") / self.publisher / "signing-key"

    def run(
        self, *command: str | Path, account: str = "root", given: bytes = b""
    ) -> tuple[int, str]:
        """What a command on the server exits with and says."""
        done = subprocess.run(
            ["runuser", "-u", account, "--", *map(str, command)],
            env={"PATH": PATH, "LANG": "C.UTF-8"},
            cwd="/",
            input=given,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=60,
        )
        return done.returncode, done.stdout.decode("utf-8", "replace")

    def done(self, *command: str | Path, account: str = "root") -> str:
        code, said = self.run(*command, account=account)
        assert code == 0, said
        return said

    def configure(self, *arguments: str) -> None:
        """What the repository is set to."""
        config = ("git", f"--git-dir={self.repository}", "config", *arguments)
        self.done(*config, account=self.receiver)

    def install(self, *options: str | Path) -> tuple[int, str]:
        script = self.checkout / "deploy/install-hooks"
        return self.run(script, self.repository, self.folder, *options)

    def documented(self, program: str) -> list[str]:
        """The words of the command with this program in docs/operators.md, with the places of this
        server in place of those."""
        text = (REPOSITORY / "docs/operators.md").read_text("utf-8")
        section = text[text.index("## From an empty server") : text.index("### With an installed")]
        [line] = [line for line in section.splitlines() if line.split(" ")[0].endswith(program)]
        for theirs, ours in {
            "git,saig": f"{self.receiver},{self.publisher}",
            "/var/lib/saig": str(self.key.parent),
            "/srv/urbanisme": str(self.checkout),
            "/srv/git": str(self.repository.parent),
            "/srv/saig": str(self.folder),
            "anna maintainer anna.pub": "{name} {role} {key}",
            "--lang ca": "--lang en",
        }.items():
            line = line.replace(theirs, ours)
        return line.split(" ")

    def ssh(self, key: Path) -> list[str]:
        """The command by which the owner of a key reaches the server."""
        known = f"UserKnownHostsFile={self.root / 'known_hosts'}"
        # The exchange that OpenSSH prefers takes a tenth of a second of a processor.
        exchange = "KexAlgorithms=curve25519-sha256"
        options = ("IdentitiesOnly=yes", "BatchMode=yes", exchange, known)
        return ["ssh", "-F", "none", "-p", str(self.port), "-i", str(key)] + [
            part for option in options for part in ("-o", option)
        ]

    def ask(self, key: Path, *options: str, command: str = "") -> tuple[int, str]:
        """What happens where the owner of a key asks for something else than a push."""
        done = subprocess.run(
            [
                *self.ssh(key),
                *options,
                f"{self.receiver}@127.0.0.1",
                *([command] if command else []),
            ],
            input=b"echo it runs\n",
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=60,
        )
        return done.returncode, done.stdout.decode("utf-8", "replace")


@dataclass(frozen=True)
class Person:
    """Who pushes, from a clone of their own."""

    server: Server
    site: Pushed
    key: Path

    def catch_up(self) -> None:
        """Have what is public, and nothing else."""
        git(self.site.project.root, "fetch", "-q", "origin", "main")
        git(self.site.project.root, "reset", "-q", "--hard", "FETCH_HEAD")

    def push(self, *refs: str, **environment: str) -> tuple[int, str]:
        process = push(self.site.project.root, *(refs or ("main",)), **environment)
        said = process.communicate(timeout=120)[0]
        assert "Traceback" not in said, said
        return process.returncode, said

    def pushed(self, *refs: str) -> str:
        code, said = self.push(*refs)
        assert code == 0, said
        return said


def link(old: str, new: str) -> None:
    """A copy that costs nothing where it can."""
    try:
        os.link(old, new)
    except OSError:
        shutil.copy2(old, new)


def checkout(root: Path) -> None:
    """The project as it is here, with an environment that any account may use."""
    ignore = shutil.ignore_patterns(*LEFT_OUT)
    shutil.copytree(REPOSITORY, root, ignore=ignore, symlinks=True)
    environment = root / ".venv"
    subprocess.run([str(python()), "-m", "venv", "--without-pip", environment], check=True)
    libraries = next(Path(sys.prefix).glob("lib/python3*/site-packages"))
    own = next(environment.glob("lib/python3*/site-packages"))
    unused = shutil.ignore_patterns(*HEAVY)
    shutil.copytree(libraries, own, ignore=unused, copy_function=link, dirs_exist_ok=True)
    program = environment / "bin/saig"
    program.write_text(f'#!/bin/sh\nexec "{environment}/bin/python" "{root}/scripts/saig" "$@"\n')
    program.chmod(0o755)
    for name in ("ready", "compiled"):
        (environment / name).touch()


@contextmanager
def running() -> Iterator[Server]:
    """A server on which nobody may push yet."""
    root = Path(tempfile.mkdtemp(prefix="saig-server-", dir="/var/tmp"))
    root.chmod(0o755)
    with socket.create_server(("127.0.0.1", 0)) as found:
        port = found.getsockname()[1]
    server = Server(root, f"saigt{os.getpid()}g", f"saigt{os.getpid()}p", port)
    try:
        checkout(server.checkout)
        server.done(*server.documented("deploy/install-hooks"))
        with sshd(server):
            yield server
    finally:
        for account in (server.receiver, server.publisher):
            with suppress(KeyError):
                pwd.getpwnam(account)
                subprocess.run(["userdel", account], check=True, capture_output=True)
        shutil.rmtree(Path("/var/lib") / server.publisher, ignore_errors=True)
        Path(f"/etc/sudoers.d/saig-{server.receiver}").unlink(missing_ok=True)
        shutil.rmtree(root, ignore_errors=True)


@contextmanager
def sshd(server: Server) -> Iterator[None]:
    """OpenSSH as Debian sets it up, but that it takes any variable that is sent."""
    Path("/run/sshd").mkdir(exist_ok=True)
    (server.root / "host").mkdir()
    key = make_key(server.root / "host")
    public = " ".join(key.with_name("key.pub").read_text().split()[:2])
    (server.root / "known_hosts").write_text(f"[127.0.0.1]:{server.port} {public}\n")
    settings = server.root / "sshd_config"
    settings.write_text(
        f"Port {server.port}\nListenAddress 127.0.0.1\nHostKey {key}\nUsePAM no\nPidFile none\n"
        "PasswordAuthentication no\nSubsystem sftp internal-sftp\nAcceptEnv *\n"
        "PermitUserEnvironment no\nMaxStartups 100\n"
    )
    program = str(shutil.which("sshd", path=PATH))
    with subprocess.Popen([program, "-D", "-e", "-f", settings], stderr=subprocess.PIPE) as process:
        assert process.stderr
        for line in process.stderr:
            if b"listening" in line:
                break
        assert process.poll() is None
        try:
            yield
        finally:
            process.terminate()


def person(server: Server, name: str, role: str) -> Person:
    """Somebody who may push, in a clone."""
    root = server.root / name
    root.mkdir()
    key = make_key(root)
    command = " ".join(server.documented(".venv/bin/saig"))
    server.done(*command.format(name=name, role=role, key=f"{key}.pub").split(" "))
    project = pushed_project(root / "project")
    (project.root / "plugins").unlink()
    (project.root / "plugins").symlink_to(server.checkout / "plugins")
    git(project.root, "remote", "add", "origin", f"{server.receiver}@127.0.0.1:site.git")
    git(project.root, "config", "core.sshCommand", " ".join(server.ssh(key)))
    if role == "maintainer":
        sign_with(project.root, key)
    return Person(server, Pushed(project, server.folder, server.repository), key)
