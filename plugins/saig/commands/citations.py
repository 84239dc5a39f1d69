"""``saig citations``: what norms a text cites."""

from __future__ import annotations

import json
import sys
from typing import Any, BinaryIO

import click

from ..catalogue.catalogue import Catalogue
from ..catalogue.resolve import Meaning
from ..citations.citation import Citation
from ..citations.recognise import citations
from ..generator import checked_project
from . import project

_JSON = json.JSONEncoder(ensure_ascii=False)


@click.command("citations")
@click.argument("files", nargs=-1, type=click.File("rb"))
def command(files: tuple[BinaryIO, ...]) -> None:
    """Print the citations in FILES (or standard input), one JSON object a line.

    \b
    Example: echo "la Llei 12/2017" | saig citations
    """
    catalogue = checked_project(project.settings(project.root())).shown
    for file in files or (sys.stdin.buffer,):
        # Bytes, for a file's own line ends count in the offsets.
        for citation in citations(file.read().decode("utf-8", "replace")):
            sys.stdout.write(_JSON.encode(_plain(catalogue, citation)) + "\n")


def _plain(catalogue: Catalogue | None, citation: Citation) -> dict[str, Any]:
    found = catalogue.meant(Meaning.of(citation)) if catalogue else None
    return {
        "text": citation.text,
        "start": citation.start,
        "end": citation.end,
        "type": citation.type,
        "number": citation.number,
        "year": citation.year,
        "date": citation.date.isoformat() if citation.date else None,
        "jurisdiction": citation.jurisdiction,
        "provisions": citation.provisions,
        "norm": found.norm.id if found and found.norm else None,
        "reason": found.reason if found else "unknown",
        "candidates": [entry.id for entry in found.candidates] if found else [],
    }
