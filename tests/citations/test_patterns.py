"""Citations by templates: what holds for any text, and packs that are written from the docs."""

from __future__ import annotations

import re
import time
from typing import Any

import pytest
from grammars import grammar
from hypothesis import given, settings
from hypothesis import strategies as st
from project import REPOSITORY
from saig.citations.citation import Citation
from saig.citations.grammar import Grammar, grammar_of
from saig.citations.recognise import citations
from saig.notes.pack import read_pack
from saig.packs.load import law

ALL = grammar("pt", "fr", "it", "de", "ie")

PIECES = [
    *("artigo 5.º, ", "n.º 2, ", "da ", "Lei n.º 31/2014", ", de 30 de maio", " e 80/2015"),
    *("l'article L. 111-1 ", "du ", "code de l'urbanisme", "loi n° 2018-1021", "2° du I de "),
    *("art. 5, comma 2, ", "della ", "legge 7 agosto 1990, n. 241", "D.P.R. ", "l.r. 12/2005"),
    *("§ 34 ", "§§ 29 bis 35 ", "Abs. 1 ", "BauGB", "Denkmalschutzgesetzes", " (", ")", "SGB X"),
    *("section 5 of the ", "Planning and Development ", "Act", " 2000", " (No. 30 of 2000)"),
    *("S.I. No. 600 of 2001", "Regulation (EU) 2016/679", "Directive 92/43/EEC", " and ", "; "),
    *(" ", "\n", "\n\n", "é", "e\u0301", "\u00ad", "`", "https://x.eu/", "revogada ", "7", "."),
]


def read(text: str, packs: Grammar = ALL) -> list[str]:
    """``type number year date``, and provisions behind a colon."""
    return [
        " ".join(str(part or "-") for part in (one.type, one.number, one.year, one.date))
        + "".join(f": {provision}" for provision in one.provisions)
        for one in citations(text, packs)
    ]


@settings(max_examples=30, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_any_text_is_read(text: str) -> None:
    """Nothing fails; citations stand in order, apart, each where it says."""
    end = 0
    for cited in citations(text, ALL):
        assert cited.text == text[cited.start : cited.end]
        assert end <= cited.link_start <= cited.start < cited.end <= cited.link_end
        end = cited.link_end


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=60), st.text(max_size=60))
def test_what_stands_around_does_not_matter(before: str, after: str) -> None:
    """A norm in a paragraph of its own is found between any other paragraphs."""
    fence = "`" in before or "http" in before
    found = read(f"{before}\n\nLei n.º 31/2014, de 30 de maio.\n\n{after}")
    assert fence or "lei 31 2014 2014-05-30" in found


