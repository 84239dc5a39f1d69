"""The grammar of citations, form by form, and what holds for any text."""

from __future__ import annotations

import time
import unicodedata

import pytest
from grammars import PALMA
from hypothesis import given, settings
from hypothesis import strategies as st
from saig.citations.citation import Citation
from saig.citations.normalised_text import NormalisedText, lower
from saig.citations.recognise import citations

# Text; then each citation as "type number/year date"; a dash is what is not said.
READ = {
    # Forms, capitals and hyphens.
    "DECRET LLEI 8/2020, DE 13 DE MAIG": ["dl 8/2020 2020-05-13"],
    "Decreto Ley 8/2020, de 24 de marzo": ["dl 8/2020 2020-03-24"],
    "Decret-\nllei 8/2020": ["dl 8/2020 -"],
    "Decret\r\nllei\r\n8/2020": ["dl 8/2020 -"],
    "Decret\u2011llei 8/2020": ["dl 8/2020 -"],
    "Decret\u00ad llei 8/2020": ["dl 8/2020 -"],
    "LEY ORGANICA 3/2018": ["lo 3/2018 -"],
    "Llei orga\u0300nica 3/2018, de 17 de marc\u0327": ["lo 3/2018 2018-03-17"],
    "Royal Legislative Decree 7/2015": ["rdlg 7/2015 -"],
    "Legislative Royal Decree 7/2015": ["rdlg 7/2015 -"],
    "Legislative Decree 1/2010": ["dlg 1/2010 -"],
    "_Llei 12/2017_ i **Llei 5/2018**": ["l 12/2017 -", "l 5/2018 -"],
    # Abbreviations.
    "RD LEGISLATIU 7/2015": ["rdlg 7/2015 -"],
    "RD Leg. 7/2015; RDLeg 7/2015": ["rdlg 7/2015 -", "rdlg 7/2015 -"],
    "RD-ley 8/2020, RD llei 9/2020 i R.D.-ley 3/2020": [
        "rdl 8/2020 -",
        "rdl 9/2020 -",
        "rdl 3/2020 -",
    ],
    "D.-L. 8/2020; DL 9/2020": ["dl 8/2020 -", "dl 9/2020 -"],
    "R.D. 1093/1997; L.O. 3/2018; DLeg 1/2010": ["rd 1093/1997 -", "lo 3/2018 -", "dlg 1/2010 -"],
    "D 8/2020; la L 12/2017; O 5/2021, de 5 de maig": [
        "d 8/2020 -",
        "l 12/2017 -",
        "o 5/2021 2021-05-05",
    ],
    # Numbers.
    "Llei 8 / 2020": ["l 8/2020 -"],
    "Decret llei núm. 8/2020; Ley n.º 8/2020; Law No. 8/2020": [
        "dl 8/2020 -",
        "l 8/2020 -",
        "l 8/2020 -",
    ],
    "Real Decreto 1.346/1976": ["rd 1346/1976 -"],
    "Decret llei 08/2020": ["dl 8/2020 -"],
    "Ordre TED/1234/2023": ["o TED/1234/2023 -"],
    "Órdenes TED/1/2023 y TED/22/2023, de 3 de abril": [
        "o TED/1/2023 2023-04-03",
        "o TED/22/2023 2023-04-03",
    ],
    # Several.
    "lleis 7/2013, 12/2017 i 5/2018": ["l 7/2013 -", "l 12/2017 -", "l 5/2018 -"],
    "Leyes 39/2015, de 1 de octubre, y 40/2015, de 2 de octubre": [
        "l 39/2015 2015-10-01",
        "l 40/2015 2015-10-02",
    ],
    "la Llei 39/2015 i la 40/2015, d'1 d'octubre": ["l 39/2015 2015-10-01", "l 40/2015 2015-10-01"],
    "lleis 12/2017 i 5/2018, de 19 de juny": ["l 12/2017 -", "l 5/2018 2018-06-19"],
    "Decree-laws 8/2020 and 9/2020": ["dl 8/2020 -", "dl 9/2020 -"],
    # Dates.
    "Decret 8/2020, d'11 de desembre": ["d 8/2020 2020-12-11"],
    "Llei 2/2014, del 25 de març": ["l 2/2014 2014-03-25"],
    "Llei 39/2015, 1r d'octubre": ["l 39/2015 2015-10-01"],
    "Law 7/1985 (2 April)": ["l 7/1985 1985-04-02"],
    "Law 7/1985, of April 2, 1985": ["l 7/1985 1985-04-02"],
    "Decreto 8/2020, de 13 de mayo de 2020": ["d 8/2020 2020-05-13"],
    "Llei 8/2020, de 31 de febrer": ["l 8/2020 -"],
    "Resolució de 3 de juny de 2020": ["res -/2020 2020-06-03"],
    "Resolució del conseller de Turisme de 3 de juny de 2020": ["res -/2020 2020-06-03"],
    "Ordre de 5 de maig de 2021": ["o -/2021 2021-05-05"],
    "Decret de 27 de juny de 2019": ["d -/2019 2019-06-27"],
    # Of towns, Navarre and the Basque territories.
    "Ordenança fiscal 3/2020; Ordenanza 3/2015, de 5 de mayo": [
        "ord 3/2020 -",
        "ord 3/2015 2015-05-05",
    ],
    "Norma Foral 4/2016, de 18 de mayo": ["nf 4/2016 2016-05-18"],
    "Decreto Foral Normativo 1/2020; Decreto Foral 87/2021; Orden Foral 2/2019": [
        "dfn 1/2020 -",
        "df 87/2021 -",
        "of 2/2019 -",
    ],
    "Ley Foral 17/2025, de 16 de diciembre": ["lf 17/2025 2025-12-16"],
    # European.
    "Reglamento (UE) n.º 910/2014": ["reg 910/2014 -"],
    "Reglament (CE) núm. 1370/2007": ["reg 1370/2007 -"],
    "Regulation (EU) 2016/679": ["reg 679/2016 -"],
    "Directiva (UE) 2018/844; Directiva 92/43/CEE": ["dir 844/2018 -", "dir 43/1992 -"],
    "Directives 2014/23/UE i 2014/24/UE": ["dir 23/2014 -", "dir 24/2014 -"],
    "Reglament (UE) 2016/679 del Parlament Europeu i del Consell, de 27 d'abril de 2016": [
        "reg 679/2016 2016-04-27"
    ],
    "Reglament europeu 2016/679": ["reg 679/2016 -"],
    # No citations.
    "proyecto de ley 8/2020; Draft Decree-law 8/2020; Projecte de Decret llei 9/2020": [],
    "sentència 31/2010, STC 31/2010, Sala 3/2020": [],
    "tel. 971/225900; Obres.00; BOIB núm. 84/2020; RGE núm. 8711/20": [],
    "decret d'alcaldia 8/2020; Decreto de Alcaldía 8/2020; Mayoral decree 8/2020": [],
    "Decret 123/2020 de Batlia": [],
    "reglament municipal 5/2020; ordenança del 2020/2021": [],
    "law 24/7; order 5/2020; act 3/2021 of the meeting; el decret 1/2; per llei 3/4 parts": [],
    "Resolució 8/2020 del regidor": [],
    "Decree 8/2020 of the Mayor; Decreto 8/2020, de 3 de junio, de la Alcaldía": [],
    "ordre del dia 3/2020; Ordre del dia 3 de maig de 2020; en ordre 1/2020": [],
    "vitamina D 3/2020; grup O 1/2020; DO L 119/2016": [],
    "junta directiva 2020/2021": [],
    "```\n\nLlei 12/2017\n```": [],
}

