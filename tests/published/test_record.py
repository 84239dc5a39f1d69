"""The publication record as data: what is read, and what is refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from saig.publishing.record import Chain, Origin, State, read
from saig.publishing.record_io import next_publication

A, B = "a" * 64, "b" * 64


def chain(*states: dict[str, str] | State) -> Chain:
    """A record of these states, one after the other."""
    found = Chain()
    for state in states:
        publication = next_publication(
            found,
            "publish",
            state if isinstance(state, State) else State(state),
            release="r",
            origin=Origin("https://vila.test"),
            signer=None,
        )
        found = read(b"".join(found.lines) + publication.line())
        assert not found.broken
    return found


THREE = chain({"/": A}, {"/": A, "/avís/": A}, {"/": B})


def rewritten(change: Callable[[dict[str, Any]], object]) -> bytes:
    """The record with its last line changed, and written as Saig writes it."""
    last = json.loads(THREE.lines[-1])
    change(last)
    text = json.dumps(last, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return b"".join(THREE.lines[:-1]) + text.encode("utf-8", "surrogatepass") + b"\n"


def test_what_is_gone_stays_gone_until_it_changes() -> None:
    """Or is removed; the same of what leads to another page."""
    found = chain(
        State({"/": A, "/g/": A, "/m/": A}, frozenset({"/g/"}), frozenset({"/m/"})),
        State({"/": B, "/g/": A, "/m/": A}, frozenset({"/g/"}), frozenset({"/m/"})),
        State({"/": B, "/g/": B, "/m/": B}, frozenset({"/m/"}), frozenset({"/g/"})),
        State({"/": B, "/m/": A}),
    )
    assert [(line.gone, line.moved) for line in found.publications] == [
        (["/g/"], ["/m/"]),
        ([], []),
        (["/m/"], ["/g/"]),
        ([], []),
    ]
    told = [(found.state_at(n).gone, found.state_at(n).moved) for n in range(1, 5)]
    assert told == [({"/g/"}, {"/m/"})] * 2 + [({"/m/"}, {"/g/"}), (set(), set())]
    assert (found.state.gone, found.state.moved) == (set(), set())


def test_what_was_written_is_read() -> None:
    assert [line.tree for line in THREE.publications][-1] == State({"/": B}).tree
    assert THREE.publications[2].removed == {"/avís/": A}
    assert THREE.state_at(2).digests == {"/": A, "/avís/": A}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda line: line["added"].update({"/": A}), "adds /, which the record already has"),
        (
            lambda line: line["changed"].update({"/x/": A}),
            "changes /x/, which the record does not have",
        ),
        (lambda line: line["changed"].update({"/": A}), "changes /, and the digest is the same"),
        (
            lambda line: line["removed"].update({"/x/": A}),
            "removes /x/, which the record does not have",
        ),
        (lambda line: line["removed"].update({"/avís/": B}), "or has with another digest"),
        (lambda line: line["gone"].append("/x/"), "calls /x/ gone or moved"),
        (lambda line: line["gone"].append("/avís/"), "calls /avís/ gone or moved"),
        (lambda line: line["moved"].append("/x/"), "calls /x/ gone or moved"),
        (lambda line: line.update(tree=A), "tree is not what its changes give"),
        (lambda line: line.update(number=4), "its number does not follow"),
        (lambda line: line.update(previous=None), "digest of the line before"),
        (lambda line: line.update(more=1), "not written as Saig writes it"),
        (lambda line: line.update(number="3"), "not written as Saig writes it"),
        (lambda line: line.update(differs="no"), "not written as Saig writes it"),
        (lambda line: line.pop("since"), "the keys of a publication"),
        (lambda line: line.update(kind="wish"), "the keys of a publication"),
        (lambda line: line["added"].update({"/x/": None}), "the keys of a publication"),
        (lambda line: line.update(time="2020-02-30T00:00:00Z"), "it is of no time"),
        (lambda line: line.update(time="2020-2-3T00:00:00Z"), "it is of no time"),
        (lambda line: line.update(since=""), "it is of no time"),
        (
            lambda line: line.update(kind="statement", key="ssh-ed25519 A"),
            "names a key that is none",
        ),
        (lambda line: line.update(beside={}), "not written as Saig writes it"),
        (lambda line: line.update(clock_was_wrong=False), "not written as Saig writes it"),
        (lambda line: line.update(site="\ud800"), "not JSON"),
    ],
)
def test_a_line_that_does_not_follow_says_why(
    change: Callable[[dict[str, Any]], object], message: str
) -> None:
    """With the address that contradicts the record, and what holds before it is read."""
    found = read(rewritten(change))
    assert found.broken and message in found.broken.said("en")
    assert len(found.publications) == 2


@pytest.mark.parametrize(
    "other",
    [
        lambda line: line.replace(b",", b", ", 1),
        lambda line: line.replace("í".encode(), b"\\u00ed"),
        lambda line: b"{" + b",".join(reversed(line.strip(b"{}\n").rsplit(b",", 1))) + b"}\n",
        lambda line: line.replace(b"\n", b"\r\n"),
        lambda line: b" " + line,
        lambda line: b"[" * 100_000 + b"\n",
        lambda line: b"\xff\n",
    ],
)
def test_a_line_written_in_another_way_is_refused(other: Callable[[bytes], bytes]) -> None:
    """Also the last one, whose digest no other line holds."""
    *lines, last = THREE.lines
    found = read(b"".join(lines) + other(last))
    assert found.broken and len(found.publications) == 2


@given(st.data())
def test_no_changed_byte_is_overlooked(data: st.DataObject) -> None:
    """Whatever is done to a byte of a line that has one after it: that line or the next breaks."""
    whole = b"".join(THREE.lines)
    at = data.draw(st.integers(0, len(whole) - len(THREE.lines[-1]) - 1))
    byte = data.draw(st.integers(0, 255).filter(lambda byte: byte != whole[at]))
    found = read(whole[:at] + bytes([byte]) + whole[at + 1 :])
    assert found.broken
    assert len(found.publications) <= whole[:at].count(b"\n") + 1