@pytest.mark.parametrize(
    "piece",
    [
        *("artigo 5.º, ", "§ 5 DSchG und Lei n.º 1/2020 ", "n.º 1/2020, ", "Act 2000 (Rules) "),
        *("Planning and ", "gesetz", "2° du I de l'article ", "Gesetz zur Ordnung des ", "("),
        *("decreto del Ministro ", "lei 1/2020 e ", "L. ", "S.I. No. ", "BauGB (", "a) b) "),
        *("Verordnung (EU) 2016/679 und ", "section 5 of the Act and ", "\u00ad", "ab-gesetz"),
    ],
)
def test_hostile_text_takes_linear_time(piece: str) -> None:
    """Eight times the text takes about eight times as long, and not sixty-four."""

    def seconds(size: int) -> float:
        text = "Lei n.º 1/2020 " + piece * (size // len(piece)) + " Lei n.º 2/2020"
        begun = time.process_time()
        assert list(citations(text, ALL))
        return time.process_time() - begun

    assert seconds(80_000) < 16 * seconds(10_000) + 0.2


PAST = {
    "A Lei n.º 48/98, entretanto revogada, dizia.": True,
    "A Lei n.º 48/98 diz. Outra coisa foi revogada.": False,
    "la legge 7 agosto 1990, n. 241, abrogata nel 2020": True,
    "l'ancien article R. 421-1 du code de l'urbanisme": True,
    "das frühere Denkmalschutzgesetz vom 3. Mai 1975": True,
    "the Roads Act 1993, which was repealed": True,
    "§ 5 BauGB gilt.": False,
}


@pytest.mark.parametrize(("text", "is_past"), PAST.items())
def test_words_close_by_say_that_a_norm_is_past(text: str, is_past: bool) -> None:
    assert [one.is_past for one in citations(text, ALL)] == [is_past]


NO_NORMS = [
    *("Proposta de Lei n.º 12/2020", "projet de loi n° 2018-1021", "disegno di legge n. 12/2020"),
    *("Entwurf der Verordnung (EU) 2016/679", "proposal for a Regulation (EU) 2016/679"),
    *("arrêté du 3 mai 2020 du maire", "G.U. L. 12 del 3.5.2020", "`Lei n.º 31/2014`"),
    *("https://example.org/lei-n.o-31/2014", "§ 4 GELTUNGSBEREICH", "Regolamento edilizio 5/2020"),
]


@pytest.mark.parametrize("text", NO_NORMS)
def test_drafts_and_other_things_are_no_norms(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Pursuant to Said Housing Act 2001",
        "Breach of Principal Housing Act 2001",
        "Section Of The Housing Act 2001",
        "See Said Regulations under Housing Act 2001",
        "In 2001 (the Housing Act 2001)",
    ],
)
def test_a_title_begins_with_none_of_the_words_before_it(text: str) -> None:
    """Though they have a capital, as in a heading."""
    assert [one.name for one in citations(text, grammar("ie"))] == ["Housing Act 2001"]


def test_the_act_is_the_one_named_before() -> None:
    """``the Act``, and an Act by its year alone, behind one with its number."""
    text = (
        "The Planning and Development Act 2000 (No. 30 of 2000) and the Roads Act 1993 (No. 14 of"
        " 1993); section 5 of the Act of 2000, section 6 of the Act."
    )
    assert read(text) == [
        "act 30 2000 -",
        "act 14 1993 -",
        "act 30 2000 -: section 5",
        "act 14 1993 -: section 6",
    ]


# -- packs that are written from the docs ---------------------------------------------------------

ROMANIAN = {
    "art. 7 alin. (1) lit. b) din Legea nr. 50/1991 privind autorizarea": [
        "lege 50 1991 -: art. 7 alin. (1) lit. b)"
    ],
    "Legea nr. 50 din 29 iulie 1991": ["lege 50 1991 1991-07-29"],
    "Legea nr. 350/2001 și Ordonanța de urgență a Guvernului nr. 57/2019": [
        "lege 350 2001 -",
        "oug 57 2019 -",
    ],
    "potrivit articolului 1 din Constituție": ["constitutie - 1991 -: articolului 1"],
    "Regulamentul (UE) 2016/679 al Parlamentului European și al Consiliului din 27 aprilie 2016": [
        "reg 679 2016 2016-04-27"
    ],
    "proiectul de Lege nr. 50/1991": [],
}

