"""Front matter that YAML cannot read: where the fault begins, in words, and the line mended."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from saig.notes.files import Source
from saig.notes.front_matter import load
from saig.notes.problem import Problem
from saig.notes.read import read_note

MARK = "▶"
SOURCE = Source("content/notices/n.md", "notice", "n", "ca", is_original=True)

FAULTS = [
    ("title: Avís▶: tancat", "second colon", 'title: "Avís: tancat"'),
    ("title: a\n▶summary\ndate: b", "no name of a field", None),
    ("title: a\ndate:▶2020-05-15", "no space after the colon", "date: 2020-05-15"),
    ("title:▶a\nsummary: b", "no space after the colon", "title: a"),
    ("title: a\n  ▶summary: b", "further in, or less far", None),
    ("topics:\n  - a\n ▶date: b", "further in, or less far", None),
    ("title: ▶@ajuntament", "may not begin with @", 'title: "@ajuntament"'),
    ("title: ▶%de descompte", "may not begin with %", 'title: "%de descompte"'),
    ("title: ▶`codi`", "may not begin with `", 'title: "`codi`"'),
    ("title: ▶**Avís**", "may not begin with *", 'title: "**Avís**"'),
    ("title: ▶, a", "may not begin with ,", 'title: ", a"'),
    ("title: ▶> 5 anys", "may not begin with >", None),
    ("topics:\n▶\t- a", "a tab", "  - a"),
    ('title: ▶"Avís\nsummary: a\ndate: b', "never closed", 'title: "Avís"'),
    ('title: ▶"Avís\nsummary: "a"\ndate: b', "never closed", 'title: "Avís"'),
    ("title: ▶'Avís\nsummary: 'a'\ndate: b", "never closed", 'title: "Avís"'),
    ("title: 'L'▶Ajuntament'", "closing quotation mark", 'title: "L\'Ajuntament"'),
    ('title: "Avís" ▶tancat', "closing quotation mark", "title: '\"Avís\" tancat'"),
    ("title: [Avís] ▶tancat", "closing bracket", 'title: "[Avís] tancat"'),
    ('title: "C:▶\\dir"', "meaning of its own", 'title: "C:\\\\dir"'),
    ("topics: ▶[a, b\ndate: c", "[ opens here", None),
    ("topics: [a, b▶}", "a comma or a ] missing", None),
    ("label: ▶{ca: a, es: b\ndate: c", "{ opens here", None),
    ("label: {ca: Sala ▶#3, es: b}", "what follows # is not read", None),
    ("label: {ca: a, es: Avís▶: b}", "second colon", None),
    ("topics: [a, ▶, b]", "nothing before this ,", None),
    ("topics: ▶- a", "does not begin on the line", None),
]


@pytest.mark.parametrize(("text", "message", "right"), FAULTS)
def test_the_fault_is_told_where_it_begins(text: str, message: str, right: str | None) -> None:
    before = text.partition(MARK)[0]
    [wrong] = load(text.replace(MARK, "")).problems
    assert wrong.code == "yaml-syntax"
    assert wrong.place == (before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1)
    assert message in wrong.message % wrong.values
    assert wrong.hint % wrong.values
    if right is None:
        assert wrong.fix is None
    else:
        line = text.replace(MARK, "").split("\n")[wrong.place[0] - 1]
        assert wrong.fix
        mended = line.replace(*wrong.fix, 1)
        assert mended == right
        assert load(mended.strip()).problems == []


@pytest.mark.parametrize("lang", ["ca", "es"])
@pytest.mark.parametrize("text", [fault[0] for fault in FAULTS])
def test_nothing_of_it_is_english(text: str, lang: str) -> None:
    """Neither YAML's own words nor ours."""
    [wrong] = load(text.replace(MARK, "")).problems
    problem = Problem("n.md", *wrong.place, wrong.code, wrong.message, wrong.hint, wrong.values)
    for said, english in zip(problem.said(lang), (wrong.message, wrong.hint), strict=True):
        assert said != english % wrong.values
        assert "expected" not in said
        assert "found" not in said


@given(
    st.lists(
        st.sampled_from(
            [
                *"ab:-#'\"[]{},|>&*!%@`?\\\t\n\n  ",
                "a: ",
                "\n- ",
                "\n  ",
                "---",
                "\u2028",
                "\x85",
                "é",
            ]
        ),
        max_size=40,
    ).map("".join)
)
def test_any_text_is_told_in_its_place(text: str) -> None:
    """No traceback, and a place that the file has."""
    lines = text.split("\n")
    for wrong in load(text).problems:
        line, column = wrong.place
        assert 1 <= line <= len(lines)
        assert 1 <= column <= len(lines[line - 1]) + 1
        assert wrong.message % wrong.values if wrong.values else wrong.message


def test_what_was_read_before_the_fault_is_not_called_missing() -> None:
    """One fault is one problem."""
    text = b"---\ntitle: T\nsummary: *x y\ndate: 2020-05-15\n---\nT.\n"
    assert [p.code for p in read_note(SOURCE, text, ["ca"]).problems] == ["yaml-alias"]
