"""The file of all documents is changed where it stands."""

from __future__ import annotations

import os
import tempfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from project import Project
from saig.builder import all_documents
from saig.builder.all_documents import rearrange
from saig.builder.page_table import Piece

ALL = "api/v1/all.ndjson"

DOCUMENT = st.binary(max_size=30)
CHANGES = st.lists(st.tuples(DOCUMENT, st.booleans(), st.none() | DOCUMENT), max_size=8)
"""What the last build had, whether that stays, and what there is after it now."""


@given(CHANGES)
def test_what_stays_is_moved_and_the_rest_written_between(
    changes: list[tuple[bytes, bool, bytes | None]],
) -> None:
    new: dict[str, bytes] = {}
    pieces, wanted, start = [], b"", 0
    for number, (was, stays, after) in enumerate(changes):
        if stays:
            pieces.append(Piece("", start, len(was)))
            wanted += was
        if after is not None:
            new[f"{number}.html"] = after
            pieces.append(Piece(f"{number}.html", 0, len(after)))
            wanted += after
        start += len(was)
    with tempfile.TemporaryFile() as file, pytest.MonkeyPatch.context() as patch:
        patch.setattr(all_documents, "MOST", 7)
        file.write(b"".join(was for was, _, _ in changes))
        file.flush()
        rearrange(file.fileno(), pieces, new.__getitem__)
        file.seek(0)
        assert file.read() == wanted


def test_what_has_another_name_is_not_changed_under_it(town: Project) -> None:
    """A copy of the site that was made with hard links stays what it was."""
    town.build()
    copy = town.root / "copy.ndjson"
    os.link(town.output / ALL, copy)
    before = copy.read_bytes()
    town.change("contacts/obres.md", "000 001", "000 002")
    town.build()
    assert copy.read_bytes() == before != (town.output / ALL).read_bytes()
