"""Grammars of packs, for tests of what is cited."""

from __future__ import annotations

from saig.citations.grammar import Grammar, grammar_of
from saig.packs.load import law


def grammar(*packs: str) -> Grammar:
    """Of these packs and those that they include."""
    return grammar_of(law(packs))


PALMA = grammar("es-ib")
