"""``saig fmt``: notes in one form, of which the same site is built."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import in_process
import pytest
import warm
import yaml
from git_commands import git
from project import Project, new_project, tree

ROOT = Path(__file__).resolve().parents[2]

FORMS = {
    "contacts/obres.md": [
        ("monday-friday, opens: 9:00", "de dilluns a divendres, opens: 9h  "),
        ("opens: 10:30, closes: 13:00", "opens: de 10.30 a 13 h"),
        ("2020-12-11", "11 de desembre de 2020"),
        ("verified_on: 2020-06-01", "verified_on: '1/6/2020' # per telèfon"),
    ],
    "notices/2020/aigua.md": [
        ("2020-12-09", "09/12/2020"),
        ("urgency: urgent", "urgency: Urgente"),
    ],
    "notices/2020/esborrany.md": [("status: draft", "status: esborrany")],
    "norms/decret-llei-14-2020.md": [("type: repeals", "type: deroga")],
    "services/llicencia.md": [("channel: in-person", "channel: presencialment")],
}


@pytest.fixture
def typed(town: Project) -> Project:
    """The town as people write it, in Windows."""
    for path, changes in FORMS.items():
        for old, new in changes:
            town.change(path, old, new)
    for note in notes(town):
        note.write_bytes(b"\xef\xbb\xbf" + note.read_bytes().replace(b"\n", b"\r\n") + b"\r\n\r\n")
    return town


def notes(town: Project) -> list[Path]:
    return sorted(town.content.rglob("*.md"))


def told(done: subprocess.CompletedProcess[str]) -> str:
    """What is said at the end."""
    return done.stderr.splitlines()[-1]


def test_the_same_site_is_built_of_notes_in_one_form(typed: Project) -> None:
    assert in_process.built(typed) == []
    before = tree(typed.output)
    done = typed.saig("fmt", "--lang", "en")
    assert (done.returncode, told(done)) == (0, f"{len(notes(typed))} notes changed")
    text = (typed.content / "contacts/obres.md").read_text("utf-8")
    assert 'opens: "10:30", closes: "13:00", valid_from: 2020-12-11}\n' in text
    assert "verified_on: 2020-06-01 # per telèfon\n" in text
    assert "type: repeals" in (typed.content / "norms/decret-llei-14-2020.md").read_text("utf-8")
    assert in_process.built(typed) == []
    assert tree(typed.output) == before
    after = {note: note.read_bytes() for note in notes(typed)}
    assert not any(b"\r" in raw or raw.startswith(b"\xef\xbb\xbf") for raw in after.values())
    assert told(typed.saig("fmt", "--lang", "en")) == "0 notes changed"
    assert {note: note.read_bytes() for note in notes(typed)} == after


def test_check_lists_what_would_change_and_changes_nothing(town: Project) -> None:
    town.saig("fmt")
    town.change("notices/2020/aigua.md", "2020-12-09", "09/12/2020")
    before = tree(town.content)
    done = town.saig("fmt", "--check", "--lang", "en")
    assert (done.returncode, done.stdout) == (1, "content/notices/2020/aigua.md\n")
    assert told(done) == "1 note would change: run saig fmt"
    assert tree(town.content) == before
    assert town.saig("fmt", "--check", "content/contacts").returncode == 0


def test_a_note_with_an_error_is_named_and_stays(town: Project) -> None:
    town.change("notices/2020/aigua.md", "2020-12-09", "32/12/2020")
    before = (town.content / "notices/2020/aigua.md").read_bytes()
    done = town.saig("fmt", "content/notices/2020/aigua.md", "--lang", "en")
    assert done.returncode == 0
    assert "content/notices/2020/aigua.md has an error and stays as it is" in done.stderr
    assert (town.content / "notices/2020/aigua.md").read_bytes() == before


def test_many_notes_are_told_in_their_order(town: Project) -> None:
    """Several processes bring them into form."""
    notes = [f"notices/2020/avis-{number:03}.md" for number in range(100)]
    for note in notes:
        town.write(note, "---\ntitle: Avís\nsummary: Un avís.\ndate: 10/12/2020\n---\nText.\n")
    town.write(notes[70], "---\ntitle: Avís\n---\nText.\n")
    done = town.apart("fmt", "--lang", "en", "content/notices")
    right = [f"content/{note}" for note in notes if note != notes[70]]
    assert done.stdout.splitlines() == right
    assert f"content/{notes[70]} has an error and stays as it is" in done.stderr
    assert "99 notes changed" in done.stderr
    assert "date: 2020-12-10\n" in (town.content / notes[99]).read_text("utf-8")


def test_who_may_read_and_write_a_note_stays(town: Project) -> None:
    note = town.content / "notices/2020/aigua.md"
    note.write_bytes(note.read_bytes() + b"\n")
    note.chmod(0o660)
    assert town.saig("fmt", "content/notices/2020/aigua.md").stdout
    assert note.stat().st_mode & 0o777 == 0o660


def test_the_hook_of_the_docs_refuses_a_commit(town: Project) -> None:
    """And lets it pass once the notes are in their form."""
    (town.root / ".venv").mkdir()
    (town.root / ".venv/bin").symlink_to(warm.programs())
    git(town.root, "init", "-q")
    hook = town.root / ".git/hooks/pre-commit"
    hook.parent.mkdir(exist_ok=True)
    text = (ROOT / "docs/notes.md").read_text("utf-8")
    hook.write_text(text.partition(".git/hooks/pre-commit`")[2].split("```")[1].lstrip("\n"))
    hook.chmod(0o755)
    town.saig("fmt")
    town.change("notices/2020/aigua.md", "2020-12-09", "09/12/2020")
    git(town.root, "add", "content")
    with pytest.raises(subprocess.CalledProcessError):
        git(town.root, "commit", "-qm", "x")
    town.saig("fmt")
    git(town.root, "add", "content")
    git(town.root, "commit", "-qm", "x")


def test_the_hook_for_pre_commit_names_a_command_and_the_notes(typed: Project) -> None:
    [hook] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    program, *arguments = hook["entry"].split()
    assert program == ".venv/bin/saig"
    every = [note.relative_to(typed.root).as_posix() for note in notes(typed)]
    found = [path for path in every if re.search(hook["files"], path)]
    assert found == every
    assert sorted(typed.saig(*arguments, *found).stdout.split()) == found
    assert not re.search(hook["files"], "content/files/x.md")


def test_where_there_are_no_notes_it_refuses(town: Project) -> None:
    assert town.saig("fmt", "content/files").returncode == 1
    town.write("site.yaml", "languages: [")
    done = town.saig("fmt", "--lang", "en")
    assert (done.returncode, done.stdout) == (1, "")
    assert "content/site.yaml has errors" in done.stderr


def test_the_shipped_notes_are_in_that_form(tmp_path: Path) -> None:
    done = new_project(tmp_path / "shipped", ROOT / "content").saig("fmt", "--check")
    assert done.stdout == ""
