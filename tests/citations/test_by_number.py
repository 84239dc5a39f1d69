"""Citations whose number stands before the name of the type, in Basque: form by form, and what holds
for any text."""

from __future__ import annotations

import time
import unicodedata

import pytest
from grammars import grammar
from hypothesis import given, settings
from hypothesis import strategies as st
from saig.citations.citation import Citation
from saig.citations.figures import full_year, union_number
from saig.citations.recognise import citations

BASQUE = grammar("es-pv")

# Text; then each citation as "type number/year date provisions".
READ = {
    "2/2006 Legea, ekainaren 30ekoa": ["l 2/2006 2006-06-30"],
    "ekainaren 30eko 2/2006 Legearen arabera": ["l 2/2006 2006-06-30"],
    "2006ko ekainaren 30eko 2/2006 Legea": ["l 2/2006 2006-06-30"],
    "2/2006\u00a0LEGEA,\u00a0EKAINAREN 30EKOA": ["l 2/2006 2006-06-30"],
    "39/2015 eta 40/2015 Legeak, urriaren 1ekoak": ["l 39/2015 2015-10-01", "l 40/2015 2015-10-01"],
    "39/2015 Legearen 14. artikulua": ["l 39/2015 - 14. artikulua"],
    "39/2015 Legearen 14. artikuluaren 2. paragrafoa": [
        "l 39/2015 - 14. artikuluaren 2. paragrafoa"
    ],
    "39/2015 Legearen 14. artikulua eta lehenengo xedapen gehigarria": [
        "l 39/2015 - 14. artikulua; lehenengo xedapen gehigarria"
    ],
    "39/2015 Legea, 14. art.": ["l 39/2015 - 14. art."],
    "(EB) 2016/679 Erregelamendua; 2006/123/EE Zuzentaraua": ["reg 679/2016 -", "dir 123/2006 -"],
    "2015eko urriaren 30eko Legegintzako 5/2015 Errege Dekretua": ["rd 5/2015 -"],
    "5/2015 Legegintzako Errege Dekretua": ["rdlg 5/2015 -"],
    "3/2018 Lege Organikoa": ["lo 3/2018 -"],
    "Foru Araua 3/2014, Gipuzkoakoa": [],
    # No citations.
    "8/2020 lege-proiektua; 5/2017 Lege proposamena": [],
    "Alkatearen 123/2020 Dekretua; 123/2020 Dekretua, alkatearena": [],
    "2020/2021 ikasturtea; 3/4 zati; 24/7; BOE 12/2017": [],
    "`2/2006 Legea` eta https://example.eus/2/2006-legea": [],
    "ekainaren 30eko legea; 2006ko ekainaren 31ko Legea": [],
}


def brief(cited: Citation) -> str:
    said = f"{cited.type} {cited.number or '-'}/{cited.year} {cited.date or '-'}"
    return f"{said} {'; '.join(cited.provisions)}" if cited.provisions else said


@pytest.mark.parametrize("text", READ)
def test_form_is_read(text: str) -> None:
    assert [brief(cited) for cited in citations(text, BASQUE)] == READ[text]


def test_whose_norm_it_is_is_said_right_before_or_in_its_title() -> None:
    text = (
        "Bizkaiko Foru Aldundiaren 87/2021 Foru Dekretua. Gipuzkoan ere 39/2015 Legea betetzen da."
    )
    assert [cited.issuer for cited in citations(text, BASQUE)] == ["es-bi", None]


def test_past_is_said_in_the_sentence() -> None:
    text = "2/2006 Legea indargabetu da. 39/2015 Legea indarrean dago."
    assert [cited.is_past for cited in citations(text, BASQUE)] == [True, False]


def test_spanish_and_basque_are_read_in_one_text() -> None:
    """In order and without overlap, whichever reader finds them."""
    text = "Ley 39/2015, art. 5 eta 2/2006 Legearen 3. artikulua; Ley 40/2015"
    assert [brief(cited) for cited in citations(text, BASQUE)] == [
        "l 39/2015 - art. 5",
        "l 2/2006 - 3. artikulua",
        "l 40/2015 -",
    ]


WORDS = st.sampled_from(
    [
        *(
            "2/2006",
            "39/2015",
            "Legea",
            "Legearen",
            "Dekretua",
            "Errege",
            "Lege",
            "(EB)",
            "2016/679",
        ),
        *(
            "Erregelamendua",
            "ekainaren 30eko",
            ", ekainaren 30ekoa",
            "2006ko",
            "14. artikulua",
            "eta",
        ),
        *(
            "lehenengo xedapen gehigarria",
            "I. eranskina",
            "Bizkaiko",
            "Ley",
            "art. 5",
            "de la",
            "(",
            ")",
        ),
        *(",", ".", "\n\n", "\u00a0", "\u00ad", "`", "indargabetu", "https://a.b/", "\u0301"),
    ]
)
TEXTS = st.one_of(
    st.lists(WORDS, max_size=25).map(" ".join), st.lists(WORDS, max_size=25).map("".join)
)


@settings(max_examples=100)
@given(TEXTS)
def test_places_hold_for_any_text(text: str) -> None:
    """The text is what stands at the offsets; links hold it, in order, and do not meet."""
    done = 0
    for cited in citations(text, BASQUE):
        assert text[cited.start : cited.end] == cited.text == cited.text.strip()
        assert done <= cited.link_start <= cited.start < cited.end <= cited.link_end <= len(text)
        done = cited.link_end


@settings(max_examples=30)
@given(TEXTS)
def test_decomposed_text_says_the_same(text: str) -> None:
    text = unicodedata.normalize("NFC", text)
    apart = unicodedata.normalize("NFD", text)
    assert [brief(c) for c in citations(apart, BASQUE)] == [
        brief(c) for c in citations(text, BASQUE)
    ]


@pytest.mark.parametrize(
    "piece",
    [
        "2/2006 ",
        "2/2006 eta ",
        "Legea ",
        "ekainaren 30eko ",
        "2006ko ekainaren 30eko ",
        "2/2006 Legearen 14. artikulua ",
        "1. artikuluaren ",
        "lehenengo ",
        "Bizkaiko ",
        "(EB) ",
    ],
)
def test_hostile_text_takes_linear_time(piece: str) -> None:
    """Eight times the text takes about eight times as long, and not sixty-four."""

    def seconds(size: int) -> float:
        text = "2/2006 Legea " + piece * (size // len(piece)) + " 39/2015 Legea"
        begun = time.process_time()
        assert list(citations(text, BASQUE))
        return time.process_time() - begun

    assert seconds(160_000) < 16 * seconds(20_000) + 0.2


@pytest.mark.parametrize(
    ("first", "second", "read"),
    [
        ("2015", "1998", ("1998", 2015)),
        ("2014", "1998", ("2014", 1998)),
        ("2015", "7", ("7", 2015)),
    ],
)
def test_regulations_of_the_union_have_the_year_first_from_2015_on(
    first: str, second: str, read: tuple[str, int]
) -> None:
    """Also where the number could be a year: Regulation (EU) 2015/1998, and No 2014/1998."""
    assert union_number("reg", first, second) == read


@pytest.mark.parametrize(
    ("written", "year"), [("50", 1950), ("49", 2049), ("99", 1999), ("2015", 2015)]
)
def test_years_of_two_figures_are_those_in_which_norms_are(written: str, year: int) -> None:
    assert full_year(written) == year