# Text; then of each citation its provisions, and the widest span.
LINKED = {
    "l'art. 5.2 de la Llei 12/2017, de 29 de desembre, diu": [
        (["art. 5.2"], "art. 5.2 de la Llei 12/2017, de 29 de desembre")
    ],
    "Llei 12/2017, article 5": [(["article 5"], "Llei 12/2017, article 5")],
    "(Llei 12/2017, art. 5)": [(["art. 5"], "Llei 12/2017, art. 5")],
    "Llei 12/2017 (art. 5.2).": [(["art. 5.2"], "Llei 12/2017 (art. 5.2)")],
    # What stands between two norms is of the one that it is joined to.
    "Llei 12/2017 (art. 5 de la Llei 5/2018)": [
        ([], "Llei 12/2017"),
        (["art. 5"], "art. 5 de la Llei 5/2018"),
    ],
    "Llei 12/2017, article 5 i article 6 de la Llei 5/2018": [
        ([], "Llei 12/2017"),
        (["article 5", "article 6"], "article 5 i article 6 de la Llei 5/2018"),
    ],
    "articles 5.2 i 7 de l'esmentada Llei 12/2017": [
        (["articles 5.2 i 7"], "articles 5.2 i 7 de l'esmentada Llei 12/2017")
    ],
    "l'article 5 i la disposició addicional 9 de la Llei 12/2017": [
        (
            ["article 5", "disposició addicional 9"],
            "article 5 i la disposició addicional 9 de la Llei 12/2017",
        )
    ],
    "lletra a) de l'apartat 2 de l'article 9 de la Llei 12/2017": [
        (
            ["lletra a) de l'apartat 2 de l'article 9"],
            "lletra a) de l'apartat 2 de l'article 9 de la Llei 12/2017",
        )
    ],
    "arts. 29bis i 30.bis.2 de la llei 7/2013": [
        (["arts. 29bis i 30.bis.2"], "arts. 29bis i 30.bis.2 de la llei 7/2013"),
    ],
    "Llei 7/2013, disposició addicional quinta bis; Llei 7/2013, annex II bis": [
        (
            ["disposició addicional quinta bis"],
            "Llei 7/2013, disposició addicional quinta bis",
        ),
        (["annex II bis"], "Llei 7/2013, annex II bis"),
    ],
    "el capítol III bis del títol V de la llei 7/2013, l'article 68 undecies de la llei 7/2013": [
        (
            ["capítol III bis del títol V"],
            "capítol III bis del títol V de la llei 7/2013",
        ),
        (["article 68 undecies"], "article 68 undecies de la llei 7/2013"),
    ],
    "art. 29 bis de la llei 7/2013 i art. 103 decies de la llei 7/2013": [
        (["art. 29 bis"], "art. 29 bis de la llei 7/2013"),
        (["art. 103 decies"], "art. 103 decies de la llei 7/2013"),
    ],
    "Llei 12/2017, art. 5, Llei 5/2018, art. 6": [
        (["art. 5"], "Llei 12/2017, art. 5"),
        (["art. 6"], "Llei 5/2018, art. 6"),
    ],
    "art. 3 de les lleis 39/2015 i 40/2015, d'1 d'octubre": [
        (["art. 3"], "art. 3 de les lleis 39/2015"),
        ([], "40/2015, d'1 d'octubre"),
    ],
    "DA 9a de la Llei 12/2017": [(["DA 9a"], "DA 9a de la Llei 12/2017")],
    "annex II del Decret 8/2020": [(["annex II"], "annex II del Decret 8/2020")],
    "l'annex i la Llei 12/2017": [([], "Llei 12/2017")],
    "section 5 of Law 12/2017": [(["section 5"], "section 5 of Law 12/2017")],
    "Ley 39/2015, artículo 9.2.a)": [(["artículo 9.2.a)"], "Ley 39/2015, artículo 9.2.a)")],
}

