"""The names of files in ``content/``: what is published, under which name, and what is refused."""

from __future__ import annotations

import os
import subprocess
import unicodedata
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from saig.builder.up_to_date import digests
from saig.notes.file_names import better, fault
from saig.notes.files import Content, scan
from saig.publishing.checks import check_names

COMPOSED, APART = (
    unicodedata.normalize("NFC", "plànol.pdf"),
    unicodedata.normalize("NFD", "plànol.pdf"),
)


def look(tmp_path: Path, *names: str | bytes, text: bytes = b"x") -> Content:
    """A folder of notes with these files in it."""
    root = tmp_path / "content"
    root.mkdir()
    for name in names:
        file = os.path.join(os.fsencode(root), os.fsencode(name))
        os.makedirs(os.path.dirname(file), exist_ok=True)
        with open(file, "wb") as opened:
            opened.write(text)
    return scan(root, ["ca", "es"])


def told(content: Content) -> list[tuple[str, str]]:
    return [(problem.code, problem.path) for problem in content.problems]


JUNK = [
    *(
        "~$acta.docx",
        "Thumbs.db",
        "THUMBS.DB",
        "desktop.ini",
        "Desktop.ini",
        ".DS_Store",
        "ehthumbs.db",
    ),
    *(
        "a.docx~",
        ".~lock.acta.odt#",
        "._planol.pdf",
        "__MACOSX/a.pdf",
        "a.tmp",
        "A.TMP",
        "~WRL0001.tmp",
    ),
    *(
        ".a.txt.swp",
        "a.swp",
        "a.pdf.bak",
        "Icon\r",
        "a.pdf.crdownload",
        "a.part",
        "$RECYCLE.BIN/a.pdf",
        "System Volume Information/a",
        "#a.txt#",
        "a.pdf.orig",
        "a.wbk",
        "a.pdf.download",
        "acta.docx.lnk",
        "acta.gdoc",
        "__pycache__/a.txt",
    ),
]


def test_what_programs_leave_behind_is_not_published(tmp_path: Path) -> None:
    """At any depth, and beside notes, without a word."""
    places = ("files/", "files/actes/2026/", "notices/", "")
    content = look(
        tmp_path, "files/acta.docx", *(place + name for place in places for name in JUNK)
    )
    assert list(content.files) == ["files/acta.docx"]
    assert told(content) == []


def test_names_are_composed(tmp_path: Path) -> None:
    """As macOS has them on the disk, they are not typed in links."""
    content = look(tmp_path, f"files/{APART}", "files/a.pdf")
    assert content.files == {"files/a.pdf": "files/a.pdf", f"files/{COMPOSED}": f"files/{APART}"}


@pytest.mark.parametrize(
    ("names", "wrong", "better_name"),
    [
        (["dades.csv", "dades.csv.gz"], "dades.csv.gz", "dades.csv-gz"),
        (["a/index.html", "a/index.html.br"], "a/index.html.br", "index.html-br"),
        ([COMPOSED, APART], COMPOSED, ""),
        (["Planol.pdf", "planol.pdf"], "planol.pdf", ""),
        (["a\nb.pdf"], "a�b.pdf", "a-b.pdf"),
        (["a\u202efdp.exe"], "a�fdp.exe", "afdp.exe"),
        (["a\u00a0b.pdf"], "a�b.pdf", "a b.pdf"),
        (["a\u200bb\u00ad.pdf"], "a�b�.pdf", "ab.pdf"),
        ([b"pl\xe0nol.pdf"], "pl�nol.pdf", "plànol.pdf"),
        (["acta 12:30.pdf"], "acta 12:30.pdf", "acta 12-30.pdf"),
        (["a\\b.pdf"], "a\\b.pdf", "a-b.pdf"),
        (["que?.pdf"], "que?.pdf", "que.pdf"),
        ([" a.pdf"], " a.pdf", "a.pdf"),
        (["a.pdf "], "a.pdf ", "a.pdf"),
        (["acta."], "acta.", "acta"),
        (["con.pdf"], "con.pdf", "con-pdf"),
        (["Aux"], "Aux", "Aux-1"),
        (["a.pdf", "a.pdf.gone"], "a.pdf.gone", "a.pdf-gone"),
        (["404.html"], "404.html", "404-html"),
        (["x" * 248 + ".pdf"], "x" * 248 + ".pdf", "x" * 236 + ".pdf"),
        ([b"carpeta\xe0/a.pdf"], "carpeta�", "carpetaà"),
    ],
)
def test_a_name_that_cannot_be_published_is_told_at_once(
    names: list[str | bytes], wrong: str, better_name: str, tmp_path: Path
) -> None:
    """With what to call it instead; it is left out, and the others are not."""
    content = look(tmp_path, *(b"files/" + os.fsencode(name) for name in names))
    assert told(content) == [("file-name", f"content/files/{wrong}")]
    published = content.files.keys() - content.left_out
    assert len(published) == len(names) - 1
    if better_name:
        [problem] = content.problems
        assert problem.values["better"] == better_name


