"""What is put behind a number for what came between it and the next: ``68 bis``."""

from __future__ import annotations

LATIN = {
    word: name
    for name, others in {
        "bis": "",
        "ter": "",
        "quater": "quàter quáter quarter",
        "quinquies": "",
        "sexies": "sexties",
        "septies": "",
        "octies": "",
        "nonies": "novies",
        "decies": "",
        "undecies": "",
        "duodecies": "",
        "terdecies": "",
        "quaterdecies": "",
        "quindecies": "",
        "sexdecies": "",
        "septendecies": "",
        "octodecies": "",
        "novodecies": "",
        "vicies": "",
    }.items()
    for word in (name, *others.split())
}
"""What each is by its spellings, slips of gazettes too, in their order."""