ISSUED = {
    "Llei 12/2017, de 29 de desembre, d'urbanisme de les Illes Balears": "es-ib",
    "Decret llei 8/2020, de Catalunya": "es-ct",
    "Decret llei 8/2020 (Catalunya)": "es-ct",
    "Decreto-ley de la Generalitat de Catalunya 8/2020": "es-ct",
    "Llei 12/2017 de les Illes Balears, de 29 de desembre": "es-ib",
    "Ley balear 12/2017": "es-ib",
    "Ley estatal 12/2023": "es",
    "the Balearic Law 12/2017": "es-ib",
    "Llei 3/2012, del 22 de febrer, d'urbanisme de Catalunya": "es-ct",
    "Llei orgànica 1/2007, de 28 de febrer, de l'Estatut de les Illes Balears": None,
    "Norma Foral 11/2013, de 5 de diciembre, del Territorio Histórico de Bizkaia": "es-bi",
    "Norma Foral de Gipuzkoa 3/2014": "es-ss",
    "Norma Foral 33/2013 de las Juntas Generales de Álava": "es-vi",
    "Segons la Llei 12/2017 es pot viatjar a Catalunya": None,
    "Llei 12/2017. A Catalunya": None,
}

PAST = {
    "l'antiga Llei 2/2014": True,
    "La Llei 2/2014 va ser derogada": True,
    "art. 5 de l'antiga Llei 2/2014": True,
    "Law 2/2014, since repealed": True,
    "La Llei 2/2014. Abans era derogada": False,
    "Derogada.\n\nLa Llei 2/2014": False,
    "disposició derogatòria única de la Llei 2/2014": False,
    "s'ha anticipat a la Llei 2/2014": False,
    "derogada " + "i " * 60 + "la Llei 2/2014": False,
}


def brief(citation: Citation) -> str:
    return f"{citation.type} {citation.number or '-'}/{citation.year} {citation.date or '-'}"


def link(text: str, citation: Citation) -> str:
    return text[citation.link_start : citation.link_end]


@pytest.mark.parametrize("text", READ)
def test_form_is_read(text: str) -> None:
    """Type, number, year and date, however it is written; and nothing that only looks like one."""
    assert [brief(citation) for citation in citations(text, PALMA)] == READ[text]


@pytest.mark.parametrize("text", LINKED)
def test_link_holds_the_provisions(text: str) -> None:
    """The widest span is the citation with the provisions before or after it."""
    assert [(c.provisions, link(text, c)) for c in citations(text, PALMA)] == LINKED[text]