POLISH_PACK = """\
name: {pl: Polska, en: Poland}
includes: [eu]
types:
  ustawa: {name: {pl: Ustawa}, plural: {pl: Ustawy}, gender: {pl: f}}
citations:
  pl:
    patterns:
      jurisdiction: pl
      templates: ["{head}[ {words}] z dnia {date}[ r.]"]
      norms:
        - {type: ustawa, words: ["ustaw[a|y|ie|ę|ą]"]}
        - {type: rozporzadzenie, words: ["rozporządzeni[e|a|u]"]}
      names:
        - {type: ustawa, words: [Kodeks postępowania administracyjnego, Kodeksu postępowania administracyjnego]}
      units: [art., "§"]
      parts: [ust., pkt, lit.]
      and: [i, oraz, lub]
      past: [uchylon-]
      not_after: [projekt]
"""
POLISH = {
    "art. 5 ust. 1 pkt 2 ustawy z dnia 27 marca 2003 r. o planowaniu i zagospodarowaniu": [
        "ustawa - 2003 2003-03-27: art. 5 ust. 1 pkt 2"
    ],
    "rozporządzenia Ministra Infrastruktury z dnia 12 kwietnia 2002 r. w sprawie warunków": [
        "rozporzadzenie - 2002 2002-04-12"
    ],
    "art. 10 Kodeksu postępowania administracyjnego": ["ustawa - - -: art. 10"],
    "projekt ustawy z dnia 3 maja 2020 r.": [],
}
OTHERS: list[tuple[str, str, str, list[str]]] = [
    (
        "hu",
        'templates: ["{yyyy}. évi {roman}. {head}"]\n      norms: [{type: tv, words: [törvény]}]',
        "szóló 1997. évi LXXVIII. törvény szerint",
        ["tv LXXVIII 1997 -"],
    ),
    (
        "sv",
        'templates: ["{head} ({yyyy}:{number})"]\n      norms: [{type: lag, words: ["-lag[en]"]}]\n'
        '      behind: [kap., "§"]',
        "enligt 9 kap. 2 § plan- och bygglagen (2010:900)",
        ["lag 900 2010 -"],
    ),
    (
        "el",
        'templates: ["{head} {number}/{year}"]\n      norms: [{type: n, words: [ν., "νόμου"]}]\n'
        '      units: ["άρθρο[υ]"]\n      parts: [παρ.]\n      of: [του]',
        "σύμφωνα με το άρθρο 5 παρ. 2 του Ν. 4495/2017",
        ["n 4495 2017 -: άρθρο 5 παρ. 2"],
    ),
]


def of_pack(code: str, text: str) -> Grammar:
    assert read_pack(text, ()) == []
    return grammar_of(law((code,), ((code, text),)))


def test_the_pack_of_the_docs_reads_romanian() -> None:
    docs = (REPOSITORY / "docs" / "packs.md").read_text("utf-8")
    pack = re.search(r"```yaml\n(name: \{ro.*?)```", docs, re.DOTALL)
    assert pack
    packs = of_pack("ro", pack[1])
    assert {text: read(text, packs) for text in ROMANIAN} == ROMANIAN


def test_a_pack_for_poland() -> None:
    packs = of_pack("pl", POLISH_PACK)
    assert {text: read(text, packs) for text in POLISH} == POLISH
    (past,) = citations("ustawa z dnia 3 maja 2020 r., uchylona", packs)
    assert past.is_past


@pytest.mark.parametrize(("lang", "patterns", "text", "found"), OTHERS)
def test_languages_of_other_shapes(lang: str, patterns: str, text: str, found: list[str]) -> None:
    """A head at the end of the citation or of a word, other alphabets, numbers with a colon."""
    pack = f"name: {{en: X}}\ncitations:\n  {lang}:\n    patterns:\n      {patterns}\n"
    assert read(text, of_pack("xx", pack)) == found


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("{head}[ {words}] z", "{head}[ {words} z"),
        ("{date}[ r.]", "{dateum}[ r.]"),
        ("{head}[ {words}] z", "ustawa z"),
        ("ustaw[a|y", "ustaw[[a|y"),
        ("units: [", "unit: ["),
        ("type: rozporzadzenie, ", ""),
    ],
)
def test_what_is_wrong_in_patterns_is_told(old: str, new: str) -> None:
    assert old in POLISH_PACK
    (problem, *_) = read_pack(POLISH_PACK.replace(old, new, 1), ())
    line = POLISH_PACK[: POLISH_PACK.index(old)].count("\n") + 1
    assert problem.place[0] == line
    assert problem.code in {"bad-value", "unknown-field", "missing-field"}


def test_a_citation_has_what_others_have() -> None:
    """The fields of one that forms read, and the name beside them."""
    (cited,) = citations("nach § 34 Abs. 1 des Baugesetzbuches", grammar("de"))
    plain: dict[str, Any] = {name: getattr(cited, name) for name in Citation.__slots__}
    assert plain == {
        **{"text": "Baugesetzbuches", "start": 21, "end": 36, "type": "gesetz", "number": None},
        **{"year": None, "date": None, "jurisdiction": "de", "issuer": None, "is_past": False},
        **{"provisions": ["§ 34 Abs. 1"], "link_start": 5, "link_end": 36, "name": "Baugesetzbuch"},
    }
