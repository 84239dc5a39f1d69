"""The program of the editor in the browser, where this computer has it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from project import REPOSITORY
from saig.cms.package import ARCHIVE


@pytest.fixture(scope="session")
def archive() -> Path:
    """npm's archive; the test is left out where it is not there."""
    found = Path(os.environ.get("SAIG_SVELTIA") or REPOSITORY / ARCHIVE)
    if not found.is_file():
        pytest.skip(f"{found} is not there: run npm pack @sveltia/cms@0.221.1")
    return found
