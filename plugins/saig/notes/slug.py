"""Words -> the last part of an address."""

from __future__ import annotations

import re
from functools import lru_cache

from unidecode import unidecode

_GEMINATE = re.compile(r"(?<=l)[·∙•‧⋅・](?=l)", re.IGNORECASE)


@lru_cache(maxsize=2000)  # many notes have the same headings
def slugify(words: str) -> str:
    """``Decret llei 8/2020`` -> ``decret-llei-8-2020``; ``col·legi`` -> ``collegi``. May be ''."""
    return plain_name(words)[:80].strip("-")


@lru_cache(maxsize=2000)
def plain_name(words: str) -> str:
    """The form in which names are compared: without capitals, accents and punctuation. ``SECCIÓ
    D’OBRES `` and ``Secció d'Obres`` → ``seccio-d-obres``. An id stays as it is. May be ''."""
    plain = unidecode(_GEMINATE.sub("", words.replace("ŀ", "l").replace("Ŀ", "L"))).lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
