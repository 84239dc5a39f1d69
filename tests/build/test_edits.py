"""After any edit a build is that of the same files which remembers nothing (decision 33).

``SAIG_EDITS=5000`` makes so many edits; ``SAIG_EDITS="title.3 remove.7"`` those, as a failure names
them.
"""

from __future__ import annotations

import os

import pytest
from edits import VALUES
from judge import KINDS, Judge, steps_of
from saig.notes.models import FOLDER_OF
from saig.notes.models import KINDS as MODELS

EDITS = 25
"""After each town: errors gather in one that is edited for long, and hide what else is wrong."""

GIVEN = os.environ.get("SAIG_EDITS", "100")
NUMBERS = range(-(-int(GIVEN) // EDITS)) if GIVEN.isdigit() else range(1)


@pytest.fixture(scope="module")
def judge(tmp_path_factory: pytest.TempPathFactory) -> Judge:
    return Judge(tmp_path_factory.mktemp("edits"))


@pytest.mark.parametrize("seed", NUMBERS)
def test_after_any_edits_a_build_is_that_of_a_clean_one(judge: Judge, seed: int) -> None:
    steps = steps_of(seed, EDITS) if GIVEN.isdigit() else GIVEN.split()
    found = judge.play(steps)
    if found:
        number, difference = found
        short = judge.shortened(steps[: number + 1])
        pytest.fail(
            f"after {steps[number]}, step {number} of seed {seed}:\n{difference}\n"
            f"To see it again:\n    SAIG_EDITS='{' '.join(short)}' pytest {os.path.relpath(__file__)}",
            pytrace=False,
        )


def test_every_field_of_a_note_is_edited() -> None:
    edited = {where.partition("/")[::2] for where in VALUES}
    for kind, model in MODELS.items():
        for name in model.model_fields:
            assert {("*", name), ("", name), (FOLDER_OF[kind], name)} & edited, (kind, name)
    assert len(KINDS) >= 25
