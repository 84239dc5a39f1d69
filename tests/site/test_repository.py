"""What is true of the repository itself: its notes, its words, its papers."""

from __future__ import annotations

import io
import re
import runpy
import subprocess
import sys
import tomllib

import pytest
from babel.messages.pofile import read_po
from project import REPOSITORY
from saig.commands import COMMANDS
from saig.notes.problem import CODES


def tracked(*patterns: str) -> list[str]:
    listed = subprocess.run(
        ["git", "ls-files", *patterns], cwd=REPOSITORY, capture_output=True, text=True, check=True
    )
    return listed.stdout.split()


def run(script: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(REPOSITORY / "scripts" / script), *arguments],
        capture_output=True,
        text=True,
        cwd=REPOSITORY,
    )


def test_reference_is_what_the_models_say() -> None:
    assert run("reference", "--check").returncode == 0, "run scripts/reference --write"


def test_decisions_that_code_names_are_there() -> None:
    """By their numbers: a record that was numbered anew would mislead."""
    decisions = {path.name[:4] for path in (REPOSITORY / "docs" / "decisions").glob("[0-9]*.md")}
    for folder in ("plugins", "tests", "docs", "benchmarks"):
        for path in (REPOSITORY / folder).rglob("*.*"):
            if path.suffix in (".py", ".md"):
                text = path.read_text("utf-8")
                named = re.findall(r"docs/decisions/(\d{4})|\bdecision (\d+)\b", text)
                found = {(long or short).zfill(4) for long, short in named}
                assert found <= decisions, path


def test_every_message_is_translated() -> None:
    done = run("messages", "--check")
    assert done.returncode == 0, done.stdout + done.stderr


def test_no_translation_stands_there_twice() -> None:
    """As a merge of two that were rewrapped leaves it."""
    twice = [
        message.id
        for path in tracked("*/translations/*/LC_MESSAGES/messages.po")
        for message in read_po(io.BytesIO((REPOSITORY / path).read_bytes()))
        for said in ([message.string] if isinstance(message.string, str) else message.string)
        if len(said) > 20 and said[: len(said) // 2 - 1] in said[len(said) // 2 - 1 :]
    ]
    assert twice == []


@pytest.mark.parametrize("code", sorted(CODES))
def test_every_problem_is_explained(code: str) -> None:
    assert f"## `{code}`" in (REPOSITORY / "docs" / "problems.md").read_text("utf-8")


def test_every_command_is_explained() -> None:
    text = (REPOSITORY / "docs" / "operators.md").read_text("utf-8")
    rows = [line for line in text.splitlines() if line.startswith("| `saig ")]
    assert COMMANDS.keys() == {*re.findall(r"`saig ([a-z]+)", "\n".join(rows))}


def test_no_file_names_a_package_host_or_a_machine() -> None:
    for path in tracked("requirements*", "pyproject.toml", "Makefile", "scripts", ".ci"):
        text = (REPOSITORY / path).read_text("utf-8")
        assert not re.search(r"index-url|find-links|file://|\"resolved\"|/home/|/root/", text), path


OTHER_FORMS = {
    "ca": r"""(?xim)
        (?:^|[.;:,(]\ |\b[io]\ )(?:actualitz|canvi|comenc|comprov|copi|deix|deman|don|elimin|enllac
          |envi|esborr|execut|indiqu|intercanvi|pass|pos|prov|publiqu|revis|tanqu|torn|utilitz)eu\b
        | \bfeu\b | \btraieu\b
        | \bper\ a\ (?!lloguer)[a-zà-ü·]+(?:ar|ir|re)\b
        | \ben\ el\ BO(?:IB|E)\b
        | ’""",
    "es": r"(?xi) \bficheros?\b | \b(?:escribe|pon|quita|borra|haz|añade)lo\b | ’",
}
"""What is said in another way everywhere else: vós in -au and usted, per obrir, al BOIB."""


@pytest.mark.parametrize("lang", sorted(OTHER_FORMS))
def test_each_idiom_has_one_form(lang: str) -> None:
    """In the notes, on the pages around them and in what editors are told."""
    notes = [path for path in tracked("content/*.md") if path.endswith(".es.md") == (lang == "es")]
    words = tracked(f"*/translations/{lang}/LC_MESSAGES/messages.po")
    assert len(words) == 2
    for path in [*notes, *words]:
        text = (REPOSITORY / path).read_text("utf-8")
        if path.endswith(".po"):  # what is said, without the messages' ids
            said = re.findall(r'^msgstr\S* "(.*\n(?:".*\n)*)', text, re.MULTILINE)
            text = "".join(re.sub(r'"\n"', "", one) for one in said)
        assert not re.findall(OTHER_FORMS[lang], text), path


def asked_for(file: str) -> list[str]:
    lines = (REPOSITORY / file).read_text("utf-8").splitlines()
    return [line for line in lines if line and not line.startswith(("#", "-"))]


def test_the_wheel_asks_for_what_the_requirements_do() -> None:
    """Each library is named in one more place, with the same bounds; so is the builder."""
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text("utf-8"))
    assert project["project"]["dependencies"] == asked_for("requirements.in")
    extra = project["project"]["optional-dependencies"]["import"]
    assert extra == asked_for("requirements-import.in")
    assert project["build-system"]["requires"] == asked_for("requirements-build.in")
    assert set(project["build-system"]["requires"]) <= set(asked_for("requirements-test.in"))


def test_the_repositorys_settings_are_those_of_a_town() -> None:
    """But for what stands at the top of the repository, and the zone, which nothing depends on."""
    import saig.settings

    own = runpy.run_path(str(REPOSITORY / "pelicanconf.py"))
    towns = {name: value for name, value in vars(saig.settings).items() if name.isupper()}
    differing = {"PLUGIN_PATHS", "THEME", "TIMEZONE"}
    assert {name for name in own if name.isupper()} - {"PLUGIN_PATHS"} == towns.keys()
    assert {name for name, value in towns.items() if own[name] != value} <= differing
