"""What a build makes again after an edit, and because of what, and which checks and derived values it
does again: held against what was looked over.

Each edit is made in the village as the last one left it. More is only done than a change needs where
``expected/edits.txt`` says so; less is no good either, as what stands then must be what a clean build makes.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path

import pytest
from in_process import settings
from project import Project, new_project, tree
from saig.builder.cells import Cells
from saig.commands.build import run
from test_village import HERE, hold, plain_theme

DAY = "2026-03-12"
LATER = ("2026-03-13", "2026-03-14", "2026-12-31", "2027-01-01", "2026-03-11", DAY)
"""The days on which it is built afterwards, without an edit."""

Edit = Callable[[Project], object]


def _write(path: str, text: str) -> Edit:
    return lambda project: project.write(path, text)


def _change(path: str, old: str, new: str) -> Edit:
    return lambda project: project.change(path, old, new)


def _remove(path: str) -> Edit:
    return lambda project: (project.content / path).unlink()


def _theme(path: str, old: str, new: str) -> Edit:
    def edit(project: Project) -> None:
        file = project.root / "theme" / path
        text = file.read_text("utf-8")
        assert old in text
        file.write_text(text.replace(old, new), "utf-8")

    return edit


def _lost(path: str) -> Edit:
    return lambda project: (project.output / path).unlink()


def _altered(path: str) -> Edit:
    return lambda project: (project.output / path).write_text("{}")


NEW = "---\ntitle: Nou\nsummary: S.\ndate: 2026-03-11\ntopics: [mobilitat]\ndepartments: [obres]\n---\n"

GONE = (
    "- {address: /avisos/festa/, title: {ca: F, es: F}, date: 2026-03-12, reason: {ca: R, es: R}}"
)

EDITS: dict[str, Edit] = {
    "nothing": lambda project: None,
    "a field of the site": _change("site.yaml", "stale_after_months: 12", "stale_after_months: 13"),
    "a gone address": _change(
        "gone.yaml", "- address: /avisos/grip/", f"{GONE}\n- address: /avisos/grip/"
    ),
    "a text": _change("notices/2026/avui.md", "Text.", "Un altre text."),
    "a title": _change("notices/2026/avui.md", "Ha vengut avui", "Ha vengut dijous"),
    "a title of what others name": _change(
        "contacts/obres.md", "short_title: obres", "short_title: Obra"
    ),
    "a telephone that others show": _change("contacts/urbanisme.md", "000 020", "000 021"),
    "a link": _change(
        "notices/2026/avui.md", "Un altre text.", "Vegeu [obres](../../contacts/obres.md)."
    ),
    "a change that is told": _change(
        "notices/2026/avui.md", "---\nVegeu", "changes: [{date: 2026-03-12, text: Nou}]\n---\nVegeu"
    ),
    "a norm's end": _change(
        "norms/llei-9.md",
        "date: 2017-09-10",
        "date: 2017-09-10\nfirst_date_entry_in_force: 2017-09-11",
    ),
    "a repeal": _change(
        "norms/llei-5.md", "relations:", "relations:\n  - {type: repeals, norm: llei-9}"
    ),
    "a new note": _write("notices/2026/nou.md", NEW + "Text.\n"),
    "a translation": _write(
        "notices/2026/nou.es.md", "---\ntitle: Nuevo\nsummary: S.\n---\nTexto.\n"
    ),
    "an urgent notice": _change("notices/2026/nou.md", "date:", "urgency: urgent\ndate:"),
    "another id": lambda project: [
        (project.content / f"notices/2026/nou{lang}.md").rename(
            project.content / f"notices/2026/nova{lang}.md"
        )
        for lang in ("", ".es")
    ],
    "a draft": _change("notices/2026/nova.md", "urgency: urgent", "status: draft"),
    "a mistake": _change("notices/2026/vinent.md", "date: 2026-03-08", "date: ahir"),
    "a broken link in a translation": _change(
        "notices/2026/important.es.md", "Según", "[No](no.md)"
    ),
    "no mistakes": lambda project: [
        _change("notices/2026/vinent.md", "date: ahir", "date: 2026-03-08")(project),
        _change("notices/2026/important.es.md", "[No](no.md)", "Según")(project),
    ],
    "a note removed": _remove("notices/2025/vell.md"),
    "a file": _write("files/nou.txt", "Un"),
    "the file again": _write("files/nou.txt", "Dos"),
    "no file": _remove("files/nou.txt"),
    "a heading": _change("norms/llei-1.md", "### Detalls", "### Més detalls"),
    "a norm's name": _change("norms/llei-1.md", "short_title: Llei 1/2019", "short_title: Llei u"),
    "a norm that others cite": _change("norms/llei-4.md", "2026/03/05/4", "2026/03/06/4"),
    "a norm removed": _remove("norms/amagada.md"),
    "hours": _change("contacts/obres.md", "closes: 13:00", "closes: 13:30"),
    "another office's parent": _change("contacts/obres.md", "parent: urbanisme", "parent: cau"),
    "a service's name": _change(
        "services/padro.md", "summary:", "short_title: Padró de tots\nsummary:"
    ),
    "a template": _theme("templates/contact.html", "{{", "<p>{{"),
    "a style": _theme("styles/base.css", "{", "{ orphans: 2;"),
    "a lost page": _lost("avisos/index.html"),
    "an altered document": _altered("contactes/obra/index.json"),
    "a lost feed": _lost("feed.atom"),
    "an altered index": _altered("api/v1/index.json"),
}


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The cells that the last build did, but for pages and feeds, which it tells itself, and the day of the
    whole, which it always does."""
    names: list[str] = []
    save = Cells.save

    def saved(cells: Cells) -> None:
        told = () if cells.database.is_new else cells.done
        names[:] = sorted(
            name.strip() for name in told if not name.startswith(("page ", "feed ", "whole"))
        )
        save(cells)

    monkeypatch.setattr(Cells, "save", saved)
    return names


def test_what_is_made_again_is_as_it_was_looked_over(tmp_path: Path, done: list[str]) -> None:
    project = new_project(tmp_path / "project", HERE / "content")
    plain_theme(project)
    _built(project)
    told = []
    for name, edit in EDITS.items():
        edit(project)
        told += [f"===== {name}\n{_built(project)}", *done, ""]
    for day in LATER:
        told += [f"===== {day}\n{_built(project, day)}", *done, ""]
    hold({"edits": "\n".join(told)})
    again = new_project(tmp_path / "again", project.content)
    plain_theme(again)
    EDITS["a template"](again)
    EDITS["a style"](again)
    _built(again)
    assert tree(project.output) == tree(again.output)


def _built(project: Project, day: str = DAY) -> str:
    """Which pages a build makes again, by what they are made again for, and how many files it
    writes."""
    said, told = StringIO(), StringIO()
    with redirect_stdout(said), redirect_stderr(told):
        run(settings(project, TODAY=day, EXPLAIN="", PRODUCTION=False))
    pages: dict[str, list[str]] = {}
    for line in said.getvalue().splitlines():
        address, _, reasons = line.partition(": ")
        pages.setdefault(reasons, []).append(address)
    lines = [f"{' '.join(addresses)}\n    {reasons}" for reasons, addresses in pages.items()]
    done = re.findall(r"^(\d+ pages? made;) of \d+ files (.*)", told.getvalue(), re.MULTILINE)
    text = "\n".join([*lines, *map(" ".join, done), ""])
    return re.sub(r"(?<=\.)[0-9a-f]{16}(?=\.)", "…", text)
