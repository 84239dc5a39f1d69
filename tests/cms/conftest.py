"""The program of the editor in the browser, where this computer has it."""

from __future__ import annotations

from pathlib import Path

import pytest
from project import SVELTIA


@pytest.fixture(scope="session")
def archive() -> Path:
    """npm's archive; the test is left out where it is not there."""
    if not SVELTIA.is_file():
        pytest.skip(f"{SVELTIA} is not there: run npm pack @sveltia/cms@0.221.1")
    return SVELTIA
