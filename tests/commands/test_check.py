"""``saig check``: its formats, its exit codes, its languages."""

from __future__ import annotations

import json
import re

import pytest
from project import DAY, REPOSITORY, SAIG, Project, new_project

TRANSLATIONS = REPOSITORY / "plugins" / "saig" / "translations"
WRONG = """---
title: T
summary: S.
date: 2020-05-01
valid_from: 2020-06-02
valid_until: 2020-06-01
---
T.
"""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The town with one error, in a file whose name forges must escape."""
    project = new_project(tmp_path_factory.mktemp("check") / "project")
    project.write("notices/wrong.md", WRONG)
    project.write("notices/100%, sure: no.md", "")
    return project


def test_text_is_one_line_a_problem_and_its_hint_below(project: Project) -> None:
    """``path:line:col: severity[code] message``, to the letter."""
    done = project.saig("check", "--today", DAY)
    assert (
        "content/notices/wrong.md:6:14: error[date-order] "
        "valid_until (2020-06-01) is before valid_from (2020-06-02)\n"
        "    hint: swap the two dates, or correct the wrong one\n"
        "    6 | valid_until: 2020-06-01\n"
        "      |              ^\n"
    ) in done.stdout
    for line in done.stdout.splitlines():
        assert re.match(
            r"(content/.+:\d+:\d+: (error|warning)\[[a-z0-9-]+\] \S|    hint: \S|    [ \d→]+ \| )",
            line,
        )
    assert done.returncode == 1
    assert "2 errors" in done.stderr


def test_a_process_of_its_own_says_the_same(project: Project) -> None:
    """Tests run commands in their own process or as forks of one (tests/warm.py): this is to notice if
    that differs."""
    for arguments in (("check", "--today", DAY), ("check", "--no-such-option")):
        started = project.run(SAIG, *arguments)
        for done in (project.saig(*arguments), project.apart(*arguments)):
            assert done.stdout == started.stdout
            assert done.stderr.splitlines()[-1] == started.stderr.splitlines()[-1]
            assert done.returncode == started.returncode


def test_json_is_one_object_a_line(project: Project) -> None:
    """With the keys of the contract, and numbers for numbers."""
    done = project.saig("check", "--today", DAY, "--format", "json", "content/notices/wrong.md")
    [problem] = [json.loads(line) for line in done.stdout.splitlines()]
    assert problem == {
        "path": "content/notices/wrong.md",
        "line": 6,
        "column": 14,
        "severity": "error",
        "code": "date-order",
        "message": "valid_until (2020-06-01) is before valid_from (2020-06-02)",
        "hint": "swap the two dates, or correct the wrong one",
    }


def test_github_annotations_are_escaped(project: Project) -> None:
    """Commas, colons and percent signs of a path do not end the property."""
    done = project.saig("check", "--today", DAY, "--format", "github")
    assert (
        "::error file=content/notices/100%25%2C sure%3A no.md,line=1,col=1,title=bad-id::"
        in done.stdout
    )
    assert (
        "::error file=content/notices/wrong.md,line=6,col=14,title=date-order::valid_until"
        in done.stdout
    )
    assert "\n::warning file=" in done.stdout


def test_sarif_is_what_forges_read(project: Project) -> None:
    """Each result names its rule, its level and its place; each rule is declared."""
    done = project.saig("check", "--today", DAY, "--format", "sarif")
    log = json.loads(done.stdout)
    assert log["version"] == "2.1.0"
    assert log["$schema"].endswith("sarif-2.1.0.json")
    [run] = log["runs"]
    rules = {rule["id"] for rule in run["tool"]["driver"]["rules"]}
    assert run["tool"]["driver"]["name"] == "Saig"
    found = {}
    for result in run["results"]:
        [location] = result["locations"]
        place = location["physicalLocation"]
        region = place["region"]
        assert result["ruleId"] in rules
        assert result["level"] in ("error", "warning")
        assert result["message"]["text"]
        assert region["startLine"] >= 1
        assert region["startColumn"] >= 1
        found[place["artifactLocation"]["uri"]] = (result["ruleId"], region["startLine"])
    assert found["content/notices/wrong.md"] == ("date-order", 6)
    assert "content/notices/100%25,%20sure:%20no.md" in found


def test_warnings_do_not_fail_the_check(town: Project) -> None:
    """The town has things to do, but none that stops publication."""
    done = town.saig("check", "--today", DAY)
    assert "warning[translation-missing]" in done.stdout
    assert done.returncode == 0


@pytest.mark.parametrize(
    ("cwd", "paths", "code"),
    [
        (".", ["content/notices/wrong.md"], 1),
        (".", ["content/contacts"], 0),
        (".", ["content/contacts", "content/notices/"], 1),
        ("content", [".."], 1),
        ("content/notices", ["wrong.md"], 1),
        ("content/notices/2020", ["."], 0),
        ("content/notices/2020", ["../wrong.md"], 1),
    ],
)
def test_paths_choose_what_is_told(project: Project, cwd: str, paths: list[str], code: int) -> None:
    """From any folder, only what is in these files and folders counts; paths stay the project's."""
    done = project.saig("check", "--today", DAY, *paths, cwd=project.root / cwd)
    assert done.returncode == code
    assert ("content/notices/wrong.md:6:14" in done.stdout) == bool(code)


