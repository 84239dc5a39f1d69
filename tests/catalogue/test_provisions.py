"""Provisions of a norm by the names that lawyers and editors give them."""

from __future__ import annotations

import pytest
from saig.catalogue.provision_keys import is_within, named
from saig.catalogue.provisions import provision_names
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
    ("fr", "article L. 111-1 bis", [("article", "l111-1 bis")]),
    ("it", "articolo 5-bis, comma 2-ter", [("article", "5 bis.2 ter")]),
    ("it", "art. 5-novies", [("article", "5 nonies")]),
    ("pt", "artigo 5.º-A, n.º 2", [("article", "5a.2")]),
    ("de", "§ 34 Abs. 1 bis 3", [("article", n) for n in ("34.1", "34.2", "34.3")]),
    ("ie", "section 21(1) to (3)", [("article", n) for n in ("21.1", "21.2", "21.3")]),
    ("es-pv", "68 bis artikulua", [("article", "68 bis")]),
    ("fr", "article L. 111-1", [("article", "l111-1")]),
    ("fr", "articles L. 123-149 et L123-201", [("article", "l123-149"), ("article", "l123-201")]),
    ("fr", "articles 5-7", [("article", "5"), ("article", "6"), ("article", "7")]),
    ("fr", "articles L111-1 et R. 421-2", [("article", "l111-1"), ("article", "r421-2")]),
    ("ie", "section 21 (1)(a)", [("article", "21.1.a")]),
    ("ie", "Second Schedule", [("annex", "2")]),
]


@pytest.mark.parametrize(("pack", "words", "found"), ELSEWHERE)
def test_names_in_other_languages_are_read(
    pack: str, words: str, found: list[tuple[str, str]]
) -> None:
    """By the words of the site's packs, whatever the order and the endings."""
    said = named(provision_names(law((pack,))).keys(words))
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
        ("artículo 68 bis", [("article", "68 bis")]),
        ("art. 68bis", [("article", "68 bis")]),
        ("art. 68.bis.2", [("article", "68 bis.2")]),
        ("article 68 quàter, apartat 2", [("article", "68 quater.2")]),
        ("apartat 2 de l'article 68 bis", [("article", "68 bis.2")]),
        ("lletra b) de l'apartat 2 de l'article 68 bis", [("article", "68 bis.2.b")]),
        ("apartat 2 bis de l'article 68", [("article", "68.2 bis")]),
        ("art. 5.2 bis", [("article", "5.2 bis")]),
        ("art. 5.2.a bis)", [("article", "5.2.a bis")]),
        ("art. 5.2.a) bis", [("article", "5.2.a bis")]),
        ("article 5, apartat 2, lletra b bis", [("article", "5.2.b bis")]),
        ("disposición adicional quinta bis", [("additional", "5 bis")]),
        ("DA 5a bis", [("additional", "5 bis")]),
        ("annex II bis", [("annex", "2 bis")]),
        ("capítol III bis del títol V", [("title", "5.chapter.3 bis")]),
        ("arts. 88 i 88 bis", [("article", "88"), ("article", "88 bis")]),
        ("arts. 35 a 37 bis", [("article", n) for n in ("35", "36", "37", "37 bis")]),
        ("arts. 68 bis a 68 quater", [("article", "68 bis"), ("article", "68 quater")]),
        ("arts. 35-37 i 40", [("article", n) for n in ("35", "36", "37", "40")]),
        ("arts. 35 – 37 bis", [("article", n) for n in ("35", "36", "37", "37 bis")]),
        ("art. 4.1-3", [("article", n) for n in ("4.1", "4.2", "4.3")]),
        ("apartats 1-3 de l'article 4", [("article", n) for n in ("4.1", "4.2", "4.3")]),
        ("art. 4.1.a)-c)", [("article", f"4.1.{n}") for n in "abc"]),
        ("annexos II–IV", [("annex", n) for n in "234"]),
        ("article 511-1.2", [("article", "511-1.2")]),
        ("articles 511-1.2 i 511-4", [("article", "511-1.2"), ("article", "511-4")]),
        ("arts. 511-1 a 511-5", [("article", "511-1"), ("article", "511-5")]),
        ("de l'article 35 a l'article 37", [("article", n) for n in ("35", "36", "37")]),
        ("arts. 4.1 a 4.3", [("article", n) for n in ("4.1", "4.2", "4.3")]),
        ("art. 4.1 a 3", [("article", n) for n in ("4.1", "4.2", "4.3")]),
        ("arts. 4.1 a 7", [("article", n) for n in ("4.1", "5", "6", "7")]),
        ("article 4, apartats 1 a 3", [("article", n) for n in ("4.1", "4.2", "4.3")]),
        ("article 4, apartats 1 a 6", [("article", f"4.{n}") for n in range(1, 7)]),
        ("apartats 1 a 3 de l'article 4", [("article", n) for n in ("4.1", "4.2", "4.3")]),
        ("apartats 1 i 3 de l'article 4", [("article", "4.1"), ("article", "4.3")]),
        ("art. 4.1.a) a c)", [("article", f"4.1.{n}") for n in "abc"]),
        ("arts. 4.1.a) a 4.1.c)", [("article", f"4.1.{n}") for n in "abc"]),
        ("lletra a) de l'article 5", [("article", "5.a")]),
        ("lletres a) i c) de l'apartat 2 de l'article 5", [("article", f"5.2.{n}") for n in "ac"]),
        ("article 4, apartat 1, lletra a, i apartat 2", [("article", "4.1.a"), ("article", "4.2")]),
        ("arts. 17.4, 40.3 i 5", [("article", n) for n in ("17.4", "40.3", "40.5")]),
        ("capítols I i II del títol IV", [("title", f"4.chapter.{n}") for n in "12"]),
        ("DA 9a", [("additional", "9")]),
        ("disposició addicional novena", [("additional", "9")]),
        ("disposició addicional desena", [("additional", "10")]),
        ("disposició addicional novè", [("additional", "9")]),
        ("dt 2", [("transitional", "2")]),
        ("dd única", [("repealing", "1")]),
        ("disposición final primera", [("final", "1")]),
        ("capítol II del títol IV", [("title", "4.chapter.2")]),
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
    said = [(kind, ".".join(number)) for kind, number in named(keys(words))]
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


