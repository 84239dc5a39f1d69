"""``saig new``: a note begun, in which nothing is an error."""

from __future__ import annotations

import os
import pty
import re
import subprocess
from pathlib import Path

import pytest
import warm
from project import Project, new_project
from saig.notes.models import KINDS


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The town with a new note of every kind, short and whole."""
    project = new_project(tmp_path_factory.mktemp("new") / "project")
    for kind in KINDS:
        for name, more in ((f"nou-{kind}", ()), (f"tot-{kind}", ("--full",))):
            done = project.saig("new", kind, name, "--title", f'Nou "{kind}": és #1', *more)
            assert done.returncode == 0, done.stderr
            assert done.stdout.strip() == f"content/{kind}s/{name}.md"
    return project


def fields_in(note: Path) -> set[str]:
    """The fields that stand in a note, used or as a comment."""
    return set(re.findall(r"^(?:# )?([a-z0-9_]+):(?: |$)", note.read_text("utf-8"), re.MULTILINE))


@pytest.mark.parametrize("kind", KINDS)
def test_a_whole_note_has_every_field_explained(kind: str, project: Project) -> None:
    """All that the kind may say, each with a line above it that says what it is for."""
    note = project.content / f"{kind}s/tot-{kind}.md"
    assert fields_in(note) == KINDS[kind].model_fields.keys()
    lines = note.read_text("utf-8").splitlines()
    above = {lines[i - 1] for i, line in enumerate(lines) if re.match(r"(# )?[a-z0-9_]+:", line)}
    assert all(line.startswith("# ") for line in above)


@pytest.mark.parametrize("kind", KINDS)
def test_a_new_note_is_short(kind: str, project: Project) -> None:
    """And names what there is to choose from."""
    text = (project.content / f"{kind}s/nou-{kind}.md").read_text("utf-8")
    assert len(text.splitlines()) <= 15
    assert "llicencies, platja" in text or kind == "contact"
    assert "ajuntament, arxiu" in text


def test_a_new_note_is_a_draft_without_an_error(project: Project) -> None:
    """What it lacks is told as a warning; with the summary written and every example taken, nothing
    is wrong in it."""
    assert project.errors() == []
    before: dict[str, bytes] = {}
    for kind in KINDS:
        file = project.content / f"{kind}s/nou-{kind}.md"
        before[str(file)] = file.read_bytes()
        text = re.sub(r"^# (?=[a-z_]+:)", "", file.read_text("utf-8"), flags=re.MULTILINE)
        text = re.sub(r"^summary:.*$", "summary: Un resum.", text, flags=re.MULTILINE)
        file.write_text(text, "utf-8")
    found = [p for p in project.check() if "nou-" in p["path"]]
    for path, content in before.items():
        Path(path).write_bytes(content)
    may_be = {"translation-missing", "expiring-soon", "stale-contact", "date-order"}
    assert {p["code"] for p in found} <= may_be | OF_LANGUAGE, found


OF_LANGUAGE = {"cites-norm-not-in-force"}


def test_comments_are_in_the_editors_language(town: Project) -> None:
    town.saig("new", "notice", "en-catala", LANG="ca_ES.UTF-8")
    text = (town.content / "notices/en-catala.md").read_text("utf-8")
    assert "últim dia de validesa" in text and "a triar: ajuntament" in text


def test_subfolders_and_facts_of_another_note(town: Project) -> None:
    """With the kind's folder before them or without; what a note says of itself alone stays there."""
    for name in ("notices/2027/nou", "2027/mes/nou-2"):
        done = town.saig("new", "notice", name, "--from", "platja-1")
        assert done.returncode == 0, done.stderr
    text = (town.content / "notices/2027/nou.md").read_text("utf-8")
    assert "topics: [platja]" in text and "status: draft" in text
    assert "supersedes" not in text and "old_addresses" not in text
    assert (town.content / "notices/2027/mes/nou-2.md").is_file()
    assert town.errors() == []


def test_it_asks_for_what_is_missing_on_a_terminal_alone(town: Project) -> None:
    done = town.saig("new", "notice")
    assert done.returncode == 1 and "write the kind and the id" in done.stderr
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [str(warm.programs() / "saig"), "new", "notice"],
        cwd=town.root,
        env=warm.surroundings({}),
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
    ) as process:
        os.write(ours, b"Tanca l'arxiu\n\n")
        assert process.wait(60) == 0
    os.close(theirs)
    os.close(ours)
    assert 'title: "Tanca l\'arxiu"' in (town.content / "notices/tanca-l-arxiu.md").read_text(
        "utf-8"
    )


def test_a_new_note_is_a_draft(town: Project) -> None:
    """What was only begun is not published by the next commit."""
    town.saig("new", "notice", "acabat-de-comencar")
    town.change("notices/acabat-de-comencar.md", "\nsummary:  #", "\nsummary: Un resum. #")
    town.build()
    assert not (town.output / "avisos/acabat-de-comencar").exists()


def test_a_translation_stands_beside_its_note_and_carries_words_alone(town: Project) -> None:
    """In whatever subfolder the note is; facts have no place in it."""
    done = town.saig("new", "notice", "amagat", "--lang", "es", cwd=town.content / "contacts")
    assert done.returncode == 0, done.stderr
    note = town.content / "notices/2020/amagat.es.md"
    assert fields_in(note) <= {"title", "short_title", "summary", "status", "translated"}
    original = (town.content / "notices/2020/amagat.md").read_text("utf-8")
    text = note.read_text("utf-8")
    assert text.split("---\n", 2)[2] == original.split("---\n", 2)[2]
    assert re.findall("^title:.*", text, re.MULTILINE) == re.findall("^title:.*", original, re.M)
    assert town.errors() == []


@pytest.mark.parametrize(
    "arguments",
    [
        ["notice", "platja-1"],
        ["notice", "platja-1", "--lang", "es"],
        ["notice", "platja-1", "--lang", "ca"],
        ["notice", "no-hi-es", "--lang", "es"],
        ["notice", "nou", "--lang", "fr"],
        ["notice", "../../fora"],
        ["notice", "Amb Espais"],
        ["notice", "nou", "--from", "no-hi-es"],
        ["notice", "nou", "--from", "../pelicanconf.py"],
        ["notice", ""],
        ["avis", "nou"],
    ],
    ids=" ".join,
)
def test_a_note_is_never_overwritten_nor_misplaced(arguments: list[str], town: Project) -> None:
    """Refused in words; every file stays as it was, and no other comes."""
    before = {path: path.read_bytes() for path in town.root.rglob("*.md")}
    done = town.saig("new", *arguments)
    assert done.returncode in (1, 2)
    assert done.stderr.strip()
    assert {path: path.read_bytes() for path in town.root.rglob("*.md")} == before
