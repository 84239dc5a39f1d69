"""A text that is short enough for where it is shown."""

from __future__ import annotations

from ..regexes import regex

DESCRIPTION = 155
"""Letters of a page's description that search engines show on a telephone."""

LEAST = 60
"""Letters below which sentences that are whole say too little, if there are more."""

_END = regex(r"(?<=[.!?…])\s+(?=[^\W\d_a-zà-öø-ÿ]|[¿¡«“\"'(])")


def shortened(text: str, most: int = DESCRIPTION) -> str:
    """As many whole sentences as fit; where they are few or none, as many words, and a mark of
    omission. ``text``: without markup; gaps of any length count as one space."""
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
