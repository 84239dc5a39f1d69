"""Provisions of a norm by the names that lawyers and editors give them."""

from __future__ import annotations

import pytest
from saig.catalogue.provisions import is_within, provision_names
from saig.packs.load import law

PALMA = provision_names(law(("es-ib",)))
keys = PALMA.keys

# Pack; words; kind and number.
ELSEWHERE = [
    ("es-pv", "5. artikulua", [("article", "5")]),
    ("es-pv", "39/2015 Legearen 14. artikuluaren 2. paragrafoa", [("article", "14.2")]),
    ("es-pv", "45. eta 46. artikuluak", [("article", "45"), ("article", "46")]),
    ("es-pv", "16.2 b) artikulua", [("article", "16.2.b")]),
    ("es-pv", "lehenengo xedapen gehigarria", [("additional", "1")]),
    ("es-pv", "I. eranskina", [("annex", "1")]),
    ("es-pv", "artículo 5", [("article", "5")]),
    ("es-ga", "artigo 12º.3", [("article", "12.3")]),
    ("es-ga", "disposición derradeira sexta", [("final", "6")]),
    ("pt", "artigo 5.º, n.º 2, alínea a)", [("article", "5.2.a")]),
    ("pt", "artigos 5.º e 7.º", [("article", "5"), ("article", "7")]),
    ("it", "articolo 5, comma 2, lettera a)", [("article", "5.2.a")]),
    ("fr", "articles 5 et 7", [("article", "5"), ("article", "7")]),
    ("de", "§ 34 Abs. 1 Satz 2", [("article", "34.1.2")]),
    ("de", "Artikel 5 Absatz 2", [("article", "5.2")]),
    ("de", "§ 35a Abs. 1 S. 2 Nr. 3", [("article", "35a.1.2.3")]),
    ("de", "§§ 29 bis 31", [("article", "29"), ("article", "30"), ("article", "31")]),
    ("de", "§§ 29a bis 31b", [("article", n) for n in ("29a", "30", "31", "31b")]),
    ("ie", "sections 21A to 23", [("article", n) for n in ("21a", "22", "23")]),
    ("fr", "articles L111-1 à 5", [("article", "l111-1"), ("article", "5")]),
    ("fr", "article L. 111-1", [("article", "l111-1")]),
    ("fr", "articles L111-1 et R. 421-2", [("article", "l111-1"), ("article", "r421-2")]),
    ("ie", "section 21 (1)(a)", [("article", "21.1.a")]),
    ("ie", "Second Schedule", [("annex", "2")]),
]


@pytest.mark.parametrize(("pack", "words", "found"), ELSEWHERE)
def test_names_in_other_languages_are_read(
    pack: str, words: str, found: list[tuple[str, str]]
) -> None:
    """By the words of the site's packs, whatever the order and the endings."""
    said = provision_names(law((pack,))).keys(words)
    assert [(kind, ".".join(number)) for kind, number in said] == found


def test_without_packs_no_name_is_understood() -> None:
    assert provision_names(law(())).keys("article 5") == ()


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("art. 5", [("article", "5")]),
        ("article 5, apartat 2", [("article", "5.2")]),
        ("apartat 2 de l'article 5", [("article", "5.2")]),
        ("lletra b) de l'apartat 2 de l'article 5", [("article", "5.2.b")]),
        ("article 5, apartat 2, lletra b", [("article", "5.2.b")]),
        ("articles 5.2 i 7", [("article", "5.2"), ("article", "7")]),
        ("arts. 35 a 37", [("article", "35"), ("article", "36"), ("article", "37")]),
        ("art. 35 a 36 i 40", [("article", "35"), ("article", "36"), ("article", "40")]),
        ("artículo 68 bis", [("article", "68.bis")]),
        ("DA 9a", [("additional", "9")]),
        ("disposició addicional novena", [("additional", "9")]),
        ("disposició addicional desena", [("additional", "10")]),
        ("disposició addicional novè", [("additional", "9")]),
        ("dt 2", [("transitional", "2")]),
        ("dd única", [("repealing", "1")]),
        ("disposición final primera", [("final", "1")]),
        ("capítol II del títol IV", [("title", "4.chapter2")]),
        ("annex IV", [("annex", "4")]),
        ("annex iv", [("annex", "4")]),
        ("anexo ix", [("annex", "9")]),
        ("annexos II i III", [("annex", "2"), ("annex", "3")]),
        ("annex XL", [("annex", "40")]),
        ("art. 7.1 (incís segon)", [("article", "7.1.(incís segon)")]),
        ("arts. 4 i 9 (en part)", [("article", "4.(en part)"), ("article", "9.(en part)")]),
        ("art. 9.2.a)", [("article", "9.2.a")]),
        ("(en part)", []),
        ("tot", []),
    ],
)
def test_names_of_provisions_are_read(words: str, found: list[tuple[str, str]]) -> None:
    said = [(kind, ".".join(number)) for kind, number in keys(words)]
    assert said == found


def test_a_range_is_no_longer_than_a_law() -> None:
    assert len(keys("articles 1 a 100000")) < 1000


def test_a_part_is_within_its_provision_and_not_the_other_way() -> None:
    [five], [two], [fifty] = keys("art. 5"), keys("art. 5.2"), keys("art. 50")
    [annex] = keys("annex 5")
    assert is_within(two, five) and is_within(five, five)
    assert not is_within(five, two)
    assert not is_within(fifty, five)
    assert not is_within(annex, five)


def test_provisions_are_in_the_order_of_a_law() -> None:
    wanted = [
        "títol II",
        "article 2",
        "article 5.2",
        "article 5.10",
        "article 5.a",
        "article 68",
        "article 68 bis",
        "article 68 ter",
        "article 68 quater",
        "article 100",
        "disposició addicional 1",
        "DT 1",
        "disposició derogatòria única",
        "disposició final 3",
        "annex II",
        "annex IV",
        "annex X",
        "tot el text",
    ]
    assert PALMA.in_order(reversed(wanted)) == wanted