# Provision; what it is asked to be a part of; whether it is.
WITHIN = [
    ("art. 68 bis", "art. 68", False),
    ("art. 68 bis.2", "art. 68", False),
    ("art. 68 bis.2", "art. 68 bis", True),
    ("art. 68", "art. 68 bis", False),
    ("art. 68 ter", "art. 68 bis", False),
    ("art. 4.1 bis", "art. 4.1", False),
    ("art. 4.1 bis", "art. 4", True),
    ("art. 4.1.a bis)", "art. 4.1.a)", False),
    ("disposició addicional cinquena bis", "DA 5", False),
    ("annex II bis", "annex II", False),
    ("art. 36", "arts. 35 a 37", True),
    ("art. 36.2", "arts. 35 a 37", True),
    ("art. 36 bis", "arts. 35 a 37", True),
    ("art. 36 bis.2", "arts. 35 a 37", True),
    ("art. 35 bis", "arts. 35 a 37", True),
    ("art. 37.2", "arts. 35 a 37", True),
    ("art. 37 bis", "arts. 35 a 37", False),
    ("art. 38", "arts. 35 a 37", False),
    ("annex 36", "arts. 35 a 37", False),
    ("art. 35", "arts. 35 bis a 37", False),
    ("art. 35 ter", "arts. 35 bis a 37", True),
    ("art. 37", "arts. 35 a 37 bis", True),
    ("art. 37 bis", "arts. 35 a 37 bis", True),
    ("art. 37 ter", "arts. 35 a 37 bis", False),
    ("art. 68 ter", "arts. 68 bis a 68 quater", True),
    ("art. 68", "arts. 68 bis a 68 quater", False),
    ("art. 68 sexies", "arts. 68 bis a 68 quater", False),
    ("art. 4.2", "arts. 4.1 a 4.3", True),
    ("art. 4.2 bis", "arts. 4.1 a 4.3", True),
    ("art. 4.3 bis", "arts. 4.1 a 4.3", False),
    ("art. 4", "arts. 4.1 a 4.3", False),
    ("art. 4.4", "arts. 4.3 a 6.2", True),
    ("art. 6.1", "arts. 4.3 a 6.2", True),
    ("art. 6", "arts. 4.3 a 6.2", False),
    ("art. 4.2", "arts. 4.3 a 6.2", False),
    ("art. 4.1.b)", "lletra a) de l'article 4", False),
    ("art. 36 bis", "arts. 35–37", True),
    ("art. 511-3", "arts. 511-1 a 511-5", True),
    ("art. 511-3", "arts. 511-1 - 511-5", True),
    ("art. 512-3", "arts. 511-1 a 511-5", False),
    ("art. 511-10", "art. 511-1", False),
    ("DA 18 bis", "DA 17 a 22", True),
    ("DA 22 bis", "DA 17 a 22", False),
    ("capítol II bis del títol IV", "capítols I a III del títol IV", True),
]


@pytest.mark.parametrize(("part", "whole", "is_part"), WITHIN)
def test_what_was_put_in_behind_a_number_is_no_part_of_it(
    part: str, whole: str, is_part: bool
) -> None:
    """It is an article of its own; but a range has whatever stands between its ends."""
    [one] = keys(part)
    assert any(is_within(one, other) for other in keys(whole)) == is_part


@pytest.mark.parametrize(
    ("pack", "part", "whole", "is_part"),
    [
        ("de", "§ 30a", "§§ 29 bis 31", True),
        ("de", "§ 30a", "§ 30", False),
        ("de", "§ 31a", "§§ 29 bis 31", False),
        ("de", "§ 29a", "§§ 29b bis 31", False),
        ("fr", "article L111-2", "articles L111-1 à L111-3", True),
        ("fr", "article L111-15", "articles L111-1 à L111-3", False),
        ("fr", "article 6 bis", "articles 5 à 7", True),
    ],
)
def test_so_it_is_elsewhere(pack: str, part: str, whole: str, is_part: bool) -> None:
    names = provision_names(law((pack,)))
    [one] = names.keys(part)
    assert any(is_within(one, other) for other in names.keys(whole)) == is_part


def test_provisions_are_in_the_order_of_a_law() -> None:
    wanted = [
        "títol II",
        "article 2",
        "article 5.2",
        "article 5.10",
        "article 5.a",
        "article 68",
        "article 68.2",
        "article 68 bis",
        "article 68 bis.2",
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
