"""A finished site, handed from one account to another: whole, or refused."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from saig.receiving.handover import (
    Handed,
    Handover,
    finished_site,
    hand_over,
    pieces,
    read_handover,
)
from saig.refusal import Refused

COMMIT = "c" * 40
URL = "https://poble.cat/web"
OURS = {
    "index.json": json.dumps({"url": f"{URL}/"}).encode(),
    "version.json": json.dumps({"commit": COMMIT}).encode(),
}

names = st.text("abé", min_size=1, max_size=3)
files = st.dictionaries(
    st.tuples(names, names).map(lambda parts: f"{parts[0]}/{parts[1]}.txt"),
    st.binary(max_size=50),
    max_size=5,
)


def lay_out(folder: Path, there: dict[str, bytes]) -> Path:
    for path, data in (OURS | there).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    return folder


def sent(folder: Path, preview: str | None = None) -> bytes:
    return b"".join(pieces(Handover(preview=preview, site=finished_site(folder, COMMIT)), folder))


def taken(data: bytes, folder: Path) -> dict[str, bytes]:
    pipe = io.BytesIO(data)
    handover = read_handover(pipe)
    assert handover.site
    folder.parent.mkdir(exist_ok=True)
    Handed(handover.site, pipe, None, None).build(folder, lambda: None)
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


@given(there=files, data=st.data())
def test_it_comes_whole_or_not_at_all(
    tmp_path_factory: pytest.TempPathFactory, there: dict[str, bytes], data: st.DataObject
) -> None:
    """However many files, whatever is in them, wherever it is cut off."""
    root = tmp_path_factory.mktemp("handover")
    whole = sent(lay_out(root / "site", there), "estiu")
    assert taken(whole, root / "taken") == OURS | there
    cut = data.draw(st.integers(0, len(whole) - 1))
    with pytest.raises(Refused):
        taken(whole[:cut], root / "cut")


def test_what_is_a_link_is_not_sent(tmp_path: Path) -> None:
    """A build could have made one to a file that it cannot read itself."""
    site = lay_out(tmp_path / "site", {})
    for target in ("/etc/passwd", "/etc", "nowhere"):
        (site / "x").symlink_to(target)
        with pytest.raises(Refused):
            finished_site(site, COMMIT)
        (site / "x").unlink()
    (tmp_path / "led").symlink_to(site)
    with pytest.raises(Refused):
        finished_site(tmp_path / "led", COMMIT)


def test_a_file_that_shrinks_meanwhile_is_noticed(tmp_path: Path) -> None:
    site = lay_out(tmp_path / "site", {"a/b.txt": b"long"})
    handover = Handover(site=finished_site(site, COMMIT))
    (site / "version.json").write_bytes(b"")
    with pytest.raises(Refused):
        taken(b"".join(pieces(handover, site)), tmp_path / "taken")


def test_who_takes_may_stop_at_any_time(tmp_path: Path) -> None:
    """It is told what it says, and what it exits with; nobody waits for it."""
    site = lay_out(tmp_path / "site", {"a/large.bin": bytes(1 << 20)})
    handover = Handover(site=finished_site(site, COMMIT))
    said: list[str] = []
    for program in (
        "print('no'); sys.exit(3)",
        "sys.stdin.buffer.read(9); print('no'); sys.exit(3)",
    ):
        command = [sys.executable, "-c", f"import sys; {program}"]
        assert hand_over(command, handover, site, said.append) == 3
    assert said == ["no", "no"]


def handed(**changes: object) -> bytes:
    """A site of one file, as it is handed over."""
    site = {"commit": COMMIT, "url": URL, "files": [["version.json", 2]]}
    return json.dumps({"site": {**site, **changes}}).encode() + b"\n{}"


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", "no finished site"),
        (b"\xff{}\n", "no finished site"),
        (b"[" * 100_000, "no finished site"),
        (handed(commit="HEAD"), "no finished site"),
        (handed(url="file:///etc"), "no finished site"),
        (handed(files=[["../x", 2]]), "no finished site"),
        (handed(files=[["/etc/x", 2]]), "no finished site"),
        (handed(files=[["a/../../x", 2]]), "no finished site"),
        (handed(files=[["a//x", 2]]), "no finished site"),
        (handed(files=[["", 2]]), "no finished site"),
        (handed(files=[[".htaccess", 2]]), "no finished site"),
        (handed(files=[["a/.well-known", 2]]), "no finished site"),
        (handed(files=[["a\0b", 2]]), "no finished site"),
        (handed(files=[["x", -1]]), "no finished site"),
        (handed(files=[["x", 10**12]]), "ended before its end"),
        (handed(files=[["x", 1], ["x", 1]]), "File exists"),
        (handed(files=[["x", 1], ["x/y", 1]]), "File exists"),
        (handed(), "of another commit"),
        (b'{"preview": "../../etc"}\n', "no finished site"),
        (b'{"preview": "", "site": null}\n', "no finished site"),
        (b'{"more": 1}\n', "no finished site"),
    ],
)
def test_what_is_no_site_is_refused(data: bytes, expected: str, tmp_path: Path) -> None:
    """And nothing is written but where it should be."""
    with pytest.raises((Refused, OSError), match=expected):
        taken(data, tmp_path / "a/b")
    assert {path.name for path in tmp_path.rglob("*")} <= {"a", "b", "x", "version.json"}
    assert not (tmp_path / "x").exists() and not (tmp_path / "a/x").exists()
