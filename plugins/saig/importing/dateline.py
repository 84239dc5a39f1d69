"""Where and when a press release was written, as it says itself at its beginning or its end."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence

from ..citations.grammar import Grammar
from ..citations.recognise import citations
from ..notes.date_guess import iso_guess

_DAY = r"\d{1,2}(?:r|n|è|º)?\s+(?:de\s+|d['’])?[^\W\d]{3,10}\s+(?:de\s+|del\s+)?\d{4}|\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|\d{4}-\d{2}-\d{2}"
_PLACE = r"[A-ZÀ-ÖØ-Þ][^\d\n.;:!?]{1,50}"
_LINE = re.compile(
    rf"(?:(?:{_PLACE}?,?\s+)?(?:a\s+|el\s+|dia\s+|día\s+)?)?(?P<day>{_DAY})(?P<end>\s*[.,:;)–—-]|\s*$)"
)
_LABELLED = re.compile(rf"[^\W\d]{{4,20}}(?: [^\W\d]{{1,15}}){{0,3}}:\s*(?P<day>{_DAY})\s*$")

FIRST, LAST = 4, 2
"""Paragraphs at either end in which it may stand."""


def dateline(paragraphs: Sequence[str], grammar: Grammar) -> tuple[int, datetime.date] | None:
    """The paragraph that begins with it, and its day: ``Vila, 4 de juliol de 2020.- …``. The day of a
    norm that is cited is none."""
    places = [*range(min(FIRST, len(paragraphs)))]
    places += [at for at in range(len(paragraphs) - LAST, len(paragraphs)) if at >= FIRST]
    for at in places:
        text = paragraphs[at].replace("\\", "").replace("*", "")
        found = _LINE.match(text) or _LABELLED.match(text)
        if found is None:
            continue
        if any(cited.start <= found.start("day") < cited.end for cited in citations(text, grammar)):
            continue
        if at >= FIRST and found.end() < len(text.rstrip()):
            continue  # at the end it is all that its line says
        if (day := iso_guess(found["day"].replace("’", "'"))) is not None:
            return at, datetime.date.fromisoformat(day)
    return None
