"""Wrong notes: each problem is told at its place, and none of them harms the rest of the site."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Any

import looked_over
import pytest
from project import Project, new_project, tree
from wrong_notes import ERRORS, GOOD, WARNINGS, Wrong

Problems = dict[str, list[dict[str, Any]]]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The town, with all the wrong notes among its own."""
    project = new_project(tmp_path_factory.mktemp("wrong") / "project")
    for wrong in (*ERRORS, *WARNINGS):
        project.write(wrong.path, wrong.raw)
        for path, text in wrong.others:
            project.write(path, text)
    for path, text in GOOD.items():
        project.write(path, text)
    return project


@pytest.fixture(scope="module")
def problems(project: Project) -> Problems:
    """What one check of them all says, by path in ``content/``."""
    found: Problems = defaultdict(list)
    for problem in project.check("--production", "--lang", "en"):
        found[problem["path"].removeprefix("content/")].append(problem)
    return found


@pytest.fixture(scope="module")
def output(project: Project) -> Path:
    """The site that a local build makes of what is right."""
    project.build()
    return project.output


@pytest.fixture(scope="module")
def published(output: Path) -> dict[str, bytes]:
    """Every file of that site, read once."""
    return {str(path): path.read_bytes() for path in output.rglob("*") if path.is_file()}


def told(found: list[dict[str, Any]], but: str = "") -> list[tuple[str, tuple[int, int]]]:
    """Codes and places, without a remark that most of the notes get and few are about."""
    return [
        (problem["code"], (problem["line"], problem["column"]))
        for problem in found
        if problem["code"] != but
    ]


def by_path(wrong: Wrong) -> str:
    return wrong.path


@pytest.mark.parametrize("wrong", ERRORS, ids=by_path)
def test_an_error_is_told_once_at_its_place(wrong: Wrong, problems: Problems) -> None:
    """Code, line and column are right, and nothing else is said of the note."""
    found = problems[wrong.path]
    assert told(found, but="translation-missing") == [(wrong.code, wrong.place)]


@pytest.mark.parametrize("wrong", WARNINGS, ids=by_path)
def test_a_warning_is_told_once_at_its_place(wrong: Wrong, problems: Problems) -> None:
    """A warning has its place too, and stops nothing."""
    ambient = "" if wrong.code == "translation-missing" else "translation-missing"
    found = [p for p in problems[wrong.path] if p["line"] > 1 or p["code"] != ambient]
    places = told(found)
    assert (wrong.code, wrong.place) in places
    assert {code for code, _ in places} == {wrong.code}
    assert {problem["severity"] for problem in found} == {"warning"}


@pytest.mark.parametrize("wrong", [w for w in (*ERRORS, *WARNINGS) if w.hint], ids=by_path)
def test_the_hint_says_what_to_write(wrong: Wrong, problems: Problems) -> None:
    """The nearest name, the allowed values, the form of the value."""
    [hint] = {
        p["hint"]
        for p in problems[wrong.path]
        if (p["line"], p["column"]) == wrong.place and p["code"] == wrong.code
    }
    assert wrong.hint in hint


def test_all_is_told_as_it_was_looked_over(problems: Problems) -> None:
    """In these words, with this hint, in this order."""
    all_told = (one for found in problems.values() for one in found)
    said = looked_over.told(all_told, but="translation-missing")
    looked_over.hold({Path(__file__).with_name("wrong_notes.txt"): said})


@pytest.mark.parametrize("path", GOOD)
def test_a_good_note_has_no_problem(path: str, problems: Problems) -> None:
    """What the contract allows is not complained of, nor are the town's own notes."""
    assert told(problems[path], but="translation-missing") == []


def test_no_other_file_has_an_error(problems: Problems) -> None:
    """The notes that were right stay right in bad company."""
    wrong = {wrong.path for wrong in ERRORS} | {"norms/repealed-repealer.md"}
    blamed = {
        path for path, found in problems.items() if any(p["severity"] == "error" for p in found)
    }
    assert blamed == wrong


@pytest.mark.parametrize(
    "wrong", [w for w in ERRORS if w.code not in ("placeholder", "too-large")], ids=by_path
)
def test_a_note_with_an_error_is_left_out(wrong: Wrong, published: dict[str, bytes]) -> None:
    """Nothing of it is in the site, not even its title."""
    assert [path for path, raw in published.items() if wrong.title.encode() in raw] == []


@pytest.mark.parametrize(
    "title", ["Good CRLF", "Good BOM", "Good links", "Secció d'Obres", "Platja, segon avís"]
)
def test_the_good_notes_are_built(title: str, published: dict[str, bytes]) -> None:
    """A wrong note stops no other one."""
    assert any(title.encode() in raw for raw in published.values())


@pytest.mark.parametrize(
    "wrong", [w for w in WARNINGS if w.path.endswith(".md") and "TITLE" in w.text], ids=by_path
)
def test_a_note_with_a_warning_is_built(wrong: Wrong, published: dict[str, bytes]) -> None:
    """A warning does not stop publication."""
    assert any(wrong.title.encode() in raw for raw in published.values())


def test_a_production_build_refuses_and_leaves_the_output_alone(
    project: Project, output: Path
) -> None:
    """Exit 1, the problems are shown, and not one byte or date of what is published changes."""
    before = tree(output), {path: path.stat().st_mtime_ns for path in output.rglob("*")}
    done = project.saig("build", "--production", "--today", "2020-12-10")
    assert done.returncode == 1
    assert "content/notices/typo.md:5:1: error[unknown-field]" in done.stderr
    assert before == (
        tree(output),
        {path: path.stat().st_mtime_ns for path in output.rglob("*")},
    )
