"""What a merge request is told: its problems, the pages that it changes; and whether the day is due."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pyromark
import pytest
from hypothesis import given
from hypothesis import strategies as st
from project import DAY
from published_site import small_project
from saig.commands.changes import as_markdown, pages_in
from saig.commands.due import answer
from saig.publishing.diff import diff
from saig.report import ROOM, code_span
from serving import in_background

INDEX = "api/v1/index.json"


def index(**pages: tuple[str, str]) -> dict[str, Any]:
    """An index of notices: slug to title and digest."""
    documents = [
        {"url": f"https://a.test/b/{slug}/", "title": title, "kind": "notice", "digest": digest}
        for slug, (title, digest) in pages.items()
    ]
    return {"site": "https://a.test/b/", "documents": documents, "gone": []}


def test_pages_that_a_change_adds_alters_and_removes() -> None:
    before = pages_in(index(one=("One", "1"), two=("Two", "2"), three=("Three", "3")))
    after = pages_in(index(one=("One", "1"), two=("Two!", "4"), four=("Four", "3")))
    text = as_markdown(before, after, "en", "https://p.test/x/")
    assert text.splitlines() == [
        "**Pages added: 1**",
        "",
        "- [`Four`](https://p.test/x/four/index.html) `/four/`",
        "",
        "**Pages changed: 1**",
        "",
        "- [`Two!`](https://p.test/x/two/index.html) `/two/`",
        "",
        "**Pages removed: 1**",
        "",
        "- `Three` `/three/`",  # no link to what is gone
    ]
    assert as_markdown(after, after, "en") == "No page changes.\n"


@given(st.dictionaries(st.text(), st.none() | st.text()), st.dictionaries(st.text(), st.text()))
def test_a_difference_leads_from_one_site_to_the_other(
    before: dict[str, str | None], after: dict[str, str | None]
) -> None:
    """And nothing is in it that is the same in both."""
    found = diff(before, after)
    kept = {a: d for a, d in before.items() if a not in found.removed}
    assert kept | {a: after[a] for a in (*found.added, *found.changed)} == after
    assert all(before.get(address, 0) != after.get(address, 0) for address in found.addresses)
    assert len(set(found.addresses)) == len(found.addresses)


def test_notes_stand_before_the_lists_that_name_them() -> None:
    """A change of a note also changes lists, which interest nobody as much."""
    plain = index(a=("List", "1"), b=("Note", "1"))
    plain["documents"][0]["kind"] = "section"
    text = as_markdown({}, pages_in(plain), "en")
    assert text.index("`Note`") < text.index("`List`")


HOSTILE = [
    "](https://evil.test) @everyone #1 !2",
    "`code` ``` <script>alert(1)</script>",
    "a\n\n/merge\n- x\n# y",
    "<!-- --> &lt; ![x](y) <img src=x onerror=y>",
    "`",
    "` x",
    "\u202eright to left\x00",
    "   ",
]


@pytest.mark.parametrize("title", HOSTILE)
def test_no_title_becomes_markup(title: str) -> None:
    """Whatever a note is called, the comment shows it as it is: in code, on one line."""
    text = as_markdown({}, pages_in(index(x=(title, "1"))), "en", "https://p.test")
    (line,) = [line for line in text.splitlines() if line.startswith("- ")]
    assert line.endswith("(https://p.test/x/index.html) `/x/`")
    assert_only_code(line)


@given(st.text())
def test_a_code_span_holds_any_text(text: str) -> None:
    assert_only_code(f"x {code_span(text)} y")


def assert_only_code(line: str) -> None:
    """As CommonMark reads it, all that a note may have written stands between ``<code>`` tags."""
    html = pyromark.html(line)
    rest = re.sub(r"<code>[^<]*</code>", "", html)
    assert not re.search(r"[`@#!&]|evil|script|img", rest), html
    assert set(re.findall(r"</?(\w+)", rest)) <= {"p", "ul", "li", "a"}, html


def test_a_long_list_is_cut() -> None:
    """Forges refuse a comment that is too long."""
    many = index(**{f"p{number}": ("x" * 90, "1") for number in range(2000)})
    text = as_markdown({}, pages_in(many), "en")
    assert "Pages added: 2000" in text and "more" in text.splitlines()[-1]
    assert len(text) < ROOM + 200


def test_what_is_no_index_is_told_in_a_line(tmp_path: Path) -> None:
    project = small_project(tmp_path / "project")
    for text in ("", "[]", '{"site": 1}', '{"site": "x", "documents": [{}]}', "[" * 100_000):
        (tmp_path / "x").write_text(text)
        done = project.saig("changes", str(tmp_path / "x"), "nothing")
        assert done.returncode == 1
        assert "cannot be read as an index" in done.stderr


def test_problems_as_markdown(tmp_path: Path) -> None:
    """In a block of code that no note can end, errors before warnings."""
    project = small_project(tmp_path / "project")
    project.write("notices/a.md", "---\ntitle: '```'\n```@me: x\n---\n")
    project.write("notices/b.md", "---\ntitle: b\nsummary: b\nurgency: '````'\ndate: x\n---\n")
    done = project.saig("check", "--format", "markdown", "--today", DAY)
    assert done.returncode == 1
    head, _, block = done.stdout.partition("\n\n")
    assert re.fullmatch(r"\*\*\d+ errors, \d+ warnings?\*\*", head)
    fence, *lines, last = block.splitlines()
    assert fence == f"{last}text" and set(last) == {"`"}
    assert len(last) > 4 and not any(last in line for line in lines)
    assert "content/notices/b.md:4:10: error[bad-value]" in block

    for name in ("a", "b"):
        (project.content / f"notices/{name}.md").unlink()
    done = project.saig("check", "--format", "markdown", "--today", DAY)
    assert done.returncode == 0
    assert done.stdout == "Nothing is wrong in the notes.\n"


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *arguments: object) -> None:
        pass


@pytest.fixture
def live(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """A running server, and the folder that it serves."""
    folder = tmp_path / "live"
    folder.mkdir()
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder))) as server:
        in_background(server)
        yield f"http://127.0.0.1:{server.server_port}", folder
        server.shutdown()


def test_due(tmp_path: Path, live: tuple[str, Path]) -> None:
    """On the day that the public site itself names, and after it; told apart from not knowing."""
    url, folder = live
    project = small_project(tmp_path / "project")
    with (project.root / "publishconf.py").open("a") as settings:
        settings.write(f'\nSITEURL = "{url}"\n')

    def due(day: str) -> int:
        return project.saig("due", "--today", day).returncode

    assert due(DAY) == 1  # nothing was published yet: 404
    (folder / "next-change.json").write_text('{"date": "2020-12-11"}')
    assert [due(day) for day in ("2020-12-10", "2020-12-11", "nonsense")] == [1, 0, 2]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('{"date": "2020-12-10"}', 0),
        ('{"date": "2020-12-11"}', 1),
        ('{"date": null}', 1),
        *((wrong, 2) for wrong in ("", "[]", "{}", '{"date": "x"}', '{"date": 5}', "\xff")),
        ("[" * 100_000, 2),
    ],
)
def test_not_to_know_is_not_to_be_due(text: str, code: int, tmp_path: Path) -> None:
    """A scheduler must learn that it could not be told."""
    path = tmp_path / "next-change.json"
    path.write_text(text, "latin-1")
    today = datetime.date.fromisoformat(DAY)
    assert answer(str(path), today)[0] == code
    assert answer(str(tmp_path / "none"), today)[0] == 1
    assert answer("http://127.0.0.1:9/", today)[0] == 2
