"""``saig new``: a note with every field of its kind, which passes the check once filled in."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from project import Project, new_project

EVERY = {
    "title",
    "short_title",
    "summary",
    "date",
    "modified",
    "status",
    "slug",
    "old_addresses",
    "search_words",
    "topics",
    "departments",
    "services",
    "norms",
    "valid_from",
    "valid_until",
    "supersedes",
    "changes",
}
OWN = {
    "contact": "parent aliases address accessibility telephones emails website opening_hours closures dir3 verified_on",
    "service": "channels no_channel online_only_norm bring audience audience_codes life_events gives processing_time cost deadline procedure_code",
    "norm": "eli jurisdiction type number date_document passed_by aliases published_in "
    "first_date_entry_in_force date_no_longer_in_force end_reason relations done_by_others checked "
    "gazette_differs",
    "notice": "urgency",
    "page": "",
}
"""The fields of contract §1."""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The town with a new note of every kind."""
    project = new_project(tmp_path_factory.mktemp("new") / "project")
    for kind in OWN:
        done = project.saig("new", kind, f"nou-{kind}", "--title", f'Nou "{kind}": és #1')
        assert done.returncode == 0, done.stderr
        assert done.stdout.strip() == f"content/{kind}s/nou-{kind}.md"
    return project


def fields_in(note: Path) -> set[str]:
    """The fields that stand in a note, used or as a comment."""
    return set(re.findall(r"^(?:# )?([a-z0-9_]+):(?: |$)", note.read_text("utf-8"), re.MULTILINE))


@pytest.mark.parametrize("kind", OWN)
def test_a_new_note_has_every_field_explained(kind: str, project: Project) -> None:
    """All that the kind may say, each with a line above it that says what it is for."""
    note = project.content / f"{kind}s/nou-{kind}.md"
    assert fields_in(note) == {*EVERY, *OWN[kind].split()}
    lines = note.read_text("utf-8").splitlines()
    above = {lines[i - 1] for i, line in enumerate(lines) if re.match(r"(# )?[a-z0-9_]+:", line)}
    assert all(line.startswith("# ") for line in above)


def test_a_new_note_passes_once_it_is_filled_in(project: Project) -> None:
    """The check tells only what is missing; with that written, it is content."""
    assert project.errors() == [], "what a draft lacks stops nobody"
    missing = {
        (p["path"].rpartition("/")[2], p["code"]) for p in project.check() if "nou-" in p["path"]
    }
    assert missing >= {(f"nou-{kind}.md", "missing-field") for kind in OWN}
    assert {code for _, code in missing} == {"missing-field"}
    for kind in OWN:
        path = f"{kind}s/nou-{kind}.md"
        project.change(path, "\nsummary:\n", "\nsummary: Un resum.\n")
        if kind == "service":
            project.change(path, "\ndepartments:\n", "\ndepartments: [obres]\n")
            project.change(path, "\n# no_channel:", "\nno_channel: {ca: No, es: No}\n#")
    left = {p["code"] for p in project.check() if "nou-" in p["path"]}
    assert "missing-field" not in left, left


def test_a_new_note_is_a_draft(town: Project) -> None:
    """What was only begun is not published by the next commit."""
    town.saig("new", "notice", "acabat-de-comencar")
    town.change("notices/acabat-de-comencar.md", "\nsummary:\n", "\nsummary: Un resum.\n")
    town.build()
    assert not (town.output / "avisos/acabat-de-comencar").exists()


def test_a_translation_stands_beside_its_note_and_carries_words_alone(town: Project) -> None:
    """In whatever subfolder the note is; facts have no place in it."""
    done = town.saig("new", "notice", "amagat", "--lang", "es", cwd=town.content / "contacts")
    assert done.returncode == 0, done.stderr
    note = town.content / "notices/2020/amagat.es.md"
    assert fields_in(note) == {"title", "short_title", "summary", "slug", "changes"}
    town.change("notices/2020/amagat.es.md", "\nsummary:\n", "\nsummary: Un resumen.\n")
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
