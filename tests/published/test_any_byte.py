"""Whatever is done to a byte of the record, its signatures or its time stamps."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from published_site import Published
from saig.progress import Progress
from saig.publishing.authority import Authority
from saig.publishing.layout import Layout
from saig.publishing.record_io import load
from saig.publishing.stamping import stamp_lines
from saig.publishing.verify import Verdict, verify_folder
from tsa import Certifier, serving

Verify = Callable[[], Verdict]


@pytest.fixture(scope="module")
def folder(history: Published, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A record of three signed lines with a time stamp each, all of it kept elsewhere too."""
    root = tmp_path_factory.mktemp("bytes")
    shutil.copytree(history.folder, root / "site", symlinks=True)
    layout = Layout(root / "site")
    certifier = Certifier(root / "tsa")
    unit = certifier.unit()
    with serving(lambda query: certifier.reply(unit, query)) as server:
        asked = Authority(server.url, certifier.trusted())
        chain = load(layout)
        for number in (1, 2, 3):
            part = type(chain)(chain.lines[:number], chain.publications[:number])
            assert stamp_lines(layout, part, asked, Progress("en"))
    shutil.copytree(root / "site", root / "copy", symlinks=True)
    yield root


def verdict(folder: Path, *, has_copy: bool = True) -> Verdict:
    copy = folder / "copy"
    return verify_folder(
        Layout(folder / "site"),
        copy / "allowed_signers",
        copy / "publications.jsonl" if has_copy else None,
        Progress("en"),
        copy / "tsa_certificates.pem",
    )


def test_all_is_well(folder: Path) -> None:
    assert verdict(folder).holds, verdict(folder).findings


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_no_changed_byte_is_overlooked(folder: Path, data: st.DataObject) -> None:
    """Changed, added or taken away, anywhere, with trusted keys and certificates, and a copy."""
    site = folder / "site"
    names = ["publications.jsonl"]
    names += [f"publications/{number}.{end}" for number in (1, 2, 3) for end in ("sig", "tsr")]
    name = data.draw(st.sampled_from(names))
    kept = (folder / "copy" / name).read_bytes()
    at = data.draw(st.integers(0, len(kept) - 1))
    byte = bytes([data.draw(st.integers(0, 255).filter(lambda byte: byte != kept[at]))])
    how = data.draw(st.sampled_from(["changed", "added", "taken away", "cut", "at the end"]))
    edited = {
        "changed": kept[:at] + byte + kept[at + 1 :],
        "added": kept[:at] + byte + kept[at:],
        "taken away": kept[:at] + kept[at + 1 :],
        "cut": kept[:at],
        "at the end": kept + byte,
    }[how]
    (site / name).write_bytes(edited)
    try:
        assert not verdict(folder).holds, (name, at, how)
    finally:
        (site / name).write_bytes(kept)


@pytest.mark.parametrize("ending", ["sig", "tsr"])
def test_no_file_is_taken_for_another(folder: Path, ending: str) -> None:
    """Nor is one missing, without a copy either, but for the last time stamp."""
    site, copy = folder / "site/publications", folder / "copy/publications"
    for number in (1, 2, 3):
        for other in (1, 2, 3, None):
            file = site / f"{number}.{ending}"
            if other == number:
                continue
            file.unlink()
            if other:
                shutil.copy(copy / f"{other}.{ending}", file)
            assert not verdict(folder).holds
            if other or ending == "sig":
                assert not verdict(folder, has_copy=False).holds
            shutil.copy(copy / f"{number}.{ending}", file)
    assert verdict(folder).holds