@pytest.mark.parametrize(
    ("arguments", "cwd", "code"),
    [
        (["check"], "/", 1),
        (["check", "content/no-such.md"], ".", 2),
        (["check", "/usr"], ".", 1),
        (["check", "--today", "10/12/2020"], ".", 2),
        (["check", "--format", "xml"], ".", 2),
        (["check", "--previous", "no-such.json"], ".", 1),
        (["chekc"], ".", 2),
    ],
)
def test_a_wrong_call_is_refused_in_words(
    project: Project, arguments: list[str], cwd: str, code: int
) -> None:
    """One or two lines on the error output, and nothing on the other."""
    done = project.saig(*arguments, cwd=project.root / cwd)
    assert (done.returncode, done.stdout) == (code, "")
    assert done.stderr.strip()


@pytest.mark.parametrize("command", ["build", "check", "new", "serve"])
def test_every_command_has_help_with_an_example(project: Project, command: str) -> None:
    """``--help`` shows a call that could be typed."""
    done = project.saig(command, "--help")
    assert done.returncode == 0
    assert f"Example: saig {command}" in done.stdout


def message(project: Project, *arguments: str, **environment: str) -> str:
    done = project.saig(
        "check", "--today", DAY, "content/notices/wrong.md", *arguments, **environment
    )
    return done.stdout


@pytest.mark.parametrize("lang", ["ca", "es"])
@pytest.mark.skipif(not TRANSLATIONS.is_dir(), reason="the messages are not translated yet")
def test_messages_are_in_the_editors_language(project: Project, lang: str) -> None:
    """``--lang`` wins, then ``LC_ALL``, ``LC_MESSAGES``, ``LANG``; code and place stay."""
    own = message(project, "--lang", lang)
    assert own != message(project, "--lang", "en")
    assert own.startswith("content/notices/wrong.md:6:14: error[date-order] valid_until")
    assert message(project, LANG=f"{lang}_ES.UTF-8") == own
    assert message(project, LC_MESSAGES=f"{lang}_ES.UTF-8", LANG="en_GB.UTF-8") == own
    assert message(project, LC_ALL="en_GB.UTF-8", LANG=f"{lang}_ES.UTF-8") != own


@pytest.mark.parametrize("locale", ["C", "", "tlh_KL.UTF-8"])
def test_other_languages_read_english(project: Project, locale: str) -> None:
    """A server's locale is no reason to fall silent."""
    assert "is before valid_from" in message(project, LANG=locale)


def test_settings_that_cannot_be_read_are_told_in_a_line(town: Project) -> None:
    """They are Python, so anything can be wrong in them."""
    (town.root / "pelicanconf.py").write_text("1 / 0\n")
    for command in ("check", "build"):
        done = town.saig(command)
        assert done.returncode == 1
        assert "pelicanconf.py cannot be read: ZeroDivisionError" in done.stderr
