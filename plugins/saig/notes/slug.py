"""Words -> the last part of an address."""

from __future__ import annotations

import re

from unidecode import unidecode

_GEMINATE = re.compile(r"(?<=l)[·∙•‧⋅・](?=l)", re.IGNORECASE)


def slugify(words: str) -> str:
    """``Decret llei 8/2020`` -> ``decret-llei-8-2020``; ``col·legi`` -> ``collegi``. May be ''."""
    plain = unidecode(_GEMINATE.sub("", words.replace("ŀ", "l").replace("Ŀ", "L"))).lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:80].strip("-")
