"""Citations taken from gazettes and portals of Spain's regions, and texts of theirs without any."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from grammars import grammar
from saig.citations.citation import Citation
from saig.citations.recognise import citations

CORPORA = ("es-ga.gl", "es-pv.eu", "es-ct.ca", "es-ct.es")
"""A pack, and the language of the texts."""

EXACT = 0.95


def read(name: str) -> list[dict[str, Any]]:
    path = Path(__file__).parent / "corpora" / f"{name}.yaml"
    texts: list[dict[str, Any]] = yaml.safe_load(path.read_text("utf-8"))
    return texts


def brief(cited: Citation) -> str:
    """``l 39 2015 2015-10-01 es :: article 14``; a hyphen is what is not said."""
    said = (cited.type, cited.number, cited.year, cited.date, cited.issuer or cited.jurisdiction)
    words = " ".join("-" if one is None else str(one) for one in said)
    return f"{words} :: {'; '.join(cited.provisions)}" if cited.provisions else words


@pytest.mark.parametrize("name", CORPORA)
def test_citations_of_a_corpus_are_read(name: str) -> None:
    """Of at least forty, almost all in every respect."""
    known = grammar(name.split(".")[0])
    expected, right, wrong = 0, 0, []
    for one in read(name):
        found = [brief(cited) for cited in citations(one["text"], known)]
        expected += len(one["cites"])
        right += sum(said in found for said in one["cites"])
        if found != one["cites"]:
            wrong.append((one["text"], found, one["cites"]))
    assert expected >= 40
    assert right >= EXACT * expected, wrong


@pytest.mark.parametrize("name", CORPORA)
def test_texts_without_any_have_none(name: str) -> None:
    """What only looks like a citation: issues of gazettes, courts' decisions, drafts, school years."""
    known = grammar(name.split(".")[0])
    texts = [one["text"] for one in read(name) if not one["cites"]]
    assert len(texts) >= 20
    assert {text: list(citations(text, known)) for text in texts} == {text: [] for text in texts}
