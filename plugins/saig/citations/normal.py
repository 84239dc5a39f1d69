"""Text as it is typed -> text to match, with the way back to the original offsets."""

from __future__ import annotations

import unicodedata

_SPACES = set("\u00a0\u202f\u2009\t\n\r\f\v ")
_HYPHENS = set("\u2010\u2011\u2012\u2013\u2014\u2015\u2212")
_APOSTROPHES = set("\u2019\u02bc\u00b4")
_DOTS = set("\u2219\u2022\u2027\u22c5\u30fb")


def normalise(text: str) -> tuple[str, list[int]]:
    """The text to match, and for each of its characters, and its end, the original offset.

    Composed letters, one kind of space, hyphen and apostrophe; soft hyphens dropped; the dots that
    stand for a punt volat, between two l alone.
    """
    out: list[str] = []
    offsets: list[int] = []
    position = 0
    while position < len(text):
        end = position + 1
        while end < len(text) and unicodedata.combining(text[end]):
            end += 1
        cluster = text[position:end]
        if len(cluster) > 1:
            cluster = unicodedata.normalize("NFC", cluster[:4])
        for char in _plain(cluster, text, position, end):
            if char == " " and out and out[-1] == " ":
                continue
            out.append(char)
            offsets.append(position)
        position = end
    offsets.append(len(text))
    return "".join(out), offsets


def _plain(cluster: str, text: str, start: int, end: int) -> str:
    if cluster in _SPACES:
        return " "
    if cluster == "\u00ad":
        return ""
    if cluster in _HYPHENS:
        return "-"
    if cluster in _APOSTROPHES:
        return "'"
    if cluster in _DOTS and text[start - 1 : start].lower() == "l" == text[end : end + 1].lower():
        return "·"
    return {"ŀ": "l·", "Ŀ": "L·"}.get(cluster, cluster)


def lower(text: str) -> str:
    """Small letters, and never one more or less of them."""
    return "".join(small if len(small := char.lower()) == 1 else char for char in text)
