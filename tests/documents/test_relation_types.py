"""A type of relation between norms is known to each table that has them: a new one lacks none."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import get_args

import pytest
from project import REPOSITORY
from saig.cms.labels import CODES
from saig.documents.codes import codes
from saig.documents.force_words import done_words
from saig.documents.norm import EVENTS
from saig.documents.schema.norm import Happening
from saig.notes import as_written
from saig.notes.norm_fields import ActType, RelationType
from saig.outputs.drawing import STRONGEST
from saig.outputs.linked.norm import ACTS
from saig.packs.load import law
from saig.words import Translator

RELATIONS = set(get_args(RelationType))
CHANGES_NOTHING = "develops"
"""That a norm is developed does not happen to it, and is not told in its life."""

PLAIN = "amends"
"""What the map draws as a line without a style of its own."""

ENGLISH = Translator.of(REPOSITORY / "theme/translations", "en")
WORDS = codes(ENGLISH, law(("eu",)))
ACTIVE, PASSIVE = WORDS["relations"]["active"], WORDS["relations"]["passive"]
STYLES = (REPOSITORY / "theme/static/css/map.css").read_text("utf-8")


@pytest.mark.parametrize(
    ("known", "others"),
    [
        pytest.param(as_written.RELATIONS, (), id="notes/as_written.py: RELATIONS"),
        pytest.param(ACTIVE, (), id="documents/codes.py: active"),
        pytest.param(PASSIVE, ("bill",), id="documents/codes.py: passive"),
        pytest.param(WORDS["deeds"], ("bill",), id="documents/codes.py: deeds"),
        pytest.param(STRONGEST, (), id="outputs/drawing.py: STRONGEST"),
        pytest.param(ACTS, (), id="outputs/linked/norm.py: ACTS"),
    ],
)
def test_a_table_has_every_type(known: Collection[str], others: Collection[str]) -> None:
    assert set(known) == RELATIONS | set(others)


def test_the_form_in_the_browser_names_every_type() -> None:
    assert CODES.keys() >= set(get_args(ActType))


def test_what_is_done_to_a_norm_is_told_in_its_life() -> None:
    """By an event that the norm's schema knows and that has words."""
    assert set(EVENTS) == (RELATIONS | {"bill"}) - {CHANGES_NOTHING}
    assert set(EVENTS.values()) <= set(get_args(Happening)) == WORDS["events"].keys()
    assert all(done_words(ENGLISH, type_, []) for type_ in EVENTS)
    assert done_words(ENGLISH, CHANGES_NOTHING, []) == ""


def test_every_line_of_the_map_has_a_style() -> None:
    assert {*re.findall(r'data-relation="([a-z-]+)"', STYLES), PLAIN} == RELATIONS