@pytest.mark.parametrize(
    "name", ["planol%203.pdf", "a#1.pdf", "l'acta (1), v2; b&c+d=e!~.pdf", "€.pdf"]
)
def test_a_name_that_links_can_have_is_right(name: str, tmp_path: Path) -> None:
    content = look(tmp_path, f"files/{name}")
    assert told(content) == []
    assert list(content.files) == [f"files/{name}"]


def test_names_elsewhere_are_told_too(tmp_path: Path) -> None:
    """A problem is one line, whatever the name."""
    content = look(tmp_path, b"notices/pl\xe0.md", "notices/a\nb/nota.md")
    assert told(content) == [
        ("file-name", "content/notices/a�b"),
        ("file-name", "content/notices/pl�.md"),
    ]


@pytest.fixture
def deep(tmp_path: Path) -> Iterator[Path]:
    """A folder for what lies deep in it, removed even where the test fails: pytest's own way of removing
    it fails at it, and with it every later run on this computer."""
    yield tmp_path
    subprocess.run(["rm", "-rf", tmp_path / "content"], check=True)


@pytest.mark.parametrize("kind", ["files", "notices"])
def test_what_lies_too_deep_is_told(kind: str, deep: Path) -> None:
    """Programs walk only so deep, and systems have room for paths of a few thousand bytes."""
    content = look(deep, f"{kind}/" + "a/" * 450 + "nota.md")
    assert told(content) == []
    folder = os.open(deep / "content" / kind, os.O_RDONLY)
    for _ in range(1500):
        with suppress(FileExistsError):
            os.mkdir("a", dir_fd=folder)
        inner = os.open("a", os.O_RDONLY, dir_fd=folder)
        os.close(folder)
        folder = inner
    os.close(folder)
    [(code, path)] = told(scan(deep / "content", ["ca", "es"]))
    assert code == "file-name" and path.startswith(f"content/{kind}/a/a/a/")
    assert len(digests(deep / "content")) == 1


def test_what_git_lfs_has_is_told(tmp_path: Path) -> None:
    text = b"version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n"
    content = look(tmp_path, "files/planol.pdf", text=text)
    assert told(content) == [("git-lfs", "content/files/planol.pdf")]
    assert content.left_out == {"files/planol.pdf"}


def test_an_empty_file_is_told(tmp_path: Path) -> None:
    [problem] = look(tmp_path, "files/planol.pdf", text=b"").problems
    assert (problem.code, problem.severity) == ("empty-file", "warning")


NAMES = st.one_of(
    st.text(
        st.characters(exclude_characters="/\0", exclude_categories=["Cs"]), min_size=1, max_size=300
    ),
    st.binary(min_size=1, max_size=255).map(
        lambda raw: os.fsdecode(raw.translate(None, b"/\0") or b"a")
    ),
)


@given(NAMES)
def test_what_publication_refuses_is_refused_before(name: str) -> None:
    """And the name that is offered instead is good."""
    if list(check_names([f"files/{name}"])):
        assert fault(name)
    assert fault(better(name)) == ""
    assert better(name) != name or not fault(name)
