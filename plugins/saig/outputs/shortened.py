"""Shortens texts."""

from __future__ import annotations

from ..regexes import regex

DESCRIPTION = 155
"""Characters of a description that search engines show on a telephone."""

LEAST = 60
"""If whole sentences have fewer characters than this, they are continued with words."""

_END = regex(r"(?<=[.!?…])\s+(?=[^\W\d_a-zà-öø-ÿ]|[¿¡«“\"'(])")


def shortened(text: str, most: int = DESCRIPTION) -> str:
    """As many whole sentences as fit; if these are short, as many words, and an ellipsis. ``text``:
    without markup; any white space counts as one space."""
    text = " ".join(text.split())
    if len(text) <= most:
        return text
    kept = ""
    for sentence in _END.split(text):
        longer = f"{kept} {sentence}".strip()
        if len(longer) > most:
            break
        kept = longer
    if len(kept) >= LEAST:
        return kept
    words = text[: most - 1].rpartition(" ")[0] or text[: most - 1]
    return words.rstrip(" ,;:.–-(") + "…"