@pytest.mark.parametrize("text", ISSUED)
def test_issuer_is_what_the_words_say(text: str) -> None:
    """In the head, in the title, or before; and not beyond the sentence."""
    assert [citation.issuer for citation in citations(text, PALMA)] == [ISSUED[text]]


def test_the_issuer_of_the_next_citation_is_its_own() -> None:
    found = citations("La Llei 12/2017 i el Decret llei 8/2020, de Catalunya", PALMA)
    assert [citation.issuer for citation in found] == [None, "es-ct"]
    found = citations("La Llei 12/2017, de modificació de la Llei 8/2020 de Catalunya", PALMA)
    assert [citation.issuer for citation in found] == [None, "es-ct"]


@pytest.mark.parametrize("text", PAST)
def test_past_is_said_in_the_sentence(text: str) -> None:
    """By words close by, and not in another sentence or paragraph."""
    assert [citation.is_past for citation in citations(text, PALMA)] == [PAST[text]]


WORDS = st.sampled_from(
    [
        *("Llei", "lleis", "Decret llei", "RD", "L", "Ordre", "Reglament (UE)", "Resolució de"),
        *(
            "12/2017",
            "9/2020",
            "2016/679",
            "TED/1/2023",
            ", de 29 de desembre",
            "de 3 de juny de 2020",
        ),
        *(
            "art. 5.2",
            "articles 5 i 7",
            "lletra a)",
            "annex II",
            "DA 9a",
            "de la",
            "de l'",
            "(",
            ")",
        ),
        *(
            "i",
            ",",
            ".",
            "\n\n",
            "\r\n",
            "\u00a0",
            "\u00ad",
            "\u0301",
            "ŀ",
            "l\u2219l",
            "`",
            "derogada",
        ),
        *("de les Illes Balears", "https://a.b/", "projecte de", "İ", "e\u0301", "\u2019", "—"),
    ]
)
TEXTS = st.one_of(
    st.text(),
    st.lists(WORDS, max_size=25).map(" ".join),
    st.lists(WORDS, max_size=25).map("".join),
)


@settings(max_examples=400)
@given(TEXTS)
def test_places_hold_for_any_text(text: str) -> None:
    """The text is what stands at the offsets; links hold it, in order, and do not meet."""
    done = 0
    for citation in citations(text, PALMA):
        assert text[citation.start : citation.end] == citation.text
        assert citation.text == citation.text.strip()
        assert done <= citation.link_start <= citation.start
        assert citation.start < citation.end <= citation.link_end <= len(text)
        done = citation.link_end


@settings(max_examples=200)
@given(TEXTS)
def test_decomposed_text_says_the_same(text: str) -> None:
    """Letters composed or not, the norms cited are the same."""
    text = unicodedata.normalize("NFC", text)
    apart = unicodedata.normalize("NFD", text)
    assert [brief(c) for c in citations(apart, PALMA)] == [brief(c) for c in citations(text, PALMA)]


@settings(max_examples=200)
@given(st.text())
def test_way_back_is_in_order(text: str) -> None:
    """Offsets only grow, and stay in the text."""
    normal = NormalisedText(text)
    places = [normal.start(position) for position in range(len(normal.cased) + 1)]
    assert places == sorted(places)
    assert all(0 <= place <= len(text) for place in places)
    assert len(normal.lowered) == len(normal.cased)


def test_small_letters_are_as_many() -> None:
    """For every character there is."""
    every = [chr(code) for code in range(0x110000) if not 0xD800 <= code < 0xE000]
    assert len(lower("".join(every))) == len(every)


@pytest.mark.parametrize(
    "piece",
    [
        "llei ",
        "Llei 12/2017 ",
        "art. ",
        "1/2020 ",
        "de la ",
        "arts. 1, 2, 3, ",
        "\u00a0",
        "\u0301",
        "e\u0301",
        "l\u2219",
        "`",
        "` ",
        "https://",
        "disposició addicional ",
        "art. 5 de la Llei 12/2017 ",
        "antiga Llei 12/2017 de balears ",
        "i 9/2020 ",
        "(",
        "Ordre del conseller ",
        "lletra a) de l'apartat 2 de ",
    ],
)
def test_hostile_text_takes_linear_time(piece: str) -> None:
    """Eight times the text takes about eight times as long, and not sixty-four."""

    def seconds(size: int) -> float:
        text = "Decret llei 8/2020 " + piece * (size // len(piece)) + " Llei 12/2017"
        begun = time.process_time()
        assert list(citations(text, PALMA))
        return time.process_time() - begun

    assert seconds(400_000) < 16 * seconds(50_000) + 0.2
