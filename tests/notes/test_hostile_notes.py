"""Input that means harm, or seems to: no traceback, no hang, and nothing of it on the site."""

from __future__ import annotations

import itertools
import json
import os
import re
from pathlib import Path

import pytest
from project import SECONDS, Project, files_with, new_project

SIZE = 250_000
"""Bytes of a note that is long, and still not too long."""


def note(fields: str = "", body: str = "Text.", title: str = "Hostile") -> str:
    return f"---\ntitle: {title}\nsummary: S.\ndate: 2020-05-01\n{fields}\n---\n{body}\n"


def fill(*parts: str, size: int = SIZE) -> str:
    """The parts over and over, to the length of a long note."""
    whole = "".join(parts)
    times, left = divmod(size, len(whole.encode()))
    lengths = itertools.accumulate(len(part.encode()) for part in parts)
    last = itertools.takewhile(lambda pair: pair[1] <= left, zip(parts, lengths, strict=True))
    return whole * times + "".join(part for part, _ in last)


def each(form: str) -> str:
    """A form such as ``k%d`` with a number of its own each time."""
    return fill(*(form % number for number in range(SIZE // len(form))))


SLOW = {
    "flow-lists": note("topics: " + "[" * 100_000),
    "flow-maps": note("topics: " + "{" * 100_000),
    "flow-maps-with-keys": note("topics: " + "{a: " * 100_000),
    "block-lists": note("topics:\n  " + "- " * 100_000),
    "many-fields": note("".join(f"k{number}: 1\n" for number in range(8_000))),
    "one-field-many-times": note(fill("k: 1\n", size=80_000)),
    "alias-bomb": note(
        'a: &a ["lol"]\n'
        + "".join(
            f"{y}: &{y} [{','.join(['*' + x] * 9)}]\n" for x, y in itertools.pairwise("abcdefghi")
        )
    ),
    "quotations": note(body=">" * 100_000),
    "brackets": note(body="[" * 100_000),
    "lists": note(body="- " * 100_000),
    "emphasis": note(body=fill("*a **a ")),
    "code-spans": note(body=fill(*("`" * length + " " for length in range(1, 700)))),
    "unclosed-tags": note(body="<p>" + fill("<a b='")),
    "unclosed-comments": note(body="<p>" + fill("<!-- a")),
    "ampersands": note(body=fill("&a")),
    "open-spans": note(body="a" + fill("<span>")),
    "tags-opened-and-closed": note(body=f"a {'<b>' * 35_000}{'</b>' * 35_000}"),
    "spans-of-many-languages": note(body="<p>\n" + each("<b lang=a%d>x<p>")),
    "table": note(body="|a" * 3000 + "\n" + "|-" * 3000 + "\n" + "|\n" * 10_000),
    "endless-title": note(title=fill("· ")),
}
"""Notes that would keep a careless program busy for hours, or end it."""

ODD = {
    "notices/ten-megabytes.md": note(body="Odd zirconi " * 900_000).encode(),
    "notices/latin.md": note(title="Odd zirconi").encode() + b"\xff\xfe\x00",
    "notices/nul.md": note(title="Odd zirconi", body="a\x00b").encode(),
    "notices/escaped-nul.md": note(title='"Odd zirconi \\0\\x01\\e"').encode(),
    "notices/escaped-nul-below.md": note(
        'changes: [{date: 2020-06-01, text: "Odd zirconi \\x01"}]'
    ).encode(),
    "notices/noncharacter.md": note(title='"Odd zirconi \\uFFFF"').encode(),
    "notices/surrogate.md": note(title='"Odd zirconi \\uD800"').encode(),
    "notices/python.md": note(
        title="!!python/object/apply:os.system ['echo odd zirconi']"
    ).encode(),
    "notices/second-document.md": note("...\n- odd zirconi").encode(),
    "notices/merge.md": note("<<: {title: Odd zirconi}").encode(),
    "notices/forever.md": note("valid_until: 9999-12-31", title="Odd zirconi").encode(),
    "norms/forever.md": note("date_no_longer_in_force: 9999-12-31", title="Odd zirconi").encode(),
    "contacts/forever.md": note("verified_on: 9999-11-30", title="Odd zirconi").encode(),
    "contacts/for-ages.md": note("verified_on: 30 de desembre de 9998", title="Odd").encode(),
    "notices/climbing.md": note("slug: ../../../odd-zirconi", title="Odd zirconi").encode(),
    "notices/climbing-address.md": note("old_addresses: [/../odd-zirconi/]").encode(),
    "notices/climbing-reference.md": note("norms: [../../odd-zirconi]").encode(),
    "notices/climbing-link.md": note(body="Odd zirconi [a](../../../../../../etc/passwd)").encode(),
    "notices/climbing-image.md": note(body="![Odd zirconi](../../../../../../etc/passwd)").encode(),
    "notices/endless-slug.md": note("slug: " + "odd-zirconi-" * 100 + "a").encode(),
}
"""Path and bytes of notes each of which must be refused alone."""

SAFE = note(
    title="Harmless <script>alert(1)</script> & {{ 7*7 }}",
    fields='short_title: "\\"><img src=x onerror=alert(2)>"\n'
    'changes: [{date: 2020-06-01, text: "]]><script>"}]',
    body="<!--><script>alert(3)</script>-->\n\n```html\n<script>alert(4)</script>\n```\n\n"
    '[a](../contacts/obres.md "\\" onmouseover=alert(5) x=\\"") {{ 7*7 }} {% raw %}\n\n'
    "| <b>a |\n|---|\n| `</table><script>` |\n",
)
"""A note that is right, though it looks dangerous."""


HALF = SIZE // 2

LONG = {
    "many-aliases": note("a: &a [x]\nb: [" + fill("*a,", size=40_000) + "]"),
    "many-unknown-references": note("norms: [" + fill("abcd,", size=40_000) + "]"),
    "footnotes": note(body=fill(*(f"[^{n}]\n\n[^{n}]: x\n\n" for n in range(10_000)), size=HALF)),
    "headings": note(body=fill("## a\n", size=HALF)),
    "broken-fragments": note(body="## a\n## b\n\n" + fill("[a](#abd) ", size=HALF)),
    "broken-links-in-one-line": note(body=fill("[a](x.md) ", size=40_000)),
    "references": note(body="[a]: b\n" * 5_000 + fill("[a]", size=HALF - 40_000)),
}
"""Those that are long rather than deep, half as long as may be: what takes the square of the length
takes a quarter of the time, so each has a quarter of the twenty seconds."""


@pytest.mark.parametrize("name", LONG)
def test_a_long_note_does_not_keep_the_check_busy(name: str, town: Project) -> None:
    """What is done for each link or heading must not look at all the others."""
    town.write("notices/slow.md", LONG[name])
    assert "content/notices/slow.md" in {one["path"] for one in town.check(timeout=SECONDS // 4)}


def test_deep_notes_do_not_keep_the_check_busy(town: Project) -> None:
    """Nesting, bombs and signs that are never closed: together in twenty seconds, each told of."""
    for name, text in SLOW.items():
        town.write(f"notices/{name}.md", text)
    told = {problem["path"] for problem in town.check()}
    assert {f"content/notices/{name}.md" for name in SLOW} <= told


NORM = """---
title: "{title}"
summary: S.
date: 2020-05-01
jurisdiction: es-ib
type: l
date_document: 2020-06-01
number: "{number}"
first_date_entry_in_force: 2020-06-02
relations:
  - {{type: repeals-part, norm: decret-llei-8-2020, provisions: ["art. {number}", "art. 5.{number}.a)"]}}
  - {{type: amends, norm: decret-llei-8-2020, provisions: ["arts. 1 a {number}", "art. 7"]}}
---
L'article {number} del Decret llei 8/2020, i la Llei {number}/2020.
"""


@pytest.mark.parametrize("number", ["9" * 5000, "²", "٣", "①", "Ⅳ"])
def test_numbers_of_any_kind_and_length_are_read(number: str, town: Project) -> None:
    """Python reads none of more than 4300 figures, and no superscript."""
    town.write("norms/nombre.md", NORM.format(title=f"Llei {number}", number=number))
    assert town.errors() == []
    assert "internal" not in town.build().stderr
    index = (town.output / "api/v1/index.json").read_text("utf-8")
    assert "nombre" in {one["id"] for one in json.loads(index)["documents"]}


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The town with all the odd notes and files, built."""
    project = new_project(tmp_path_factory.mktemp("odd") / "project")
    for path, raw in ODD.items():
        project.write(path, raw)
    project.write("notices/safe.md", SAFE)
    outside = project.root.parent / "outside"
    outside.mkdir()
    (outside / "secret.md").write_text(note(title="Odd zirconi"))
    (project.content / "notices/link.md").symlink_to(outside / "secret.md")
    (project.content / "notices/folder").symlink_to(outside)
    (project.content / "files/link.txt").symlink_to(outside / "secret.md")
    (project.content / "notices/loop.md").symlink_to("loop.md")
    (project.content / "notices/dangling.md").symlink_to("nowhere.md")
    os.mkfifo(project.content / "notices/pipe.md")
    os.mkfifo(project.content / "files/pipe.txt")
    (project.content / "notices" / "two\nlines.md").write_text(note(title="Odd zirconi"))
    Path(os.fsdecode(bytes(project.content / "notices") + b"/\xff\xfe.md")).write_text("x")
    project.build()
    return project


def test_nothing_odd_is_published(odd: Project) -> None:
    """Neither the notes, nor what symbolic links lead to, nor anything outside the output."""
    assert files_with(odd.output, "zirconi") == []
    assert files_with(odd.output, "root:x:0") == []
    assert {path.name for path in odd.root.parent.iterdir()} == {"project", "outside"}


def test_each_odd_file_is_told(odd: Project) -> None:
    """None is passed over in silence, and each is an error but for what is no note."""
    found = odd.check()
    errors = {p["path"].removeprefix("content/") for p in found if p["severity"] == "error"}
    assert errors >= set(ODD)
    codes = {p["path"].removeprefix("content/"): p["code"] for p in found}
    for path in ("notices/link.md", "notices/folder", "files/link.txt", "notices/loop.md"):
        assert codes[path] == "outside-content"
    assert codes["notices/pipe.md"] == codes["files/pipe.txt"] == "unknown-file"


def test_a_problem_stays_on_its_line(odd: Project) -> None:
    """A name with a line end in it does not make a line of its own, in any format."""
    text = odd.saig("check", "--lang", "en").stdout
    assert all(
        line.startswith(("content/", "    hint: ")) or re.match(r"    [ \d→]+ \| ", line)
        for line in text.splitlines()
    )
    github = odd.saig("check", "--format", "github").stdout
    assert all(line.startswith(("::error ", "::warning ")) for line in github.splitlines())


def test_what_only_looks_dangerous_is_shown_as_text(odd: Project) -> None:
    """It is published, and the reader sees the words; no tag or attribute comes of them."""
    document = next(
        item["document"]
        for item in odd.data("api/v1/index.json")["documents"]
        if item["id"] == "safe"
    )
    address = document.removeprefix(odd.data("api/v1/index.json")["site"]).removesuffix(
        "index.json"
    )
    page = odd.page(address)
    assert "Harmless &lt;script&gt;alert(1)&lt;/script&gt; &amp; {{ 7*7 }}" in page
    page = re.sub(r"\.[0-9a-f]{16}\.", ".", page)
    for harm in ("<script>alert", "<img src=x", 'onmouseover=alert(5) x="', "49"):
        assert harm not in odd.document(address)["body_html"]
        assert harm not in page.replace("/theme/", "")


@pytest.mark.parametrize("name", ["site.yaml", "gone.yaml"])
def test_a_pipe_for_a_settings_file_is_told(name: str, town: Project) -> None:
    """Nobody writes into it, so reading it would wait for ever."""
    (town.content / name).unlink()
    os.mkfifo(town.content / name)
    assert f"content/{name}" in {problem["path"] for problem in town.check()}


def test_a_settings_file_from_outside_is_told(town: Project) -> None:
    """The list of gone addresses comes from ``content/`` like all else."""
    outside = town.root / "outside.yaml"
    (town.content / "gone.yaml").rename(outside)
    (town.content / "gone.yaml").symlink_to(outside)
    assert [problem["code"] for problem in town.errors()] == ["outside-content"]
