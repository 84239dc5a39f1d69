"""The line that a problem points at, and the mended one."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from saig.excerpt import drawn, excerpts, lines_below, mend
from saig.notes.problem import Problem

LINE = "Baixau [x](a b.md) i ![y](c d.png)."
FIRST = Problem("content/n.md", 2, 8, "markup-as-text", "m", fix=("(a b.md)", "(<a b.md>)"))
SECOND = Problem("content/n.md", 2, 22, "markup-as-text", "m", fix=("(c d.png)", "(<c d.png>)"))
MENDED = "Baixau [x](<a b.md>) i ![y](<c d.png>)."


def test_a_line_is_mended_of_all_its_faults() -> None:
    """Who pastes the line that stands below the first fault does not get the second again."""
    assert mend(LINE, [SECOND, FIRST]) == MENDED
    [first, second] = excerpts([FIRST, SECOND], lambda path: ["---", LINE])
    assert first and second
    assert first.mended == second.mended == MENDED
    assert drawn(first) == [
        f"    2 | {LINE}",
        "      |        ^",
        f"    → | {MENDED}",
    ]


def test_several_lines_are_mended_together() -> None:
    """As rows of a table are: the caret is in the first, and all are written anew."""
    lines = ["---", "  a\tb", "  c\td", "e"]
    fix = ("a\tb\n  c\td", "| a | b |\n  |---|---|\n  | c | d |")
    problem = Problem("content/n.md", 2, 3, "markup-as-text", "m", fix=fix)
    [excerpt] = excerpts([problem], lambda path: lines)
    assert excerpt
    assert (excerpt.mended, excerpt.last) == ("  | a | b |\n  |---|---|\n  | c | d |", 3)


def test_a_remedy_that_is_not_there_is_not_shown() -> None:
    """The file may have changed since, or the value be written in another way."""
    assert mend("Una altra cosa", [FIRST]) is None
    assert mend("", [FIRST]) is None


def test_a_long_line_is_shown_around_the_place() -> None:
    """With the caret below it, and the mended line whole, to be pasted."""
    line = "a" * 300 + LINE + "b" * 300
    problem = Problem("content/n.md", 1, 308, "markup-as-text", "m", fix=FIRST.fix)
    [excerpt] = excerpts([problem], lambda path: [line])
    assert excerpt
    shown, caret, mended = drawn(excerpt)
    assert len(shown) < 120
    assert shown[caret.index("^")] == "["
    assert mended.endswith(line.replace("(a b.md)", "(<a b.md>)"))


def test_only_the_projects_own_files_are_shown(tmp_path: Path) -> None:
    """A link to another's file, a picture, a file that is gone: nothing of them."""
    content = tmp_path / "project" / "content"
    content.mkdir(parents=True)
    secret = tmp_path / "secret.md"
    secret.write_text("secret")
    (content / "link.md").symlink_to(secret)
    (content / "photo.jpg").write_text("picture")
    (content / "own.md").write_bytes(b"\xef\xbb\xbf---\r\ntitle: \xe9\r\n")
    lines = lines_below(tmp_path / "project")
    paths = ["content/link.md", "content/photo.jpg", "content/none.md", "content", "../secret.md"]
    assert [list(lines(path)) for path in paths] == [[]] * len(paths)
    assert lines("content/own.md") == ["---", "title: \ufffd", ""]


@given(st.text(), st.integers(-1, 400), st.text(), st.text())
def test_any_line_can_be_drawn(line: str, column: int, old: str, new: str) -> None:
    """Whatever stands in a file, it is one line and nothing that a terminal would obey."""
    problem = Problem("content/n.md", 1, max(column, 1), "bad-value", "m", fix=(old, new))
    [excerpt] = excerpts([problem], lambda path: [line])
    for shown in drawn(excerpt) if excerpt else ():
        assert all(sign.isprintable() or sign in "\t\u00a0\u202f" for sign in shown)
