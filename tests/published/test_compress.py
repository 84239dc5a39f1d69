"""Compressed twins: what was compressed comes back, and nothing else does."""

from __future__ import annotations

import pytest
from saig.publishing import compress
from saig.publishing.compress import TWINS, original


@pytest.mark.parametrize("ending", TWINS)
def test_a_twin_holds_its_file_and_nothing_more(
    ending: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A twin that is cut off, goes on after its end or would fill the memory holds nothing."""
    data = b"Avui no hi ha aigua. " * 50_000
    twin = TWINS[ending](data)
    assert original(ending, twin) == data
    assert original(ending, twin[:-1]) is None
    assert original(ending, twin + b"x") is None
    monkeypatch.setattr(compress, "LARGEST", len(data) // 4)
    assert original(ending, twin) is None
