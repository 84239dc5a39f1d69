"""The town's ledger of addresses, for what is told of those that vanish."""

from __future__ import annotations

import pytest
from project import DAY, Project, new_project

LEDGER = "addresses.yaml"


@pytest.fixture(scope="session")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The town's, as it is written."""
    town = new_project(tmp_path_factory.mktemp("ledger") / "project")
    done = town.saig("check", "--write-addresses", "--today", DAY)
    assert done.returncode == 0, done.stdout
    return (town.content / LEDGER).read_text("utf-8")


@pytest.fixture
def kept(town: Project, ledger: str) -> Project:
    """The town with its ledger."""
    town.write(LEDGER, ledger)
    return town
