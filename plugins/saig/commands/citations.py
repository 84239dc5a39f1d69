"""``saig citations``: what norms a text cites."""

from __future__ import annotations

import json
import sys
from typing import Any, BinaryIO

import click

from ..catalogue.catalogue import Catalogue
from ..catalogue.resolve import Meaning
from ..citations.citation import Citation
from ..citations.grammar import Grammar, grammar_of
from ..citations.recognise import citations
from ..notes.own_packs import read_packs
from ..packs.load import known_packs, law
from ..refusal import Refused
from ..site_check import checked_project
from ..words import N_
from . import project

_JSON = json.JSONEncoder(ensure_ascii=False)


@click.command("citations")
@click.argument("files", nargs=-1, type=click.File("rb"))
@click.option(
    "--law",
    "packs",
    metavar="PACKS",
    help="Packs of the law by which texts cite, as in fr,pt; by default those of the site.",
)
def command(files: tuple[BinaryIO, ...], packs: str | None) -> None:
    """Print the citations in FILES (or standard input), one JSON object a line.

    With --law it works outside of a project too, where no norm has a note.

    \b
    Example: echo "la Llei 12/2017" | saig citations
             echo "loi n° 2016-1321" | saig citations --law fr
    """
    catalogue = _catalogue() if packs is None else None
    grammar = catalogue.grammar if catalogue else _grammar(packs or "")
    for file in files or (sys.stdin.buffer,):
        # Bytes, for a file's own line ends count in the offsets.
        for citation in citations(file.read().decode("utf-8", "replace"), grammar):
            sys.stdout.write(_JSON.encode(_plain(catalogue, citation)) + "\n")


def _catalogue() -> Catalogue:
    """The notes of the project. Raises ``Refused`` where there is none, or its site.yaml
    has errors."""
    try:
        root = project.root()
    except Refused:
        message = N_("this is no Saig project: go into one, or name packs, as in --law fr")
        raise Refused(message) from None
    catalogue = checked_project(project.settings(root)).shown
    if catalogue is None:
        message = N_("content/site.yaml has errors: saig check tells them. Or name packs: --law fr")
        raise Refused(message)
    return catalogue


def _grammar(packs: str) -> Grammar:
    """The law of Saig's packs, and of the town's own if the command is run in a project."""
    names = tuple(name.strip() for name in packs.split(",") if name.strip())
    try:
        own = read_packs(project.root())[0]
    except Refused:
        own = ()
    there = sorted({*known_packs(), *(name for name, _ in own)})
    for name in names:
        if name not in there:
            raise Refused(
                N_("there is no pack “%(name)s”: the packs are %(known)s"),
                name=name[:40],
                known=", ".join(there),
            )
    return grammar_of(law(names, own))


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
        "issuer": citation.issuer,
        "name": citation.name,
        "provisions": citation.provisions,
        "norm": found.norm.id if found and found.norm else None,
        "reason": found.reason if found else "unknown",
        "candidates": [entry.id for entry in found.candidates] if found else [],
    }
