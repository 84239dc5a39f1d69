"""Saig as a town has it: a wheel in an environment of its own, and a repository of notes and settings.

The ordinary suite has one environment, of the tests' own Python, whose libraries are those of the
tests. ``SAIG_PYTHONS=all`` asks for one of each Python; ``SAIG_BARE=1`` for environments that install
the libraries as a town does, which needs the network; ``SAIG_DIST`` names a folder with the wheel.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from hashlib import sha256
from importlib.metadata import distributions
from pathlib import Path

import pytest
from project import DAY, LAPTOP, REPOSITORY, Project, adopted_town, tree
from published_site import PAGE, SMALL, git

PYTHONS = ("3.11", "3.12", "3.13")
OWN = f"{sys.version_info.major}.{sys.version_info.minor}"
FOLDERS = ("plugins", "theme", "deploy", ".forgejo", ".github", ".gitlab")
FILES = (
    *(".gitlab-ci.yml", "pyproject.toml", "README.md", "LICENSE"),
    *("requirements.txt", "requirements-import.txt"),
)


def built(folder: Path, source: Path) -> Path:
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=source, check=True, capture_output=True, text=True)
    [wheel] = folder.iterdir()
    return wheel


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """As it is to be released, if ``SAIG_DIST`` says where that lies."""
    if dist := os.environ.get("SAIG_DIST"):
        (found,) = Path(dist).resolve().glob("*.whl")
        return found
    return built(tmp_path_factory.mktemp("wheel"), REPOSITORY)


def test_the_same_source_gives_the_same_bytes(wheel: Path, tmp_path: Path) -> None:
    """Elsewhere, at another time, under another umask."""
    source = tmp_path / "source"
    before = os.umask(0o077)
    try:
        source.mkdir()
        ignored = shutil.ignore_patterns("__pycache__")
        for name in FOLDERS:
            shutil.copytree(
                REPOSITORY / name, source / name, ignore=ignored, copy_function=shutil.copy
            )
        for name in FILES:
            shutil.copy(REPOSITORY / name, source)
        other = built(tmp_path / "wheel", source)
    finally:
        os.umask(before)
    assert other.name == wheel.name
    assert sha256(other.read_bytes()).digest() == sha256(wheel.read_bytes()).digest()


@dataclass(frozen=True)
class Environment:
    """A Python of its own with Saig in it."""

    folder: Path

    def run(self, town: Path, *command: str, **environment: str) -> str:
        """What a program of the environment says; it must succeed, and know of no other Saig."""
        program, *arguments = command
        known = {
            name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR") if name in os.environ
        }
        done = subprocess.run(
            [self.folder / "bin" / program, *arguments],
            cwd=town,
            env={**known, "LANG": "en_GB.UTF-8", "GIT_CONFIG_GLOBAL": os.devnull, **environment},
            capture_output=True,
            text=True,
            timeout=120,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout + done.stderr


IS_BARE = bool(os.environ.get("SAIG_BARE"))


def python(version: str) -> Path | None:
    """The tests' own, or one that ``scripts/test-tools`` gave what Saig needs; any, if the environment
    is to be a bare one."""
    if version == OWN:
        return Path(sys.executable)
    if IS_BARE:
        of_pyenv = (Path.home() / ".pyenv/versions").glob(f"{version}.*/bin/python")
        on_path = shutil.which(f"python{version}")
        found = (*([Path(on_path)] if on_path else []), *of_pyenv)
        return next((one for one in found if runs(one)), None)
    folder = REPOSITORY / f".venv-{version}"
    return folder / "bin/python" if (folder / "ready").is_file() else None


def runs(python: Path) -> bool:
    """pyenv has names that lead nowhere."""
    return subprocess.run([python, "-c", ""], capture_output=True).returncode == 0


def packages_of(python: Path) -> Path:
    ask = "import sysconfig; print(sysconfig.get_path('purelib'))"
    told = subprocess.run([python, "-c", ask], check=True, capture_output=True, text=True)
    return Path(told.stdout.strip())


def link_libraries(source: Path, target: Path) -> None:
    """What Saig needs, and nothing of what the tests need."""
    asked = (REPOSITORY / "requirements.txt").read_text()
    names = set(re.findall(r"^([a-z0-9-]+)==", asked, re.MULTILINE))
    for library in distributions(path=[str(source)]):
        if library.metadata["Name"].lower().replace("_", "-").replace(".", "-") not in names:
            continue
        for file in library.files or ():
            if ".." not in file.parts:
                there = target / file
                there.parent.mkdir(parents=True, exist_ok=True)
                try:
                    os.link(source / file, there)
                except OSError:  # on another disk
                    shutil.copy(source / file, there)


def made(folder: Path, version: str, wheel: Path) -> Environment:
    found = python(version)
    if found is None:
        pytest.skip(f"there is no Python {version} with Saig's libraries (scripts/test-tools)")
    more = [] if IS_BARE else ["--without-pip"]
    subprocess.run([found, "-m", "venv", *more, folder], check=True)
    program = folder / "bin/python"
    own = packages_of(program)
    if not IS_BARE:
        link_libraries(packages_of(found), own)
    requirements = folder / "requirements.txt"
    digest = sha256(wheel.read_bytes()).hexdigest()
    requirements.write_text(f"saig @ {wheel.as_uri()} --hash=sha256:{digest}\n")
    install = [sys.executable, "-m", "pip", "--python", program, "install", "--quiet", "--no-deps"]
    subprocess.run([*install, "--require-hashes", "-r", requirements], check=True)
    if IS_BARE:
        subprocess.run([program, "-m", "saig.libraries"], check=True)
    return Environment(folder)


@pytest.fixture(scope="module", params=PYTHONS)
def environment(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, wheel: Path
) -> Environment:
    if request.param != OWN and os.environ.get("SAIG_PYTHONS") != "all":
        pytest.skip("SAIG_PYTHONS=all asks for every Python")
    return made(tmp_path_factory.mktemp("installed") / "environment", request.param, wheel)


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory, environment: Environment) -> Project:
    found = adopted_town(tmp_path_factory.mktemp("adopted") / "town")
    with (found.root / "pelicanconf.py").open("a") as file:
        file.write(f'TODAY = "{DAY}"\n')
    version = environment.run(found.root, "saig", "--version").split()[1].rstrip(",")
    (found.root / "requirements.txt").write_text(f"saig=={version} --hash=sha256:{'0' * 64}\n")
    return found


@pytest.fixture(scope="module")
def village(tmp_path_factory: pytest.TempPathFactory, town: Project) -> Project:
    """The same with as few notes as a site can have, for what is done with any."""
    found = Project(tmp_path_factory.mktemp("village") / "town")
    found.root.mkdir()
    (found.root / "pelicanconf.py").write_text(f'{LAPTOP}TODAY = "{DAY}"\n')
    for name in ("publishconf.py", "requirements.txt"):
        shutil.copy(town.root / name, found.root)
    for path, text in SMALL.items():
        found.write(path, text)
    return found


def test_its_site_is_the_one_that_is_built_from_the_source(
    environment: Environment, town: Project, built_town: Project
) -> None:
    """By ``saig`` and by ``pelican``, with Saig among the plugins or found in their namespace; a build
    that has nothing to do says so."""
    environment.run(town.root, "saig", "build")
    assert tree(town.output) == tree(built_town.output)
    assert "0 pages made" in environment.run(town.root, "saig", "build")
    with (town.root / "pelicanconf.py").open("a") as file:
        file.write("PLUGINS = None\n")
    shutil.rmtree(town.output)
    environment.run(town.root, "python", "-m", "pelican", "content")
    assert tree(town.output) == tree(built_town.output)
    assert "Built" in environment.run(town.root, "saig", "build")


def test_it_has_all_that_comes_with_saig(environment: Environment, town: Project) -> None:
    """Every file of the theme, the hooks and the scripts, of which programs can be run."""
    theme = Path(environment.run(town.root, "python", "-m", "saig.shipped", "theme").strip())
    assert tree(theme) == tree(REPOSITORY / "theme")
    assert theme.is_relative_to(environment.folder)
    for path in (REPOSITORY / "deploy").rglob("*"):
        if path.is_file() and "__pycache__" not in path.parts:
            there = theme.with_name("deploy") / path.relative_to(REPOSITORY / "deploy")
            assert there.read_bytes() == path.read_bytes()
            assert os.access(there, os.X_OK) == os.access(path, os.X_OK), path
    assert "Saig" in environment.run(town.root, "saig", "--version")
    assert "warning[" in environment.run(town.root, "saig", "check")


def test_it_begins_a_town(environment: Environment, tmp_path: Path) -> None:
    """With the texts that come with it."""
    answers = (
        "--name=Vila",
        "--languages=ca,en",
        "--time-zone=Europe/Madrid",
        "--organisation=Vila",
    )
    environment.run(tmp_path, "saig", "init", "vila", *answers)
    told = environment.run(tmp_path / "vila", "saig", "check")
    assert "0 errors, 0 warnings" in told


def test_it_publishes_and_verifies(
    environment: Environment, village: Project, tmp_path: Path
) -> None:
    site = tmp_path / "site"
    environment.run(village.root, "saig", "publish", str(site))
    assert (site / "current" / PAGE).is_file()
    environment.run(village.root, "saig", "verify", str(site))


def test_scripts_of_forges_run_with_it(
    environment: Environment, village: Project, tmp_path: Path
) -> None:
    """What a forge runs for a town, from a commit to a public site, and the files that have it do so."""
    clone, origin = tmp_path / "clone", tmp_path / "origin.git"
    ignored = shutil.ignore_patterns("output", ".saig", "__pycache__")
    shutil.copytree(village.root, clone, ignore=ignored)
    environment.run(clone, "saig", "workflows", "github")
    assert ".venv/bin/saig script publish" in (clone / ".github/workflows/publish.yml").read_text()
    (clone / ".github/workflows/publish.yml").write_text("mine")
    done = subprocess.run(
        [environment.folder / "bin/saig", "workflows", "github"],
        cwd=clone,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1 and ".github/workflows/publish.yml say otherwise" in done.stderr
    assert (clone / ".github/workflows/publish.yml").read_text() == "mine"
    git(tmp_path, "init", "-q", "--bare", str(origin))
    git(clone, "init", "-q", "-b", "main")
    git(clone, "remote", "add", "origin", str(origin))
    git(clone, "add", "-A")
    git(clone, "commit", "-q", "-m", "x")
    packed = str(tmp_path / "site.tar")
    environment.run(clone, "saig", "script", "check", "text")
    environment.run(clone, "saig", "script", "build", packed)
    commit = git(clone, "rev-parse", "HEAD")
    environment.run(clone, "saig", "script", "publish", packed, str(tmp_path / "public"), commit)
    assert (tmp_path / "public" / PAGE).is_file()
    environment.run(clone, "saig", "script", "review", "HEAD", "main", str(tmp_path / "review"))
    assert (tmp_path / "review/site/index.html").is_file()


def test_a_push_is_published_by_the_saig_that_is_installed(
    environment: Environment, village: Project, tmp_path: Path
) -> None:
    """The town's tree has no code of Saig's; another version than the server's is refused."""
    repository, site = tmp_path / "town.git", tmp_path / "site"
    environment.run(village.root, "saig", "hook", "install", str(repository), str(site))
    key = tmp_path / "key"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key], check=True)
    person = (str(repository), "marta", "maintainer", f"{key}.pub")
    environment.run(village.root, "saig", "people", "add", *person)
    [line] = (tmp_path / ".ssh/authorized_keys").read_text().splitlines()
    program = Path(line.partition('command="')[2].split()[0])
    assert program.is_relative_to(environment.folder) and os.access(program, os.X_OK)

    clone = tmp_path / "clone"
    ignored = shutil.ignore_patterns("output", ".saig", "__pycache__")
    shutil.copytree(village.root, clone, ignore=ignored)
    git(clone, "init", "-q", "-b", "main")
    for name, value in {"gpg.format": "ssh", "user.signingKey": str(key)}.items():
        git(clone, "config", name, value)
    git(clone, "remote", "add", "origin", str(repository))

    def push() -> tuple[int, str]:
        git(clone, "add", "-A")
        git(clone, "commit", "-q", "-S", "-m", "x")
        done = subprocess.run(
            ["git", "push", "origin", "main"],
            cwd=clone,
            env={
                **os.environ,
                "SAIG_ROLE": "maintainer",
                "SAIG_PERSON": "marta",
                "LANG": "C.UTF-8",
            },
            capture_output=True,
            text=True,
        )
        return done.returncode, done.stderr

    code, said = push()
    assert code == 0 and "Published: https://example.org/" in said, said
    assert (site / "current" / PAGE).is_file()
    asked = (clone / "requirements.txt").read_text()
    (clone / "requirements.txt").write_text(asked.replace("saig==0", "saig==9"))
    code, said = push()
    assert code != 0 and "asks for Saig 9" in said, said
    (clone / "requirements.txt").write_text("-r others.txt\n")
    code, said = push()
    assert code != 0 and "does not say which Saig: write saig==" in said, said
