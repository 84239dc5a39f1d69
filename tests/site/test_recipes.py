"""The recipes for editors, in each language: what they show is what happens."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import recipes
from project import REPOSITORY

DOCS = REPOSITORY / "docs"


@pytest.mark.parametrize("lang", recipes.DOCUMENTS)
def test_what_a_recipe_shows_is_what_happens(lang: str, tmp_path: Path) -> None:
    """Done one after the other, each command answers what stands below it: those lines, in that order,
    with others where there is a ``…``."""
    project = recipes.town(tmp_path / "town")
    for block in recipes.blocks(recipes.document(lang).read_text("utf-8")):
        if block.what != "console":
            recipes.do(project, block)
            continue
        for command in recipes.commands(block.text):
            said = recipes.answer(project, command.line, lang)
            left = iter(said)
            for line in command.shown:
                assert line == "…" or line in left, (command.line, line, said)
            if "…" not in command.shown:
                assert said == command.shown, command.line
    assert project.errors() == []


def test_all_languages_show_the_same_notes_and_commands() -> None:
    def given(lang: str) -> list[tuple[str, str, str | list[str]]]:
        found = recipes.blocks(recipes.document(lang).read_text("utf-8"))
        return [
            (one.what, one.path, [each.line for each in recipes.commands(one.text)])
            if one.what == "console"
            else (one.what, one.path, one.text)
            for one in found
        ]

    assert given("ca") == given("en") == given("es")
    assert all(what for what, _, _ in given("en"))


@pytest.mark.parametrize("lang", recipes.DOCUMENTS)
def test_there_are_ten_with_pictures_that_say_what_they_show(lang: str) -> None:
    text = recipes.document(lang).read_text("utf-8")
    assert re.findall(r"^## (\d+)\. ", text, re.MULTILINE) == [str(n) for n in range(1, 11)]
    pictures = re.findall(r"!\[([^]]*)\]\((img/[^)]+)\)", text)
    assert len(pictures) == 5
    for said, path in pictures:
        assert len(said) > 20
        assert (DOCS / path).stat().st_size < 60_000, path
    headings = {
        re.sub(r"[^\w\s-]", "", heading.lower()).replace(" ", "-")
        for heading in re.findall(r"^## (.+)$", text, re.MULTILINE)
    }
    assert set(re.findall(r"\]\(#([^)]+)\)", text)) == headings
