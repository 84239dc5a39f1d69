"""The names of norms and of their provisions, as sentences have them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from saig.documents.articles import with_article
from saig.documents.provision_words import abbreviations_in, in_a_row


@pytest.mark.parametrize(
    ("name", "lang", "said"),
    [
        ("Llei 2/2020", "ca", "la Llei 2/2020"),
        ("Decret llei 8/2020", "ca", "el Decret llei 8/2020"),
        ("Ordre 5/2020", "ca", "l'Ordre 5/2020"),
        ("Acord 5/2020", "ca-valencia", "l'Acord 5/2020"),
        ("Decreto-ley 8/2020", "es", "el Decreto-ley 8/2020"),
        ("Orden 5/2020", "es", "la Orden 5/2020"),
        ("LUIB", "ca", "LUIB"),
        ("Law 2/2020", "en", "Law 2/2020"),
    ],
)
def test_a_norm_has_the_article_of_its_name(name: str, lang: str, said: str) -> None:
    assert with_article(name, lang) == said


@pytest.mark.parametrize(
    ("provisions", "said"),
    [
        (["art. 120", "art. 125", "DA 17"], "art. 120, 125, DA 17"),
        (["títol IV", "títol V", "DA 12", "DA 13"], "títol IV, V, DA 12, 13"),
        (["art. 36 bis", "capítol IV del títol VII"], "art. 36 bis, capítol IV del títol VII"),
        (["exposició de motius", "art. 16.1"], "exposició de motius, art. 16.1"),
        (["art. 7.1 (incís segon)", "art. 8"], "art. 7.1 (incís segon), 8"),
        (["annex", "annex II"], "annex, annex II"),
        (["art. 5", "preàmbul", "art. 7"], "art. 5, preàmbul, art. 7"),
        ([], ""),
    ],
)
def test_provisions_of_a_kind_stand_in_a_row(provisions: list[str], said: str) -> None:
    assert in_a_row(provisions) == said


PROVISIONS = st.builds(
    "{} {}{}".format,
    st.sampled_from(["art.", "DA", "DT", "annex", "títol"]),
    st.integers(1, 99),
    st.sampled_from(["", ".2", " bis"]),
)


@given(st.lists(PROVISIONS, max_size=8))
def test_no_provision_is_lost_or_taken_for_one_of_another_kind(provisions: list[str]) -> None:
    found, kind = [], ""
    for said in filter(None, in_a_row(provisions).split(", ")):
        kind = kind if said[0].isdigit() else said.partition(" ")[0]
        found.append(said if not said[0].isdigit() else f"{kind} {said}")
    assert found == provisions


def test_abbreviations_are_explained_where_they_are() -> None:
    assert abbreviations_in(["arts. 5 i 6", "DA 17.8", "la DAMA 3"]) == ["arts.", "DA"]
    assert abbreviations_in(["disposició final 3", "article 5"]) == []
