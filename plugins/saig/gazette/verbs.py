"""What the State gazette's words and codes of an analysis mean: tables for a lawyer to read.

Codes are those of its auxiliary tables of relations; one code says the same in both directions
(``DEROGA`` and ``SE DEROGA`` are 210). Words are without accents, in small letters.
"""

from __future__ import annotations

import re
from typing import NamedTuple


class Verb(NamedTuple):
    """``relation``: what it does, in the words of ``RELATIONS``; None for what changes nothing."""

    relation: str | None
    words: str


VERBS = [
    Verb("repeals", r"derogan?"),
    Verb("annuls", r"anulan?"),
    Verb("undoes", r"dejan? sin efectos?"),
    Verb("suspends", r"suspenden?"),
    Verb("removes", r"suprimen?"),
    Verb("amends", r"modifican?"),
    Verb("amends", r"sustituyen?"),
    Verb("amends", r"actualizan?"),
    Verb("adds", r"anaden?|adicionan?|incorporan?"),
    Verb("prorogues", r"prorrogan?"),
    Verb("prorogues", r"amplian?"),
    Verb(
        "corrects",
        r"corrigen? (?:errores|erratas)|correccion(?:es)? de (?:errores|erratas)|corrigen?",
    ),
    Verb("validates", r"publican? (?:el )?acuerdos? de convalidacion|convalidan?"),
    Verb("develops", r"desarrollan?"),
    Verb("challenges", r"recursos?|cuestion(?:es)?|conflictos?|impugnacion(?:es)?"),
    Verb("declares-in-force", r"declaran? (?:la )?vigencia"),
    Verb("declares", r"declaran?"),
    Verb(None, r"renumeran?|reenumeran?|pasan? a ser"),
    Verb(None, r"interpretan?"),
    Verb(None, r"completan?"),
    Verb(None, r"apruebana?|aprueban?"),
    Verb(None, r"autorizan?"),
    Verb(None, r"dictan? (?:en relacion(?: con)?|de conformidad(?: con)?)"),
    Verb(None, r"en relacion con|de conformidad con"),
    Verb(None, r"citan?|publican?|transponen?|trasponen?|dictan?"),
]
"""The longer of two that begin alike comes first."""

CODES = {
    **{str(code): "repeals" for code in range(210, 218)},
    "220": "annuls",
    "230": "undoes",
    "231": "suspends",
    "235": "removes",
    "245": "amends",
    "270": "amends",
    "271": "amends",
    "272": "amends",
    "404": "amends",
    "401": "prorogues",
    "406": "prorogues",
    "407": "adds",
    "201": "corrects",
    "202": "corrects",
    "203": "corrects",
    "204": "corrects",
    "301": "validates",
    "470": "declares",
    "480": "declares-in-force",
    "490": "develops",
    "530": "challenges",
    "552": "challenges",
    "694": "challenges",
}
"""For a record whose words are not in ``VERBS``; other codes change nothing."""

OF_A_PART = {"211", "212", "213", "214", "215", "217"}
"""Codes of repeals that are certainly not of the whole norm."""

AGAIN = {"216"}

DECLARED = [
    (None, r"inconstitucionalidad,? sin (?:declaracion de )?nulidad"),
    (
        "annuls",
        r"inconstitucionalidad(?: y(?: la)? nulidad)?|nulidad(?: de pleno derecho)?|ilegalidad y nulidad",
    ),
    ("suspends", r"mantenimiento de la suspension(?: de (?:la )?(?:vigencia|aplicacion))?"),
    ("lifts", r"levantamiento de la suspension(?: de (?:la )?(?:vigencia|aplicacion))?"),
    (None, r"constitucionalidad|ilegalidad|legalidad"),
    (
        None,
        r"desestimacion|estimacion|inadmision|extincion|perdida(?: sobrevenida)?(?: del?)? objeto",
    ),
    (
        None,
        r"(?:no conformes? con|contrari[oa]s? al?) (?:el )?orden constitucional(?: de competencias)?",
    ),
    (None, r"que|terminacion|desistimiento|titularidad|competencia"),
]
"""What a court declares of the provisions that follow: only its words say it, the code is always
470. What is unconstitutional is void, unless otherwise stated (Organic Law 2/1979, article
39.1)."""

RELATIONS: dict[str, tuple[str, ...]] = {
    "repeals": ("repeals",),
    "repeals-part": ("repeals-part",),
    "annuls": ("annuls",),
    "undoes": ("repeals-part", "removes", "annuls"),
    "suspends": ("suspends",),
    "removes": ("removes", "repeals-part"),
    "amends": ("amends",),
    "adds": ("adds",),
    "prorogues": ("prorogues", "amends"),
    "lifts": ("lifts",),
    "corrects": ("corrects",),
    "validates": ("validates",),
    "develops": ("develops",),
    "challenges": ("challenges",),
}
"""What is done, and the types of relation for it in a note, the usual one first. Anything else has
no relation in a note."""

WORDS = re.compile("|".join(f"(?P<v{index}>{verb.words})" for index, verb in enumerate(VERBS)))


def verb_of(words: str) -> Verb | None:
    """The verb that folded words begin with."""
    found = re.match(rf"(?:se )?(?:{WORDS.pattern})(?!\w)", words)
    return VERBS[int(found.lastgroup[1:])] if found and found.lastgroup else None
