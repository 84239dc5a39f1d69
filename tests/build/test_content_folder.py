"""What is wrong in ``content/`` beside the notes' texts is told after an edit as in a clean check, though
the folder is only looked through again where a name is another."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from builds import cache_of, clean_tree
from project import Project, tree

NOTE = "contacts/obres.md"


def _to_link(content: Path) -> None:
    note = content / NOTE
    moved = note.rename(content.parent / "moved.md")
    note.symlink_to(moved)


def _to_folder(content: Path) -> None:
    (content / NOTE).unlink()
    (content / NOTE).mkdir()


def _in_folder(folder: Path) -> None:
    folder.mkdir()
    (folder / "altre.md").write_text("---\n---\n")


EDITS: dict[str, Callable[[Path], object]] = {
    "a note becomes a link": _to_link,
    "a note becomes a folder": _to_folder,
    "an empty folder": lambda content: (content / "unknown").mkdir(),
    "a note more": lambda content: (content / "contacts/altre.md").write_text("---\n---\n"),
    "a translation more": lambda content: (content / "contacts/altre.es.md").write_text("-"),
    "a note in a new folder": lambda content: _in_folder(content / "contacts/new"),
    "a note in a folder of Git's": lambda content: _in_folder(content / "contacts/.git"),
    "a link beside notes": lambda content: (content / "contacts/link.md").symlink_to("obres.md"),
    "a pipe": lambda content: os.mkfifo(content / "notices/pipe.md"),
    "a link to what has no end": lambda content: (content / "files/zero").symlink_to("/dev/zero"),
    "a file becomes empty": lambda content: (content / "files/form.txt").write_text(""),
    "a file becomes a pointer": lambda content: (content / "files/form.txt").write_text(
        "version https://git-lfs.github.com/spec/v1\n"
    ),
    "a name that is none": lambda content: (content / NOTE).rename(content / "contacts/Obres.md"),
    "a file without a name is gone": lambda content: os.unlink(
        os.fsencode(content) + b"/files/\xff"
    ),
    "a translation loses its original": lambda content: (content / NOTE).unlink(),
}


@pytest.mark.parametrize("edit", EDITS)
def test_what_a_clean_check_tells_is_told_after_an_edit(town: Project, edit: str) -> None:
    town.write("files/form.txt", "a form")
    town.write("files/Bad name?.txt", "a form")
    with open(os.fsencode(town.content) + b"/files/\xff", "w") as file:
        file.write("a form")
    before = town.check()
    assert "file-name" in {problem["code"] for problem in before}
    town.change(NOTE, "000 001", "000 002")
    assert town.check() == before  # the name is told still
    EDITS[edit](town.content)
    found = town.check()
    assert found != before
    assert town.check() == found
    cache_of(town).unlink()
    assert town.check() == found


def test_a_page_takes_the_place_of_a_file_whose_address_it_has_and_the_other_way_round(
    town: Project,
) -> None:
    town.build()
    picture = (town.content / "files/planol.png").read_bytes()
    (town.content / "files/planol.png").unlink()
    town.change(NOTE, "topics:", "old_addresses: [/files/planol.png]\ntopics:")
    town.build()
    assert (town.output / "files/planol.png/index.html").is_file()
    assert tree(town.output) == clean_tree(town)
    town.write("files/planol.png", picture)
    town.change(NOTE, "old_addresses: [/files/planol.png]\n", "")
    town.build()
    assert (town.output / "files/planol.png").read_bytes() == picture
    assert tree(town.output) == clean_tree(town)
