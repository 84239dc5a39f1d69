"""Citations of official texts of several countries, as these texts have them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from grammars import grammar
from saig.citations.citation import Citation
from saig.citations.recognise import citations

CORPORA = Path(__file__).parent / "corpora"
PACKS = ["pt", "fr", "it", "de", "ie", "eu"]
EXACT = 0.95
FEWEST = 40
"""Citations in a corpus."""


def read(name: str) -> Any:
    return yaml.safe_load((CORPORA / f"{name}.yaml").read_text("utf-8"))


def line(cited: Citation) -> str:
    """``type number year date whose = name :: provision; provision``; a dash is what is not said."""
    said = (cited.type, cited.number, cited.year, cited.date, cited.issuer or cited.jurisdiction)
    name = f" = {cited.name}" if cited.name else ""
    provisions = " :: " + "; ".join(cited.provisions) if cited.provisions else ""
    return " ".join(str(part or "-") for part in said) + name + provisions


@pytest.mark.parametrize("pack", PACKS)
def test_official_texts_are_read(pack: str) -> None:
    """Type, number, year, day, whose it is, name and provisions of nearly all are exact, and what
    is no citation is none."""
    packs = grammar(*(["es-ib"] if pack == "eu" else []), pack)
    wanted = right = 0
    wrong: list[str] = []
    for entry in read(pack):
        found = [line(cited) for cited in citations(entry["text"], packs)]
        wanted += len(entry["cites"])
        right += sum(one in found for one in entry["cites"])
        wrong += [f"missed {one}" for one in entry["cites"] if one not in found]
        if len(found) > len(entry["cites"]):
            wrong += [f"false {one}" for one in found if one not in entry["cites"]]
    assert wanted >= FEWEST
    assert right / wanted >= EXACT, wrong
    assert not [one for one in wrong if one.startswith("false")], wrong


@pytest.mark.parametrize("pack", PACKS)
def test_texts_without_citations_have_none(pack: str) -> None:
    """Opening hours, deliberations, drafts and numbers of other things are no norms. None of any
    country's is the Union's."""
    countries = read("none")
    of = countries.values() if pack == "eu" else [countries[pack]]
    texts = [text for found in of for one in found for text in one["texts"]]
    assert len(texts) >= 20
    packs = grammar(pack)
    assert {text: [line(one) for one in citations(text, packs)] for text in texts} == {
        text: [] for text in texts
    }


@pytest.mark.parametrize("pack", PACKS)
def test_offsets_are_those_of_the_text(pack: str) -> None:
    """Each citation's words stand where it says, within those of its provisions."""
    packs = grammar(pack)
    for entry in read(pack):
        text = entry["text"]
        end = 0
        for cited in citations(text, packs):
            assert text[cited.start : cited.end] == cited.text
            assert end <= cited.start < cited.end <= cited.link_end
            assert cited.link_start <= cited.start
            end = cited.end
